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
import type { Settings } from '../callRecords/platform';
import { parseWall, settleTimes, type Moment, type Seconds } from '../callRecords/time';

/** Rows without an id are distinguished by what never changes in them. */
export function recordIds(rows: IDataObject[]): string[] {
	return stableIds(rows, (row) => text(row.id), [
		'starttime',
		'astarttime',
		'extnumber',
		'disnumber',
		'callnumber',
		'anumber',
	]);
}

const DIRECTIONS = new Map<unknown, Direction>([
	['callin', 'inbound'],
	['callout', 'outbound'],
]);

/**
 * Of `hangupdirection` only `callee` is documented, `caller` is its likely counterpart (docs/vendors/infin8linx.md 2).
 */
const HANGUP_BY = new Map<unknown, HangupBy>([
	['caller', 'caller'],
	['callee', 'callee'],
]);

const DOUBLE_CALL = 4;

/**
 * The platform called `anumber`, then `callnumber`, and connected the two. Only then do the fields of side a mean
 * anything: the vendor fills them in other rows too (docs/vendors/infin8linx.md 2).
 */
function isDoubleCall(row: IDataObject): boolean {
	return whole(row.callmethod) === DOUBLE_CALL;
}

/**
 * When the call began: as the platform filters, when `callnumber` was dialled. A double call whose side a did not
 * answer may have no such time, since nobody else was dialled; it began when side a was.
 */
export function startOf(row: IDataObject): Seconds | null {
	return parseWall(row.starttime) ?? (isDoubleCall(row) ? parseWall(row.astarttime) : null);
}

function endOf(row: IDataObject): Seconds | null {
	return parseWall(row.endtime) ?? (isDoubleCall(row) ? parseWall(row.aendtime) : null);
}

function moment(wall: Seconds | null): Moment {
	return wall === null ? null : { wall };
}

/**
 * From start to end by the row's own times. The vendor calls `duration` a waiting time but shows it as start to end
 * (docs/vendors/infin8linx.md 6): where nobody answered it is both, else it only helps to distinguish the hour that is
 * repeated in autumn from the one before.
 */
function durationOf(row: IDataObject, zone: string): Seconds | null {
	const stated = whole(row.duration);
	const talk = whole(row.billsec);
	const { started, ended } = settleTimes(
		{
			started: moment(startOf(row)),
			answered: moment(parseWall(row.answertime)),
			ended: moment(endOf(row)),
			durationSeconds: stated === null ? talk : Math.max(stated, talk ?? 0),
		},
		zone,
	);
	if (started === null || ended === null) return talk === 0 ? stated : null;
	return ended >= started ? ended - started : null;
}

function outcomeOf(row: IDataObject, direction: Direction): Outcome | null {
	const talk = whole(row.billsec);
	if ((talk ?? 0) > 0 || parseWall(row.answertime) !== null) return 'answered';
	return talk === null ? null : unanswered(direction);
}

/** Who called: of a double call side a, who spoke with the customer; else whoever the called side was shown. */
function callerOf(row: IDataObject, direction: Direction): string | null {
	const shown = text(row.disnumber);
	if (direction !== 'outbound') return shown;
	return (isDoubleCall(row) ? text(row.anumber) : null) ?? shown ?? text(row.extnumber);
}

/** The company's number: the one that was called, or the one that was shown. */
function lineOf(row: IDataObject, direction: Direction): string | null {
	if (direction === 'unknown') return null;
	return text(direction === 'inbound' ? row.callnumber : row.disnumber);
}

/** Custom fields that nobody set come as "0" from the vendor's other interface (docs/vendors/commo.md 3.1). */
function referenceOf(row: IDataObject): string | null {
	const member = text(row.memberid);
	return member === '0' ? null : member;
}

export function mapRow(row: IDataObject, id: string, { zone }: Settings): MappedRow {
	const direction = DIRECTIONS.get(row.context) ?? 'unknown';
	const extension = text(row.extnumber);
	const own = extension === null ? 'unknown' : 'person';
	return {
		id,
		direction,
		outcome: outcomeOf(row, direction),
		from: callerOf(row, direction),
		to: text(row.callnumber),
		// Side a of a double call is whom the company had called first, on an extension or a mobile.
		...kindsOf(direction, isDoubleCall(row) ? 'person' : own, own),
		lineNumber: lineOf(row, direction),
		started: moment(startOf(row)),
		answered: moment(parseWall(row.answertime)),
		ended: moment(endOf(row)),
		durationSeconds: durationOf(row, zone),
		talkSeconds: whole(row.billsec),
		agentExtension: extension,
		hangupBy: HANGUP_BY.get(row.hangupdirection) ?? null,
		externalReference: referenceOf(row),
	};
}
