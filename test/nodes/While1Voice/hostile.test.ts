import { while1Voice } from '../../../nodes/While1Voice/platform';
import { describeHostileRows, HOSTILE } from '../../support/hostileRows';
import { RECORD, ROW } from './goldenRow';
import { answer, recordsOf, replyOf } from './mapping';

/** Which fields of the call record a field of the row may change; no other may. */
const SAYS: Record<string, string[]> = {
	id: ['recordId', 'platformRecordId'],
	uniqueid: [],
	linkedid: ['callId'],
	time: ['startedAt'],
	time_end: ['endedAt'],
	caller_id: ['fromName'],
	source: ['from', 'fromE164', 'externalNumber'],
	destination: ['to', 'toE164', 'lineNumber'],
	direction: ['direction', 'externalNumber', 'lineNumber', 'agentExtension', 'fromKind', 'toKind'],
	dstchannel_formatted: ['agentExtension'],
	user_fullname: ['agentName', 'agentExtension', 'toKind'],
	qname: ['queue'],
	call_status: ['outcomeRaw'],
	call_status_info: ['hangupCause'],
	comments: ['note'],
	recording_file: ['recordingFile'],
	recording_url: ['recordingUrl'],
	external_id: ['externalReference'],
	transcription_text: ['transcription'],
	bill_duration: ['talkSeconds', 'outcome'],
	duration: ['durationSeconds'],
	ring_time: ['ringSeconds'],
};

describeHostileRows({
	platform: 'while1Voice',
	host: 'pbx.example.com',
	row: ROW,
	record: RECORD,
	says: SAYS,
	recordsOf: (rows, zone) => recordsOf(replyOf(answer(rows)), zone),
	zone: 'Europe/Bucharest',
	plausible: [
		'2025-10-26 03:10:00',
		'2025-10-26 03:50:00',
		'2025-10-26 02:30:00',
		'1761438600.7',
		'1761442200.7',
		'00:10:00',
		'00:00:00',
		'ANSWERED',
		'IN',
	],
	wrong: ['99:99:99', '-00:00:01', '17', '|HC:|'],
});

it('with a name that opens and never ends are read at once, however long it is', () => {
	// Two million blanks take hours where every one of them is a new start of the search.
	const endless = `"a${' '.repeat(2_000_000)}b`;
	for (const caller_id of [endless, `${endless}<`, `${endless}>`]) {
		expect(recordsOf(replyOf(answer([{ ...ROW, caller_id }])))[0].fromName).toBeNull();
	}
});

describe('rows', () => {
	it.each(['duration', 'bill_duration', 'ring_time'])(
		'with anything but HH:MM:SS as %s: unknown',
		(field) => {
			const target = { duration: 'durationSeconds', bill_duration: 'talkSeconds' }[field];
			for (const value of HOSTILE) {
				const [record] = recordsOf(replyOf(answer([{ ...ROW, [field]: value }])));
				expect(record).toMatchObject({ [target ?? 'ringSeconds']: null });
			}
		},
	);

	it('get lasting ids where the platform gives none, and different ones where they look alike', () => {
		const nameless = { ...ROW, id: undefined };
		const other = { ...nameless, destination: '0312285001' };
		const [first, second, third] = recordsOf(replyOf(answer([nameless, nameless, other])));
		expect(new Set([first.recordId, second.recordId, third.recordId]).size).toBe(3);
		const later = { ...nameless, transcription_text: 'Alo?', recording_url: null, comments: 'x' };
		expect(recordsOf(replyOf(answer([later])))[0].recordId).toBe(first.recordId);
	});
});

