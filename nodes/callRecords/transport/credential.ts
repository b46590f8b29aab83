import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestHelper,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeProperties,
} from 'n8n-workflow';

import { entryOf, LoginFailed } from '../errors';
import { LoginRejected, type Platform, type ErrorMeaning } from '../platform';
import { isZone } from '../time';
import { withoutSlashes } from './address';
import { parseJson, readReply } from './body';
import { startDeadline } from './deadline';
import { apiErrorProblem, httpProblem, statusOf } from './problems';
import { redactor } from './redact';
import { sendingProblem } from './request';

/** The base URL in a declarative credential test, with or without a trailing slash. */
export const baseUrlOf = '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}';

/** Node lists some zones by their old names only. */
const NEWER_NAMES = [
	'Asia/Ho_Chi_Minh',
	'Asia/Kathmandu',
	'Asia/Kolkata',
	'Asia/Yangon',
	'Europe/Kyiv',
	'UTC',
];

const ZONES = [...new Set([...Intl.supportedValuesOf('timeZone'), ...NEWER_NAMES])].sort();

/**
 * The zone of the platform's clock.
 * @param usual the zone that is chosen in a new credential; empty: the platform can be asked
 */
export function timeZone(usual: string): INodeProperties {
	const ask = { name: 'Ask the Phone System', value: '' };
	return {
		displayName: 'Time Zone',
		name: 'timezone',
		type: 'options',
		options: [
			...(usual === '' ? [ask] : []),
			...ZONES.map((zone) => ({ name: zone, value: zone })),
		],
		default: usual,
		description:
			"The time zone of the phone system's clock. Type to search, for example for a city.",
	};
}

/** For systems on a LAN, which have certificates of their own making. */
export const ignoreSslIssues: INodeProperties = {
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description: 'Whether to connect even if SSL certificate validation is not possible',
};

/** What a credential needs beside the login: where its numbers are at home, and how personal data are masked. */
export const numberFields: INodeProperties[] = [
	{
		displayName: 'Country',
		name: 'country',
		type: 'string',
		default: '',
		placeholder: 'e.g. RO',
		description:
			'The two letters (ISO 3166) of the country whose national numbers the phone system shows. If empty, only numbers written with + or an international prefix get the international form (E.164).',
	},
	{
		displayName: 'Pseudonym Key',
		name: 'pseudonymKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			"Any long text. Only needed when the option 'Personal Data' is Pseudonymize. As long as the key stays the same, a number always gets the same code.",
	},
];

const LOGIN_TIMEOUT_MS = 30_000;

/** For our requests, and for those that n8n's HTTP Request node makes in the options of older n8n versions. */
const ANY_CERTIFICATE = { skipSslCertificateValidation: true, rejectUnauthorized: false };

/** Redirects are followed by nobody who holds a credential, also not by n8n's HTTP Request node, which has other names. */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	sendCredentialsOnCrossOriginRedirect: false,
};

/**
 * What every request of a credential has in common: where relative addresses lead, whose certificates are good, and that
 * it stays at the address of the credential.
 * @throws LoginFailed when the time zone is none, so that the test button says so, too
 */
