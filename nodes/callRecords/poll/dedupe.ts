import { createHash } from 'crypto';

import type { Seconds } from '../time';

/** Legs are remembered by the ten minutes in which they began. */
export const BUCKET_SECONDS = 600;
/** 36 bits of an id: two legs of the same ten minutes are alike once in 10^9. */
const RECENT_WIDTH = 6;
/** 24 bits. Two that are alike are noticed by their number, see `compareOlder`. */
const OLDER_WIDTH = 4;
const CONTENT_WIDTH = 4;
/** A leg or a content of which no more is known than that it was there. No hash contains this character. */
const UNKNOWN = '????';

/**
 * What was emitted, small enough for n8n's static data. Keys are the numbers of the ten minutes, in base 36. A bucket
 * is either in `recent` or in `older`.
 */
export interface DedupeState {
	/** 6 characters for each leg, one after the other. */
	recent: Record<string, string>;
	/** 4 characters for each leg of `recent`, in the same order; only where updates are wanted. */
	contents: Record<string, string>;
	/** 4 characters for each leg, the first ones of what was in `recent`; `????` for one that only was counted. */
	older: Record<string, string>;
}

/** A leg as the dedupe state knows it. */
export interface Fingerprint {
	/** Unix seconds; null when the row does not say. */
	started: Seconds | null;
	/** See `hashOf`. */
	id: string;
	/** See `contentHashOf`; empty where updates are not wanted. */
	content: string;
}

/** `unclear`: one of several legs is new, and nobody can say which. */
export type LegChange = 'new' | 'changed' | 'unclear' | 'known';

/** The part of an id that is remembered: 36 bits in 6 characters. */
export function hashOf(id: string): string {
	return createHash('sha256').update(id).digest('base64url').slice(0, RECENT_WIDTH);
}

/** 24 bits of a content in 4 characters. */
export function contentHashOf(content: string): string {
	return createHash('sha256').update(content).digest('base64url').slice(0, CONTENT_WIDTH);
}

export function emptyDedupe(): DedupeState {
	return { recent: {}, contents: {}, older: {} };
}

export function bucketOf(started: Seconds): string {
	return Math.floor(started / BUCKET_SECONDS).toString(36);
}

export function startOfBucket(bucket: string): Seconds {
	return parseInt(bucket, 36) * BUCKET_SECONDS;
}

/** A bucket of legs that were only counted. */
export function countedBucket(legs: number): string {
	return UNKNOWN.repeat(legs);
}

/** How many legs of those ten minutes are remembered. */
export function countOf({ recent, older }: DedupeState, bucket: string): number {
	return (recent[bucket] ?? '').length / RECENT_WIDTH + (older[bucket] ?? '').length / OLDER_WIDTH;
}

/**
 * What is new about the legs of one bucket.
 * @param legs all that the platform has for these ten minutes now, each once
 */
export function compare(state: DedupeState, bucket: string, legs: Fingerprint[]): LegChange[] {
	const older = state.older[bucket];
	return older === undefined
		? compareRecent(recentOf(state, bucket), legs)
		: compareOlder(slices(older, OLDER_WIDTH), legs);
}

function compareRecent(contents: Map<string, string>, legs: Fingerprint[]): LegChange[] {
	return legs.map(({ id, content }) => {
		const known = contents.get(id);
		if (known === undefined) return 'new';
		const isComparable = content !== '' && known !== UNKNOWN;
		return isComparable && known !== content ? 'changed' : 'known';
	});
}

/**
 * Of legs that look alike, as many are known as are remembered. If there are more, all of them are unclear: one comes
 * twice then, which does less harm than never.
 */
function compareOlder(remembered: string[], legs: Fingerprint[]): LegChange[] {
	const shortIds = legs.map(({ id }) => id.slice(0, OLDER_WIDTH));
	const known = countEach(remembered);
	const present = countEach(shortIds);
	const changes = shortIds.map((id): LegChange => {
		const count = known.get(id) ?? 0;
		if (count === 0) return 'new';
		return (present.get(id) ?? 0) > count ? 'unclear' : 'known';
	});
	const counted = known.get(UNKNOWN) ?? 0;
	if (counted === 0) return changes;
	const isAllCounted = changes.filter((change) => change === 'new').length <= counted;
	return changes.map((change) => (change !== 'new' ? change : isAllCounted ? 'known' : 'unclear'));
}

function countEach(texts: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return counts;
}

function slices(text: string, width: number): string[] {
	const found: string[] = [];
	for (let at = 0; at < text.length; at += width) found.push(text.slice(at, at + width));
	return found;
}

/** Contents by id. */
function recentOf({ recent, contents }: DedupeState, bucket: string): Map<string, string> {
	const known = slices(contents[bucket] ?? '', CONTENT_WIDTH);
	return new Map(
		slices(recent[bucket] ?? '', RECENT_WIDTH).map((id, i) => [id, known[i] ?? UNKNOWN]),
	);
}

