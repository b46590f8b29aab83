import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { Infin8linxApi } from '../../credentials/Infin8linxApi.credentials';
import { infin8linx } from '../../nodes/Infin8linx/platform';
import { makeCalls } from '../vendors/calls';
import { INFIN8LINX_SECRETS, startInfin8linx, type Infin8linxSandbox } from '../vendors/infin8linx';
import { HTML } from '../vendors/server';
import { testCredential } from '../support/credentialTest';
import { runNode } from '../support/engine';
import { httpRequestNode } from '../support/httpRequest';
import { infin8linxKit } from '../support/kits/infin8linx';

const FROM = Date.UTC(2025, 2, 3) / 1000;
const { username, ip, appId, accessKey } = INFIN8LINX_SECRETS;
const BY_IP = { identifyBy: 'ip', ip, username: '' };

let sandbox: Infin8linxSandbox;
beforeEach(async () => {
	sandbox = await startInfin8linx({
		calls: makeCalls({ count: 10, from: FROM, to: FROM + 86_399 }),
	});
});
afterEach(async () => await sandbox.stop());

const stored = (other: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
	baseUrl: sandbox.url,
	identifyBy: 'username',
	username,
	ip: '',
	appId,
	accessKey,
	timezone: 'Asia/Shanghai',
	...other,
});

const get = async (credentials = stored(), options: IDataObject = {}, output = 'both') =>
	await runNode({
		node: infin8linxKit.node(),
		credential: new Infin8linxApi(),
		credentials,
		parameters: {
			period: 'custom',
			startTime: FROM,
			endTime: FROM + 86_399,
			returnAll: true,
			output,
			options: { longestWait: 0, ...options },
		},
	});

const test = async (other: ICredentialDataDecryptedObject = {}) =>
	await testCredential(new Infin8linxApi(), stored(other));

/** Everything a user may see of a run. */
const shown = (result: object): string => {
	const { error, ...rest } = result as { error?: Error & IDataObject };
	return JSON.stringify([
		rest,
		error && { ...error, message: error.message, stack: error.stack, cause: String(error.cause) },
	]);
};

describe('the proof of an Infin8linx request', () => {
	it.each([
		['user name', {}, { username }],
		['user name, with an address filled in before', { ip }, { username }],
		['address', BY_IP, { ip }],
		['address, with a user name filled in before', { ...BY_IP, username }, { ip }],
	])('is the %s, App ID and Access Key', async (_by, other, identity) => {
		for (const bodyFormat of ['urlencoded', 'formData']) {
			const { json, error } = await get(stored(other), { bodyFormat });
			expect(error).toBeUndefined();
			expect(json).toHaveLength(10);
		}
		for (const { fields } of sandbox.requests) {
			const proof = { username: fields.username, ip: fields.ip, appid: fields.appid };
			expect({ ...proof, accesskey: fields.accesskey }).toEqual({
				username: undefined,
				ip: undefined,
				...identity,
				appid: appId,
				accesskey: accessKey,
			});
		}
	});

	it.each(['', '/', '///'])('reaches a base URL that ends in "%s"', async (end) => {
		const { json, error } = await get(stored({ baseUrl: `${sandbox.url}${end}` }));
		expect(error).toBeUndefined();
		expect(json).toHaveLength(10);
		expect(await test({ baseUrl: `${sandbox.url}${end}` })).toMatchObject({ status: 'OK' });
		expect(new Set(sandbox.requests.map(({ path }) => path))).toEqual(new Set(['/api/cdrs']));
	});

	it('keeps what is not plain text in it', async () => {
		const odd = { username: 'a+b & c=d%20é', accessKey: 'ключ "1" +/=' };
		await get(stored(odd));
		expect(sandbox.requests[0].fields).toMatchObject({
			username: odd.username,
			accesskey: odd.accessKey,
		});
	});
});

describe("n8n's HTTP Request node with the Infin8linx credential", () => {
	const apiRequest = async (path: string, options: IDataObject, baseUrl = sandbox.url) =>
		await runNode({
			node: httpRequestNode('infin8linxApi', {
				method: 'POST',
				uri: `${sandbox.url}${path}`,
				...options,
			}),
			credential: new Infin8linxApi(),
			credentials: stored({ baseUrl }),
			parameters: {},
		});
	const call = { code: '4711', phone: '13800000001', nationCode: 'en' };

	it.each([
		['form', { form: call }],
		['form, JSON answer', { form: call, json: true }],
		['form data', { formData: call }],
		['JSON', { body: call, json: true }],
		[
			'raw body',
			{
				body: new URLSearchParams(call).toString(),
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
			},
		],
	])('asks another endpoint: %s', async (_kind, options) => {
		const { json, error } = await apiRequest('/api/voiceCode', options as IDataObject);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{ code: 1, msg: 'successful request', data: { customuuid: 'otp-13800000001' } },
		]);
	});

	it('reads call records by itself', async () => {
		const form = { starttime: '2025-03-03 00:00:00', endtime: '2025-03-04 23:59:59', per_page: 3 };
		const { json } = await apiRequest('/api/cdrs', { form, json: true }, `${sandbox.url}/`);
		expect(json).toMatchObject([{ code: 1, data: { total: 10, per_page: 3 } }]);
	});
});

