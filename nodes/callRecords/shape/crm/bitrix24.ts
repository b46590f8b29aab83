import { InputError } from '../../platform';
import { fill, outcomeWord, type ByOutcome, type Crm, type CrmCall, type Fields } from './crm';

/**
 * Bitrix24, two requests: `telephony.externalcall.register`, whose answer has a CALL_ID, then
 * `telephony.externalcall.finish` with that CALL_ID beside what is here. "Register" and "Finish" are the pages of these
 * methods in Bitrix24's REST reference. Both get USER_ID, too: required, to whom the call belongs.
 */
const REGISTER: Fields = {
	/** Register: required; Bitrix24 looks for the contact itself. */
	PHONE_NUMBER: ({ customer }) => customer.number ?? 'anonymous',
	/** Register: required; 1 outbound, 2 inbound. */
	TYPE: ({ call }) => (call.direction === 'outbound' ? 1 : 2),
	/** Register: ISO 8601; now, if it is missing. */
	CALL_START_DATE: ({ startedAt }) => startedAt,
	/** Register: 1 creates a lead for a number that the CRM does not know. The user decides about that. */
	CRM_CREATE: () => 0,
	/** Register: 1, the default, opens a card on the user's screen. The call is over. */
	SHOW: () => 0,
};

const FINISH: Fields = {
	/** Finish: the duration in **seconds**, a whole number. */
	DURATION: ({ call }) => call.talkSeconds ?? 0,
	/** Finish, table of call codes. */
	STATUS_CODE: (call) => statusOf(call),
	/** Finish: a text for the result. The call record's id stands here, as there is no field for an outside key. */
	FAILED_REASON: (call) => `${outcomeWord(call)} (${call.call.recordId})`,
	/** Finish: 1 writes to the user's chat. */
	ADD_TO_CHAT: () => 0,
};

/**
 * Table of call codes: 200 successful, 304 missed, 480 not available, 486 busy, 603 declined, 603-S cancelled, OTHER
 * undefined. An inbound call that a voicemail took is a missed one.
 */
const STATUS_CODES: ByOutcome<string> = {
	answered: '200',
	missed: '304',
	noAnswer: '480',
	busy: '486',
	failed: 'OTHER',
	canceled: '603-S',
	rejected: '603',
	voicemail: '304',
	unknown: 'OTHER',
};

function statusOf({ call }: CrmCall): string {
	const reachedMachine = call.outcome === 'voicemail' && call.direction === 'outbound';
	return reachedMachine ? '480' : STATUS_CODES[call.outcome];
}

/**
 * The Bitrix24 user to whom calls belong.
 * @throws InputError that names `Bitrix24 User ID`
 */
export function readBitrix24UserId(value: unknown): number {
	const id = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
	if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return id;
	throw new InputError(
		'Bitrix24 User ID',
		'Bitrix24 has to know to which user a call belongs',
		"Give the number of a user, as user.get shows it; a workflow can change it later by the call's agent",
	);
}

export const bitrix24: Crm = {
	title: 'Bitrix24',
	needsDirection: true,
	body: (call, context) => {
		const USER_ID = readBitrix24UserId(context.bitrix24UserId);
		return {
			register: { USER_ID, ...fill(REGISTER, call) },
			finish: { USER_ID, ...fill(FINISH, call) },
		};
	},
};
