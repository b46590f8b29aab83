import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { CommoApi } from '../../credentials/CommoApi.credentials';
import { makeCalls } from '../vendors/calls';
import { COMMO_SECRETS, startCommo, type CommoSandbox } from '../vendors/commo';
import { HTML } from '../vendors/server';
import { commoCredentials, getMany, ids, readsOf } from '../support/commo';
import { testCredential } from '../support/credentialTest';
import { runNode } from '../support/engine';
import { httpRequestNode } from '../support/httpRequest';

const FROM = Date.UTC(2025, 2, 3) / 1000;
const HOUR = 3_600_000;

let sandbox: CommoSandbox;
beforeEach(async () => {
	sandbox = await startCommo({
		calls: makeCalls({ count: 50, from: FROM, to: FROM + 86_399 }),
	});
});
afterEach(async () => await sandbox.stop());

const stored = (other: IDataObject = {}) => commoCredentials(sandbox, other);
const test = async (other: IDataObject = {}) => await testCredential(new CommoApi(), stored(other));
const services = () => sandbox.requests.map(({ fields }) => fields.service);
const tokens = () => readsOf(sandbox).map(({ fields }) => fields.token);

/** The message of the test button for a login that failed or a request that was refused. */
async function apiError(other: IDataObject = {}): Promise<string> {
	const { status, message } = await test(other);
	expect(status).toBe('Error');
	for (const secret of Object.values(COMMO_SECRETS)) expect(message).not.toContain(secret);
	return message;
}

describe('the test button', () => {
	it('is content with right data, and marks no record as queried', async () => {
		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(services()).toEqual(['App.Sip_Auth.Login', 'App.Sip_Cdr.GetBill']);
		expect(readsOf(sandbox)[0].fields).toMatchObject({ syncflag: '3', itemsperpage: '1' });
	});

	it.each(['/', '//', ' ', '/ '])('takes a base URL that ends in %j', async (end) => {
		expect(await test({ baseUrl: `${sandbox.url}${end}` })).toMatchObject({ status: 'OK' });
		expect(new Set(sandbox.requests.map(({ path }) => path))).toEqual(new Set(['/']));
	});

	it.each<['ret601' | 'level2', IDataObject, string]>([
		['ret601', { accessKey: 'wrong' }, '601'],
		['ret601', { appId: 'wrong' }, '601'],
		['level2', { accessKey: 'wrong' }, '1003'],
	])('says that App ID or Access Key is wrong: %s %j', async (badLogin, other, code) => {
		sandbox.badLogin = badLogin;
		const message = await apiError(other);
		expect(message).toMatch(/'?App ID'?.*'?Access Key'?/);
		expect(message).toContain(`code ${code}`);
		expect(services()).toEqual(['App.Sip_Auth.Login']);
	});

	it.each([
		[602, 'Commo says that the licence of this App ID has ended'],
		[603, 'Commo has no licence for call records on this App ID'],
		[604, 'Commo does not allow requests from the address of this n8n server'],
	])('explains the refusal of a login with code %i', async (code, says) => {
		sandbox.refuseAll = code;
		const message = await apiError();
		expect(message).toContain(says);
		expect(message).toMatch(/provider|allow-list/);
	});

	it.each([
		[400, 'Commo does not accept a parameter'],
		[500, 'Commo has a fault of its own'],
		[600, 'Commo does not accept the session token'],
		[603, 'Commo has no licence for call records on this App ID'],
		[604, 'Commo does not allow requests from the address of this n8n server'],
	])('explains the apiError of call records with code %i', async (code, says) => {
		sandbox.fault = ({ fields }) =>
			fields.service === 'App.Sip_Cdr.GetBill'
				? { rewrite: () => ({ ret: code, data: [], msg: 'no' }) }
				: undefined;
		expect(await apiError()).toContain(says);
	});

	it('sees a apiError on the second level', async () => {
		sandbox.fault = ({ fields }) =>
			fields.service === 'App.Sip_Cdr.GetBill'
				? {
						rewrite: () => ({
							ret: 200,
							data: { status: 1, desc: 'no', errors: { code: '1003', codemsg: 'failed' } },
							msg: '',
						}),
					}
				: undefined;
		expect(await apiError()).toContain('refuses for a reason that Commo does not document');
	});

	it('says that nobody is there', async () => {
		expect(await apiError({ baseUrl: 'http://127.0.0.1:9' })).toContain(
			'Commo at 127.0.0.1:9 refuses the connection',
		);
		expect(await apiError({ baseUrl: 'http://no-such-host.invalid' })).toMatch(
			/^Commo at no-such-host.invalid cannot be found/,
		);
	});

	it.each<[string, object]>([
		['HTML', { body: HTML }],
		['HTML, not found', { status: 404, body: HTML }],
		['other JSON', { body: '{"code":0}', headers: { 'content-type': 'application/json' } }],
	])('says that it is not Commo that answers: %s', async (_name, answer) => {
		sandbox.fault = () => answer;
		expect(await apiError()).toMatch(/^The server at the 'Base URL'.* is not Commo/);
	});

	it('says that the base URL is missing or none', async () => {
		expect(await apiError({ baseUrl: '' })).toContain("'Base URL'");
		expect(await apiError({ baseUrl: 'voice.example.com:4434' })).toContain("'Base URL'");
	});

	it('says that the protocol is wrong', async () => {
		expect(await apiError({ baseUrl: sandbox.url.replace('http:', 'https:') })).toContain(
			"does not speak the protocol of the 'Base URL'",
		);
	});
});

