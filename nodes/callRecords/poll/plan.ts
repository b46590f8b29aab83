import type { Seconds, TimeRange } from '../time';
import {
	BUCKET_SECONDS,
	bucketOf,
	compare,
	condense,
	countOf,
	forget,
	remember,
	resum,
	startOfBucket,
	type Change,
	type Seen,
	type Trace,
} from './dedupe';

/** What a trigger keeps between polls. JSON; every change of its meaning gets a new `version`. */
export interface FollowState {
	version: 1;
	/** Of credential and filters: with others, other calls are meant, and the trigger starts anew. */
	fingerprint: string;
	/** No call that began before is handed on: it was there, or of no interest, when the trigger started. */
	since: Seconds;
	/** All that began before has been looked at once. */
	readTo: Seconds;
	seen: Seen;
	/** For each later look: what began before has had it. */
	lookedTo: Seconds[];
	/** Polls since the start; busy platforms get the whole look-back every second time. */
	polls: number;
	/** The last batch, until the process that handed it on lives to poll again. */
	handed: Handed | null;
}

export interface Handed {
	/** Which process handed it on. */
	by: string;
	/** Id hashes by the ten minutes in which the calls began. */
	ids: Record<string, string[]>;
}

export interface FollowOptions {
	/** Null = as long as one reply carries, from 1 to 24 hours. */
	lookBackSeconds: Seconds | null;
	includeUpdates: boolean;
	/** Rows one reply carries. */
	capacity: number;
	/** The most records one poll hands on, unless ten minutes of more than a day ago hold more. */
	most: number;
	/** This process; a new one each time n8n starts. */
	process: string;
}

/** One window to read in a poll. */
export interface Look {
	range: TimeRange;
	/** Which later look this is, or the first. */
	kind: 'first' | number;
	/** A count that has not changed is enough: the rows need not be read. */
	countSuffices: boolean;
}

const HOUR = 3600;
const DAY = 86_400;
/**
 * Ages at which a window is looked at again, since some calls are published only after days. A little less than days,
 * so that a call which appears late is found within 24 hours. The ages are those of a window's first call, and its last
 * may be 22 hours younger: it takes the eighth look to find a call that appears after six days.
 */
const LATER_LOOKS = [1, 2, 3, 4, 5, 6, 7, 8].map((looks) => looks * 23 * HOUR);
const LONGEST_STRIDE = 22 * HOUR;
/** Calls are remembered one by one for so long, and as sums until the last of the later looks is over. */
const EXACT_SECONDS = 26 * HOUR;
/** Static data of n8n is written as a whole with every batch: 12,000 calls take some 170 kB. */
const MOST_EXACT = 12_000;
/** A system's clock may be ahead of n8n's. */
const AHEAD = 900;
const LATER_LOOKS_A_POLL = 4;

export function startState(fingerprint: string, since: Seconds): FollowState {
	return {
		version: 1,
		fingerprint,
		since,
		readTo: since,
		seen: { exact: {}, summed: {} },
		lookedTo: LATER_LOOKS.map(() => since),
		polls: 0,
		handed: null,
	};
}

/** How far back every poll looks: as long as one reply carries, at least an hour, at most a day. */
export function lookBack(state: FollowState, now: Seconds, options: FollowOptions): Seconds {
	if (options.lookBackSeconds !== null) return options.lookBackSeconds;
	const rate = Math.max(
		rateOf(state.seen, now - DAY, now),
		rateOf(state.seen, now - 2 * HOUR, now),
	);
	return Math.min(DAY, Math.max(HOUR, Math.floor((0.7 * options.capacity) / Math.max(rate, 1e-9))));
}

/** A time range, and how many calls are known in it. */
export interface Stretch extends TimeRange {
	rows: number;
}

/**
 * What is known of how the calls of a look lie in time, for the reader to size its requests by; nothing when one reply
 * should carry them all.
 */
