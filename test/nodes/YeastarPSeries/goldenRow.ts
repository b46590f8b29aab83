import type { IDataObject } from 'n8n-workflow';

import type { CallRecord } from '../../../nodes/callRecords/callRecord';

/**
 * A row of the vendor and the call record it has to become, both written by hand (docs/vendors/yeastar-p-series.md 4).
 */
export interface GoldenCase {
	name: string;
	row: IDataObject;
	/** Two hours ahead of UTC all year when left out. */
	zone?: string;
	/** How the PBX displays dates, where that is known. */
	dateFormat?: string;
	record: CallRecord;
}

/** An extension called out: it rang for 9 seconds, and they spoke for 32. */
export const ROW = {
	id: 4101,
	time: '11/02/2026 08:13:20',
	call_from: 'Dana Ortiz<2005>',
	call_to: '+15550100123',
	timestamp: 1793600000,
	uid: '202611020813206CEAB',
	src_addr: '192.168.28.25',
	dst_trunk: 'sip-main',
	duration: 41,
	ring_duration: 9,
	talk_duration: 32,
	disposition: 'ANSWERED',
	call_type: 'Outbound',
	dod_number: '+15550100999',
	record_file: '20261102081329-1793600000.6-2005-15550100123-Outbound.wav',
	reason: 'dst hangup ',
};

/** The call record of `ROW`. */
export const RECORD: CallRecord = {
	recordId: 'yeastarPSeries:pbx.example.com:8088:4101',
	platform: 'yeastarPSeries',
	platformRecordId: '4101',
	callId: '202611020813206CEAB',
	direction: 'outbound',
	outcome: 'answered',
	outcomeRaw: 'ANSWERED',
	from: '2005',
	fromName: 'Dana Ortiz',
	fromE164: null,
	to: '+15550100123',
	toName: null,
	toE164: '+15550100123',
	fromKind: 'person',
	toKind: 'external',
	externalNumber: '+15550100123',
	lineNumber: '+15550100999',
	startedAt: '2026-11-02T08:13:20+02:00',
	answeredAt: '2026-11-02T08:13:29+02:00',
	endedAt: '2026-11-02T08:14:01+02:00',
	timeIsAmbiguous: false,
	durationSeconds: 41,
	talkSeconds: 32,
	ringSeconds: 9,
	agentName: 'Dana Ortiz',
	agentExtension: '2005',
	queue: null,
	hangupBy: 'callee',
	hangupCause: 'dst hangup',
	hasRecording: true,
	recordingFile: '20261102081329-1793600000.6-2005-15550100123-Outbound.wav',
	recordingUrl: null,
	externalReference: null,
	tags: null,
	note: null,
	transcription: null,
};

/** The same call with something else about it. `undefined` = the field is not in the row. */
export function changed(
	name: string,
	row: IDataObject,
	record: Partial<CallRecord> = {},
	more: Partial<GoldenCase> = {},
): GoldenCase {
	const whole = Object.entries({ ...ROW, ...row }).filter(([, value]) => value !== undefined);
	return { name, row: Object.fromEntries(whole), record: { ...RECORD, ...record }, ...more };
}

/** Nobody answered: what is zero or empty is left out of the row. */
export function unanswered(
	disposition: string,
	outcome: CallRecord['outcome'],
	row: IDataObject = {},
	record: Partial<CallRecord> = {},
): GoldenCase {
	return changed(
		`nobody answered: ${disposition} ${JSON.stringify(row)}`,
		{
			duration: undefined,
			ring_duration: undefined,
			talk_duration: undefined,
			record_file: undefined,
			disposition,
			...row,
		},
		{
			outcome,
			outcomeRaw: disposition,
			answeredAt: null,
			endedAt: null,
			durationSeconds: null,
			talkSeconds: 0,
			ringSeconds: null,
			hasRecording: false,
			recordingFile: null,
			...record,
		},
	);
}

/** Somebody outside called a line of the company; an extension answered. */
export const INBOUND = {
	call_type: 'Inbound',
	call_from: 'Client<+15550100777>',
	call_to: 'Farid Haddad<4005>',
	src_trunk: 'sip-main',
	dst_trunk: undefined,
	did_number: '+15550100999',
	dod_number: undefined,
};

export const CAME_IN: Partial<CallRecord> = {
	direction: 'inbound',
	from: '+15550100777',
	fromName: 'Client',
	fromE164: '+15550100777',
	to: '4005',
	toName: 'Farid Haddad',
	toE164: null,
	fromKind: 'external',
	toKind: 'person',
	externalNumber: '+15550100777',
	lineNumber: '+15550100999',
	agentName: 'Farid Haddad',
	agentExtension: '4005',
};

export const NO_AGENT: Partial<CallRecord> = { agentName: null, agentExtension: null };

/** A row of new firmware: no `id`, but ids of the row and of the call, numbers and names in fields of their own. */
export const NEW = {
	id: undefined,
	new_id: '6AE7A2C0-0000007B',
	call_id: '1793600000.6',
	call_from_number: '2005',
	call_from_name: 'Dana Ortiz',
	call_to_number: '+15550100123',
};

export const IS_NEW: Partial<CallRecord> = {
	recordId: 'yeastarPSeries:pbx.example.com:8088:6AE7A2C0-0000007B',
	platformRecordId: '6AE7A2C0-0000007B',
	callId: '1793600000.6',
};

/** One leg of a call that went through a menu and a queue to a person: three legs share `call_id` and `uid`. */
export function leg(
	newId: string,
	name: string,
	row: IDataObject,
	record: Partial<CallRecord>,
): GoldenCase {
	return changed(
		name,
		{
			...INBOUND,
			id: undefined,
			new_id: newId,
			call_id: '1793603605.97',
			uid: '20261102091325A5466',
			time: '11/02/2026 09:13:25',
			timestamp: 1793603605,
			record_file: undefined,
			...row,
		},
		{
			...CAME_IN,
			recordId: `yeastarPSeries:pbx.example.com:8088:${newId}`,
			platformRecordId: newId,
			callId: '1793603605.97',
			startedAt: '2026-11-02T09:13:25+02:00',
			hasRecording: false,
			recordingFile: null,
			...record,
		},
	);
}
