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
	takePlaces,
	TO,
	trueIds,
} from '../nodes/YeastarPSeries/scene';
import { makeCalls } from '../vendors/calls';
import { HTML, selfSigned } from '../vendors/server';
import { startYeastarPSeries, type YeastarSandbox } from '../vendors/yeastarPSeries';
import type * as Clock from '../support/clock';
import { testCredential } from '../support/credentialTest';
import { runNode } from '../support/engine';
import { httpRequestNode } from '../support/httpRequest';

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

const test = async (other: IDataObject = {}) =>
	await testCredential(new YeastarPSeriesApi(), storedFor(sandbox, other));
const logins = () => loginsOf(sandbox);
const read = async (credentials: ICredentialDataDecryptedObject, parameters: IDataObject = {}) =>
	await getMany(sandbox, parameters, { credentials });

async function apiError(other: IDataObject = {}): Promise<string> {
	const { status, message } = await test(other);
	expect(status).toBe('Error');
	expectSilence(message);
	return message;
}

describe('the test button', () => {
	it('is content with right data', async () => {
		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(endpoints(sandbox)).toEqual(['get_token', 'cdr/list']);
		expect(sandbox.requests[1].fields).toMatchObject({ page: '1', page_size: '1' });
	});

	it('is content with a PBX that has no calls', async () => {
		for (const empty of ['null', 'missing', 'list', 'errorCode'] as const) {
			const pbx = await startYeastarPSeries({ calls: [] });
			pbx.variants.empty = empty;
			expect(await testCredential(new YeastarPSeriesApi(), storedFor(pbx))).toMatchObject({
				status: 'OK',
			});
			await pbx.stop();
		}
	});

	it.each(['/', '//', ' ', '/ '])('takes a base URL that ends in %j', async (end) => {
		expect(await test({ baseUrl: `${sandbox.url}${end}` })).toMatchObject({ status: 'OK' });
		expect(endpoints(sandbox)).toEqual(['get_token', 'cdr/list']);
	});

	it.each([{ clientId: 'wrong-id' }, { clientSecret: 'wrong-secret' }, { clientSecret: '' }])(
		'says that the login data are wrong, after one login: %j',
		async (other) => {
			expect(await apiError(other)).toContain(
				"Yeastar P-Series refuses the login: 'Client ID' or 'Client Secret' is wrong (code -1)",
			);
			expect(endpoints(sandbox)).toEqual(['get_token']);
		},
	);

	it.each([
		[60002, '8 access tokens', 'client of its own'],
		[70004, 'has blocked the address of this n8n server', 'Blocked IPs'],
		[70087, 'does not allow requests from the address', 'allowed IP addresses'],
		[70123, 'has its API switched off', 'Integrations > API'],
		[10001, 'does not know this request', "'Base URL'"],
		[10003, 'does not speak this version', 'firmware'],
		[40002, 'does not accept a parameter', 'The platform says: "REFUSED"'],
		[70120, 'refused the request', 'ask its support'],
	])('explains the refusal of a login with code %i', async (code, says, advises) => {
		sandbox.refuseAll = code;
		const message = await apiError();
		expect(message).toContain(`Yeastar P-Series ${says}`.replace('Yeastar P-Series 8', '8'));
		expect(message).toContain(advises);
		expect(message).toContain(`code ${code}`);
		expect(endpoints(sandbox)).toEqual(['get_token']);
	});

	it.each([
		[-2, 'has a fault of its own'],
		[-1, 'could not carry the request out'],
		[10001, 'does not know this request'],
		[10002, 'no longer speaks this version'],
		[10004, 'does not accept the access token'],
		[10005, 'does not permit this API client'],
		[10009, 'has the feature switched off'],
		[40002, 'does not accept a parameter'],
		[70087, 'does not allow requests from the address'],
		[70123, 'has its API switched off'],
	])('explains the apiError of call records with code %i', async (code, says) => {
		sandbox.refuse['cdr/list'] = code;
		expect(await apiError()).toContain(says);
	});

	it('says that nobody is there', async () => {
		expect(await apiError({ baseUrl: 'http://127.0.0.1:9' })).toContain(
			'Yeastar P-Series at 127.0.0.1:9 refuses the connection',
		);
	});

	it.each<[string, object]>([
		['HTML', { body: HTML }],
		['HTML, not found', { status: 404, body: HTML }],
		['other JSON', { body: '{"code":0}', headers: { 'content-type': 'application/json' } }],
	])('says that it is not a P-Series PBX that answers: %s', async (_name, answer) => {
		sandbox.fault = () => answer;
		expect(await apiError()).toMatch(/^The server at the 'Base URL'.* is not Yeastar P-Series/);
	});

	it('says that the gateway before the PBX does not reach it', async () => {
		sandbox.fault = () => ({ status: 502, body: HTML });
		expect(await apiError()).toContain('is not able to answer now (HTTP 502)');
	});

	it('renews the stored session instead of taking another place', async () => {
		const credentials = storedFor(sandbox);
		for (let i = 0; i < 20; i++) {
			const answer = await testCredential(new YeastarPSeriesApi(), credentials, { logsIn: true });
			expect(answer).toMatchObject({ status: 'OK' });
		}
		expect(sandbox.tokens).toMatchObject({ most: 1, logins: 1, renewals: 19 });
	});

	it('does not take a stored session for a proof of other login data', async () => {
		const credentials = storedFor(sandbox);
		await testCredential(new YeastarPSeriesApi(), credentials);
		sandbox.forget();
		Object.assign(credentials, { clientSecret: 'wrong' });
		const { status } = await testCredential(new YeastarPSeriesApi(), credentials);
		expect([status, endpoints(sandbox)]).toEqual(['Error', ['get_token']]);
	});
});

