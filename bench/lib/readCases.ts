import type { Page, Source } from '../../nodes/callRecords/extract/verdict';
import { readWindow } from '../../nodes/callRecords/extract/windowReader';
import { createRandom } from '../../test/vendors/random';

const DAY = 86_400;
const HOUR = 3600;
/** A Sunday evening, so that limited reads begin in a weekend. */
const TO = 20_003 * DAY + 22 * HOUR;

export type Sort =
	| 'by start, newest first'
	| 'by start, oldest first'
	| 'by end, newest first'
	| 'by end, oldest first'
	| 'by id, newest first'
	| 'by id, oldest first'
	| 'unsorted';

export interface ReadCase {
	shape: 'even' | 'office';
	days: number;
	records: number;
	pageSize: number;
	sort: Sort;
	isCounted: boolean;
	atOnce: number;
	order?: 'newestFirst' | 'oldestFirst';
	limit?: number;
}

const SORTS: Sort[] = [
	'by start, newest first',
	'by start, oldest first',
	'by end, newest first',
	'by end, oldest first',
	'by id, newest first',
	'by id, oldest first',
	'unsorted',
];

/** Every combination of what the lists hold. */
function combinations<T extends object>(table: { [K in keyof T]: Array<T[K]> }): T[] {
	return Object.entries(table as Record<string, unknown[]>).reduce<object[]>(
		(cases, [key, values]) =>
			cases.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
		[{}],
	) as T[];
}

export const READ_CASES = combinations<ReadCase>({
	shape: ['even', 'office'],
	days: [1, 7, 30, 90],
	records: [4000, 20_000, 100_000],
	pageSize: [100, 1000],
	sort: SORTS,
	isCounted: [true, false],
	atOnce: [1, 4],
});

export const LIMITED_CASES = combinations<ReadCase>({
	shape: ['even', 'office'],
	days: [1, 7, 14, 30, 90],
	records: [4000, 20_000],
	pageSize: [100, 1000],
	sort: SORTS,
	isCounted: [true, false],
	atOnce: [1, 4],
	limit: [10, 50, 150],
});

interface Call {
	id: string;
	at: number;
	/** What the list is sorted by. */
	key: number;
}

function callsOf({ shape, days, records, sort }: ReadCase, seed: number): Call[] {
	const random = createRandom(seed * 7919 + days * 31 + records);
	const calls: Call[] = [];
	while (calls.length < records) {
		const at = TO - random.whole(0, days * DAY - 1);
		if (shape === 'office' && !random.chance(busyness(at))) continue;
		calls.push({ id: `c${calls.length}`, at, key: 0 });
	}
	calls.sort((a, b) => a.at - b.at);
	for (const call of calls) call.key = keyOf(call.at, sort, random.next(), random.next());
	return calls;
}

/** Nights and Sundays are nearly silent. */
function busyness(at: number): number {
	const day = (Math.floor(at / DAY) + 4) % 7;
	const hour = Math.floor((at % DAY) / HOUR);
	if (hour < 7 || hour >= 20) return 0.03;
	const ofDay = { 0: 0.05, 6: 0.2 }[day] ?? 1;
	return ofDay * (hour >= 9 && hour < 18 && hour !== 12 ? 1 : 0.5);
}

/** A third of the calls lasts no time, some up to hours; ids are given within a minute of the start. */
function keyOf(at: number, sort: Sort, one: number, other: number): number {
	const sign = sort.endsWith('newest first') ? -1 : 1;
	if (sort === 'unsorted') return one;
	if (sort.startsWith('by start')) return sign * at;
	if (sort.startsWith('by id')) return sign * (at + 60 * one);
	const length = one < 0.3 ? 0 : Math.min(4 * HOUR, -150 * Math.log(1 - other));
	return sign * (at + length);
}

/** A platform's list in memory. */
function sourceOf(calls: Call[], { pageSize, isCounted }: ReadCase) {
	const place = (at: number) => {
		let low = 0;
		let high = calls.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (calls[middle].at < at) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	const state = { requests: 0 };
	const source: Source<string> = {
		pageSize,
		async page({ from, to }, page) {
			state.requests++;
			const matching = calls.slice(place(from), place(to + 1));
			matching.sort((a, b) => a.key - b.key);
			const rows = matching.slice((page - 1) * pageSize, page * pageSize);
			const reply: Page<string> = {
				rows: rows.map(({ id, at }) => ({ id, at, item: () => id })),
				total: isCounted ? matching.length : null,
				pageSize: null,
				hasMore: false,
			};
			return await Promise.resolve(reply);
		},
	};
	return { source, state };
}

/** One read, checked. */
export async function readCase(
	read: ReadCase,
	seed: number,
): Promise<{ requests: number; fewest: number }> {
	const calls = callsOf(read, seed);
	const { source, state } = sourceOf(calls, read);
	const window = { from: TO - read.days * DAY + 1, to: TO };
	const found = new Set<string>();
	let emitted = 0;
	const slices = readWindow(window, source, {
		order: read.order ?? 'newestFirst',
		requestsAtOnce: read.atOnce,
		...(read.limit === undefined ? {} : { wanted: () => (read.limit ?? 0) - emitted }),
	});
	for await (const { ids } of slices) {
		emitted += ids.length;
		for (const id of ids) found.add(id);
		if (emitted >= (read.limit ?? Infinity)) break;
	}
	const wanted = calls.slice(read.limit === undefined ? 0 : -read.limit);
	if (found.size !== emitted || wanted.some(({ id }) => !found.has(id))) {
		throw new Error(`wrong: ${JSON.stringify(read)}: ${found.size} of ${emitted}`);
	}
	return { requests: state.requests, fewest: Math.ceil(read.records / read.pageSize) };
}
