import type { IDataObject } from 'n8n-workflow';

import type { CallRecord } from '../../../nodes/callRecords/callRecord';

/** A row of the vendor and the call record it has to become, both written by hand (docs/vendors/commo.md 3.1). */
export interface GoldenCase {
	name: string;
	row: IDataObject;
	/** Asia/Shanghai when left out. */
	zone?: string;
	record: CallRecord;
}

/** A row as the platform sends it: an extension called a customer through the API, and they spoke for 72 seconds. */
export const ROW = {
	id: 90001,
	extnumber: '8001',
	destnumber: '13800000001',
	displaynumber: '02180000001',
	starttime: '2025-03-04 09:15:00',
	answertime: '2025-03-04 09:15:08',
	endtime: '2025-03-04 09:16:20',
	duration: 80,
	billsec: 72,
	direction: 'callout',
	callmethod: 3,
	userid: 'E17',
	memberid: 'M204',
	chengshudu: '0',
	customuuid: 'crm-5512',
	recordfilename: '20250304091508_8001_90001.mp3',
	downloadip: '203.0.113.9',
	hangupdirection: 10041,
	hangupcause: 10001,
	userkey: '',
};

/** What the platform says of no call: names, queues, ringing, links, notes. */
const NEVER = {
	fromName: null,
	toName: null,
	agentName: null,
	queue: null,
	ringSeconds: null,
	recordingUrl: null,
	tags: null,
	note: null,
	transcription: null,
};

/** The call record of `ROW`. */
export const RECORD: CallRecord = {
	...NEVER,
	recordId: 'commo:voice.example.com:4434:90001',
	platform: 'commo',
	platformRecordId: '90001',
	callId: '90001',
	direction: 'outbound',
	outcome: 'answered',
	outcomeRaw: '10001',
	from: '02180000001',
	fromE164: null,
	to: '13800000001',
	toE164: null,
	fromKind: 'person',
	toKind: 'external',
	externalNumber: '13800000001',
	lineNumber: '02180000001',
	startedAt: '2025-03-04T09:15:00+08:00',
	answeredAt: '2025-03-04T09:15:08+08:00',
	endedAt: '2025-03-04T09:16:20+08:00',
	timeIsAmbiguous: false,
	durationSeconds: 80,
	talkSeconds: 72,
	agentExtension: '8001',
	hangupBy: 'callee',
	hangupCause: '10001',
	hasRecording: true,
	recordingFile: '20250304091508_8001_90001.mp3',
	externalReference: 'crm-5512',
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
	answertime: null,
	endtime: '2025-03-04 09:15:28',
	duration: 28,
	billsec: 0,
	recordfilename: '',
	downloadip: '',
	hangupcause: 10016,
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
			outcome: 'noAnswer',
			outcomeRaw: '10016',
			answeredAt: null,
			endedAt: '2025-03-04T09:15:28+08:00',
			durationSeconds: 28,
			talkSeconds: 0,
			hangupCause: '10016',
			hasRecording: false,
			recordingFile: null,
			...record,
		},
	);
}

/** An unanswered call that ended with a code of the vendor's list (docs/vendors/commo.md 6). */
export function endedWith(code: number, outcome: CallRecord['outcome'], means: string): GoldenCase {
	return unanswered(
		`${means} (${code}): ${outcome}`,
		{ hangupcause: code },
		{ outcome, outcomeRaw: String(code), hangupCause: String(code) },
	);
}
