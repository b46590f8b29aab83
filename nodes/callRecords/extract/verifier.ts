import type { Seconds, TimeRange } from '../time';
import { readSecond } from './singleSecond';
import {
	distinct,
	IncompleteRead,
	isWithin,
	judge,
	READ_AGAIN,
	type Page,
	type PageRow,
	type ReadEvent,
	type Source,
	type Verdict,
} from './verdict';

/**
 * What the platform's replies for a slice come to: all its rows; or that there are more than fit into one reply, and
 * what could be seen of them; or that the platform refuses to answer for so much.
 */
export type Answer<T> =
	| {
			kind: 'complete';
			rows: Array<PageRow<T>>;
			/** Rows of the reply that do not belong to the slice. */
			outside: Array<PageRow<T>>;
			total: number | null;
			/** How much more than the slice was asked for. */
			margin: Seconds;
	  }
	| { kind: 'overflow'; times: Seconds[]; total: number | null; isSuspicion: boolean }
	| { kind: 'tooMuch' };

export interface Verifier<T> {
	/**
	 * Asks for a slice until its replies add up.
	 * @param certain rows that an earlier reply has shown in the slice; 0 when there is none
	 * @throws IncompleteRead when they never do, or when the platform did not apply the times
	 */
	ask(slice: TimeRange, certain: number): Promise<Answer<T>>;
	/** The vendor's count of a range; null when it does not count. */
	count(range: TimeRange): Promise<number | null>;
	/** How many rows the platform is known to send in one reply. */
	capacity(): number;
	/** How much more than a slice is asked for by now. */
	margin(): Seconds;
}

/**
 * By how much more is asked for than a slice. A second at its end always, for some platforms take the end of a range
 * for excluded; rows of that second are dropped again. If rows lie further outside, the platform rounds the times of a
 * request, or goes by another time than the start: then so much is asked for on both sides that it does no harm.
 */
const MARGINS: Seconds[] = [1, 60, 3600, 4 * 3600, 86_400];

/** Rows that a slice was seen to hold, more than a quiet night's few. */
const FILLED = 3;

/** What is learnt of a platform while one window is read. */
interface Learnt {
	capacity: number;
	isClampLearnt: boolean;
	margin: Seconds;
}

export function createVerifier<T>(
	source: Source<T>,
	note: (event: ReadEvent) => void,
): Verifier<T> {
	const learnt: Learnt = { capacity: source.pageSize, isClampLearnt: false, margin: MARGINS[0] };
	return {
		capacity: () => learnt.capacity,
		margin: () => learnt.margin,
		async count(range) {
			const page = await source.page(withMargin(range, learnt.margin), 1, source.pageSize);
			return page === 'tooMuch' ? null : page.total;
		},
		async ask(slice, certain) {
			let received = -1;
			let isDoubted = certain >= FILLED;
			for (let again = 0; ;) {
				const asked = withMargin(slice, learnt.margin);
				const page = await source.page(asked, 1, source.pageSize);
				if (page === 'tooMuch') return tooMuch(slice, learnt);
				const rows = distinct(slice, page.rows);
				if (!isTimely(asked, rows, learnt)) {
					if (++again > READ_AGAIN) throw timesIgnored(slice);
					continue;
				}
				if (learnt.margin > asked.to - slice.to) continue;
				learnCapacity(page, rows.length, source.pageSize, learnt, note);
				const isSame = received === page.rows.length;
				received = page.rows.length;
				const isLast = again >= READ_AGAIN && isSame;
				const verdict = settle(
					judge(page, learnt.capacity, source.pageSize),
					page,
					isLast,
					learnt,
					note,
				);
				if (verdict === 'contradiction') {
					if (++again > READ_AGAIN) throw contradiction(slice, page);
					note({ kind: 'readAgain', range: slice });
					continue;
				}
				if (rows.length === 0 && isDoubted) {
					// It is believed the second time: calls are deleted, too.
					isDoubted = false;
					continue;
				}
				if (verdict === 'complete') return complete(slice, rows, page.total, learnt);
				if (slice.from === slice.to && learnt.margin === MARGINS[0]) {
					return complete(
						slice,
						await readSecond(asked, slice, page, source, note),
						page.total,
						learnt,
					);
				}
				return overflow(slice, rows, page.total, verdict === 'verify', learnt);
			}
		},
	};
}

function withMargin({ from, to }: TimeRange, margin: Seconds): TimeRange {
	return { from: margin > MARGINS[0] ? from - margin : from, to: to + margin };
}

