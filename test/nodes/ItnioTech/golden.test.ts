import { CALL_RECORD_FIELDS } from '../../../nodes/callRecords/callRecord';
import { instantsOf } from '../../../nodes/callRecords/time';
import { itnioTech } from '../../../nodes/ItnioTech/platform';
import { GOLDEN } from './golden';
import { answer, recordsOf, replyOf, settings } from './mapping';

describe('ITNIO Tech rows', () => {
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

	it('begin, for the reader, when the record says: on the wall, or at the instant', () => {
		for (const { row, zone, record } of GOLDEN) {
			const instant = record.startedAt === null ? null : Date.parse(record.startedAt) / 1000;
			expect(itnioTech.startOf(row, settings(zone, 'iso'))).toBe(instant);
			const wall = itnioTech.startOf(row, settings(zone, 'plain'));
			const readings = wall === null ? [null] : instantsOf(wall, settings(zone).zone);
			expect(readings).toContain(instant);
		}
	});

	it('keep ids that JavaScript cannot hold as numbers, digit for digit', () => {
		const row = { ...GOLDEN[1].row, keyId: 1, callSessionId: 2, callId: 3 };
		const text = answer([row, row])
			.replace('"keyId":1', '"keyId":9007199254740993')
			.replace('"keyId":1', '"keyId":9007199254740995')
			.replaceAll('"callSessionId":2', '"callSessionId":25030409150000001')
			.replaceAll('"callId":3', '"callId":250304091500000000101');
		const reply = replyOf(text);
		const records = recordsOf(reply);
		expect(records.map(({ platformRecordId }) => platformRecordId)).toEqual([
			'9007199254740993',
			'9007199254740995',
		]);
		expect(records[0].callId).toBe('25030409150000001');
		expect(reply.rows[0].callId).toBe('250304091500000000101');
	});
});
