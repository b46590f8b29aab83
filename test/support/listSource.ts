import {
	IncompleteRead,
	type Page,
	type PageRow,
	type ReadEvent,
	type Source,
} from '../../nodes/callRecords/extract/verdict';
import { readWindow, type ReadOptions } from '../../nodes/callRecords/extract/windowReader';
import type { TimeRange } from '../../nodes/callRecords/time';

export interface Row {
	id: string;
	at: number;
}

export interface ListOptions {
	rows: Row[];
	pageSize?: number;
	maxRange?: number;
	/** How rows lie in a page. */
	order?: 'newest' | 'oldest' | 'lastEnded' | 'shuffled';
	/** The server never sends more than this, whatever is asked for. */
	clamp?: number;
	/** The reply tells the page size that counts, or repeats the one asked for. */
	tellsPageSize?: 'real' | 'asked';
	tellsTotal?: boolean;
	tellsMore?: boolean;
	/** Whether the second that a request ends with belongs to it. */
	end?: 'inclusive' | 'exclusive';
	/** What the server makes of the times of a request. */
	understood?(range: TimeRange): TimeRange;
	/** More records than this at a time are refused. */
	tooMuch?: number;
	/** Runs before each request is answered. */
	before?(request: ListRequest): void | Promise<void>;
	/** Changes the answer. */
	spoil?(page: Page<Row>, request: ListRequest): Page<Row>;
}

export interface ListRequest {
	/** From 1. */
	number: number;
	range: TimeRange;
	page: number;
}

/** A platform's list in memory, as a source for the reader. */
export function listSource(options: ListOptions) {
	const { rows, pageSize = 10, order = 'newest' } = options;
	const requests: ListRequest[] = [];
	let atOnce = 0;
	const list = {
		requests,
		rows,
		mostAtOnce: 0,
		source: {
			pageSize,
			maxRange: options.maxRange,
			async page(range, page, size) {
				const request = { number: requests.length + 1, range, page };
				requests.push(request);
				list.mostAtOnce = Math.max(list.mostAtOnce, ++atOnce);
				await options.before?.(request);
				await Promise.resolve();
				atOnce--;
				const { from, to } = options.understood?.(range) ?? range;
				const last = options.end === 'exclusive' ? to - 1 : to;
				const matching = rows
					.filter(({ at }) => at >= from && at <= last)
					.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
				if (matching.length > (options.tooMuch ?? Infinity)) return 'tooMuch';
				if (order === 'newest') matching.reverse();
				if (order === 'lastEnded') matching.sort((a, b) => endOf(b) - endOf(a));
				if (order === 'shuffled') matching.sort((a, b) => (hash(a.id) < hash(b.id) ? -1 : 1));
				const length = Math.min(size, options.clamp ?? size);
				const items = matching.slice((page - 1) * length, page * length);
				const answer: Page<Row> = {
					rows: items.map(pageRow),
					total: options.tellsTotal === false ? null : matching.length,
					pageSize: options.tellsPageSize
						? { real: length, asked: size }[options.tellsPageSize]
						: null,
					hasMore: options.tellsMore === true ? matching.length > page * length : null,
				};
				return options.spoil?.(answer, request) ?? answer;
			},
		} satisfies Source<Row>,
	};
	return list;
}

/** The page with other rows. */
export function keep(page: Page<Row>, rows: Array<PageRow<Row>>): Page<Row> {
	return { ...page, rows };
}

function pageRow(row: Row): PageRow<Row> {
	return { id: row.id, at: row.at, item: () => row };
}

/** Calls last up to ten minutes. */
function endOf({ at, id }: Row): number {
	return at + (hash(id) % 600);
}

function hash(text: string): number {
	let mixed = 7;
	for (const letter of text) mixed = (mixed * 31 + letter.charCodeAt(0)) % 1_000_003;
	return (mixed * 7919) % 1_000_003;
}

/** Everything a window holds, part by part, as the reader hands it on. */
export async function readAll(
	window: TimeRange,
	source: Source<Row>,
	options: Partial<ReadOptions> = {},
) {
	const events: ReadEvent[] = [];
	const parts: Array<{ range: TimeRange; ids: string[] }> = [];
	const read = readWindow(window, source, {
		order: 'newestFirst',
		requestsAtOnce: 1,
		note: (event) => void events.push(event),
		...options,
	});
	for await (const { range, items, ids } of read) {
		expect(items.map(({ id }) => id)).toEqual(ids);
		parts.push({ range, ids });
	}
	return { parts, ids: parts.flatMap((part) => part.ids), events };
}

export const DAY = { from: 1_000_000, to: 1_086_399 };
export const ORDERS = ['newestFirst', 'oldestFirst'] as const;

/** So many rows, evenly through the time. */
export function evenly(count: number, { from, to } = DAY): Row[] {
	return Array.from({ length: count }, (_, i) => ({
		id: `r${i}`,
		at: from + Math.floor(((i + 0.5) * (to - from + 1)) / count),
	}));
}

export const sorted = (ids: string[]) => [...ids].sort();
export const idsOf = (rows: Row[]) => sorted(rows.map(({ id }) => id));

/** The error a read ends with. */
export async function failureOf(list: ReturnType<typeof listSource>): Promise<IncompleteRead> {
	const error: unknown = await readAll(DAY, list.source).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(IncompleteRead);
	return error as IncompleteRead;
}