function setRecent(state: DedupeState, bucket: string, legs: Map<string, string>): void {
	const contents = [...legs.values()];
	state.recent[bucket] = [...legs.keys()].join('');
	if (contents.some((content) => content !== UNKNOWN)) state.contents[bucket] = contents.join('');
	else delete state.contents[bucket];
}

/** Adds legs that `compare` did not know, and brings contents up to date. Changes `state`. */
export function remember(state: DedupeState, bucket: string, legs: Fingerprint[]): void {
	if (legs.length === 0) return;
	if (state.older[bucket] !== undefined) {
		state.older[bucket] += legs.map(({ id }) => id.slice(0, OLDER_WIDTH)).join('');
		return;
	}
	const all = recentOf(state, bucket);
	for (const { id, content } of legs) all.set(id, content || UNKNOWN);
	setRecent(state, bucket, all);
}

/** Remembers exactly these legs of a bucket: what was deleted must not hide what comes. Changes `state`. */
export function replace(state: DedupeState, bucket: string, legs: Fingerprint[]): void {
	if (state.older[bucket] !== undefined) {
		state.older[bucket] = legs.map(({ id }) => id.slice(0, OLDER_WIDTH)).join('');
	} else if (legs.length > 0 || state.recent[bucket] !== undefined) {
		setRecent(state, bucket, new Map(legs.map(({ id, content }) => [id, content || UNKNOWN])));
	}
}

/** Forgets legs whose batch may not have arrived. Changes `state`. */
export function forget(state: DedupeState, bucket: string, ids: string): void {
	const gone = slices(ids, RECENT_WIDTH);
	if (state.older[bucket] !== undefined) {
		const left = slices(state.older[bucket], OLDER_WIDTH);
		for (const id of gone) {
			const at = left.indexOf(id.slice(0, OLDER_WIDTH));
			if (at >= 0) left.splice(at, 1);
		}
		state.older[bucket] = left.join('');
		return;
	}
	const all = recentOf(state, bucket);
	for (const id of gone) all.delete(id);
	setRecent(state, bucket, all);
}

export interface Limits {
	/** Nothing that began before is remembered. */
	from: Seconds;
	/** Legs that began before are remembered with fewer characters and without content. */
	recentFrom: Seconds;
	mostRecent: number;
	mostOlder: number;
	keepsContents: boolean;
}

/**
 * Shortens what is old, and forgets what is older still. Changes `state`.
 * @returns from when on everything is remembered
 */
export function prune(state: DedupeState, limits: Limits): Seconds {
	if (!limits.keepsContents) state.contents = {};
	let recent = 0;
	for (const bucket of newestFirst(state.recent)) {
		recent += state.recent[bucket].length / RECENT_WIDTH;
		if (startOfBucket(bucket) >= limits.recentFrom && recent <= limits.mostRecent) continue;
		const ids = slices(state.recent[bucket], RECENT_WIDTH);
		state.older[bucket] = ids.map((id) => id.slice(0, OLDER_WIDTH)).join('');
		delete state.recent[bucket];
		delete state.contents[bucket];
	}
	let from = limits.from;
	let older = 0;
	for (const bucket of newestFirst(state.older)) {
		older += state.older[bucket].length / OLDER_WIDTH;
		const end = startOfBucket(bucket) + BUCKET_SECONDS;
		if (older > limits.mostOlder) from = Math.max(from, end);
		if (end <= from) delete state.older[bucket];
	}
	return from;
}

function newestFirst(buckets: Record<string, string>): string[] {
	return Object.keys(buckets).sort((a, b) => parseInt(b, 36) - parseInt(a, 36));
}

const HASHES = /^[\w-]*$/;
const OLDER_HASHES = /^[\w?-]*$/;
const isBucketMap = (value: unknown, width: number, pattern: RegExp): boolean =>
	typeof value === 'object' &&
	value !== null &&
	!Array.isArray(value) &&
	Object.entries(value).every(
		([bucket, hashes]) =>
			isBucket(bucket) &&
			typeof hashes === 'string' &&
			hashes.length % width === 0 &&
			pattern.test(hashes),
	);

/** Whether a text is the key of ten minutes between 1970 and 2200. */
export function isBucket(text: string): boolean {
	const number = parseInt(text, 36);
	return number >= 0 && number < 13_000_000 && number.toString(36) === text;
}

/** Whether stored data has the form of a dedupe state. */
export function isDedupeState(value: unknown): value is DedupeState {
	if (typeof value !== 'object' || value === null) return false;
	const { recent, contents, older } = value as Record<string, unknown>;
	return (
		isBucketMap(recent, RECENT_WIDTH, HASHES) &&
		isBucketMap(contents, CONTENT_WIDTH, OLDER_HASHES) &&
		isBucketMap(older, OLDER_WIDTH, OLDER_HASHES)
	);
}
