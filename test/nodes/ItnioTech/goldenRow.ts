import type { IDataObject } from 'n8n-workflow';

import type { CallRecord } from '../../../nodes/callRecords/callRecord';

/** A row of the vendor and the call record it has to become, both written by hand (docs/vendors/itnio-tech.md 3). */
export interface GoldenCase {
	name: string;
	row: IDataObject;
	/** Asia/Shanghai when left out. */
	zone?: string;
	record: CallRecord;
}

/** A row as the platform sends it: an agent called a customer, and they spoke for a minute. */
export const ROW = {
	keyId: 61000001,
	callSessionId: '25030409150000001',
	callId: '250304091500000000101',
	called: '8613800000001',
	encryptCalled: '861380****001',
	caller: '862180000001',
	calledInfo: '{"calledInfo1":"Ann","calledInfo2":null}',
	region: null,
	seatName: 'alice',
	sipGroupName: 'support',
	voiceGroupId: 12,
	callDuration: 60,
	ringDuration: 9,
	callType: 3,
	hangupReason: 1,
	hangupCode: '200',
	hangingDirection: 0,
	errorReason: '',
	callStartTime: '2025-03-04 09:15:00',
	calledAnswerTime: '2025-03-04 09:15:09',
	calledHangupTime: '2025-03-04 09:16:09',
	createTime: '2025-03-04 09:16:09',
	updateTime: '2025-03-04 09:16:09',
	voiceUrl: 'agent-call-record-250304/25030409150000001.wav',
	voiceUrlList: ['agent-call-record-250304/25030409150000001.wav'],
	ccode: '86(China)',
	labelName: '["hot"]',
	labelNameList: ['hot'],
	remark: '',
	brandId: 101,
	brandName: 'Example',
	mediaDetected: null,
};

/** The call record of `ROW`. */
export const RECORD: CallRecord = {
	recordId: 'itnioTech:api.itniotech.com:61000001',
	platform: 'itnioTech',
	platformRecordId: '61000001',
	callId: '25030409150000001',
	direction: 'outbound',
	outcome: 'answered',
	outcomeRaw: '1',
	from: '862180000001',
	fromName: null,
	fromE164: null,
	to: '8613800000001',
	toName: null,
	toE164: '+8613800000001',
	fromKind: 'person',
	toKind: 'external',
	externalNumber: '+8613800000001',
	lineNumber: '862180000001',
	startedAt: '2025-03-04T09:15:00+08:00',
	answeredAt: '2025-03-04T09:15:09+08:00',
	endedAt: '2025-03-04T09:16:09+08:00',
	timeIsAmbiguous: false,
	durationSeconds: 69,
	talkSeconds: 60,
	ringSeconds: 9,
	agentName: 'alice',
	agentExtension: null,
	queue: 'support',
	hangupBy: 'customer',
	hangupCause: '200',
	hasRecording: true,
	recordingFile: 'agent-call-record-250304/25030409150000001.wav',
	recordingUrl: null,
	externalReference: null,
	tags: 'hot',
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

/** A customer called the line and an agent answered. */
export const INCOMING = {
	callType: 2,
	hangupReason: 9,
	caller: '8613900000002',
	called: '862180000001',
	encryptCalled: '862180000001',
};
export const CAME_IN = {
	direction: 'inbound' as const,
	fromKind: 'external' as const,
	toKind: 'person' as const,
	outcomeRaw: '9',
	from: '8613900000002',
	fromE164: '+8613900000002',
	to: '862180000001',
	toE164: null,
	externalNumber: '+8613900000002',
	lineNumber: '862180000001',
};

/** A call of 20 seconds that nobody answered, and that ended for a reason of the vendor's list. */
export function unanswered(
	reason: number,
	outcome: CallRecord['outcome'],
	name: string,
	row: IDataObject = {},
	record: Partial<CallRecord> = {},
): GoldenCase {
	return changed(
		name,
		{
			hangupReason: reason,
			callDuration: 0,
			ringDuration: 20,
			hangupCode: '487',
			calledAnswerTime: null,
			calledHangupTime: '2025-03-04 09:15:20',
			voiceUrl: null,
			voiceUrlList: [],
			...row,
		},
		{
			outcome,
			outcomeRaw: String(reason),
			answeredAt: null,
			endedAt: '2025-03-04T09:15:20+08:00',
			durationSeconds: 20,
			talkSeconds: 0,
			ringSeconds: 20,
			hangupCause: '487',
			hasRecording: false,
			recordingFile: null,
			...record,
		},
	);
}
