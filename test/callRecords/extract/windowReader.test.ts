import fc from 'fast-check';

import type { Page } from '../../../nodes/callRecords/extract/verdict';
import { createRandom } from '../../vendors/random';
import {
	DAY,
	evenly,
	failureOf,
	idsOf,
	keep,
	listSource,
	ORDERS,
	readAll,
	sorted,
	type ListOptions,
	type Row,
} from '../../support/listSource';

describe('a window that does not change', () => {
	const lists = fc.record({
		times: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 120 }),
		to: fc.integer({ min: 0, max: 500 }),
		pageSize: fc.integer({ min: 1, max: 25 }),
		order: fc.constantFrom(
			'newest' as const,
			'oldest' as const,
			'lastEnded' as const,
			'shuffled' as const,
		),
		clamp: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
		tells: fc.constantFrom('total', 'both', 'asked', 'more'),
		maxRange: fc.option(fc.integer({ min: 20, max: 300 }), { nil: undefined }),
		tooMuch: fc.option(fc.integer({ min: 60, max: 200 }), { nil: undefined }),
		reading: fc.constantFrom(...ORDERS),
		requestsAtOnce: fc.integer({ min: 1, max: 4 }),
		isWatched: fc.boolean(),
	});

	it('is read whole, each record once, in parts that follow each other without gaps', async () => {
		await fc.assert(
			fc.asyncProperty(lists, async (given) => {
				const { times, to, tells, reading, requestsAtOnce, isWatched, ...options } = given;
				const rows = times.map((at, i) => ({ id: `r${i}`, at }));
				const most = Math.max(
					0,
					...times.map((at) => times.filter((other) => other === at).length),
				);
				fc.pre(most <= (options.tooMuch ?? Infinity));
				const list = listSource({
					...options,
					rows,
					tellsTotal: tells !== 'more',
					tellsMore: tells === 'more' || tells === 'both',
					tellsPageSize: { total: undefined, both: 'real', asked: 'asked', more: undefined }[tells],
					before({ number }) {
						if (number > 2000) throw new Error('this takes for ever');
					},
				} as ListOptions);
				const { parts, ids } = await readAll({ from: 0, to }, list.source, {
					order: reading,
					requestsAtOnce,
					...(isWatched ? {} : { note: undefined }),
				});
				expect(sorted(ids)).toEqual(idsOf(rows.filter(({ at }) => at <= to)));
				const ranges = parts.map(({ range }) => range);
				if (reading === 'newestFirst') ranges.reverse();
				expect(ranges[0].from).toBe(0);
				expect(ranges[ranges.length - 1].to).toBe(to);
				for (let i = 1; i < ranges.length; i++) expect(ranges[i].from).toBe(ranges[i - 1].to + 1);
				expect(list.mostAtOnce).toBeLessThanOrEqual(requestsAtOnce);
			}),
			{ numRuns: 300, seed: 4 },
		);
	});

	it.each([0, 1, 19])('costs one request for %i records of 20', async (count) => {
		const list = listSource({ rows: evenly(count), pageSize: 20 });
		const { ids, parts } = await readAll(DAY, list.source);
		expect(sorted(ids)).toEqual(idsOf(list.rows));
		expect(parts.map(({ range }) => range)).toEqual([DAY]);
		expect(list.requests).toEqual([
			{ number: 1, range: { from: DAY.from, to: DAY.to + 1 }, page: 1 },
		]);
	});

	it('is not believed to end where a reply is exactly full', async () => {
		// A server that cuts off at 20 and counts only what it sends.
		const list = listSource({
			rows: evenly(33),
			pageSize: 20,
			spoil: (page) => ({ ...page, total: page.rows.length }),
		});
		expect(sorted((await readAll(DAY, list.source)).ids)).toEqual(idsOf(list.rows));
	});

	it.each([100, 500, 1000, 5000, 10_000])(
		'is not believed to end at %i records, where servers cut off',
		async (cut) => {
			for (const tellsTotal of [true, false]) {
				const list = listSource({
					rows: evenly(cut + 77),
					pageSize: 20_000,
					clamp: cut,
					spoil: (page) => ({ ...page, total: tellsTotal ? page.rows.length : null }),
				});
				expect(sorted((await readAll(DAY, list.source)).ids)).toEqual(idsOf(list.rows));
			}
		},
	);

	it.each([99, 101])('is believed to end at %i records', async (count) => {
		const list = listSource({ rows: evenly(count), pageSize: 20_000 });
		await readAll(DAY, list.source);
		expect(list.requests).toHaveLength(1);
	});

	it('tells what it did', async () => {
		const list = listSource({ rows: evenly(50), pageSize: 20 });
		const { events, parts } = await readAll(DAY, list.source);
		expect(events.filter(({ kind }) => kind === 'total')).toEqual([{ kind: 'total', total: 50 }]);
		expect(events.filter(({ kind }) => kind === 'slice')).toEqual(
			expect.arrayContaining(
				parts.map(({ range, ids }) => ({ kind: 'slice', range, records: ids.length })),
			),
		);
		expect(events.filter(({ kind }) => kind === 'readAgain')).toEqual([]);
	});
});

