import fc from 'fast-check';

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

const rounded = (step: number) => ({
	down: ({ from, to }: TimeRange) => ({
		from: Math.floor(from / step) * step,
		to: Math.floor(to / step) * step,
	}),
	outwards: ({ from, to }: TimeRange) => ({
		from: Math.floor(from / step) * step,
		to: Math.ceil(to / step) * step,
	}),
});

describe('the end of a range', () => {
	const lists = fc.record({
		times: fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 80 }),
		pageSize: fc.integer({ min: 2, max: 25 }),
		order: fc.constantFrom(
			'newest' as const,
			'oldest' as const,
			'lastEnded' as const,
			'shuffled' as const,
		),
		end: fc.constantFrom('inclusive' as const, 'exclusive' as const),
		tellsTotal: fc.boolean(),
		clamp: fc.option(fc.integer({ min: 2, max: 12 }), { nil: undefined }),
		reading: fc.constantFrom(...ORDERS),
		requestsAtOnce: fc.integer({ min: 1, max: 4 }),
		to: fc.integer({ min: 0, max: 200 }),
	});

	it('may be included or excluded: every row comes once, and none from outside', async () => {
		await fc.assert(
			fc.asyncProperty(lists, async ({ times, reading, requestsAtOnce, to, ...own }) => {
				const rows = times.map((at, i) => ({ id: `r${i}`, at }));
				const clamp = own.tellsTotal ? own.clamp : undefined;
				const list = listSource({ ...own, clamp, rows });
				const { ids } = await readAll({ from: 0, to }, list.source, {
					order: reading,
					requestsAtOnce,
				});
				expect(sorted(ids)).toEqual(idsOf(rows.filter(({ at }) => at <= to)));
				expect(list.requests.length).toBeLessThan(1000);
			}),
			{ numRuns: 200, seed: 8 },
		);
	});
});

describe('a platform that rounds times', () => {
	const window = { from: DAY.from + 17, to: DAY.to - 31 };
	const inside = (rows: Row[]) => rows.filter(({ at }) => at >= window.from && at <= window.to);

	it.each([
		['down', 'newestFirst'],
		['down', 'oldestFirst'],
		['outwards', 'newestFirst'],
		['outwards', 'oldestFirst'],
	] as const)('to minutes, %s, is read whole, %s', async (way, order) => {
		for (const tellsTotal of [true, false]) {
			const rows = evenly(4000, { from: DAY.from - 7200, to: DAY.to + 7200 });
			const list = listSource({ rows, pageSize: 100, tellsTotal, understood: rounded(60)[way] });
			const { ids } = await readAll(window, list.source, { order, requestsAtOnce: 3 });
			expect(sorted(ids)).toEqual(idsOf(inside(rows)));
			expect(list.requests.length).toBeLessThan(80);
		}
	});

	it('to days is read whole where one reply holds those days', async () => {
		const rows = evenly(80, { from: DAY.from - 200_000, to: DAY.to + 200_000 });
		const hour = { from: DAY.from + 40_000, to: DAY.from + 43_599 };
		const list = listSource({ rows, pageSize: 100, understood: rounded(86_400).outwards });
		const { ids } = await readAll(hour, list.source);
		expect(ids).toEqual(
			rows.filter(({ at }) => at >= hour.from && at <= hour.to).map(({ id }) => id),
		);
		expect(list.requests.length).toBeLessThanOrEqual(4);
	});

	it('to days is one error where a reply does not hold them', async () => {
		const rows = evenly(3000, { from: DAY.from - 200_000, to: DAY.to + 200_000 });
		const list = listSource({ rows, pageSize: 100, understood: rounded(86_400).outwards });
		const error = await readAll(DAY, list.source).then(
			() => null,
			(thrown: unknown) => thrown,
		);
		expect(error).toBeInstanceOf(IncompleteRead);
		expect(String(error)).toMatch(/rounds the times|did not apply the times/);
		expect(list.requests.length).toBeLessThanOrEqual(20);
	});
});

describe('a platform that ignores times', () => {
	const all = () => ({ from: -Infinity, to: Infinity });

	it.each([1200, 20])('is one error after a few requests, %i records', async (count) => {
		const old = { from: DAY.from - 40 * 86_400, to: DAY.from - 39 * 86_400 };
		const list = listSource({ rows: evenly(count, old), pageSize: 1000, understood: all });
		const error = await failureOf(list);
		expect(error.message).toContain('did not apply the times');
		expect(list.requests.length).toBeLessThanOrEqual(5);
	});

	it.each(ORDERS)('over months, is one error, %s', async (order) => {
		const months = { from: DAY.from - 90 * 86_400, to: DAY.to + 86_400 };
		const list = listSource({ rows: evenly(5000, months), pageSize: 100, understood: all });
		await expect(readAll(DAY, list.source, { order })).rejects.toThrow(IncompleteRead);
		expect(list.requests.length).toBeLessThanOrEqual(20);
	});
});

describe('ids that are used again', () => {
	it.each([100, 5000])('are an error, not a loss, %i in a reply', async (pageSize) => {
		const rows = evenly(3000).map(({ at }, i) => ({ id: `r${i % 1500}`, at }));
		const error = await failureOf(listSource({ rows, pageSize }));
		expect(error.message).toContain('the same id');
	});
});

describe('a stretch that is answered with nothing', () => {
	const stretch = { from: DAY.from + 30_000, to: DAY.from + 45_000 };
	const silent = (times: number) => {
		let left = times;
		return listSource({
			rows: evenly(3000),
			pageSize: 100,
			spoil: (page, { range }) => {
				const isIn = range.from >= stretch.from && range.to <= stretch.to;
				return isIn && left-- > 0 ? { ...page, rows: [], total: 0 } : page;
			},
		});
	};

	it('always, is an error that names the counts', async () => {
		const error = await failureOf(silent(Infinity));
		expect(error.message).toMatch(/counts 3000 records but sends \d+, also after reading again/);
		expect(error.range).toEqual(DAY);
	});

	it.each(ORDERS)('once, is read again, %s', async (order) => {
		const list = silent(2);
		const { ids } = await readAll(DAY, list.source, { order });
		expect(sorted(ids)).toEqual(idsOf(list.rows));
	});
});

describe('a period without end', () => {
	it('ends tomorrow, and takes no time', async () => {
		const list = listSource({ rows: evenly(200), pageSize: 50, order: 'shuffled' });
		const before = performance.now();
		const year9999 = { from: 0, to: 253_402_300_799 };
		expect(sorted((await readAll(year9999, list.source)).ids)).toEqual(idsOf(list.rows));
		const latest = Math.max(...list.requests.map(({ range }) => range.to));
		expect(latest).toBeLessThanOrEqual(Date.now() / 1000 + 86_402);
		expect(performance.now() - before).toBeLessThan(20_000);
		expect(list.requests.length).toBeLessThan(60);
	});

	it('is empty where it begins after tomorrow', async () => {
		const list = listSource({ rows: [] });
		const { ids } = await readAll({ from: 4e9, to: 5e9 }, list.source);
		expect(ids).toEqual([]);
		expect(list.requests).toEqual([]);
	});
});
