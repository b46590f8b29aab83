import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { YeastarPSeriesApi } from '../../credentials/YeastarPSeriesApi.credentials';
import {
	endpoints,
	expectSilence,
	FROM,
	getMany,
	idsOf,
	loginsOf,
	storedFor,
	TO,
	trueIds,
} from '../nodes/YeastarPSeries/scene';
import { makeCalls } from '../vendors/calls';
import { type Arrived } from '../vendors/server';
import {
	startYeastarPSeries,
	YEASTAR_SECRETS,
	type YeastarSandbox,
} from '../vendors/yeastarPSeries';
import type * as Clock from '../support/clock';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const calls = makeCalls({ count: 40, from: FROM, to: TO, prefix: '40' });

let sandbox: YeastarSandbox;
beforeEach(async () => {
	sandbox = await startYeastarPSeries({ calls });
});
afterEach(async () => await sandbox.stop());

const logins = () => loginsOf(sandbox);
const read = async (credentials: ICredentialDataDecryptedObject, parameters: IDataObject = {}) =>
	await getMany(sandbox, parameters, { credentials });

describe('the session', () => {
	it('is stored with the credential, and used by all that follow', async () => {
		const credentials = storedFor(sandbox);
		const before = Date.now();
		for (let i = 0; i < 20; i++) {
			const { json } = await read(credentials);
			expect(json).toHaveLength(sandbox.store.size);
		}
		expect(logins()).toEqual(['get_token']);
		expect(sandbox.tokens).toMatchObject({ most: 1, logins: 1 });
		const endsAt = Number(credentials.sessionEndsAt);
		expect(endsAt).toBeGreaterThanOrEqual(before + 1_800_000);
		expect(endsAt).toBeLessThanOrEqual(Date.now() + 1_800_000);
		expect(credentials.sessionOwner).toMatch(/^[0-9a-f]{32}$/);
	});

	it('ends when the PBX says, and is renewed seconds before, each time with the newest refresh token', async () => {
		sandbox.tokens.lifeSeconds = 4;
		const credentials = storedFor(sandbox);
		for (let i = 0; i < 20; i++) expect((await read(credentials)).error).toBeUndefined();
		expect(sandbox.tokens).toMatchObject({ most: 1, logins: 1 });
		expect(sandbox.tokens.renewals).toBeGreaterThan(18);
	});

	it('that the PBX has ended is renewed, not begun anew: 20 runs', async () => {
		const credentials = storedFor(sandbox);
		for (let i = 0; i < 20; i++) {
			const { json, error } = await read(credentials);
			expect(error).toBeUndefined();
			expect(json).toHaveLength(sandbox.store.size);
			sandbox.endSessions();
		}
		expect(sandbox.tokens).toMatchObject({ most: 1, logins: 1, renewals: 19 });
	});

	it('that the PBX has forgotten is begun anew: 20 runs', async () => {
		const credentials = storedFor(sandbox);
		for (let i = 0; i < 20; i++) {
			expect((await read(credentials)).error).toBeUndefined();
			sandbox.tokens.forget();
			sandbox.tokens.unblock();
		}
		expect(sandbox.tokens).toMatchObject({ most: 1, logins: 20, renewals: 0 });
	});

	it.each(['by the clock', 'by the PBX', 'not begun'])(
		'is one for executions that start together when it has ended: %s',
		async (ended) => {
			const credentials = storedFor(sandbox);
			if (ended !== 'not begun') await read(credentials);
			if (ended === 'by the clock') credentials.sessionEndsAt = Date.now() + 3000;
			if (ended === 'by the PBX') sandbox.endSessions();
			sandbox.forget();
			// Slow enough that all have sent before the first answer comes.
			sandbox.fault = ({ path }) => (path.endsWith('_token') ? { delayMs: 150 } : { delayMs: 20 });
			const runs = await Promise.all(Array.from({ length: 10 }, () => read(credentials)));
			for (const { json, error } of runs) {
				expect(error).toBeUndefined();
				expect(json).toHaveLength(sandbox.store.size);
			}
			expect(logins()).toEqual([ended === 'not begun' ? 'get_token' : 'refresh_token']);
			expect(sandbox.tokens.most).toBe(1);
		},
	);

	it('that ends while records are read is renewed once, and the read goes on', async () => {
		const credentials = storedFor(sandbox);
		let searches = 0;
		sandbox.fault = ({ path }: Arrived) =>
			path.endsWith('cdr/search') && ++searches === 4
				? { before: () => sandbox.endSessions() }
				: undefined;
		const { json, error } = await read(credentials, {
			options: { pageSize: 10, requestsAtOnce: 3 },
		});
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(trueIds(sandbox));
		expect(logins()).toEqual(['get_token', 'refresh_token']);
		expect(credentials.accessToken).toBe(sandbox.requests.at(-1)!.fields.access_token);
	});

	it('that is refused again right after a login is an error, not a loop', async () => {
		sandbox.fault = ({ path }) =>
			path.endsWith('cdr/search') ? { before: () => sandbox.endSessions() } : undefined;
		const credentials = storedFor(sandbox);
		const { error } = await read(credentials);
		expect(error?.message).toContain('does not accept the access token (code 10004)');
		expect(logins()).toEqual(['get_token', 'refresh_token']);
		expectSilence([error?.message, error?.description], credentials);
	});

	it('of other login data is not used', async () => {
		const credentials = storedFor(sandbox);
		await read(credentials);
		sandbox.forget();
		Object.assign(credentials, { baseUrl: `${sandbox.url}/x` });
		await read(credentials);
		expect(endpoints(sandbox)[0]).toMatch(/get_token$/);
	});

	it('is nowhere to be seen in what is read', async () => {
		const credentials = storedFor(sandbox);
		const { items, hints } = await read(credentials, { output: 'both' });
		expectSilence([items, hints], credentials);
	});

	it.each(['stored before', 'new'])('is nowhere to be seen in an error: %s', async (age) => {
		const credentials = storedFor(sandbox);
		if (age === 'stored before') await read(credentials);
		sandbox.fault = ({ path, fields }) =>
			path.endsWith('cdr/search')
				? {
						rewrite: () => ({
							errcode: 10009,
							errmsg: `bad ${String(fields.access_token)} ${YEASTAR_SECRETS.clientSecret}`,
						}),
					}
				: undefined;
		const { error } = await read(credentials);
		expect(error?.description).toContain('The platform says: "bad');
		expectSilence([error?.message, error?.description, error?.stack], credentials);
	});
});