describe('a platform that refuses to say so much at a time', () => {
	it('is asked for less', async () => {
		const list = listSource({ rows: evenly(100), pageSize: 30, tooMuch: 40 });
		expect(sorted((await readAll(DAY, list.source)).ids)).toEqual(idsOf(list.rows));
	});

	it('is an error when it refuses a single second', async () => {
		const error = await failureOf(listSource({ rows: evenly(5), tooMuch: -1 }));
		expect(error.message).toBe('the platform refuses to answer even for a single second');
		expect(error.range.from).toBe(error.range.to);
	});
});

describe('smaller pages than asked for', () => {
	it.each([
		['the reply says so', 'real'],
		['the reply repeats what was asked', 'asked'],
		['the reply says nothing', undefined],
	] as const)('are noticed: %s', async (_name, tellsPageSize) => {
		const list = listSource({ rows: evenly(200), pageSize: 40, clamp: 16, tellsPageSize });
		const { ids, events } = await readAll(DAY, list.source);
		expect(sorted(ids)).toEqual(idsOf(list.rows));
		expect(events).toContainEqual({ kind: 'smallerPages', pageSize: 16 });
		expect(list.requests.length).toBeLessThan(35);
	});

	const cut = (page: Page<Row>, length: number) => keep(page, page.rows.slice(0, length));

	it('are not taken for granted when they differ', async () => {
		const list = listSource({
			rows: evenly(100),
			pageSize: 40,
			spoil: (page, { number }) => cut(page, 10 + (number % 3)),
		});
		expect((await failureOf(list)).message).toContain('counts 100 records but sends');
	});

	it('are learnt once: replies that shrink again are an error', async () => {
		const list = listSource({
			rows: evenly(100),
			pageSize: 40,
			spoil: (page, { number }) => cut(page, number > 5 ? 4 : 16),
		});
		expect((await failureOf(list)).message).toContain('but sends 4, also after reading again');
	});

	it.each([1, 3])('that came by mistake, of %i, do not stay', async (clamp) => {
		const list = listSource({
			rows: evenly(400),
			pageSize: 40,
			spoil: (page, { number }) => (number < 3 ? cut(page, clamp) : page),
		});
		expect(sorted((await readAll(DAY, list.source)).ids)).toEqual(idsOf(list.rows));
		expect(list.requests.length).toBeLessThan(list.rows.length);
	});
});

describe('counts that contradict the records', () => {
	const lying = (times: number, by: number) => {
		let left = times;
		return listSource({
			rows: evenly(30),
			pageSize: 40,
			tellsPageSize: 'asked',
			spoil: (page) => (left-- > 0 ? { ...page, total: (page.total ?? 0) + by } : page),
		});
	};

	it.each([1, -1, -30])('are asked for again (%i), and are fine in the end', async (by) => {
		const list = lying(1, by);
		const { ids, events } = await readAll(DAY, list.source);
		expect(sorted(ids)).toEqual(idsOf(list.rows));
		expect(list.requests).toHaveLength(2);
		expect(events).toContainEqual({ kind: 'readAgain', range: DAY });
	});

	it('are an error that names the range and the counts when they stay', async () => {
		const list = lying(Infinity, -2);
		const error = await failureOf(list);
		expect(error.message).toBe(
			'the platform counts 28 records but sends 30, also after reading again',
		);
		expect(error.range).toEqual(DAY);
		expect(list.requests).toHaveLength(3);
	});
});

