import type { IDataObject } from 'n8n-workflow';

import { toE164 } from './shape/e164';
import { settleTimes, toIso, type Moment, type Seconds } from './time';

export type Direction = 'inbound' | 'outbound' | 'internal' | 'unknown';
export type Outcome =
	| 'answered'
	| 'missed'
	| 'noAnswer'
	| 'busy'
	| 'failed'
	| 'canceled'
	| 'rejected'
	| 'voicemail'
	| 'unknown';
export type HangupBy = 'caller' | 'callee' | 'agent' | 'customer' | 'system';

/** What one side of a leg is. `person`: an extension, an agent, or a mobile that stands in for one. */
export type PartyKind =
	| 'person'
	| 'external'
	| 'queue'
	| 'menu'
	| 'ringGroup'
	| 'voicemail'
	| 'announcement'
	| 'conference'
	| 'unknown';

/**
 * One call record, the same for every platform: flat, always all keys. `null` = unknown, `0` = known to be zero.
 * One record per vendor row (a leg, where the platform has legs); `callId` groups legs.
 */
export interface CallRecord {
	/** `<platform>:<host>:<platformRecordId>`: the key to upsert by. */
	recordId: string;
	platform: string;
	/** The vendor's id, verbatim. */
	platformRecordId: string;
	callId: string;
	direction: Direction;
	/** `missed` = inbound and nobody answered, `noAnswer` = outbound. */
	outcome: Outcome;
	outcomeRaw: string | null;
	/** Numbers as the platform gives them, name split off. */
	from: string | null;
	fromName: string | null;
	/** Only where provable, see `toE164` of shape/e164.ts. */
	fromE164: string | null;
	to: string | null;
	toName: string | null;
	toE164: string | null;
	/** What each side of the leg is, where the platform says so. */
	fromKind: PartyKind;
	toKind: PartyKind;
	/** The customer's side, E.164 if known: what a CRM is searched by. */
	externalNumber: string | null;
	/** The company's number that was called or shown. */
	lineNumber: string | null;
	/** ISO 8601 with offset, in the platform's zone. Null only where the vendor's row has no readable start. */
	startedAt: string | null;
	answeredAt: string | null;
	endedAt: string | null;
	/** In the hour that happens twice in autumn, when nothing in the row settles it. */
	timeIsAmbiguous: boolean;
	/** Start to end. */
	durationSeconds: number | null;
	/** Answer to end; 0 if unanswered. */
	talkSeconds: number | null;
	ringSeconds: number | null;
	agentName: string | null;
	agentExtension: string | null;
	queue: string | null;
	hangupBy: HangupBy | null;
	hangupCause: string | null;
	hasRecording: boolean | null;
	/** What Download Recording takes. */
	recordingFile: string | null;
	recordingUrl: string | null;
	/** The user's own id given when dialling. */
	externalReference: string | null;
	tags: string | null;
	note: string | null;
	transcription: string | null;
}

/** What happened, in the order in which people read it. */
export const DETAIL_FIELDS = [
	'startedAt',
	'direction',
	'outcome',
	'from',
	'to',
	'talkSeconds',
	'agentName',
	'agentExtension',
	'queue',
	'fromName',
	'toName',
	'externalNumber',
	'lineNumber',
	'durationSeconds',
	'ringSeconds',
	'answeredAt',
	'endedAt',
	'timeIsAmbiguous',
	'fromE164',
	'toE164',
	'fromKind',
	'toKind',
	'outcomeRaw',
	'hangupBy',
	'hangupCause',
	'hasRecording',
	'recordingFile',
	'recordingUrl',
	'tags',
	'note',
	'transcription',
] as const satisfies ReadonlyArray<keyof CallRecord>;

/** What machines join by. They stand last, where they hide nothing. */
export const ID_FIELDS = [
	'externalReference',
	'callId',
	'platform',
	'platformRecordId',
	'recordId',
] as const satisfies ReadonlyArray<keyof CallRecord>;

/** The columns of a call record, in the order in which they are shown and exported. */
export const CALL_RECORD_FIELDS = [...DETAIL_FIELDS, ...ID_FIELDS] as const;

/** Where a row comes from. `host` with its port, since two systems may share an address. */
export interface Origin {
	platform: string;
	host: string;
	/** The platform's IANA time zone. */
	zone: string;
	/** ISO 3166 code of the country whose national numbers the platform shows, see `toE164`. */
	country?: string | null;
}

/** What a platform reads out of one of its rows. What it leaves out is unknown. */
export interface MappedRow {
	/** The vendor's id, verbatim. */
	id: string;
	callId?: string | null;
	direction: Direction;
	/** Null: the row does not say. `answered` without talk time or a time of the answer becomes `unknown`. */
	outcome: Outcome | null;
	outcomeRaw?: string | null;
	from?: string | null;
	fromName?: string | null;
	fromE164?: string | null;
	to?: string | null;
	toName?: string | null;
	toE164?: string | null;
	fromKind?: PartyKind;
	toKind?: PartyKind;
	lineNumber?: string | null;
	started: Moment;
	answered?: Moment;
	ended?: Moment;
	durationSeconds?: number | null;
	talkSeconds?: number | null;
	ringSeconds?: number | null;
	agentName?: string | null;
	agentExtension?: string | null;
	queue?: string | null;
	hangupBy?: HangupBy | null;
	hangupCause?: string | null;
	hasRecording?: boolean | null;
	recordingFile?: string | null;
	recordingUrl?: string | null;
	externalReference?: string | null;
	tags?: string | null;
	note?: string | null;
	transcription?: string | null;
}

