import type { Reply } from '../platform';
import type { Seconds, TimeRange } from '../time';

/** One row of a reply, as far as the reader has to know it. */
export interface PageRow<T> {
	/** Unique within the platform's host. */
	id: string;
	/** When the call began, on the platform's clock; null when the row does not say so in a readable way. */
	at: Seconds | null;
	/**
	 * What is kept of the row. Made only once its slice is verified, since many replies are read to size the next ones.
	 * Null where the row lies outside the window, but the platform's clock cannot keep it out.
	 */
	item(): T | null;
}

/** One reply: its rows, and what the vendor says of the whole. */
export interface Page<T> {
	rows: Array<PageRow<T>>;
	total: Reply['total'];
	pageSize: Reply['pageSize'];
	/** Whether the vendor says that there are more pages; null where it says nothing of it. */
	hasMore: boolean | null;
}

export interface Source<T> {
	/** One request for exactly this range; `tooMuch` when the platform refuses to answer for so much at a time. */
	page(range: TimeRange, page: number, pageSize: number): Promise<Page<T> | 'tooMuch'>;
	pageSize: number;
	/**
	 * What to ask for, to be sent all of a range, where the platform may read its ends in two ways; no less than the range.
	 * Without it every range is asked for as it is.
	 */
	reach?(range: TimeRange): TimeRange;
	/** The longest range one request may ask for. */
	maxRange?: Seconds;
	/** A record that was in one reply is in no later one. */
	consumesOnRead?: boolean;
}

export type ReadEvent =
	| { kind: 'slice'; range: TimeRange; records: number }
	| { kind: 'total'; total: number }
	| { kind: 'readAgain'; range: TimeRange }
	| { kind: 'smallerPages'; pageSize: number };

/** A slice of the window, whole: every record of it that one consistent answer held, each once. */
export interface ReadSlice<T> {
	range: TimeRange;
	items: T[];
	/** Of `items`, in their order. */
	ids: string[];
}

/** The platform's answers for a range contradict each other, so it cannot be known that nothing is missing. */
export class IncompleteRead extends Error {
	constructor(
		readonly range: TimeRange,
		message: string,
		/** What to do, where trying again does not help. */
		readonly advice?: string,
	) {
		super(message);
	}
}

/** How often a range is asked for again whose replies do not add up. */
export const READ_AGAIN = 2;

/** Counts at which servers are known to cut off without a word; a result of just such a size is read again in halves. */
const SUSPICIOUS_COUNTS = new Set([100, 500, 1000, 5000, 10_000]);
/** No server sends fewer rows than this at most. */
export const LEAST_LIMIT = 10;

export type Verdict = 'complete' | 'doubtful' | 'overflow' | 'contradiction';

/** What is known of how many rows a platform sends in one reply. */
export interface Limit {
	/** How many were asked for. */
	asked: number;
	/** At most so many come. Smaller than `asked` where a reply was cut short. */
	capacity: number;
	/** Of the replies so far, the longest: at least so many can come. */
	longest: number;
}

/**
 * What one reply to one request is worth. The vendor's total only raises an alarm; that everything fits is the evidence:
 *
 *     rows received        0 ......... longest ......... capacity
 *     counted              all of it, if as many as counted         cut short
 *     not counted          all of it     cut short, perhaps         cut short
 *     not counted, but     all of it     all of it                  cut short
 *     the vendor says
 *     when it cuts
 *
 * Where nothing is counted, a server may send fewer rows than it is asked for and not say so. A reply that is shorter
 * than another one was is not cut short. A longer one may be; its halves are shorter if it is not. What cannot be known:
 * that a server cuts replies short which counts nothing, and each time at another length, or at fewer than ten rows.
 */
export function judge(
	page: Pick<Page<unknown>, 'rows' | 'total' | 'hasMore'>,
	limit: Limit,
): Verdict {
	const { asked, capacity, longest } = limit;
	const received = page.rows.length;
	const records = new Set(page.rows.map(({ id }) => id)).size;
	if (page.total === null) {
		if (page.hasMore || received >= capacity) return 'overflow';
		if (page.hasMore === false || received < Math.max(LEAST_LIMIT, longest)) return 'complete';
		// Twice the same length is no chance.
		return received === longest ? 'overflow' : 'doubtful';
	}
	if (records < page.total) return received >= capacity ? 'overflow' : 'contradiction';
	if (records > page.total) return 'contradiction';
	if (page.hasMore) return 'overflow';
	const isRound = received === asked || received === capacity || SUSPICIOUS_COUNTS.has(received);
	return isRound ? 'doubtful' : 'complete';
}

/**
 * The rows, each record once: the same id and start twice is a record that changed meanwhile, and the later row counts.
 * @throws IncompleteRead when records that began at different times have the same id
 */
export function distinct<T>(range: TimeRange, rows: Array<PageRow<T>>): Array<PageRow<T>> {
	const found = new Map<string, PageRow<T>>();
	for (const row of rows) {
		const other = found.get(row.id);
		if (other && other.at !== row.at) throw sameId(range);
		found.set(row.id, row);
	}
	return [...found.values()];
}

export function sameId(range: TimeRange): IncompleteRead {
	return new IncompleteRead(
		range,
		'records that began at different times have the same id',
		'Ids that are used again cannot tell records apart. Ask the provider of the platform for unique ids, or read shorter periods.',
	);
}

/** Whether the row belongs to the range. What does not say when it began is taken to be where it was asked for. */
export function isWithin({ at }: Pick<PageRow<unknown>, 'at'>, { from, to }: TimeRange): boolean {
	return at === null || (at >= from && at <= to);
}

/** The rows of a slice as they are emitted. */
export function toSlice<T>(range: TimeRange, rows: Array<PageRow<T>>): ReadSlice<T> {
	const slice: ReadSlice<T> = { range, items: [], ids: [] };
	for (const row of rows) {
		const item = row.item();
		if (item === null) continue;
		slice.items.push(item);
		slice.ids.push(row.id);
	}
	return slice;
}
