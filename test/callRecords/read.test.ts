import { listSource, readAll, type Row } from '../support/listSource';

const DAY = { from: 1_000_000, to: 1_086_399 };

/** So many rows, evenly through the day. */
function evenly(count: number, { from, to } = DAY): Row[] {
	return Array.from({ length: count }, (_, i) => ({
		id: `r${i}`,
		at: from + Math.floor(((i + 0.5) * (to - from + 1)) / count),
	}));
}

describe('a list that grows while it is read', () => {
	it.each(['newestFirst', 'oldestFirst'] as const)(
		'gets ahead of rows that keep coming at one place, reading %s',
		async (order) => {
			const rows = evenly(120, { from: DAY.from, to: DAY.to - 3600 });
			let head = DAY.to - 3600;
			const list = listSource({
				rows,
				pageSize: 20,
				before: () => {
					for (let i = 0; i < 2; i++) rows.push({ id: `new${head}`, at: head++ });
				},
			});
			const before = rows.map(({ id }) => id);
			const { ids } = await readAll(DAY, list.source, { order });
			expect(before.filter((id) => !ids.includes(id))).toEqual([]);
			expect(new Set(ids).size).toBe(ids.length);
			expect(list.requests.length).toBeLessThan(40);
		},
	);
});
