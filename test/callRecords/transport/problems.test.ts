import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Platform } from '../../../nodes/callRecords/platform';
import {
	apiErrorOf,
	hostOf,
	httpProblem,
	networkProblem,
	apiErrorProblem,
	rejectedProblem,
	retryAfterMs,
} from '../../../nodes/callRecords/transport/problems';
import { fakePlatform } from '../../support/fakePlatform';

const CREDENTIALS = { baseUrl: 'https://user:pass@pbx.example.com:8088/path' };
const WHERE = 'pbx.example.com:8088';
const as = (text: string) => text;

describe('a apiError', () => {
	it('is what the table says, with the words of the platform', () => {
		expect(apiErrorProblem(fakePlatform, { code: 'odd', text: 'bad did' }, as)).toEqual({
			kind: 'input',
			message: 'Fake PBX does not accept a filter (code odd)',
			description: 'Check the filters. The platform says: "bad did"',
		});
	});

	it.each([
		['login', 'Correct the fields of the credential and test it again.'],
		['gone', 'Open the credential and test it: this logs in again.'],
		['banned', 'Allow the address of this n8n server on the platform'],
		['slow', 'Wait a while; run the workflow less often'],
		['down', 'Try again later.'],
		['much', 'Choose a shorter period.'],
		['x99', 'Look the code up in the documentation of the platform'],
	])('%s comes with advice: %s', (code, advice) => {
		const { description, message } = apiErrorProblem(fakePlatform, { code, text: null }, as);
		expect(description).toContain(advice);
		expect(description).not.toContain('says');
		expect(message).toContain(`(code ${code})`);
	});

	it('of a parameter that is wrong comes with advice, where the table has none', () => {
		const apiError = { code: 'odd', text: null };
		const meaning = { kind: 'input' as const, means: "does not accept 'did'" };
		expect(apiErrorProblem(fakePlatform, apiError, as, meaning)).toEqual({
			kind: 'input',
			message: "Fake PBX does not accept 'did' (code odd)",
			description: 'Correct the parameter it names.',
		});
	});

	it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
		'%s is a code that nobody knows',
		(code) => {
			const problem = apiErrorProblem(fakePlatform, { code, text: null }, as);
			expect(problem).toMatchObject({
				kind: 'unknown',
				message: `Fake PBX refused the request (code ${code})`,
			});
		},
	);

	it('that nobody knows is one', () => {
		const problem = apiErrorProblem(fakePlatform, { code: 'x99', text: null }, as);
		expect(problem).toMatchObject({
			kind: 'unknown',
			message: 'Fake PBX refused the request (code x99)',
		});
	});

	it('may say how long to wait', () => {
		const waits = (code: string) => apiErrorProblem(fakePlatform, { code, text: null }, as);
		expect(waits('later').retryAfterMs).toBe(30_000);
		expect(waits('slow')).not.toHaveProperty('retryAfterMs');
	});

	it('shows no secret and no novel', () => {
		const long = apiErrorProblem(
			fakePlatform,
			{ code: `secret${'9'.repeat(40)}`, text: `secret${'x'.repeat(400)}` },
			(text) => text.replace('secret', '***'),
		);
		expect(long.message).toBe(`Fake PBX refused the request (code ***${'9'.repeat(17)})`);
		expect(long.description).toContain(`"***${'x'.repeat(297)}"`);
		expect(JSON.stringify(long)).not.toContain('secret');
	});

	const at = (statusCode: number) => ({ statusCode, headers: {}, body: {} });
	const refused = (code: string, status: number) =>
		rejectedProblem(fakePlatform, CREDENTIALS, { code, text: 'hm' }, at(status), as);

	it('that nobody knows says less than the HTTP status', () => {
		expect(refused('x99', 503)).toMatchObject({ kind: 'temporary', httpCode: '503' });
		expect(refused('x99', 503).description).toBe('Try again later. The platform says: "hm"');
		expect(refused('x99', 401)).toMatchObject({ kind: 'credentials' });
		expect(refused('x99', 429)).toMatchObject({ kind: 'rate' });
	});

	it('that is known, or that comes with no error status, speaks for itself', () => {
		expect(refused('odd', 503)).toMatchObject({ kind: 'input' });
		expect(refused('x99', 200)).toMatchObject({ kind: 'unknown' });
		expect(refused('x99', 399)).toMatchObject({ kind: 'unknown' });
		expect(refused('x99', 404)).toMatchObject({ kind: 'unknown' });
		expect(refused('x99', 400)).toMatchObject({ kind: 'unknown' });
	});
});