export function knownStretches(
	state: FollowState,
	range: TimeRange,
	capacity: number,
): Stretch[] | undefined {
	const known = knownCount(state.seen, range);
	if (known < 0.9 * capacity) return undefined;
	const stretches: Stretch[] = [];
	const unread = Math.max(range.from, floorToBucket(state.readTo));
	for (let from = range.from; from < Math.min(unread, range.to); from += BUCKET_SECONDS) {
		const to = Math.min(range.to, from + BUCKET_SECONDS - 1);
		stretches.push({
			from,
			to,
			rows: countOf(state.seen, bucketOf(from)),
		});
	}
	if (range.to >= unread) {
		const rate = rateOf(state.seen, unread - HOUR, unread);
		// Behind `ahead` there are calls only where the system's clock is ahead; a reply without any is no surprise there.
		const ahead = Math.max(unread + 1, range.to - AHEAD + 1);
		const rows = Math.max(1, Math.ceil(rate * (ahead - unread)));
		stretches.push({ from: unread, to: ahead - 1, rows });
		if (ahead <= range.to) stretches.push({ from: ahead, to: range.to, rows: 1 });
	}
	return stretches;
}

function rateOf(seen: Seen, from: Seconds, to: Seconds): number {
	return knownCount(seen, { from, to: to - 1 }) / (to - from);
}

/** How many calls of a range are remembered; the range is taken to whole buckets. */
export function knownCount(seen: Seen, range: TimeRange): number {
	let count = 0;
	for (let at = floorToBucket(range.from); at <= range.to; at += BUCKET_SECONDS) {
		count += countOf(seen, bucketOf(at));
	}
	return count;
}

/** What is to be read in this poll, the most urgent first. Spans begin and end with buckets, but for the newest. */
export function plan(state: FollowState, now: Seconds, options: FollowOptions): Look[] {
	const back = lookBack(state, now, options);
	const near = { from: now - back, to: now };
	const isBusy = knownCount(state.seen, near) > 0.9 * options.capacity;
	const isQuick = isBusy && state.polls % 2 === 1 && options.lookBackSeconds === null;
	const wanted = isQuick ? now - back / 8 : near.from;
	const from = Math.max(floorToBucket(Math.min(wanted, state.readTo)), floorToBucket(state.since));
	return [
		...cut({ from, to: now + AHEAD }, Math.max(back, HOUR) + AHEAD + 2 * BUCKET_SECONDS).map(
			(range): Look => ({ range, kind: 'first', countSuffices: false }),
		),
		...laterLooks(
			state,
			now,
			Math.max(BUCKET_SECONDS, floorToBucket(Math.min(back, LONGEST_STRIDE))),
		),
	];
}

/**
 * Looks that are due: a stride is, when its oldest call reaches the age, so that every call is looked at again at least
 * once in each day of its age. The first of them reads; the ones after it are content with the count.
 */
function laterLooks(state: FollowState, now: Seconds, stride: Seconds): Look[] {
	const looks: Look[] = [];
	LATER_LOOKS.forEach((age, i) => {
		for (
			let from = floorToBucket(state.lookedTo[i]);
			from + age <= now && looks.length < LATER_LOOKS_A_POLL;
			from += stride
		) {
			looks.push({
				range: { from, to: from + stride - 1 },
				kind: i,
				countSuffices: i > 0,
			});
		}
	});
	return looks;
}

function cut(range: TimeRange, longest: Seconds): TimeRange[] {
	const ranges: TimeRange[] = [];
	const stride = Math.max(BUCKET_SECONDS, floorToBucket(longest));
	for (let from = range.from; from <= range.to; from += stride) {
		ranges.push({ from, to: Math.min(range.to, from + stride - 1) });
	}
	return ranges;
}

function floorToBucket(time: Seconds): Seconds {
	return Math.floor(time / BUCKET_SECONDS) * BUCKET_SECONDS;
}

/** A poll that has begun: the batch that a crashed process may not have delivered counts as not handed on. */
export function beginPoll(state: FollowState, options: FollowOptions): FollowState {
	const next = structuredClone(state);
	if (next.handed && next.handed.by !== options.process) {
		for (const [bucket, ids] of Object.entries(next.handed.ids)) {
			forget(next.seen, bucket, ids);
			next.readTo = Math.min(next.readTo, Math.max(startOfBucket(bucket), next.since));
		}
	}
	next.handed = null;
	next.polls++;
	return next;
}

