import type { Seconds, TimeRange } from '../time';
import { CLOCK_AHEAD } from './calls';
import { BUCKET_SECONDS, bucketOf, countOf, type DedupeState } from './dedupe';
import type { PollState } from './pollState';

const HOUR = 3600;

/** How many legs are likely to have begun in a range, both ends included. */
export interface Estimate {
	range: TimeRange;
	legs: number;
}

export function floorToBucket(time: Seconds): Seconds {
	return Math.floor(time / BUCKET_SECONDS) * BUCKET_SECONDS;
}

/** How many legs of a range are remembered; the range is taken to whole buckets. */
export function knownCount(dedupe: DedupeState, range: TimeRange): number {
	let count = 0;
	for (let at = floorToBucket(range.from); at <= range.to; at += BUCKET_SECONDS) {
		count += countOf(dedupe, bucketOf(at));
	}
	return count;
}

/** Legs per second. */
export function rateOf(dedupe: DedupeState, from: Seconds, to: Seconds): number {
	return knownCount(dedupe, { from, to: to - 1 }) / (to - from);
}

/**
 * How the legs of a range are likely to lie in time, for the reader to size its requests by; nothing when one reply
 * should carry them all.
 */
export function estimates(
	state: PollState,
	range: TimeRange,
	capacity: number,
): Estimate[] | undefined {
	if (knownCount(state.dedupe, range) < 0.9 * capacity) return undefined;
	const unread = Math.max(range.from, floorToBucket(state.readTo));
	return [...ofReadTime(state, range, unread), ...ofUnreadTime(state, range, unread)];
}

function ofReadTime(state: PollState, range: TimeRange, unread: Seconds): Estimate[] {
	const found: Estimate[] = [];
	for (let from = range.from; from < Math.min(unread, range.to); from += BUCKET_SECONDS) {
		const to = Math.min(range.to, from + BUCKET_SECONDS - 1);
		found.push({ range: { from, to }, legs: countOf(state.dedupe, bucketOf(from)) });
	}
	return found;
}

/** Of the time to come there are legs only where the platform's clock is ahead. */
function ofUnreadTime(state: PollState, range: TimeRange, unread: Seconds): Estimate[] {
	if (range.to < unread) return [];
	const rate = rateOf(state.dedupe, unread - HOUR, unread);
	const ahead = Math.max(unread + 1, range.to - CLOCK_AHEAD + 1);
	const legs = Math.max(1, Math.ceil(rate * (ahead - unread)));
	const untilNow: Estimate = { range: { from: unread, to: ahead - 1 }, legs };
	return ahead <= range.to
		? [untilNow, { range: { from: ahead, to: range.to }, legs: 1 }]
		: [untilNow];
}
