import type { Direction, HangupBy, Outcome } from '../callRecords/callRecord';
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
		advice: 'ApiRequest the provider to unlock it.',
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

/** `callType`: 1 is a group call that was put through to an agent, so the platform dialled (3). */
export const DIRECTIONS: Record<number, Direction> = { 1: 'outbound', 2: 'inbound', 3: 'outbound' };

/**
 * `hangupReason` of calls that nobody answered (3). Null: it depends on the direction. The others, 1, 3 and 9, say that
 * somebody hung up after the answer.
 */
export const UNANSWERED: Record<number, { byDirection: boolean; outcome: Outcome }> = {
	0: { byDirection: true, outcome: 'noAnswer' },
	2: { byDirection: true, outcome: 'unknown' },
	4: { byDirection: false, outcome: 'failed' },
	5: { byDirection: false, outcome: 'failed' },
	6: { byDirection: false, outcome: 'failed' },
	7: { byDirection: false, outcome: 'busy' },
	8: { byDirection: true, outcome: 'missed' },
};

/** `hangingDirection`. 3 is "none" here and "system" in the vendor's older records (9), so it says nothing. */
export const HANGUP_BY: Record<number, HangupBy> = { 0: 'customer', 1: 'agent' };

/**
 * How many digits a number has at least when its country code is part of it. A national number can begin with its own
 * country's code (India 91…, Italy 39…), so the beginning alone proves nothing; but few countries have national numbers
 * of more than ten digits.
 */
export const USUAL_DIGITS = 11;

/** Countries whose national numbers are longer (Germany, Brazil), or so short that ten digits are enough. */
export const DIGITS: Record<string, number> = { 45: 10, 47: 10, 49: 12, 55: 12, 65: 10 };
