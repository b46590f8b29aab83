import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { While1VoiceApi } from '../../credentials/While1VoiceApi.credentials';
import { makeCalls } from '../vendors/calls';
import { HTML, selfSigned, type Fault } from '../vendors/server';
import {
	startWhile1Voice,
	WHILE1_VOICE_SECRETS,
	type Answer,
	type While1Sandbox,
} from '../vendors/while1Voice';
import { testCredential } from '../support/credentialTest';
import { runNode } from '../support/engine';
import { while1VoiceKit } from '../support/kits/while1Voice';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<{ withVirtualSleep<T>(actual: T): T }>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const FROM = Date.UTC(2025, 2, 3) / 1000;
const { apiToken, apiKey } = WHILE1_VOICE_SECRETS;
const OK = { status: 'OK', message: 'Connection successful!' };
const calls = makeCalls({ count: 10, from: FROM, to: FROM + 86_399 });

let sandbox: While1Sandbox;
beforeEach(async () => {
	sandbox = await startWhile1Voice({ calls });
});
afterEach(async () => await sandbox.stop());

const stored = (other: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
	baseUrl: sandbox.url,
	apiToken,
	apiKey,
	timezone: 'Europe/Bucharest',
	allowUnauthorizedCerts: false,
	...other,
});

const get = async (credentials = stored(), options: IDataObject = {}) =>
	await runNode({
		node: while1VoiceKit.node(),
		credential: new While1VoiceApi(),
		credentials,
		parameters: {
			period: 'custom',
			startTime: FROM,
			endTime: FROM + 86_399,
			returnAll: true,
			output: 'both',
			options: { longestWait: 0, ...options },
		},
	});

const test = async (other: ICredentialDataDecryptedObject = {}) =>
	await testCredential(new While1VoiceApi(), stored(other));

const authenticated = async (request: IHttpRequestOptions, other = {}) =>
	await new While1VoiceApi().authenticate(stored(other), request);