function complete<T>(
	slice: TimeRange,
	rows: Array<PageRow<T>>,
	total: number | null,
	{ margin }: Learnt,
): Answer<T> {
	return {
		kind: 'complete',
		margin,
		rows: rows.filter((row) => isWithin(row, slice)),
		outside: rows.filter((row) => !isWithin(row, slice)),
		total,
	};
}

function overflow<T>(
	slice: TimeRange,
	rows: Array<PageRow<T>>,
	total: number | null,
	isSuspicion: boolean,
	{ margin }: Learnt,
): Answer<T> {
	if (margin > MARGINS[0] && slice.to - slice.from < margin) throw timesRounded(slice);
	const times = rows.filter((row) => isWithin(row, slice)).map(({ at }) => at);
	return {
		kind: 'overflow',
		times: times.filter((at) => at !== null),
		total,
		isSuspicion,
	};
}

function tooMuch(slice: TimeRange, { margin }: Learnt): { kind: 'tooMuch' } {
	if (slice.from === slice.to) {
		throw new IncompleteRead(slice, 'the platform refuses to answer even for a single second');
	}
	if (margin > MARGINS[0] && slice.to - slice.from < margin) throw timesRounded(slice);
	return { kind: 'tooMuch' };
}

/**
 * Whether the rows lie where they were asked for. If they lie a little outside, as with rounded times, the margin grows,
 * and the slice has to be asked for once more.
 */
function isTimely<T>(asked: TimeRange, rows: Array<PageRow<T>>, learnt: Learnt): boolean {
	const distances = rows.map(({ at }) => (at === null ? 0 : distance(at, asked)));
	const widest = MARGINS[MARGINS.length - 1];
	const near = distances.filter((seconds) => seconds <= widest);
	if (near.length < distances.length - near.length) return false;
	const furthest = near.reduce((a, b) => Math.max(a, b), 0);
	const margin = MARGINS.find((seconds) => seconds >= furthest) ?? widest;
	learnt.margin = Math.max(learnt.margin, margin);
	return true;
}

function distance(at: Seconds, { from, to }: TimeRange): Seconds {
	return Math.max(0, from - at, at - to);
}

/** The page size that counts is what the reply names, or what it holds although there is more. */
function learnCapacity<T>(
	page: Page<T>,
	records: number,
	asked: number,
	learnt: Learnt,
	note: (event: ReadEvent) => void,
): void {
	const full = page.hasMore && records > 0 ? records : Infinity;
	const named = page.pageSize !== null && page.pageSize > 0 ? page.pageSize : Infinity;
	if (Math.min(full, named) < learnt.capacity) {
		learnt.capacity = Math.min(full, named);
		note({ kind: 'smallerPages', pageSize: learnt.capacity });
	}
	// A reply with more than was taken for the limit: one that named less, or held less, was a mistake.
	learnt.capacity = Math.max(learnt.capacity, Math.min(records, asked));
}

/**
 * A server that always sends the same short answer sends fewer rows than it is asked for and does not say so. This is
 * learnt once; replies that shrink again are a contradiction.
 */
function settle<T>(
	verdict: Verdict,
	page: Page<T>,
	isLast: boolean,
	learnt: Learnt,
	note: (event: ReadEvent) => void,
): Verdict {
	const { length } = page.rows;
	const isShort = length > 0 && length < (page.total ?? 0);
	if (verdict !== 'contradiction' || !isShort || !isLast || learnt.isClampLearnt) return verdict;
	learnt.isClampLearnt = true;
	learnt.capacity = length;
	note({ kind: 'smallerPages', pageSize: length });
	return 'overflow';
}

function contradiction(slice: TimeRange, page: Page<unknown>): IncompleteRead {
	const records = new Set(page.rows.map(({ id }) => id)).size;
	return new IncompleteRead(
		slice,
		`the platform counts ${page.total} records but sends ${records}, also after reading again`,
	);
}

function timesIgnored(slice: TimeRange): IncompleteRead {
	return new IncompleteRead(
		slice,
		'the platform did not apply the times that were asked for; most of the records it sent began at other times',
		'Check the time zone in the credential and the filters. If they are right, report it to the platform.',
	);
}

function timesRounded(slice: TimeRange): IncompleteRead {
	return new IncompleteRead(
		slice,
		'the platform rounds the times that are asked for, and more records began around this time than one reply carries',
		'Choose a larger page size where there is one, or narrow the filters.',
	);
}
