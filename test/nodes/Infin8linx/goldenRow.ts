import type { IDataObject } from 'n8n-workflow';

import type { CallRecord } from '../../../nodes/callRecords/callRecord';

/** A row of the vendor and the call record it has to become, both written by hand (docs/vendors/infin8linx.md 2). */
export interface GoldenCase {
	name: string;
	row: IDataObject;
	/** Asia/Shanghai when left out. */
	zone?: string;
	record: CallRecord;
}

/** A row as the platform sends it: an extension called a customer by hand, and they spoke for a minute. */
const ROW = {
	id: 700_200,
	callmethod: '2',
	context: 'callout',
	extnumber: '8001',
	disnumber: '02180000001',
	callnumber: '13800000001',
	starttime: '2025-03-04 09:15:10',
	answertime: '2025-03-04 09:15:19',
	endtime: '2025-03-04 09:16:19',
	duration: 69,
	billsec: 60,
	anumber: '',
	astarttime: '2025-03-04 09:15:10',
	aanswertime: '',
	aendtime: '2025-03-04 09:16:19',
	aduration: 69,
	abillsec: 0,
	clientip: '',
	downloadip: '203.0.113.9',
	hangupdirection: 'callee',
	userid: '',
	memberid: '',
};

/** What the platform says of no call: names, ringing, causes, queues, recordings, notes. */
export const NEVER = {
	outcomeRaw: null,
	fromName: null,
	toName: null,
	ringSeconds: null,
	agentName: null,
	queue: null,
	hangupCause: null,
	hasRecording: null,
	recordingFile: null,
	recordingUrl: null,
	tags: null,
	note: null,
	transcription: null,
};

/** The call record of `ROW`. */
const RECORD: CallRecord = {
	...NEVER,
	recordId: 'infin8linx:platform.infin8linx.com:700200',
	platform: 'infin8linx',
	platformRecordId: '700200',
	callId: '700200',
	direction: 'outbound',
	outcome: 'answered',
	from: '02180000001',
	fromE164: null,
	to: '13800000001',
	toE164: null,
	fromKind: 'person',
	toKind: 'external',
	externalNumber: '13800000001',
	lineNumber: '02180000001',
	startedAt: '2025-03-04T09:15:10+08:00',
	answeredAt: '2025-03-04T09:15:19+08:00',
	endedAt: '2025-03-04T09:16:19+08:00',
	timeIsAmbiguous: false,
	durationSeconds: 69,
	talkSeconds: 60,
	agentExtension: '8001',
	hangupBy: 'callee',
	externalReference: null,
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
