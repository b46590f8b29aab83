import type { ErrorMeaning } from '../callRecords/platform';

export const SUCCESS = 1;

/** `code` (docs/vendors/infin8linx.md 2). The vendor's longer list of codes could not be read (6). */
export const errorCodes: Record<string, ErrorMeaning> = {
	[SUCCESS]: {
		kind: 'temporary',
		means: 'reports success, but sent no list of records',
		advice: 'Try again later; if it stays, show this to the provider.',
	},
	1000: { kind: 'temporary', means: 'has a fault of its own' },
	1001: {
		kind: 'input',
		means: 'does not accept a parameter',
		advice:
			"Check the filters and the page size, and that the credential's 'Username' or 'IP or Domain' is filled in.",
	},
	1005: {
		kind: 'credentials',
		means: 'does not accept the login data',
		advice: "Check 'Username' or 'IP or Domain', 'App ID' and 'Access Key' in the credential.",
	},
	1006: {
		kind: 'credentials',
		means: 'does not permit this account to read call records',
		advice: 'Ask the provider to permit the bill interface (/api/cdrs) for this App ID.',
	},
	1008: {
		kind: 'input',
		means: 'does not accept the format of a number',
		advice: "Check the filters 'Called Number', 'Calling Number' and 'Extension Number'.",
	},
};
