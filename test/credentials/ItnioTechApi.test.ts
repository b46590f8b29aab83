import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { ItnioTechApi } from '../../credentials/ItnioTechApi.credentials';
import { itnioTech } from '../../nodes/ItnioTech/platform';
import { signature, withHeaders } from '../../nodes/ItnioTech/sign';
import { getMany, storedFor } from '../nodes/ItnioTech/scene';
import { makeCalls } from '../vendors/calls';
import { ITNIO_SECRETS, startItnioTech, type ItnioTechSandbox } from '../vendors/itnioTech';
import { HTML, type Fault } from '../vendors/server';
import { testCredential } from '../support/credentialTest';
import { runNode } from '../support/engine';
import { httpRequestNode } from '../support/httpRequest';

const FROM = Date.UTC(2025, 2, 3) / 1000;
const TO = FROM + 86_399;
const { apiKey, apiSecret } = ITNIO_SECRETS;

let sandbox: ItnioTechSandbox;
beforeEach(async () => {
	sandbox = await startItnioTech({ calls: makeCalls({ count: 10, from: FROM, to: TO }) });
});
afterEach(async () => {
	jest.restoreAllMocks();
	await sandbox.stop();
});

const get = async (credential: IDataObject = {}, longestWait = 0) =>
	await getMany(sandbox, [FROM, TO], { output: 'both', options: { longestWait } }, credential);
const test = async (credential: IDataObject = {}) =>
	await testCredential(new ItnioTechApi(), storedFor(sandbox, credential));

/** Everything a user may see of a run. */
const shown = ({ json, hints, error }: Awaited<ReturnType<typeof get>>): string =>
	JSON.stringify([
		json,
		hints,
		error && { ...error, message: error.message, stack: error.stack, cause: String(error.cause) },
	]);

describe('the signature', () => {
	it("is the one of the vendor's documentation", () => {
		expect(signature('bDqJFiq9', '7bz1lzh9', 1630468800)).toEqual({
			'Api-Key': 'bDqJFiq9',
			Timestamp: '1630468800',
			Sign: '05d7a50893e22a5c4bb3216ae3396c7c',
		});
	});

	it('is of the UTF-8 of key, secret and time, in this order', () => {
		const { Sign } = signature('ключ', 'π', 1);
		const bytes = Buffer.concat([Buffer.from('ключ'), Buffer.from('π'), Buffer.from('1')]);
		expect(Sign).toBe(createHash('md5').update(bytes).digest('hex'));
	});

	it('takes the place of headers that have its names, and of no others', () => {
		expect(withHeaders({ 'API-KEY': 'x', sign: 'y', accept: 'z' }, signature('a', 'b', 1))).toEqual(
			{
				accept: 'z',
				...signature('a', 'b', 1),
			},
		);
		expect(withHeaders(undefined, signature('a', 'b', 1))).toEqual(signature('a', 'b', 1));
	});
});

describe('the proof of a request', () => {
	it('is made anew for each, with the time of sending it', async () => {
		let seconds = Math.floor(Date.now() / 1000);
		sandbox.clockWindowSeconds = 3600;
		jest.spyOn(Date, 'now').mockImplementation(() => (seconds += 10) * 1000);
		const { json, error } = await getMany(sandbox, [FROM, TO], { options: { pageSize: 3 } });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(10);
		const headers = sandbox.requests.map((request) => request.headers);
		expect(headers.length).toBeGreaterThan(3);
		expect(new Set(headers.map(({ timestamp }) => timestamp)).size).toBe(headers.length);
		for (const header of headers) {
			const { 'Api-Key': key, Sign } = signature(apiKey, apiSecret, Number(header.timestamp));
			expect([header['api-key'], header.sign]).toEqual([key, Sign]);
			expect(header['content-type']).toBe('application/json;charset=UTF-8');
		}
	});

	it.each(['', '/', '///', '  '])('reaches a base URL that ends in "%s"', async (end) => {
		const { json, error } = await get({ baseUrl: `${sandbox.url}${end}` });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(10);
		expect(await test({ baseUrl: `${sandbox.url}${end}` })).toMatchObject({ status: 'OK' });
		expect([...new Set(sandbox.requests.map(({ path }) => path))]).toEqual([
			'/v3/cc/record/query',
			'/v3/cc/seatGroup/query',
		]);
	});

	it('does not mind blanks that were pasted along', async () => {
		const { json } = await get({ apiKey: ` ${apiKey}\n`, apiSecret: `\t${apiSecret} ` });
		expect(json).toHaveLength(10);
	});
});

