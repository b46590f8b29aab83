import type { CallRecord, Direction, PartyKind } from '../callRecord';
import type { Seconds } from '../time';

/** A call record with its times as Unix seconds, read once: a call compares them many times. */
export interface Leg {
	record: CallRecord;
	/** Null only where the platform's row has no readable start. */
	started: Seconds | null;
	answered: Seconds | null;
	ended: Seconds | null;
}

/** Who or what picks up where a leg of this kind is answered. Kinds that nobody knows are taken for people. */
export const PICKED_UP_BY: Record<PartyKind, 'person' | 'group' | 'voicemail' | 'system'> = {
	person: 'person',
	external: 'person',
	conference: 'person',
	unknown: 'person',
	ringGroup: 'group',
	voicemail: 'voicemail',
	queue: 'system',
	menu: 'system',
	announcement: 'system',
};

/** Where legs began in the same second, a call passes them in this order. */
const RANK: Record<PartyKind, number> = {
	menu: 0,
	announcement: 1,
	queue: 2,
	ringGroup: 3,
	conference: 4,
	person: 5,
	external: 5,
	unknown: 5,
	voicemail: 6,
};

export function toLeg(record: CallRecord): Leg {
	return {
		record,
		started: parseInstant(record.startedAt),
		answered: parseInstant(record.answeredAt),
		ended: parseInstant(record.endedAt),
	};
}

/**
 * The legs of one call in time order, each once. Where a leg was given in several versions, the last one counts.
 * The order does not depend on the order in which the legs were given.
 */
export function inTimeOrder(legs: Leg[]): Leg[] {
	if (legs.length === 1) return legs;
	const each = hasRepeats(legs)
		? [...new Map(legs.map((leg) => [leg.record.recordId, leg])).values()]
		: legs.slice();
	return each.sort(compareLegs);
}

/** Calls have few legs, where comparing each with each is quicker than a set. */
function hasRepeats(legs: Leg[]): boolean {
	if (legs.length > 8) return new Set(legs.map(({ record }) => record.recordId)).size < legs.length;
	for (let i = 1; i < legs.length; i++) {
		for (let j = 0; j < i; j++) {
			if (legs[i].record.recordId === legs[j].record.recordId) return true;
		}
	}
	return false;
}

function compareLegs(a: Leg, b: Leg): number {
	return (
		(a.started ?? Infinity) - (b.started ?? Infinity) ||
		RANK[a.record.toKind] - RANK[b.record.toKind] ||
		compareIds(a.record.platformRecordId, b.record.platformRecordId)
	);
}

/** Numbers by their value, as ids that count upwards are. */
export function compareIds(a: string, b: string): number {
	return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** `inbound` if any leg is; else that of the first leg. */
export function directionOf(legs: Leg[]): Direction {
	const isInbound = legs.some(({ record }) => record.direction === 'inbound');
	return isInbound ? 'inbound' : legs[0].record.direction;
}

/** The last instant that is known of a call; null where no time of it can be read. */
export function lastKnown(legs: Leg[]): Seconds | null {
	let last: Seconds | null = null;
	for (const { started, answered, ended } of legs) {
		const known = ended ?? answered ?? started;
		if (known !== null && (last === null || known > last)) last = known;
	}
	return last;
}

const PLUS = 43;
const MINUS = 45;

/** ISO 8601 → Unix seconds. The one form in which call records have it is read without `Date`, which is slow. */
export function parseInstant(iso: string | null): Seconds | null {
	if (iso === null) return null;
	const sign = iso.length === 25 ? iso.charCodeAt(19) : 0;
	if (sign !== PLUS && sign !== MINUS) {
		const milliseconds = Date.parse(iso);
		return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
	}
	const days = daysSince1970(two(iso, 0) * 100 + two(iso, 2), two(iso, 5), two(iso, 8));
	const clock = two(iso, 11) * 3600 + two(iso, 14) * 60 + two(iso, 17);
	const offset = two(iso, 20) * 3600 + two(iso, 23) * 60;
	const instant = days * 86_400 + clock + (sign === PLUS ? -offset : offset);
	return Number.isNaN(instant) ? null : instant;
}

/** The two digits at a place; NaN where there are none. */
function two(text: string, at: number): number {
	const tens = text.charCodeAt(at) - 48;
	const ones = text.charCodeAt(at + 1) - 48;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** Days of the Gregorian calendar. The year is counted from March, so that a leap day is its last day. */
function daysSince1970(year: number, month: number, day: number): number {
	const marchYear = month > 2 ? year : year - 1;
	const century = Math.floor(marchYear / 100);
	const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
	const leapDays = Math.floor(marchYear / 4) - century + Math.floor(century / 4);
	return marchYear * 365 + leapDays + dayOfYear - 719_468;
}
