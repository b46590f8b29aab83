import { tooLong } from '../../../nodes/callRecords/transport/retry';
import type * as Clock from '../../support/clock';
import { sleptMs } from '../../support/clock';
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
const HTML = '<!DOCTYPE html><html><body>It works!</body></html>';

/** Answers one after the other; the last one again and again. */
function inTurn(...answers: Array<Awaited<ReturnType<FakeOptions['respond']>>>) {
	return ({ number }: { number: number }) => answers[Math.min(number, answers.length) - 1];
}

/** Milliseconds slept while `work` ran. */
async function waited(work: Promise<unknown>): Promise<number> {
	const before = sleptMs();
	await work.catch(() => undefined);
	return sleptMs() - before;
}

describe('an answer', () => {
	it('is returned as the platform opened it', async () => {
		const { apiRequest, requests } = fakeConnection({ respond: () => OK });
		expect(await apiRequest(QUESTION)).toEqual({ payload: ['a', 'b'] });
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			url: 'http://pbx.example.com:8088/calls',
			timeout: 5000,
			encoding: 'stream',
			disableFollowRedirect: true,
		});
	});

	it('that needs no text is read as n8n parsed it', async () => {
		const { apiRequest } = fakeConnection({ respond: () => ({ ...OK, isParsed: true }) });
		expect(await apiRequest({ ...QUESTION, body: { a: 1 } })).toEqual({ payload: ['a', 'b'] });
	});

	it('says that it is too much, which its caller has to deal with', async () => {
		const { apiRequest } = fakeConnection({ respond: () => ({ body: { no: 'much' } }) });
		expect(await apiRequest(QUESTION)).toEqual({ tooMuch: 'much' });
	});

	it('says that there is nothing, which is no error', async () => {
		const { apiRequest } = fakeConnection({ respond: () => ({ body: { no: 'none' } }) });
		expect(await apiRequest(QUESTION)).toEqual({ payload: null });
	});

	it('with a code that the caller expects is given back', async () => {
		const { apiRequest } = fakeConnection({ respond: () => ({ body: { no: 'odd' } }) });
		expect(await apiRequest(QUESTION, ['odd'])).toMatchObject({ payload: null, rejected: 'odd' });
	});
});

describe('what is tried again', () => {
	it.each([
		['HTTP 500 in the envelope of a success', { status: 500, body: { ok: [] } }],
		['HTTP 500', { status: 500, body: 'Internal Server Error' }],
		['HTTP 502 with HTML', { status: 502, body: HTML }],
		['HTTP 408', { status: 408, body: '' }],
		['HTTP 429', { status: 429, body: '' }],
		['HTTP 503 in the envelope, with an unknown code', { status: 503, body: { no: 'x99' } }],
		['a refusal that is temporary', { body: { no: 'down' } }],
		['a apiError for too many requests', { body: { no: 'slow' } }],
		['a reset connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
		['a timeout', Object.assign(new Error('timeout'), { code: 'ECONNABORTED' })],
		['a refused connection', Object.assign(new Error('no'), { code: 'ECONNREFUSED' })],
		['an error without a code', new Error('aborted')],
		['half an answer', { body: '{"ok": [1, 2' }],
	])('%s: four times, then it is an error', async (_name, answer) => {
		const recovering = fakeConnection({ respond: inTurn(answer, answer, OK) });
		expect(await recovering.apiRequest(QUESTION)).toEqual({ payload: ['a', 'b'] });
		expect(recovering.report).toEqual({ requests: 3, retries: 2, logins: 1 });

		const failing = fakeConnection({ respond: () => answer });
		const error = await thrownBy(failing.apiRequest(QUESTION));
		expect(error.message).toMatch(/Fake PBX/);
		expect(failing.requests).toHaveLength(5);
	});

	it('waits longer each time, and by chance a little more or less', async () => {
		const failing = fakeConnection({ respond: () => ({ body: { no: 'down' } }) });
		expect(await waited(failing.apiRequest(QUESTION))).toBeCloseTo(500 + 1000 + 2000 + 4000, -2);
	});

	it.each([
		[0, 0.75],
		[1, 1.25],
	])('waits apart from others: chance %i, times %d', async (chance, times) => {
		const failing = fakeConnection({
			respond: () => ({ body: { no: 'down' } }),
			random: () => chance,
		});
		expect(await waited(failing.apiRequest(QUESTION))).toBeCloseTo(7500 * times, -2);
	});
});

describe('what is not tried again', () => {
	it.each([
		['wrong login data', { body: { no: 'login', words: 'who are you' } }, 'does not know you'],
		['a blocked address', { body: { no: 'banned' } }, 'has blocked this address'],
		['a wrong parameter', { body: { no: 'odd' } }, 'does not accept a filter'],
		['an unknown code', { body: { no: 'x99' } }, 'refused the request'],
		['HTTP 401', { status: 401, body: '' }, 'denies access'],
		['HTTP 403 with HTML', { status: 403, body: HTML }, 'denies access'],
		['HTTP 404', { status: 404, body: HTML }, 'is not Fake PBX'],
		['a redirect', { status: 302, body: '' }, 'redirects elsewhere'],
		['HTTP 300 in the envelope', { status: 300, body: { ok: [] } }, 'redirects elsewhere'],
		[
			'an API error without a code',
			{ body: { no: '', words: 'hm' } },
			'Fake PBX refused the request',
		],
		['HTTP 418, which the table has', { status: 418, body: HTML }, 'is a teapot (HTTP 418)'],
		['HTML from the start', { body: HTML }, 'is not Fake PBX'],
		['JSON of something else', { body: { hello: 'world' } }, 'is not Fake PBX'],
		['an empty body', { body: '' }, 'is not Fake PBX'],
		['an unknown host', Object.assign(new Error('x'), { code: 'ENOTFOUND' }), 'no such host'],
		['a certificate', Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }), 'not trusted'],
	])('%s', async (_name, answer, words) => {
		const { apiRequest, requests, report } = fakeConnection({ respond: () => answer });
		const error = await thrownBy(apiRequest(QUESTION));
		expect(error.message).toContain(words);
		expect(error.description).toBeTruthy();
		expect(requests).toHaveLength(1);
		expect(report.retries).toBe(0);
	});

	it('is what nobody knows whether the platform has acted on', async () => {
		const { apiRequest, requests } = fakeConnection({ respond: () => ({ status: 500, body: '' }) });
		await thrownBy(apiRequest(QUESTION, [], true));
		expect(requests).toHaveLength(1);
	});

	it('is not what the platform has certainly not acted on', async () => {
		const { apiRequest, requests } = fakeConnection({
			respond: inTurn({ status: 429, body: '' }, OK),
		});
		await apiRequest(QUESTION, [], true);
		expect(requests).toHaveLength(2);
	});
});

