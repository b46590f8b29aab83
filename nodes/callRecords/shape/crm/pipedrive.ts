import { asHtml, fill, type ByOutcome, type Crm, type CrmCall, type Fields } from './crm';

/**
 * Pipedrive, `POST /v1/callLogs`. "Reference" is Pipedrive's API v1, Call logs, Add a call log. person_id, org_id,
 * deal_id and user_id belong to the workflow, which knows the contact. Call logs cannot be changed later.
 */
const FIELDS: Fields = {
	/** Reference: required; connected, no_answer, left_message, left_voicemail, wrong_number or busy. */
	outcome: (call) => outcomeOf(call),
	/** Reference: required; the number that was called. */
	to_phone_number: ({ calledNumber }) => calledNumber ?? 'unknown',
	/** Reference: the number that made the call. */
	from_phone_number: ({ callingNumber }) => callingNumber,
	/** Reference: required; **UTC**, `YYYY-MM-DD HH:MM:SS`. */
	start_time: ({ startedAt }) => utc(Date.parse(startedAt)),
	/** Reference: required; as start_time. */
	end_time: (call) => utc(endOf(call)),
	/** Reference: the duration in seconds, as **text**. */
	duration: ({ call }) => (call.talkSeconds === null ? null : String(call.talkSeconds)),
	/** Reference: the name of the activity to which the call belongs. */
	subject: ({ title }) => title,
	/** Reference: a note in HTML. The call record's id stands here, as there is no field for an outside key. */
	note: ({ lines }) => asHtml(lines),
};

/** Pipedrive has no words for most of this; the note has the outcome. */
const OUTCOMES: ByOutcome<string> = {
	answered: 'connected',
	missed: 'no_answer',
	noAnswer: 'no_answer',
	busy: 'busy',
	failed: 'no_answer',
	canceled: 'no_answer',
	rejected: 'no_answer',
	voicemail: 'no_answer',
	unknown: 'no_answer',
};

/** left_voicemail is for a message that Pipedrive's user left. */
function outcomeOf({ call }: CrmCall): string {
	const hasLeftMessage = call.outcome === 'voicemail' && call.direction === 'outbound';
	return hasLeftMessage ? 'left_voicemail' : OUTCOMES[call.outcome];
}

/** Where the platform does not say when the call ended: after its duration or its talk, at the earliest at its start. */
function endOf({ call, startedAt }: CrmCall): number {
	const seconds = call.durationSeconds ?? call.talkSeconds ?? 0;
	return call.endedAt === null ? Date.parse(startedAt) + seconds * 1000 : Date.parse(call.endedAt);
}

function utc(milliseconds: number): string {
	return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

export const pipedrive: Crm = {
	title: 'Pipedrive',
	needsDirection: false,
	body: (call) => fill(FIELDS, call),
};