describe('the proof of a While1 Voice request', () => {
	it.each(['json', 'form', 'xml'])('is token and hash, with a body as %s', async (bodyFormat) => {
		const { json, error } = await get(stored(), { bodyFormat });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(10);
		expect(sandbox.requests[0].headers.authorization).toBe(`Bearer ${apiToken}`);
	});

	it('is the documented hash for the documented request, behind all else', async () => {
		const filters = { date_between: ['2024-01-01 00:00:00', '2024-01-15 23:59:59'], user_id: null };
		const request = { method: 'POST' as const, url: '/api/cdr', body: { page: 1, filters } };
		const hash = 'ff9a6b157cb1f79db73e7507635f878a';
		const { body } = await authenticated(request, { apiKey: 'your_api_key' });
		expect(JSON.stringify(body)).toBe(JSON.stringify({ ...request.body, api_hash: hash }));
		const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
		const form = await authenticated({ ...request, headers }, { apiKey: 'your_api_key' });
		expect(form.body).toBe(
			`page=1&filters%5Bdate_between%5D%5B0%5D=2024-01-01+00%3A00%3A00&filters%5Bdate_between%5D%5B1%5D=2024-01-15+23%3A59%3A59&api_hash=${hash}`,
		);
	});

	it('leaves the address of a recording as it is', async () => {
		const url = `${sandbox.url}/tools/play-record?monitor=a.b%20c&name.x=1`;
		const { headers, ...request } = await authenticated({ url });
		expect(request).toMatchObject({ url });
		expect(headers).toEqual({ Authorization: `Bearer ${apiToken}` });
	});

	it('is made anew when a request is authenticated again', async () => {
		const request = { method: 'POST' as const, url: '/api/cdr', body: { page: 1 } };
		const once = await authenticated(request);
		expect(await authenticated(once)).toEqual(once);
		const next = await authenticated({ ...once, body: { ...(once.body as object), page: 2 } });
		expect((next.body as IDataObject).api_hash).not.toBe((once.body as IDataObject).api_hash);
	});

	it.each(['json', 'form'])('has no hash without a key (%s)', async (bodyFormat) => {
		sandbox.apiKey = null;
		const { json, error } = await get(stored({ apiKey: '' }), { bodyFormat });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(10);
		expect(JSON.stringify(sandbox.requests)).not.toContain('api_hash');
		expect(await test({ apiKey: '' })).toEqual(OK);
	});

	it.each([' key with spaces ', 'ключ&=%20+', '0'])('takes the key %j as it is', async (key) => {
		sandbox.apiKey = key;
		expect((await get(stored({ apiKey: key }))).json).toHaveLength(10);
	});

	it.each(['', '/', '///'])('reaches a base URL that ends in "%s"', async (end) => {
		const baseUrl = `${sandbox.url}${end}`;
		expect((await get(stored({ baseUrl }))).json).toHaveLength(10);
		expect(await test({ baseUrl })).toEqual(OK);
		expect(new Set(sandbox.requests.map(({ path }) => path))).toEqual(new Set(['/api/cdr']));
	});

	it('does without spaces around the token', async () => {
		expect((await get(stored({ apiToken: ` ${apiToken}\n` }))).json).toHaveLength(10);
	});

	it.each(['tok\nen', 'tok\u200ben', 'жетон'])('says that %j is no token', async (wrong) => {
		const { error } = await get(stored({ apiToken: wrong }));
		expect(error?.message).toContain("the 'API Token' holds characters that no token has");
		expect((await test({ apiToken: wrong })).message).toContain(
			'holds characters that no token has',
		);
		expect(sandbox.requests).toEqual([]);
	});

	it('reaches a PBX with a certificate of its own making, if told so', async () => {
		const lan = await startWhile1Voice({
			calls,
			selfSigned: selfSigned(`${__dirname}/../vendors/tls`),
		});
		const strict = await get(stored({ baseUrl: lan.url }));
		expect(strict.error?.message).toContain('is not trusted');
		const loose = await get(stored({ baseUrl: lan.url, allowUnauthorizedCerts: true }));
		expect(loose.json).toHaveLength(10);
		expect(await test({ baseUrl: lan.url, allowUnauthorizedCerts: true })).toEqual(OK);
		await lan.stop();
	});
});

const ANSWERS: Answer[] = ['envelope', 'wordless', 'http401', 'http403', 'http401Envelope'];