it('takes HTML for a passing fault once the platform has answered', async () => {
	const { apiRequest } = fakeConnection({ respond: inTurn(OK, { body: HTML }, OK) });
	await apiRequest(QUESTION);
	expect(await apiRequest(QUESTION)).toEqual({ payload: ['a', 'b'] });
});

describe('Retry-After', () => {
	const busy = (headers: Record<string, string>, status = 429) => ({ status, headers, body: '' });
	const date = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

	it.each([
		['in seconds', () => busy({ 'retry-after': '45' }), 45],
		['as a date', () => busy({ 'retry-after': date(45) }), 45],
		['with HTTP 503', () => busy({ 'retry-after': '45' }, 503), 45],
		['in a apiError', () => ({ headers: { 'retry-after': '45' }, body: { no: 'slow' } }), 45],
		['by the table', () => ({ body: { no: 'later' } }), 30],
		['by a clock ahead', () => busy({ 'retry-after': date(3645), date: date(3600) }), 45],
		['by a clock behind', () => busy({ 'retry-after': date(-3555), date: date(-3600) }), 45],
		['shorter than the back-off', () => busy({ 'retry-after': '0' }), 0.5],
		['in the past', () => busy({ 'retry-after': date(-100) }), 0.5],
		['without meaning', () => busy({ 'retry-after': 'soon' }), 0.5],
	])('%s is waited for', async (_name, answer, seconds) => {
		const { apiRequest, requests } = fakeConnection({ respond: inTurn(answer(), OK) });
		const slept = await waited(apiRequest(QUESTION));
		expect(requests).toHaveLength(2);
		expect(slept / 1000).toBeGreaterThan(seconds - 1.01);
		expect(slept / 1000).toBeLessThan(seconds + 1.01);
	});

	it('is believed up to what the user wants to wait, and then told', async () => {
		const answer = busy({ 'retry-after': '45' });
		const patient = fakeConnection({ respond: inTurn(answer, OK), longestWaitMs: 45_000 });
		expect(await patient.apiRequest(QUESTION)).toEqual({ payload: ['a', 'b'] });

		const hasty = fakeConnection({ respond: inTurn(answer, OK), longestWaitMs: 44_999 });
		const before = Date.now();
		const error = await thrownBy(hasty.apiRequest(QUESTION));
		expect(hasty.requests).toHaveLength(1);
		const until = Date.parse(/due at (\S+),/.exec(error.message)?.[1] ?? '');
		expect(until - before).toBeGreaterThan(44_000);
		expect(until - before).toBeLessThan(46_000);
		expect(error.message).toMatch(/^Fake PBX at .* \(HTTP 429\); the next try is due at /);
		expect(error.description).toBe(
			"Try again then, or raise 'Maximum Wait (Seconds)' in the node's options. Wait a while; run the workflow less often or ask with fewer requests at once.",
		);
	});

	it.each(['10000000000000', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])(
		'that no calendar has is a month: %s',
		async (given) => {
			const hasty = fakeConnection({ respond: () => busy({ 'retry-after': given }) });
			const before = Date.now();
			const error = await thrownBy(hasty.apiRequest(QUESTION));
			const until = Date.parse(/due at (\S+),/.exec(error.message)?.[1] ?? '');
			expect((until - before) / 86_400_000).toBeCloseTo(31, 1);
		},
	);

	it('beyond that is told with advice in any case', () => {
		const { description } = tooLong({ kind: 'rate', message: 'It is busy' }, 1000);
		expect(description).toBe(
			"Try again then, or raise 'Maximum Wait (Seconds)' in the node's options. In a schedule, run the workflow less often.",
		);
	});
});