describe('a given token', () => {
	const given = async () => {
		const credentials = stored();
		await getMany(sandbox, {}, { credentials });
		sandbox.forget();
		return stored({ authentication: 'token', token: credentials.sessionToken, accessKey: '' });
	};

	it('is used as it is, without a login', async () => {
		const credentials = await given();
		expect(await testCredential(new CommoApi(), credentials)).toMatchObject({ status: 'OK' });
		const { json } = await getMany(sandbox, {}, { credentials });
		expect(json).toHaveLength(50);
		expect(services()).toEqual(['App.Sip_Cdr.GetBill', 'App.Sip_Cdr.GetBill']);
		expect(new Set(tokens())).toEqual(new Set([credentials.token]));
		expect(credentials.sessionToken).toBeUndefined();
	});

	it('that has ended is not renewed: nobody could', async () => {
		const credentials = await given();
		sandbox.endSessions();
		expect((await testCredential(new CommoApi(), credentials)).message).toContain(
			'Commo does not accept the session token',
		);
		const { json, error } = await getMany(sandbox, {}, { credentials });
		expect(json).toEqual([]);
		expect(error?.message).toContain('Commo does not accept the session token');
		expect(error?.description).toContain('A token typed by hand has to be replaced');
		expect(services()).not.toContain('App.Sip_Auth.Login');
	});
});

describe('the session token', () => {
	it('is stored with the credential, and used until it ends', async () => {
		const credentials = stored();
		const before = Date.now();
		await getMany(sandbox, {}, { credentials });
		expect(credentials.sessionToken).toMatch(/^[0-9a-f]{32}$/);
		// Twelve hours from the login, since the reply does not say (docs/vendors/commo.md 2.1).
		expect(Number(credentials.sessionEndsAt) - before).toBeGreaterThanOrEqual(12 * HOUR);
		expect(Number(credentials.sessionEndsAt) - Date.now()).toBeLessThanOrEqual(12 * HOUR);
		await getMany(sandbox, {}, { credentials });
		expect(sandbox.logins).toBe(1);
		expect(new Set(tokens())).toEqual(new Set([credentials.sessionToken]));
	});

	it('that ends while records are read is renewed once, and the read goes on', async () => {
		const credentials = stored();
		let reads = 0;
		sandbox.fault = ({ fields }) =>
			fields.service === 'App.Sip_Cdr.GetBill' && ++reads === 3
				? { before: () => sandbox.endSessions() }
				: undefined;
		const { json, error } = await getMany(
			sandbox,
			{ options: { pageSize: 10, requestsAtOnce: 3 } },
			{ credentials },
		);
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(ids(sandbox.truth(() => true)));
		expect(sandbox.logins).toBe(2);
		expect(credentials.sessionToken).toBe(tokens().at(-1));
	});

	it('that is refused again right after a login is an error, not a loop', async () => {
		sandbox.fault = ({ fields }) =>
			fields.service === 'App.Sip_Cdr.GetBill'
				? { before: () => sandbox.endSessions() }
				: undefined;
		const { error } = await getMany(sandbox);
		expect(error?.message).toContain('Commo does not accept the session token');
		expect(sandbox.logins).toBe(2);
	});

	it('that has ended by the clock is renewed before it is used', async () => {
		const credentials = stored({ sessionToken: 'f'.repeat(32), sessionEndsAt: Date.now() - 1 });
		const { json } = await getMany(sandbox, {}, { credentials });
		expect(json).toHaveLength(50);
		expect(services()).toEqual(['App.Sip_Auth.Login', 'App.Sip_Cdr.GetBill']);
	});

	it.each<[string, IDataObject]>([
		['App ID', { appId: 'another' }],
		['Access Key', { accessKey: 'another' }],
		['Base URL', {}],
	])('of another %s is not used, for its records are not the right ones', async (_field, other) => {
		const credentials = stored();
		await getMany(sandbox, {}, { credentials });
		const elsewhere = await startCommo({ calls: [] });
		const changed = { ...credentials, baseUrl: elsewhere.url, ...other };
		expect((await testCredential(new CommoApi(), changed)).status).toBe(
			'appId' in other || 'accessKey' in other ? 'Error' : 'OK',
		);
		const { error } = await getMany(elsewhere, {}, { credentials: changed });
		expect(error === undefined).toBe(!('appId' in other || 'accessKey' in other));
		expect(elsewhere.requests.map(({ fields }) => fields.token)).not.toContain(
			credentials.sessionToken,
		);
		await elsewhere.stop();
	});

	it('is not trusted by the test button when the login data were changed', async () => {
		const credentials = stored();
		await getMany(sandbox, {}, { credentials });
		const message = async (other: IDataObject) =>
			(await testCredential(new CommoApi(), { ...credentials, ...other } as never)).message;
		expect(await message({ accessKey: 'wrong' })).toContain('does not know this App ID');
		expect(await message({ appId: 'wrong' })).toContain('does not know this App ID');
		expect(await message({})).toBe('Connection successful!');
		// A base URL means the same with a slash at its end.
		sandbox.forget();
		expect(await message({ baseUrl: `${sandbox.url}/ ` })).toBe('Connection successful!');
		expect(services()).toEqual(['App.Sip_Cdr.GetBill']);
	});

	it("is renewed for n8n's HTTP Request node when it has ended by the clock", async () => {
		const credentials = stored({ sessionToken: 'f'.repeat(32), sessionEndsAt: Date.now() - 1 });
		const { error } = await runNode({
			node: httpRequestNode('commoApi', {
				method: 'POST',
				uri: sandbox.url,
				form: { service: 'App.Sip_Sipnum.GetSipnumberInfo' },
			}),
			credential: new CommoApi(),
			credentials,
			parameters: {},
		});
		expect(error).toBeUndefined();
		expect(services()).toEqual(['App.Sip_Auth.Login', 'App.Sip_Sipnum.GetSipnumberInfo']);
		expect(credentials.sessionToken).not.toBe('f'.repeat(32));
	});

	it('is asked for with the data of the credential, as form data, and nothing else', async () => {
		await getMany(sandbox, {});
		const [login] = sandbox.requests;
		expect(login.fields).toEqual({
			service: 'App.Sip_Auth.Login',
			appid: COMMO_SECRETS.appId,
			accesskey: COMMO_SECRETS.accessKey,
		});
		expect(login.headers['content-type']).toContain('multipart/form-data');
		expect(JSON.stringify(readsOf(sandbox))).not.toContain(COMMO_SECRETS.accessKey);
	});

	it('is what a login has to bring', async () => {
		sandbox.fault = ({ fields }) =>
			fields.service === 'App.Sip_Auth.Login'
				? {
						rewrite: () => ({ ret: 200, data: { status: 0, result: { companycode: 1 } }, msg: '' }),
					}
				: undefined;
		expect(await apiError()).toContain('no session token');
		const { error } = await getMany(sandbox);
		expect(error?.message).toContain('no session token');
		expect(readsOf(sandbox)).toEqual([]);
	});
});

