import type { IDataObject } from 'n8n-workflow';

import {
	asRow,
	text,
	unanswered,
	whole,
	type MappedRow,
	type Direction,
	type HangupBy,
	type Outcome,
} from '../callRecords/callRecord';
import { stableIds } from '../callRecords/ids';
import type { Settings } from '../callRecords/platform';
import { instantsOf, wallOf, type Moment, type Seconds } from '../callRecords/time';
import { isDateFormat, parseDisplay } from './display';
import { sidesOf } from './parties';
import { isWallClock } from './timeForm';

/**
 * Rows of new firmware have `new_id`, older ones `id`; some had neither (docs/vendors/yeastar-p-series.md 4.4, 12.5).
 */
export function recordIds(rows: IDataObject[]): string[] {
	return stableIds(rows, (row) => text(row.new_id) ?? text(row.id), [
		'uid',
		'call_from',
		'call_to',
		'timestamp',
		'call_type',
		'disposition',
		'duration',
	]);
}

/** The year 2200: what is beyond is counted in something else than seconds. */
const LATEST = 7_258_118_400;

/**
 * `timestamp` is the instant; `time` is the PBX's clock and stands in for it where it is missing
 * (docs/vendors/yeastar-p-series.md 5.1).
 */
export function instantOf(row: IDataObject): Seconds | null {
	const timestamp = whole(row.timestamp);
	return timestamp !== null && timestamp > 0 && timestamp < LATEST ? timestamp : null;
}

/** What the PBX's clock showed; null where the format of its times is not known. */
function wallOfRow(row: IDataObject, { prepared }: Settings): Seconds | null {
	return isDateFormat(prepared.dateFormat) ? parseDisplay(row.time, prepared.dateFormat) : null;
}

/** When the call of a row began, on the clock that the PBX is asked by. */
export function startOf(row: IDataObject, settings: Settings): Seconds | null {
	const { zone } = settings;
	const instant = instantOf(row);
	const wall = wallOfRow(row, settings);
	if (isWallClock(settings)) return wall ?? (instant === null ? null : wallOf(instant, zone));
	return instant ?? (wall === null ? null : instantsOf(wall, zone)[0]);
}

/** The moment so many seconds after the start of the call. */
function momentsOf(row: IDataObject, settings: Settings) {
	const instant = instantOf(row);
	const wall = wallOfRow(row, settings);
	return (seconds: number | null): Moment => {
		if (seconds === null) return null;
		if (instant !== null) return { instant: instant + seconds };
		return wall === null ? null : { wall: wall + seconds };
	};
}

const DIRECTIONS: Direction[] = ['inbound', 'outbound', 'internal'];

function directionOf(row: IDataObject): Direction {
	const type = text(row.call_type)?.toLowerCase();
	return DIRECTIONS.find((direction) => direction === type) ?? 'unknown';
}

type Disposition = 'answered' | 'noAnswer' | 'busy' | 'failed' | 'voicemail' | 'abandoned';

/**
 * With a misspelling of an older page, and the word for a caller who gave up in a queue
 * (docs/vendors/yeastar-p-series.md 9.3).
 */
const DISPOSITIONS = new Map<string, Disposition>([
	['ANSWERED', 'answered'],
	['ANSWERD', 'answered'],
	['NO ANSWER', 'noAnswer'],
	['BUSY', 'busy'],
	['FAILED', 'failed'],
	['VOICEMAIL', 'voicemail'],
	['ABANDONED', 'abandoned'],
]);

function outcomeOf(disposition: Disposition | null, direction: Direction): Outcome | null {
	const isUnanswered = disposition === 'noAnswer' || disposition === 'abandoned';
	return isUnanswered ? unanswered(direction) : disposition;
}

function dispositionOf(row: IDataObject): Disposition | null {
	const word = text(row.disposition);
	if (word !== null) return DISPOSITIONS.get(word.toUpperCase()) ?? null;
	return (whole(row.talk_duration) ?? 0) > 0 ? 'answered' : null;
}

