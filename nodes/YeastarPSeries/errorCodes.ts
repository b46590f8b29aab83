import type { ErrorMeaning } from '../callRecords/platform';

const WHERE = 'Integrations > API on the web portal of the PBX';

/**
 * A slot opens when one of the eight tokens ends; clients that live with it wait five minutes
 * (docs/vendors/yeastar-p-series.md 2.5).
 */
const TOKEN_WAIT_SECONDS = 300;

/** What `errcode` means, for every endpoint alike (docs/vendors/yeastar-p-series.md 2.6, 3.2). */
export const errorCodes: Record<string, ErrorMeaning> = {
	'-2': { kind: 'temporary', means: 'has a fault of its own' },
	'-1': { kind: 'unknown', means: 'could not carry the request out' },
	'1': { kind: 'temporary', means: 'carried the request out only in part' },
	'2': { kind: 'temporary', means: 'is still working on the request' },
	'10001': {
		kind: 'input',
		means: 'does not know this request',
		advice:
			"Check the 'Base URL' in the credential: it is the address of the PBX without a path. Otherwise the firmware is too old: update it.",
	},
	'10002': {
		kind: 'input',
		means: 'no longer speaks this version of its API',
		advice: 'Look for a newer version of this node.',
	},
	'10003': {
		kind: 'input',
		means: 'does not speak this version of its API',
		advice: 'Update the firmware of the PBX.',
	},
	'10004': { kind: 'expired', means: 'does not accept the access token' },
	'10005': {
		kind: 'credentials',
		means: 'does not permit this API client to do that',
		advice: `Check what the client may do at ${WHERE}.`,
	},
	'10009': {
		kind: 'credentials',
		means: 'does not permit that, or has the feature switched off',
		advice: `Check what the client may do at ${WHERE}.`,
	},
	'40001': { kind: 'input', means: 'cannot read a parameter', advice: 'Check the filters.' },
	'40002': {
		kind: 'input',
		means: 'does not accept a parameter',
		advice:
			"Check the filters, and 'Time Format' and 'Page Size' in the options if they were changed.",
	},
	'40003': { kind: 'input', means: 'got a parameter twice', advice: 'Check the filters.' },
	'60001': { kind: 'empty', means: 'has no such records' },
	'60002': {
		kind: 'rate',
		means: 'has reached a limit, as a rule that of 8 access tokens in use at a time',
		advice:
			'An access token is free again 30 minutes after the login it came from. Give each program that uses the API a client of its own on the PBX.',
		waitSeconds: TOKEN_WAIT_SECONDS,
	},
	'70004': {
		kind: 'blocked',
		means: 'has blocked the address of this n8n server after too many failed logins',
		advice:
			"Correct 'Client ID' and 'Client Secret' first. Then remove the address at Security > Security Rules > Blocked IPs on the web portal of the PBX, or wait until the block ends. Every further login makes it longer.",
	},
	'70082': { kind: 'temporary', means: 'is busy with a heavy task' },
	'70084': {
		kind: 'credentials',
		means: 'forbids that',
		advice: `Check what the client may do at ${WHERE}.`,
	},
	'70087': {
		kind: 'blocked',
		means: 'does not allow requests from the address of this n8n server',
		advice: `Add the address of the n8n server to the allowed IP addresses at ${WHERE}.`,
	},
	'70123': {
		kind: 'blocked',
		means: 'has its API switched off',
		advice: `Switch it on at ${WHERE}.`,
	},
};

/** At a login the general "failure" means one thing (docs/vendors/yeastar-p-series.md 2.1). */
export const LOGIN_REFUSED = {
	'-1': "refuses the login: 'Client ID' or 'Client Secret' is wrong",
};
