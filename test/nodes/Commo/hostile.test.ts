import { commo } from '../../../nodes/Commo/platform';
import { describeHostileRows } from '../../support/hostileRows';
import { RECORD, ROW } from './goldenRow';
import { answer, recordsOf, replyOf } from './mapping';

/** Which fields of the call record a field of the row may change; no other may. */
const SAYS: Record<string, string[]> = {
	id: ['recordId', 'platformRecordId', 'callId'],
	extnumber: ['agentExtension', 'fromKind'],
	destnumber: ['to', 'toE164', 'externalNumber'],
	displaynumber: ['from', 'fromE164', 'lineNumber'],
	starttime: ['startedAt'],
	answertime: ['answeredAt'],
	endtime: ['endedAt'],
	duration: ['durationSeconds'],
	billsec: ['talkSeconds'],
	direction: ['direction', 'externalNumber', 'fromKind', 'toKind'],
	callmethod: [],
	customuuid: ['externalReference'],
	recordfilename: ['hasRecording', 'recordingFile'],
	hangupdirection: ['hangupBy'],
	hangupcause: ['hangupCause', 'outcomeRaw'],
};

describeHostileRows({
	platform: 'commo',
	host: 'voice.example.com:4434',
	row: ROW,
	record: RECORD,
	says: SAYS,
	recordsOf: (rows, zone) => recordsOf(replyOf(answer(rows)), zone),
	zone: 'Europe/Bucharest',
	plausible: ['2025-10-26 03:10:00', '2025-10-26 03:50:00', '2025-10-26 02:30:00', 10_086],
});

describe('rows', () => {
	it('get lasting ids where the platform gives none, and different ones where they look alike', () => {
		const nameless = { ...ROW, id: undefined };
		const other = { ...nameless, destnumber: '13800000002' };
		const [first, second, third] = recordsOf(replyOf(answer([nameless, nameless, other])));
		expect(new Set([first.recordId, second.recordId, third.recordId]).size).toBe(3);
		const later = { ...nameless, endtime: '2025-03-04 09:20:00', recordfilename: '', billsec: 300 };
		expect(recordsOf(replyOf(answer([later])))[0].recordId).toBe(first.recordId);
	});
});

describe('replies', () => {
	const open = (body: unknown) => commo.open(body);

	it.each([
		null,
		[],
		'text',
		7,
		{},
		{ code: 1 },
		{ ret: 'ok' },
		{ ret: 200 },
		{ ret: 200, data: [] },
	])('that are %j are not of this platform', (body) => {
		expect(open(body)).toEqual({ unrecognised: true });
	});

	it.each([undefined, null, 0, 'none', true])(
		'that report success with %j as result are no answer, for records may be lost',
		(result) => {
			expect(open({ ret: 200, data: { status: 0, desc: 'get success', result }, msg: '' })).toEqual(
				{
					unrecognised: true,
				},
			);
		},
	);

	it.each([undefined, [], {}, null])('that refuse with data %j are errorCodes', (data) => {
		for (const ret of [600, '600']) {
			expect(open({ ret, data, msg: 'token invalid' })).toEqual({
				apiError: { code: '600', text: 'token invalid' },
			});
		}
	});

	it('that refuse on the second level say why', () => {
		const data = {
			status: 1,
			desc: 'login fail',
			errors: { code: '1003', codemsg: 'operation failed' },
		};
		expect(open({ ret: 200, data, msg: '' })).toEqual({
			apiError: { code: '1003', text: 'login fail: operation failed' },
		});
		expect(open({ ret: 200, data: { status: 1, errors: [] }, msg: '' })).toEqual({
			apiError: { code: '?', text: null },
		});
	});

	it('count in numbers or in text', () => {
		expect(replyOf(answer([ROW], '8151'))).toMatchObject({ total: 8151, pageSize: 1000 });
		expect(replyOf(answer([ROW], null))).toMatchObject({ total: null });
	});

	it('without calls are empty', () => {
		const empty = (result: unknown) =>
			replyOf(JSON.stringify({ ret: 200, data: { status: 0, result }, msg: '' })).rows;
		expect(empty({ totalitems: 0, currentpage: 1, itemsperpage: 10, bills: [] })).toEqual([]);
		expect(empty({ totalitems: 0, currentpage: 1, itemsperpage: 10, bills: null })).toEqual([]);
		expect(empty([])).toEqual([]);
	});

	it.each([{}, { totalitems: 3 }, { bills: null }, { totalitems: 1, bills: '' }, { list: [] }])(
		'that hold %j in place of a list are an error, for records may be lost',
		(result) => {
			const text = JSON.stringify({ ret: 200, data: { status: 0, result }, msg: '' });
			expect(() => replyOf(text)).toThrow("holds no list 'bills'");
		},
	);
});
