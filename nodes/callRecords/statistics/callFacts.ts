import type { Call } from '../call';
import type { Seconds } from '../time';

/** What the figures need of a call, read once for every grouping. Instants are Unix seconds. */
export interface CallFacts {
	call: Call;
	started: Seconds | null;
	/** What the clocks of the workflow's zone showed at the start, see `time.ts`. */
	wall: Seconds | null;
	/** Of calls that nobody answered: the stated end, else start and duration, else the start. Null of all others. */
	ended: Seconds | null;
	/** When the talk began; null without talk, and where neither an answer nor an end is known. */
	talkFrom: Seconds | null;
	/** The customer's number as a key of call-backs; null where it is not known or masked. */
	number: string | null;
}

/** Numbers of which only the last digits were kept: many callers share one. */
const MASK = '…';

export function readFacts(call: Call, zoneOffset: (instant: Seconds) => Seconds): CallFacts {
	const started = isoSeconds(call.startedAt);
	const number = call.externalNumber;
	return {
		call,
		started,
		wall: started === null ? null : started + zoneOffset(started),
		ended: call.outcome === 'answered' ? null : endOf(call, started),
		talkFrom: talkFrom(call, started),
		number: number === null || number.startsWith(MASK) ? null : number,
	};
}

/** Only what is needed is read out of a call: its times are most of what its figures cost. */
function endOf(call: Call, started: Seconds | null): Seconds | null {
	return (
		isoSeconds(call.endedAt) ?? (started === null ? null : started + (call.durationSeconds ?? 0))
	);
}

/**
 * A talk is taken as one interval of `talkSeconds`: from the answer, or, where the platform states none, up to the end.
 * It never begins before the call.
 */
function talkFrom(call: Call, started: Seconds | null): Seconds | null {
	if (!call.talkSeconds) return null;
	const answered = isoSeconds(call.answeredAt);
	const ended = answered === null ? isoSeconds(call.endedAt) : null;
	const from = answered ?? (ended === null ? null : ended - call.talkSeconds);
	return from === null || started === null || from >= started ? from : started;
}

/**
 * Unix seconds of `2025-03-04T09:15:00+08:00`, the form in which calls carry their times. `Date.parse` reads other forms;
 * it takes a quarter of a microsecond, and there are three times to a call.
 */
function isoSeconds(text: string | null): Seconds | null {
	if (text === null) return null;
	const sign = text.charCodeAt(19);
	if (text.length !== 25 || (sign !== PLUS && sign !== MINUS)) return parsed(text);
	const days = daysOf(digits(text, 0) * 100 + digits(text, 2), digits(text, 5), digits(text, 8));
	const clock = digits(text, 11) * 3600 + digits(text, 14) * 60 + digits(text, 17);
	const offset = digits(text, 20) * 3600 + digits(text, 23) * 60;
	return days * 86_400 + clock + (sign === MINUS ? offset : -offset);
}

const PLUS = 43;
const MINUS = 45;
const ZERO = 48;

function digits(text: string, at: number): number {
	return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}

/** Days since 1970 of a date of the Gregorian calendar; a year begins in March, so that a leap day is its last. */
function daysOf(year: number, month: number, day: number): number {
	const y = month > 2 ? year : year - 1;
	const m = (month + 9) % 12;
	const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
	return y * 365 + leapDays + Math.floor((m * 153 + 2) / 5) + day - 719_469;
}

function parsed(text: string): Seconds | null {
	const milliseconds = Date.parse(text);
	return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}
