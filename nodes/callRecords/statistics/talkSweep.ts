import type { Seconds } from '../time';

const HOUR = 3600;
/** Every change of clocks known falls on one, see `zoneOffset` in `time.ts`. */
const QUARTER = 900;

/** How many talks there were at once, and how much was talked within one clock hour. */
export interface TalkSweep {
	add(from: Seconds, to: Seconds): void;
	/** Nothing will be added that begins before `until`: what happened before it is counted and forgotten. */
	advance(until: Seconds): void;
	/** The most talks at one moment. A talk that begins in the second in which another ends does not overlap it. */
	peak(): number;
	/** The most talk seconds within one clock hour of the zone. */
	busiestHourSeconds(): number;
}

/**
 * Goes through the starts and ends of talks in time order. It holds only the talks that are not over, so its memory does
 * not grow with the number of calls.
 */
export function createTalkSweep(zoneOffset: (instant: Seconds) => Seconds): TalkSweep {
	const events: number[] = [];
	let running = 0;
	let peak = 0;
	let clock = 0;
	let hourEnd = 0;
	let hourSeconds = 0;
	let busiest = 0;
	const shareUntil = (to: Seconds) => {
		while (clock < to) {
			if (clock >= hourEnd) {
				hourEnd = endOfClockHour(clock, zoneOffset);
				hourSeconds = 0;
			}
			const next = Math.min(to, hourEnd);
			hourSeconds += running * (next - clock);
			clock = next;
			if (hourSeconds > busiest) busiest = hourSeconds;
		}
	};
	return {
		add(from, to) {
			push(events, asStart(from));
			push(events, asEnd(to));
		},
		advance(until) {
			while (events.length > 0 && events[0] < asEnd(until)) {
				const event = pop(events);
				const starts = event % 2;
				const at = (event - starts) / 2;
				if (running === 0) clock = at;
				else shareUntil(at);
				running += starts === 1 ? 1 : -1;
				if (running > peak) peak = running;
			}
		},
		peak: () => peak,
		busiestHourSeconds: () => busiest,
	};
}

/** An event is one number, so that they sort by time, and an end before a start of the same second. */
const asEnd = (at: Seconds) => at * 2;
const asStart = (at: Seconds) => at * 2 + 1;

/** The next full hour on the clocks of the zone, or the moment before it at which they change. */
function endOfClockHour(instant: Seconds, zoneOffset: (instant: Seconds) => Seconds): Seconds {
	const offset = zoneOffset(instant);
	const end = instant + HOUR - ((instant + offset) % HOUR);
	for (let at = instant + QUARTER - (instant % QUARTER); at < end; at += QUARTER) {
		if (zoneOffset(at) !== offset) return at;
	}
	return end;
}

/** A binary heap with the smallest number first. */
function push(heap: number[], value: number): void {
	let at = heap.length;
	heap.push(value);
	while (at > 0) {
		const parent = (at - 1) >> 1;
		if (heap[parent] <= value) break;
		heap[at] = heap[parent];
		at = parent;
	}
	heap[at] = value;
}

function pop(heap: number[]): number {
	const smallest = heap[0];
	const value = heap.pop() as number;
	if (heap.length === 0) return smallest;
	let at = 0;
	for (;;) {
		let child = at * 2 + 1;
		if (child >= heap.length) break;
		if (child + 1 < heap.length && heap[child + 1] < heap[child]) child++;
		if (heap[child] >= value) break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = value;
	return smallest;
}
