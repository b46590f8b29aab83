import { CALL_RECORD_FIELDS } from '../../../nodes/callRecords/callRecord';
import { threeCx } from '../../../nodes/ThreeCx/platform';
import { describeHostileRows } from '../../support/hostileRows';
import { GOLDEN } from './golden';
import { RECORD, ROW } from './goldenRow';
import { recordsOf, settings } from './scene';

describe('3CX rows', () => {
	it.each(GOLDEN)('$name', ({ row, record }) => {
		expect(recordsOf([row])).toEqual([record]);
		expect(Object.keys(recordsOf([row])[0])).toEqual([...CALL_RECORD_FIELDS]);
	});

	it('begin, for the reader, in the second that the call record says', () => {
		for (const { row, record } of GOLDEN) {
			const start = threeCx.startOf(row, settings());
			expect(start).toBe(record.startedAt === null ? null : Date.parse(record.startedAt) / 1000);
		}
	});

	it('are printed in the zone of the credential', () => {
		expect(recordsOf([ROW], 'Europe/Bucharest')[0].startedAt).toBe('2026-11-02T10:13:43+02:00');
	});

	it('without an id of their own have one that lasts', () => {
		const row = { ...ROW, CdrId: undefined };
		const [first, second] = threeCx.recordIds([row, { ...row, DestinationDn: '2006' }]);
		expect(first).not.toBe(second);
		expect(threeCx.recordIds([{ ...row, Transcription: 'later' }])).toEqual([first]);
	});

	it('without any id are those of a build that is too old', () => {
		const ids = { CdrId: undefined, CallHistoryId: undefined, MainCallHistoryId: undefined };
		expect(() => threeCx.recordIds([ROW, { ...ROW, ...ids }])).toThrow(
			'This 3CX is older than V20 Update 6',
		);
	});
});

describeHostileRows({
	platform: 'threeCx',
	host: 'pbx.example.3cx.eu',
	row: ROW,
	record: RECORD,
	fields: ['Transcription'],
	says: {
		CdrId: ['recordId', 'platformRecordId'],
		MainCallHistoryId: ['callId'],
		StartTime: ['startedAt', 'answeredAt', 'endedAt'],
		SourceCallerId: ['from', 'fromName', 'fromE164', 'externalNumber', 'hangupBy'],
		SourceDisplayName: ['fromName'],
		DestinationDn: ['to', 'toE164', 'agentExtension'],
		DestinationDisplayName: ['toName', 'agentName'],
		RingingDuration: ['answeredAt', 'endedAt', 'durationSeconds', 'ringSeconds'],
		TalkingDuration: ['endedAt', 'durationSeconds', 'talkSeconds'],
		Direction: [
			...['direction', 'from', 'fromName', 'fromE164', 'fromKind', 'externalNumber'],
			...['agentName', 'agentExtension', 'hangupBy'],
		],
		CallType: ['toKind', 'agentName', 'agentExtension'],
		Status: ['outcomeRaw'],
		Reason: ['hangupBy'],
		Recordings: ['recordingFile', 'transcription'],
		Transcription: ['transcription'],
	},
	recordsOf,
	zone: 'Europe/Berlin',
	plausible: [
		...['2026-10-25T00:30:00Z', '2026-11-02T08:13:43.3Z', 'PT1H', 'PT0S', 'P1Y', 'PT1.5M'],
		...['Inbound', 'Outbound', 'Internal', 'Queue', 'Voicemail', 'External', 'Unanswered'],
		...['Lee, Ann (2005)', 'Ended by Acme (2005)', [{ Id: 5, Transcription: 'x' }]],
	],
});

describe('replies', () => {
	it.each([null, [], ['a'], 'text', 7, {}, { ret: 200 }])('%j is none of 3CX', (body) => {
		expect(threeCx.open(body)).toEqual({ unrecognised: true });
	});

	it.each([
		[{ code: '', message: 'Number:\nWARNINGS.XAPI.ALREADY_IN_USE' }, 'ALREADY_IN_USE'],
		[{ code: '400', message: 'WARNINGS.XAPI.FILE_NOT_FOUND' }, 'FILE_NOT_FOUND'],
		[{ code: '403', message: 'no' }, 'HTTP 403'],
		[{ code: 'Odd', message: 'no' }, 'Odd'],
		[{ code: '', message: 'The X field is required.' }, ''],
		[{}, ''],
		[
			{
				code: '',
				message:
					"The query specified in the URI is not valid. The limit of '100' for Top query has been exceeded. The value from the incoming request is '500'.",
			},
			'TOP_LIMIT',
		],
	])('the error %j has the code %j', (error, code) => {
		const text = (error as { message?: string }).message ?? null;
		expect(threeCx.open({ error })).toEqual({ apiError: { code, text } });
	});

	it('a login is refused in a word', () => {
		expect(threeCx.open({ error: 'invalid_client', error_description: 'who' })).toEqual({
			apiError: { code: 'invalid_client', text: 'who' },
		});
	});

	it.each([undefined, null, '', []])('rows that are %j are none', (value) => {
		expect(threeCx.reply({ value })).toEqual({ rows: [], total: null, pageSize: null });
	});

	it.each(['some', { a: 1 }])('rows that are %j are no empty list', (value) => {
		expect(() => threeCx.reply({ value })).toThrow('a form that is not documented');
	});
});
