import { toCallRecord, type CallRecord } from '../../../nodes/callRecords/callRecord';
import { parseJson } from '../../../nodes/callRecords/transport/body';
import type { Settings } from '../../../nodes/callRecords/platform';
import { infin8linx } from '../../../nodes/Infin8linx/platform';
import { describeHostileRows } from '../../support/hostileRows';
import { GOLDEN } from './golden';

const settings = (zone = 'Asia/Shanghai'): Settings => ({
	platform: 'infin8linx',
	host: 'platform.infin8linx.com',
	zone,
	baseUrl: 'http://platform.infin8linx.com',
	options: {},
	prepared: {},
});

/** The records of a reply in the platform's envelope, as they arrive: as JSON. */
function recordsOf(rows: unknown[], zone?: string): CallRecord[] {
	const total = rows.length;
	const answer = { code: 1, msg: 'ok', data: { data: rows, page: 1, per_page: 100, total } };
	const opened = infin8linx.open(parseJson(JSON.stringify(answer)));
	if (!('payload' in opened)) throw new Error('the reply was not opened');
	const reply = infin8linx.reply(opened.payload);
	const ids = infin8linx.recordIds(reply.rows);
	return reply.rows.map((row, i) =>
		toCallRecord(infin8linx.mapRow(row, ids[i], settings(zone)), settings(zone)),
	);
}

describe('Infin8linx rows', () => {
	it.each(GOLDEN)('$name', ({ row, zone, record }) => {
		expect(recordsOf([row], zone)).toEqual([record]);
	});

	it('begin, for the reader, when the call record says', () => {
		for (const { row, zone, record } of GOLDEN) {
			const start = infin8linx.startOf(row, settings(zone));
			expect(new Date(start! * 1000).toISOString().slice(0, 19)).toBe(
				record.startedAt!.slice(0, 19),
			);
		}
	});
});

const [, { row: GOOD, record: RECORD }] = GOLDEN;

describeHostileRows({
	platform: 'infin8linx',
	host: 'platform.infin8linx.com',
	row: GOOD,
	record: RECORD,
	says: {
		id: ['recordId', 'platformRecordId', 'callId'],
		context: ['direction', 'externalNumber', 'lineNumber', 'fromKind', 'toKind'],
		extnumber: ['agentExtension', 'fromKind'],
		disnumber: ['from', 'fromE164', 'lineNumber'],
		callnumber: ['to', 'toE164', 'externalNumber'],
		starttime: ['startedAt', 'durationSeconds'],
		answertime: ['answeredAt'],
		endtime: ['endedAt', 'durationSeconds'],
		billsec: ['talkSeconds'],
		hangupdirection: ['hangupBy'],
		memberid: ['externalReference'],
	},
	recordsOf,
	zone: 'Europe/Berlin',
	plausible: ['2025-10-26 02:10:00', '2025-10-26 02:50:00', '2025-10-26 01:30:00', 'double', '4'],
});

describe('replies', () => {
	const opened = (body: unknown) => infin8linx.open(body);

	it.each([undefined, null, [], {}])('that refuse with data %j are errorCodes', (data) => {
		expect(opened({ code: 1005, msg: 'no', data })).toEqual({
			apiError: { code: '1005', text: 'no' },
		});
		expect(opened({ code: '1005', msg: 'no', data })).toEqual({
			apiError: { code: '1005', text: 'no' },
		});
	});

	it.each([undefined, null, [], {}, 'x'])(
		'that report success with data %j are no empty list, for records may be lost',
		(data) => {
			expect(opened({ code: 1, msg: 'ok', data })).toEqual({ apiError: { code: '1', text: 'ok' } });
		},
	);

	it.each([null, [], 'text', 7, { ret: 200 }, { code: 'ok' }])(
		'that are %j are foreign',
		(body) => {
			expect(opened(body)).toEqual({ unrecognised: true });
		},
	);

	it('count their records, and say how long their pages are', () => {
		const payload = { data: [{ id: 1 }], page: 1, per_page: '50', total: '238' };
		expect(infin8linx.reply(payload)).toEqual({ rows: [{ id: 1 }], total: 238, pageSize: 50 });
	});

	it('give rows without an id one that lasts, and rows that are alike different ones', () => {
		const [, { row }] = GOLDEN;
		const nameless = { ...row, id: undefined };
		const other = { ...nameless, callnumber: '13800000002' };
		const [first, second, third] = infin8linx.recordIds([nameless, nameless, other]);
		expect(new Set([first, second, third]).size).toBe(3);
		const changedLater = { ...nameless, endtime: '2025-03-04 09:20:00', downloadip: '' };
		expect(infin8linx.recordIds([changedLater])).toEqual([first]);
	});
});
