import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { entryOf, type Problem } from '../errors';
import type { Platform, ApiError, Envelope, ErrorKind, ErrorMeaning } from '../platform';
import { parseJson } from './body';

const ADVICE: Record<ErrorKind, string> = {
	credentials: 'Correct the fields of the credential and test it again.',
	expired:
		'Open the credential and test it: this logs in again. A token typed by hand has to be replaced.',
	blocked:
		'Allow the address of this n8n server on the platform, then test the credential before running again.',
	rate: 'Wait a while; run the workflow less often or ask with fewer requests at once.',
	temporary: 'Try again later.',
	input: 'Correct the parameter it names.',
	tooMuch: 'Choose a shorter period.',
	empty: '',
	unknown: 'Look the code up in the documentation of the platform, or ask its support.',
};

/** What is looked at of a text from outside, of which less is shown. */
const LONGEST_WORDS = 4000;

/** How a table of API errors names an HTTP status. */
const HTTP_CODE = /^HTTP (\d{3})$/;

/** The HTTP status that an entry of a table of API errors is about; null where it is about a code of the vendor's. */
export function statusOf(code: number | string): number | null {
	const [, status] = HTTP_CODE.exec(String(code)) ?? [];
	return status === undefined ? null : Number(status);
}

/**
 * What the platform refuses: by its own code; by the HTTP status, as `HTTP 403`, where its code is missing or unknown and
 * the table has the status. Null: the reply is no API error.
 */
export function apiErrorOf(
	{ errorCodes }: Platform,
	opened: Envelope,
	statusCode: number,
): ApiError | null {
	const own = 'apiError' in opened ? opened.apiError : null;
	if (own !== null && entryOf(errorCodes, own.code)) return own;
	const code = `HTTP ${statusCode}`;
	return statusCode >= 400 && entryOf(errorCodes, code) ? { code, text: own?.text ?? null } : own;
}

const UNKNOWN: ErrorMeaning = { kind: 'unknown', means: 'refused the request' };

/** What a vendor's API error means, with its own words redacted. */
export function apiErrorProblem(
	platform: Platform,
	apiError: ApiError,
	redact: (text: string) => string,
	meaning: ErrorMeaning = entryOf(platform.errorCodes, apiError.code) ?? UNKNOWN,
): Problem {
	return {
		kind: meaning.kind,
		message: `${platform.title} ${meaning.means}${shownCode(apiError, redact)}`,
		description: withWords(meaning.advice ?? ADVICE[meaning.kind], apiError, redact),
		...(meaning.waitSeconds ? { retryAfterMs: meaning.waitSeconds * 1000 } : {}),
	};
}

/** Behind a message: the code, where there is one. */
function shownCode({ code }: ApiError, redact: (text: string) => string): string {
	const shown = redact(code.slice(0, LONGEST_WORDS)).slice(0, 20);
	if (shown === '') return '';
	return HTTP_CODE.test(shown) ? ` (${shown})` : ` (code ${shown})`;
}

function withWords(advice = '', apiError: ApiError, redact: (text: string) => string): string {
	const words = apiError.text ? redact(apiError.text.slice(0, LONGEST_WORDS)).slice(0, 300) : null;
	return words ? `${advice} The platform says: "${words}"` : advice;
}

/** What an API error means in the reply it came in: one that nobody documents says less than an HTTP status. */
export function rejectedProblem(
	platform: Platform,
	credentials: ICredentialDataDecryptedObject,
	apiError: ApiError,
	response: IN8nHttpFullResponse,
	redact: (text: string) => string,
): Problem {
	const problem = apiErrorProblem(platform, apiError, redact);
	if (problem.kind !== 'unknown' || response.statusCode < 400) return problem;
	const status = httpProblem(platform, credentials, response, true);
	if (status.kind === 'input') return problem;
	return { ...status, description: withWords(status.description, apiError, redact) };
}

/** What a reply means that is not in the platform's envelope. */
export function httpProblem(
	platform: Platform,
	credentials: ICredentialDataDecryptedObject,
	response: IN8nHttpFullResponse,
	answeredBefore: boolean,
): Problem {
	const { statusCode } = response;
	const httpCode = String(statusCode);
	const where = hostOf(credentials);
	if (statusCode === 429) {
		return {
			kind: 'rate',
			message: `${platform.title} at ${where} asks for fewer requests (HTTP 429)`,
			description: ADVICE.rate,
			httpCode,
			retryAfterMs: retryAfterMs(response.headers),
		};
	}
	if (statusCode >= 500 || statusCode === 408) {
		return {
			kind: 'temporary',
			message: `${platform.title} at ${where} is not able to answer now (HTTP ${statusCode})`,
			description: ADVICE.temporary,
			httpCode,
			retryAfterMs: retryAfterMs(response.headers),
		};
	}
	if (statusCode === 401 || statusCode === 403) {
		return {
			kind: 'credentials',
			message: `${platform.title} at ${where} denies access (HTTP ${statusCode})`,
			description: ADVICE.credentials,
			httpCode,
		};
	}
	if (statusCode >= 300 && statusCode < 400) {
		return {
			kind: 'input',
			message: `The 'Base URL' ${where} redirects elsewhere (HTTP ${statusCode})`,
			description: "Enter the address it redirects to as 'Base URL' in the credential.",
			httpCode,
		};
	}
	if ((answeredBefore || isDamagedJson(response.body)) && statusCode < 300) {
		return {
			kind: 'temporary',
			message: `${platform.title} at ${where} sent a damaged answer`,
			description: ADVICE.temporary,
			httpCode,
		};
	}
	return {
		kind: 'input',
		message: `The server at the 'Base URL' ${where} is not ${platform.title} (HTTP ${statusCode})`,
		description: "Check the 'Base URL' in the credential: protocol, host and port.",
		httpCode,
	};
}

