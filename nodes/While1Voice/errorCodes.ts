import type { ICredentialTestRequest } from 'n8n-workflow';

import { text } from '../callRecords/callRecord';
import type { ApiError, ErrorMeaning } from '../callRecords/platform';

export const TITLE = 'While1 Voice';

const WHERE = 'Find it in the PBX under Settings :: Parameters.';

/** The platform has no codes: these are ours, for what its messages seem to say (docs/vendors/while1-voice.md 7). */
export const errorCodes: Record<string, ErrorMeaning> = {
	filter: {
		kind: 'input',
		means: 'does not accept a filter',
		advice: 'Correct or remove the filter it names.',
	},
	hash: {
		kind: 'credentials',
		means: "does not accept the api_hash, which is made with the 'API Key'",
		advice: `Check 'API Key' in the credential. ${WHERE} Leave it empty if the PBX has none.`,
	},
	token: {
		kind: 'credentials',
		means: "does not accept the 'API Token'",
		advice: `Check 'API Token' in the credential. ${WHERE}`,
	},
	tokenText: {
		kind: 'credentials',
		means: "cannot be asked, for the 'API Token' holds characters that no token has",
		advice: 'Paste it into the credential again, without line breaks and invisible characters.',
	},
	rate: { kind: 'rate', means: 'asks for fewer requests' },
	temporary: { kind: 'temporary', means: 'is not able to answer now' },
	has_error: {
		kind: 'unknown',
		means: 'refused the request',
		advice: "Check 'API Token' and 'API Key' in the credential, then the filters.",
	},
};

/**
 * Only `Invalid filter: …` is documented; the other patterns are what such messages say elsewhere. What none of them
 * fits stays `has_error`.
 */
const PATTERNS: Array<[code: string, pattern: RegExp]> = [
	['filter', /\b(invalid|unknown|wrong) (filter|parameter|value|date|format)/i],
	['hash', /hash|api.?key|signature|checksum/i],
	['token', /token|bearer|unauthori[sz]ed|authenticat|not authori[sz]ed|forbidden|access denied/i],
	['rate', /too many|rate.?limit/i],
	['temporary', /try again|temporar|maintenance|time.?out|timed out|unavailable|overload/i],
];

/** An API error may quote the hash it got, or the one it wanted. */
const HASH = /\b[0-9a-f]{32}\b/gi;

/** The first message that says what it is about gives the code. */
export function apiErrorOf(messages: unknown): ApiError {
	const list: unknown[] = Array.isArray(messages) ? messages : [messages];
	const words = list.map(text).filter((word) => word !== null);
	const code = words.map(codeOf).find((found) => found !== undefined) ?? 'has_error';
	return { code, text: words.join('; ').replace(HASH, '•••') || null };
}

function codeOf(message: string): string | undefined {
	return PATTERNS.find(([, pattern]) => pattern.test(message))?.[0];
}

export function sentence(code: string): string {
	const { means, advice } = errorCodes[code];
	return [`${TITLE} ${means}`, advice].filter(Boolean).join('. ');
}

const ELSEWHERE =
	"The 'Base URL' redirects elsewhere. Enter the address it redirects to, often the same with https";

/** What an HTTP status says when the connection is tested. */
const STATUSES: Record<number, string> = {
	301: ELSEWHERE,
	302: ELSEWHERE,
	307: ELSEWHERE,
	308: ELSEWHERE,
	401: `${sentence('token')} If it is right, check 'API Key'.`,
	403: `${TITLE} denies access. Check 'API Token' and 'API Key', and whether the PBX lets the address of this n8n server in`,
	404: `There is no ${TITLE} call list below the 'Base URL'. Enter the address of the PBX without /api`,
	429: `${TITLE} asks for fewer requests. Try again in a minute`,
};

/** n8n compares whole values only, so these are the usual wordings; none is documented (11.8). */
const WORDINGS: Record<string, string[]> = {
	token: [
		'Invalid token',
		'Invalid API token',
		'Invalid api_token',
		'Missing token',
		'Unauthorized',
		'Unauthenticated',
		'Access denied',
	],
	hash: [
		'Invalid hash',
		'Invalid API hash',
		'Invalid api_hash',
		'Invalid API key',
		'Invalid api_key',
		'Missing hash',
		'Missing api_hash',
	],
};

const UNNAMED = `${TITLE} refuses the request, most likely since 'API Token' or 'API Key' is wrong. ${WHERE.replace('It stands', 'Both stand')} Leave 'API Key' empty if the PBX has none. A node that runs with this credential shows the platform's own words`;

/** n8n takes rules of both kinds in one list, though its type has lists of one kind only. */
type Rule = Extract<ICredentialTestRequest['rules'], unknown[]>[number];

/** What the test button says, in the order in which n8n looks. */
export const credentialTestRules: Rule[] = [
	...Object.entries(STATUSES).map(([value, message]) => ({
		type: 'responseCode' as const,
		properties: { value: Number(value), message },
	})),
	...Object.entries(WORDINGS).flatMap(([code, wordings]) =>
		wordings.map((value) => ({
			type: 'responseSuccessBody' as const,
			properties: { key: 'messages[0]', value, message: sentence(code) },
		})),
	),
	...[true, 1, '1', 'true'].map((value) => ({
		type: 'responseSuccessBody' as const,
		properties: { key: 'has_error', value, message: UNNAMED },
	})),
];
