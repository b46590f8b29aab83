import type { TimeRange } from '../time';
import { IncompleteRead, READ_AGAIN, type Page, type ReadEvent, type Source } from './verdict';

const MAX_PAGES_IN_A_SECOND = 1000;

/** More rows in one second than a reply carries: the only place where page numbers are used. */
export async function readSecond<T>(
	range: TimeRange,
	first: Page<T>,
	source: Source<T>,
	note: (event: ReadEvent) => void,
): Promise<{ items: T[]; ids: string[] }> {
	let page: Page<T> | 'tooMuch' = first;
	for (let attempt = 0; attempt <= READ_AGAIN; attempt++) {
		const found = new Map<string, T>();
		let total: number | null = null;
		let isRepeated = false;
		for (let number = 1; number <= MAX_PAGES_IN_A_SECOND; number++) {
			if (number > 1 || attempt > 0) page = await source.page(range, number, source.pageSize);
			if (page === 'tooMuch') break;
			const before = found.size;
			page.ids.forEach((id, i) => found.set(id, (page as Page<T>).items[i]));
			total = page.total;
			// Where it ends so, the second page was the first once more: page numbers mean nothing here, or there is none.
			isRepeated = number === 2 && page.ids.length > 0;
			if (found.size === before || (total !== null && found.size >= total)) break;
		}
		if (page !== 'tooMuch' && (total === null ? !isRepeated : found.size === total)) {
			return { items: [...found.values()], ids: [...found.keys()] };
		}
		note({ kind: 'readAgain', range });
	}
	throw new IncompleteRead(
		range,
		'this second holds more records than one reply carries, and its pages do not add up',
	);
}
