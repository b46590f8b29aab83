import type { IDataObject } from 'n8n-workflow';

import type { CallRecord } from '../../../nodes/callRecords/callRecord';
import { changed, RECORD, ROW, type GoldenCase } from './goldenRow';

interface Change {
	row: IDataObject;
	record: Partial<CallRecord>;
}

const NO_AGENT = { agentName: null, agentExtension: null };
const NO_RECORDING = {
	row: { RecordingUrl: undefined, SrcRecId: undefined, DstRecId: undefined, Recordings: [] },
	record: { hasRecording: false, recordingFile: null },
};
/** A machine's leg: it picked up at once, and the caller left it after 17.8 s. */
const MACHINE = {
	row: { ...NO_RECORDING.row, RingingDuration: 'PT0.04S', TalkingDuration: 'PT17.8S' },
	record: {
		...NO_RECORDING.record,
		...NO_AGENT,
		...{ answeredAt: '2026-11-02T08:13:43+00:00', endedAt: '2026-11-02T08:14:01+00:00' },
		...{ durationSeconds: 18, talkSeconds: 18, ringSeconds: 0 },
	},
};
const UNANSWERED = {
	row: { ...NO_RECORDING.row, Answered: false, Status: 'Unanswered', TalkingDuration: 'PT0S' },
	record: {
		...NO_RECORDING.record,
		...{ outcomeRaw: 'Unanswered', answeredAt: null, endedAt: '2026-11-02T08:13:49+00:00' },
		...{ durationSeconds: 6, talkSeconds: 0 },
	},
};
const OUTBOUND: Change = {
	row: {
		...{ Direction: 'Outbound', CallType: 'External' },
		...{ SourceDn: '2005', SourceCallerId: '2005', SourceDisplayName: 'Lee, Ann (2005)' },
		...{ DestinationDn: '10000', DestinationCallerId: '+15550100777' },
		DestinationDisplayName: '+15550100777',
	},
	record: {
		...{ direction: 'outbound', from: '2005', fromName: 'Lee, Ann', fromE164: null },
		...{ to: '+15550100777', toName: null, toE164: '+15550100777' },
		...{ fromKind: 'person', toKind: 'external' },
	},
};
const INTERNAL: Change = {
	row: {
		...{ Direction: 'Internal', SourceDn: '2006', SourceCallerId: '2006' },
		...{ SourceDisplayName: 'Novak, Ben (2006)', Reason: 'Ended by Novak, Ben (2006)' },
	},
	record: {
		...{ direction: 'internal', from: '2006', fromName: 'Novak, Ben', fromE164: null },
		...{ fromKind: 'person', externalNumber: null, hangupBy: 'agent' },
		...{ agentName: 'Novak, Ben', agentExtension: '2006' },
	},
};

const machine = (name: string, row: object, record: object): GoldenCase =>
	changed(name, { ...MACHINE.row, ...row }, { ...MACHINE.record, ...record });

