import type { Seconds, TimeRange } from '../time';
import type { HourlyRate } from './hourlyRate';

export type Order = 'newestFirst' | 'oldestFirst';

/** Of a list that is only roughly sorted, so many rows lie far from where it ends. */
const STRAGGLERS = 0.05;
/** The least part of a range from which a sample of it comes. */
const SPREAD = 0.2;
/** No more of a range that did not fit, so that every cut gets ahead. */
const MOST_OF_OVERFLOW = 0.85;
/** Of a range that did not fit, where nobody says by how much. */
const UNKNOWN_SHARE = 0.5;

/** Two parts of a range: the one that is read first, and the rest, which may be empty. */
export interface Parts {
	near: TimeRange;
	far: TimeRange | null;
}

/** What one reply shows of a range that it does not hold. */
export interface Overflow {
	/** When the calls of the reply began. */
	times: Seconds[];
	/** How many there are in all; null where the platform does not count. */
	rows: number | null;
	/** How many rows the platform sends in one reply. */
	capacity: number;
}

/**
 * How full a reply is planned. Calls come at random, so a slice sized for n rows holds n ± 3√n; the rest of the room is
 * for hours that are busier than those learnt from.
 */
export function plannedFill(capacity: number): number {
	return Math.min(0.85, Math.max(0.5, 1 - 2.5 / Math.sqrt(capacity)));
}

/** The part of a range that should hold `room` rows, and the rest. */
export function cutToFit(range: TimeRange, room: number, rates: HourlyRate, order: Order): Parts {
	const rows = rates.isKnown() ? rates.expected(range) : 0;
	return rows > room ? divide(range, room / rows, rates, order) : { near: range, far: null };
}

/** The part of a range that did not fit, which is asked for next, as far as the count says how large it may be. */
export function cutOverflow(
	range: TimeRange,
	{ rows, capacity }: Overflow,
	rates: HourlyRate,
	order: Order,
): Parts {
	const share = rows === null ? UNKNOWN_SHARE : (plannedFill(capacity) * capacity) / rows;
	return divide(range, Math.min(MOST_OF_OVERFLOW, share), rates, order);
}

/** The part with about `share` of the rows. Both parts have a second at least, unless the range is a single one. */
function divide({ from, to }: TimeRange, share: number, rates: HourlyRate, order: Order): Parts {
	const oldestFirst = order === 'oldestFirst';
	const at = rates.at({ from, to }, oldestFirst ? share : 1 - share);
	return halve({ from, to }, at, order);
}

/** Two parts of a range, the later of which begins at `border`, or as near to it as both have something. */
export function halve({ from, to }: TimeRange, border: Seconds, order: Order): Parts {
	const at = Math.max(from + 1, Math.min(to, Math.floor(border)));
	const older = { from, to: at - 1 };
	const newer = { from: at, to };
	if (from === to) return { near: { from, to }, far: null };
	return order === 'oldestFirst' ? { near: older, far: newer } : { near: newer, far: older };
}

/**
 * The end of a range that a reply shows whole although it does not hold all of the range:
 *
 *     range            |------------------------------|
 *     rows, newest first            . . ... . .. . . .     (the reply ends here, at its oldest row)
 *     shown                          |----------------|
 *
 * The second of the last row may go on in the next reply, so it is not part of it. An only roughly sorted list shows a
 * little less, an unsorted one nothing. This sizes the next slice; it is verified by a reply of its own.
 * @param share how much of the rows to take at most
 */
export function shownPart(
	range: TimeRange,
	times: Seconds[],
	share = 1,
): { shown: TimeRange; isOldest: boolean } | null {
	const { direction, isExact } = directionOf(times);
	if (direction === 'unsorted') return null;
	const sorted = [...times].sort((a, b) => a - b);
	const left = Math.floor(sorted.length * (1 - Math.min(share, isExact ? 1 : 1 - STRAGGLERS)));
	const isOldest = direction === 'ascending';
	const shown = isOldest
		? // A request asks for one second more at its end.
			{ from: range.from, to: sorted[sorted.length - 1 - left] - 2 }
		: { from: sorted[left] + 1, to: range.to };
	return shown.from <= shown.to ? { shown, isOldest } : null;
}

interface Direction {
	direction: 'ascending' | 'descending' | 'unsorted';
	isExact: boolean;
}

/** Lists sorted by when calls ended, or by their ids, are roughly sorted by when they began. */
function directionOf(times: Seconds[]): Direction {
	const isSorted = (sign: number) =>
		times.every((time, i) => i === 0 || sign * (time - times[i - 1]) >= 0);
	if (times.length < 2 || times[0] === times[times.length - 1]) {
		return { direction: 'unsorted', isExact: false };
	}
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
