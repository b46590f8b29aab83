import type { Seconds, TimeRange } from '../time';
import type { Emitted } from './emitted';
import { IncompleteRead, type PageRow, type ReadEvent, type ReadSlice } from './verdict';
import type { Verifier } from './verifier';

/** What the vendor counted in a range when it was first asked for, and what was found there since. */
export interface Tally {
	range: TimeRange;
	counted: number | null;
	/** Records that were emitted. */
	found: number;
	/** Ids of rows beyond its ends, which may have been counted with it. */
	beyond: Set<string>;
	verified: Verified[];
}

/** A slice that one reply held. */
export interface Verified {
	range: TimeRange;
	expected: number;
	found: number;
	/** How much more than the slice was asked for. */
	margin: Seconds;
}

export function createTally(range: TimeRange): Tally {
	return { range, counted: null, found: 0, beyond: new Set(), verified: [] };
}

export function addBeyond<T>({ range, beyond }: Tally, outside: Array<PageRow<T>>): void {
	for (const { id, at } of outside) {
		if (at !== null && (at < range.from || at > range.to)) beyond.add(id);
	}
}

/**
 * Compares what was found with what the vendor counted at first, and reads again what may have been answered wrongly.
 * More than first counted is normal, for calls arrive. Fewer is normal only if a second count is lower, too: then some
 * were deleted.
 * @throws IncompleteRead when records are still missing
 */
export async function* reconcile<T>(
	tally: Tally,
	verifier: Verifier<T>,
	emitted: Emitted,
	readAgain: (slice: Verified) => AsyncGenerator<ReadSlice<T>>,
	note: (event: ReadEvent) => void,
): AsyncGenerator<ReadSlice<T>> {
	// What was asked for before it was known that the platform rounds times may lack its last rows.
	for (const slice of [...tally.verified]) {
		if (slice.margin < verifier.margin()) yield* readAgain(slice);
	}
	const found = () => tally.found + tally.beyond.size;
	if (tally.counted === null || found() >= tally.counted) return;
	const counted = await verifier.count(tally.range);
	const isMissing = () => counted === null || found() < counted;
	if (!isMissing()) return;
	note({ kind: 'readAgain', range: tally.range });
	// Those first that held fewer than they should.
	const lack = ({ expected, found: held }: Verified) => expected - held;
	const suspects = [...tally.verified].sort((a, b) => lack(b) - lack(a));
	for (const slice of emitted.isWhole() ? suspects : []) {
		yield* readAgain(slice);
		if (!isMissing()) return;
	}
	throw new IncompleteRead(
		tally.range,
		`the platform counts ${counted ?? tally.counted} records but sends ${found()}, also after reading again`,
	);
}

/** Reports the count of the window once all its ranges are counted, and when it turns out to be another. */
export function reportTotal(ranges: number, report: (total: number) => void): (t: Tally) => void {
	const totals = new Map<Tally, number>();
	let reported: number | null = null;
	return (tally) => {
		if (tally.counted === null) return;
		totals.set(tally, tally.counted - tally.beyond.size);
		const total = [...totals.values()].reduce((sum, one) => sum + one, 0);
		if (totals.size < ranges || total === reported) return;
		reported = total;
		report(total);
	};
}
