import type { Seconds, TimeRange } from '../time';

const HOUR = 3600;
const HOURS_A_WEEK = 168;
const WEEK = HOURS_A_WEEK * HOUR;
/** So many calls of an hour weigh as much as what is known of other hours. */
const FEW_CALLS = 3;

/**
 * How many calls begin in a second of each hour of the week, learnt from what was read. Offices sleep at night and on
 * Sundays, so a slice that is sized by the clock alone is nearly empty or overflows.
 *
 * An hour that was hardly seen is estimated from the same hour of other days, and that from the mean:
 *
 *     Monday 09:00  <-  09:00 of any day  <-  any hour
 *
 * Estimates only size requests. Whether a slice is whole is never decided by them. All operations take the same time
 * however long the range is.
 */
export interface HourlyRate {
	/** All calls of the range, or so large a share of them (0 to 1), taken at random. */
	learn(range: TimeRange, times: Seconds[], share?: number): void;
	/** How many calls there are in the range, nobody knows when. */
	add(range: TimeRange, calls: number): void;
	isKnown(): boolean;
	/** How many calls the range should hold. Only ratios mean anything while nothing is known. */
	expected(range: TimeRange): number;
	/** The second by which `share` (0 to 1) of the calls of the range should have begun. */
	at(range: TimeRange, share: number): Seconds;
}

export function createHourlyRate(): HourlyRate {
	const calls = new Float64Array(HOURS_A_WEEK);
	const seconds = new Float64Array(HOURS_A_WEEK);
	const counted = { calls: 0, seconds: 0 };
	let curve: Curve | null = null;

	const shape = (): Curve => {
		const mean = (sum(calls) + counted.calls) / (sum(seconds) + counted.seconds);
		curve ??= createCurve(mean > 0 ? hourlyRates(calls, seconds, mean) : calls.map(() => 1));
		return curve;
	};

	return {
		learn(range, times, share = 1) {
			curve = null;
			addSeconds(seconds, range, share);
			for (const time of times) if (isInside(time, range)) calls[hourOf(time)]++;
		},
		add(range, count) {
			curve = null;
			if (Math.floor(range.from / HOUR) === Math.floor(range.to / HOUR)) {
				calls[hourOf(range.from)] += count;
				addSeconds(seconds, range, 1);
				return;
			}
			counted.calls += count;
			counted.seconds += range.to - range.from + 1;
		},
		isKnown: () => sum(calls) + counted.calls > 0,
		expected: ({ from, to }) => shape().until(to + 1) - shape().until(from),
		at({ from, to }, share) {
			const passed = shape().until(from);
			const found = shape().when(passed + share * (shape().until(to + 1) - passed));
			return Math.max(from, Math.min(to, found));
		},
	};
}

/** Calls a second, by hour of the week. */
function hourlyRates(calls: Float64Array, seconds: Float64Array, mean: number): Float64Array {
	return calls.map((_, hour) => {
		let dayCalls = 0;
		let daySeconds = 0;
		for (let same = hour % 24; same < HOURS_A_WEEK; same += 24) {
			dayCalls += calls[same];
			daySeconds += seconds[same];
		}
		const ofDay = blend(dayCalls, daySeconds, mean);
		return blend(calls[hour], seconds[hour], ofDay);
	});
}

/** Calls a second, where `expected` counts as much as a few calls do: an hour of silence says more in a busy office. */
function blend(calls: number, seconds: Seconds, expected: number): number {
	return (calls + FEW_CALLS) / (seconds + FEW_CALLS / expected);
}

/** How many calls have begun since the epoch, were every week the same. */
interface Curve {
	until(time: Seconds): number;
	/** The inverse of `until`. */
	when(calls: number): Seconds;
}

function createCurve(rates: Float64Array): Curve {
	const before = new Float64Array(HOURS_A_WEEK + 1);
	rates.forEach((rate, hour) => (before[hour + 1] = before[hour] + rate * HOUR));
	const week = before[HOURS_A_WEEK];
	return {
		until(time) {
			const hour = hourOf(time);
			const weeks = Math.floor(time / WEEK);
			return weeks * week + before[hour] + rates[hour] * (time - weeks * WEEK - hour * HOUR);
		},
		when(calls) {
			const weeks = Math.floor(calls / week);
			const rest = calls - weeks * week;
			let hour = 0;
			while (hour < HOURS_A_WEEK - 1 && before[hour + 1] <= rest) hour++;
			return weeks * WEEK + hour * HOUR + Math.floor((rest - before[hour]) / rates[hour]);
		},
	};
}

/** Adds the seconds of a range to the hours of the week they lie in: whole weeks at once, then what is left of one. */
function addSeconds(seconds: Float64Array, { from, to }: TimeRange, share: number): void {
	const weeks = Math.floor((to - from + 1) / WEEK);
	for (let hour = 0; hour < HOURS_A_WEEK; hour++) seconds[hour] += share * weeks * HOUR;
	for (let at = from + weeks * WEEK; at <= to;) {
		const next = Math.min(to + 1, (Math.floor(at / HOUR) + 1) * HOUR);
		seconds[hourOf(at)] += share * (next - at);
		at = next;
	}
}

function hourOf(time: Seconds): number {
	const hour = Math.floor(time / HOUR) % HOURS_A_WEEK;
	return hour < 0 ? hour + HOURS_A_WEEK : hour;
}

function isInside(time: Seconds, { from, to }: TimeRange): boolean {
	return time >= from && time <= to;
}

function sum(values: Float64Array): number {
	return values.reduce((total, value) => total + value, 0);
}
