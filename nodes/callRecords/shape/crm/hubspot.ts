import {
	asHtml,
	fill,
	httpsRecording,
	type ByOutcome,
	type Crm,
	type CrmCall,
	type Fields,
} from './crm';

/**
 * HubSpot, `POST /crm/objects/2026-03/calls`. "Guide" is developers.hubspot.com, CRM activities, Calls, table of
 * properties; all values are text there. Associations and the owner belong to the workflow, which knows the contact.
 */
const FIELDS: Fields = {
	/** Guide: required, Unix milliseconds or UTC; where the call stands on the timeline. The start, not now. */
	hs_timestamp: ({ startedAt }) => new Date(startedAt).toISOString(),
	/** Guide: the title of the call. */
	hs_call_title: ({ title }) => title,
	/** Guide: the description of the call. HubSpot shows it as HTML. */
	hs_call_body: ({ lines }) => asHtml(lines),
	/** Guide: INBOUND or OUTBOUND, seen from HubSpot's user. */
	hs_call_direction: ({ call }) => DIRECTIONS[call.direction] ?? null,
	/** Guide: the status of the call. */
	hs_call_status: (call) => statusOf(call),
	/** Guide: "the internal GUID that corresponds to the outcome"; HubSpot's own six, which every account has. */
	hs_call_disposition: (call) => dispositionOf(call),
	/** Guide: the duration in **milliseconds**. (The calling extensions want seconds.) */
	hs_call_duration: ({ call }) =>
		call.talkSeconds === null ? null : String(call.talkSeconds * 1000),
	/** Guide: the number the call came from. */
	hs_call_from_number: ({ callingNumber }) => callingNumber,
	/** Guide: the number that received the call. */
	hs_call_to_number: ({ calledNumber }) => calledNumber,
	/** Guide: a recording, https only. */
	hs_call_recording_url: httpsRecording,
	/** Guide: has to be INTEGRATIONS_PLATFORM, and has to be set for recordings. */
	hs_call_source: (call) => (httpsRecording(call) === null ? null : 'INTEGRATIONS_PLATFORM'),
	/** Calling extensions, recordings: the id that the other system has for the call. A search finds it. */
	hs_call_external_id: ({ call }) => call.recordId,
};

const DIRECTIONS: Partial<Record<string, string>> = { inbound: 'INBOUND', outbound: 'OUTBOUND' };

/**
 * Guide, `hs_call_status`; MISSED is named by the calling extensions, which write the same property. Nobody answered an
 * inbound call that ended in a voicemail. Nothing is sent where the outcome is not known.
 */
const STATUSES: ByOutcome<string | null> = {
	answered: 'COMPLETED',
	missed: 'MISSED',
	noAnswer: 'NO_ANSWER',
	busy: 'BUSY',
	failed: 'FAILED',
	canceled: 'CANCELED',
	rejected: 'CANCELED',
	voicemail: 'MISSED',
	unknown: null,
};

function statusOf({ call }: CrmCall): string | null {
	const hasLeftMessage = call.outcome === 'voicemail' && call.direction === 'outbound';
	return hasLeftMessage ? 'COMPLETED' : STATUSES[call.outcome];
}

/** Guide, default outcomes: Connected, No answer, Busy. */
const DISPOSITIONS: Partial<Record<string, string>> = {
	answered: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
	noAnswer: '73a0d17f-1163-4015-bdd5-ec830791da20',
	busy: '9d9162e7-6cf3-4944-bf63-4dff82258764',
};
const LEFT_VOICEMAIL = 'b2cf5968-551e-4856-9783-52b3da59a7d0';

/** An outcome is what HubSpot's user reached; for a call that came in and was missed there is none. */
function dispositionOf({ call }: CrmCall): string | null {
	if (call.outcome === 'voicemail') return call.direction === 'outbound' ? LEFT_VOICEMAIL : null;
	return DISPOSITIONS[call.outcome] ?? null;
}

export const hubspot: Crm = {
	title: 'HubSpot',
	needsDirection: false,
	body: (call) => ({ properties: fill(FIELDS, call) }),
};
