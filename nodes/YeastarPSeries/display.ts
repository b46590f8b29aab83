import { wallFromParts, type Seconds } from '../callRecords/time';

/**
 * How the PBX writes times (docs/vendors/yeastar-p-series.md 5). Confirmed are the three with a slash; one client maps
 * the three with a dash as well.
 */
export const DATE_FORMATS = [
	'DD/MM/YYYY',
	'MM/DD/YYYY',
	'YYYY/MM/DD',
	'DD-MM-YYYY',
	'MM-DD-YYYY',
	'YYYY-MM-DD',
] as const;

export type DateFormat = (typeof DATE_FORMATS)[number];
export type Hours = 12 | 24;

export interface DisplayFormat {
	date: DateFormat;
	hours: Hours;
}

const QUARTER = 900;
const FURTHEST_ZONE = 14 * 3600;
const TIME =
	/^\s*(\d{1,4})([-/])(\d{1,2})\2(\d{1,4})[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([AaPp])\.?[Mm]\.?)?\s*$/;

/** `03/11/2026 08:13:20 PM` → wall seconds; null for anything that is not a time in this format. */
export function parseDisplay(text: unknown, date: DateFormat): Seconds | null {
	const match = typeof text === 'string' ? TIME.exec(text) : null;
	if (!match || !date.includes(match[2])) return null;
	const names = date.split(match[2]);
	const digits = [match[1], match[3], match[4]];
	if (digits[names.indexOf('YYYY')].length !== 4) return null;
	const part = (name: string) => Number(digits[names.indexOf(name)]);
	const hour = hourOf(Number(match[5]), match[8]?.toUpperCase());
	if (hour === null) return null;
	return wallFromParts(
		part('YYYY'),
		part('MM'),
		part('DD'),
		hour,
		Number(match[6]),
		Number(match[7] ?? 0),
	);
}

function hourOf(shown: number, half: string | undefined): number | null {
	if (half === undefined) return shown;
	if (shown < 1 || shown > 12) return null;
	return (shown % 12) + (half === 'P' ? 12 : 0);
}

/** Wall seconds → as the PBX shows it. */
export function formatDisplay(wall: Seconds, format: DisplayFormat): string {
	const iso = new Date(wall * 1000).toISOString();
	const [year, month, day] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10)];
	const [hour, past] = [iso.slice(11, 13), iso.slice(14, 19)];
	const date = format.date.replace('YYYY', year).replace('MM', month).replace('DD', day);
	if (format.hours === 24) return `${date} ${hour}:${past}`;
	const twelve = String(((Number(hour) + 11) % 12) + 1).padStart(2, '0');
	return `${date} ${twelve}:${past} ${Number(hour) < 12 ? 'AM' : 'PM'}`;
}

/** What one time shows that the PBX gave as text and as an instant. */
export interface Recognised {
	/** More than one where day and month are the same number. */
	dates: DateFormat[];
	hours: Hours;
	/** Of the PBX's zone at that time. */
	offset: Seconds;
}

/**
 * Recognises the format by the text itself. Its name is not enough: lower-case `hh` is said of 24 hours too
 * (docs/vendors/yeastar-p-series.md 5.3). Day and month are distinguished by the instant: swapped, they are weeks away
 * from it.
 */
export function recognise(text: unknown, instant: Seconds | null): Recognised | null {
	if (typeof text !== 'string' || instant === null) return null;
	const fitting = DATE_FORMATS.flatMap((date) => {
		const wall = parseDisplay(text, date);
		if (wall === null) return [];
		const offset = Math.round((wall - instant) / QUARTER) * QUARTER;
		const isNear = Math.abs(wall - instant - offset) <= 60 && Math.abs(offset) <= FURTHEST_ZONE;
		return isNear ? [{ date, offset }] : [];
	});
	if (fitting.length === 0) return null;
	return {
		dates: fitting.map(({ date }) => date),
		hours: hoursOf(text),
		offset: fitting[0].offset,
	};
}

/** 12 where AM or PM is said, in a time or in the name of a format. */
export function hoursOf(text: string): Hours {
	return /[ap]\.?m\.?\s*$|\ba\s*$/i.test(text) ? 12 : 24;
}

/** Go's reference time, which names a format: the second of January 2006, 03:04:05 in the afternoon. */
const GO_TIME = /valid format:\s*([\d/-]{10})\s+(03|15):04:05/i;
const GO_DATE: Record<string, string> = { '2006': 'YYYY', '01': 'MM', '02': 'DD' };

/**
 * The format that newer firmware asks for where it cannot read a time, as in `start_time format invalid, valid format:
 * 02/01/2006 03:04:05 PM` (docs/vendors/yeastar-p-series.md 18).
 */
export function namedFormat(said: string | null | undefined): DisplayFormat | null {
	const [, named, hour] = GO_TIME.exec(said ?? '') ?? [];
	const date = named?.replace(/\d+/g, (part) => GO_DATE[part] ?? part);
	return isDateFormat(date) ? { date, hours: hour === '03' ? 12 : 24 } : null;
}

export function isDateFormat(name: unknown): name is DateFormat {
	return DATE_FORMATS.some((date) => date === name);
}
