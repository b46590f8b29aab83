import type { Seconds, TimeRange } from '../time';

/**
 * seen: a reply has shown these rows one by one. counted: the platform has counted them, nobody knows where they lie.
 * believed: a share of what was counted for a longer time.
 */
export type Knowledge = 'seen' | 'counted' | 'believed';

/** A stretch of time that is still to be read, and how many rows it is believed to hold. */
export interface Stretch extends TimeRange {
	rows: number;
	known: Knowledge;
	/** How often a part was larger than planned without showing why. */
	crowded?: number;
}

const HOUR = 3600;
const HOURS_A_WEEK = 168;
const FEW_CALLS = 3;

/**
 * When calls are made: how many a second were seen in each hour of the week, whatever week it was. Offices sleep at
 * night and on Sundays, so a part that is sized by the clock alone is nearly empty or overflows.
 */
export interface WeekProfile {
	/** `times` are all the calls of the range, or a sample: so large a share of them, whenever they were. */
	learn(range: TimeRange, times: Seconds[], share?: number): void;
	/** The relative weight of a range. Only ratios mean anything. */
	weight(range: TimeRange): number;
	/** Where `share` (0 to 1) of the weight of the range has passed. */
	at(range: TimeRange, share: number): Seconds;
}

export function createWeekProfile(): WeekProfile {
	const calls = new Float64Array(HOURS_A_WEEK);
	const seconds = new Float64Array(HOURS_A_WEEK);
	let rates: Float64Array | null = null;

	/** What was seen in the hour; while few calls were, what was seen in that hour of other days, or at all. */
	const hourRates = (): Float64Array => {
		if (rates) return rates;
		rates = new Float64Array(HOURS_A_WEEK).fill(1);
		const allCalls = sum(calls);
		if (allCalls === 0) return rates;
		const mean = allCalls / sum(seconds);
		for (let hour = 0; hour < HOURS_A_WEEK; hour++) {
			let dayCalls = 0;
			let daySeconds = 0;
			for (let same = hour % 24; same < HOURS_A_WEEK; same += 24) {
				dayCalls += calls[same];
				daySeconds += seconds[same];
			}
			const ofDay = rate(dayCalls, daySeconds, mean);
			rates[hour] = 0.02 * mean + rate(calls[hour], seconds[hour], ofDay);
		}
		return rates;
	};

	const weight = (range: TimeRange) => {
		let total = 0;
		eachHour(range, (from, to) => {
			total += (to - from) * hourRates()[hourOf(from)];
			return true;
		});
		return total;
	};

	return {
		learn(range, times, share = 1) {
			// Weeks of silence say nothing about where in a week calls are, and cost time to go through.
			if (range.to - range.from > 5 * HOURS_A_WEEK * HOUR) return;
			eachHour(range, (from, to) => {
				seconds[hourOf(from)] += (to - from) * share;
				return true;
			});
			for (const time of times) if (time >= range.from && time <= range.to) calls[hourOf(time)]++;
			rates = null;
		},
		weight,
		at(range, share) {
			const wanted = weight(range) * share;
			let passed = 0;
			let found = range.to;
			eachHour(range, (from, to) => {
				const rate = hourRates()[hourOf(from)];
				if (passed + (to - from) * rate >= wanted) {
					found = from + Math.floor((wanted - passed) / rate);
					return false;
				}
				passed += (to - from) * rate;
				return true;
			});
			return Math.min(found, range.to);
		},
	};
}

/** Calls a second, where `expected` counts as much as a few calls do: an hour of silence says more in a busy office. */
function rate(calls: number, seconds: Seconds, expected: number): number {
	return (calls + FEW_CALLS) / (seconds + FEW_CALLS / expected);
}

function sum(values: Float64Array): number {
	return values.reduce((total, value) => total + value, 0);
}

function hourOf(time: Seconds): number {
	const hour = Math.floor(time / HOUR) % HOURS_A_WEEK;
	return hour < 0 ? hour + HOURS_A_WEEK : hour;
}

/** Calls `visit` with each part [from, to) of the range that lies in one hour, until it returns false. */
function eachHour(range: TimeRange, visit: (from: Seconds, to: Seconds) => boolean): void {
	const end = range.to + 1;
	let from = range.from;
	while (from < end) {
		const to = Math.min(end, (Math.floor(from / HOUR) + 1) * HOUR);
		if (!visit(from, to)) return;
		from = to;
	}
}
