import type { ErrorMeaning } from '../callRecords/platform';

/** `ret` codes, level 1 (docs/vendors/commo.md 1.2), then `data.errors.code`, level 2 (1.3), which begin at 1001. */
export const errorCodes: Record<string, ErrorMeaning> = {
	400: {
		kind: 'input',
		means: 'does not accept a parameter',
		advice: 'Check the filters and the page size.',
	},
	500: { kind: 'temporary', means: 'has a fault of its own' },
	600: { kind: 'expired', means: 'does not accept the session token' },
	601: {
		kind: 'credentials',
		means: 'does not know this App ID, or its Access Key is wrong',
		advice: "Check 'App ID' and 'Access Key' in the credential.",
	},
	602: {
		kind: 'credentials',
		means: 'says that the licence of this App ID has ended',
		advice: 'Ask the provider to extend the licence.',
	},
	603: {
		kind: 'credentials',
		means: 'has no licence for call records on this App ID',
		advice: 'Ask the provider to add the module.',
	},
	604: {
		kind: 'blocked',
		means: 'does not allow requests from the address of this n8n server',
		advice: "Have the n8n server's public IP address put on the allow-list of the platform.",
	},
	1001: { kind: 'temporary', means: 'cannot reach its own back end' },
	1002: { kind: 'input', means: 'does not accept a parameter', advice: 'Check the filters.' },
	1003: { kind: 'unknown', means: 'could not carry the request out' },
	1010: { kind: 'expired', means: 'wants a new login since extensions were changed' },
	1011: { kind: 'input', means: 'says that an extension belongs to another account' },
	1012: {
		kind: 'input',
		means: 'does not know an extension',
		advice: "Check the filter 'Extension'.",
	},
	1021: {
		kind: 'input',
		means: 'does not accept a number',
		advice: "Check the filter 'Destination Number'.",
	},
};
