import type { IDataObject, INodeProperties } from 'n8n-workflow';

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
	type Recordings,
	type ErrorMeaning,
	type Reply,
} from '../callRecords/platform';
import { formatWall, parseWall } from '../callRecords/time';
import { filters } from './filters';

export const FORM = 'application/x-www-form-urlencoded';
export const MULTIPART = 'multipart/form-data';

/** `ret` codes, level 1 (docs/vendors/commo.md 1.2), then `data.errors.code`, level 2 (1.3), which begin at 1001. */
const errorCodes: Record<string, ErrorMeaning> = {
	400: {
		kind: 'input',
		means: 'does not accept a parameter',
		advice: 'Check the filters and the page size.',
	},
	500: { kind: 'temporary', means: 'has a fault of its own' },
	600: { kind: 'expired', means: 'does not accept the session token' },
	601: {
		kind: 'credentials',
		means: 'does not know this App ID, or its Access Key is wrong',
		advice: "Check 'App ID' and 'Access Key' in the credential.",
	},
	602: {
		kind: 'credentials',
		means: 'says that the licence of this App ID has ended',
		advice: 'ApiRequest the provider to extend the licence.',
	},
	603: {
		kind: 'credentials',
		means: 'has no licence for call records on this App ID',
		advice: 'ApiRequest the provider to add the module.',
	},
	604: {
		kind: 'blocked',
		means: 'does not allow requests from the address of this n8n server',
		advice: "Have the n8n server's public IP address put on the allow-list of the platform.",
	},
	1001: { kind: 'temporary', means: 'cannot reach its own back end' },
	1002: { kind: 'input', means: 'does not accept a parameter', advice: 'Check the filters.' },
	1003: { kind: 'unknown', means: 'could not carry the request out' },
	1010: { kind: 'expired', means: 'wants a new login since extensions were changed' },
	1011: { kind: 'input', means: 'says that an extension belongs to another account' },
	1012: {
		kind: 'input',
		means: 'does not know an extension',
		advice: "Check the filter 'Extension'.",
	},
	1021: {
		kind: 'input',
		means: 'does not accept a number',
		advice: "Check the filter 'Destination Number'.",
	},
};

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
function moment(value: unknown) {
	const wall = parseWall(value);
	return wall === null || wall < NO_TIME_BEFORE ? null : { wall };
}

