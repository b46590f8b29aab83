import type { IDataObject } from 'n8n-workflow';

import {
	asRow,
	text,
	unanswered,
	whole,
	type MappedRow,
	type Direction,
	type Outcome,
} from '../callRecords/callRecord';
import { stableIds } from '../callRecords/ids';
import type { Envelope, Platform, Recordings, Reply, Settings } from '../callRecords/platform';
import { formatWall, instantsOf, parseWall, type Moment } from '../callRecords/time';
import { FORM_TYPE, JSON_TYPE } from './apiHash';
import { filters } from './filters';
import { readFilters } from './readFilters';
import { apiErrorOf, errorCodes, TITLE } from './errorCodes';

const PAGE_SIZE = 100;

/** The content type of each body format. `text/xml` is what the vendor's page names, though it holds a form (2). */
const CONTENT_TYPES: Record<string, string> = {
	json: JSON_TYPE,
	form: FORM_TYPE,
	xml: 'text/xml',
};

const DIRECTIONS = new Map<unknown, Direction>([
	['IN', 'inbound'],
	['OUT', 'outbound'],
]);

/** `NO ANSWER` comes without its space from some installations (6). */
const OUTCOMES = new Map<string, Outcome | 'unanswered'>([
	['ANSWERED', 'answered'],
	['NOANSWER', 'unanswered'],
	['BUSY', 'busy'],
	['CONGESTION', 'failed'],
	['FAILED', 'failed'],
]);

/** `HH:MM:SS`, where the hours may have more than two digits (6). */
export function seconds(duration: unknown): number | null {
	const parts =
		typeof duration === 'string' ? /^\s*(\d+):([0-5]?\d):([0-5]?\d)\s*$/.exec(duration) : null;
	if (!parts) return null;
	const [hours, minutes, rest] = parts.slice(1).map(Number);
	return whole(hours * 3600 + minutes * 60 + rest);
}

/** Asterisk's ids, `epoch.sequence`: only as text, for a number has lost the zeros at its end. */
function asteriskId(value: unknown): string | null {
	return typeof value === 'string' ? text(value) : null;
}

