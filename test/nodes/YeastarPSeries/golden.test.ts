import { CALL_RECORD_FIELDS } from '../../../nodes/callRecords/callRecord';
import { yeastarPSeries } from '../../../nodes/YeastarPSeries/platform';
import { GOLDEN, SEED } from './golden';
import { ROW } from './goldenRow';
import { answer, recordsOf, replyOf, settings } from './mapping';

describe('Yeastar P-Series rows', () => {
	it.each(GOLDEN)('$name', ({ row, zone, dateFormat, record }) => {
		const reply = replyOf(answer([row]));
		expect(recordsOf(reply, zone, dateFormat ? { dateFormat } : {})).toEqual([record]);
		// The original is the vendor's row, with every field as it came.
		expect(reply.rows).toEqual([row]);
	});

	it('have every field of a call record, in its order', () => {
		for (const { row } of GOLDEN) {
			const [record] = recordsOf(replyOf(answer([row])));
			expect(Object.keys(record)).toEqual(CALL_RECORD_FIELDS);
		}
	});

	it('begin, for the reader, at the instant, or at what the clock showed where it asks by the clock', () => {
		const wall = { timeForm: 'displayFormat', dateFormat: 'MM/DD/YYYY', hours: 24 };
		const shown = Date.UTC(2026, 10, 2, 8, 13, 20) / 1000;
		expect(yeastarPSeries.startOf(ROW, settings())).toBe(1793600000);
		expect(yeastarPSeries.startOf(ROW, settings('Etc/GMT-2', wall))).toBe(shown);
		const { time, ...timeless } = ROW;
		expect(time).toBe('11/02/2026 08:13:20');
		expect(yeastarPSeries.startOf(timeless, settings('Etc/GMT-2', wall))).toBe(shown);
		expect(yeastarPSeries.startOf({}, settings())).toBeNull();
	});

	it('keep the id of a number that JavaScript cannot hold, digit for digit', () => {
		const text = answer([{ ...ROW, id: 0 }]).replace('"id":0', '"id":900719925474099312');
		expect(recordsOf(replyOf(text))[0].platformRecordId).toBe('900719925474099312');
	});
});

describe("the vendor's own example", () => {
	it('is read as it is printed', () => {
		const { rows, total, pageSize } = replyOf(SEED);
		expect([total, pageSize]).toEqual([3, null]);
		expect(recordsOf({ rows, total, pageSize }, 'Asia/Shanghai')).toEqual(
			GOLDEN.slice(0, 3).map(({ record }) => record),
		);
	});
});

describe('the legs of a call', () => {
	it('are records of their own with one call id', () => {
		const rows = GOLDEN.filter(({ name }) => name.startsWith('leg ')).map(({ row }) => row);
		const records = recordsOf(replyOf(answer(rows)));
		expect(new Set(records.map(({ recordId }) => recordId)).size).toBe(3);
		expect(new Set(records.map(({ callId }) => callId))).toEqual(new Set(['1793603605.97']));
	});

	it('share the uid where the firmware gives no id of the call', () => {
		const rows = ['A', 'B'].map((new_id) => ({ ...ROW, id: undefined, new_id }));
		const records = recordsOf(replyOf(answer(rows)));
		expect(records.map(({ callId }) => callId)).toEqual([ROW.uid, ROW.uid]);
	});
});
