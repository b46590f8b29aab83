import { readRecords } from '../../../nodes/callRecords/extract/consumeOnce';
import {
	IncompleteRead,
	type Page,
	type ReadEvent,
	type Source,
} from '../../../nodes/callRecords/extract/verdict';

const WINDOW = { from: 100, to: 200 };

interface Options {
	count: number;
	pageSize?: number;
	tellsTotal?: boolean;
	spoil?(page: Page<string>, request: number): Page<string> | 'tooMuch';
}

const rowsOf = (ids: string[]) => ids.map((id) => ({ id, at: null, item: () => id }));

/** A list that hands each record over once. */
function handingOver({ count, pageSize = 10, tellsTotal = true, spoil }: Options) {
	const left = Array.from({ length: count }, (_, i) => `r${i}`);
	const asked: Array<{ page: number; size: number }> = [];
	const source: Source<string> = {
		pageSize,
		consumesOnRead: true,
		async page(range, page, size) {
			expect(range).toEqual(WINDOW);
			asked.push({ page, size });
			const total = tellsTotal ? left.length : null;
			const ids = left.splice(0, size);
			const reply = { rows: rowsOf(ids), total, pageSize: null, hasMore: false };
			return await Promise.resolve(spoil?.(reply, asked.length) ?? reply);
		},
	};
	return { source, asked, left };
}

async function readAll(source: Source<string>, limit = Infinity) {
	const events: ReadEvent[] = [];
	const ids: string[] = [];
	const parts = readRecords(WINDOW, source, {
		order: 'newestFirst',
		requestsAtOnce: 3,
		wanted: () => limit - ids.length,
		note: (event) => void events.push(event),
	});
	for await (const part of parts) {
		expect(part.range).toEqual(WINDOW);
		expect(part.items).toEqual(part.ids);
		ids.push(...part.ids);
	}
	return { ids, events };
}

describe('a list that hands each record over once', () => {
	it.each([
		[0, [10]],
		[1, [10]],
		[10, [10]],
		[11, [10, 10]],
		[25, [10, 10, 10]],
	])('of %i is read from the front, a page at a time', async (count, sizes) => {
		const { source, asked } = handingOver({ count });
		const { ids, events } = await readAll(source);
		expect(ids).toEqual(Array.from({ length: count }, (_, i) => `r${i}`));
		expect(asked).toEqual(sizes.map((size) => ({ page: 1, size })));
		expect(events[0]).toEqual({ kind: 'total', total: count });
		expect(events.filter(({ kind }) => kind === 'total')).toHaveLength(1);
		const records = events.map((event) => (event.kind === 'slice' ? event.records : 0));
		expect(records.reduce((a, b) => a + b)).toBe(count);
	});

	it('is read until nothing comes where nobody counts', async () => {
		const { source, asked } = handingOver({ count: 20, tellsTotal: false });
		const { ids, events } = await readAll(source);
		expect(ids).toHaveLength(20);
		expect(asked).toHaveLength(3);
		expect(events.some(({ kind }) => kind === 'total')).toBe(false);
	});

	it('gives no more than is wanted, and keeps the rest', async () => {
		const { source, asked, left } = handingOver({ count: 30 });
		expect((await readAll(source, 14)).ids).toHaveLength(14);
		expect(asked.map(({ size }) => size)).toEqual([10, 4]);
		expect(left).toHaveLength(16);
	});

	it('needs neither a limit nor a listener', async () => {
		const { source } = handingOver({ count: 12 });
		const ids: string[] = [];
		const options = { order: 'newestFirst' as const, requestsAtOnce: 1 };
		for await (const part of readRecords(WINDOW, source, options)) ids.push(...part.ids);
		expect(ids).toHaveLength(12);
	});

	it.each([
		['refuses', () => 'tooMuch' as const, 'refuses to answer for all of it at once'],
		[
			'sends none of what it counts',
			(page: Page<string>) => ({ ...page, rows: [], total: 7 }),
			'the platform counts 7 records but sends none',
		],
		[
			'sends the same again',
			(page: Page<string>) => ({ ...page, rows: rowsOf(['a', 'b']) }),
			'the platform sends the same records again',
		],
	])('is an error when it %s', async (_name, spoil, words) => {
		const { source } = handingOver({ count: 30, spoil });
		const reading = readAll(source);
		await expect(reading).rejects.toThrow(words);
		await expect(reading).rejects.toBeInstanceOf(IncompleteRead);
		await expect(reading).rejects.toMatchObject({ range: WINDOW });
	});

	it('may repeat some records next to new ones', async () => {
		const { source } = handingOver({
			count: 30,
			spoil: (page, request) =>
				request === 2 ? { ...page, rows: [...rowsOf(['r0']), ...page.rows] } : page,
		});
		expect(new Set((await readAll(source)).ids).size).toBe(30);
	});
});

it('any other list is read in parts', async () => {
	const ranges: unknown[] = [];
	const source: Source<string> = {
		pageSize: 10,
		async page(range) {
			ranges.push(range);
			const total = ranges.length === 1 ? 14 : 7;
			const ids = Array.from({ length: Math.min(10, total) }, (_, i) => `r${ranges.length}-${i}`);
			return await Promise.resolve({
				rows: rowsOf(ids),
				total,
				pageSize: null,
				hasMore: false,
			});
		},
	};
	const options = { order: 'newestFirst' as const, requestsAtOnce: 1 };
	for await (const { ids } of readRecords(WINDOW, source, options)) expect(ids).toHaveLength(7);
	expect(new Set(ranges.map((range) => JSON.stringify(range))).size).toBe(ranges.length);
	expect(ranges.length).toBeGreaterThan(2);
});
