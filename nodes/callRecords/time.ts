import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';

/**
 * Instants are Unix seconds. Wall time is what a clock on the wall shows, counted as if the wall hung in UTC:
 * it can be compared, added to and printed without a zone. Platforms that print times without an offset speak wall time.
 */
export type Seconds = number;

/** Both ends belong to the range, as on every platform. */
export interface TimeRange {
	from: Seconds;
	to: Seconds;
}

const HOUR = 3600;
const DAY = 86_400;
const QUARTER = 900;
/** No zone is further from UTC than the Line Islands. */
const MOST_MINUTES = 14 * 60;
const WALL_PATTERN =
	/^\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*$/;

/** `2025-03-04 09:15:00` → wall seconds; null for anything that is not a time of the calendar (`""`, `0000-00-00 …`). */
export function parseWall(text: unknown): Seconds | null {
	if (typeof text !== 'string') return null;
	const match = WALL_PATTERN.exec(text);
	if (!match) return null;
	const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
	return wallFromParts(year, month, day, hour, minute, second);
}

/** Null when a part is out of its range (month 13, 31 February, hour 24). */
export function wallFromParts(
	year: number,
	month: number,
	day: number,
	hour: number,
	minute: number,
	second: number,
): Seconds | null {
	const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
	const exact =
		year >= 1970 &&
		date.getUTCMonth() === month - 1 &&
		date.getUTCDate() === day &&
		date.getUTCHours() === hour &&
		date.getUTCMinutes() === minute &&
		date.getUTCSeconds() === second;
	return exact ? date.getTime() / 1000 : null;
}

