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
	const isItsRecord = legs.length === 1 && verdict.outcome === first.outcome;
	const call: Call = {
		...first,
		...(isItsRecord ? {} : toldByAll(story)),
		recordId: recordIdOf(first),
		platformRecordId: first.callId,
		legCount: legs.length,
		waitSeconds: null,
		answeredBy: verdict.answeredBy,
		transferCount: transfersOf(talks, direction),
		path: pathOf(legs, direction, talks, options.typeWords),
		isComplete: isComplete(legs, options),
	};
	settleSeconds(call, story);
	if (options.includeLegs) call.legs = legs.map(({ record }) => record);
	return call;
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

/** The fields of a call record that depend on more than the first leg. */
function toldByAll(story: Story): Partial<CallRecord> {
	const { legs, direction, talks, verdict } = story;
	const said = verdict.leg.record;
	const first = <Field extends keyof CallRecord>(field: Field) =>
		firstKnown(legs, (record) => record[field]);
	const end = endOfCall(legs);
	return {
		direction,
		outcome: verdict.outcome,
		outcomeRaw: said.outcomeRaw,
		ringSeconds: said.ringSeconds,
		...outsideOf(legs, direction),
		answeredAt: talks.length > 0 ? said.answeredAt : null,
		endedAt: end?.record.endedAt ?? null,
		timeIsAmbiguous: legs.some(({ record }) => record.timeIsAmbiguous),
		durationSeconds: durationOf(legs, end),
		talkSeconds: talkSecondsOf(story),
		...agentOf(story),
		queue: firstKnown(legs, queueOf),
		...hangupOf(legs),
		...recordingOf(legs, talks),
		externalReference: first('externalReference'),
		tags: first('tags'),
		note: first('note'),
		transcription: first('transcription'),
	};
}

function firstKnown<Value>(legs: Leg[], read: (record: CallRecord) => Value | null): Value | null {
	for (const { record } of legs) {
		const value = read(record);
		if (value !== null) return value;
	}
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
function outsideOf(legs: Leg[], direction: Direction) {
	const isOneWay = direction === 'inbound' || direction === 'outbound';
	const own = isOneWay ? legs.filter(({ record }) => record.direction === direction) : legs;
	return {
		externalNumber: firstKnown(own, (record) => record.externalNumber),
		lineNumber: firstKnown(own, (record) => record.lineNumber),
	};
}

/** Who answered an inbound call; who dialled another. */
function agentOf({ legs, direction, talks }: Story) {
	const leg = direction === 'inbound' ? talks[0]?.leg : (legs.find(hasAgent) ?? legs[0]);
	return {
		agentName: leg?.record.agentName ?? null,
		agentExtension: leg?.record.agentExtension ?? null,
	};
}

function hasAgent({ record }: Leg): boolean {
	return record.agentName !== null || record.agentExtension !== null;
}

function queueOf({ queue, toKind, toName, to }: CallRecord): string | null {
	return queue ?? (toKind === 'queue' ? (toName ?? to) : null);
}

/** Of legs that ended together, one that says it. */
function hangupOf(legs: Leg[]) {
	const last = endedLast(legs);
	const together = legs.filter((leg) => endOf(leg) === endOf(last));
	const says = ({ record }: Leg) => record.hangupBy !== null || record.hangupCause !== null;
	const { record } = says(last) ? last : (together.find(says) ?? last);
	return { hangupBy: record.hangupBy, hangupCause: record.hangupCause };
}

/** Of the longest talk of a person; where that has none, of the longest leg that has one. */
function recordingOf(legs: Leg[], talks: Talk[]) {
	const recorded = (leg: Leg) =>
		leg.record.recordingFile !== null || leg.record.recordingUrl !== null;
	const talked = talks.map(({ leg }) => leg).filter(recorded);
	const best = longest(talked) ?? longest(legs.filter(recorded));
	if (best === null) return { hasRecording: hasRecordingOf(legs), ...NO_RECORDING };
	const { hasRecording, recordingFile, recordingUrl } = best.record;
	return { hasRecording: hasRecording ?? true, recordingFile, recordingUrl };
}

const NO_RECORDING = { recordingFile: null, recordingUrl: null };

function hasRecordingOf(legs: Leg[]): boolean | null {
	if (legs.some(({ record }) => record.hasRecording === true)) return true;
	return legs.every(({ record }) => record.hasRecording === false) ? false : null;
}

function longest(legs: Leg[]): Leg | null {
	let best: Leg | null = null;
	for (const leg of legs) {
		const seconds = leg.record.talkSeconds ?? 0;
		if (best === null || seconds > (best.record.talkSeconds ?? 0)) best = leg;
	}
	return best;
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
