import type { Reply } from '../platform';
import type { Seconds, TimeRange } from '../time';

/** What the reader has to know of one page: rows by their ids, when they began, and what the vendor says of the whole. */
export interface Page<T> {
	items: T[];
	/** Of `items`, in their order. */
	ids: string[];
	/** On the platform's clock. Rows whose start cannot be read are left out. */
	times: Seconds[];
	total: Reply['total'];
	pageSize: Reply['pageSize'];
	hasMore: boolean;
}

export interface Source<T> {
	/** One request; `tooMuch` when the platform refuses to answer for so much at a time. */
	page(range: TimeRange, page: number, pageSize: number): Promise<Page<T> | 'tooMuch'>;
	pageSize: number;
	/** The longest range one request may ask for. */
	maxRange?: Seconds;
	/** A record that was in one reply is in no later one. */
	consumesOnRead?: boolean;
}

export type ReadEvent =
	| { kind: 'part'; range: TimeRange; records: number }
	| { kind: 'total'; total: number }
	| { kind: 'readAgain'; range: TimeRange }
	| { kind: 'smallerPages'; pageSize: number };

/** A part of the window, whole: every record of it that one consistent answer held, each once. */
export interface ReadPart<T> {
	range: TimeRange;
	items: T[];
	ids: string[];
}

/** The platform's answers contradict each other for a range, so it cannot be known that nothing is missing. */
export class IncompleteRead extends Error {
	constructor(
		readonly range: TimeRange,
		message: string,
	) {
		super(message);
	}
}

/** How often a range is asked for again whose replies do not add up. */
export const READ_AGAIN = 2;

/** Counts at which servers are known to cut off without a word; a result of just such a size is read again in halves. */
const SUSPICIOUS_COUNTS = new Set([100, 500, 1000, 5000, 10_000]);

export type Verdict = 'complete' | 'verify' | 'overflow' | 'contradiction';

/** What one reply to one question is worth. The vendor's total is an alarm; that everything fits is the proof. */
export function judge(
	page: Pick<Page<unknown>, 'ids' | 'total' | 'hasMore'>,
	capacity: number,
	asked: number,
): Verdict {
	const received = page.ids.length;
	const rows = new Set(page.ids).size;
	if (page.total === null) {
		if (page.hasMore || received >= capacity) return 'overflow';
		return SUSPICIOUS_COUNTS.has(received) ? 'verify' : 'complete';
	}
	if (rows < page.total) return received >= capacity ? 'overflow' : 'contradiction';
	if (rows > page.total) return 'contradiction';
	if (page.hasMore) return 'overflow';
	return received === asked || received === capacity || SUSPICIOUS_COUNTS.has(received)
		? 'verify'
		: 'complete';
}

/** The records of a reply, each once. */
export function distinct<T>(items: T[], ids: string[]): { items: T[]; ids: string[] } {
	if (new Set(ids).size === ids.length) return { items, ids };
	const found = new Map(ids.map((id, i) => [id, items[i]]));
	return { items: [...found.values()], ids: [...found.keys()] };
}
