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
import {
	InputError,
	type Envelope,
	type Platform,
	type ErrorMeaning,
	type Reply,
	type Settings,
} from '../callRecords/platform';
import { formatWall, parseWall, settleTimes, type Moment, type Seconds } from '../callRecords/time';
import { filters } from './filters';

const SUCCESS = 1;

/** `code` (docs/vendors/infin8linx.md 2). The vendor's longer list of codes could not be read (6). */
const errorCodes: Record<string, ErrorMeaning> = {
	[SUCCESS]: {
		kind: 'temporary',
		means: 'reports success, but sent no list of records',
		advice: 'Try again later; if it stays, show this to the provider.',
	},
	1000: { kind: 'temporary', means: 'has a fault of its own' },
	1001: {
		kind: 'input',
		means: 'does not accept a parameter',
		advice:
			"Check the filters and the page size, and that the credential's 'Username' or 'IP or Domain' is filled in.",
	},
	1005: {
		kind: 'credentials',
		means: 'does not accept the login data',
		advice: "Check 'Username' or 'IP or Domain', 'App ID' and 'Access Key' in the credential.",
	},
	1006: {
		kind: 'credentials',
		means: 'does not permit this account to read call records',
		advice: 'ApiRequest the provider to permit the bill interface (/api/cdrs) for this App ID.',
	},
	1008: {
		kind: 'input',
		means: 'does not accept the format of a number',
		advice: "Check the filters 'Called Number', 'Calling Number' and 'Extension Number'.",
	},
};

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
function startOf(row: IDataObject): Seconds | null {
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
 * (docs/vendors/infin8linx.md 6): where nobody answered it is both, else it only helps to tell the hour that is
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

function mapRow(row: IDataObject, id: string, { zone }: Settings): MappedRow {
	const direction = DIRECTIONS.get(row.context) ?? 'unknown';
	return {
		id,
		direction,
		outcome: outcomeOf(row, direction),
		from: callerOf(row, direction),
		to: text(row.callnumber),
		lineNumber: lineOf(row, direction),
		started: moment(startOf(row)),
		answered: moment(parseWall(row.answertime)),
		ended: moment(endOf(row)),
		durationSeconds: durationOf(row, zone),
		talkSeconds: whole(row.billsec),
		agentExtension: text(row.extnumber),
		hangupBy: HANGUP_BY.get(row.hangupdirection) ?? null,
		externalReference: referenceOf(row),
	};
}

/** A list, or a count that can contradict a missing one; anything else cannot be told from lost records. */
function open(body: unknown): Envelope {
	const { code: given, msg, data } = asRow(body);
	const code = whole(given);
	if (code === null) return { unrecognised: true };
	const { data: rows, total } = asRow(data);
	const isAnswer = code === SUCCESS && (Array.isArray(rows) || whole(total) !== null);
	return isAnswer ? { payload: data } : { apiError: { code: String(code), text: text(msg) } };
}

function reply(payload: unknown): Reply {
	const { data: rows, total, per_page } = asRow(payload);
	return {
		rows: Array.isArray(rows) ? rows.map(asRow) : [],
		total: whole(total),
		pageSize: whole(per_page),
	};
}

type ReadFilter = (given: string, filter: string) => string;

const asItIs: ReadFilter = (given) => given;

/** Digits only: the platform refuses other numbers with code 1008, which does not say which one it means. */
const digits: ReadFilter = (given, filter) => {
	if (/^\d+$/.test(given)) return given;
	throw new InputError(
		filter,
		`The filter '${filter}' takes digits only, not "${given}"`,
		'Write the number as it stands in the records, without + or spaces.',
	);
};

function oneOf(allowed: string[]): ReadFilter {
	return (given, filter) => {
		if (allowed.includes(given)) return given;
		throw new InputError(filter, `The filter '${filter}' has to be one of ${allowed.join(', ')}`);
	};
}

const FILTERS: Record<string, ReadFilter> = {
	context: oneOf(['callin', 'callout']),
	callmethod: oneOf(['2', '3', '4', '5', '6']),
	callnumber: digits,
	disnumber: digits,
	extnumber: digits,
	memberid: asItIs,
	userid: asItIs,
};

/** Only what is chosen is sent: an omitted parameter means "any" (docs/vendors/infin8linx.md 2). */
function readFilters(given: IDataObject): IDataObject {
	const read = filters.map(({ name, displayName }): [string, string | undefined] => {
		const value = given[name] ?? '';
		const chosen = text(value);
		if (chosen !== null) return [name, FILTERS[name](chosen, displayName)];
		if (typeof value === 'string') return [name, undefined];
		throw new InputError(
			displayName,
			`The filter '${displayName}' (${name}) takes one value, as text`,
			'To filter by several values, use one node for each.',
		);
	});
	return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

export const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** The bill interface with the data of both sides, `/api/cdrs` of Infin8linx (docs/vendors/infin8linx.md). */
export const infin8linx: Platform = {
	name: 'infin8linx',
	title: 'Infin8linx',
	credentialType: 'infin8linxApi',
	clock: () => 'wall',
	// The vendor names no maximum; what a reply says of its own size is believed.
	pageSize: { default: 100, max: 1000 },
	requestsAtOnce: { default: 2, max: 10 },
	filters,
	options: [
		{
			displayName: 'Body Format',
			name: 'bodyFormat',
			type: 'options',
			options: [
				{ name: 'Form Data', value: 'formData' },
				{ name: 'URL-Encoded', value: 'urlencoded' },
			],
			default: 'urlencoded',
			description: 'How the request is encoded. The platform does not say which one it wants.',
		},
	],
	readFilters,
	request: ({ range, page, pageSize, filters: chosen }, { options }) => ({
		method: 'POST',
		url: '/api/cdrs',
		headers: { 'content-type': options.bodyFormat === 'formData' ? MULTIPART : FORM },
		body: {
			starttime: formatWall(range.from),
			endtime: formatWall(range.to),
			page,
			per_page: pageSize,
			...chosen,
		},
	}),
	open,
	errorCodes,
	reply,
	recordIds: (rows) =>
		stableIds(rows, (row) => text(row.id), [
			'starttime',
			'astarttime',
			'extnumber',
			'disnumber',
			'callnumber',
			'anumber',
		]),
	startOf,
	mapRow,
};