describe('a certificate that nobody trusts', () => {
	const startTls = async () =>
		await startYeastarPSeries({ calls, selfSigned: selfSigned(`${__dirname}/../vendors/tls`) });

	it('is rejected, and the message says what to do', async () => {
		const tls = await startTls();
		const { message } = await testCredential(new YeastarPSeriesApi(), storedFor(tls));
		expect(message).toContain('is not trusted');
		expect(message).toContain("'Ignore SSL Issues (Insecure)'");
		const { json, error } = await getMany(tls);
		expect(json).toEqual([]);
		expect(error?.message).toContain('is not trusted');
		expect(tls.requests).toEqual([]);
		await tls.stop();
	});

	it('is taken when the credential says so: test, node and HTTP Request node', async () => {
		const tls = await startTls();
		const credentials = storedFor(tls, { allowUnauthorizedCerts: true });
		expect(await testCredential(new YeastarPSeriesApi(), credentials)).toMatchObject({
			status: 'OK',
		});
		const { json, error } = await getMany(tls, {}, { credentials });
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(trueIds(tls));
		const answer = await runNode({
			node: httpRequestNode('yeastarPSeriesApi', {
				uri: `${tls.url}/openapi/v1.0/extension/list`,
				rejectUnauthorized: true,
				json: true,
			}),
			credential: new YeastarPSeriesApi(),
			credentials,
			parameters: {},
		});
		expect(answer.json).toMatchObject([{ errcode: 0, total_number: 8 }]);
		await tls.stop();
	});
});

