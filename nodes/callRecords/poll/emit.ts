import type { Seconds } from '../time';
import { groupLegs, isSettled, type ReadCall, type ReadLeg } from './calls';
import {
	bucketOf,
	compare,
	remember,
	replace,
	startOfBucket,
	BUCKET_SECONDS,
	type Fingerprint,
	type LegChange,
} from './dedupe';
import { moveOn, type PollOptions, type PollWindow } from './plan';
import type { PollState } from './pollState';

export type Change = 'new' | 'updated';

export interface EmittedCall<T> {
	call: ReadCall<T>;
	change: Change;
	/** The legs of which the state did not know before. */
	unknownLegs: Array<ReadLeg<T>>;
}

export interface EmitOptions extends PollOptions {
	now: Seconds;
	/** Remembers what is there, without emitting it. */
	isBaseline: boolean;
}

export interface Absorbed<T> {
	emitted: Array<EmittedCall<T>>;
	/** Not everything fitted into the batch: this window has to be read again, and no other after it. */
	isFull: boolean;
	/** When the oldest call began that has not settled yet. */
	heldFrom: Seconds;
}

/**
 * The step: what was remembered, and all legs that the platform has now for a window → what is new, and what to
 * remember. Changes `state`.
 * @param legs of the window and as much around it as a call lasts, each once
 * @param room how many items the batch still takes
 */
export function absorb<T>(
	state: PollState,
	window: PollWindow,
	legs: Array<ReadLeg<T>>,
	room: number,
	options: EmitOptions,
): Absorbed<T> {
	const changes = changesOf(
		state,
		legs.filter(({ isContext }) => !isContext),
	);
	const done: Absorbed<T> = { emitted: [], isFull: false, heldFrom: Infinity };
	const noted: Array<ReadLeg<T>> = [];
	const held = new Set<ReadLeg<T>>();
	for (const call of groupLegs(legs, options.calls)) {
		const chosen = call.legs.filter(({ isContext }) => !isContext);
		if (!chosen.some((leg) => isInside(leg, window))) continue;
		const unknownLegs = chosen.filter((leg) => changes.get(leg) !== 'known');
		if (unknownLegs.length > 0 && !isSettled(call, options.now, options.calls)) {
			done.heldFrom = Math.min(done.heldFrom, call.started ?? Infinity);
			for (const leg of call.legs) held.add(leg);
			continue;
		}
		const change = changeOf(
			call.started,
			chosen.map((leg) => changes.get(leg)),
			state,
			options,
		);
		if (change !== null && done.emitted.length >= room) {
			done.isFull = true;
			break;
		}
		if (change !== null) done.emitted.push({ call, change, unknownLegs });
		noted.push(...(options.includeUpdates ? chosen : unknownLegs));
	}
	note(state, noted, changes, options.now);
	refreshUndated(state, legs, options.now);
	if (!done.isFull)
		finish(
			state,
			window,
			legs.filter((leg) => !leg.isContext && !held.has(leg)),
		);
	return done;
}

/** Where the start cannot be read, nobody can say that it lies outside. */
function isInside({ started }: Fingerprint, { range }: PollWindow): boolean {
	return started === null || (started >= range.from && started <= range.to);
}

export function changesOf(
	{ dedupe, undated }: Pick<PollState, 'dedupe' | 'undated'>,
	legs: Fingerprint[],
): Map<Fingerprint, LegChange> {
	const changes = new Map<Fingerprint, LegChange>();
	for (const leg of legs) {
		if (leg.started === null) changes.set(leg, leg.id in undated ? 'known' : 'new');
	}
	for (const [bucket, present] of byBucket(legs)) {
		compare(dedupe, bucket, present).forEach((change, i) => changes.set(present[i], change));
	}
	return changes;
}

export function byBucket<T extends Fingerprint>(legs: T[]): Map<string, T[]> {
	const buckets = new Map<string, T[]>();
	for (const leg of legs) {
		if (leg.started === null) continue;
		const bucket = bucketOf(leg.started);
		const present = buckets.get(bucket);
		if (present) present.push(leg);
		else buckets.set(bucket, [leg]);
	}
	return buckets;
}

/** `new`: nothing of the call was emitted before. Null: there is nothing to emit. */
function changeOf(
	started: Seconds | null,
	kinds: Array<LegChange | undefined>,
	state: PollState,
	{ isBaseline, includeUpdates }: EmitOptions,
): Change | null {
	if (isBaseline || (started ?? Infinity) < state.since) return null;
	if (kinds.every((kind) => kind === 'new')) return 'new';
	const isWanted = (kind: LegChange | undefined) =>
		kind === 'new' || kind === 'unclear' || (kind === 'changed' && includeUpdates);
	return kinds.some(isWanted) ? 'updated' : null;
}

/** Remembers legs, and brings contents up to date where they are remembered. */
function note<T>(
	{ dedupe, undated }: PollState,
	legs: Array<ReadLeg<T>>,
	changes: Map<Fingerprint, LegChange>,
	now: Seconds,
): void {
	for (const leg of legs) if (leg.started === null) undated[leg.id] = now;
	for (const [bucket, noted] of byBucket(legs)) {
		const isRecent = dedupe.older[bucket] === undefined;
		const unknown = noted.filter((leg) => changes.get(leg) !== 'known');
		remember(dedupe, bucket, isRecent ? noted : unknown);
	}
}

/** A re-check forgets what was deleted. Other windows do not: a row that is away for a moment must not come twice. */
function finish<T>(state: PollState, window: PollWindow, legs: Array<ReadLeg<T>>): void {
	moveOn(state, window);
	if (window.recheck === null) return;
	const present = byBucket(legs);
	const { from, to } = window.range;
	for (let start = from; start + BUCKET_SECONDS - 1 <= to; start += BUCKET_SECONDS) {
		const bucket = bucketOf(start);
		if (startOfBucket(bucket) === start) replace(state.dedupe, bucket, present.get(bucket) ?? []);
	}
}

/** Rows without a start stay known as long as polls meet them. */
function refreshUndated({ undated }: PollState, legs: Fingerprint[], now: Seconds): void {
	for (const { id, started } of legs) if (started === null && id in undated) undated[id] = now;
}