export function withBase(
	request: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestOptions {
	const problem = zoneProblem(credentials.timezone);
	if (problem) throw new LoginFailed({ kind: 'input', ...problem });
	return {
		...request,
		...NO_REDIRECTS,
		baseURL: withoutSlashes(credentials.baseUrl),
		...(credentials.allowUnauthorizedCerts === true ? ANY_CERTIFICATE : {}),
	};
}

export const ZONE_EXAMPLE = 'It is an IANA name, like Europe/Bucharest or Asia/Shanghai.';

/** What is wrong with the time zone of a credential; null when nothing is, or when it is left to the platform. */
export function zoneProblem(given: unknown): { message: string; description: string } | null {
	const zone = typeof given === 'string' ? given.trim() : '';
	if (zone === '' || isZone(zone)) return null;
	return {
		message: `The 'Time Zone' of the credential, "${zone.slice(0, 50)}", is not a time zone`,
		description: ZONE_EXAMPLE,
	};
}

/**
 * Logs in and returns the payload of the reply.
 * @param means how the platform says by code that the login data are wrong, where the code means something else elsewhere
 * @throws LoginRejected when the platform says no, LoginFailed when it does not answer; both in words for the test button
 */
export async function login(
	helper: IHttpRequestHelper,
	platform: Platform,
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	means: Record<string, string> = {},
): Promise<unknown> {
	const received = await receiveLogin(helper, withBase(request, credentials));
	if ('error' in received) {
		const { error } = received;
		const redact = redactor(credentials);
		throw new LoginFailed(sendingProblem(error, platform, credentials, LOGIN_TIMEOUT_MS, redact));
	}
	const { response } = received;
	const body = parseJson(String(response.body));
	const opened = body === undefined ? { unrecognised: true as const } : platform.open(body);
	if ('payload' in opened) return opened.payload;
	if ('apiError' in opened) {
		const { apiError } = opened;
		const words = entryOf(means, apiError.code);
		const meaning: ErrorMeaning | undefined =
			words === undefined ? undefined : { kind: 'credentials', means: words };
		const problem = apiErrorProblem(platform, apiError, redactor(credentials), meaning);
		const message = [problem.message, problem.description].filter(Boolean).join('. ');
		throw new LoginRejected(apiError, message, meaning);
	}
	throw new LoginFailed(httpProblem(platform, credentials, response, false));
}

/** The reply to a login, whole, and within the time limit of logins. */
async function receiveLogin(
	{ helpers }: IHttpRequestHelper,
	request: IHttpRequestOptions,
): Promise<{ response: IN8nHttpFullResponse } | { error: unknown }> {
	const deadline = startDeadline(LOGIN_TIMEOUT_MS);
	const whole = async () => {
		const response = (await helpers.httpRequest({
			...request,
			timeout: LOGIN_TIMEOUT_MS,
			abortSignal: deadline.signal,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		})) as IN8nHttpFullResponse;
		const body = (await readReply(response.body)) as IN8nHttpFullResponse['body'];
		return { response: { ...response, body } };
	};
	return await deadline
		.race(whole())
		.catch((error: unknown) => ({ error }))
		.finally(() => deadline.end());
}

const REDIRECTS = [301, 302, 303, 307, 308];

/** What the test button says where the server redirects, which n8n takes for an error since nobody follows. */
const redirectRules = REDIRECTS.map((value) => ({
	type: 'responseCode' as const,
	properties: {
		value,
		message: `The server redirects to another address (HTTP ${value}). Enter the right 'Base URL': the address it redirects to`,
	},
}));

/**
 * One rule for each redirect, one for each code of the platform's API error table, one for an answer that is not the platform's, and one for
 * an API error beyond the table: n8n compares the value at `key` with each.
 * @param needed what an answer that is no API error has in any case
 */
export function testRules(
	platform: Platform,
	key: string,
	codes: Array<number | string>,
	...needed: string[]
): ICredentialTestRequest['rules'] {
	const rejected = codes.map((code) => {
		const { means, advice } = platform.errorCodes[code];
		const message = [`${platform.title} ${means}`, advice].filter(Boolean).join('. ');
		const status = statusOf(code);
		return status === null
			? { type: 'responseSuccessBody' as const, properties: { key, value: code, message } }
			: { type: 'responseCode' as const, properties: { value: status, message } };
	});
	const missing = [key, ...needed].map((name) => ({
		type: 'responseSuccessBody' as const,
		properties: {
			key: name,
			value: undefined,
			message:
				name === key
					? `The server at the 'Base URL' is not ${platform.title}. Check protocol, host and port`
					: `The server at the 'Base URL' refuses for a reason that ${platform.title} does not document. Check the fields of the credential, then ask the provider`,
		},
	}));
	return [...redirectRules, ...rejected, ...missing] as ICredentialTestRequest['rules'];
}
