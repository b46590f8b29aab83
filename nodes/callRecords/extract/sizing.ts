import type { Seconds, TimeRange } from '../time';
import type { HourlyRate } from './hourlyRate';

export type Order = 'newestFirst' | 'oldestFirst';

/** A range of the window that is still to be read. */
export interface Unread {
	state: 'unread';
	range: TimeRange;
	/** How many rows the vendor counted in it, less those found or expected in what was cut off; null: not counted. */
	counted: number | null;
	/** It is known to hold at least so many. */
	atLeast: number;
}

/** What is asked for next. */
export interface Cut {
	range: TimeRange;
	/** How many rows it should hold. */
	expected: number;
	/** What it was cut off from, last. */
	origin: Unread;
	/** How many neighbours it takes up entirely. */
	used: number;
}

/** Of a list that is only roughly sorted, so many rows lie far from where it ends. */
const STRAGGLERS = 0.05;
/** A cut below this share of a reply is not worth a border. */
const SCRAP = 0.05;
/** The least part of a range from which a sample of it comes. */
const SPREAD = 0.2;
/** No further than this from a range that did not fit, so that every cut gets ahead. */
const MOST_OF_OVERFLOW = 0.85;

/**
 * How full a reply is planned. Calls come at random, so a slice sized for n rows holds n ± 3√n; the rest of the room is
 * for hours that are busier than those learnt from.
 */
export function plannedFill(capacity: number): number {
	return Math.min(0.85, Math.max(0.5, 1 - 2.5 / Math.sqrt(capacity)));
}

function expectedRows({ range, counted, atLeast }: Unread, rates: HourlyRate): number {
	return Math.max(atLeast, counted ?? (rates.isKnown() ? rates.expected(range) : 0));
}

/**
 * The next slice in reading order that should hold about `room` rows. It may take up several small neighbours whole.
 * `neighbours` follow each other without gaps; what is cut off one of them is taken out of it.
 */
export function cut(neighbours: Unread[], room: number, rates: HourlyRate, order: Order): Cut {
	let expected = 0;
	let used = 0;
	const taken: TimeRange[] = [];
	for (const unread of neighbours) {
		const rows = expectedRows(unread, rates);
		const free = room - expected;
		const share = rows > free ? Math.min(MOST_OF_OVERFLOW, free / rows) : 1;
		const isScrap = taken.length > 0 && share < 1 && share * rows < SCRAP * room;
		if (isScrap) break;
		const parts = share < 1 ? divide(unread.range, share, rates, order) : null;
		if (!parts) {
			// A single second cannot be cut; it waits if there is something before it.
			if (share < 1 && taken.length > 0) break;
			taken.push(unread.range);
			expected += rows;
			used++;
			if (share < 1) break;
			continue;
		}
		const part = (rows * rates.expected(parts.near)) / rates.expected(unread.range);
		unread.range = parts.far;
		unread.atLeast = 0;
		if (unread.counted !== null) unread.counted = Math.max(0, unread.counted - part);
		taken.push(parts.near);
		expected += part;
		break;
	}
	const from = Math.min(...taken.map((range) => range.from));
	const to = Math.max(...taken.map((range) => range.to));
	const origin = neighbours[Math.min(used, neighbours.length - 1)];
	return { range: { from, to }, expected, origin, used };
}

/** The part that is read first, with about `share` of the rows, and the rest; null for a single second. */
function divide(
	range: TimeRange,
	share: number,
	rates: HourlyRate,
	order: Order,
): { near: TimeRange; far: TimeRange } | null {
	const { from, to } = range;
	if (from === to) return null;
	const oldestFirst = order === 'oldestFirst';
	const border = Math.min(
		to - 1,
		Math.max(from, rates.at(range, oldestFirst ? share : 1 - share) - 1),
	);
	const older = { from, to: border };
	const newer = { from: border + 1, to };
	return oldestFirst ? { near: older, far: newer } : { near: newer, far: older };
}

/**
 * The part of a range that a reply shows whole although it does not hold all of the range:
 *
 *     range            |------------------------------|
 *     rows, newest first            . . ... . .. . . .     (the reply ends here, at its oldest row)
 *     shown                          |----------------|
 *
 * The second of the last row may go on in the next reply, so it is not part of it. An only roughly sorted list shows a
 * little less, an unsorted one nothing. This sizes the next slices; each is verified by a reply of its own.
 * @param share how much of the rows to take at most
 */
export function shownPart(range: TimeRange, times: Seconds[], share = 1): TimeRange | null {
	const sorted = [...times].sort((a, b) => a - b);
	const { length } = sorted;
	if (length === 0) return null;
	if (sorted[0] === sorted[length - 1]) return { from: sorted[0], to: sorted[0] };
	const { direction, isExact } = directionOf(times);
	const left = Math.floor(length * (1 - Math.min(share, isExact ? 1 : 1 - STRAGGLERS)));
	const shown = {
		descending: () => ({ from: sorted[left] + 1, to: range.to }),
		// A request asks for one second more at its end.
		ascending: () => ({ from: range.from, to: sorted[length - 1 - left] - 2 }),
		unsorted: () => null,
	}[direction]();
	return shown && shown.from <= shown.to ? shown : null;
}

interface Direction {
	direction: 'ascending' | 'descending' | 'unsorted';
	isExact: boolean;
}

/** Lists sorted by when calls ended, or by their ids, are roughly sorted by when they began. */
function directionOf(times: Seconds[]): Direction {
	const isSorted = (sign: number) =>
		times.every((time, i) => i === 0 || sign * (time - times[i - 1]) >= 0);
	if (isSorted(1)) return { direction: 'ascending', isExact: true };
	if (isSorted(-1)) return { direction: 'descending', isExact: true };
	const third = Math.floor(times.length / 3);
	const first = times.slice(0, third).sort((a, b) => a - b);
	const last = times.slice(-third).sort((a, b) => a - b);
	const few = Math.floor(third / 10);
	const isExact = false;
	if (third < 2) return { direction: 'unsorted', isExact };
	if (first[third - 1 - few] < last[few]) return { direction: 'ascending', isExact };
	if (first[few] > last[third - 1 - few]) return { direction: 'descending', isExact };
	return { direction: 'unsorted', isExact };
}

/** Whether the rows of an unsorted reply come from all over the range: most of them from more than a part of it. */
export function isSpread({ from, to }: TimeRange, times: Seconds[]): boolean {
	const sorted = [...times].sort((a, b) => a - b);
	const tenth = Math.floor(sorted.length / 10);
	if (tenth < 1) return false;
	return sorted[sorted.length - 1 - tenth] - sorted[tenth] > SPREAD * (to - from);
}
