import fc from 'fast-check';
import { IANAZone } from 'luxon';

const DAY = 86_400;
const FIRST = Date.UTC(2024, 0, 1) / 1000;
const LAST = Date.UTC(2028, 0, 1) / 1000;

/** An instant from which clocks in a zone show another offset than the second before. */
export interface Transition {
	zone: string;
	at: number;
	/** How far clocks go forward; negative = the time before is shown again. */
	forward: number;
}

/** Every zone the runtime knows, asked of the runtime itself and not of the code under test. */
export const ZONES = Intl.supportedValuesOf('timeZone');

export function offsetOf(zone: string, instant: number): number {
	return Math.round(IANAZone.create(zone).offset(instant * 1000) * 60);
}

/** All clock changes of a zone from 2024 to 2027. */
function transitionsOf(zone: string): Transition[] {
	const found: Transition[] = [];
	for (let from = FIRST; from < LAST; from += 5 * DAY) {
		const before = offsetOf(zone, from);
		if (offsetOf(zone, from + 5 * DAY) === before) continue;
		let [low, high] = [from, from + 5 * DAY];
		while (high - low > 1) {
			const middle = Math.floor((low + high) / 2);
			if (offsetOf(zone, middle) === before) low = middle;
			else high = middle;
		}
		found.push({ zone, at: high, forward: offsetOf(zone, high) - before });
	}
	return found;
}

/** All clock changes of all zones. */
export const transitions = ZONES.flatMap(transitionsOf);

/** Seconds around a clock change, where the mistakes are. */
export const nearTransition = fc
	.tuple(fc.constantFrom(...transitions), fc.integer({ min: -3 * 3600, max: 3 * 3600 }))
	.map(([transition, seconds]) => ({ ...transition, instant: transition.at + seconds }));
