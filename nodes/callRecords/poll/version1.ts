import { countedBucket, emptyDedupe, type DedupeState } from './dedupe';

/** Version 1 kept 8 characters of an id's hash and 6 of a content's; the first ones are those of version 2. */
const ID = { kept: 8, now: 6 };
const CONTENT = { kept: 6, now: 4 };
/** More legs than ten minutes can hold; a count above is damaged. */
const MOST_COUNTED = 100_000;

/**
 * The state of the first edition: `{ version: 1, fingerprint, since, readTo, seen: { exact, summed }, lookedTo, polls,
 * handed }`. Of older calls it kept, per ten minutes, only a count and a sum (`<count>.<sum>`): the count is taken
 * over, and the next re-check learns the legs.
 * @param kept not checked; what comes out has to be checked as any state
 */
export function fromVersion1(kept: Record<string, unknown>): unknown {
	const { fingerprint, since, readTo, lookedTo, polls, handed } = kept;
	const dedupe = dedupeOf(kept.seen);
	return {
		version: 2,
		fingerprint,
		since,
		readTo,
		recheckedTo: lookedTo,
		polls,
		dedupe,
		undated: {},
		emitted: emittedOf(handed),
	};
}

function dedupeOf(seen: unknown): DedupeState | null {
	const { exact, summed } = (seen ?? {}) as Record<string, unknown>;
	if (typeof exact !== 'object' || typeof summed !== 'object' || !exact || !summed) return null;
	const dedupe = emptyDedupe();
	for (const [bucket, entries] of Object.entries(exact)) {
		const width = ID.kept + CONTENT.kept;
		const legs = cut(entries, width);
		dedupe.recent[bucket] = legs.map((leg) => leg.slice(0, ID.now)).join('');
		dedupe.contents[bucket] = legs.map((leg) => leg.slice(ID.kept, ID.kept + CONTENT.now)).join('');
	}
	for (const [bucket, sum] of Object.entries(summed)) {
		const count = Number(String(sum).split('.')[0]);
		if (!Number.isInteger(count) || count < 0 || count > MOST_COUNTED) return null;
		dedupe.older[bucket] = countedBucket(count);
	}
	return dedupe;
}

function emittedOf(handed: unknown): unknown {
	if (handed === null || handed === undefined) return null;
	const { by, ids } = handed as Record<string, unknown>;
	if (typeof ids !== 'object' || ids === null) return 'damaged';
	const legs = Object.entries(ids).map(([bucket, hashes]) => [
		bucket,
		Array.isArray(hashes) ? hashes.map((hash) => String(hash).slice(0, ID.now)).join('') : null,
	]);
	return { by, legs: Object.fromEntries(legs) as unknown, undated: [] };
}

function cut(text: unknown, width: number): string[] {
	const found: string[] = [];
	const entries = String(text);
	for (let at = 0; at < entries.length; at += width) found.push(entries.slice(at, at + width));
	return found;
}
