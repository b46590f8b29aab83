import type { Seconds, TimeRange } from '../time';
import type { HourlyRate } from './hourlyRate';

/** The least part of a range from which a sample of it comes. */
const SPREAD = 0.2;

/**
 * Rows of an unsorted list that are not counted: they show when calls begin, but not how many there are. The first slice
 * inside them that is read whole says what share of its calls the innermost sample holds, and so on outwards:
 *
 *     sample                |  .   .  .    .   .  .   .   .  .|    35 of its rows in the next one, which holds 200
 *     sample                |. .. . ..  . .|                       50 of its rows in the slice, which holds 100
 *     read whole            |.........|                            100 rows
 */
export interface Samples {
	add(range: TimeRange, times: Seconds[]): void;
	/** A slice was read whole, with so many rows: the samples around it are learnt, and forgotten. */
	learn(slice: TimeRange, rows: number, rates: HourlyRate): void;
}

export function createSamples(): Samples {
	let samples: Array<{ range: TimeRange; times: Seconds[] }> = [];
	return {
		add: (range, times) => void samples.push({ range, times }),
		learn(slice, rows, rates) {
			if (rows === 0) return;
			let inner = { range: slice, rows };
			for (const { range, times } of samples.reverse()) {
				const share = Math.min(1, Math.max(1, countIn(inner.range, times)) / inner.rows);
				rates.learn(range, times, share);
				inner = { range, rows: times.length / share };
			}
			samples = [];
		},
	};
}

/** Whether the rows of an unsorted reply come from all over the range: most of them from more than a part of it. */
export function isSpread({ from, to }: TimeRange, times: Seconds[]): boolean {
	const sorted = [...times].sort((a, b) => a - b);
	const tenth = Math.floor(sorted.length / 10);
	if (tenth < 1) return false;
	return sorted[sorted.length - 1 - tenth] - sorted[tenth] > SPREAD * (to - from);
}

function countIn({ from, to }: TimeRange, times: Seconds[]): number {
	return times.filter((at) => at >= from && at <= to).length;
}
