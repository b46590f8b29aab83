import type { ErrorMeaning } from '../callRecords/platform';

/** Where a permission is given (docs/vendors/3cx.md 1.1, 1.2). */
export const ROLE =
	"In 3CX's Admin Console, at Integrations > API, give the client the role System Owner in the department DEFAULT. Check the licence, and the addresses at Advanced > Console Restrictions.";

const UNKNOWN_REQUEST: ErrorMeaning = {
	kind: 'input',
	means: 'does not know this request',
	advice:
		"The node needs 3CX V20 Update 6 or later: update 3CX. Check that the 'Base URL' in the credential has no path.",
};

/** What a word of 3CX or an HTTP status means (docs/vendors/3cx.md 2.4, 3, 7). */
export const errorCodes: Record<string, ErrorMeaning> = {
	invalid_client: {
		kind: 'credentials',
		means: 'refuses the login',
		advice: "'Client ID' or 'Client Secret' (the API key) is wrong.",
	},
	TOP_LIMIT: {
		kind: 'input',
		means: 'does not send so many records at a time',
		advice: "Lower 'Page Size' in the node's options to the limit that it names.",
	},
	'HTTP 401': { kind: 'expired', means: 'does not accept the access token' },
	'HTTP 403': { kind: 'credentials', means: 'does not permit this', advice: ROLE },
	'HTTP 404': UNKNOWN_REQUEST,
	'HTTP 405': UNKNOWN_REQUEST,
	'HTTP 500': { kind: 'temporary', means: 'has a fault of its own' },
	'HTTP 504': { kind: 'tooMuch', means: 'needs too long for so long a period' },
};
