import { createHash } from 'crypto';

import type { Seconds } from '../time';

/** Calls are remembered by the ten minutes in which they began. */
export const BUCKET_SECONDS = 600;
const ID_CHARACTERS = 8;
const CONTENT_CHARACTERS = 6;
const WIDTH = ID_CHARACTERS + CONTENT_CHARACTERS;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * What was handed on, small enough for n8n's static data. Keys are the numbers of the ten minutes, in base 36.
 * `exact` holds, for each call, 8 characters of its id's hash and 6 of its content's. `summed` holds, for older times,
 * how many calls there were and the exclusive or of their id hashes: enough to find the one that came late.
 */
export interface Seen {
	exact: Record<string, string>;
	summed: Record<string, string>;
}

/** A call as the memory knows it. */
export interface Trace {
	started: Seconds;
	/** Hash of the id, see `hashOf`. */
	id: string;
	/** Hash of what an update would change. */
	content: string;
}

export type Change = 'new' | 'updated' | 'known';

/** 48 bits of an id, in 8 characters. */
export function hashOf(id: string): string {
	return createHash('sha256').update(id).digest('base64url').slice(0, ID_CHARACTERS);
}

/** 36 bits of a content, in 6 characters. */
export function contentHashOf(content: string): string {
	return createHash('sha256').update(content).digest('base64url').slice(0, CONTENT_CHARACTERS);
}

export function bucketOf(started: Seconds): string {
	return Math.floor(started / BUCKET_SECONDS).toString(36);
}

export function startOfBucket(bucket: string): Seconds {
	return parseInt(bucket, 36) * BUCKET_SECONDS;
}

/** How many calls of those ten minutes are remembered. */
export function countOf(seen: Seen, bucket: string): number {
	return (
		(seen.exact[bucket] ?? '').length / WIDTH + Number((seen.summed[bucket] ?? '0').split('.')[0])
	);
}

/**
 * What is new about the calls of one bucket. `traces` are all calls the platform has for it now.
 * Where only sums are left, up to three late calls are found by them; when the sums cannot say which calls are late,
 * all of them are `updated`: coming twice under the same record id does less harm than never.
 */
export function compare(seen: Seen, bucket: string, traces: Trace[]): Change[] {
	const summed = seen.summed[bucket];
	if (summed === undefined) return compareExactly(seen.exact[bucket] ?? '', traces);
	const [count, sum] = [Number(summed.split('.')[0]), summed.split('.')[1]];
	const late = count === 0 ? traces.map((_, i) => i) : latecomers(traces, count, sum);
	if (late === 'unclear') return traces.map(() => 'updated');
	return traces.map((_, i) => (late.includes(i) ? 'new' : 'known'));
}

function compareExactly(entries: string, traces: Trace[]): Change[] {
	const contents = entriesOf(entries);
	return traces.map(({ id, content }) => {
		const known = contents.get(id);
		if (known === undefined) return 'new';
		return known === content ? 'known' : 'updated';
	});
}

/**
 * The places in `traces` of the calls that were not there when `count` and `sum` were taken. None where there are no
 * more than then: calls are deleted when they are old, and that is no news.
 */
function latecomers(traces: Trace[], count: number, sum: string): number[] | 'unclear' {
	const hashes = traces.map(({ id }) => id);
	const difference = hashes.reduce(xor, sum);
	const more = traces.length - count;
	if (more <= 0) return [];
	const place = new Map(hashes.map((hash, i) => [hash, i]));
	if (more === 1) {
		const found = place.get(difference);
		return found === undefined ? 'unclear' : [found];
	}
	if (more === 2) return pairOf(hashes, place, difference, -1) ?? 'unclear';
	if (more === 3) {
		for (let i = 0; i < hashes.length; i++) {
			const pair = pairOf(hashes, place, xor(difference, hashes[i]), i);
			if (pair) return [i, ...pair];
		}
	}
	return 'unclear';
}

function pairOf(
	hashes: string[],
	place: Map<string, number>,
	sum: string,
	after: number,
): number[] | undefined {
	for (let i = after + 1; i < hashes.length; i++) {
		const other = place.get(xor(sum, hashes[i]));
		if (other !== undefined) return [i, other];
	}
	return undefined;
}

const NOTHING = ALPHABET[0].repeat(ID_CHARACTERS);

function xor(a: string, b: string): string {
	let mixed = '';
	for (let i = 0; i < ID_CHARACTERS; i++) {
		mixed += ALPHABET[ALPHABET.indexOf(a[i]) ^ ALPHABET.indexOf(b[i])];
	}
	return mixed;
}

/** Remembers calls one by one: those that are there are brought up to date, the others added. Changes `seen`. */
export function remember(seen: Seen, bucket: string, traces: Trace[]): void {
	const entries = entriesOf(seen.exact[bucket] ?? '');
	for (const { id, content } of traces) entries.set(id, content);
	seen.exact[bucket] = [...entries].map(([id, content]) => id + content).join('');
}

/** Remembers a bucket as the sum of these calls: all that the platform has for it. Changes `seen`. */
export function resum(seen: Seen, bucket: string, traces: Trace[]): void {
	const sum = traces.reduce((mixed, { id }) => xor(mixed, id), NOTHING);
	seen.summed[bucket] = `${traces.length}.${sum}`;
}

/** Forgets calls that may not have arrived. Changes `seen`. */
export function forget(seen: Seen, bucket: string, ids: string[]): void {
	const summed = seen.summed[bucket];
	if (summed !== undefined) {
		const [count, sum] = [Number(summed.split('.')[0]), summed.split('.')[1]];
		seen.summed[bucket] = `${Math.max(0, count - ids.length)}.${ids.reduce(xor, sum)}`;
		return;
	}
	const entries = entriesOf(seen.exact[bucket] ?? '');
	for (const id of ids) entries.delete(id);
	seen.exact[bucket] = [...entries].map(([id, content]) => id + content).join('');
}

function entriesOf(entries: string): Map<string, string> {
	const found = new Map<string, string>();
	for (let at = 0; at < entries.length; at += WIDTH) {
		found.set(entries.slice(at, at + ID_CHARACTERS), entries.slice(at + ID_CHARACTERS, at + WIDTH));
	}
	return found;
}

/** Keeps calls exactly from `exactFrom` on, at most `mostExact` of them; sums from `from` on; nothing before. */
export function condense(seen: Seen, from: Seconds, exactFrom: Seconds, mostExact: number): void {
	const newestFirst = Object.keys(seen.exact).sort((a, b) => parseInt(b, 36) - parseInt(a, 36));
	let kept = 0;
	for (const bucket of newestFirst) {
		const entries = seen.exact[bucket];
		kept += entries.length / WIDTH;
		if (startOfBucket(bucket) >= exactFrom && kept <= mostExact) continue;
		delete seen.exact[bucket];
		const traces = [...entriesOf(entries)].map(([id, content]) => ({ id, content, started: 0 }));
		resum(seen, bucket, traces);
	}
	for (const bucket of Object.keys(seen.summed)) {
		if (startOfBucket(bucket) + BUCKET_SECONDS <= from) delete seen.summed[bucket];
	}
}
