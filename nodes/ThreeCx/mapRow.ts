import { Duration } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import {
	asRow,
	text,
	unanswered,
	whole,
	type Direction,
	type MappedRow,
	type Outcome,
	type PartyKind,
} from '../callRecords/callRecord';
import { stableIds } from '../callRecords/ids';
import { InputError } from '../callRecords/platform';
import type { Moment, Seconds } from '../callRecords/time';

const callIdOf = (row: IDataObject) => text(row.MainCallHistoryId) ?? text(row.CallHistoryId);

/**
 * `CdrId` is documented as the identifier (docs/vendors/3cx.md 4.6).
 * @throws InputError for rows of a build before Update 6, which has ids neither of legs nor of calls (9)
 */
export function recordIds(rows: IDataObject[]): string[] {
	if (rows.some((row) => text(row.CdrId) === null && callIdOf(row) === null)) {
		const advice = 'Update 3CX. Older builds give their call records no ids.';
		throw new InputError('Base URL', 'This 3CX is older than V20 Update 6', advice);
	}
	return stableIds(rows, (row) => text(row.CdrId), [
		'MainCallHistoryId',
		'CallHistoryId',
		'StartTime',
		'DestinationDn',
		'SegmentId',
		'Indent',
	]);
}

/** The whole second of a UTC instant with a fraction; null for what is none. */
export function instantOf(given: unknown): Seconds | null {
	const shown = text(given) ?? '';
	const ms = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(shown) ? Date.parse(shown) : NaN;
	return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}

/** `PT1M12.577027S` → 72.577027. */
function secondsOf(given: unknown): number | null {
	const seconds = Duration.fromISO(text(given) ?? '').as('seconds');
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

const rounded = (seconds: number | null) => (seconds === null ? null : Math.round(seconds));

function sumOf(a: number | null, b: number | null): number | null {
	return a === null || b === null ? null : a + b;
}

const DIRECTIONS: Direction[] = ['inbound', 'outbound', 'internal'];

/** What the words of `CallType` stand for (docs/vendors/3cx.md 4.6); others are unknown. */
const KINDS = new Map<string, PartyKind>([
	['extension', 'person'],
	['external', 'external'],
	['queue', 'queue'],
	['ring group', 'ringGroup'],
	['digital receptionist', 'menu'],
	['ivr', 'menu'],
	['system', 'announcement'],
	['voicemail', 'voicemail'],
	['voice mail', 'voicemail'],
	['conference', 'conference'],
]);

const MAILBOX = /voice ?mail/i;

/** Of an inbound call, an outside number that it was forwarded to stands in for a person. */
function toKindOf(row: IDataObject, direction: Direction): PartyKind {
	if (MAILBOX.test(text(row.DestinationDisplayName) ?? '')) return 'voicemail';
	const kind = KINDS.get(text(row.CallType)?.toLowerCase() ?? '') ?? 'unknown';
	return kind === 'external' && direction === 'inbound' ? 'person' : kind;
}

const FROM_KIND: Record<Direction, PartyKind> = {
	inbound: 'external',
	outbound: 'person',
	internal: 'person',
	unknown: 'unknown',
};

/** `Lee, Ann (2005)` → `Lee, Ann`; null where the number stands in for a name. */
function nameOf(display: unknown, number: string | null): string | null {
	const shown = text(display) ?? '';
	const open = shown.endsWith(')') ? shown.lastIndexOf('(') : -1;
	const isNumber = open >= 0 && /^[+*#\d][\d\s]*$/.test(shown.slice(open + 1, -1));
	const name = text(isNumber ? shown.slice(0, open) : shown);
	return name === number ? null : name;
}

/** A queue or a menu that picked up has answered, too (docs/vendors/3cx.md 4.6). */
function outcomeOf(row: IDataObject, kind: PartyKind, direction: Direction): Outcome | null {
	const status = text(row.Status)?.toLowerCase();
	if (row.Answered === true || status === 'answered') {
		return kind === 'voicemail' ? 'voicemail' : 'answered';
	}
	return row.Answered === false || status === 'unanswered' ? unanswered(direction) : null;
}

/** The list is newer than the two fields (docs/vendors/3cx.md 4.6). */
function recordingsOf(row: IDataObject): { ids: number[]; transcription: string | null } {
	const list = Array.isArray(row.Recordings) ? row.Recordings.map(asRow) : [];
	const given = [...list.map(({ Id }) => Id), row.DstRecId, row.SrcRecId];
	const spoken = list
		.map(({ Transcription }) => text(Transcription))
		.filter(Boolean)
		.join('\n');
	return {
		ids: given.map((id) => whole(id) ?? 0).filter((id) => id > 0),
		transcription: text(row.Transcription) ?? text(spoken),
	};
}

/** One leg (docs/vendors/3cx.md 4.7, 12). Start plus ringing is taken for the answer (11.15). */
export function mapRow(row: IDataObject, id: string): MappedRow {
	const word = text(row.Direction)?.split(' ')[0].toLowerCase();
	const direction = DIRECTIONS.find((name) => name === word) ?? 'unknown';
	const toKind = toKindOf(row, direction);
	const outcome = outcomeOf(row, toKind, direction);
	const dialled = direction === 'outbound' || text(row.CallType)?.toLowerCase() === 'external';
	const from = direction === 'inbound' ? text(row.SourceCallerId) : text(row.SourceDn);
	const to = (dialled ? text(row.DestinationCallerId) : null) ?? text(row.DestinationDn);
	const fromName = nameOf(row.SourceDisplayName, from);
	const toName = nameOf(row.DestinationDisplayName, to);
	const [ring, talk] = [secondsOf(row.RingingDuration), secondsOf(row.TalkingDuration)];
	const started = instantOf(row.StartTime);
	const after = (seconds: number | null): Moment =>
		started === null || seconds === null ? null : { instant: started + Math.round(seconds) };
	const caller = direction === 'unknown' ? null : { number: from, name: fromName };
	const taker = toKind === 'person' && !dialled ? { number: to, name: toName } : null;
	const agent = direction === 'inbound' ? taker : caller;
	const [, endedBy] = /Ended by [^()]*\(([^()]+)\)$/.exec(text(row.Reason) ?? '') ?? [];
	const outside = { inbound: from, outbound: to, internal: null, unknown: null }[direction];
	const hungUpBy = endedBy === agent?.number ? 'agent' : endedBy === outside ? 'customer' : null;
	const recordings = recordingsOf(row);
	return {
		id,
		callId: callIdOf(row),
		direction,
		outcome,
		outcomeRaw: text(row.Status),
		from,
		fromName,
		to,
		toName,
		fromKind: FROM_KIND[direction],
		toKind,
		started: after(0),
		answered: outcome === 'answered' ? after(ring) : null,
		ended: after(sumOf(ring, talk)),
		durationSeconds: rounded(sumOf(ring, talk)),
		talkSeconds: outcome === 'answered' ? rounded(talk) : outcome === null ? null : 0,
		ringSeconds: rounded(ring),
		agentName: agent?.name,
		agentExtension: agent?.number,
		queue: toKind === 'queue' ? toName : null,
		hangupBy: endedBy === undefined ? null : hungUpBy,
		hasRecording: recordings.ids.length > 0 || text(row.RecordingUrl) !== null,
		recordingFile: text(recordings.ids[0]),
		transcription: recordings.transcription,
	};
}
