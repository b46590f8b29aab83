import { itnioTech } from '../../../nodes/ItnioTech/platform';
import { describeHostileRows } from '../../support/hostileRows';
import { RECORD, ROW } from './goldenRow';
import { answer, recordsOf, replyOf, settings } from './mapping';

const CUSTOMER = ['to', 'toE164', 'externalNumber'];
/** Which fields of the call record a field of the row may change; no other may. */
const SAYS: Record<string, string[]> = {
	keyId: ['recordId', 'platformRecordId'],
	callSessionId: ['callId'],
	called: CUSTOMER,
	encryptCalled: [],
	caller: ['from', 'fromE164', 'lineNumber'],
	ccode: ['toE164', 'externalNumber'],
	seatName: ['agentName', 'fromKind'],
	sipGroupName: ['queue'],
	callDuration: ['talkSeconds'],
	ringDuration: ['ringSeconds'],
	callType: ['direction', 'toE164', 'externalNumber', 'lineNumber', 'fromKind', 'toKind'],
	hangupReason: ['outcomeRaw'],
	hangupCode: ['hangupCause'],
	hangingDirection: ['hangupBy'],
	callStartTime: ['startedAt', 'durationSeconds'],
	calledAnswerTime: ['answeredAt'],
	calledHangupTime: ['endedAt', 'durationSeconds'],
	// The other of the two fields takes its place.
	voiceUrl: ['recordingFile'],
	voiceUrlList: [],
	labelName: [],
	labelNameList: ['tags'],
	remark: ['note'],
};

describeHostileRows({
	platform: 'itnioTech',
	host: 'api.itniotech.com',
	row: ROW,
	record: RECORD,
	says: SAYS,
	recordsOf(rows, zone) {
		const reply = replyOf(answer(rows));
		for (const row of reply.rows) itnioTech.startOf(row, settings(zone, 'iso'));
		return recordsOf(reply, zone);
	},
	zone: 'Europe/Berlin',
	plausible: [
		'2025-10-26 02:10:00',
		'2025-10-26 02:50:00',
		'2025-10-26 01:30:00',
		'2025-10-26T02:30:00+01:00',
	],
});

describe('rows', () => {
	it('get lasting ids where the platform gives none, and different ones where they look alike', () => {
		const nameless = { ...ROW, keyId: null };
		const other = { ...nameless, callSessionId: '25030409150000002' };
		const [first, second, third] = recordsOf(replyOf(answer([nameless, nameless, other])));
		expect(new Set([first.recordId, second.recordId, third.recordId]).size).toBe(3);
		const later = { ...nameless, updateTime: '2025-03-04 09:20:00', remark: 'called back' };
		expect(recordsOf(replyOf(answer([later])))[0].recordId).toBe(first.recordId);
	});
});

describe('replies', () => {
	const { open } = itnioTech;
	const data = { total: 1, size: 15, current: 1, searchCount: true, pages: 1, records: [ROW] };

	it.each([0, '0', ' 0 '])('with status %j are answers', (status) => {
		expect(replyOf(JSON.stringify({ status, reason: 'success', data }))).toEqual({
			rows: [ROW],
			total: 1,
			pageSize: 15,
		});
	});

	it('may have their data in a list, as the table of the documentation says', () => {
		expect(replyOf(JSON.stringify({ status: '0', data: [data] })).rows).toEqual([ROW]);
	});

	it('do not count where the platform says that it did not', () => {
		const uncounted = { ...data, searchCount: false, total: 0, pages: 0 };
		expect(replyOf(JSON.stringify({ status: 0, data: uncounted })).total).toBeNull();
	});

	it.each(['-1', -1])('with status %j are errorCodes', (status) => {
		expect(open({ status, reason: 'no' })).toEqual({ apiError: { code: '-1', text: 'no' } });
		expect(open({ status, reason: 'no', data })).toEqual({ apiError: { code: '-1', text: 'no' } });
		expect(open({ status })).toEqual({ apiError: { code: '-1', text: null } });
	});

	it('that refuse with a code nobody knows are refusals too', () => {
		expect(open({ status: -99, reason: 'new' })).toEqual({
			apiError: { code: '-99', text: 'new' },
		});
	});

	it.each([undefined, null, [], {}, 'none', 7, { records: null }])(
		'that report success with %j as data are no answer, for records may be lost',
		(nothing) => {
			const opened = open({ status: 0, reason: 'success', data: nothing });
			expect(opened).toEqual({ apiError: { code: '0', text: 'success' } });
			expect(itnioTech.errorCodes['0'].kind).toBe('temporary');
		},
	);

	it('that count records but send none contradict themselves, for the reader', () => {
		expect(replyOf(JSON.stringify({ status: 0, data: { total: 3 } }))).toMatchObject({
			rows: [],
			total: 3,
		});
	});

	it.each([
		null,
		[],
		'text',
		7,
		{},
		{ code: 0 },
		{ status: 'ok' },
		{ status: null, reason: 'x' },
		{ status: 'constructor', reason: 'x' },
		// What web servers answer by themselves.
		{ timestamp: '2025-03-04', status: 404, error: 'Not Found', path: '/v3/cc/record/query' },
	])('that are %j are not of this platform', (body) => {
		expect(open(body)).toEqual({ unrecognised: true });
	});

	it('never hand on a signature that a reason repeats', () => {
		const reason = 'Sign 05d7a50893e22a5c4bb3216ae3396c7c is wrong';
		expect(open({ status: '-1', reason })).toEqual({
			apiError: { code: '-1', text: 'Sign ••• is wrong' },
		});
	});
});
