import type { Call } from '../call';
import type { CallRecord, Direction } from '../callRecord';
import type { Seconds } from '../time';
import { directionOf, inTimeOrder, lastKnown, toLeg, type Leg } from './leg';
import { endedLast, endOf, judge, type Verdict } from './outcome';
import { pathOf, transfersOf, type TypeWords } from './path';
import { talksOf, unionSeconds, type Talk } from './talk';

export interface CallOptions {
	/** When the read began, in Unix seconds. */
	readAt: Seconds;
	/** A call is complete when its newest leg ended longer ago than this. 0: its rows are final at once. */
	settleSeconds: number;
	includeLegs?: boolean;
	/** The words that the platform puts in front of the names of its menus, queues, …; see `TYPE_WORDS`. */
	typeWords?: TypeWords;
}

/** What the legs say together, before a field is filled in. */
interface Story {
	legs: Leg[];
	direction: Direction;
	talks: Talk[];
	verdict: Verdict;
}

/**
 * The call that the call records of one `callId` tell. A call of one leg equals its record, unless a machine picked up:
 * the record says `answered` then, and the call says how it ended.
 * @param records at least one, in any order; of two with the same `recordId` the last one counts
 */
export function toCall(records: CallRecord[], options: CallOptions): Call {
	return callOf(records.map(toLeg), options);
}

/** As `toCall`, of legs whose times have been read. */
export function callOf(given: Leg[], options: CallOptions): Call {
	const legs = inTimeOrder(given);
	const direction = directionOf(legs);
	const talks = talksOf(legs, direction);
	const verdict = judge(legs, direction, talks);
	const story: Story = { legs, direction, talks, verdict };
	const [{ record: first }] = legs;
	const call = callOfRecord(first);
	call.legCount = legs.length;
	call.answeredBy = verdict.answeredBy;
	call.transferCount = transfersOf(talks, direction);
	call.path = pathOf(legs, direction, talks, options.typeWords);
	call.isComplete = isComplete(legs, options);
	if (legs.length > 1 || verdict.outcome !== first.outcome) tellOfAll(call, story);
	settleSeconds(call, story);
	if (options.includeLegs) call.legs = legs.map(({ record }) => record);
	return call;
}

/** Every field is named: V8 copies an object of this size a hundred times faster so than by spreading it. */
function callOfRecord(record: CallRecord): Call {
	return {
		startedAt: record.startedAt,
		direction: record.direction,
		outcome: record.outcome,
		from: record.from,
		to: record.to,
		talkSeconds: record.talkSeconds,
		agentName: record.agentName,
		agentExtension: record.agentExtension,
		queue: record.queue,
		fromName: record.fromName,
		toName: record.toName,
		externalNumber: record.externalNumber,
		lineNumber: record.lineNumber,
		durationSeconds: record.durationSeconds,
		ringSeconds: record.ringSeconds,
		answeredAt: record.answeredAt,
		endedAt: record.endedAt,
		timeIsAmbiguous: record.timeIsAmbiguous,
		fromE164: record.fromE164,
		toE164: record.toE164,
		fromKind: record.fromKind,
		toKind: record.toKind,
		outcomeRaw: record.outcomeRaw,
		hangupBy: record.hangupBy,
		hangupCause: record.hangupCause,
		hasRecording: record.hasRecording,
		recordingFile: record.recordingFile,
		recordingUrl: record.recordingUrl,
		tags: record.tags,
		note: record.note,
		transcription: record.transcription,
		legCount: 1,
		waitSeconds: null,
		answeredBy: null,
		transferCount: 0,
		path: null,
		isComplete: false,
		externalReference: record.externalReference,
		callId: record.callId,
		platform: record.platform,
		platformRecordId: record.callId,
		recordId: recordIdOf(record),
	};
}

/** `<platform>:<host>:<callId>`. */
function recordIdOf({ recordId, platformRecordId, callId }: CallRecord): string {
	return recordId.slice(0, recordId.length - platformRecordId.length) + callId;
}

function isComplete(legs: Leg[], { readAt, settleSeconds }: CallOptions): boolean {
	if (settleSeconds === 0) return true;
	const last = lastKnown(legs);
	return last === null || readAt - last > settleSeconds;
}

/** Fills in the fields that depend on more than the first leg. */
function tellOfAll(call: Call, story: Story): void {
	const { legs, direction, talks, verdict } = story;
	const said = verdict.leg.record;
	const end = endOfCall(legs);
	const own = legsOf(direction, legs);
	const agent = agentOf(story);
	const hangup = hungUpLast(legs);
	const recorded = recordedOf(legs, talks);
	call.direction = direction;
	call.outcome = verdict.outcome;
	call.outcomeRaw = said.outcomeRaw;
	call.ringSeconds = said.ringSeconds;
	call.externalNumber = firstKnown(own, 'externalNumber');
	call.lineNumber = firstKnown(own, 'lineNumber');
	call.answeredAt = talks.length > 0 ? said.answeredAt : null;
	call.endedAt = end?.record.endedAt ?? null;
	call.timeIsAmbiguous = legs.some(({ record }) => record.timeIsAmbiguous);
	call.durationSeconds = durationOf(legs, end);
	call.talkSeconds = talkSecondsOf(story);
	call.agentName = agent?.agentName ?? null;
	call.agentExtension = agent?.agentExtension ?? null;
	call.queue = firstQueue(legs);
	call.hangupBy = hangup.hangupBy;
	call.hangupCause = hangup.hangupCause;
	call.hasRecording = hasRecordingOf(legs, recorded);
	call.recordingFile = recorded?.recordingFile ?? null;
	call.recordingUrl = recorded?.recordingUrl ?? null;
	call.externalReference = firstKnown(legs, 'externalReference');
	call.tags = firstKnown(legs, 'tags');
	call.note = firstKnown(legs, 'note');
	call.transcription = firstKnown(legs, 'transcription');
}

