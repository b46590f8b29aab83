/** Scales of charts: numbers to places. Pure, and compared with d3 in the tests. */

/** Steps that people count in. */
const STEPS = [1, 2, 5, 10];

/**
 * Even, round values from 0 to at least `max`, about `count` steps of them.
 * @returns whole numbers, since what is counted is whole; `[0, 1]` for a maximum of 0
 */
export function ticks(max: number, count: number): number[] {
	if (max <= 0) return [0, 1];
	const rough = max / count;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = Math.max(1, power * (STEPS.find((factor) => factor * power >= rough) ?? 10));
	return Array.from({ length: Math.ceil(max / step) + 1 }, (_, i) => i * step);
}

/** Places of `count` bands of one width side by side, with `gap` (a share of a step) between them and half of it outside. */
export function bands(count: number, width: number, gap: number): { at: number[]; width: number } {
	const step = count === 0 ? 0 : width / count;
	return {
		at: Array.from({ length: count }, (_, i) => i * step + (step * gap) / 2),
		width: step * (1 - gap),
	};
}

/** Where each of the values piled up on one another begins and ends. */
export function stack(values: readonly number[]): Array<[number, number]> {
	let top = 0;
	return values.map((value) => {
		top += value;
		return [top - value, top];
	});
}

/** Which of `shades` (1 to their number) a value between 0 and `max` has; 0 for 0. */
export function shade(value: number, max: number, shades: number): number {
	if (value <= 0) return 0;
	return Math.min(shades, Math.floor((value / max) * shades) + 1);
}

/** A coordinate with one decimal at most: no eye sees more, and it keeps the file small. */
export function coordinate(value: number): number {
	return Math.round(value * 10) / 10;
}
