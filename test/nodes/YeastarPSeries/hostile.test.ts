import { splitParty } from '../../../nodes/YeastarPSeries/parties';
import { yeastarPSeries } from '../../../nodes/YeastarPSeries/platform';
import { describeHostileRows } from '../../support/hostileRows';
import { NEW, RECORD, ROW } from './goldenRow';
import { answer, recordsOf, replyOf } from './mapping';

const IDS = ['recordId', 'platformRecordId', 'callId'];
const FROM = ['from', 'fromName', 'fromE164', 'fromKind', 'agentName', 'agentExtension'];
const TO = ['to', 'toName', 'toE164', 'toKind', 'externalNumber', 'queue'];
const TIMES = ['startedAt', 'answeredAt', 'endedAt'];

/** Which fields of the call record a field of the row may change; no other may. */
const SAYS: Record<string, string[]> = {
	id: IDS,
	new_id: IDS,
	uid: ['callId'],
	call_id: ['callId'],
	call_from: FROM,
	call_from_number: FROM,
	call_from_name: FROM,
	call_to: TO,
	call_to_number: TO,
	call_to_name: TO,
	timestamp: TIMES,
	src_trunk: ['fromKind', 'agentName', 'agentExtension'],
	duration: ['durationSeconds', 'endedAt'],
	ring_duration: ['ringSeconds', 'answeredAt'],
	talk_duration: ['talkSeconds'],
	disposition: [
		'outcome',
		'outcomeRaw',
		'talkSeconds',
		'answeredAt',
		'hasRecording',
		'agentExtension',
		'agentName',
	],
	call_type: [
		'direction',
		'fromKind',
		'toKind',
		'externalNumber',
		'lineNumber',
		'agentName',
		'agentExtension',
	],
	did_number: [],
	dod_number: ['lineNumber'],
	record_file: ['hasRecording', 'recordingFile'],
	reason: ['hangupBy', 'hangupCause'],
	call_note: ['note', 'tags'],
};

const ONE_SIDE = { ...ROW, did_number: undefined, src_trunk: undefined, call_note: undefined };

describeHostileRows({
	platform: 'yeastarPSeries',
	host: 'pbx.example.com:8088',
	row: ONE_SIDE,
	fields: Object.keys({ ...NEW, call_to_name: '' }),
	record: RECORD,
	says: SAYS,
	recordsOf: (rows, zone) =>
		recordsOf(replyOf(answer(rows)), zone, zone === undefined ? {} : { dateFormat: 'MM/DD/YYYY' }),
	zone: 'Europe/Bucharest',
	plausible: [
		'ANSWERED',
		'NO ANSWER',
		'VOICEMAIL',
		'Inbound',
		'Outbound',
		'Internal',
		'10/25/2026 03:10:00',
		'10/25/2026 03:50:00',
		'03/29/2026 03:30:00',
	],
	wrong: ['02/30/2026 10:00:00', 0, '<>', '<<2005>>'],
});

describe('rows', () => {
	it('get lasting ids where the platform gives none, and different ones where they look alike', () => {
		const nameless = { ...ROW, id: undefined };
		const other = { ...nameless, call_to: '1000' };
		const [first, second, third] = recordsOf(replyOf(answer([nameless, nameless, other])));
		expect(new Set([first.recordId, second.recordId, third.recordId]).size).toBe(3);
		const later = { ...nameless, record_file: 'later.wav', reason: 'src hangup ', call_note: 'x' };
		expect(recordsOf(replyOf(answer([later])))[0].recordId).toBe(first.recordId);
	});
});

describe('parties', () => {
	it.each([
		['Dana Ortiz<2005>', '2005', 'Dana Ortiz'],
		['2005', '2005', null],
		['2005<2005>', '2005', null],
		['<2005>', '2005', null],
		[' Dana <+1 555-0100> ', '+1 555-0100', 'Dana'],
		['a<b>c<2005>', '2005', 'a<b>c'],
		['*62', '*62', null],
		['Satisfaction Survey', null, 'Satisfaction Survey'],
		['Dana<>', null, 'Dana<>'],
		['<b>Bob</b>', null, '<b>Bob</b>'],
		['line\nbreak<2005>', '2005', 'line\nbreak'],
		['', null, null],
		[undefined, null, null],
		[['2005'], null, null],
	])('%j has the number %j and the name %j', (given, number, name) => {
		expect(splitParty(given)).toEqual({ number, name });
	});
});

describe('replies', () => {
	const open = (body: unknown) => yeastarPSeries.open(body);

	it.each([null, [], 'text', 5, {}, { errcode: null }, { errcode: 'no' }, { code: 0 }])(
		'%j is not from a P-Series PBX',
		(body) => {
			expect(open(body)).toEqual({ unrecognised: true });
		},
	);

	it('say what was rejected, and which parameter, but not with which value', () => {
		expect(
			open({
				errcode: 40002,
				errmsg: 'PARAMETER ERROR',
				invalid_param_list: [
					{ field: 'start_time', validation_type: 'format', value: 'canary' },
					{ field: 'page' },
					null,
				],
			}),
		).toEqual({
			apiError: { code: '40002', text: 'PARAMETER ERROR, start_time (format), page' },
		});
		expect(open({ errcode: '-1' })).toEqual({ apiError: { code: '-1', text: null } });
	});

	it.each([
		[{ errcode: 0, data: null, total_number: 0 }, 0],
		[{ errcode: 0 }, null],
		[{ errcode: '0', data: [], total_number: '0' }, 0],
		[{ errcode: 0, data: {} }, null],
	])('%j has no records', (body, total) => {
		expect(replyOf(JSON.stringify(body))).toEqual({ rows: [], total, pageSize: null });
	});

	it('do not pass for empty when they hold something that is not a list', () => {
		for (const data of ['text', { list: [] }]) {
			expect(() => replyOf(JSON.stringify({ errcode: 0, data }))).toThrow('not documented');
		}
	});
});