describe('replies', () => {
	const open = (body: unknown) => while1Voice.open(body);

	it.each([
		null,
		[],
		'text',
		7,
		{},
		{ code: 1 },
		{ has_error: false },
		{ has_error: false, results: null },
		{ has_error: false, results: 'none' },
		{ has_error: false, results: { message: 'x' } },
	])('that are %j are no call list', (body) => {
		expect(open(body)).toEqual({ unrecognised: true });
	});

	it.each([true, 1, '1', 'true', 'yes'])('with has_error %j are errorCodes', (hasError) => {
		expect(open({ has_error: hasError, messages: ['Nu.'], pagination: [], results: [] })).toEqual({
			apiError: { code: 'has_error', text: 'Nu.' },
		});
	});

	it.each([false, 0, '', '0', 'false', null, undefined])(
		'with has_error %j are none',
		(hasError) => {
			const body = { has_error: hasError, messages: [], pagination: [], results: [] };
			expect(open(body)).toEqual({ payload: body });
		},
	);

	it.each([
		[['Invalid filter: tokenx'], 'filter'],
		[['Invalid value for filter: hour_between'], 'filter'],
		[['Invalid token'], 'token'],
		[['Unauthorized'], 'token'],
		[['Access denied'], 'token'],
		['Invalid api_hash', 'hash'],
		[['Request failed', 'Hash mismatch'], 'hash'],
		[['Invalid API key'], 'hash'],
		[['Too many requests'], 'rate'],
		[['Database is in maintenance, try again later'], 'temporary'],
		[['Eroare'], 'has_error'],
		[[], 'has_error'],
		[null, 'has_error'],
		[[{ text: 'token' }], 'has_error'],
	])('that refuse with %j are understood as %s', (messages, code) => {
		expect(open({ has_error: true, messages })).toMatchObject({ apiError: { code } });
	});

	it('that quote a hash do not hand it on', () => {
		const messages = [
			'Invalid hash 0f25e797ff9a6b157cb1f79db73e7507, expected FF9A6B157CB1F79DB73E7507635F878A',
		];
		expect(open({ has_error: true, messages })).toEqual({
			apiError: { code: 'hash', text: 'Invalid hash •••, expected •••' },
		});
	});

	it.each([
		['250 in 3 pages', 100, { row_count: 250, max_page: 3, current_page: 1 }, 250, true],
		['numbers as text', 100, { row_count: '250', max_page: '3', current_page: '1' }, 250, true],
		['the last page', 50, { row_count: 250, max_page: 3, current_page: 3 }, 250, false],
		['one page', 40, { row_count: 40, max_page: 1, current_page: 1 }, 40, false],
		['an empty list', 0, { row_count: 0, max_page: 0, current_page: 0 }, 0, undefined],
		[
			'fewer than counted: an alarm',
			60,
			{ row_count: 250, max_page: 3, current_page: 1 },
			250,
			true,
		],
		['the rows of the page', 100, { row_count: 100, max_page: 3, current_page: 1 }, null, true],
		[
			'the example: 0 beside one',
			1,
			{ row_count: 0, max_page: 0, current_page: 0 },
			null,
			undefined,
		],
		['0 beside more pages', 100, { row_count: 0, max_page: 3, current_page: 1 }, null, true],
		['pages from 0', 100, { row_count: 0, max_page: 2, current_page: 0 }, null, true],
		['no count', 100, { row_count: null, max_page: 3, current_page: 1 }, null, true],
		['nothing at all', 3, { row_count: null, max_page: null, current_page: null }, null, undefined],
		['a count alone', 3, { row_count: 3, max_page: null, current_page: null }, 3, undefined],
	])('with %s', (_what, rows, pagination, total, hasMore) => {
		const reply = replyOf(
			answer(
				Array.from({ length: rows }, () => ROW),
				pagination,
			),
		);
		expect(reply.rows).toHaveLength(rows);
		expect({ total: reply.total, hasMore: reply.hasMore }).toEqual({ total, hasMore });
	});

	it('with gaps in their list keep every row, in its order', () => {
		const gaps = { 0: { ...ROW, id: '1' }, 2: { ...ROW, id: '3' } };
		expect(
			recordsOf(replyOf(answer(gaps))).map(({ platformRecordId }) => platformRecordId),
		).toEqual(['1', '3']);
	});
});
