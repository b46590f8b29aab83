import { DateTime } from 'luxon';

import type { Seconds, TimeRange } from '../../time';
import type { GroupFigures } from '../figures';
import type { AxisLabel } from './charts';
import type { ReportData } from './data';
import { dayLabel, hourLabel } from './format';

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

/** What is drawn along time: the days of the period, or, where it is a single one, its hours. */
export interface Timeline {
	unit: 'day' | 'hour';
	/** What each step is called where there is room. */
	names: string[];
	/** The figures of each step, null where there were no calls. */
	figures: Array<GroupFigures | null>;
	/** The labels under a chart of this width. */
	axis(width: number): AxisLabel[];
}

export function timelineOf(data: ReportData, period: TimeRange, zone: string): Timeline {
	const days = daysOf(period, zone);
	return days.length === 1 ? hours(data) : ofDays(days, data);
}

function ofDays(days: string[], data: ReportData): Timeline {
	const known = new Map(data.days.map((group) => [group.day, group]));
	return {
		unit: 'day',
		names: days.map(dayLabel),
		figures: days.map((day) => known.get(day) ?? null),
		axis: (width) => dayAxis(days, width),
	};
}

function hours(data: ReportData): Timeline {
	const known = new Map(data.hours.map((group) => [group.hour, group]));
	const all = Array.from({ length: 24 }, (_, hour) => hour);
	return {
		unit: 'hour',
		names: all.map(hourLabel),
		figures: all.map((hour) => known.get(hour) ?? null),
		axis(width) {
			const every = width < 24 * 24 ? 4 : 2;
			const labelled = all.filter((hour) => hour % every === 0);
			return labelled.map((hour) => ({ index: hour, text: hourLabel(hour) }));
		},
	};
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
