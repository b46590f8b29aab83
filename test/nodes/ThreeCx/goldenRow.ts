import type { IDataObject } from 'n8n-workflow';

import type { CallRecord } from '../../../nodes/callRecords/callRecord';

/** A row of the vendor and the call record it has to become, both written by hand (docs/vendors/3cx.md 4). */
export interface GoldenCase {
	name: string;
	row: IDataObject;
	record: CallRecord;
}

const CALL = '00000000-01dd-5001-aaaa-100000000001';

/** A customer called, and Ann Lee took the call out of a queue. */
export const ROW: IDataObject = {
	CdrId: '00000000-01dd-5001-bbbb-100000000003',
	CallHistoryId: CALL,
	MainCallHistoryId: CALL,
	...{ CallId: 1, Indent: 1, SegmentId: 1, SubrowDescNumber: 1 },
	StartTime: '2026-11-02T08:13:43.302658Z',
	SourceType: 1,
	SourceDn: '10000',
	SourceCallerId: '+15550100777',
	SourceDisplayName: '+15550100777',
	DestinationType: 1,
	DestinationDn: '2005',
	DestinationCallerId: '',
	DestinationDisplayName: 'Lee, Ann (2005)',
	...{ ActionType: 1, ActionDnType: 1 },
	RingingDuration: 'PT6.2S',
	TalkingDuration: 'PT1M12.577027S',
	CallCost: 0,
	Answered: true,
	Direction: 'Inbound',
	CallType: 'Extension',
	Status: 'Answered',
	RecordingUrl: '2005/[Lee, Ann]_2005-+15550100777_20261102081349(709).wav',
	Reason: 'Ended by Acme:+15550100777 (+15550100777)',
	...{ SrcRecId: 90011, DstRecId: 90011 },
	QualityReport: false,
	Recordings: [{ Id: 90011 }],
};

/** The call record of `ROW`. */
export const RECORD: CallRecord = {
	recordId: 'threeCx:pbx.example.3cx.eu:00000000-01dd-5001-bbbb-100000000003',
	platform: 'threeCx',
	platformRecordId: '00000000-01dd-5001-bbbb-100000000003',
	callId: CALL,
	direction: 'inbound',
	outcome: 'answered',
	outcomeRaw: 'Answered',
	from: '+15550100777',
	fromName: null,
	fromE164: '+15550100777',
	to: '2005',
	toName: 'Lee, Ann',
	toE164: null,
	fromKind: 'external',
	toKind: 'person',
	externalNumber: '+15550100777',
	lineNumber: null,
	startedAt: '2026-11-02T08:13:43+00:00',
	answeredAt: '2026-11-02T08:13:49+00:00',
	endedAt: '2026-11-02T08:15:02+00:00',
	timeIsAmbiguous: false,
	durationSeconds: 79,
	talkSeconds: 73,
	ringSeconds: 6,
	agentName: 'Lee, Ann',
	agentExtension: '2005',
	queue: null,
	hangupBy: 'customer',
	hangupCause: null,
	hasRecording: true,
	recordingFile: '90011',
	recordingUrl: null,
	externalReference: null,
	tags: null,
	note: null,
	transcription: null,
};

/** `ROW` and its record with other fields. A field that is undefined is left out, as 3CX leaves out what is null. */
export function changed(
	name: string,
	row: IDataObject,
	record: Partial<CallRecord> = {},
): GoldenCase {
	const filled = Object.entries({ ...ROW, ...row }).filter(([, value]) => value !== undefined);
	return { name, row: Object.fromEntries(filled), record: { ...RECORD, ...record } };
}