/**
 * A call that nobody answered was talked 0 s, for zero is left out (docs/vendors/yeastar-p-series.md 4.4); where such a
 * row states a talk time all the same, one of the two is wrong. What a voice mailbox recorded is no talk. An answered
 * call without a talk time was talked 0 s, or the field is not filled in: unknown.
 */
function talkOf(row: IDataObject, disposition: Disposition | null): number | null {
	const stated = whole(row.talk_duration);
	if (disposition === 'answered') return stated;
	if (disposition === 'voicemail') return 0;
	if ((stated ?? 0) > 0) return null;
	return disposition === null ? stated : 0;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

/** Zero and nothing are left out alike; what is there and no number of seconds is unknown. */
function secondsOf(value: unknown): number | null {
	return isEmpty(value) ? 0 : whole(value);
}

/**
 * From the start to the answer: 0 where it is left out and the talk lasted from start to end
 * (docs/vendors/yeastar-p-series.md 4.4).
 */
function ringOf(row: IDataObject, disposition: Disposition | null): number | null {
	const stated = whole(row.ring_duration);
	if (stated !== null || disposition !== 'answered') return stated;
	const [ring, duration, talk] = [row.ring_duration, row.duration, row.talk_duration].map(
		secondsOf,
	);
	if (ring === null || duration === null || talk === null) return null;
	return duration === talk ? ring : null;
}

function lineOf(row: IDataObject, direction: Direction): string | null {
	const called = text(row.did_number);
	const shown = text(row.dod_number);
	if (direction === 'outbound') return shown;
	return direction === 'inbound' ? called : (called ?? shown);
}

/** `src hangup ` and `dst hangup `; other reasons say why, not who (docs/vendors/yeastar-p-series.md 4.4). */
const HANGUP_BY = new Map<string, HangupBy>([
	['src hangup', 'caller'],
	['dst hangup', 'callee'],
]);

/**
 * A note is text, or an object with remark and disposition codes, as the firmware has it
 * (docs/vendors/yeastar-p-series.md 4.4).
 */
function noteOf(given: unknown): { note: string | null; tags: string | null } {
	const { remark, disposition_code_list: codes } = asRow(given);
	const names = (Array.isArray(codes) ? codes : [])
		.map((code) => text(asRow(code).name))
		.filter((name) => name !== null);
	return { note: text(given) ?? text(remark), tags: names.join(', ') || null };
}

/** Empty fields are left out, so a row of a call without this one has no recording. */
function hasNone(row: IDataObject): boolean {
	return isEmpty(row.record_file) && text(row.disposition) !== null;
}

/**
 * One leg of a call. A call that went through a menu and a queue has a row for each
 * (docs/vendors/yeastar-p-series.md 4.5).
 */
export function mapRow(row: IDataObject, id: string, settings: Settings): MappedRow {
	const direction = directionOf(row);
	const outcomeRaw = text(row.disposition);
	const disposition = dispositionOf(row);
	const { from, to, agent } = sidesOf(row, direction);
	const duration = whole(row.duration);
	const ring = ringOf(row, disposition);
	const after = momentsOf(row, settings);
	const file = text(row.record_file);
	const reason = text(row.reason);
	return {
		id,
		callId: text(row.call_id) ?? text(row.uid),
		direction,
		outcome: outcomeOf(disposition, direction),
		outcomeRaw,
		from: from.number,
		fromName: from.name,
		to: to.number,
		toName: to.name,
		fromKind: from.kind,
		toKind: to.kind,
		lineNumber: lineOf(row, direction),
		started: after(0),
		answered: disposition === 'answered' ? after(ring) : null,
		ended: after(duration),
		durationSeconds: duration,
		talkSeconds: talkOf(row, disposition),
		ringSeconds: ring,
		agentName: agent?.name,
		agentExtension: agent?.number,
		queue: to.kind === 'queue' ? to.bareName : null,
		hangupBy: HANGUP_BY.get(reason?.toLowerCase() ?? ''),
		hangupCause: reason,
		hasRecording: file !== null ? true : hasNone(row) ? false : null,
		recordingFile: file,
		...noteOf(row.call_note),
	};
}
