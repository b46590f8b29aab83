import type { Seconds, TimeRange } from '../time';
import { CLOCK_AHEAD, type CallRules } from './calls';
import { BUCKET_SECONDS } from './dedupe';
import { floorToBucket, knownCount, rateOf } from './estimate';
import { RECHECK_AGES, type PollState } from './pollState';

export interface PollOptions {
	/** Null = as long as one reply carries, from 1 to 24 hours. */
	lookBackSeconds: Seconds | null;
	includeUpdates: boolean;
	/** Rows one reply carries. */
	capacity: number;
	/** The most items one poll emits. */
	most: number;
	/** This process; a new one each time n8n starts. */
	process: string;
	/** Null: each leg is emitted by itself. */
	calls: CallRules | null;
}

/** A window that a poll reads: from one ten minutes on until before another, but for the newest. */
export interface PollWindow {
	range: TimeRange;
	/** Which re-check this is; null for the newest calls. */
	recheck: number | null;
	/** A count that has not changed is enough: the rows need not be read. */
	countSuffices: boolean;
}

const HOUR = 3600;
const DAY = 86_400;
const LONGEST_STRIDE = 22 * HOUR;
/** A poll does so many re-checks, and more where more are due than a few such polls could do. */
const RECHECKS_A_POLL = 4;
const POLLS_TO_CATCH_UP = 4;

/** How far back every poll reads. */
export function lookBack(state: PollState, now: Seconds, options: PollOptions): Seconds {
	return options.lookBackSeconds ?? carriedByReply(state, now, options);
}

/** As long as one reply carries, at least an hour, at most a day. */
function carriedByReply(state: PollState, now: Seconds, options: PollOptions): Seconds {
	const rate = Math.max(
		rateOf(state.dedupe, now - DAY, now),
		rateOf(state.dedupe, now - 2 * HOUR, now),
	);
	const carried = Math.floor((0.7 * options.capacity) / Math.max(rate, 1e-9));
	return Math.min(DAY, Math.max(HOUR, carried - (options.calls?.longestSeconds ?? 0)));
}

/** What is to be read in this poll, the most urgent first. */
export function plan(state: PollState, now: Seconds, options: PollOptions): PollWindow[] {
	const back = lookBack(state, now, options);
	const near = { from: now - back, to: now };
	const isBusy = knownCount(state.dedupe, near) > 0.9 * options.capacity;
	const isQuick = isBusy && state.polls % 2 === 1 && options.lookBackSeconds === null;
	const wanted = isQuick ? now - back / 8 : near.from;
	const from = Math.max(floorToBucket(Math.min(wanted, state.readTo)), floorToBucket(state.since));
	const longest = Math.max(back, HOUR) + CLOCK_AHEAD + 2 * BUCKET_SECONDS;
	const newest = cut({ from, to: now + CLOCK_AHEAD }, longest);
	const stride = floorToBucket(Math.min(carriedByReply(state, now, options), LONGEST_STRIDE));
	return [
		...newest.map((range): PollWindow => ({ range, recheck: null, countSuffices: false })),
		...rechecks(state, now, stride),
	];
}

/**
 * Re-checks that are due: a stride is, when its oldest call reaches the age, so that every call is read again at least
 * once in each day of its age. The first re-check reads; the ones after it are content with the count.
 */
function rechecks(state: PollState, now: Seconds, stride: Seconds): PollWindow[] {
	// The first poll reads everything anyhow, and how long a stride should be is known only after it.
	if (state.polls <= 1) return [];
	const due: Array<{ at: Seconds; window: PollWindow }> = [];
	RECHECK_AGES.forEach((age, recheck) => {
		const first = floorToBucket(state.recheckedTo[recheck]);
		for (let from = first; from + age <= now; from += stride) {
			const range = { from, to: from + stride - 1 };
			due.push({ at: from + age, window: { range, recheck, countSuffices: recheck > 0 } });
		}
	});
	const most = Math.max(RECHECKS_A_POLL, Math.ceil(due.length / POLLS_TO_CATCH_UP));
	return due
		.sort((a, b) => a.at - b.at)
		.slice(0, most)
		.map(({ window }) => window);
}

function cut(range: TimeRange, longest: Seconds): TimeRange[] {
	const ranges: TimeRange[] = [];
	const stride = Math.max(BUCKET_SECONDS, floorToBucket(longest));
	for (let from = range.from; from <= range.to; from += stride) {
		ranges.push({ from, to: Math.min(range.to, from + stride - 1) });
	}
	return ranges;
}

/**
 * What has to be read to know the calls of a window whole: their other legs may have begun before and after it.
 *
 *     |<- longest ->|<---- window ---->|<- longest ->|
 *          A1             A2  B1              B2
 */
export function widened(range: TimeRange, now: Seconds, calls: CallRules | null): TimeRange {
	const longest = calls?.longestSeconds ?? 0;
	const latest = Math.max(range.to, now + CLOCK_AHEAD);
	return { from: range.from - longest, to: Math.min(latest, range.to + longest) };
}

/** A window is done: what comes next begins where it ended. Changes `state`. */
export function moveOn(state: PollState, { range, recheck }: PollWindow): void {
	if (recheck === null) state.readTo = Math.max(state.readTo, range.to + 1);
	else state.recheckedTo[recheck] = range.to + 1;
}

/** A clock that was set back: what was read beyond its present time has to be read again. Changes `state`. */
export function setBack(state: PollState, now: Seconds): void {
	state.readTo = Math.min(state.readTo, now);
	// A trigger that was activated by a clock that was ahead would otherwise emit nothing until that time.
	state.since = Math.min(state.since, now);
	state.recheckedTo = state.recheckedTo.map((to, i) =>
		Math.min(to, Math.max(state.since, now - RECHECK_AGES[i] + LONGEST_STRIDE)),
	);
}
