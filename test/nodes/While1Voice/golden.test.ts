import { CALL_RECORD_FIELDS } from '../../../nodes/callRecords/callRecord';
import { formatWall } from '../../../nodes/callRecords/time';
import { while1Voice } from '../../../nodes/While1Voice/platform';
import { GOLDEN, SEED } from './golden';
import { answer, recordsOf, replyOf, settings } from './mapping';

describe('While1 Voice rows', () => {
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
			const start = while1Voice.startOf(row, settings(zone));
			expect(start === null ? '' : formatWall(start)).toBe(row.time);
		}
	});

	it('keep the id of a number that JavaScript cannot hold, digit for digit', () => {
		const text = answer([{ ...GOLDEN[1].row, id: 0 }]).replace('"id":0', '"id":900719925474099312');
		expect(recordsOf(replyOf(text))[0].platformRecordId).toBe('900719925474099312');
	});
});

describe("the vendor's own example", () => {
	it('is read as it is printed, and its count of 0 beside one result is not believed', () => {
		const reply = replyOf(SEED);
		expect(reply).toEqual({
			rows: [GOLDEN[0].row],
			total: null,
			pageSize: 100,
			hasMore: undefined,
		});
		expect(recordsOf(reply)).toEqual([GOLDEN[0].record]);
	});

	it('of a apiError names the filter', () => {
		const printed = {
			has_error: true,
			messages: ['Invalid filter: from_idxx'],
			pagination: [],
			results: [],
		};
		expect(while1Voice.open(printed)).toEqual({
			apiError: { code: 'filter', text: 'Invalid filter: from_idxx' },
		});
	});
});