describe("n8n's HTTP Request node with the credential", () => {
	const apiRequest = async (options: IDataObject, credential: IDataObject = {}) =>
		await runNode({
			node: httpRequestNode('itnioTechApi', options),
			credential: new ItnioTechApi(),
			credentials: storedFor(sandbox, credential),
			parameters: {},
		});
	const balance = { status: '0', reason: 'success', balance: '99.5', gift: '0', credit: '0' };

	it.each(['', '/'])('gets the balance, with a base URL that ends in "%s"', async (end) => {
		const { json, error } = await apiRequest(
			{ method: 'GET', uri: `${sandbox.url}/sms/getBalance`, json: true },
			{ baseUrl: `${sandbox.url}${end}` },
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([balance]);
	});

	it('passes a query on', async () => {
		const { json } = await apiRequest({
			method: 'GET',
			uri: `${sandbox.url}/v3/cc/seatGroup/basicSettingResp`,
			qs: { voiceGroupId: 12 },
			json: true,
		});
		expect(json).toMatchObject([{ status: '0', data: { labelName: ['callback'] } }]);
	});

	it.each([
		['JSON', { body: { current: 1, size: 10, params: {} }, json: true }],
		[
			'raw text',
			{
				body: '{"current":1,"size":10,"params":{}}',
				headers: { 'Content-Type': 'application/json' },
			},
		],
	])('posts %s to another endpoint', async (_kind, options) => {
		const { json, error } = await apiRequest({
			method: 'POST',
			uri: `${sandbox.url}/v3/cc/seatGroup/query`,
			...options,
		} as IDataObject);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ status: '0', data: { total: 2 } }]);
	});

	it('leaves forms as they are', async () => {
		const authenticate = new ItnioTechApi().authenticate.bind(new ItnioTechApi());
		const form = { method: 'POST', url: '/x', form: { a: '1' }, formData: { b: '2' } } as const;
		const { headers, ...rest } = await authenticate(storedFor(sandbox), form);
		expect(rest).toMatchObject({ form: { a: '1' }, formData: { b: '2' } });
		expect(Object.keys(headers ?? {}).sort()).toEqual(['Api-Key', 'Sign', 'Timestamp']);
	});
});

const CODES = Object.keys(itnioTech.errorCodes).filter((code) => code !== '0');
const SPLIT = ['-23', '-76'];

