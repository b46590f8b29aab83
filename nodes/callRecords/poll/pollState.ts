import type { Seconds } from '../time';
import { emptyDedupe, isBucket, isDedupeState, type DedupeState } from './dedupe';
import { fromVersion1 } from './version1';

const HOUR = 3600;

/**
 * Ages at which a window is read again, since some calls are published only after days. A little less than days, so
 * that a call which appears late is found within 24 hours. The ages are those of a window's first call, and its last
 * may be 22 hours younger: it takes the eighth re-check to find a call that appears after six days.
 */
export const RECHECK_AGES: Seconds[] = [1, 2, 3, 4, 5, 6, 7, 8].map((day) => day * 23 * HOUR);

/** What a trigger keeps between polls. JSON; every change of its meaning gets a new `version` and a migration. */
export interface PollState {
	version: 2;
	/** Of credential and filters: with others, other calls are meant, and the trigger starts anew. */
	fingerprint: string;
	/** No call that began before is emitted: it was there, or of no interest, when the trigger started. */
	since: Seconds;
	/** All that began before has been read once. */
	readTo: Seconds;
	/** For each re-check: what began before has had it. */
	recheckedTo: Seconds[];
	/** Polls since the start; busy platforms get the whole look-back every second time. */
	polls: number;
	dedupe: DedupeState;
	/** Legs whose start cannot be read, by their id's hash: when a poll met them last. */
	undated: Record<string, Seconds>;
	/** The last batch, until the process that emitted it lives to poll again. */
	emitted: Emitted | null;
}

export interface Emitted {
	/** Which process emitted it. */
	by: string;
	/** Hashes of leg ids, one after the other, by the ten minutes in which the legs began. */
	legs: Record<string, string>;
	/** Hashes of the ids of legs whose start cannot be read. */
	undated: string[];
}

export function startState(fingerprint: string, since: Seconds): PollState {
	return {
		version: 2,
		fingerprint,
		since,
		readTo: since,
		recheckedTo: RECHECK_AGES.map(() => since),
		polls: 0,
		dedupe: emptyDedupe(),
		undated: {},
		emitted: null,
	};
}

/**
 * The state that n8n kept, brought to this version. `null`: nothing was kept. `damaged`: what was kept has no form that
 * this package ever wrote.
 */
export function parseState(kept: unknown): PollState | null | 'damaged' {
	if (kept === undefined || kept === null) return null;
	// n8n watches what it keeps through proxies; the copy is plain.
	const copy = JSON.parse(JSON.stringify(kept)) as unknown;
	if (!isObject(copy)) return 'damaged';
	const state = copy.version === 1 ? fromVersion1(copy) : copy;
	return isPollState(state) ? state : 'damaged';
}

function isPollState(value: unknown): value is PollState {
	if (!isObject(value)) return false;
	const { version, fingerprint, since, readTo, recheckedTo, polls, undated, emitted } = value;
	return (
		version === 2 &&
		typeof fingerprint === 'string' &&
		isTime(since) &&
		isTime(readTo) &&
		Array.isArray(recheckedTo) &&
		recheckedTo.length === RECHECK_AGES.length &&
		recheckedTo.every(isTime) &&
		Number.isSafeInteger(polls) &&
		isDedupeState(value.dedupe) &&
		isObject(undated) &&
		Object.values(undated).every(isTime) &&
		(emitted === null || isEmitted(emitted))
	);
}

function isEmitted(value: unknown): value is Emitted {
	return (
		isObject(value) &&
		typeof value.by === 'string' &&
		isObject(value.legs) &&
		Object.entries(value.legs).every(
			([bucket, ids]) => isBucket(bucket) && typeof ids === 'string',
		) &&
		Array.isArray(value.undated) &&
		value.undated.every((id) => typeof id === 'string')
	);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whole Unix seconds from 1990 to 2200: a window that begins in another age would never be read through. */
function isTime(value: unknown): value is Seconds {
	return (
		Number.isSafeInteger(value) && Number(value) > 631_152_000 && Number(value) < 7_258_118_400
	);
}
