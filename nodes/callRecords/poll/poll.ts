import type { Seconds, TimeRange } from '../time';
import { distinctLegs, type ReadLeg } from './calls';
import { forget, prune, startOfBucket } from './dedupe';
import {
	absorb,
	byBucket,
	changesOf,
	type Change,
	type EmitOptions,
	type EmittedCall,
} from './emit';
import { estimates, knownCount, type Estimate } from './estimate';
import { moveOn, plan, setBack, widened, type PollWindow } from './plan';
import { RECHECK_AGES, type PollState } from './pollState';

/** How a poll reads the platform. */
export interface PollReader<T> {
	/**
	 * All legs that began in a range.
	 * @param known how they are likely to lie in time; only sizes the requests
	 */
	read(range: TimeRange, known: Estimate[] | undefined): Promise<Array<ReadLeg<T>>>;
	/** Given where filters choose legs and calls are emitted: all legs of a range, also those that are not chosen. */
	readWhole?(range: TimeRange): Promise<Array<ReadLeg<T>>>;
	/** One request: all legs where one reply holds them, and how many there are, where the platform counts. */
	probe(range: TimeRange): Promise<{ legs: Array<ReadLeg<T>> | null; total: number | null }>;
}

export interface RunOptions extends EmitOptions {
	/** Whether the time n8n allows is nearly over. */
	isLate(): boolean;
}

export interface Polled<T> {
	state: PollState;
	/** Oldest first. */
	calls: Array<{ legs: T[]; change: Change }>;
	/** Some windows did not fit into the time or the batch; the next poll reads them. */
	isPartial: boolean;
	/** How many items were emitted whose start cannot be read. */
	undated: number;
}

const HOUR = 3600;
/** Legs are remembered with all characters for so long. */
const RECENT_SECONDS = 26 * HOUR;
/** Static data of n8n is written as a whole with every batch: see docs/triggers.md for what that comes to. */
const MOST_RECENT = 12_000;
const MOST_OLDER = 90_000;
/** Longer than a row can be in the window of a re-check. */
const UNDATED_SECONDS = RECHECK_AGES[RECHECK_AGES.length - 1] + 48 * HOUR;
const MOST_UNDATED = 10_000;

/**
 * One poll: reads what is due, window by window, and finds what is new. Throws what reading throws; nothing is
 * remembered then. The state that is passed in is not changed.
 */
export async function pollOnce<T>(
	before: PollState,
	reader: PollReader<T>,
	options: RunOptions,
): Promise<Polled<T>> {
	const state = beginPoll(before, options.process);
	const emitted: Array<EmittedCall<T>> = [];
	let heldFrom = Infinity;
	let isPartial = false;
	for (const [i, window] of plan(state, options.now, options).entries()) {
		isPartial = i > 0 && options.isLate();
		if (isPartial) break;
		const legs = await readPollWindow(window, state, reader, options);
		if (legs === 'unchanged') {
			moveOn(state, window);
			continue;
		}
		const done = absorb(state, window, legs, options.most - emitted.length, options);
		emitted.push(...done.emitted);
		heldFrom = Math.min(heldFrom, done.heldFrom);
		isPartial = done.isFull;
		if (isPartial) break;
	}
	state.readTo = Math.min(state.readTo, heldFrom);
	endPoll(state, emitted, options);
	emitted.sort((a, b) => (a.call.started ?? Infinity) - (b.call.started ?? Infinity) || 0);
	return {
		state,
		calls: emitted.map(({ call, change }) => ({
			legs: call.legs.map(({ record }) => record),
			change,
		})),
		isPartial,
		undated: emitted.filter(({ call }) => call.started === null).length,
	};
}

