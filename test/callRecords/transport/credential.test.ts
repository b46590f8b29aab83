import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodePropertyOptions,
} from 'n8n-workflow';

import { LoginFailed } from '../../../nodes/callRecords/errors';
import { LoginRejected } from '../../../nodes/callRecords/platform';
import { isZone } from '../../../nodes/callRecords/time';
import {
	baseUrlOf,
	ignoreSslIssues,
	login,
	testRules,
	timeZone,
	withBase,
} from '../../../nodes/callRecords/transport/credential';
import { fakePlatform } from '../../support/fakePlatform';

const CREDENTIALS = { baseUrl: 'https://pbx.example.com:8088', password: 'the-password' };
/** In the words of n8n's requests, and of those of its HTTP Request node. */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	sendCredentialsOnCrossOriginRedirect: false,
};

const ADDRESSES = [
	'https://pbx.example.com:8088',
	'https://pbx.example.com:8088/',
	' https://pbx.example.com:8088// ',
];

describe('the base URL', () => {
	it.each(ADDRESSES)('"%s" loses its end in a declarative test', (baseUrl) => {
		const [, code] = /^=\{\{(.*)\}\}$/.exec(baseUrlOf) ?? [];
		const evaluate = new Function('$credentials', `return ${code};`) as (given: object) => unknown;
		expect(evaluate({ baseUrl })).toBe('https://pbx.example.com:8088');
		expect(evaluate({ baseUrl: 'https://a.example.com/b/c' })).toBe('https://a.example.com/b/c');
	});

	it.each(ADDRESSES)('"%s" is where relative addresses lead', (baseUrl) => {
		const request = withBase({ url: '/login', method: 'POST' }, { baseUrl });
		expect(request).toEqual({
			url: '/login',
			method: 'POST',
			baseURL: 'https://pbx.example.com:8088',
			...NO_REDIRECTS,
		});
	});

	it.each([undefined, '', ' ', 'Asia/Shanghai'])('takes the time zone %j', (timezone) => {
		expect(withBase({ url: '/' }, { timezone } as never)).toMatchObject({ baseURL: '' });
	});

	it.each(['Bucharest', 'UTC+8 or so'])('does not take the time zone %s', (timezone) => {
		expect(() => withBase({ url: '/' }, { timezone })).toThrow(
			`The 'Time Zone' of the credential, "${timezone}", is not a time zone. It is an IANA name`,
		);
	});

	it('keeps slashes inside, and is empty where there is none', () => {
		const { baseURL } = withBase({ url: '/' }, { baseUrl: 'https://a.example.com/b//c/' });
		expect(baseURL).toBe('https://a.example.com/b//c');
		expect(withBase({ url: '/' }, {}).baseURL).toBe('');
	});
});

describe('certificates', () => {
	const ANY = { skipSslCertificateValidation: true, rejectUnauthorized: false };

	it('are all good when the credential says so', () => {
		expect(withBase({ url: '/' }, { allowUnauthorizedCerts: true })).toMatchObject(ANY);
	});

	it.each([false, undefined, 'true'])('are checked with %j', (allowUnauthorizedCerts) => {
		const request = withBase({ url: '/' }, { allowUnauthorizedCerts } as never);
		for (const name of Object.keys(ANY)) expect(request).not.toHaveProperty(name);
	});
});

it('the fields that every credential has are named as messages name them', () => {
	expect(timeZone('Asia/Shanghai')).toMatchObject({
		displayName: 'Time Zone',
		name: 'timezone',
		type: 'options',
		default: 'Asia/Shanghai',
	});
	expect(ignoreSslIssues).toMatchObject({
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'allowUnauthorizedCerts',
		type: 'boolean',
		default: false,
	});
	for (const { description } of [timeZone('UTC'), ignoreSslIssues])
		expect(description).toBeTruthy();
	const zonesOf = (usual: string) =>
		(timeZone(usual).options as INodePropertyOptions[]).map(({ value }) => value);
	expect(zonesOf('UTC')).toEqual(
		expect.arrayContaining(['UTC', 'Europe/Bucharest', 'Asia/Shanghai', 'Asia/Kolkata']),
	);
	expect(zonesOf('UTC')).not.toContain('');
	expect(zonesOf('')).toEqual(['', ...zonesOf('UTC')]);
	expect(zonesOf('UTC').filter((zone) => !isZone(String(zone)))).toEqual([]);
});

