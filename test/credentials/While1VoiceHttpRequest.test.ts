import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { While1VoiceApi } from '../../credentials/While1VoiceApi.credentials';
import { makeCalls } from '../vendors/calls';
import { startWhile1Voice, WHILE1_VOICE_SECRETS, type While1Sandbox } from '../vendors/while1Voice';
import { runNode } from '../support/engine';
import { httpRequestNode } from '../support/httpRequest';

const FROM = Date.UTC(2025, 2, 3) / 1000;

let sandbox: While1Sandbox;
beforeEach(async () => {
	sandbox = await startWhile1Voice({
		calls: makeCalls({ count: 10, from: FROM, to: FROM + 86_399 }),
	});
});
afterEach(async () => await sandbox.stop());

const stored = (other: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
	baseUrl: sandbox.url,
	apiToken: WHILE1_VOICE_SECRETS.apiToken,
	apiKey: WHILE1_VOICE_SECRETS.apiKey,
	timezone: 'Europe/Bucharest',
	...other,
});

const authenticated = async (request: IHttpRequestOptions, other = {}) =>
	await new While1VoiceApi().authenticate(stored(other), request);

describe("n8n's HTTP Request node with the While1 Voice credential", () => {
	const apiRequest = async (
		path: string,
		options: object,
		other: ICredentialDataDecryptedObject = {},
	) =>
		await runNode({
			node: httpRequestNode('while1VoiceApi', {
				method: 'POST',
				uri: `${sandbox.url}${path}`,
				json: true,
				...options,
			}),
			credential: new While1VoiceApi(),
			credentials: stored(other),
			parameters: {},
		});
	const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
	const WAYS: Array<[string, string, IDataObject]> = [
		['JSON', '', { body: { type: 'sip' } }],
		['JSON, answer as a text', '', { body: { type: 'sip' }, json: false }],
		[
			'JSON as text',
			'',
			{ body: '{ "type": "sip" }', headers: { 'Content-Type': 'application/json' } },
		],
		['form', '', { form: { type: 'sip' } }],
		['form with its header', '', { form: { type: 'sip' }, headers: FORM }],
		['form data', '', { formData: { type: 'sip' } }],
		['form as text', '', { body: 'type=sip', headers: FORM }],
		['form as text/xml', '', { body: 'type=sip', headers: { 'content-type': 'text/xml' } }],
		['query', '', { method: 'GET', qs: { type: 'sip' } }],
		['query in the address', '?type=sip', { method: 'GET' }],
		['query in both', '?x=~*+%20', { method: 'GET', qs: { type: 'sip' } }],
	];

	it.each(WAYS)('asks another endpoint: %s', async (_way, query, options) => {
		const { json, error } = await apiRequest(`/api/users-status${query}`, options);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{ has_error: false, results: { 'ana-pop': { username: 'ana-pop', extension: '8001' } } },
		]);
	});

	it.each(WAYS)('asks it without a key: %s', async (_way, query, options) => {
		sandbox.apiKey = null;
		const { json } = await apiRequest(`/api/users-status${query}`, options, { apiKey: '' });
		expect(json).toMatchObject([{ has_error: false, results: { 'ana-pop': { in_use: 0 } } }]);
		expect(JSON.stringify(sandbox.requests)).not.toContain('api_hash');
	});

	const between = ['2025-03-03 00:00:00', '2025-03-04 23:59:59'];
	const flat = {
		page: '1',
		'filters[date_between][0]': between[0],
		'filters[date_between][1]': between[1],
		'filters[direction]': 'IN',
	};

	it.each([
		['JSON', { body: { page: 1, filters: { date_between: between, direction: 'IN' } } }],
		['a form', { form: flat }],
		['a form as text', { body: new URLSearchParams(flat).toString(), headers: FORM }],
		['a query', { method: 'GET', qs: flat }],
	])('reads call records by itself with %s', async (_way, options) => {
		const { json } = await apiRequest('/api/cdr', options);
		const expected = sandbox.truth(({ direction }) => direction === 'IN').length;
		expect(expected).toBeGreaterThan(0);
		expect(json).toMatchObject([{ has_error: false, pagination: { row_count: expected } }]);
	});

	const data = new FormData();
	data.append('type', 'sip');

	it.each([
		['a fraction', { body: { page: 1.5 } }, "'page' cannot go into api_hash"],
		[
			'a long number in text',
			{ body: '{"from_id": 9007199254740993}', headers: { 'content-type': 'application/json' } },
			'9007199254740993 would be sent differently',
		],
		['a name that PHP changes', { form: { 'a.b': '1' } }, "'a.b' cannot go into api_hash"],
		['a list as the body', { body: [1] }, 'Send JSON or URL-encoded fields'],
		['a buffer', { body: Buffer.from('type=sip') }, 'Send JSON or URL-encoded fields'],
	])('says why %s cannot be proved', async (_what, options, message) => {
		const { json, error } = await apiRequest('/api/users-status', options);
		expect(`${error?.message} ${error?.description}`).toContain(message);
		expect(json).toEqual([]);
		expect(sandbox.requests).toEqual([]);
	});

	it('says why multipart cannot be proved', async () => {
		const request = { method: 'POST', uri: '/x', formData: data } as unknown as IHttpRequestOptions;
		await expect(authenticated(request)).rejects.toThrow('Send JSON or URL-encoded fields');
		expect(await authenticated(request, { apiKey: '' })).toMatchObject({ formData: data });
	});
});
