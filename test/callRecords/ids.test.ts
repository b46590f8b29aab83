import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { text } from '../../nodes/callRecords/callRecord';
import { stableIds } from '../../nodes/callRecords/ids';

const idsOf = (rows: IDataObject[]) => stableIds(rows, (row) => text(row.id), ['time', 'from']);

describe('ids of rows', () => {
	it("are the vendor's, verbatim", () => {
		expect(idsOf([{ id: 7 }, { id: '007' }, { id: '9007199254740993' }, { id: ' x-1 ' }])).toEqual([
			'7',
			'007',
			'9007199254740993',
			'x-1',
		]);
	});

	it('are made of what never changes where the vendor gives none', () => {
		const row = { id: '', time: '2025-03-04 09:15:00', from: '8001' };
		const [id] = idsOf([row]);
		expect(id).toMatch(/^[0-9a-f]{24}$/);
		expect(idsOf([{ ...row, id: null, duration: 9, note: 'edited' }])).toEqual([id]);
		expect(idsOf([{ ...row, from: '8002' }])).not.toEqual([id]);
		expect(idsOf([{ ...row, from: null }])).not.toEqual([id]);
	});

	it('do not confuse a value with the next field', () => {
		const [a, b] = idsOf([
			{ time: '1', from: '23' },
			{ time: '12', from: '3' },
		]);
		expect(a).not.toBe(b);
	});

	it('are different for rows that look alike, and the same in every reply whatever the order', () => {
		const row = fc.record({
			time: fc.constantFrom('a', 'b', null),
			from: fc.constantFrom('1', 1, ''),
		});
		fc.assert(
			fc.property(fc.array(row, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (rows, order) => {
				const ids = idsOf(rows);
				expect(new Set(ids).size).toBe(rows.length);
				const shuffled = rows
					.map((one) => ({ one, at: order.next().value as number }))
					.sort((a, b) => a.at - b.at)
					.map(({ one }) => one);
				expect(idsOf(shuffled).sort()).toEqual([...ids].sort());
			}),
		);
	});
});
