import { DateTime } from 'luxon';

import type { Seconds } from '../../time';

/** What stands where a figure is not known. */
export const UNKNOWN = '–';

export function count(value: number | null): string {
	return value === null ? UNKNOWN : value.toLocaleString('en-US');
}

/** `1 call`, `2 calls`. */
export function counted(value: number, one: string, many = `${one}s`): string {
	return `${count(value)} ${value === 1 ? one : many}`;
}

/** Of a share from 0 to 1, to one decimal. Only all is 100 %, and only none is 0 %. */
export function percent(share: number | null): string {
	if (share === null) return UNKNOWN;
	if (share === 0 || share === 1) return `${share * 100}%`;
	return `${Math.min(99.9, Math.max(0.1, Math.round(share * 1000) / 10)).toFixed(1)}%`;
}

/** From here on, nobody counts minutes. */
const HOURS_ALONE = 100;

/** `8 s`, `2 min 5 s`, `3 h 20 min`, `2,331 h`. */
export function duration(seconds: number | null): string {
	if (seconds === null) return UNKNOWN;
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	if (whole < 3600) return two(Math.floor(whole / 60), 'min', whole % 60, 's');
	if (whole >= HOURS_ALONE * 3600) return `${count(Math.round(whole / 3600))} h`;
	return two(Math.floor(whole / 3600), 'h', Math.round((whole % 3600) / 60), 'min');
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
	if (small === 60) return `${large + 1} ${largeUnit}`;
	const text = `${count(large)} ${largeUnit}`;
	return small === 0 ? text : `${text} ${small} ${smallUnit}`;
}

function timeAt(instant: Seconds, zone: string): DateTime {
	return DateTime.fromSeconds(instant, { zone }).setLocale('en-GB');
}

/** `Tue 4 Mar,` and `09:15`. */
export function moment(instant: Seconds, zone: string): [day: string, time: string] {
	const time = timeAt(instant, zone);
	return [time.toFormat('ccc d LLL,'), time.toFormat('HH:mm')];
}

/** `4 March 2025, 09:15`. */
export function fullMoment(instant: Seconds, zone: string): string {
	return timeAt(instant, zone).toFormat('d LLLL yyyy, HH:mm');
}

/** Whole days without times: `3 – 9 March 2025`; else with them. */
export function periodText(period: { from: Seconds; to: Seconds }, zone: string): string {
	const from = timeAt(period.from, zone);
	const to = timeAt(period.to, zone);
	const isWholeDays =
		+from === +from.startOf('day') && period.to === Math.floor(to.endOf('day').toSeconds());
	if (!isWholeDays) {
		return `${fullMoment(period.from, zone)} – ${fullMoment(period.to, zone)}`;
	}
	if (from.hasSame(to, 'day')) return from.toFormat('cccc, d LLLL yyyy');
	const form = from.hasSame(to, 'month')
		? 'd'
		: from.hasSame(to, 'year')
			? 'd LLLL'
			: 'd LLLL yyyy';
	return `${from.toFormat(form)} – ${to.toFormat('d LLLL yyyy')}`;
}

/** `Mon 3 Mar` of `2025-03-03`. */
export function dayLabel(day: string): string {
	return DateTime.fromISO(day, { zone: 'utc' }).setLocale('en-GB').toFormat('ccc d LLL');
}

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export function hourLabel(hour: number): string {
	return `${String(hour).padStart(2, '0')}:00`;
}