/** What begins like JSON and is none was cut off on its way; a web page is no damaged answer. */
function isDamagedJson(body: unknown): boolean {
	return typeof body === 'string' && /^\s*[[{]/.test(body) && parseJson(body) === undefined;
}

const NETWORK: Record<string, string> = {
	ECONNREFUSED: 'refuses the connection',
	ENOTFOUND: 'cannot be found: there is no such host',
	EAI_AGAIN: 'cannot be found: name resolution does not answer',
	EHOSTUNREACH: 'cannot be reached',
	ENETUNREACH: 'cannot be reached',
	ECONNRESET: 'closed the connection',
	EPIPE: 'closed the connection',
	ECONNABORTED: 'did not answer in time',
	ETIMEDOUT: 'did not answer in time',
	ERR_CANCELED: 'was not waited for: the run was cancelled',
};

/** Connection failures. Names the host and the cause, nothing of the library's error, which holds the request. */
export function networkProblem(
	platform: Platform,
	credentials: ICredentialDataDecryptedObject,
	error: unknown,
	timeoutMs: number,
): Problem {
	const where = hostOf(credentials);
	const code = codeOf(error);
	if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)) {
		return {
			kind: 'input',
			message: `The certificate of ${where} is not trusted`,
			// Hosted platforms do not offer the switch.
			description:
				'allowUnauthorizedCerts' in credentials
					? "Install a valid certificate, or switch on 'Ignore SSL Issues (Insecure)' in the credential if the server is your own."
					: "Check the 'Base URL' of the credential, and whether something between this n8n server and the platform puts in a certificate of its own.",
		};
	}
	if (code === 'EPROTO' || /SSL|TLS/.test(code)) {
		return {
			kind: 'input',
			message: `${where} does not speak the protocol of the 'Base URL'`,
			description:
				"Check whether the 'Base URL' in the credential starts with http or https, and its port.",
		};
	}
	if (code === 'ERR_INVALID_URL') {
		return {
			kind: 'input',
			message: "The 'Base URL' of the credential is not an address",
			description: 'Enter it like https://pbx.example.com:8088.',
		};
	}
	const happened = entryOf(NETWORK, code) ?? 'did not answer';
	const isTime = happened === 'did not answer in time';
	return {
		kind: code === 'ENOTFOUND' ? 'input' : 'temporary',
		message: `${platform.title} at ${where} ${happened}${isTime ? ` (${Math.round(timeoutMs / 1000)} s)` : ''}`,
		description: isTime
			? "Try again later, or raise 'Timeout' in the node's options."
			: "Check that the system is running and that this n8n server can reach the 'Base URL' of the credential.",
	};
}

/** A reply that is longer than any that the platform has. Not asked for again: it would only be fetched again. */
export function tooLargeProblem(
	platform: Platform,
	credentials: ICredentialDataDecryptedObject,
	mostBytes: number,
): Problem {
	return {
		kind: 'unknown',
		message: `${platform.title} at ${hostOf(credentials)} sent a reply of more than ${Math.round(mostBytes / 1024 / 1024)} MB`,
		description:
			"Check the 'Base URL' of the credential. If it is right, lower 'Page Size' in the node's options.",
	};
}

function codeOf(error: unknown, depth = 0): string {
	if (typeof error !== 'object' || error === null || depth > 4) return '';
	const { code, cause } = error as { code?: unknown; cause?: unknown };
	if (typeof code === 'string' && /^[A-Z_]+$/.test(code) && code !== 'ERR_BAD_RESPONSE')
		return code;
	return codeOf(cause, depth + 1);
}

/** The host alone: a base URL may hold a password, and a path may hold a key. */
export function hostOf(credentials: ICredentialDataDecryptedObject): string {
	try {
		return new URL(String(credentials.baseUrl)).host;
	} catch {
		return 'its address';
	}
}

/**
 * `Retry-After` in seconds or as a date, in milliseconds from now; undefined when missing or meaningless. A date is
 * one of the server's clock, which the header `Date` shows and which may be wrong. Never more than a month.
 */
export function retryAfterMs(headers: IDataObject, now = Date.now()): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const given = String(header).trim();
	if (/^\d+(\.\d+)?$/.test(given)) return clipped(Math.ceil(Number(given) * 1000));
	const date = Date.parse(given);
	const serverNow = Date.parse(String(headers.date));
	return Number.isNaN(date)
		? undefined
		: clipped(date - (Number.isNaN(serverNow) ? now : serverNow));
}

/** Longer waits are none, and dates end in the year 275760. */
const LONGEST_RETRY_AFTER_MS = 31 * 86_400_000;

function clipped(ms: number): number {
	return Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER_MS);
}