export interface Absorbed {
	state: FollowState;
	/** For each trace what it is; `known` ones are not handed on. */
	changes: Change[];
	/** Not everything fitted into the batch: this look has to be done again, and no other after it. */
	isFull: boolean;
}

/**
 * The step: what was remembered, and all calls the platform has now for a window that was read completely → what is
 * new, and what to remember. Pure, but for `state`, which is handed over.
 * @param traces in the order in which the calls began
 * @param room how many records the batch still takes
 */
export function absorb(
	state: FollowState,
	look: Look,
	traces: Trace[],
	room: number,
	isBaseline: boolean,
	options: FollowOptions & { now: Seconds },
): Absorbed {
	const changes: Change[] = traces.map(() => 'known');
	let left = room;
	let isFull = false;
	for (const [bucket, places] of byBucket(traces)) {
		const present = places.map((i) => traces[i]);
		const found = compare(state.seen, bucket, present);
		const isExact = state.seen.summed[bucket] === undefined;
		const isWanted = (i: number) =>
			!isBaseline &&
			present[i].started >= state.since &&
			(found[i] !== 'updated' || options.includeUpdates || !isExact);
		const unseen = places.map((_, i) => i).filter((i) => found[i] !== 'known');
		const wanted = unseen.filter(isWanted);
		// A sum cannot tell the rest of a bucket from what was handed on of it, so none is cut that becomes one.
		const isWhole = !isExact || startOfBucket(bucket) < options.now - EXACT_SECONDS;
		const isBegun = left < options.most;
		isFull = wanted.length > left && (!isWhole || isBegun);
		const some = new Set(isFull ? wanted.slice(0, isWhole ? 0 : Math.max(0, left)) : wanted);
		for (const i of some) changes[places[i]] = found[i];
		left -= some.size;
		const noted = unseen.filter((i) => some.has(i) || !isWanted(i)).map((i) => present[i]);
		if (isFull && isWhole) break;
		// A sum is that of what is there now: what was deleted would hide as many late ones.
		if (!isExact) resum(state.seen, bucket, present);
		else if (noted.length > 0) remember(state.seen, bucket, noted);
		if (isFull) break;
	}
	if (!isFull) moveOn(state, look);
	return { state, changes, isFull };
}

function byBucket(traces: Trace[]): Map<string, number[]> {
	const buckets = new Map<string, number[]>();
	traces.forEach(({ started }, i) => {
		const bucket = bucketOf(started);
		const places = buckets.get(bucket);
		if (places) places.push(i);
		else buckets.set(bucket, [i]);
	});
	return buckets;
}

/** A look is over: what comes next begins where it ended. Also for a look whose count had not changed. */
export function moveOn(state: FollowState, look: Look): void {
	if (typeof look.kind === 'number') state.lookedTo[look.kind] = look.range.to + 1;
	else state.readTo = Math.max(state.readTo, look.range.to + 1);
}

/** A poll that is over, whole or in part: what it handed on is noted, and what is too old is let go of. */
export function endPoll(
	state: FollowState,
	handed: Trace[],
	now: Seconds,
	options: FollowOptions,
): FollowState {
	state.readTo = Math.min(state.readTo, now);
	// A trigger that was activated by a clock that was ahead would otherwise wait until that time to hand calls on.
	state.since = Math.min(state.since, now);
	// A clock that was set back: looks that seemed due are taken back, and done when they are.
	state.lookedTo = state.lookedTo.map((to, i) =>
		Math.min(to, Math.max(state.since, now - LATER_LOOKS[i] + LONGEST_STRIDE)),
	);
	condense(state.seen, Math.min(...state.lookedTo), now - EXACT_SECONDS, MOST_EXACT);
	const ids: Record<string, string[]> = {};
	for (const { started, id } of handed) (ids[bucketOf(started)] ??= []).push(id);
	state.handed = handed.length > 0 ? { by: options.process, ids } : null;
	return state;
}
