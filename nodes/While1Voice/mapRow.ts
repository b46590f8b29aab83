import type { IDataObject } from 'n8n-workflow';

import {
	kindsOf,
	text,
	unanswered,
	whole,
	type MappedRow,
	type Direction,
	type Outcome,
	type PartyKind,
} from '../callRecords/callRecord';
import { stableIds } from '../callRecords/ids';
import type { Settings } from '../callRecords/platform';
import { instantsOf, parseWall, type Moment, type Seconds } from '../callRecords/time';

/** Rows without an id are told apart by what never changes in them. */
export function recordIds(rows: IDataObject[]): string[] {
	return stableIds(rows, (row) => text(row.id), [
		'uniqueid',
		'linkedid',
		'time',
		'source',
		'destination',
	]);
}

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
function seconds(duration: unknown): number | null {
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
	const shown = text(callerId) ?? '';
	const bracket = shown.endsWith('>') ? shown.lastIndexOf('<') : -1;
	if (bracket === -1) return null;
	const name = shown.slice(0, bracket).trim();
	const isQuoted = name.length > 1 && name.startsWith('"') && name.endsWith('"');
	const bare = text((isQuoted ? name.slice(1, -1) : name).replace(/\\(["\\])/g, '$1'));
	return bare === text(shown.slice(bracket + 1, -1)) ? null : bare;
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

export function startOf(row: IDataObject): Seconds | null {
	return parseWall(row.time);
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

/**
 * Who takes an inbound call: a user; else the queue or the menu, whose legs name no user (docs/vendors/while1-voice.md
 * 6).
 */
function takerOf(row: IDataObject): PartyKind {
	if (text(row.user_fullname) !== null) return 'person';
	if (text(row.qname) !== null) return 'queue';
	return text(row.code)?.toLowerCase() === 'inbound_ivr' ? 'menu' : 'unknown';
}

const RECORDING_FIELDS = ['recording_file', 'recording_url', 'monitor_files', 'monitor_urls'];

export function mapRow(row: IDataObject, id: string, { zone }: Settings): MappedRow {
	const direction = DIRECTIONS.get(text(row.direction)) ?? 'unknown';
	const source = text(row.source);
	const destination = text(row.destination);
	const lines: Partial<Record<Direction, string | null>> = {
		inbound: destination,
		outbound: source,
	};
	const agentName = text(row.user_fullname);
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
		...kindsOf(direction, agentName === null ? 'unknown' : 'person', takerOf(row)),
		lineNumber: lines[direction] ?? null,
		started: startedAt(row, zone),
		ended: moment(row.time_end),
		durationSeconds: seconds(row.duration),
		talkSeconds,
		ringSeconds: seconds(row.ring_time),
		agentName,
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