function firstKnown<Field extends keyof CallRecord>(
	legs: Leg[],
	field: Field,
): CallRecord[Field] | null {
	for (const { record } of legs) if (record[field] !== null) return record[field];
	return null;
}

/**
 * The leg whose end is the end of the call. Null where a leg without an end began after all others ended: the call
 * lasted longer then, and nobody knows how long.
 */
function endOfCall(legs: Leg[]): Leg | null {
	let last: Leg | null = null;
	for (const leg of legs) {
		if (leg.ended !== null && leg.ended > (last?.ended ?? -Infinity)) last = leg;
	}
	const end = last?.ended ?? -Infinity;
	return legs.some(({ started, ended }) => ended === null && (started ?? 0) >= end) ? null : last;
}

function durationOf(legs: Leg[], end: Leg | null): number | null {
	if (legs.length === 1) return legs[0].record.durationSeconds;
	const [{ started }] = legs;
	return started === null || end?.ended == null ? null : end.ended - started;
}

/** Nobody answered is 0; how long people talked on a leg of which nobody knows how it ended is not known. */
function talkSecondsOf({ legs, talks, verdict }: Story): number | null {
	if (talks.length > 0) return unionSeconds(talks);
	return verdict.outcome === 'unknown' && legs.some(mayBeTalk) ? null : 0;
}

function mayBeTalk({ record }: Leg): boolean {
	return record.outcome === 'unknown' && record.talkSeconds !== 0;
}

/** A forwarded leg of an inbound call goes out to another party, which is not the customer. */
function legsOf(direction: Direction, legs: Leg[]): Leg[] {
	const isOneWay = direction === 'inbound' || direction === 'outbound';
	return isOneWay ? legs.filter(({ record }) => record.direction === direction) : legs;
}

/** The leg of who answered an inbound call, or of who dialled another. */
function agentOf({ legs, direction, talks }: Story): CallRecord | undefined {
	return (direction === 'inbound' ? talks[0]?.leg : legs.find(hasAgent))?.record;
}

function hasAgent({ record }: Leg): boolean {
	return record.agentName !== null || record.agentExtension !== null;
}

function firstQueue(legs: Leg[]): string | null {
	for (const { record } of legs) {
		const { queue, toKind, toName, to } = record;
		const passed = queue ?? (toKind === 'queue' ? (toName ?? to) : null);
		if (passed !== null) return passed;
	}
	return null;
}

/** Of legs that ended together, one that says who hung up. */
function hungUpLast(legs: Leg[]): CallRecord {
	const last = endedLast(legs);
	const says = ({ record }: Leg) => record.hangupBy !== null || record.hangupCause !== null;
	const end = endOf(last);
	return (legs.find((leg) => endOf(leg) === end && says(leg)) ?? last).record;
}

/** Of the longest talk of a person; where that has none, of the longest leg that has one. */
function recordedOf(legs: Leg[], talks: Talk[]): CallRecord | null {
	return longestRecorded(talks.map(({ leg }) => leg)) ?? longestRecorded(legs);
}

function longestRecorded(legs: Leg[]): CallRecord | null {
	let best: CallRecord | null = null;
	for (const { record } of legs) {
		if (record.recordingFile === null && record.recordingUrl === null) continue;
		if (best === null || (record.talkSeconds ?? 0) > (best.talkSeconds ?? 0)) best = record;
	}
	return best;
}

function hasRecordingOf(legs: Leg[], recorded: CallRecord | null): boolean | null {
	if (recorded !== null || legs.some(({ record }) => record.hasRecording === true)) return true;
	return legs.every(({ record }) => record.hasRecording === false) ? false : null;
}

/**
 * Fills in the wait, and keeps wait and talk within the duration: rows round each of the three for themselves, and some
 * contradict themselves.
 */
function settleSeconds(call: Call, { legs, talks }: Story): void {
	const { durationSeconds: duration } = call;
	if (duration !== null && call.talkSeconds !== null) {
		call.talkSeconds = Math.min(call.talkSeconds, duration);
	}
	const wait = waitOf(call, legs[0].started, talks[0]);
	if (wait === null) return;
	const most = duration === null ? Infinity : duration - (call.talkSeconds ?? 0);
	call.waitSeconds = Math.max(0, Math.min(wait, most));
}

function waitOf(call: Call, started: Seconds | null, answer: Talk | undefined): number | null {
	if (call.outcome === 'unknown') return null;
	if (answer === undefined) return call.durationSeconds;
	return started === null || answer.from === null ? null : answer.from - started;
}