describe('an answer that is not the platform’s', () => {
	const answer = (statusCode: number, body: unknown, answeredBefore = false, headers = {}) =>
		httpProblem(
			fakePlatform,
			CREDENTIALS,
			{ statusCode, headers, body: body as IDataObject },
			answeredBefore,
		);

	it.each([
		[429, 'rate', `Fake PBX at ${WHERE} asks for fewer requests (HTTP 429)`, 'less often'],
		[500, 'temporary', `Fake PBX at ${WHERE} is not able to answer now (HTTP 500)`, 'Try again'],
		[599, 'temporary', `Fake PBX at ${WHERE} is not able to answer now (HTTP 599)`, 'Try again'],
		[408, 'temporary', `Fake PBX at ${WHERE} is not able to answer now (HTTP 408)`, 'Try again'],
		[
			401,
			'credentials',
			`Fake PBX at ${WHERE} denies access (HTTP 401)`,
			'Correct the fields of the credential',
		],
		[
			403,
			'credentials',
			`Fake PBX at ${WHERE} denies access (HTTP 403)`,
			'Correct the fields of the credential',
		],
		[300, 'input', `The 'Base URL' ${WHERE} redirects elsewhere (HTTP 300)`, 'Enter the address'],
		[399, 'input', `The 'Base URL' ${WHERE} redirects elsewhere (HTTP 399)`, 'Enter the address'],
		[400, 'input', `The server at the 'Base URL' ${WHERE} is not Fake PBX (HTTP 400)`, 'Check'],
		[200, 'input', `The server at the 'Base URL' ${WHERE} is not Fake PBX (HTTP 200)`, 'Check'],
		[404, 'input', `The server at the 'Base URL' ${WHERE} is not Fake PBX (HTTP 404)`, 'Check'],
	] as const)('HTTP %i is of the kind %s', (status, kind, message, advice) => {
		const problem = answer(status, '<html>');
		expect(problem).toMatchObject({ kind, message, httpCode: String(status) });
		expect(problem.description).toContain(advice);
	});

	it.each([429, 503])('HTTP %i may say how long to wait', (status) => {
		expect(answer(status, '', false, { 'retry-after': '3' }).retryAfterMs).toBe(3000);
	});

	it('is damaged where the platform has answered before, or where it begins like JSON', () => {
		const damaged = {
			kind: 'temporary',
			message: `Fake PBX at ${WHERE} sent a damaged answer`,
			description: 'Try again later.',
			httpCode: '200',
		};
		expect(answer(200, '<html>', true)).toEqual(damaged);
		expect(answer(200, '{"ok": [1')).toEqual(damaged);
		expect(answer(200, ' [{"ok"')).toEqual(damaged);
		expect(answer(200, '{"hello": 1}').kind).toBe('input');
		expect(answer(200, 'at {"ok"').kind).toBe('input');
		expect(answer(200, { hello: 1 }).kind).toBe('input');
		expect(answer(404, '<html>', true).kind).toBe('input');
		expect(answer(300, '<html>', true).message).toContain('redirects');
	});
});

describe('a connection that fails', () => {
	const failed = (error: unknown) => networkProblem(fakePlatform, CREDENTIALS, error, 5400);
	const withCode = (code: string) => Object.assign(new Error('secret'), { code });

	it.each([
		['ECONNREFUSED', 'temporary', 'refuses the connection'],
		['ENOTFOUND', 'input', 'cannot be found: there is no such host'],
		['EAI_AGAIN', 'temporary', 'cannot be found: name resolution does not answer'],
		['EHOSTUNREACH', 'temporary', 'cannot be reached'],
		['ENETUNREACH', 'temporary', 'cannot be reached'],
		['ECONNRESET', 'temporary', 'closed the connection'],
		['EPIPE', 'temporary', 'closed the connection'],
		['ECONNABORTED', 'temporary', 'did not answer in time (5 s)'],
		['ETIMEDOUT', 'temporary', 'did not answer in time (5 s)'],
		['ESOMETHING', 'temporary', 'did not answer'],
	])('%s: %s', (code, kind, happened) => {
		const problem = failed(withCode(code));
		expect(problem).toMatchObject({ kind, message: `Fake PBX at ${WHERE} ${happened}` });
		expect(problem.description).toContain(
			happened.includes('in time') ? "raise 'Timeout'" : 'Check that the system is running',
		);
	});

	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'ERR_TLS_CERT_ALTNAME_INVALID',
	])('%s is about the certificate', (code) => {
		const credentials = { ...CREDENTIALS, allowUnauthorizedCerts: false };
		expect(networkProblem(fakePlatform, credentials, withCode(code), 5400)).toEqual({
			kind: 'input',
			message: `The certificate of ${WHERE} is not trusted`,
			description: expect.stringContaining("switch on 'Ignore SSL Issues (Insecure)'") as string,
		});
		// No such switch in the credential.
		const { message, description } = failed(withCode(code));
		expect(message).toBe(`The certificate of ${WHERE} is not trusted`);
		expect(description).toMatch(/^Check the 'Base URL'.*certificate of its own\.$/);
	});

	it.each(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_TLS_HANDSHAKE'])(
		'%s is about the protocol',
		(code) => {
			expect(failed(withCode(code))).toEqual({
				kind: 'input',
				message: `${WHERE} does not speak the protocol of the 'Base URL'`,
				description: expect.stringContaining('starts with http or https') as string,
			});
		},
	);

	it('without an address', () => {
		expect(failed(withCode('ERR_INVALID_URL'))).toEqual({
			kind: 'input',
			message: "The 'Base URL' of the credential is not an address",
			description: 'Enter it like https://pbx.example.com:8088.',
		});
	});

	it.each([
		['wrapped', { cause: { cause: withCode('ECONNREFUSED') } }, 'refuses'],
		[
			'under a code of the library',
			{ code: 'ERR_BAD_RESPONSE', cause: withCode('EPIPE') },
			'closed',
		],
		['under a number', { code: 418, cause: withCode('EPIPE') }, 'closed'],
		['under a text', { code: 'not a code', cause: withCode('EPIPE') }, 'closed'],
		['under a text that ends like one', { code: 'no CODE', cause: withCode('EPIPE') }, 'closed'],
		['under a text that begins like one', { code: 'EIO: no', cause: withCode('EPIPE') }, 'closed'],
		['four causes down', { cause: { cause: { cause: { cause: withCode('EPIPE') } } } }, 'closed'],
		['endlessly', endless(), 'did not answer'],
		['nowhere', 'a text', 'did not answer'],
		['in nothing', null, 'did not answer'],
	])('its code is found %s', (_name, error, happened) => {
		expect(failed(error).message).toContain(happened);
	});

	it('shows nothing of the error, which holds the request', () => {
		expect(JSON.stringify(failed(withCode('ECONNRESET')))).not.toMatch(/secret|user|pass@|path/);
	});
});

