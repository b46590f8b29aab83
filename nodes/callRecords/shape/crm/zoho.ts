import { fill, httpsRecording, type ByOutcome, type Crm, type CrmCall, type Fields } from './crm';

/**
 * Zoho CRM, `POST /crm/v8/Calls`, one record in `data`. "API" is Zoho's REST API v8, Insert Records and the metadata of
 * the module Calls. Who_Id, What_Id and Owner belong to the workflow, which knows the contact.
 */
const FIELDS: Fields = {
	/** API: mandatory. */
	Subject: ({ title }) => title,
	/** API: mandatory; Inbound, Outbound or Missed. Cannot be changed later. */
	Call_Type: (call) => typeOf(call),
	/** API: mandatory; ISO 8601 **with offset**, without milliseconds. */
	Call_Start_Time: ({ startedAt }) => startedAt,
	/** API: mandatory unless the call was missed; **text**, see `duration`. */
	Call_Duration: (call) =>
		typeOf(call) === 'Missed' ? null : duration(call.call.talkSeconds ?? 0),
	/** API, module Calls: a call that was made and not only planned. Of outbound calls only. */
	Outgoing_Call_Status: ({ call }) => (call.direction === 'outbound' ? 'Completed' : null),
	/** API, module Calls: a pick list; this is its value for a call that reached nobody. */
	Call_Result: ({ call }) =>
		call.direction === 'outbound' && NOBODY[call.outcome] ? 'No response/Busy' : null,
	/** API, module Calls: the number of the caller. */
	Caller_ID: ({ callingNumber }) => callingNumber,
	/** API, module Calls: the number that was called. */
	Dialled_Number: ({ calledNumber }) => calledNumber,
	/** API, module Calls: an address of the recording. */
	Voice_Recording__s: httpsRecording,
	/** API: free text. The call record's id stands here, as the module has no field for an outside key. */
	Description: ({ lines }) => lines.join('\n'),
};

const NOBODY: ByOutcome<boolean> = {
	answered: false,
	missed: true,
	noAnswer: true,
	busy: true,
	failed: false,
	canceled: false,
	rejected: false,
	voicemail: false,
	unknown: false,
};

/** `Missed` is a type beside Inbound: an inbound call that no person answered. */
function typeOf({ call }: CrmCall): string {
	if (call.direction === 'outbound') return 'Outbound';
	return call.outcome === 'answered' || call.outcome === 'unknown' ? 'Inbound' : 'Missed';
}

/**
 * `61:05`: minutes and seconds, also beyond the hour. Zoho's pages contradict each other: its examples of the API and
 * Bigin's reference have mm:ss ("10:00" for ten minutes), one post of its Kaizen series hh:mm. Call_Duration_in_seconds,
 * which Zoho computes of it, agrees with mm:ss.
 */
function duration(seconds: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

export const zoho: Crm = {
	title: 'Zoho CRM',
	needsDirection: true,
	body: (call) => ({ data: [fill(FIELDS, call)] }),
};
