import type { IDataObject } from 'n8n-workflow';

import {
	kindsOf,
	text,
	unanswered,
	whole,
	type MappedRow,
	type Direction,
	type HangupBy,
	type Outcome,
} from '../callRecords/callRecord';
import { stableIds } from '../callRecords/ids';
import { parseWall, type Moment, type Seconds } from '../callRecords/time';

/** Rows without an id are distinguished by what never changes in them. */
export function recordIds(rows: IDataObject[]): string[] {
	return stableIds(rows, (row) => text(row.id), [
		'starttime',
		'extnumber',
		'destnumber',
		'displaynumber',
	]);
}

/** What an unanswered call ended with. Only codes that mean the same in the vendor's older and newer list (6). */
const OUTCOMES: Record<number, Outcome> = {
	10002: 'canceled',
	10003: 'rejected',
	10004: 'failed',
	10006: 'busy',
	10008: 'failed',
	10009: 'failed',
	10013: 'failed',
	10027: 'failed',
};

/** Both the newer (1004x) and the older list (1001x) of who hung up (6). */
const HANGUP_BY: Record<number, HangupBy> = {
	10040: 'caller',
	10041: 'callee',
	10014: 'caller',
	10015: 'callee',
};

/** Custom fields that nobody set come as "0" (docs/vendors/commo.md 3.1). */
function custom(value: unknown): string | null {
	const given = text(value);
	return given === '0' ? null : given;
}

function directionOf(row: IDataObject): Direction {
	if (whole(row.callmethod) === 1) return 'internal';
	if (row.direction === 'callin') return 'inbound';
	return row.direction === 'callout' ? 'outbound' : 'unknown';
}

function outcomeOf(row: IDataObject, direction: Direction): Outcome | null {
	const talk = whole(row.billsec);
	if ((talk ?? 0) > 0 || moment(row.answertime) !== null) return 'answered';
	if (talk === null) return null;
	return OUTCOMES[whole(row.hangupcause) ?? 0] ?? unanswered(direction);
}

/**
 * Times that were never set come as null, as "", or as the beginning of Unix time in China (docs/vendors/commo.md 3.1).
 */
const NO_TIME_BEFORE = parseWall('2000-01-01 00:00:00') ?? 0;

/** A moment of wall time; null for what is no time. */
function moment(value: unknown): Moment {
	const wall = wallOfText(value);
	return wall === null ? null : { wall };
}

function wallOfText(value: unknown): Seconds | null {
	const wall = parseWall(value);
	return wall === null || wall < NO_TIME_BEFORE ? null : wall;
}

/** When the call was dialled, which is what the platform filters by. */
export function startOf(row: IDataObject): Seconds | null {
	return wallOfText(row.starttime);
}

export function mapRow(row: IDataObject, id: string): MappedRow {
	const direction = directionOf(row);
	const called = text(row.destnumber);
	const shown = text(row.displaynumber);
	const extension = text(row.extnumber);
	const file = text(row.recordfilename);
	const cause = text(row.hangupcause);
	const own = extension === null ? 'unknown' : 'person';
	const isInternal = direction === 'internal';
	return {
		id,
		direction,
		outcome: outcomeOf(row, direction),
		outcomeRaw: cause,
		from: isInternal
			? (extension ?? shown)
			: (shown ?? (direction === 'outbound' ? extension : null)),
		to: called,
		...kindsOf(direction, own, own),
		lineNumber: isInternal ? null : direction === 'inbound' ? called : shown,
		started: moment(row.starttime),
		answered: moment(row.answertime),
		ended: moment(row.endtime),
		durationSeconds: whole(row.duration),
		talkSeconds: whole(row.billsec),
		agentExtension: extension,
		hangupBy: HANGUP_BY[whole(row.hangupdirection) ?? 0] ?? null,
		hangupCause: cause,
		hasRecording: 'recordfilename' in row ? file !== null : null,
		recordingFile: file,
		externalReference: custom(row.customuuid),
	};
}