describe('a login', () => {
	const logIn = async (
		answer: object | Error,
		means?: Record<string, string>,
		credentials: ICredentialDataDecryptedObject = CREDENTIALS,
	) => {
		const sent: IHttpRequestOptions[] = [];
		const httpRequest = async (request: IHttpRequestOptions) => {
			sent.push(request);
			if (answer instanceof Error) throw answer;
			return await Promise.resolve({ statusCode: 200, headers: {}, ...answer });
		};
		const outcome = await login(
			{ helpers: { httpRequest } } as unknown as IHttpRequestHelper,
			fakePlatform,
			credentials,
			{ method: 'POST', url: '/login' },
			means,
		).then(
			(payload) => ({ payload, error: undefined }),
			(error: Error) => ({ payload: undefined, error }),
		);
		return { ...outcome, request: sent[0] };
	};

	it('returns what the platform answers, ids digit for digit', async () => {
		const { payload, request } = await logIn({ body: '{"ok":{"token":12345678901234567890}}' });
		expect(payload).toEqual({ token: '12345678901234567890' });
		expect(request).toEqual({
			method: 'POST',
			url: '/login',
			baseURL: 'https://pbx.example.com:8088',
			...NO_REDIRECTS,
			timeout: 30_000,
			abortSignal: expect.any(AbortSignal) as unknown,
			// Replies are counted as they come in, whatever their status.
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		});
	});

	it.each([
		['login', undefined, 'Fake PBX does not know you (code login). Correct the fields'],
		['odd', undefined, 'Fake PBX does not accept a filter (code odd). Check the filters.'],
		['x99', undefined, 'Fake PBX refused the request (code x99). Look the code up'],
		[
			'x99',
			{ x99: 'does not know this key' },
			'Fake PBX does not know this key (code x99). Correct',
		],
		['odd', { odd: 'has no such user' }, 'Fake PBX has no such user (code odd). Correct'],
		['login', { odd: 'has no such user' }, 'Fake PBX does not know you (code login). Correct'],
	])('that is refused with %s (%j) says what and why', async (code, means, message) => {
		const { error } = await logIn({ body: JSON.stringify({ no: code, words: 'no' }) }, means);
		expect(error).toBeInstanceOf(LoginRejected);
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('The platform says: "no"');
		const { apiError, meaning } = error as LoginRejected;
		expect(apiError).toEqual({ code, text: 'no' });
		const own = (means as Record<string, string> | undefined)?.[code];
		expect(meaning).toEqual(own ? { kind: 'credentials', means: own } : undefined);
	});

	it('that is refused shows no secret', async () => {
		const words = 'wrong password: the-password';
		const { error } = await logIn({ body: JSON.stringify({ no: 'login', words }) });
		expect(error?.message).toContain('wrong password: •••');
	});

	it('that nobody answers says why', async () => {
		const refused = Object.assign(new Error('the-password'), { code: 'ECONNREFUSED' });
		const { error } = await logIn(refused);
		expect(error).toBeInstanceOf(LoginFailed);
		expect(error?.message).toMatch(/^Fake PBX at pbx\.example\.com:8088 refuses the connection\. /);
		const late = await logIn(Object.assign(new Error('x'), { code: 'ETIMEDOUT' }));
		expect(late.error?.message).toContain('did not answer in time (30 s)');
	});

	it.each([
		['a page', { body: '<html>' }, 'is not Fake PBX (HTTP 200)'],
		['JSON of something else', { body: '{"hello":1}' }, 'is not Fake PBX (HTTP 200)'],
		['half an answer', { body: '{"ok":' }, 'sent a damaged answer'],
		['HTTP 503', { statusCode: 503, body: '' }, 'is not able to answer now (HTTP 503)'],
		['HTTP 403', { statusCode: 403, body: 'no' }, 'denies access (HTTP 403)'],
	])('that %s answers has failed', async (_what, answer, message) => {
		const { error } = await logIn(answer);
		expect(error).toBeInstanceOf(LoginFailed);
		expect(error?.message).toContain(message);
	});
});

describe('the rules of a declarative test', () => {
	const rules = testRules(fakePlatform, 'code', ['login', 'odd'], 'data', 'data.list') ?? [];

	it('are one for each code, one for what is not the platform, one for each thing that is needed', () => {
		const shown = rules.map(({ type, properties }) => {
			const { key, value } = properties as { key: string; value: unknown };
			return [type, key, value];
		});
		expect(shown).toEqual([
			...[301, 302, 303, 307, 308].map((status) => ['responseCode', undefined, status]),
			['responseSuccessBody', 'code', 'login'],
			['responseSuccessBody', 'code', 'odd'],
			['responseSuccessBody', 'code', undefined],
			['responseSuccessBody', 'data', undefined],
			['responseSuccessBody', 'data.list', undefined],
		]);
	});

	it('say what is wrong, and what to do where the table knows', () => {
		expect(rules.map(({ properties }) => properties.message)).toEqual([
			...Array<unknown>(5).fill(
				expect.stringMatching(/^The server redirects .* Enter the right 'Base URL'/),
			),
			'Fake PBX does not know you',
			'Fake PBX does not accept a filter. Check the filters.',
			"The server at the 'Base URL' is not Fake PBX. Check protocol, host and port",
			...Array<unknown>(2).fill(
				expect.stringContaining('refuses for a reason that Fake PBX does not document'),
			),
		]);
	});
});
