import { createHourlyRate } from '../../../nodes/callRecords/extract/hourlyRate';
import { readWindow } from '../../../nodes/callRecords/extract/windowReader';
import { createRandom } from '../../vendors/random';
import {
	DAY,
	evenly,
	idsOf,
	listSource,
	ORDERS,
	readAll,
	sorted,
	type ListOptions,
	type Row,
} from '../../support/listSource';

const HOUR = 3600;

/** Most calls in two hours of a day, some in the others. */
function busyMorning(count: number): Row[] {
	const random = createRandom(count);
	return Array.from({ length: count }, (_, i) => ({
		id: `r${i}`,
		at: random.chance(0.8)
			? random.whole(DAY.from + 9 * HOUR, DAY.from + 11 * HOUR)
			: random.whole(DAY.from, DAY.to),
	}));
}

const SCENES: Record<string, Omit<ListOptions, 'rows'> & { rows?: Row[] }> = {
	counted: {},
	'counted, oldest first': { order: 'oldest' },
	'counted, in no order': { order: 'shuffled' },
	'not counted': { tellsTotal: false },
	'not counted, says whether there is more': { tellsTotal: false, tellsMore: true },
	'not counted, in no order': { tellsTotal: false, order: 'shuffled' },
	'sorted by end': { order: 'lastEnded' },
	'replies of half the size': { clamp: 20, tellsPageSize: 'real' },
	'replies of half the size, without a word': { clamp: 20 },
	'no more than 300 at a time': { tooMuch: 300 },
	'four hours at a time': { maxRange: 4 * HOUR },
	'a busy morning': { rows: busyMorning(1000) },
	'a busy morning, not counted': { rows: busyMorning(1000), tellsTotal: false },
	'a busy morning, in no order': { rows: busyMorning(1000), order: 'shuffled' },
	'a busy morning, not counted, in no order': {
		rows: busyMorning(1000),
		order: 'shuffled',
		tellsTotal: false,
	},
};

/**
 * What 1,000 records take at most, 40 in a reply, so 25 at least and 42 where each is planned to be as full as random
 * calls allow: reading newest first, oldest first, and with four requests at once.
 */
const MOST: Record<string, number> = {
	counted: 44,
	'counted, oldest first': 44,
	'counted, in no order': 68,
	'not counted': 44,
	'not counted, says whether there is more': 44,
	'not counted, in no order': 112,
	'sorted by end': 44,
	'replies of half the size': 104,
	'replies of half the size, without a word': 106,
	'no more than 300 at a time': 50,
	'four hours at a time': 52,
	'a busy morning': 72,
	'a busy morning, not counted': 64,
	'a busy morning, in no order': 70,
	'a busy morning, not counted, in no order': 96,
};

describe.each(Object.entries(SCENES))('1,000 records, %s', (name, scene) => {
	it.each([
		['newestFirst', 1],
		['oldestFirst', 1],
		['newestFirst', 4],
	] as const)('%s, %i at once', async (order, requestsAtOnce) => {
		const list = listSource({ rows: evenly(1000), pageSize: 40, ...scene });
		const { ids } = await readAll(DAY, list.source, { order, requestsAtOnce });
		expect(sorted(ids)).toEqual(idsOf(list.rows));
		expect(list.requests.length).toBeLessThanOrEqual(MOST[name]);
	});
});

describe('what is known of a window beforehand', () => {
	const rows = evenly(101);
	const ratesOf = (calls: number) => {
		const rates = createHourlyRate();
		for (let from = DAY.from; from <= DAY.to; from += HOUR) {
			rates.add({ from, to: from + 600 }, (calls / 24) * (600 / HOUR));
		}
		return rates;
	};

	it.each(ORDERS)('sizes the requests, %s', async (order) => {
		const list = listSource({ rows, pageSize: 80 });
		const { ids } = await readAll(DAY, list.source, { order, rates: ratesOf(100) });
		expect(sorted(ids)).toEqual(idsOf(rows));
		expect(list.requests).toHaveLength(2);
		const [{ range }] = list.requests;
		expect(range.to - range.from).toBeGreaterThan(10 * HOUR);
		expect(range.to - range.from).toBeLessThan(20 * HOUR);
	});

	it('leaves the whole window to one request where that should hold it', async () => {
		const list = listSource({ rows, pageSize: 150 });
		await readAll(DAY, list.source, { rates: ratesOf(100) });
		expect(list.requests).toHaveLength(1);
	});
});

describe('a count at which servers cut off', () => {
	it.each(ORDERS)('is made sure of with two more requests, %s', async (order) => {
		const list = listSource({ rows: evenly(100), pageSize: 1000 });
		const { parts } = await readAll(DAY, list.source, { order });
		expect(list.requests).toHaveLength(3);
		// Not halves: those of a round number are round again.
		const oldest = order === 'oldestFirst' ? 0 : 1;
		expect(parts.map(({ ids }) => ids.length)).toEqual(oldest === 0 ? [41, 59] : [59, 41]);
	});
});

