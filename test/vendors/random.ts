/** A small seeded generator (mulberry32): the same seed gives the same calls, and the same faults, everywhere. */
export interface Random {
	/** Between 0 and 1. */
	next(): number;
	/** A whole number from `min` to `max`, both included. */
	whole(min: number, max: number): number;
	pick<T>(values: readonly T[]): T;
	chance(probability: number): boolean;
}

export function createRandom(seed: number): Random {
	let state = seed | 0;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
	return {
		next,
		whole,
		pick: (values) => values[whole(0, values.length - 1)],
		chance: (probability) => next() < probability,
	};
}
