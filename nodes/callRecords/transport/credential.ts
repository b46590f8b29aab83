import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestHelper,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeProperties,
} from 'n8n-workflow';

import { LoginFailed, redactor } from '../errors';
import { LoginRejected, type Platform, type ErrorMeaning } from '../platform';
import { parseJson } from './body';
import { httpProblem, networkProblem, apiErrorProblem } from './problems';

/** The base URL in a declarative credential test, with or without a trailing slash. */
export const baseUrlOf = '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}';

/** The zone of the platform's clock. */
export function timeZone(usual: string): INodeProperties {
	return {
		displayName: 'Time Zone',
		name: 'timezone',
		type: 'string',
		default: usual,
		placeholder: 'e.g. Asia/Shanghai',
		description: "The zone of the platform's clock, as an IANA name",
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

const LOGIN_TIMEOUT_MS = 30_000;

/** For our requests, and for those that n8n's HTTP Request node makes in the options of older n8n versions. */
const ANY_CERTIFICATE = { skipSslCertificateValidation: true, rejectUnauthorized: false };

/** What every request of a credential has in common: where relative addresses lead, and whose certificates are good. */
export function withBase(
	request: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestOptions {
	return {
		...request,
		baseURL: String(credentials.baseUrl ?? '')
			.trim()
			.replace(/\/+$/, ''),
		sendCredentialsOnCrossOriginRedirect: false,
		...(credentials.allowUnauthorizedCerts === true ? ANY_CERTIFICATE : {}),
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
	const answered = await helper.helpers
		.httpRequest({
			...withBase(request, credentials),
			timeout: LOGIN_TIMEOUT_MS,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})
		.then(
			(response: unknown) => ({ response: response as IN8nHttpFullResponse }),
			(error: unknown) => ({
				problem: networkProblem(platform, credentials, error, LOGIN_TIMEOUT_MS),
			}),
		);
	if ('problem' in answered) throw new LoginFailed(answered.problem);
	const { response } = answered;
	const body = parseJson(String(response.body));
	const opened = body === undefined ? { unrecognised: true as const } : platform.open(body);
	if ('payload' in opened) return opened.payload;
	if ('apiError' in opened) {
		const { apiError } = opened;
		const meaning: ErrorMeaning | undefined = means[apiError.code]
			? { kind: 'credentials', means: means[apiError.code] }
			: undefined;
		const problem = apiErrorProblem(platform, apiError, redactor(credentials), meaning);
		const message = [problem.message, problem.description].filter(Boolean).join('. ');
		throw new LoginRejected(apiError, message, meaning);
	}
	throw new LoginFailed(httpProblem(platform, credentials, response, false));
}

/**
 * One rule for each code of the platform's API error table, one for an answer that is not the platform's, and one for
 * an API error beyond the table: n8n compares the value at `key` with each.
 * @param needed what an answer that is no API error has in any case
 */
export function testRules(
	platform: Platform,
	key: string,
	codes: Array<number | string>,
	...needed: string[]
): ICredentialTestRequest['rules'] {
	const rejected = codes.map((code) => ({
		type: 'responseSuccessBody' as const,
		properties: {
			key,
			value: code,
			message: [
				`${platform.title} ${platform.errorCodes[code].means}`,
				platform.errorCodes[code].advice,
			]
				.filter(Boolean)
				.join('. '),
		},
	}));
	const missing = [key, ...needed].map((name) => ({
		type: 'responseSuccessBody' as const,
		properties: {
			key: name,
			value: undefined,
			message:
				name === key
					? `What answers at the 'Base URL' is not ${platform.title}. Check protocol, host and port`
					: `What answers at the 'Base URL' refuses for a reason that ${platform.title} does not document. Check the fields of the credential, then ask the provider`,
		},
	}));
	return [...rejected, ...missing];
}