/** An error that is its own cause, at a depth where a code is not looked for. */
function endless(): unknown {
	const error: { cause?: unknown } = {};
	error.cause = error;
	return error;
}

it.each([
	['https://user:pass@pbx.example.com:8088/key/abc', 'pbx.example.com:8088'],
	['pbx', 'its address'],
	[undefined, 'its address'],
])('of %s only the host is shown', (baseUrl, shown) => {
	expect(hostOf({ baseUrl } as ICredentialDataDecryptedObject)).toBe(shown);
});

describe('Retry-After', () => {
	const now = Date.parse('2025-03-03T10:00:00Z');

	it.each([
		[{ 'retry-after': '30' }, 30_000],
		[{ 'retry-after': 30 }, 30_000],
		[{ 'retry-after': ' 1.5 ' }, 1500],
		[{ 'retry-after': '0.0001' }, 1],
		[{ 'retry-after': 'Mon, 03 Mar 2025 10:00:20 GMT' }, 20_000],
		[{ 'retry-after': 'Mon, 03 Mar 2025 09:59:00 GMT' }, 0],
		[
			{
				'retry-after': 'Mon, 03 Mar 2025 11:00:20 GMT',
				date: 'Mon, 03 Mar 2025 11:00:00 GMT',
			},
			20_000,
		],
		[{ 'retry-after': '30s' }, undefined],
		[{ 'retry-after': 'a30' }, undefined],
		[{ 'retry-after': 'soon' }, undefined],
		[{ 'retry-after': '' }, undefined],
		[{ 'retry-after': ['30'] }, undefined],
		[{ date: 'Mon, 03 Mar 2025 11:00:00 GMT' }, undefined],
	])('%j is %s ms', (headers, ms) => {
		expect(retryAfterMs(headers, now)).toBe(ms);
	});
});

describe('an HTTP status that the table of a platform has', () => {
	const platform: Platform = {
		...fakePlatform,
		errorCodes: {
			odd: { kind: 'input', means: 'does not accept a filter' },
			'HTTP 401': { kind: 'expired', means: 'does not accept the token' },
			'HTTP 200': { kind: 'input', means: 'is never asked about' },
		},
	};
	const refused = (code: string) => ({ apiError: { code, text: 'hm' } });

	it.each([
		['a reply that is no envelope', { unrecognised: true } as const, 401, 'HTTP 401', null],
		['an empty code', refused(''), 401, 'HTTP 401', 'hm'],
		['a code that nobody knows', refused('x99'), 401, 'HTTP 401', 'hm'],
		['no code that is known', refused('odd'), 401, 'odd', 'hm'],
		['no code without the status', refused('x99'), 403, 'x99', 'hm'],
		['no success', refused('x99'), 200, 'x99', 'hm'],
	])('stands in for %s', (_what, opened, status, code, text) => {
		expect(apiErrorOf(platform, opened, status)).toEqual({ code, text });
	});

	it('makes no API error of another status, or of a success', () => {
		expect(apiErrorOf(platform, { unrecognised: true }, 403)).toBeNull();
		expect(apiErrorOf(platform, { payload: [] }, 200)).toBeNull();
	});

	it('is shown as a status, and no code as none', () => {
		const shown = (code: string) => apiErrorProblem(platform, { code, text: null }, as).message;
		expect(shown('HTTP 401')).toBe('Fake PBX does not accept the token (HTTP 401)');
		expect(shown('')).toBe('Fake PBX refused the request');
	});
});