describe('every request', () => {
	const authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: Partial<IHttpRequestOptions> = {},
	) =>
		await new CommoApi().authenticate(credentials, {
			method: 'POST',
			url: '/',
			body: { service: 'X' },
			...request,
		});

	it('goes to the base URL, and follows no redirect with the credential', async () => {
		expect(await authenticate(stored({ baseUrl: 'http://v.example.com:4434/ ' }))).toMatchObject({
			baseURL: 'http://v.example.com:4434',
			sendCredentialsOnCrossOriginRedirect: false,
		});
	});

	it('checks the certificate, unless the credential says otherwise', async () => {
		expect(await authenticate(stored())).not.toHaveProperty('skipSslCertificateValidation');
		expect(await authenticate(stored({ allowUnauthorizedCerts: true }))).toMatchObject({
			skipSslCertificateValidation: true,
		});
	});

	it('carries the token of its kind', async () => {
		const both = { sessionToken: 'session', token: 'given' };
		const body = async (authentication: string) =>
			String((await authenticate(stored({ ...both, authentication }))).body);
		expect(await body('login')).toBe('service=X&token=session');
		expect(await body('token')).toBe('service=X&token=given');
	});

	it('in token mode needs no login', async () => {
		const helper = { helpers: {} } as IHttpRequestHelper;
		const output = await new CommoApi().preAuthentication.call(
			helper,
			stored({ authentication: 'token' }),
		);
		expect(output).toEqual({});
	});
});

describe("n8n's HTTP Request node with the credential", () => {
	it.each<[string, IDataObject]>([
		['form', { form: { service: 'App.Sip_Sipnum.GetSipnumberInfo', status: 3 } }],
		['form data', { formData: { service: 'App.Sip_Sipnum.GetSipnumberInfo', status: '3' } }],
		[
			'raw body',
			{
				body: 'service=App.Sip_Sipnum.GetSipnumberInfo&status=3',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
			},
		],
	])('asks another service: %s', async (_kind, options) => {
		const { json, error } = await runNode({
			node: httpRequestNode('commoApi', { method: 'POST', uri: sandbox.url, ...options }),
			credential: new CommoApi(),
			credentials: stored(),
			parameters: {},
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ ret: 200, data: { status: 0 } }]);
		expect(services()).toEqual(['App.Sip_Auth.Login', 'App.Sip_Sipnum.GetSipnumberInfo']);
	});
});