/** Wall seconds → `2025-03-04 09:15:00`. */
export function formatWall(wall: Seconds): string {
	return new Date(wall * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

const zones = new Map<string, (instant: Seconds) => Seconds>();

/**
 * The zone's offset from UTC in seconds at an instant (luxon's rules, that is the runtime's zone database).
 * Remembered per quarter of an hour, since every offset change known falls on one and the lookup is slow.
 * @throws RangeError when there is no such zone
 */
export function zoneOffset(zone: string): (instant: Seconds) => Seconds {
	const known = zones.get(zone);
	if (known) return known;
	const rules = rulesOf(zone);
	if (!rules) throw new RangeError(`There is no time zone "${zone}"`);
	let remembered = new Map<number, Seconds>();
	const offset = (instant: Seconds): Seconds => {
		const quarter = Math.floor(instant / QUARTER);
		let seconds = remembered.get(quarter);
		if (seconds === undefined) {
			seconds = Math.round(rules.offset(quarter * QUARTER * 1000) * 60);
			if (remembered.size > 50_000) remembered = new Map();
			remembered.set(quarter, seconds);
		}
		return seconds;
	};
	zones.set(zone, offset);
	return offset;
}

/** Whether clocks in a zone change in this year. */
export function hasDaylightSaving(zone: string): boolean {
	const offset = zoneOffset(zone);
	const now = Math.floor(Date.now() / 1000);
	const quarters = [0, 1, 2, 3].map((quarter) => offset(now + quarter * 91 * DAY));
	return quarters.some((seconds) => seconds !== quarters[0]);
}

export function isZone(zone: string): boolean {
	return rulesOf(zone) !== null;
}

/** An IANA name, or a fixed offset like `UTC+2` or `UTC-3:30`, where a platform says no more than that. */
function rulesOf(zone: string): Zone | null {
	if (IANAZone.isValidZone(zone)) return IANAZone.create(zone);
	const fixed = FixedOffsetZone.parseSpecifier(zone) as FixedOffsetZone | null;
	return fixed !== null && Math.abs(fixed.offset(0)) <= MOST_MINUTES ? fixed : null;
}

/** The offset as the name of a zone that always has it: 7200 → `UTC+2`, 20700 → `UTC+5:45`. */
export function zoneOfOffset(offset: Seconds): string {
	const minutes = Math.round(Math.abs(offset) / 60);
	const past = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
	return `UTC${offset < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${past}`;
}

/**
 * The instants at which clocks in `zone` showed `wall`: one as a rule, two in the hour that an autumn change repeats
 * (earlier first). An hour that a spring change skips was never shown; it is read on by the offset before the change.
 */
export function instantsOf(wall: Seconds, zone: string): Seconds[] {
	const offset = zoneOffset(zone);
	const before = offset(wall - DAY);
	const after = offset(wall + DAY);
	const found = [...new Set([before, after])]
		.map((seconds) => wall - seconds)
		.filter((instant) => instant + offset(instant) === wall)
		.sort((a, b) => a - b);
	return found.length > 0 ? found : [wall - before];
}

/**
 * The wall time around `wall` that clocks in `zone` showed twice, or never, because they were changed: an hour as a rule.
 * Null for a time that they showed once, as nearly all are.
 */
export function changedHour(wall: Seconds, zone: string): TimeRange | null {
	const isClear = (time: Seconds) => {
		const [instant, ...others] = instantsOf(time, zone);
		return others.length === 0 && wallOf(instant, zone) === time;
	};
	if (isClear(wall)) return null;
	const quarter = Math.floor(wall / QUARTER) * QUARTER;
	let [from, to] = [quarter, quarter + QUARTER];
	while (!isClear(from - 1)) from -= QUARTER;
	while (!isClear(to)) to += QUARTER;
	return { from, to: to - 1 };
}

export function wallOf(instant: Seconds, zone: string): Seconds {
	return instant + zoneOffset(zone)(instant);
}

/**
 * The shortest range of wall time that shows every instant of `range`. Where clocks are set back near an end of the
 * range it is wider than the range itself, so that the repeated hour is read whole; `isWithin` then takes out the rest.
 */
export function wallRange(range: TimeRange, zone: string): TimeRange {
	let from = wallOf(range.from, zone);
	let to = wallOf(range.to, zone);
	const firstQuarter = Math.ceil(range.from / QUARTER) * QUARTER;
	for (let at = firstQuarter; at <= Math.min(range.to, range.from + 4 * HOUR); at += QUARTER) {
		from = Math.min(from, wallOf(at, zone));
	}
	const lastQuarter = Math.floor(range.to / QUARTER) * QUARTER;
	for (let at = lastQuarter; at > Math.max(range.from, range.to - 4 * HOUR); at -= QUARTER) {
		to = Math.max(to, wallOf(at - 1, zone));
	}
	return { from, to };
}

/** One moment of a call as a platform gave it: an instant, or wall time that may have two readings. */
export type Moment = { instant: Seconds } | { wall: Seconds } | null;

export interface CallTimes {
	/** Null only where the row has no readable start. */
	started: Seconds | null;
	answered: Seconds | null;
	ended: Seconds | null;
	/** One of the moments has two readings and nothing in the row says which; the earlier one is given. */
	ambiguous: boolean;
}

/**
 * Settles the instants of a call from its moments. In the repeated hour the order of the moments and the stated
 * duration usually leave one reading; what is left open is reported as ambiguous.
 */
export function settleTimes(
	moments: { started: Moment; answered: Moment; ended: Moment; durationSeconds: number | null },
	zone: string,
): CallTimes {
	const readings = (moment: Moment): Array<Seconds | null> => {
		if (moment === null) return [null];
		return 'instant' in moment ? [moment.instant] : instantsOf(moment.wall, zone);
	};
	const starts = readings(moments.started);
	const answers = readings(moments.answered);
	const ends = readings(moments.ended);
	if (starts.length * answers.length * ends.length === 1) {
		return { started: starts[0], answered: answers[0], ended: ends[0], ambiguous: false };
	}
	const candidates: Array<CallTimes & { misfit: number }> = [];
	for (const started of starts) {
		for (const answered of answers) {
			for (const ended of ends) {
				const known = [started, answered, ended].filter((moment) => moment !== null);
				const inOrder = known.every((moment, i) => i === 0 || moment >= known[i - 1]);
				const misfit =
					started === null || ended === null || moments.durationSeconds === null
						? 0
						: Math.abs(ended - started - moments.durationSeconds);
				// Durations are rounded, and some platforms count from another ring: ten minutes distinguish the two readings.
				candidates.push({
					started,
					answered,
					ended,
					ambiguous: false,
					misfit: (inOrder ? 0 : DAY) + (misfit > 600 ? misfit : 0),
				});
			}
		}
	}
	const best = Math.min(...candidates.map((candidate) => candidate.misfit));
	const left = candidates.filter((candidate) => candidate.misfit === best);
	const { started, answered, ended } = left[0];
	return { started, answered, ended, ambiguous: left.length > 1 };
}

/** An instant as ISO 8601 with the offset that `zone` had then: `2025-03-04T09:15:00+08:00`. */
export function toIso(instant: Seconds, zone: string): string {
	const offset = zoneOffset(zone)(instant);
	const minutes = Math.abs(Math.round(offset / 60));
	const two = (value: number) => String(value).padStart(2, '0');
	const sign = offset < 0 ? '-' : '+';
	const clock = new Date((instant + offset) * 1000).toISOString().slice(0, 19);
	return `${clock}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export type Period =
	| 'lastHour'
	| 'last24Hours'
	| 'today'
	| 'yesterday'
	| 'last7Days'
	| 'last30Days'
	| 'thisMonth'
	| 'lastMonth'
	| 'custom';

/** The range of a named period in the workflow's zone. Periods that reach to now end now, once and for all. */
export function periodRange(period: Exclude<Period, 'custom'>, now: DateTime): TimeRange {
	const starts: Record<Exclude<Period, 'custom'>, [DateTime, DateTime]> = {
		lastHour: [now.minus({ hours: 1 }), now],
		last24Hours: [now.minus({ hours: 24 }), now],
		today: [now.startOf('day'), now],
		yesterday: [now.minus({ days: 1 }).startOf('day'), now.minus({ days: 1 }).endOf('day')],
		last7Days: [now.minus({ days: 7 }), now],
		last30Days: [now.minus({ days: 30 }), now],
		thisMonth: [now.startOf('month'), now],
		lastMonth: [now.minus({ months: 1 }).startOf('month'), now.minus({ months: 1 }).endOf('month')],
	};
	const [from, to] = starts[period];
	return { from: Math.floor(from.toSeconds()), to: Math.floor(to.toSeconds()) };
}

/**
 * A time as it comes out of an n8n parameter: luxon DateTime, Date, ISO or SQL text, Unix seconds or milliseconds.
 * Text without an offset is wall clock in `zone`.
 * @returns null when it cannot be read as a time
 */
export function parseTime(value: unknown, zone: string): DateTime | null {
	if (DateTime.isDateTime(value)) return value.isValid ? (value as DateTime) : null;
	if (value instanceof Date) return asValid(DateTime.fromJSDate(value, { zone }));
	if (typeof value === 'number') {
		return asValid(
			value > 1e11 ? DateTime.fromMillis(value, { zone }) : DateTime.fromSeconds(value, { zone }),
		);
	}
	if (typeof value !== 'string') return null;
	const text = value.trim();
	if (/^\d{9,13}$/.test(text)) return parseTime(Number(text), zone);
	return (
		asValid(DateTime.fromISO(text, { zone })) ??
		asValid(DateTime.fromSQL(text, { zone })) ??
		asValid(DateTime.fromRFC2822(text, { zone }))
	);
}

function asValid(time: DateTime): DateTime | null {
	return time.isValid ? time : null;
}
