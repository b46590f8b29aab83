import type { Call } from '../call';
import type { CallRecord } from '../callRecord';
import type { Seconds } from '../time';
import { compareIds, parseInstant, toLeg, type Leg } from './leg';
import { callOf, type CallOptions } from './toCall';

export interface GroupOptions extends CallOptions {
	/** No leg of a call begins later than this after its first one. Default 4 hours. */
	longestCallSeconds?: number;
	/** The order in which the legs come and the calls leave, by their start. Default `oldestFirst`. */
	order?: 'oldestFirst' | 'newestFirst';
}

export const LONGEST_CALL_SECONDS = 4 * 3600;

/** How often leaving calls are looked for while time passes by as long as a call may last. */
const CHECKS_PER_LONGEST_CALL = 8;

export interface CallGrouper {
	/**
	 * Takes the next legs and gives the calls that no further leg can belong to, in the order of their start.
	 * @param records later in time than all before (earlier, with `newestFirst`); among themselves in any order
	 */
	add(records: CallRecord[]): Call[];
	/** The calls that are left, when there are no more legs. */
	end(): Call[];
}

interface OpenCall {
	callId: string;
	legs: Leg[];
	/** Start of the leg that came first, which is the oldest or the newest one. */
	seen: Seconds;
	/** Start of the call, as far as it is known. */
	first: Seconds;
}

/**
 * Groups a stream of legs into calls and holds only the calls of the last few hours:
 *
 *     legs  ──A1─B1─A2──────C1──…──D1──>  time          A leaves, then B, when D1 is seen
 *             |<─ longestCallSeconds ─>|
 *
 * A leg that begins later than the longest call after the first leg with its `callId` begins another call: platforms
 * reuse ids, and memory stays bounded. A leg whose start cannot be read belongs to no place in time: such legs are
 * grouped among themselves and leave at the end.
 */
export function createCallGrouper(options: GroupOptions): CallGrouper {
	const { longestCallSeconds = LONGEST_CALL_SECONDS } = options;
	const sign = options.order === 'newestFirst' ? -1 : 1;
	const open = new Map<string, OpenCall>();
	const timeless = new Map<string, Leg[]>();
	/** Open calls whose id has been taken over by a later one. */
	let cut: OpenCall[] = [];
	let reached = -Infinity;
	let checked = -Infinity;

	const place = (leg: TimedLeg): void => {
		const { started } = leg;
		const { callId } = leg.record;
		const call = open.get(callId);
		if (call !== undefined && Math.abs(started - call.seen) <= longestCallSeconds) {
			call.legs.push(leg);
			call.first = Math.min(call.first, started);
			return;
		}
		if (call !== undefined) cut.push(call);
		open.set(callId, { callId, legs: [leg], seen: started, first: started });
	};
	const takeLeaving = (isLeaving: (call: OpenCall) => boolean): Call[] => {
		const leaving = cut.filter(isLeaving);
		cut = cut.filter((call) => !isLeaving(call));
		for (const call of open.values()) {
			if (!isLeaving(call)) continue;
			open.delete(call.callId);
			leaving.push(call);
		}
		return leaving
			.sort((a, b) => sign * (a.first - b.first || compareIds(a.callId, b.callId)))
			.map(({ legs }) => callOf(legs, options));
	};

	return {
		add(records) {
			const legs = records.map(toLeg);
			const timed = legs.filter(isTimed).sort((a, b) => sign * (a.started - b.started));
			if (timed.length < legs.length) {
				for (const leg of legs) if (!isTimed(leg)) append(timeless, leg);
			}
			for (const leg of timed) place(leg);
			if (timed.length > 0) {
				reached = Math.max(reached, sign * timed[timed.length - 1].started);
			}
			if (reached - checked < longestCallSeconds / CHECKS_PER_LONGEST_CALL) return [];
			checked = reached;
			return takeLeaving(({ first }) => reached - sign * first > longestCallSeconds);
		},
		end() {
			const calls = takeLeaving(() => true);
			const rest = [...timeless.values()].map((legs) => callOf(legs, options));
			timeless.clear();
			return calls.concat(rest);
		},
	};
}

type TimedLeg = Leg & { started: Seconds };

function isTimed(leg: Leg): leg is TimedLeg {
	return leg.started !== null;
}

function append(groups: Map<string, Leg[]>, leg: Leg): void {
	const group = groups.get(leg.record.callId);
	if (group === undefined) groups.set(leg.record.callId, [leg]);
	else group.push(leg);
}

/** The calls of call records that are all at hand, in any order. */
export function groupCalls(records: CallRecord[], options: GroupOptions): Call[] {
	const grouper = createCallGrouper(options);
	return [...grouper.add(records), ...grouper.end()];
}

/**
 * Whether a call belongs to a window: it began inside, both ends included. One whose start cannot be read is kept, for
 * nobody can say that it lies outside.
 * @param window Unix seconds
 */
export function startedWithin(
	{ startedAt }: Pick<Call, 'startedAt'>,
	window: { from: Seconds; to: Seconds },
): boolean {
	const started = parseInstant(startedAt);
	return started === null || (started >= window.from && started <= window.to);
}