function mapRow(row: IDataObject, id: string): MappedRow {
	const direction = directionOf(row);
	const called = text(row.destnumber);
	const shown = text(row.displaynumber);
	const extension = text(row.extnumber);
	const file = text(row.recordfilename);
	const cause = text(row.hangupcause);
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

function open(body: unknown): Envelope {
	const { ret, data, msg } = asRow(body);
	const code = whole(ret);
	if (code === null) return { unrecognised: true };
	const answer = asRow(data);
	if (code !== 200) return { apiError: { code: String(code), text: text(msg) } };
	const status = whole(answer.status);
	const hasResult = typeof answer.result === 'object' && answer.result !== null;
	if (status === 0 && hasResult) return { payload: answer.result };
	if (status === null || status === 0) return { unrecognised: true };
	const errors = asRow(answer.errors);
	const words = [answer.desc, errors.codemsg].map(text).filter((word) => word !== null);
	return { apiError: { code: text(errors.code) ?? '?', text: words.join(': ') || null } };
}

/** @throws Error when a success comes without records and without saying that there are none */
function reply(payload: unknown): Reply {
	const result = asRow(payload);
	const total = whole(result.totalitems);
	const { bills } = result;
	const saysNone =
		(Array.isArray(payload) && payload.length === 0) || (total === 0 && (bills ?? null) === null);
	if (!Array.isArray(bills) && !saysNone) {
		throw new Error("the answer holds no list 'bills', so records may be missing");
	}
	return {
		rows: Array.isArray(bills) ? bills.map(asRow) : [],
		total,
		pageSize: whole(result.itemsperpage),
	};
}

/** `8001,8002` or a list; digits only, for a letter makes the platform answer with an error that names nothing. */
function readExtensions(given: unknown): string | undefined {
	const list = (Array.isArray(given) ? given : String(given ?? '').split(','))
		.map((extension) => String(extension).trim())
		.filter((extension) => extension !== '');
	const wrong = list.find((extension) => !/^\d+$/.test(extension));
	if (wrong !== undefined) {
		throw new InputError(
			'Extension',
			`The filter 'Extension' (extnumber) takes digits only, not "${wrong}"`,
			'Use extension numbers, like 8001 or 8001,8002.',
		);
	}
	return list.length > 0 ? list.join(',') : undefined;
}

function readCode(given: unknown, name: string, allowed: number[], normal: number): number {
	if (given === undefined || given === null || given === '') return normal;
	const code = Number(given);
	if (!allowed.includes(code)) {
		throw new InputError(name, `The filter '${name}' has to be one of ${allowed.join(', ')}`);
	}
	return code;
}

/** What the platform assumes of an omitted parameter is a trap (docs/vendors/commo.md 3), so these are always sent. */
function readFilters(given: IDataObject): IDataObject {
	const destination = text(given.destnumber);
	if (destination !== null && !/^\+?\d+$/.test(destination)) {
		throw new InputError(
			'Destination Number',
			`The filter 'Destination Number' (destnumber) takes digits only, not "${destination}"`,
		);
	}
	const read: IDataObject = {
		syncflag: readCode(given.syncflag, 'Query State', [1, 2, 3], 3),
		direction: readCode(given.direction, 'Direction', [1, 2, 3], 3),
		callmethod: readCode(given.callmethod, 'Call Method', [0, 1, 2, 3, 4, 5, 6], 0),
		extnumber: readExtensions(given.extnumber),
		destnumber: destination,
		userid: text(given.userid),
		memberid: text(given.memberid),
		chengshudu: text(given.chengshudu),
		customuuid: text(given.customuuid),
	};
	return Object.fromEntries(
		Object.entries(read).filter(([, value]) => value !== null && value !== undefined),
	);
}

/** One request to the single address of the platform; `service` says what it is for. */
export function serviceRequest(service: string, fields: IDataObject, bodyFormat: unknown) {
	return {
		method: 'POST' as const,
		url: '/',
		headers: { 'content-type': bodyFormat === 'urlencoded' ? FORM : MULTIPART },
		body: { service, ...fields },
	};
}

const bodyFormat: INodeProperties = {
	displayName: 'Body Format',
	name: 'bodyFormat',
	type: 'options',
	options: [
		{ name: 'Form Data', value: 'formData', description: 'As the platform documents it' },
		{ name: 'URL-Encoded', value: 'urlencoded' },
	],
	default: 'formData',
	description: 'How the request is encoded. Some installations only take one of them.',
};

/**
 * A link is asked for, and then fetched without a token (docs/vendors/commo.md 4). It ends after some hours and is
 * never kept, so when it ends does not matter. Code 1029 is inferred there, not documented.
 */
const recordings: Recordings = {
	options: [bodyFormat],
	isAuthenticated: false,
	find: (recording, { options }) => ({
		apiRequest: serviceRequest(
			'App.Sip_Cdr.GetRecodeFile',
			{ filename: recording },
			options.bodyFormat,
		),
		missing: ['1029'],
		link(payload) {
			const url = text(asRow(payload).downurl);
			return url === null ? null : { url };
		},
	}),
};

/** Commo, the Common API of Infin8linx (docs/vendors/commo.md). */
export const commo: Platform = {
	name: 'commo',
	title: 'Commo',
	credentialType: 'commoApi',
	sessionField: ({ authentication }) => (authentication === 'token' ? undefined : 'sessionToken'),
	clock: () => 'wall',
	pageSize: { default: 1000, max: 1000 },
	requestsAtOnce: { default: 2, max: 10 },
	filters,
	// What is handed over once is lost with the run that fails (docs/vendors/commo.md 3).
	excludedTriggerFilters: ['syncflag'],
	options: [bodyFormat],
	readFilters,
	consumesOnRead: ({ syncflag }) =>
		syncflag === 1
			? "The platform has marked the records that this run was given: get them with 'Query State' = 'Queried Already'."
			: undefined,
	request: ({ range, page, pageSize, filters: chosen }, { options }) =>
		serviceRequest(
			'App.Sip_Cdr.GetBill',
			{
				starttime: formatWall(range.from),
				endtime: formatWall(range.to),
				currentpage: page,
				itemsperpage: pageSize,
				...chosen,
			},
			options.bodyFormat,
		),
	open,
	errorCodes,
	reply,
	recordIds: (rows) =>
		stableIds(rows, (row) => text(row.id), [
			'starttime',
			'extnumber',
			'destnumber',
			'displaynumber',
		]),
	startOf: (row) => moment(row.starttime)?.wall ?? null,
	mapRow,
	recordings,
};
