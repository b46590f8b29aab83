import type { Seconds } from '../time';
import type { Fingerprint } from './dedupe';

/** One row of the platform that was read for a poll. */
export interface ReadLeg<T> extends Fingerprint {
	callId: string;
	/** Unix seconds: when it ended, or the latest time that its row says. */
	ended: Seconds | null;
	record: T;
	/** It is shown with its call, but filters do not choose it: it is neither compared nor remembered. */
	isContext?: boolean;
}

/** How legs become calls. */
export interface CallRules {
	/** No leg of a call begins later than this after its first one. */
	longestSeconds: Seconds;
	/** A call is emitted when its newest leg ended longer ago than this. */
	settleSeconds: Seconds;
}

/** Legs that are emitted together: those of one call, or one leg by itself. */
export interface ReadCall<T> {
	/** Null when the rows do not say. */
	started: Seconds | null;
	/** In time order. */
	legs: Array<ReadLeg<T>>;
}

/** Each leg once: windows of neighbouring requests may overlap, and so may what they return. */
export function distinctLegs<T>(legs: Array<ReadLeg<T>>): Array<ReadLeg<T>> {
	return [...new Map(legs.map((leg) => [leg.id, leg])).values()];
}

/**
 * Oldest first; calls whose start cannot be read come last. A leg that begins later than the longest call after the
 * first leg with its `callId` begins another call: platforms reuse ids.
 * @param rules null: each leg is emitted by itself
 */
export function groupLegs<T>(legs: Array<ReadLeg<T>>, rules: CallRules | null): Array<ReadCall<T>> {
	const sorted = [...legs].sort(byStart);
	if (rules === null) return sorted.map((leg) => ({ started: leg.started, legs: [leg] }));
	const calls: Array<ReadCall<T>> = [];
	const open = new Map<string, ReadCall<T>>();
	for (const leg of sorted) {
		const call = open.get(leg.callId);
		const distance = (leg.started ?? 0) - (call?.started ?? 0);
		if (call && (leg.started === null || distance <= rules.longestSeconds)) {
			call.legs.push(leg);
			continue;
		}
		const next = { started: leg.started, legs: [leg] };
		open.set(leg.callId, next);
		calls.push(next);
	}
	return calls;
}

function byStart(a: Fingerprint, b: Fingerprint): number {
	if (a.started === b.started) return 0;
	return (a.started ?? Infinity) - (b.started ?? Infinity);
}

/** A platform's clock may be ahead of n8n's by so much. A call that ends later than that has a wrong time. */
export const CLOCK_AHEAD: Seconds = 900;

/** Whether no more legs are expected: more may be written in the first seconds after a leg has ended. */
export function isSettled<T>(
	{ legs }: ReadCall<T>,
	now: Seconds,
	rules: CallRules | null,
): boolean {
	if (rules === null || rules.settleSeconds === 0) return true;
	const ended = Math.max(...legs.map((leg) => leg.ended ?? leg.started ?? 0));
	return now - ended > rules.settleSeconds || ended > now + CLOCK_AHEAD;
}