describe('errorCodes', () => {
	it('are all of the documentation', () => {
		expect(CODES.map(Number).sort((a, b) => b - a)).toEqual([
			-1, -2, -13, -16, -18, -20, -22, -23, -76,
		]);
	});

	it.each(CODES.filter((code) => !SPLIT.includes(code)))(
		'%s is explained, as text and as a number',
		async (code) => {
			for (const status of [code, Number(code)]) {
				sandbox.fault = () => ({ rewrite: () => ({ status, reason: 'no, and why' }) });
				const { error, json } = await get();
				const { kind, means, advice } = itnioTech.errorCodes[code];
				expect(error?.message).toContain(`ITNIO Tech ${means} (code ${code})`);
				if (advice) expect(error?.description).toContain(advice);
				// What a later try may change says when to try, instead.
				if (kind !== 'temporary') expect(error?.description).toContain('"no, and why"');
				expect(json).toEqual([]);
				const answer = await test();
				expect(answer.status).toBe('Error');
				expect(answer.message).toContain(means);
				if (advice) expect(answer.message).toContain(advice);
			}
		},
	);

	it('names the clock, and says how to allow the address', () => {
		expect(itnioTech.errorCodes['-16'].advice).toContain('clock of this n8n server');
		expect(itnioTech.errorCodes['-2'].advice).toMatch(/public IP address.*'API Key'/);
	});

	it('names a code that is not documented', async () => {
		sandbox.refuseAll = '-99';
		const { error } = await get();
		expect(error?.message).toBe('ITNIO Tech refused the request (code -99)');
		expect((await test()).message).toContain('does not document');
	});

	it('repeats a request once with a new signature (-16), after a fault (-18), and no other', async () => {
		const tries: Record<string, number> = {};
		for (const code of CODES.filter((known) => !SPLIT.includes(known))) {
			sandbox.forget();
			sandbox.fault = ({ number }) =>
				number === 1 ? { rewrite: () => ({ status: code, reason: 'no' }) } : undefined;
			const { json } = await get({}, 60);
			tries[code] = sandbox.requests.length;
			expect(json).toHaveLength(tries[code] === 2 ? 10 : 0);
		}
		expect(tries).toEqual({ '-1': 1, '-2': 1, '-13': 1, '-16': 2, '-18': 2, '-20': 1, '-22': 1 });
	});

	it.each([
		['API Key', { apiKey: 'wrong-api-key' }],
		['API Secret', { apiSecret: 'wrong-api-secret' }],
		['missing API Key', { apiKey: '' }],
		['missing API Secret', { apiSecret: '' }],
	])('tells of a wrong %s', async (_what, wrong) => {
		const { error } = await get(wrong);
		expect(error?.message).toBe('ITNIO Tech does not accept the key or the signature (code -1)');
		expect(error?.description).toContain("Check 'API Key' and 'API Secret' in the credential.");
		const answer = await test(wrong);
		expect(answer.message).toContain("Check 'API Key' and 'API Secret' in the credential");
	});

	it('tells of an address that is not allowed, at once', async () => {
		sandbox.isBlocked = true;
		const { error } = await get({}, 60);
		expect(error?.message).toContain('from the address of this n8n server');
		expect(sandbox.requests).toHaveLength(1);
		expect((await test()).message).toContain('allow-list');
	});

	it.each([
		[299, 10],
		[-299, 10],
		[302, 0],
		[-302, 0],
	])('tells of a clock that is off by %i s', async (seconds, records) => {
		sandbox.clockAheadSeconds = seconds;
		const { json, error } = await get({}, 60);
		expect(json).toHaveLength(records);
		expect(sandbox.requests).toHaveLength(records === 0 ? 2 : 1);
		if (records > 0) return;
		expect(error?.message).toBe(
			'ITNIO Tech says that the time of the request has passed (code -16)',
		);
		expect(error?.description).toContain('clock of this n8n server');
		expect((await test()).message).toContain('clock of this n8n server');
	});

	it('tells a server that is not the platform', async () => {
		sandbox.fault = () => ({ status: 200, body: HTML });
		expect((await test()).message).toContain("The server at the 'Base URL' is not ITNIO Tech");
		expect((await get()).error?.message).toContain('is not ITNIO Tech');
	});
});

describe('secrets', () => {
	const canaries = Object.values(ITNIO_SECRETS);
	const repeated = () => ({ status: '-1', reason: `wrong: ${canaries.slice(0, 2).join(', ')}` });
	const signs = () => sandbox.requests.map(({ headers }) => String(headers.sign));

	it.each<[string, () => Fault | undefined, IDataObject?]>([
		['records', () => undefined],
		['a refusal that repeats them', () => ({ rewrite: repeated })],
		['a refusal that repeats the signature', () => undefined, { apiSecret: 'wrong-api-secret' }],
		['a connection that breaks', () => ({ reset: 'before' as const })],
		['a page of HTML', () => ({ status: 200, body: HTML })],
		['a status', () => ({ status: 403, body: canaries.join(' ') })],
	])('are not shown with %s', async (_what, fault, wrong = {}) => {
		sandbox.fault = fault;
		const seen = shown(await get(wrong));
		expect(signs().length).toBeGreaterThan(0);
		for (const secret of [...canaries, ...signs()]) expect(seen).not.toContain(secret);
	});
});

it('the test button accepts what is right', async () => {
	expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
});