describe('every request', () => {
	const authenticate = async (request: IDataObject, other: IDataObject = {}) =>
		await new YeastarPSeriesApi().authenticate(
			storedFor(sandbox, { accessToken: 'the-token', ...other }),
			request as never,
		);

	it.each(['GET', 'POST'])(
		'carries the token in the query and names itself: %s',
		async (method) => {
			const request = { method, url: '/openapi/v1.0/x', qs: { menu: 'trunk' }, body: { a: 1 } };
			expect(await authenticate(request)).toMatchObject({
				method,
				baseURL: sandbox.url,
				qs: { menu: 'trunk', access_token: 'the-token' },
				body: { a: 1 },
				headers: { 'User-Agent': 'OpenAPI' },
				sendCredentialsOnCrossOriginRedirect: false,
			});
		},
	);

	it.each([
		[
			{ 'user-agent': 'mine', a: 'b' },
			{ 'user-agent': 'mine', a: 'b' },
		],
		[{ 'user-agent': ' ' }, { 'user-agent': ' ', 'User-Agent': 'OpenAPI' }],
		[{ a: 'b' }, { a: 'b', 'User-Agent': 'OpenAPI' }],
	])('keeps the headers it has: %j', async (headers, kept) => {
		expect((await authenticate({ url: '/', headers })).headers).toEqual(kept);
	});

	it('is not sent with a token that has ended, or that belongs to other login data', async () => {
		const ended = authenticate({ url: '/' }, { sessionEndsAt: Date.now() - 1 });
		await expect(ended).rejects.toMatchObject({ response: { status: 401 } });
		const foreign = authenticate({ url: '/' }, { sessionOwner: 'f'.repeat(32) });
		await expect(foreign).rejects.toMatchObject({ response: { status: 401 } });
	});
});
