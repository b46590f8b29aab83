import type { IDataObject } from 'n8n-workflow';

import type { CallRecord } from '../../../nodes/callRecords/callRecord';

/** A row of the vendor and the call record it has to become, both written by hand (docs/vendors/while1-voice.md 6). */
export interface GoldenCase {
	name: string;
	row: IDataObject;
	/** Europe/Bucharest when left out. */
	zone?: string;
	record: CallRecord;
}

/** A row as the platform sends it: a customer called, an agent of a queue answered, and they spoke for 72 seconds. */
export const ROW = {
	id: '30001',
	uniqueid: '1741072500.1201',
	linkedid: '1741072500.1201',
	time: '2025-03-04 09:15:00',
	time_end: '2025-03-04 09:16:20',
	caller_id: '"Ioana Pop" <0722000001>',
	source: '0722000001',
	destination: '0312285000',
	direction: 'IN',
	channel_formatted: 'PJSIP/trunk',
	dstchannel_formatted: 'PJSIP/john-doe',
	customer_id: 'C17',
	user_fullname: 'John Doe',
	qname: 'sales',
	code: 'incoming',
	call_status: 'ANSWERED',
	call_status_info: 'DS:ANSWER|HC:16|HI:Normal Clearing',
	call_codes: 'in answered',
	accounting_code: null,
	accounting_value: null,
	comments: null,
	monitor_files: null,
	monitor_urls: null,
	recording_file: 'r-30001.mp3',
	recording_url: 'https://pbx.example.com/recordings/r-30001.mp3',
	transfers: null,
	project: 'My Project',
	inbound_route: 'Main line',
	inbound_route_id: '1',
	queue_log: null,
	ivr_log: null,
	external_id: null,
	external_info: null,
	agent_details: null,
	is_recovered: null,
	transcription_id: null,
	transcription_text: null,
	bill_duration: '00:01:12',
	duration: '00:01:20',
	bill_minutes: 2,
	ivr_duration: '00:00:00',
	hold_time: '00:00:00',
	ring_time: '00:00:08',
};

/** What the platform says of no call: when it was answered, the called one's name, who hung up, tags. */
const NEVER = { answeredAt: null, toName: null, hangupBy: null, tags: null };

/** The call record of `ROW`. */
export const RECORD: CallRecord = {
	...NEVER,
	recordId: 'while1Voice:pbx.example.com:30001',
	platform: 'while1Voice',
	platformRecordId: '30001',
	callId: '1741072500.1201',
	direction: 'inbound',
	outcome: 'answered',
	outcomeRaw: 'ANSWERED',
	from: '0722000001',
	fromName: 'Ioana Pop',
	fromE164: null,
	to: '0312285000',
	toE164: null,
	fromKind: 'external',
	toKind: 'person',
	externalNumber: '0722000001',
	lineNumber: '0312285000',
	startedAt: '2025-03-04T09:15:00+02:00',
	endedAt: '2025-03-04T09:16:20+02:00',
	timeIsAmbiguous: false,
	durationSeconds: 80,
	talkSeconds: 72,
	ringSeconds: 8,
	agentName: 'John Doe',
	agentExtension: 'john-doe',
	queue: 'sales',
	hangupCause: '16',
	hasRecording: true,
	recordingFile: 'r-30001.mp3',
	recordingUrl: 'https://pbx.example.com/recordings/r-30001.mp3',
	externalReference: null,
	note: null,
	transcription: null,
};

/** The same call with something else about it. `undefined` = the field is not in the row. */
export function changed(
	name: string,
	row: IDataObject,
	record: Partial<CallRecord> = {},
	zone?: string,
): GoldenCase {
	const whole = Object.entries({ ...ROW, ...row }).filter(([, value]) => value !== undefined);
	return { name, row: Object.fromEntries(whole), record: { ...RECORD, ...record }, zone };
}

const NOBODY = {
	time_end: '2025-03-04 09:15:28',
	dstchannel_formatted: '',
	user_fullname: null,
	call_status: 'NO ANSWER',
	call_status_info: 'DS:NOANSWER|HC:19|HI:No Answer',
	recording_file: null,
	recording_url: null,
	bill_duration: '00:00:00',
	duration: '00:00:28',
	bill_minutes: 0,
	ring_time: '00:00:28',
};

/** Nobody answered within 28 seconds. */
export function unanswered(
	name: string,
	row: IDataObject,
	record: Partial<CallRecord>,
): GoldenCase {
	return changed(
		name,
		{ ...NOBODY, ...row },
		{
			outcome: 'missed',
			toKind: 'queue',
			outcomeRaw: 'NO ANSWER',
			endedAt: '2025-03-04T09:15:28+02:00',
			durationSeconds: 28,
			talkSeconds: 0,
			ringSeconds: 28,
			agentName: null,
			agentExtension: null,
			hangupCause: '19',
			hasRecording: false,
			recordingFile: null,
			recordingUrl: null,
			...record,
		},
	);
}

const OUT = {
	caller_id: '"John Doe" <0312000000>',
	source: '0312285000',
	destination: '0700000000',
	direction: 'OUT',
	channel_formatted: 'PJSIP/john-doe',
	dstchannel_formatted: 'PJSIP/trunk',
	qname: null,
	code: 'outbound',
	inbound_route: null,
	inbound_route_id: null,
};

/** The agent called a customer, and they spoke. */
export function outbound(
	name: string,
	row: IDataObject = {},
	record: Partial<CallRecord> = {},
): GoldenCase {
	return changed(
		name,
		{ ...OUT, ...row },
		{
			direction: 'outbound',
			fromKind: 'person',
			toKind: 'external',
			from: '0312285000',
			fromName: 'John Doe',
			to: '0700000000',
			externalNumber: '0700000000',
			lineNumber: '0312285000',
			queue: null,
			...record,
		},
	);
}
