import { LoginFailed } from '../../../nodes/callRecords/errors';
import { LoginRejected } from '../../../nodes/callRecords/platform';
import type * as Clock from '../../support/clock';
import {
	fakeConnection,
	fakePlatform,
	thrownBy,
	type FakeOptions,
} from '../../support/fakePlatform';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const QUESTION = { method: 'GET' as const, url: '/calls' };
const OK = { body: { ok: ['a', 'b'] } };

describe('the session token', () => {
	/** A server that knows one token at a time, and takes its time to answer. */
	function server(options: Partial<FakeOptions> = {}) {
		let valid = 'token-1';
		let number = 0;
		return {
			end: () => (valid = 'none'),
			connection: fakeConnection({
				respond: async ({ token }) => {
					const isValid = token === valid;
					// Answers come in another order than requests.
					for (let i = (++number * 7) % 5; i > 0; i--) await new Promise(setImmediate);
					return isValid ? OK : { body: { no: 'gone', words: `token ${String(token)} is gone` } };
				},
				logIn: async (login) => {
					await new Promise(setImmediate);
					return (valid = `token-${login}`);
				},
				...options,
			}),
		};
	}

	it('is fetched once for ten requests at a time', async () => {
		const { connection } = server();
		const answers = await Promise.all(
			Array.from({ length: 10 }, () => connection.apiRequest(QUESTION)),
		);
		expect(answers).toEqual(Array(10).fill({ payload: ['a', 'b'] }));
		expect(connection.state.logins).toBe(1);
		expect(connection.report.logins).toBe(1);
	});

	it('is fetched for one request, and each gets its own answer', async () => {
		const { apiRequest, state } = fakeConnection({ respond: ({ url }) => ({ body: { ok: url } }) });
		const urls = ['/a', '/b', '/c'];
		const answers = await Promise.all(urls.map((url) => apiRequest({ ...QUESTION, url })));
		expect(answers).toEqual(urls.map((url) => ({ payload: `http://pbx.example.com:8088${url}` })));
		expect(state.logins).toBe(1);
	});

	it('is fetched by the next request when something unforeseen stops the first', async () => {
		let opened = 0;
		const { apiRequest, state } = fakeConnection({
			respond: () => OK,
			platform: {
				open(body) {
					if (++opened === 1) throw new Error('unforeseen');
					return fakePlatform.open(body);
				},
			},
		});
		const [first, second] = [apiRequest(QUESTION), apiRequest(QUESTION)];
		expect((await thrownBy(first)).message).toBe('unforeseen');
		expect(await second).toEqual({ payload: ['a', 'b'] });
		expect(state.logins).toBe(1);
	});

	it('of one credential does not wait for the login of another', async () => {
		let goOn: () => void = () => undefined;
		const slow = fakeConnection({
			respond: () => OK,
			logIn: async () => {
				await new Promise<void>((resolve) => (goOn = resolve));
				return 'late';
			},
		});
		const late = slow.apiRequest(QUESTION);
		await new Promise(setImmediate);
		expect(await fakeConnection({ respond: () => OK }).apiRequest(QUESTION)).toEqual({
			payload: ['a', 'b'],
		});
		goOn();
		expect(await late).toEqual({ payload: ['a', 'b'] });
	});

	it.each([{ credentials: undefined }, { credentials: {} }])(
		'is fetched where the node names no credential: %j',
		async (node) => {
			const { apiRequest, requests } = fakeConnection({ respond: () => OK, node });
			await apiRequest(QUESTION);
			expect(requests[0].token).toBe('token-1');
		},
	);

	it('is fetched where n8n cannot read what is stored', async () => {
		const { apiRequest, requests, context } = fakeConnection({ respond: () => OK });
		context.getCredentials = async () => await Promise.reject(new Error('no'));
		await apiRequest(QUESTION);
		expect(requests[0].token).toBe('token-1');
	});

	it('is not fetched where the user typed one, and such requests do not wait for each other', async () => {
		let atOnce = 0;
		let most = 0;
		const { apiRequest, report } = fakeConnection({
			credentials: { baseUrl: 'http://pbx.example.com', authentication: 'token', token: 'by-hand' },
			respond: async () => {
				most = Math.max(most, ++atOnce);
				await new Promise(setImmediate);
				atOnce--;
				return OK;
			},
		});
		await Promise.all([apiRequest(QUESTION), apiRequest(QUESTION), apiRequest(QUESTION)]);
		expect(report).toEqual({ requests: 3, retries: 0, logins: 0 });
		expect(most).toBe(3);
	});

	/** Stored with the credential, where n8n could not store the tokens that came later. */
	const neverStored = (token = '') => ({
		baseUrl: 'http://pbx.example.com:8088',
		password: 'the-password',
		get sessionToken() {
			return token;
		},
		set sessionToken(_token: string) {},
	});

	it.each(['', 'theirs'])('that is good is used, whatever is stored: "%s"', async (token) => {
		for (const sessionEndsAt of [undefined, 0, Date.now() + 10_000]) {
			const { apiRequest, requests, report } = fakeConnection({
				credentials: {
					baseUrl: 'http://pbx.example.com',
					sessionToken: 'mine',
					sessionEndsAt,
				} as never,
				stored: neverStored(token),
				respond: () => OK,
			});
			await apiRequest(QUESTION);
			expect(requests[0].token).toBe('mine');
			expect(report.logins).toBe(0);
		}
	});

	it('that was renewed while another request was under way is not renewed again', async () => {
		let answerLate: () => void = () => undefined;
		const { apiRequest, state, requests } = fakeConnection({
			stored: neverStored(),
			credentials: {
				baseUrl: 'http://pbx.example.com',
				sessionToken: 'old',
			},
			respond: async ({ token, url }) => {
				if (token !== 'old') return OK;
				if (url.endsWith('/late')) await new Promise<void>((resolve) => (answerLate = resolve));
				return { body: { no: 'gone' } };
			},
		});
		const late = apiRequest({ ...QUESTION, url: '/late' });
		await apiRequest(QUESTION);
		answerLate();
		expect(await late).toEqual({ payload: ['a', 'b'] });
		expect(state.logins).toBe(1);
		expect(requests.map(({ token }) => token)).toEqual(['old', 'old', 'token-1', 'token-1']);
	});

	it('costs no try when it is renewed', async () => {
		const { apiRequest, requests } = fakeConnection({
			respond: ({ number }) => ({ body: { no: number === 1 ? 'gone' : 'down' } }),
		});
		await thrownBy(apiRequest(QUESTION));
		expect(requests).toHaveLength(6);
	});

	it('is renewed once for ten requests at a time, in whatever order they are refused', async () => {
		const { connection, end } = server();
		await connection.apiRequest(QUESTION);
		end();
		const answers = await Promise.all(
			Array.from({ length: 10 }, () => connection.apiRequest(QUESTION)),
		);
		expect(answers).toEqual(Array(10).fill({ payload: ['a', 'b'] }));
		expect(connection.state.logins).toBe(2);
		expect(connection.report).toMatchObject({ logins: 2, retries: 0 });
		expect(connection.stored.sessionToken).toBe('token-2');
	});

	it('is renewed when it ended during a back-off', async () => {
		const { connection, end } = server();
		await connection.apiRequest(QUESTION);
		const respond = connection.state;
		let first = true;
		const second = fakeConnection({
			credentials: connection.credentials,
			stored: connection.stored,
			logIn: () => 'token-2',
			respond: ({ token }) => {
				if (first) {
					first = false;
					end();
					return { status: 503, body: '' };
				}
				return token === 'token-2' ? OK : { body: { no: 'gone' } };
			},
		});
		expect(await second.apiRequest(QUESTION)).toEqual({ payload: ['a', 'b'] });
		expect(second.requests.map(({ token }) => token)).toEqual(['token-1', 'token-1', 'token-2']);
		expect(respond.logins).toBe(1);
	});

	it('is an error when the new one is refused too, after one renewal', async () => {
		const { apiRequest, requests, state } = fakeConnection({
			respond: () => ({ body: { no: 'gone' } }),
		});
		const error = await thrownBy(apiRequest(QUESTION));
		expect(error.message).toContain('does not accept the session token');
		expect(requests).toHaveLength(2);
		expect(state.logins).toBe(2);
	});

	it.each([
		[false, 2, 0],
		[true, 3, 3],
	])(
		'that is refused again, where a login ends other sessions (%s), is used %i times',
		async (hasOneSession, times, seconds) => {
			const { apiRequest, requests } = fakeConnection({
				platform: { hasOneSession },
				random: () => 0.5,
				respond: () => ({ body: { no: 'gone' } }),
			});
			const before = Date.now();
			await thrownBy(apiRequest(QUESTION));
			expect(requests).toHaveLength(times);
			expect(Math.round((Date.now() - before) / 1000)).toBe(seconds);
		},
	);

	it('that others replace twice meanwhile is got a third time', async () => {
		const { apiRequest, state } = fakeConnection({
			platform: { hasOneSession: true },
			respond: ({ token }) => (token === 'token-3' ? OK : { body: { no: 'gone' } }),
		});
		expect(await apiRequest(QUESTION)).toEqual({ payload: ['a', 'b'] });
		expect(state.logins).toBe(3);
	});

	it('typed by hand is not renewed', async () => {
		const { apiRequest, requests, state } = fakeConnection({
			credentials: { baseUrl: 'http://pbx.example.com', authentication: 'token', token: 'by-hand' },
			respond: () => ({ body: { no: 'gone' } }),
		});
		await thrownBy(apiRequest(QUESTION));
		expect(requests).toHaveLength(1);
		expect(state.logins).toBe(0);
	});

	it('of a platform that signs each request is signed again once', async () => {
		const { apiRequest, requests } = fakeConnection({
			platform: { sessionField: undefined },
			credentials: { baseUrl: 'http://pbx.example.com' },
			respond: ({ number }) => (number === 1 ? { body: { no: 'gone' } } : OK),
		});
		expect(await apiRequest(QUESTION)).toEqual({ payload: ['a', 'b'] });
		expect(requests).toHaveLength(2);
	});

	it('that is about to end is renewed before it is used', async () => {
		const credentials = (endsInMs: number) => ({
			baseUrl: 'http://pbx.example.com',
			sessionToken: 'old',
			sessionEndsAt: Date.now() + endsInMs,
		});
		const soon = fakeConnection({ credentials: credentials(4000), respond: () => OK });
		await soon.apiRequest(QUESTION);
		expect(soon.requests[0].token).toBe('token-1');

		const later = fakeConnection({ credentials: credentials(10_000), respond: () => OK });
		await later.apiRequest(QUESTION);
		expect(later.requests[0].token).toBe('old');
	});

	it.each([
		['is used', { sessionToken: 'theirs', sessionEndsAt: 0 }, 'theirs', 0],
		['is used while it lasts', { sessionToken: 'theirs', sessionEndsAt: 1e14 }, 'theirs', 0],
		['is not used when it ends soon', { sessionToken: 'theirs', sessionEndsAt: 1 }, 'token-1', 1],
	])('that another execution stored meanwhile %s', async (_name, theirs, token, logins) => {
		const { apiRequest, requests, state } = fakeConnection({
			stored: { baseUrl: 'http://pbx.example.com:8088', password: 'the-password', ...theirs },
			respond: () => OK,
		});
		await apiRequest(QUESTION);
		expect(requests[0].token).toBe(token);
		expect(state.logins).toBe(logins);
		expect(state.report.logins).toBe(logins);
	});

	it.each([
		['login', 'does not know you'],
		['banned', 'has blocked this address'],
	])(
		'is asked for once when the login is refused (%s), though ten requests wait',
		async (code, words) => {
			const refused = new LoginRejected({ code, text: 'no' }, 'no');
			const { apiRequest, requests, state } = fakeConnection({
				respond: () => OK,
				logIn: async () => {
					await new Promise(setImmediate);
					throw refused;
				},
			});
			const errors = await Promise.all(
				Array.from({ length: 10 }, () => thrownBy(apiRequest(QUESTION))),
			);
			for (const error of errors) expect(error.message).toContain(words);
			expect(state.logins).toBe(1);
			expect(requests).toHaveLength(0);
		},
	);

	it('is asked for again with login data that were corrected while the wrong ones were tried', async () => {
		const node = { credentials: { fakeApi: { id: 'shared', name: 'Fake' } } };
		const wrong = fakeConnection({
			node,
			respond: () => OK,
			logIn: async () => {
				await new Promise(setImmediate);
				throw new LoginRejected({ code: 'login', text: 'no' }, 'no');
			},
		});
		const right = fakeConnection({ node, respond: () => OK });
		const [error, answer] = await Promise.all([
			thrownBy(wrong.apiRequest(QUESTION)),
			right.apiRequest(QUESTION),
		]);
		expect(error.message).toContain('does not know you');
		expect(answer).toEqual({ payload: ['a', 'b'] });
	});

	it('says why the platform did not answer a login', async () => {
		const { apiRequest } = fakeConnection({
			respond: () => OK,
			logIn: () => {
				throw new LoginFailed({ kind: 'input', message: 'It is a printer', description: 'Look' });
			},
		});
		const error = await thrownBy(apiRequest(QUESTION));
		expect([error.message, error.description]).toEqual(['It is a printer', 'Look']);
	});

	it('is asked for once at a time while the login does not work, though ten requests wait', async () => {
		const { apiRequest, state } = fakeConnection({
			respond: () => OK,
			logIn: async () => {
				await new Promise(setImmediate);
				throw Object.assign(new Error('hang up'), { code: 'ECONNRESET' });
			},
		});
		const errors = await Promise.all(
			Array.from({ length: 10 }, () => thrownBy(apiRequest(QUESTION))),
		);
		for (const error of errors) expect(error.message).toContain('closed the connection');
		// About as often as one request tries it, not ten times as often.
		expect(state.logins).toBeLessThan(10);
	});

	it('is asked for again when the login did not work for a moment', async () => {
		const { apiRequest, state } = fakeConnection({
			respond: () => OK,
			logIn: (number) => {
				if (number < 3) throw Object.assign(new Error('hang up'), { code: 'ECONNRESET' });
				return 'at last';
			},
		});
		expect(await apiRequest(QUESTION)).toEqual({ payload: ['a', 'b'] });
		expect(state.logins).toBe(3);
	});
});