describe('a run that is stopped', () => {
	it('ends a wait soon and asks nothing more', async () => {
		let stopped = false;
		const { apiRequest, requests } = fakeConnection({
			respond: () => {
				setImmediate(() => (stopped = true));
				return { status: 429, headers: { 'retry-after': '50' }, body: '' };
			},
			isStopped: () => stopped,
		});
		const work = thrownBy(apiRequest(QUESTION));
		expect(await waited(work)).toBeLessThan(1000);
		expect((await work).message).toContain('asks for fewer requests (HTTP 429)');
		expect(requests).toHaveLength(1);
	});

	it('asks nothing that still stands in line', async () => {
		let stopped = false;
		const { apiRequest, requests } = fakeConnection({
			respond: () => {
				stopped = true;
				return { body: { no: 'login' } };
			},
			credentials: { baseUrl: 'http://pbx.example.com', authentication: 'token' },
			throttle: (await import('../../../nodes/callRecords/transport/throttle')).createThrottle(
				1,
				undefined,
				() => stopped,
			),
			isStopped: () => stopped,
		});
		const errors = await Promise.all(
			[apiRequest(QUESTION), apiRequest(QUESTION), apiRequest(QUESTION)].map(thrownBy),
		);
		expect(requests).toHaveLength(1);
		expect(errors.map(({ message }) => message)).toEqual([
			'Fake PBX does not know you (code login)',
			'stopped before everything was read',
			'stopped before everything was read',
		]);
	});
});

describe('what an error shows', () => {
	it('has none of the secrets, also not of a token that came later, or that is gone', async () => {
		const { apiRequest } = fakeConnection({
			respond: ({ token }) => ({
				body: {
					no: 'gone',
					words: `${String(token)} of the-password, before token-1; ${'ab12'.repeat(8)}`,
				},
			}),
		});
		const error = await thrownBy(apiRequest(QUESTION));
		const shown = JSON.stringify({ ...error, message: error.message, stack: error.stack });
		expect(shown).toContain('before •••');
		expect(shown).not.toMatch(/token-\d|the-password|ab12/);
	});

	it.each([
		['login', 'credential-invalid'],
		['banned', 'credential-invalid'],
		['odd', 'configuration-invalid'],
		['slow', 'rate-limited'],
		['down', 'temporarily-unavailable'],
		['x99', undefined],
	])('a apiError %s tells n8n %s', async (code, cause) => {
		const { apiRequest } = fakeConnection({
			respond: () => ({ body: { no: code } }),
			longestWaitMs: 1,
		});
		const error = (await thrownBy(apiRequest(QUESTION))) as { failure?: { cause: string } };
		expect(error.failure?.cause).toBe(cause);
	});

	it('is what the platform said, with advice', async () => {
		const { apiRequest } = fakeConnection({
			respond: () => ({ body: { no: 'odd', words: 'bad did' } }),
		});
		const error = await thrownBy(apiRequest(QUESTION));
		expect(error.message).toBe('Fake PBX does not accept a filter (code odd)');
		expect(error.description).toBe('Check the filters. The platform says: "bad did"');
		expect(fakePlatform.errorCodes.odd.means).toBe('does not accept a filter');
	});
});