/** All legs of a window and as much around it as calls need, or `unchanged` when the platform shows nothing new. */
async function readPollWindow<T>(
	window: PollWindow,
	state: PollState,
	reader: PollReader<T>,
	options: RunOptions,
): Promise<Array<ReadLeg<T>> | 'unchanged'> {
	if (window.countSuffices) {
		const { legs, total } = await reader.probe(window.range);
		if (legs !== null) {
			const found = distinctLegs(legs);
			if (options.calls === null || isKnown(state, found)) return found;
		} else if (total === knownCount(state.dedupe, window.range)) return 'unchanged';
	}
	const range = widened(window.range, options.now, options.calls);
	const legs = distinctLegs(await reader.read(range, estimates(state, range, options.capacity)));
	if (!reader.readWhole || isKnown(state, legs)) return legs;
	return [...legs, ...contextOf(legs, distinctLegs(await reader.readWhole(range)))];
}

function isKnown<T>(state: PollState, legs: Array<ReadLeg<T>>): boolean {
	const changes = changesOf(state, legs);
	return legs.every((leg) => changes.get(leg) === 'known');
}

/** The other legs of the calls of which filters have chosen a leg. */
function contextOf<T>(chosen: Array<ReadLeg<T>>, all: Array<ReadLeg<T>>): Array<ReadLeg<T>> {
	const ids = new Set(chosen.map(({ id }) => id));
	const callIds = new Set(chosen.map(({ callId }) => callId));
	return all
		.filter(({ id, callId }) => !ids.has(id) && callIds.has(callId))
		.map((leg) => ({ ...leg, isContext: true }));
}

/** A poll that has begun: the batch that a crashed process may not have delivered counts as not emitted. */
export function beginPoll(before: PollState, process: string): PollState {
	const state = structuredClone(before);
	if (state.emitted && state.emitted.by !== process) {
		for (const [bucket, ids] of Object.entries(state.emitted.legs)) {
			forget(state.dedupe, bucket, ids);
			state.readTo = Math.min(state.readTo, Math.max(startOfBucket(bucket), state.since));
		}
		for (const id of state.emitted.undated) delete state.undated[id];
	}
	state.emitted = null;
	state.polls++;
	return state;
}

/** A poll that is over, whole or in part: what it emitted is noted, and what is too old is let go of. */
export function endPoll<T>(
	state: PollState,
	emitted: Array<Pick<EmittedCall<T>, 'unknownLegs'>>,
	{ now, process, includeUpdates }: Pick<RunOptions, 'now' | 'process' | 'includeUpdates'>,
): void {
	setBack(state, now);
	const rememberedFrom = prune(state.dedupe, {
		from: Math.min(...state.recheckedTo),
		recentFrom: now - RECENT_SECONDS,
		mostRecent: MOST_RECENT,
		mostOlder: MOST_OLDER,
		keepsContents: includeUpdates,
	});
	// What is not remembered any more must not be taken for new.
	if (rememberedFrom > Math.min(...state.recheckedTo)) forgetBefore(state, rememberedFrom);
	state.undated = pruneUndated(state.undated, now);
	const legs = emitted.flatMap(({ unknownLegs }) => unknownLegs);
	const ids = [...byBucket(legs)].map(([bucket, some]) => [
		bucket,
		some.map(({ id }) => id).join(''),
	]);
	const undated = legs.filter(({ started }) => started === null).map(({ id }) => id);
	state.emitted =
		legs.length > 0
			? { by: process, legs: Object.fromEntries(ids) as Record<string, string>, undated }
			: null;
}

/** A platform with more calls than can be remembered: older ones are not looked for any more. */
function forgetBefore(state: PollState, time: Seconds): void {
	state.since = Math.max(state.since, time);
	state.recheckedTo = state.recheckedTo.map((to) => Math.max(to, time));
}

function pruneUndated(undated: PollState['undated'], now: Seconds): PollState['undated'] {
	const kept = Object.entries(undated).filter(([, seen]) => seen > now - UNDATED_SECONDS);
	if (kept.length > MOST_UNDATED) {
		throw new Error(
			`more than ${MOST_UNDATED} rows of a week have a start that cannot be read, so their calls cannot be followed`,
		);
	}
	return Object.fromEntries(kept);
}
