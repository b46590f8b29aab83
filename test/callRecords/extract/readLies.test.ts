import fc from 'fast-check';

import { readRecords } from '../../../nodes/callRecords/extract/consumeOnce';
import { IncompleteRead, type Page } from '../../../nodes/callRecords/extract/verdict';
import { createRandom, type Random } from '../../vendors/random';
import { keep, listSource, readAll, type Row } from '../../support/listSource';

type Lie = (page: Page<Row>, random: Random) => Page<Row>;

/** What a server gets wrong. One thing at a time: two wrong things may agree, and then nobody can tell. */
const LIES: Record<string, Lie> = {
	'counts too many': (page, random) => ({ ...page, total: page.total! + random.whole(1, 30) }),
	'counts too few': (page, random) => ({
		...page,
		total: Math.max(0, page.total! - random.whole(1, 30)),
	}),
	'counts any number': (page, random) => ({ ...page, total: random.whole(0, 60) }),
	'leaves a row out': (page, random) => {
		const out = random.whole(0, Math.max(0, page.rows.length - 1));
		return keep(
			page,
			page.rows.filter((_row, i) => i !== out),
		);
	},
	'sends a row twice': (page, random) =>
		page.rows.length > 0 ? keep(page, [...page.rows, random.pick(page.rows)]) : page,
	'sends nothing, but counts': (page) => keep(page, []),
	'sends half': (page) => keep(page, page.rows.slice(0, Math.floor(page.rows.length / 2))),
	'names any page size': (page, random) => ({ ...page, pageSize: random.whole(0, 40) }),
};

const lists = fc.record({
	times: fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 80 }),
	pageSize: fc.integer({ min: 2, max: 25 }),
	order: fc.constantFrom('newest' as const, 'oldest' as const, 'shuffled' as const),
	reading: fc.constantFrom('newestFirst' as const, 'oldestFirst' as const),
	requestsAtOnce: fc.integer({ min: 1, max: 3 }),
	chance: fc.constantFrom(0.05, 0.3, 1),
	seed: fc.nat(),
});

describe.each(Object.entries(LIES))('a server that %s', (_what, lie) => {
	it('is read exactly, or not at all', async () => {
		let exact = 0;
		await fc.assert(
			fc.asyncProperty(lists, async ({ times, reading, requestsAtOnce, chance, seed, ...own }) => {
				const rows = times.map((at, i) => ({ id: `r${i}`, at }));
				const random = createRandom(seed);
				const list = listSource({
					...own,
					rows,
					spoil: (page) => (random.chance(chance) ? lie(page, random) : page),
				});
				const window = { from: 0, to: 200 };
				const read = await readAll(window, list.source, { order: reading, requestsAtOnce }).catch(
					(error: unknown) => error,
				);
				expect(list.requests.length).toBeLessThan(2000);
				if (read instanceof IncompleteRead) return;
				const { ids } = read as Awaited<ReturnType<typeof readAll>>;
				expect([...ids].sort()).toEqual(rows.map(({ id }) => id).sort());
				exact++;
			}),
			{ numRuns: 200, seed: 11 },
		);
		expect(exact).toBeGreaterThan(5);
	});
});

describe('a list that is handed over once', () => {
	/** Takes out of the list what it sends. */
	const once = (rows: Row[], options: object = {}) => {
		const left = [...rows];
		const list = listSource({ rows: left, pageSize: 10, ...options });
		const page = async (range: { from: number; to: number }, number: number, size: number) => {
			const answer = await list.source.page(range, number, size);
			if (answer !== 'tooMuch') {
				for (const { id } of answer.rows)
					left.splice(
						left.findIndex((row) => row.id === id),
						1,
					);
			}
			return answer;
		};
		return {
			left,
			requests: list.requests,
			source: { ...list.source, consumesOnRead: true, page },
		};
	};
	const drained = async (source: ReturnType<typeof once>['source'], wanted = () => Infinity) => {
		const ids: string[] = [];
		const read = readRecords({ from: 0, to: 500 }, source, {
			order: 'newestFirst',
			requestsAtOnce: 3,
			wanted,
		});
		for await (const part of read) ids.push(...part.ids);
		return ids;
	};

	it('is read to the end, nothing of it lost, whatever the server counts or clamps', async () => {
		const options = fc.record({
			pageSize: fc.integer({ min: 1, max: 20 }),
			clamp: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
			tellsTotal: fc.boolean(),
			order: fc.constantFrom('newest' as const, 'oldest' as const, 'shuffled' as const),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(500), { maxLength: 60 }), options, async (times, given) => {
				const rows = times.map((at, i) => ({ id: `r${i}`, at }));
				const { source, left, requests } = once(rows, given);
				expect((await drained(source)).sort()).toEqual(rows.map(({ id }) => id).sort());
				expect(left).toEqual([]);
				const size = Math.min(given.pageSize, given.clamp ?? Infinity);
				const fewest = Math.max(1, Math.ceil(rows.length / size));
				// Without a count only an empty answer shows that this is the end.
				expect(requests.length).toBeLessThanOrEqual(fewest + (given.tellsTotal ? 0 : 1));
				expect(new Set(requests.map((request) => request.page))).toEqual(new Set([1]));
			}),
		);
	});

	it('is left alone beyond what is wanted', async () => {
		const rows = Array.from({ length: 35 }, (_, i) => ({ id: `r${i}`, at: i }));
		const { source, left } = once(rows);
		let missing = 23;
		const ids: string[] = [];
		const read = readRecords({ from: 0, to: 500 }, source, {
			order: 'newestFirst',
			requestsAtOnce: 1,
			wanted: () => missing,
		});
		for await (const part of read) {
			ids.push(...part.ids);
			missing -= part.ids.length;
		}
		expect(ids).toHaveLength(23);
		expect(left).toHaveLength(12);
		expect(await drained(source, () => 0)).toEqual([]);
		expect(left).toHaveLength(12);
	});

	it.each<[string, object]>([
		[
			'the platform does not hand over what it counts',
			{ spoil: (page: Page<Row>) => keep(page, []) },
		],
		['the platform refuses the period', { tooMuch: 5 }],
	])('is an error when %s', async (_name, options) => {
		const rows = Array.from({ length: 35 }, (_, i) => ({ id: `r${i}`, at: i }));
		await expect(drained(once(rows, options).source)).rejects.toThrow(IncompleteRead);
	});
});
