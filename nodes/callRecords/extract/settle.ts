import type { Seconds, TimeRange } from '../time';
import type { HourlyRate } from './hourlyRate';
import { addBeyond, type Tally } from './reconcile';
import { isSpread, type Samples } from './samples';
import {
	cutOverflow,
	halve,
	plannedFill,
	quantile,
	shownPart,
	type Order,
	type Parts,
} from './sizing';
import type { PageRow } from './verdict';
import type { Answer, Verifier } from './verifier';

/** Where to cut a doubtful reply: not in the middle, for halves of a round number are often round again. */
const DOUBTFUL_SHARE = 0.41;

/** What the replies to earlier slices have taught. */
export interface Learnt<T> {
	order: Order;
	verifier: Verifier<T>;
	rates: HourlyRate;
	samples: Samples;
}

/** A piece of the range. Together they cover what is not emitted yet, in reading order and without gaps. */
export type Slot<T> = Unread | Asked | Done<T>;

export interface Unread {
	state: 'unread';
	range: TimeRange;
}

export interface Asked {
	state: 'asked';
	range: TimeRange;
	/** How many rows it should hold. */
	expected: number;
	/** The rows that an earlier reply has shown in it, where that reply showed all of it. */
	shown: number | null;
}

export interface Done<T> {
	state: 'done';
	range: TimeRange;
	rows: Array<PageRow<T>>;
}

export const unread = (range: TimeRange): Unread => ({ state: 'unread', range });

export function asked(range: TimeRange, expected = Infinity, shown: number | null = null): Asked {
	return { state: 'asked', range, expected, shown };
}

/** What takes the place of a slice once it is known what the platform answers: it covers the same range. */
export function settle<T>(
	slot: Asked,
	answer: Answer<T>,
	tally: Tally,
	read: Learnt<T>,
): Array<Slot<T>> {
	const { range, expected, shown } = slot;
	if (answer.kind === 'tooMuch') return both(halve(range, (range.from + range.to) / 2, read.order));
	if (answer.kind === 'overflow') return smaller(slot, answer, read);
	if (answer.kind === 'doubtful') {
		const border = quantile(answer.times, DOUBTFUL_SHARE) ?? range.to;
		return both(halve(range, border, read.order));
	}
	const { rows, outside, margin } = answer;
	const times = rows.map(({ at }) => at).filter((at) => at !== null);
	if (shown === null) read.rates.learn(range, times);
	read.samples.learn(range, rows.length, read.rates);
	addBeyond(tally, outside);
	tally.verified.push({ range, expected, found: rows.length, margin });
	return [{ state: 'done', range, rows }];
}

/** Each part is asked for by itself. */
function both<T>({ near, far }: Parts): Array<Slot<T>> {
	return [asked(near), ...(far ? [asked(far)] : [])];
}

/**
 * A slice that did not fit: the end that the reply shows is asked for as it is, and what is learnt sizes the rest. Where
 * the list is not sorted, the first part is asked for.
 */
function smaller<T>(
	{ range, shown: known }: Asked,
	{ times, total }: { times: Seconds[]; total: number | null },
	{ rates, samples, verifier, order }: Learnt<T>,
): Array<Slot<T>> {
	const capacity = verifier.capacity();
	// More than one reply holds, whatever was counted.
	const rows = total === null ? null : Math.max(total, capacity + 1);
	if (rows !== null && !rates.isKnown()) rates.add(range, rows);
	const shown = shownPart(range, times, known === null ? 1 : plannedFill(capacity));
	if (!shown) {
		// Rows from all over the range are a sample; from one place they only say how the list is sorted.
		if (isSpread(range, times)) {
			if (rows === null) samples.add(range, times);
			else rates.learn(range, times, times.length / rows);
		}
		const { near, far } = cutOverflow(range, times, rows, capacity, order);
		return [asked(near), ...(far ? [unread(far)] : [])];
	}
	const seen = times.filter((at) => at >= shown.from && at <= shown.to);
	if (known === null) rates.learn(shown, seen);
	const isOldest = shown.from === range.from;
	const rest = isOldest
		? { from: shown.to + 1, to: range.to }
		: { from: range.from, to: shown.from - 1 };
	const slots: Array<Slot<T>> = [asked(shown, seen.length, seen.length), unread(rest)];
	return isOldest === (order === 'oldestFirst') ? slots : slots.reverse();
}
