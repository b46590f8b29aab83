import type { TimeRange } from '../time';
import {
	distinct,
	IncompleteRead,
	READ_AGAIN,
	type Page,
	type PageRow,
	type ReadEvent,
	type Source,
} from './verdict';

const MAX_PAGES = 1000;

/** What is read by pages, kept for the other slices of the same hour, which are asked for like it. */
export interface Pages<T> {
	/** All rows of what is asked for; null when they were not read. */
	known(asked: TimeRange): Promise<Array<PageRow<T>>> | null;
	/** @param first the reply that did not hold all of it */
	read(asked: TimeRange, slice: TimeRange, first: Page<T>): Promise<Array<PageRow<T>>>;
	forget(): void;
}

export function createPages<T>(source: Source<T>, note: (event: ReadEvent) => void): Pages<T> {
	let last: { asked: TimeRange; rows: Promise<Array<PageRow<T>>> } | null = null;
	const known = ({ from, to }: TimeRange) =>
		last?.asked.from === from && last.asked.to === to ? last.rows : null;
	return {
		known,
		async read(asked, slice, first) {
			const rows = known(asked) ?? readPages(asked, slice, first, source, note);
			last = { asked, rows };
			return await rows;
		},
		forget: () => void (last = null),
	};
}

/**
 * More rows than a reply carries in one second, or in the hour in which clocks change: the only place where page numbers above 1 are used. The pages count if
 * their records are as many as the vendor counts, or, where it does not count, if page numbers are seen to work.
 * @param asked what is asked for to be sent all of the slice
 */
async function readPages<T>(
	asked: TimeRange,
	slice: TimeRange,
	first: Page<T>,
	source: Source<T>,
	note: (event: ReadEvent) => void,
): Promise<Array<PageRow<T>>> {
	let page: Page<T> | 'tooMuch' = first;
	for (let attempt = 0; attempt <= READ_AGAIN; attempt++) {
		if (attempt > 0) page = await source.page(asked, 1, source.pageSize);
		const rows = await allPages(asked, page, source);
		if (rows) return distinct(slice, rows);
		note({ kind: 'readAgain', range: slice });
	}
	throw new IncompleteRead(
		slice,
		'this time holds more records than one reply carries, and its pages do not add up',
	);
}

/** The rows of all pages; null when they do not add up. */
async function allPages<T>(
	asked: TimeRange,
	first: Page<T> | 'tooMuch',
	source: Source<T>,
): Promise<Array<PageRow<T>> | null> {
	const rows: Array<PageRow<T>> = [];
	const ids = new Set<string>();
	let page = first;
	for (let number = 1; number <= MAX_PAGES; number++) {
		if (number > 1) page = await source.page(asked, number, source.pageSize);
		if (page === 'tooMuch') return null;
		const before = ids.size;
		for (const row of page.rows) {
			rows.push(row);
			ids.add(row.id);
		}
		const { total } = page;
		if (total !== null && ids.size >= total) return ids.size === total ? rows : null;
		if (ids.size > before) continue;
		// The second page is the first once more: page numbers mean nothing here, or there is none.
		const isRepeated = number === 2 && page.rows.length > 0;
		return total === null && !isRepeated ? rows : null;
	}
	return null;
}
