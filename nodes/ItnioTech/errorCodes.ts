import type { ErrorMeaning } from '../callRecords/platform';

export const SUCCESS = '0';

/** `status` of a reply (docs/vendors/itnio-tech.md 2). */
export const errorCodes: Record<string, ErrorMeaning> = {
	[SUCCESS]: {
		kind: 'temporary',
		means: 'reports success, but sent no data',
		advice: 'Try again later; if it stays, show this to the provider.',
	},
	'-1': {
		kind: 'credentials',
		means: 'does not accept the key or the signature',
		advice: "Check 'API Key' and 'API Secret' in the credential.",
	},
	'-2': {
		kind: 'blocked',
		means: 'does not allow requests from the address of this n8n server, or not with this key',
		advice:
			"Have the n8n server's public IP address put on the allow-list in the ITNIO Tech console. If it is there, check 'API Key' and 'API Secret' in the credential.",
	},
	'-13': {
		kind: 'blocked',
		means: 'has locked this account',
		advice: 'Ask the provider to unlock it.',
	},
	'-16': {
		kind: 'expired',
		means: 'says that the time of the request has passed',
		advice:
			'Set the clock of this n8n server, which is sent with every request: it differs too much from the clock of the platform.',
	},
	'-18': { kind: 'temporary', means: 'has a fault of its own' },
	'-20': { kind: 'unknown', means: 'says that this data exists already' },
	'-22': {
		kind: 'input',
		means: 'does not accept a parameter',
		advice:
			"Check the filters. If they are right, try the other 'Time Format' in the node's options.",
	},
	'-23': { kind: 'tooMuch', means: 'does not give out so many records at a time' },
	'-76': { kind: 'tooMuch', means: 'answers for 93 days at most at a time' },
};
