import { DateTime } from 'luxon';

import type { Seconds, TimeRange } from '../../time';
import type { GroupFigures } from '../figures';
import type { AxisLabel } from './charts';

/** Every day of the period, also those without calls: `YYYY-MM-DD`. */
export function daysOf(period: TimeRange, zone: string): string[] {
	const at = (instant: Seconds) => DateTime.fromSeconds(instant, { zone }).toISODate() ?? '';
	const last = at(period.to);
	const days: string[] = [];
	for (let day = at(period.from); day <= last; day = next(day)) days.push(day);
	return days;
}

function next(day: string): string {
	return DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).toISODate() ?? '';
}

/** The figures of each day, null for a day without calls. */
export function byDay(
	days: readonly string[],
	figures: readonly GroupFigures[],
): Array<GroupFigures | null> {
	const known = new Map(figures.map((group) => [group.day, group]));
	return days.map((day) => known.get(day) ?? null);
}

const LABEL_WIDTH = 52;

/** Which days are named under a chart: all, else Mondays, else the first of months, else as many as fit. */
export function dayAxis(days: readonly string[], width: number): AxisLabel[] {
	const fits = Math.max(2, Math.floor(width / LABEL_WIDTH));
	const times = days.map((day) => DateTime.fromISO(day, { zone: 'utc' }).setLocale('en-GB'));
	const labels = times.map((time, index) => ({ index, time, text: time.toFormat('d LLL') }));
	const candidates = [
		labels,
		labels.filter(({ time }) => time.weekday === 1),
		labels.filter(({ time }) => time.day === 1),
	];
	const every = Math.ceil(days.length / fits);
	const chosen =
		candidates.find((list) => list.length > 0 && list.length <= fits) ??
		labels.filter(({ index }) => index % every === 0);
	return chosen.map(({ index, text }) => ({ index, text }));
}
