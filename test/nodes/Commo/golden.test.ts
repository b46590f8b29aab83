import { CALL_RECORD_FIELDS } from '../../../nodes/callRecords/callRecord';
import { formatWall } from '../../../nodes/callRecords/time';
import { commo } from '../../../nodes/Commo/platform';
import { GOLDEN, SEED } from './golden';
import { answer, recordsOf, replyOf, settings } from './mapping';

describe('Commo rows', () => {
	it.each(GOLDEN)('$name', ({ row, zone, record }) => {
		const reply = replyOf(answer([row]));
		expect(recordsOf(reply, zone)).toEqual([record]);
		// The original is the vendor's row, with every field as it came.
		expect(reply.rows).toEqual([row]);
	});

	it('have every field of a call record, in its order', () => {
		for (const { row } of GOLDEN) {
			const [record] = recordsOf(replyOf(answer([row])));
			expect(Object.keys(record)).toEqual(CALL_RECORD_FIELDS);
		}
	});

	it('begin, for the reader, when the row says', () => {
		for (const { row, zone } of GOLDEN) {
			const start = commo.startOf(row, settings(zone));
			expect(start === null ? '' : formatWall(start)).toBe(row.starttime);
		}
	});

	it('keep the id of a number that JavaScript cannot hold, digit for digit', () => {
		const text = answer([{ ...GOLDEN[1].row, id: 0 }]).replace('"id":0', '"id":900719925474099312');
		expect(recordsOf(replyOf(text))[0].platformRecordId).toBe('900719925474099312');
	});
});

describe("the vendor's own example", () => {
	it('is read as it is printed', () => {
		const { rows, total, pageSize } = replyOf(SEED);
		expect(rows).toEqual([GOLDEN[0].row]);
		expect([total, pageSize]).toEqual([8151, 10]);
		expect(recordsOf({ rows, total, pageSize })).toEqual([GOLDEN[0].record]);
	});
});