describe('refusals of While1 Voice', () => {
	it.each(ANSWERS)('of a wrong token are understood as %s', async (how) => {
		sandbox.badToken = how;
		const { error, json } = await get(stored({ apiToken: 'wrong-token' }));
		expect(json).toEqual([]);
		expect(`${error?.message} ${error?.description}`).toMatch(/API Token|denies access/);
		expect(sandbox.requests).toHaveLength(1);
		const answer = await test({ apiToken: 'wrong-token' });
		expect(answer.status).toBe('Error');
		expect(answer.message).toContain("'API Token'");
		const isTokenAlone = how === 'envelope';
		expect(answer.message.includes("'API Key'")).toBe(!isTokenAlone);
	});

	it.each(ANSWERS)('of a wrong key are understood as %s', async (how) => {
		sandbox.badHash = how;
		for (const wrong of ['wrong-key', '']) {
			sandbox.forget();
			const { error, json } = await get(stored({ apiKey: wrong }));
			expect(json).toEqual([]);
			expect(`${error?.message} ${error?.description}`).toMatch(/API Key|denies access/);
			expect(sandbox.requests).toHaveLength(1);
			const answer = await test({ apiKey: wrong });
			expect(answer.status).toBe('Error');
			expect(answer.message).toContain("'API Key'");
		}
	});

	it('in words that nobody documents are handed on', async () => {
		sandbox.words.token = () => 'Cheia nu este bună';
		const { error } = await get(stored({ apiToken: 'wrong-token' }));
		expect(error?.message).toBe('While1 Voice refused the request (code has_error)');
		expect(error?.description).toContain("Check 'API Token' and 'API Key'");
		expect(error?.description).toContain('The platform says: "Cheia nu este bună"');
		expect((await test({ apiToken: 'wrong-token' })).message).toContain(
			"'API Token' or 'API Key' is wrong",
		);
	});

	it.each([
		[401, 'denies access (HTTP 401)', 1],
		[403, 'denies access (HTTP 403)', 1],
		[400, 'refused the request (code has_error)', 1],
		[429, 'asks for fewer requests (HTTP 429)', 5],
		[503, 'is not able to answer now (HTTP 503)', 5],
	])('with HTTP status %i mean what the status says', async (status, message, tries) => {
		sandbox.refuseAll = { messages: ['Nu.'], status };
		const { error } = await get(stored(), { longestWait: 9 });
		expect(error?.message).toContain(message);
		expect(error?.description).toContain('The platform says: "Nu."');
		expect(sandbox.requests).toHaveLength(tries);
	});

	it.each([
		['Invalid filter: from_idxx', 'does not accept a filter', 1],
		['Please try again later', 'is not able to answer now', 5],
	])('%s: %s', async (words, means, tries) => {
		sandbox.refuseAll = { messages: [words] };
		const { error, json } = await get(stored(), { longestWait: 9 });
		expect(json).toEqual([]);
		expect(error?.message).toContain(`While1 Voice ${means}`);
		expect(error?.description).toContain(words);
		expect(sandbox.requests).toHaveLength(tries);
	});

	it.each([
		['HTML', { status: 200, body: HTML }, "The server at the 'Base URL' is not While1 Voice"],
		['no such page', { status: 404, body: HTML }, 'There is no While1 Voice call list'],
		[
			'a redirect',
			{ status: 301, headers: { location: 'https://other.example.com/' } },
			'redirects elsewhere',
		],
		['nothing', { status: 200, body: '' }, "The server at the 'Base URL' is not While1 Voice"],
	])('are told from a server that is another: %s', async (_what, fault, message) => {
		sandbox.fault = () => fault as Fault;
		expect((await test()).message).toContain(message);
		const { error } = await get();
		expect(error?.message).toContain("'Base URL'");
	});
});

describe('secrets of While1 Voice', () => {
	const canaries = [apiToken, apiKey, encodeURIComponent(apiKey)];
	/** Everything a user may see of a run. */
	const shown = (result: object): string => {
		const { error, ...rest } = result as { error?: Error & IDataObject };
		return JSON.stringify([
			rest,
			error && { ...error, message: error.message, stack: error.stack, cause: String(error.cause) },
		]);
	};
	const said = (message: string) => () => ({
		rewrite: () => ({ has_error: true, messages: [message], pagination: [], results: [] }),
	});
	const hashSent = () => String(sandbox.requests[0].fields.api_hash);

	it.each([
		['records', () => undefined],
		['a refusal that repeats them', said(`wrong: ${canaries.join(', ')}`)],
		['a connection that breaks', () => ({ reset: 'before' as const })],
		['a page of HTML', () => ({ status: 200, body: HTML })],
		['a status', () => ({ status: 403, body: canaries.join(' ') })],
	])('are not shown with %s', async (_what, fault) => {
		sandbox.fault = fault;
		const { items, hints, error } = await get();
		expect(sandbox.requests.length).toBeGreaterThan(0);
		const seen = shown({ items, hints, error });
		for (const secret of [...canaries, hashSent()]) expect(seen).not.toContain(secret);
	});

	it('nor is a hash that the platform repeats', async () => {
		sandbox.apiKey = 'another key';
		sandbox.words.hash = (given) => `Invalid api_hash ${given}`;
		const { error } = await get();
		expect(error?.description).toContain('Invalid api_hash •••');
		expect(shown({ error })).not.toContain(hashSent());
	});
});
