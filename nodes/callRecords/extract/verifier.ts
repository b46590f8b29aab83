import type { Seconds, TimeRange } from '../time';
import { createTimeliness, type Timeliness } from './timeliness';
import { readSecond } from './singleSecond';
import {
	distinct,
	IncompleteRead,
	isWithin,
	judge,
	READ_AGAIN,
	type Limit,
	type Page,
	type PageRow,
	type ReadEvent,
	type Source,
	type Verdict,
} from './verdict';

/**
 * What the platform's replies for a slice come to: all its rows; or a reply that does not hold all of it, or perhaps
 * not, and when the calls it shows began; or that the platform refuses to answer for so much.
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
	| { kind: 'overflow'; times: Seconds[]; total: number | null }
	| { kind: 'doubtful'; times: Seconds[]; total: number | null }
	| { kind: 'tooMuch' };

export interface Verifier<T> {
	/**
	 * Asks for a slice until its replies add up.
	 * @param certain rows that an earlier reply has shown in the slice; 0 when there is none
	 * @param expected how many rows are expected in it; Infinity when nothing is known
	 * @throws IncompleteRead when they never do, or when the platform did not apply the times
	 */
	ask(slice: TimeRange, certain: number, expected?: number): Promise<Answer<T>>;
	/** The vendor's count of a range; null when it does not count. */
	count(range: TimeRange): Promise<number | null>;
	/** How many rows the platform is known to send in one reply. */
	capacity(): number;
	/** How much more than a slice is asked for by now. */
	margin(): Seconds;
}

/** Rows that a slice was seen to hold, more than a quiet night's few. */
const FILLED = 3;

/** A reply, and what it is worth. */
interface Judged<T> {
	/** What was asked for: the slice and a margin. */
	asked: TimeRange;
	page: Page<T>;
	rows: Array<PageRow<T>>;
	verdict: Verdict;
}

/** One whose rows and count do not contradict each other. */
type Consistent<T> = Judged<T> & { verdict: Exclude<Verdict, 'contradiction'> };

export function createVerifier<T>(
	source: Source<T>,
	note: (event: ReadEvent) => void,
): Verifier<T> {
	const { pageSize } = source;
	const timeliness = createTimeliness();
	const limit: Limit = { asked: pageSize, capacity: pageSize, longest: 0 };

	/** Asks until the rows lie where they were asked for, and says what the reply is worth. */
	async function askOnce(slice: TimeRange): Promise<Judged<T> | 'tooMuch'> {
		for (let strange = 0; ;) {
			const asked = timeliness.widen(slice);
			const page = await source.page(asked, 1, pageSize);
			if (page === 'tooMuch') return page;
			const rows = distinct(slice, page.rows);
			if (timeliness.isElsewhere(rows, asked)) {
				if (++strange > READ_AGAIN) throw timeliness.ignored(slice);
				continue;
			}
			// Rows of this slice, or of one that was asked for at the same time, show that more has to be asked for.
			if (timeliness.margin() > asked.to - slice.to) continue;
			learnNamed(page, limit, note);
			const verdict = judge(page, limit);
			limit.longest = Math.max(limit.longest, page.rows.length);
			return { asked, page, rows, verdict };
		}
	}

	async function ask(slice: TimeRange, certain: number, expected = 0): Promise<Answer<T>> {
		let last: Judged<T> | undefined;
		for (let attempt = 0; ; attempt++) {
			const judged = await askOnce(slice);
			if (judged === 'tooMuch') return tooMuch(slice, timeliness);
			if (isCutShort(judged, last, limit)) judged.verdict = 'overflow';
			if (isConsistent(judged)) {
				// Nothing in place of what was seen is taken for true the second time: calls are deleted, too.
				// Where nothing is counted, an empty reply has only what was expected to speak against it.
				const isCounted = judged.page.total !== null || !Number.isFinite(expected);
				const seen = isCounted ? certain : Math.max(certain, expected);
				const isMissing = judged.rows.length === 0 && seen >= FILLED;
				if (!isMissing || attempt > 0) return await answer(slice, judged);
			} else {
				if (attempt >= READ_AGAIN) throw contradiction(slice, judged.page);
				note({ kind: 'readAgain', range: slice });
			}
			last = judged;
		}
	}

	async function answer(slice: TimeRange, judged: Consistent<T>): Promise<Answer<T>> {
		const { asked, page, rows, verdict } = judged;
		const { total } = page;
		if (verdict === 'complete') return complete(slice, rows, total, timeliness.margin());
		if (slice.from === slice.to && !timeliness.isRounded()) {
			const all = await readSecond(asked, slice, page, source, note);
			return complete(slice, all, total, timeliness.margin());
		}
		timeliness.assertCuttable(slice);
		if (verdict === 'overflow') learnCut(page.rows.length, limit, note);
		const times = rows.filter((row) => isWithin(row, slice)).map(({ at }) => at);
		return { kind: verdict, times: times.filter((at) => at !== null), total };
	}

	return {
		ask,
		capacity: () => limit.capacity,
		margin: () => timeliness.margin(),
		async count(range) {
			const page = await source.page(timeliness.widen(range), 1, pageSize);
			return page === 'tooMuch' ? null : page.total;
		},
	};
}

function isConsistent<T>(judged: Judged<T>): judged is Consistent<T> {
	return judged.verdict !== 'contradiction';
}

function complete<T>(
	slice: TimeRange,
	rows: Array<PageRow<T>>,
	total: number | null,
	margin: Seconds,
): Answer<T> {
	return {
		kind: 'complete',
		margin,
		rows: rows.filter((row) => isWithin(row, slice)),
		outside: rows.filter((row) => !isWithin(row, slice)),
		total,
	};
}

function tooMuch(slice: TimeRange, timeliness: Timeliness): { kind: 'tooMuch' } {
	if (slice.from === slice.to) {
		throw new IncompleteRead(slice, 'the platform refuses to answer even for a single second');
	}
	timeliness.assertCuttable(slice);
	return { kind: 'tooMuch' };
}

/** The page size that the reply names counts, unless the reply itself holds more. */
function learnNamed(page: Page<unknown>, limit: Limit, note: (event: ReadEvent) => void): void {
	const { pageSize, rows } = page;
	if (pageSize !== null && pageSize > 0) learnCut(pageSize, limit, note);
	limit.capacity = Math.max(limit.capacity, Math.min(rows.length, limit.asked));
}

/** A reply of so many rows was cut short, so no more come at once. */
function learnCut(rows: number, limit: Limit, note: (event: ReadEvent) => void): void {
	if (rows === 0 || rows >= limit.capacity) return;
	limit.capacity = rows;
	note({ kind: 'smallerPages', pageSize: rows });
}

/**
 * A server that sends fewer rows than it counts, and as many when it is asked again, sends no more at once and does not
 * say so. That is learnt once, also in the middle of a read; one that sends fewer and fewer contradicts itself.
 */
function isCutShort<T>(
	{ verdict, page }: Judged<T>,
	last: Judged<T> | undefined,
	{ asked, capacity, longest }: Limit,
): boolean {
	const { length } = page.rows;
	const isShort = verdict === 'contradiction' && length > 0 && length < (page.total ?? 0);
	const isFirst = capacity === asked || length >= longest;
	return isShort && isFirst && length === last?.page.rows.length;
}

function contradiction(slice: TimeRange, page: Page<unknown>): IncompleteRead {
	const records = new Set(page.rows.map(({ id }) => id)).size;
	return new IncompleteRead(
		slice,
		`the platform counts ${page.total} records but sends ${records}, also after reading again`,
	);
}