const CODES = ['1000', '1001', '1005', '1006', '1008'];
const SHAPES: Array<[string, unknown]> = [
	['no data', undefined],
	['null', null],
	['[]', []],
	['{}', {}],
];

describe('refusals of Infin8linx', () => {
	it.each(CODES)('%s is explained, in the node and by the test button', async (code) => {
		sandbox.refuseAll = Number(code);
		for (const [, data] of SHAPES) {
			sandbox.refusalData = data;
			const { error, json } = await get();
			const { kind, means, advice } = infin8linx.errorCodes[code];
			expect(error?.message).toContain(`Infin8linx ${means} (code ${code})`);
			if (advice) expect(error?.description).toContain(advice);
			// Where trying again may help, the waiting time is what there is to say.
			if (kind !== 'temporary') {
				expect(error?.description).toContain('The platform says: "refused"');
			}
			expect(json).toEqual([]);
			const answer = await test();
			expect(answer.status).toBe('Error');
			expect(answer.message).toContain(means);
		}
	});

	it.each(CODES)('%s is explained with HTTP status 400 too', async (code) => {
		sandbox.refuseAll = Number(code);
		sandbox.refusalStatus = 400;
		const { error } = await get();
		expect(error?.message).toContain(`(code ${code})`);
	});

	it('repeats the request after a fault of the platform, and no other', async () => {
		const tries: Record<string, number> = {};
		for (const code of CODES) {
			sandbox.forget();
			sandbox.fault = ({ number }) =>
				number === 1
					? {
							status: 200,
							headers: { 'content-type': 'application/json' },
							body: JSON.stringify({ code: Number(code), msg: 'no' }),
						}
					: undefined;
			await get(stored(), { longestWait: 60 });
			tries[code] = sandbox.requests.length;
		}
		expect(tries).toEqual({ '1000': 2, '1001': 1, '1005': 1, '1006': 1, '1008': 1 });
	});

	it('names a code that is not documented, and does not take it for no records', async () => {
		sandbox.refuseAll = 1099;
		const { error } = await get();
		expect(error?.message).toBe('Infin8linx refused the request (code 1099)');
		expect((await test()).message).toContain('does not document');
	});

	it('does not take success without a list for no records', async () => {
		for (const data of [undefined, null, [], {}]) {
			sandbox.fault = () => ({ rewrite: () => ({ code: 1, msg: 'successful request', data }) });
			const { error, json } = await get();
			expect(error?.message).toContain('sent no list of records (code 1)');
			expect(json).toEqual([]);
			expect((await test()).status).toBe('Error');
		}
	});

	it.each([
		['App ID', { appId: 'wrong-app-id' }, '1005'],
		['Access Key', { accessKey: 'wrong-access-key' }, '1005'],
		['user name', { username: 'wrong-user-name' }, '1005'],
		['address', { ...BY_IP, ip: 'wrong.example' }, '1005'],
		['missing user name', { username: '' }, '1001'],
	])('tells of a wrong %s', async (_what, wrong, code) => {
		const { error } = await get(stored(wrong));
		expect(error?.message).toContain(`(code ${code})`);
		expect(error?.description).toContain('Username');
		const answer = await test(wrong);
		expect(answer.message).toContain(infin8linx.errorCodes[code].means);
	});
});

describe('the Infin8linx test button', () => {
	it('accepts either identity', async () => {
		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(await test(BY_IP)).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it('tells a server that is not the platform', async () => {
		sandbox.fault = () => ({ status: 200, body: HTML });
		expect((await test()).message).toContain("The server at the 'Base URL' is not Infin8linx");
	});
});

describe('secrets of Infin8linx', () => {
	const canaries = Object.values(INFIN8LINX_SECRETS);

	it.each([
		['records', () => undefined],
		['a refusal that repeats them', () => ({ rewrite: repeated })],
		['a connection that breaks', () => ({ reset: 'before' as const })],
		['a page of HTML', () => ({ status: 200, body: HTML })],
		['a status', () => ({ status: 403, body: canaries.join(' ') })],
	])('are not shown with %s', async (_what, fault) => {
		sandbox.fault = fault;
		for (const identifyBy of ['username', 'ip']) {
			const { items, hints, error } = await get(stored({ identifyBy, username, ip }));
			expect(sandbox.requests.length).toBeGreaterThan(0);
			const seen = shown({ items, hints, error });
			for (const canary of canaries) expect(seen).not.toContain(canary);
		}
	});

	const repeated = () => ({ code: 1005, msg: `wrong: ${canaries.join(', ')}` });
});