describe('an answer of nothing where records were counted', () => {
	it.each(ORDERS)('is asked for again, reading %s', async (order) => {
		for (let lie = 2; lie <= 10; lie++) {
			const list = listSource({
				rows: evenly(100),
				pageSize: 20,
				spoil: (page, { number }) => (number === lie ? { ...page, rows: [], total: 0 } : page),
			});
			const { ids } = await readAll(DAY, list.source, { order });
			expect(sorted(ids)).toEqual(idsOf(list.rows));
		}
	});

	it('is believed the second time', async () => {
		const rows = evenly(100);
		let deleted = 0;
		const list = listSource({
			rows,
			pageSize: 20,
			before: ({ number, range }) => {
				if (number !== 3) return;
				deleted = rows.filter(({ at }) => at >= range.from && at <= range.to).length;
				rows.splice(0, rows.length, ...rows.filter(({ at }) => at < range.from || at > range.to));
			},
		});
		const { ids } = await readAll(DAY, list.source);
		expect(deleted).toBeGreaterThan(5);
		expect(sorted(ids)).toEqual(idsOf(rows));
	});
});

describe('rows twice in one reply', () => {
	it('are handed on once', async () => {
		const list = listSource({
			rows: evenly(55),
			pageSize: 20,
			spoil: (page) => ({
				...page,
				rows: [...page.rows, ...page.rows.slice(0, 2)],
			}),
		});
		const { ids } = await readAll(DAY, list.source);
		expect(sorted(ids)).toEqual(idsOf(list.rows));
	});
});

describe('a list that changes while it is read', () => {
	it.each(ORDERS)('gets ahead of rows that keep coming at one place, reading %s', async (order) => {
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
	});

	it.each(ORDERS)('misses no row that stays, reading %s', async (order) => {
		for (let seed = 1; seed <= 60; seed++) {
			const random = createRandom(seed);
			const rows = evenly(150);
			const before = idsOf(rows);
			let added = 0;
			const list = listSource({
				rows,
				pageSize: 15,
				order: random.pick(['newest', 'oldest', 'shuffled']),
				before: () => {
					rows.push({ id: `new${++added}`, at: random.whole(DAY.from, DAY.to) });
					if (random.chance(0.7)) rows.splice(random.whole(0, rows.length - 1), 1);
				},
			});
			const { ids } = await readAll(DAY, list.source, { order, requestsAtOnce: 3 });
			const stable = before.filter((id) => rows.some((row) => row.id === id));
			expect(stable.filter((id) => !ids.includes(id))).toEqual([]);
			expect(new Set(ids).size).toBe(ids.length);
		}
	});
});

describe('a limit', () => {
	const wantedOf = (limit: number) => {
		let got = 0;
		return { wanted: () => limit - got, take: (count: number) => (got += count) };
	};

	it.each([1, 5, 20, 45])('of %i records costs few requests of a long window', async (limit) => {
		const list = listSource({ rows: evenly(2000), pageSize: 50 });
		const { wanted, take } = wantedOf(limit);
		const { readWindow } = await import('../../../nodes/callRecords/extract/windowReader');
		const found: string[] = [];
		const parts = readWindow(DAY, list.source, { order: 'newestFirst', requestsAtOnce: 4, wanted });
		for await (const part of parts) {
			found.push(...part.ids);
			take(part.ids.length);
			if (wanted() <= 0) break;
		}
		expect(found.length).toBeGreaterThanOrEqual(limit);
		const newest = idsOf(list.rows.slice(-found.length));
		expect(sorted(found)).toEqual(newest);
		expect(list.requests.length).toBeLessThanOrEqual(3);
	});

	it('that is met asks nothing', async () => {
		const list = listSource({ rows: evenly(10) });
		await readAll(DAY, list.source, { wanted: () => 0 });
		expect(list.requests).toEqual([]);
	});
});

it('hands on the error of a request, and that of no other one that is under way', async () => {
	const list = listSource({
		rows: evenly(200),
		pageSize: 20,
		before: async ({ number }) => {
			await Promise.resolve();
			if (number > 3) throw new Error(`request ${number} failed`);
		},
	});
	await expect(readAll(DAY, list.source, { requestsAtOnce: 4 })).rejects.toThrow(
		/request \d failed/,
	);
});