describe('refused logins', () => {
	it('with wrong data are not tried again, by no item', async () => {
		const credentials = storedFor(sandbox, { clientSecret: 'wrong-in-items' });
		const items = Array.from({ length: 10 }, () => ({}));
		const { json } = await getMany(sandbox, {}, { credentials, items, continueOnFail: true });
		expect(json).toHaveLength(10);
		for (const { error } of json) expect(error).toContain("'Client Secret' is wrong (code -1)");
		expect(endpoints(sandbox)).toEqual(['get_token']);
		expectSilence(json, credentials);
	});

	it('are tried again after a while, and at once with other data', async () => {
		const wrong = () => storedFor(sandbox, { clientSecret: 'wrong-for-a-while' });
		await read(wrong());
		await read(wrong());
		expect(endpoints(sandbox)).toEqual(['get_token']);
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 11_000);
		await read(wrong());
		now.mockRestore();
		expect(endpoints(sandbox)).toEqual(['get_token', 'get_token']);
		expect((await read(storedFor(sandbox))).error).toBeUndefined();
	});

	it('block the address after the fifth, and then the node stops at once and says what to do', async () => {
		for (let i = 0; i < 5; i++) await read(storedFor(sandbox, { clientSecret: `wrong ${i}` }));
		sandbox.forget();
		const { error } = await read(storedFor(sandbox));
		expect(error?.message).toContain('has blocked the address of this n8n server');
		expect(error?.description).toContain('Blocked IPs');
		expect(error?.failure).toEqual({ cause: 'credential-invalid' });
		expect(endpoints(sandbox)).toEqual(['get_token']);
	});

	it.each([70004, 70087, 70123])('with %i are not followed by another request', async (code) => {
		sandbox.refuseAll = code;
		const { error } = await read(storedFor(sandbox));
		expect(error?.message).toContain(`(code ${code})`);
		expect(error?.description).toMatch(/Security|Integrations/);
		expect(endpoints(sandbox)).toEqual(['get_token']);
	});

	it('with a refresh token stop there too when the address is blocked', async () => {
		const credentials = storedFor(sandbox);
		await read(credentials);
		sandbox.endSessions();
		sandbox.forget();
		sandbox.fault = ({ path }) =>
			path.endsWith('refresh_token')
				? { rewrite: () => ({ errcode: 70004, errmsg: 'ACCOUNT IP BLOCKED' }) }
				: undefined;
		const { error } = await read(credentials);
		expect(error?.message).toContain('has blocked the address');
		expect(endpoints(sandbox)).toEqual(['system/information', 'refresh_token']);
	});

	it('for want of a place say when to try again, and how to have one', async () => {
		takePlaces(sandbox, 8);
		const { error } = await read(storedFor(sandbox));
		expect(error?.message).toMatch(
			/8 access tokens .* \(code 60002\); the next try is due at \d{4}-/,
		);
		expect(error?.description).toContain("'Maximum Wait (Seconds)'");
		expect(error?.description).toContain('a client of its own');
		expect(error?.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 300_000 });
		expect(endpoints(sandbox)).toEqual(['get_token']);
	});

	it('for want of a place wait five minutes at a time when they may', async () => {
		sandbox.tokens.lifeSeconds = 700;
		takePlaces(sandbox, 8);
		const { json, error } = await read(storedFor(sandbox), { options: { longestWait: 600 } });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(sandbox.store.size);
		expect(logins()).toEqual(['get_token', 'get_token', 'get_token', 'get_token']);
	});

	it('that never were: no token in the answer is an error, and takes no second place', async () => {
		sandbox.fault = ({ path }) =>
			path.endsWith('get_token')
				? { rewrite: () => ({ errcode: 0, errmsg: 'SUCCESS' }) }
				: undefined;
		const { error } = await read(storedFor(sandbox));
		expect(error?.message).toContain('sends no access token');
		expect(endpoints(sandbox)).toEqual(['get_token']);
	});
});

describe("n8n's HTTP Request node with the credential", () => {
	const request = async (credentials: ICredentialDataDecryptedObject, options: IDataObject) =>
		await runNode({
			node: httpRequestNode('yeastarPSeriesApi', options),
			credential: new YeastarPSeriesApi(),
			credentials,
			parameters: {},
		});
	const listOf = (path: string, options: IDataObject = {}) => ({
		method: 'GET',
		uri: `${sandbox.url}/openapi/v1.0/${path}`,
		json: true,
		...options,
	});

	it.each<[string, () => IDataObject]>([
		['extension/list', () => listOf('extension/list')],
		['a query', () => listOf('system/get_menuoptions', { qs: { menu: 'ext_group' } })],
		['a query in the address', () => listOf('system/get_menuoptions?menu=ext_group')],
		[
			'url instead of uri',
			() => ({ ...listOf('x'), uri: undefined, url: '/openapi/v1.0/extension/list' }),
		],
		['headers', () => listOf('extension/list', { headers: { accept: 'application/json' } })],
	])('asks another endpoint: %s', async (_name, options) => {
		const { json, error } = await request(storedFor(sandbox), options());
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ errcode: 0, errmsg: 'SUCCESS' }]);
		expect(sandbox.requests.at(-1)!.headers['user-agent']).toBe('OpenAPI');
	});

	it('renews a token that has ended, though the PBX would answer with HTTP 200', async () => {
		const credentials = storedFor(sandbox);
		await request(credentials, listOf('extension/list'));
		sandbox.endSessions();
		credentials.sessionEndsAt = Date.now() - 1;
		const { json } = await request(credentials, listOf('extension/list'));
		expect(json).toMatchObject([{ errcode: 0 }]);
		expect(logins()).toEqual(['get_token', 'refresh_token']);
	});

	it('takes one place for all items that are sent together', async () => {
		const credentials = storedFor(sandbox);
		sandbox.fault = ({ path }) => (path.endsWith('_token') ? { delayMs: 100 } : undefined);
		const all = Array.from({ length: 12 }, () => request(credentials, listOf('extension/list')));
		for (const { json } of await Promise.all(all)) expect(json).toMatchObject([{ errcode: 0 }]);
		expect(logins()).toEqual(['get_token']);
		expect(sandbox.tokens.most).toBe(1);
	});
});