export const GOLDEN: GoldenCase[] = [
	{ name: 'inbound to an agent', row: ROW, record: RECORD },
	machine(
		'inbound to a menu',
		{
			CallType: 'Digital Receptionist',
			DestinationDn: '8522',
			DestinationDisplayName: 'Main (8522)',
		},
		{ to: '8522', toName: 'Main', toKind: 'menu' },
	),
	machine(
		'a queue whose call an agent took: it picked up, and is no person',
		{
			...{ Direction: 'Inbound Queue', CallType: 'Queue', Status: 'Waiting' },
			...{ DestinationDn: '8001', DestinationDisplayName: 'Support (8001)' },
			Reason: 'Support (8001) was replaced by Lee, Ann (2005)',
		},
		{
			...{ outcomeRaw: 'Waiting', to: '8001', toName: 'Support', toKind: 'queue' },
			...{ queue: 'Support', hangupBy: null },
		},
	),
	machine('a part of the system', { CallType: 'System' }, { toKind: 'announcement' }),
	machine(
		'a mailbox, by its name: a message is no talk',
		{ CallType: 'Other', DestinationDn: '2005', DestinationDisplayName: 'Voicemail of Ann (2005)' },
		{
			...{ outcome: 'voicemail', toName: 'Voicemail of Ann', toKind: 'voicemail' },
			...{ answeredAt: null, talkSeconds: 0 },
		},
	),
	changed('an agent whose phone rang', UNANSWERED.row, { ...UNANSWERED.record, outcome: 'missed' }),
	changed(
		'a ring group that nobody took',
		{ ...UNANSWERED.row, CallType: 'Ring Group', DestinationDisplayName: 'Front (2005)' },
		{ ...UNANSWERED.record, ...NO_AGENT, outcome: 'missed', toName: 'Front', toKind: 'ringGroup' },
	),
	changed('outbound', OUTBOUND.row, OUTBOUND.record),
	changed(
		'outbound, nobody answered',
		{ ...OUTBOUND.row, ...UNANSWERED.row },
		{ ...OUTBOUND.record, ...UNANSWERED.record, outcome: 'noAnswer' },
	),
	changed('internal, and the one who called hung up', INTERNAL.row, INTERNAL.record),
	changed(
		'inbound, forwarded to a mobile phone',
		{
			...{ CallType: 'External', DestinationDn: '10001', DestinationCallerId: '+15550100888' },
			DestinationDisplayName: 'Ann mobile (+15550100888)',
		},
		{
			...{ to: '+15550100888', toE164: '+15550100888', ...NO_AGENT },
			// The number in the brackets has a plus.
			...{ toName: 'Ann mobile' },
		},
	),
	changed(
		'a caller who withholds the number',
		{ SourceCallerId: '', SourceDisplayName: '', Reason: undefined },
		{ from: null, fromE164: null, externalNumber: null, hangupBy: null },
	),
	changed(
		'a caller with a name in brackets',
		{ SourceDisplayName: 'Acme (Berlin) (+15550100777)' },
		{ fromName: 'Acme (Berlin)' },
	),
	changed(
		'a reason in another language',
		{ Reason: 'Beendet von Acme (+15550100777)' },
		{
			hangupBy: null,
		},
	),
	changed('ended by somebody else', { Reason: 'Ended by Novak, Ben (2006)' }, { hangupBy: null }),
	changed(
		'words in other cases',
		{ Direction: 'INBOUND', CallType: 'extension', Status: 'ANSWERED' },
		{
			outcomeRaw: 'ANSWERED',
		},
	),
	changed(
		'a direction that nobody knows',
		{ Direction: 'Conference' },
		{
			...{ direction: 'unknown', from: '10000', fromE164: null, externalNumber: null },
			...{ fromName: '+15550100777', fromKind: 'unknown', ...NO_AGENT, hangupBy: null },
		},
	),
	changed('a kind that nobody knows', { CallType: 'Fax' }, { toKind: 'unknown', ...NO_AGENT }),
	changed(
		'a status that nobody knows',
		{ Status: 'Odd', Answered: undefined },
		{
			...{ outcome: 'unknown', outcomeRaw: 'Odd', answeredAt: null, talkSeconds: null },
		},
	),
	changed('the last millionth of a second', { StartTime: '2026-11-02T08:13:43.999999Z' }),
	changed('a time with an offset', { StartTime: '2026-11-02T10:13:43+02:00' }),
	changed(
		'a time without one, which means nothing',
		{ StartTime: '2026-11-02T08:13:43' },
		{
			...{ startedAt: null, answeredAt: null, endedAt: null },
		},
	),
	changed(
		'hours',
		{ TalkingDuration: 'PT1H0.4S' },
		{
			...{ endedAt: '2026-11-02T09:13:50+00:00', durationSeconds: 3607, talkSeconds: 3600 },
		},
	),
	changed(
		'no durations',
		{ RingingDuration: undefined, TalkingDuration: undefined },
		{
			...{ outcome: 'unknown', answeredAt: null, endedAt: null },
			...{ durationSeconds: null, talkSeconds: null, ringSeconds: null },
		},
	),
	changed(
		'answered for no time',
		{ TalkingDuration: 'PT0S' },
		{
			...{ endedAt: '2026-11-02T08:13:49+00:00', durationSeconds: 6, talkSeconds: 0 },
		},
	),
	changed('a build before 20.0.10: no list of recordings', { Recordings: undefined }),
	changed('another call that this one was joined to', { CallHistoryId: 'other' }),
	changed('no main call', { MainCallHistoryId: undefined }),
	changed(
		'a transcription',
		{ Transcription: 'Good morning', Summary: 'A greeting' },
		{
			transcription: 'Good morning',
		},
	),
	changed(
		'transcriptions in the list, of two recordings',
		{
			Recordings: [
				{ Id: 90012, Transcription: 'Hello' },
				{ Id: 90013, Transcription: 'Bye' },
			],
		},
		{ transcription: 'Hello\nBye', recordingFile: '90012' },
	),
	changed('no recording', NO_RECORDING.row, NO_RECORDING.record),
	changed(
		'a recording without an id',
		{ ...NO_RECORDING.row, RecordingUrl: '2005/x.wav' },
		{ recordingFile: null },
	),
];