/** The call record of what a platform read out of a row. */
export function toCallRecord(row: MappedRow, origin: Origin): CallRecord {
	const times = settleTimes(
		{
			started: row.started,
			answered: row.answered ?? null,
			ended: row.ended ?? null,
			durationSeconds: row.durationSeconds ?? null,
		},
		origin.zone,
	);
	const answered = notBefore(times.answered, times.started);
	const ended = notBefore(times.ended, answered ?? times.started);
	const isAnswered = answered !== null || (row.talkSeconds ?? 0) > 0;
	const iso = (instant: Seconds | null) => (instant === null ? null : toIso(instant, origin.zone));
	const fromE164 = row.fromE164 ?? toE164(row.from, countryOf('from', row, origin));
	const calledE164 = row.toE164 ?? toE164(row.to, countryOf('to', row, origin));
	const external: Record<Direction, string | null> = {
		inbound: fromE164 ?? row.from ?? null,
		outbound: calledE164 ?? row.to ?? null,
		internal: null,
		unknown: null,
	};
	return {
		startedAt: iso(times.started),
		direction: row.direction,
		outcome: row.outcome === 'answered' && !isAnswered ? 'unknown' : (row.outcome ?? 'unknown'),
		from: row.from ?? null,
		to: row.to ?? null,
		talkSeconds: row.talkSeconds ?? null,
		agentName: row.agentName ?? null,
		agentExtension: row.agentExtension ?? null,
		queue: row.queue ?? null,
		fromName: row.fromName ?? null,
		toName: row.toName ?? null,
		externalNumber: external[row.direction],
		lineNumber: row.lineNumber ?? null,
		durationSeconds: row.durationSeconds ?? null,
		ringSeconds: row.ringSeconds ?? null,
		answeredAt: iso(answered),
		endedAt: iso(ended),
		timeIsAmbiguous: times.ambiguous,
		fromE164,
		toE164: calledE164,
		fromKind: row.fromKind ?? 'unknown',
		toKind: row.toKind ?? 'unknown',
		outcomeRaw: row.outcomeRaw ?? null,
		hangupBy: row.hangupBy ?? null,
		hangupCause: row.hangupCause ?? null,
		hasRecording: row.hasRecording ?? null,
		recordingFile: row.recordingFile ?? null,
		recordingUrl: row.recordingUrl ?? null,
		tags: row.tags ?? null,
		note: row.note ?? null,
		transcription: row.transcription ?? null,
		externalReference: row.externalReference ?? null,
		callId: row.callId ?? row.id,
		platform: origin.platform,
		platformRecordId: row.id,
		recordId: `${origin.platform}:${origin.host}:${row.id}`,
	};
}

/** The side of the outside party. */
const OUTSIDE: Partial<Record<Direction, 'from' | 'to'>> = { inbound: 'from', outbound: 'to' };
const MACHINES = new Set<PartyKind>([
	'queue',
	'menu',
	'ringGroup',
	'voicemail',
	'announcement',
	'conference',
]);
/** Extensions are shorter. */
const FEWEST_DIGITS_INSIDE = 8;

/**
 * The country in which a number may be read as a national one. None for what is inside the company: an extension of six
 * digits looks like a number of a small country.
 */
function countryOf(side: 'from' | 'to', row: MappedRow, origin: Origin): string | null {
	const number = row[side];
	const kind = side === 'from' ? row.fromKind : row.toKind;
	const isShort = (number ?? '').replace(/\D/g, '').length < FEWEST_DIGITS_INSIDE;
	const isInside =
		row.direction === 'internal' ||
		MACHINES.has(kind ?? 'unknown') ||
		number === row.agentExtension ||
		(isShort && (OUTSIDE[row.direction] !== side || kind === 'person'));
	return isInside ? null : (origin.country ?? null);
}

/** A time before the one it follows is none: the row contradicts itself, and nobody knows by how much. */
function notBefore(time: Seconds | null, earlier: Seconds | null): Seconds | null {
	return time !== null && earlier !== null && time < earlier ? null : time;
}

/** What nobody answered is `missed` when it came in and `noAnswer` when it went out. */
export function unanswered(direction: Direction): Outcome {
	const outcome: Record<Direction, Outcome> = {
		inbound: 'missed',
		outbound: 'noAnswer',
		internal: 'noAnswer',
		unknown: 'unknown',
	};
	return outcome[direction];
}

/**
 * What the two sides are, where a row says no more than its direction and who of the company took part: `dialler` in an
 * outbound call, `taker` on the company's side of an inbound one.
 */
export function kindsOf(
	direction: Direction,
	dialler: PartyKind,
	taker: PartyKind,
): Required<Pick<MappedRow, 'fromKind' | 'toKind'>> {
	const kinds: Record<Direction, [from: PartyKind, to: PartyKind]> = {
		inbound: ['external', taker],
		outbound: [dialler, 'external'],
		internal: ['person', 'person'],
		unknown: ['unknown', 'unknown'],
	};
	const [fromKind, toKind] = kinds[direction];
	return { fromKind, toKind };
}

/** Text of a field: numbers become text, blank and everything that is not a value becomes null. */
export function text(value: unknown): string | null {
	if (typeof value === 'bigint' || Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') return null;
	const trimmed = value.trim();
	return trimmed === '' ? null : trimmed;
}

/** A count of seconds or a code: whole and not negative, given as a number or as digits; else null. */
export function whole(value: unknown): number | null {
	const number =
		typeof value === 'string' && /^\d+(\.0+)?$/.test(value.trim()) ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** The vendor's row as an object, whatever came: what is no object is kept under `value`. */
export function asRow(value: unknown): IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: { value: (value ?? null) as IDataObject[string] };
}