describe('what a reader holds', () => {
	it.each([1, 2, 4])(
		'is bounded while the first part is awaited, with %i at once',
		async (atOnce) => {
			let letGo: () => void = () => undefined;
			const held = new Promise<void>((resolve) => (letGo = resolve));
			const list = listSource({
				rows: evenly(1000),
				pageSize: 20,
				before: async ({ number }) => {
					if (number === 2) await held;
				},
			});
			const reading = readAll(DAY, list.source, { requestsAtOnce: atOnce });
			for (let i = 0; i < 500; i++) await Promise.resolve();
			expect(list.requests.length).toBeLessThanOrEqual(1 + 2 * atOnce + 1);
			expect(list.requests.length).toBeGreaterThanOrEqual(1 + atOnce);
			letGo();
			expect(sorted((await reading).ids)).toEqual(idsOf(list.rows));
		},
	);
});

describe('a limit', () => {
	const read = async (limit: number, options: Partial<ListOptions>, requestsAtOnce = 4) => {
		const list = listSource({ rows: evenly(1000), pageSize: 40, ...options });
		let found = 0;
		const parts = readWindow(DAY, list.source, {
			order: 'newestFirst',
			requestsAtOnce,
			wanted: () => limit - found,
		});
		for await (const { ids } of parts) if ((found += ids.length) >= limit) break;
		expect(found).toBeGreaterThanOrEqual(limit);
		return list;
	};

	it.each([
		[1, 2],
		[20, 2],
		[40, 3],
		[60, 4],
		[100, 6],
	])('of %i takes at most %i requests', async (limit, most) => {
		expect((await read(limit, {})).requests.length).toBeLessThanOrEqual(most);
	});

	it('leaves days alone that it does not need', async () => {
		const list = await read(10, { maxRange: 4 * HOUR, pageSize: 400 });
		expect(list.requests).toHaveLength(1);
	});

	it('leaves the older half alone where a platform refuses to say so much', async () => {
		const list = await read(10, { tooMuch: 600, pageSize: 600 });
		for (const { range } of list.requests) expect(range.to).toBe(DAY.to + 1);
	});
});

describe('what is told of a read', () => {
	it.each([undefined, 5 * HOUR])(
		'is the count of the window, asked for in ranges of %p',
		async (maxRange) => {
			for (const order of ORDERS) {
				const list = listSource({ rows: evenly(150), pageSize: 20, maxRange });
				const { events } = await readAll(DAY, list.source, { order, requestsAtOnce: 2 });
				expect(events.filter(({ kind }) => kind === 'total')).toEqual([
					{ kind: 'total', total: 150 },
				]);
			}
		},
	);

	it('is the count that the records agree with', async () => {
		const { source } = listSource({
			rows: evenly(15),
			pageSize: 20,
			spoil: (page, { number }) => (number === 1 ? { ...page, total: 16 } : page),
		});
		const { events } = await readAll(DAY, source);
		expect(events.filter(({ kind }) => kind === 'total')).toEqual([{ kind: 'total', total: 15 }]);
	});

	it('is nothing of a count that was refused', async () => {
		const refusing = listSource({ rows: evenly(50), pageSize: 20, tooMuch: 30 });
		const { events } = await readAll(DAY, refusing.source);
		expect(events.filter(({ kind }) => kind === 'total')).toEqual([]);
	});

	it('is nothing of a count where there is none', async () => {
		const { source } = listSource({ rows: evenly(50), pageSize: 20, tellsTotal: false });
		const { events } = await readAll(DAY, source);
		expect(events.filter(({ kind }) => kind === 'total')).toEqual([]);
	});

	it.each(['real', undefined] as const)(
		'is once that replies are smaller than asked for, whether they say so: %s',
		async (tellsPageSize) => {
			const list = listSource({ rows: evenly(100), pageSize: 40, clamp: 16, tellsPageSize });
			const { events } = await readAll(DAY, list.source);
			expect(events.filter(({ kind }) => kind === 'smallerPages')).toEqual([
				{ kind: 'smallerPages', pageSize: 16 },
			]);
		},
	);

	it.each([0, -3])('is nothing of a page size of %i', async (pageSize) => {
		const list = listSource({
			rows: evenly(100),
			pageSize: 40,
			spoil: (page) => ({ ...page, pageSize }),
		});
		const { events, ids } = await readAll(DAY, list.source);
		expect(events.filter(({ kind }) => kind === 'smallerPages')).toEqual([]);
		expect(sorted(ids)).toEqual(idsOf(list.rows));
	});
});
