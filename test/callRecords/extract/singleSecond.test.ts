import { IncompleteRead } from '../../../nodes/callRecords/extract/verdict';
import type { TimeRange } from '../../../nodes/callRecords/time';
import {
	DAY,
	evenly,
	failureOf,
	idsOf,
	listSource,
	ORDERS,
	readAll,
	sorted,
	type Row,
} from '../../support/listSource';

describe('one second with more records than a reply carries', () => {
	const busy: Row[] = [
		...evenly(30),
		...Array.from({ length: 47 }, (_, i) => ({ id: `s${i}`, at: DAY.from + 40_000 })),
	];

	it.each(ORDERS)('is read page by page, reading %s', async (order) => {
		const list = listSource({ rows: busy, pageSize: 10 });
		const { ids } = await readAll(DAY, list.source, { order });
		expect(sorted(ids)).toEqual(idsOf(busy));
		const further = list.requests.filter(({ page }) => page > 1);
		// The second before is asked for up to this one, so it takes them, too.
		expect(further.map(({ page }) => page)).toEqual([2, 3, 4, 5, 2, 3, 4, 5]);
		for (const { range } of further) expect(range.to - range.from).toBe(1);
	});

	it('is read until nothing new comes where nobody counts', async () => {
		const list = listSource({ rows: busy, pageSize: 10, tellsTotal: false });
		expect(sorted((await readAll(DAY, list.source)).ids)).toEqual(idsOf(busy));
	});

	it('is read again when its pages do not add up, and then twice more', async () => {
		const lying = (times: number) => {
			let left = times;
			return listSource({
				rows: busy,
				pageSize: 10,
				spoil: (page, request) =>
					request.page === 3 && left-- > 0 ? { ...page, rows: page.rows.slice(1) } : page,
			});
		};
		const recovering = await readAll(DAY, lying(2).source);
		expect(sorted(recovering.ids)).toEqual(idsOf(busy));
		expect(recovering.events.filter(({ kind }) => kind === 'readAgain')).toHaveLength(2);
		const error = await failureOf(lying(3));
		expect(error.range).toEqual({ from: DAY.from + 40_000, to: DAY.from + 40_000 });
		expect(error.message).toContain('this time holds more records than one reply carries');
	});

	it('is read where the last page comes again and again, and nobody counts', async () => {
		const list = listSource({ rows: busy, pageSize: 10, tellsTotal: false });
		const page = list.source.page.bind(list.source);
		const source = {
			...list.source,
			page: async (range: TimeRange, number: number, size: number) =>
				await page(range, Math.min(number, 5), size),
		};
		expect(sorted((await readAll(DAY, source)).ids)).toEqual(idsOf(busy));
	});

	it('may be exactly full where nobody counts', async () => {
		const full = Array.from({ length: 10 }, (_, i) => ({ id: `f${i}`, at: DAY.from }));
		const list = listSource({ rows: full, pageSize: 10, tellsTotal: false });
		const { ids } = await readAll({ from: DAY.from, to: DAY.from }, list.source);
		expect(sorted(ids)).toEqual(idsOf(full));
	});

	it.each([true, false])(
		'is an error where further pages are refused (counts: %s)',
		async (tellsTotal) => {
			const list = listSource({ rows: busy, pageSize: 10, tellsTotal });
			const page = list.source.page.bind(list.source);
			const source = {
				...list.source,
				page: async (...asked: Parameters<typeof page>) =>
					asked[1] > 1 ? ('tooMuch' as const) : await page(...asked),
			};
			await expect(readAll(DAY, source)).rejects.toThrow('its pages do not add up');
		},
	);

	const second = { from: 7, to: 7 };
	const rows = Array.from({ length: 35 }, (_, i) => ({ id: `r${i}`, at: 7 }));

	it.each([true, false])(
		'is an error where page numbers mean nothing (counts: %s)',
		async (tellsTotal) => {
			const list = listSource({ rows, pageSize: 10, tellsTotal });
			const { page } = list.source;
			const ignoring = {
				...list.source,
				page: async (range: typeof second, _page: number, size: number) =>
					await page(range, 1, size),
			};
			await expect(readAll(second, ignoring)).rejects.toThrow(IncompleteRead);
		},
	);
});