/** The name in `"John Doe" <0312000000>`; null where the name is missing or only the number again. */
function nameIn(callerId: unknown): string | null {
	const [, name = '', number = ''] = /^\s*(.*?)\s*<([^<>]*)>\s*$/s.exec(text(callerId) ?? '') ?? [];
	const bare = text(name.replace(/^"(.*)"$/s, '$1').replace(/\\(["\\])/g, '$1'));
	return bare === text(number) ? null : bare;
}

/** Several legs stand in lines of their own (6). */
function firstLine(value: unknown): string | null {
	return text(text(value)?.split(/[\r\n]+/)[0]);
}

/** A part of `DS:CONGESTION|HC:34|HI:SIP 503 Service Unavailable`. */
function infoPart(info: unknown, name: string): string | null {
	const part = (text(info) ?? '').split('|').find((entry) => entry.trim().startsWith(`${name}:`));
	return text(part?.trim().slice(name.length + 1));
}

/**
 * `uniqueid` begins with the instant at which the call began (8). It counts where the clock on the wall agrees with
 * it, and then tells the two passes of a repeated hour apart. Asterisk may put the name of the system in front.
 */
function startedAt(row: IDataObject, zone: string): Moment {
	const wall = parseWall(row.time);
	if (wall === null) return null;
	const instant = Number(/(?:^|-)(\d{9,11})\.\d+$/.exec(asteriskId(row.uniqueid) ?? '')?.[1]);
	return instantsOf(wall, zone).includes(instant) ? { instant } : { wall };
}

function moment(value: unknown): Moment {
	const wall = parseWall(value);
	return wall === null ? null : { wall };
}

/** What was said counts for more than the word for it, should the two contradict each other. */
function outcomeOf(row: IDataObject, direction: Direction, talk: number | null): Outcome | null {
	if ((talk ?? 0) > 0) return 'answered';
	const word = (text(row.call_status) ?? '').toUpperCase().replace(/[^A-Z]/g, '');
	const outcome = OUTCOMES.get(word) ?? null;
	return outcome === 'unanswered' ? unanswered(direction) : outcome;
}

/** The agent's side of a call. Without a user it may be a trunk, whose name is nobody's. */
function agentAccount(row: IDataObject, direction: Direction): string | null {
	if (text(row.user_fullname) === null) return null;
	const channels: Partial<Record<Direction, unknown>> = {
		outbound: row.channel_formatted,
		inbound: row.dstchannel_formatted,
	};
	return text(/^(?:PJSIP|SIP|IAX2)\/([^/@]+)$/.exec(text(channels[direction]) ?? '')?.[1]);
}

const RECORDING_FIELDS = ['recording_file', 'recording_url', 'monitor_files', 'monitor_urls'];

function mapRow(row: IDataObject, id: string, { zone }: Settings): MappedRow {
	const direction = DIRECTIONS.get(text(row.direction)) ?? 'unknown';
	const source = text(row.source);
	const destination = text(row.destination);
	const lines: Partial<Record<Direction, string | null>> = {
		inbound: destination,
		outbound: source,
	};
	const talkSeconds = seconds(row.bill_duration);
	const recordingFile = text(row.recording_file) ?? firstLine(row.monitor_files);
	const recordingUrl = text(row.recording_url) ?? firstLine(row.monitor_urls);
	const isRecorded = recordingFile !== null || recordingUrl !== null;
	return {
		id,
		callId: asteriskId(row.linkedid),
		direction,
		outcome: outcomeOf(row, direction, talkSeconds),
		outcomeRaw: text(row.call_status),
		from: source,
		fromName: nameIn(row.caller_id),
		to: destination,
		lineNumber: lines[direction] ?? null,
		started: startedAt(row, zone),
		ended: moment(row.time_end),
		durationSeconds: seconds(row.duration),
		talkSeconds,
		ringSeconds: seconds(row.ring_time),
		agentName: text(row.user_fullname),
		agentExtension: agentAccount(row, direction),
		queue: text(row.qname),
		hangupCause: infoPart(row.call_status_info, 'HC'),
		hasRecording: isRecorded || (RECORDING_FIELDS.some((name) => name in row) ? false : null),
		recordingFile,
		recordingUrl,
		externalReference: text(row.external_id),
		note: text(row.comments),
		transcription: text(row.transcription_text),
	};
}

/** The envelope of every endpoint; `has_error` is what tells, whatever the HTTP status (7). */
function open(body: unknown): Envelope {
	const { has_error: hasError, messages, results } = asRow(body);
	const isRefused = ![undefined, null, false, 0, '', '0', 'false'].includes(hasError as string);
	if (isRefused) return { apiError: apiErrorOf(messages) };
	return isList(results) ? { payload: body } : { unrecognised: true };
}

/**
 * `row_count` is the total where everything else agrees with it: the documented example says 0 beside one result, so
 * nobody knows what else it may mean (6, 11.7). Where it does not, `max_page` says whether there is more.
 */
function reply(payload: unknown): Reply {
	const { results, pagination } = asRow(payload);
	const rows = rowsOf(results);
	const { row_count, page_size, current_page, max_page } = asRow(pagination);
	const pageSize = whole(page_size);
	const count = whole(row_count);
	const pages = whole(max_page);
	const agrees = pages === null || pages === Math.ceil((count ?? 0) / (pageSize || PAGE_SIZE));
	return {
		rows,
		total: count !== null && count >= rows.length && agrees ? count : null,
		pageSize,
		hasMore: (pages ?? 0) > Math.max(1, whole(current_page) ?? 1),
	};
}

/** A list with gaps is an object in PHP's JSON. Anything else is not taken for an empty call list. */
function isList(results: unknown): results is object {
	if (typeof results !== 'object' || results === null) return false;
	return Object.keys(results).every((key) => /^\d+$/.test(key));
}

function rowsOf(results: unknown): IDataObject[] {
	return isList(results) ? Object.values(results).map(asRow) : [];
}

/** A request for one page of call records. */
export function cdrRequest(page: number, chosen: IDataObject, bodyFormat: unknown) {
	return {
		method: 'POST' as const,
		url: '/api/cdr',
		headers: { 'content-type': CONTENT_TYPES[String(bodyFormat)] ?? JSON_TYPE },
		body: { page, filters: chosen },
	};
}

/**
 * Where only the name of a file is known, the page that plays it hands it out (docs/vendors/while1-voice.md 10). The
 * URL of a call record is used as it is.
 */
const recordings: Recordings = {
	options: [],
	isAuthenticated: true,
	find(recording) {
		const name = encodeURIComponent(recording);
		return { url: `/tools/play-record?monitor=${name}&download=1&fname=${name}` };
	},
};

/** While1 Voice (docs/vendors/while1-voice.md). */
export const while1Voice: Platform = {
	name: 'while1Voice',
	title: TITLE,
	credentialType: 'while1VoiceApi',
	clock: () => 'wall',
	pageSize: { default: PAGE_SIZE, max: PAGE_SIZE, fixed: true },
	requestsAtOnce: { default: 2, max: 5 },
	filters,
	options: [
		{
			displayName: 'Body Format',
			name: 'bodyFormat',
			type: 'options',
			options: [
				{ name: 'Form', value: 'form', description: 'URL-encoded, as PHP writes it' },
				{
					name: 'Form (XML Content Type)',
					value: 'xml',
					description: 'The same form as text/xml, the content type that the documentation names',
				},
				{ name: 'JSON', value: 'json' },
			],
			default: 'json',
			description: 'How the request is encoded. Change it only if the PBX does not accept JSON.',
		},
	],
	readFilters,
	request: ({ range, page, filters: chosen }, { options }) => {
		const date_between = [formatWall(range.from), formatWall(range.to)];
		return cdrRequest(page, { date_between, ...chosen }, options.bodyFormat);
	},
	open,
	errorCodes,
	reply,
	recordIds: (rows) =>
		stableIds(rows, (row) => text(row.id), [
			'uniqueid',
			'linkedid',
			'time',
			'source',
			'destination',
		]),
	startOf: (row) => parseWall(row.time),
	mapRow,
	recordings,
	legs: { settleSeconds: 60 },
};
