import fc from 'fast-check';

import {
	CALL_RECORD_FIELDS,
	toCallRecord,
	type CallRecord,
} from '../../../nodes/callRecords/callRecord';
import { parseJson } from '../../../nodes/callRecords/request/body';
import type { Settings } from '../../../nodes/callRecords/platform';
import { infin8linx } from '../../../nodes/Infin8linx/platform';
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
		toCallRecord(infin8linx.facts(row, ids[i], settings(zone)), settings(zone)),
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

const HOSTILE: unknown[] = [
	undefined,
	null,
	'',
	' ',
	'0000-00-00 00:00:00',
	'2025-02-30 10:00:00',
	'constructor',
	'__proto__',
	'-1',
	-1,
	1.5,
	NaN,
	'9007199254740993',
	'📞',
	'‮عربي',
	'<script>alert(1)</script>',
	true,
	[],
	['8001'],
	{},
	{ toString: 'x' },
];
const OUTCOMES_SAID = ['answered', 'missed', 'noAnswer', 'unknown'];

describe('hostile rows', () => {
	const [, { row: good, record }] = GOLDEN;

	it('never crash, and are wrong in no field that is good', () => {
		for (const field of Object.keys(good)) {
			for (const value of HOSTILE) {
				const [made] = recordsOf([{ ...good, [field]: value }]);
				expect(Object.keys(made)).toEqual([...CALL_RECORD_FIELDS]);
				if (field !== 'callnumber') expect(made.to).toBe(record.to);
				if (field !== 'billsec') expect(made.talkSeconds).toBe(60);
				if (field !== 'starttime') expect(made.startedAt).toBe(record.startedAt);
				if (field !== 'id') expect(made.recordId).toBe(record.recordId);
				if (field !== 'context') expect(made.direction).toBe('outbound');
				expect(made.outcome).toBe('answered');
			}
		}
	});

	it('leave unknown what they do not say', () => {
		const [bare, list] = recordsOf([{}, ['not a row']]);
		for (const made of [bare, list]) {
			const known = Object.entries(made).filter(([, value]) => value !== null);
			expect(Object.fromEntries(known)).toEqual({
				recordId: `infin8linx:platform.infin8linx.com:${made.platformRecordId}`,
				platform: 'infin8linx',
				platformRecordId: made.platformRecordId,
				callId: made.platformRecordId,
				direction: 'unknown',
				outcome: 'unknown',
				timeIsAmbiguous: false,
			});
		}
		expect(bare.recordId).not.toBe(list.recordId);
	});

	it('hold the promises of a call record, whatever stands where', () => {
		const value = fc.oneof(fc.constantFrom(...HOSTILE), fc.anything(), fc.string());
		const row = fc.record(
			Object.fromEntries(Object.keys(good).map((field) => [field, value])) as Record<
				string,
				typeof value
			>,
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(row, (hostile) => {
				const [made] = recordsOf([hostile], 'Europe/Berlin');
				expect(Object.keys(made)).toEqual([...CALL_RECORD_FIELDS]);
				expect(OUTCOMES_SAID).toContain(made.outcome);
				expect([null, 'caller', 'callee']).toContain(made.hangupBy);
				expect(['inbound', 'outbound', 'unknown']).toContain(made.direction);
				for (const told of Object.values(made)) {
					expect(told === null || ['string', 'number', 'boolean'].includes(typeof told)).toBe(true);
				}
				for (const seconds of [made.durationSeconds, made.talkSeconds]) {
					expect(seconds === null || (Number.isSafeInteger(seconds) && seconds >= 0)).toBe(true);
				}
			}),
			{ numRuns: 500, seed: 3 },
		);
	});
});

describe('replies', () => {
	const opened = (body: unknown) => infin8linx.open(body);

	it.each([undefined, null, [], {}])('that refuse with data %j are refusals', (data) => {
		expect(opened({ code: 1005, msg: 'no', data })).toEqual({
			refusal: { code: '1005', text: 'no' },
		});
		expect(opened({ code: '1005', msg: 'no', data })).toEqual({
			refusal: { code: '1005', text: 'no' },
		});
	});

	it.each([undefined, null, [], {}, 'x'])(
		'that report success with data %j are no empty list, for records may be lost',
		(data) => {
			expect(opened({ code: 1, msg: 'ok', data })).toEqual({ refusal: { code: '1', text: 'ok' } });
		},
	);

	it.each([null, [], 'text', 7, { ret: 200 }, { code: 'ok' }])(
		'that are %j are foreign',
		(body) => {
			expect(opened(body)).toEqual({ foreign: true });
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
