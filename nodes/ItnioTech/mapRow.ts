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
	type PartyKind,
} from '../callRecords/callRecord';
import { stableIds } from '../callRecords/ids';
import { InputError, type Settings } from '../callRecords/platform';
import { toE164 } from '../callRecords/shape/e164';
import { parseJson } from '../callRecords/transport/body';
import {
	instantsOf,
	parseWall,
	settleTimes,
	wallOf,
	type Moment,
	type Seconds,
} from '../callRecords/time';

/** `callType`: 1 is a group call that was put through to an agent, so the platform dialled (3). */
const DIRECTIONS: Record<number, Direction> = { 1: 'outbound', 2: 'inbound', 3: 'outbound' };

/**
 * `hangupReason` of calls that nobody answered (3). Null: it depends on the direction. The others, 1, 3 and 9, say that
 * somebody hung up after the answer.
 */
const UNANSWERED: Record<number, { byDirection: boolean; outcome: Outcome }> = {
	0: { byDirection: true, outcome: 'noAnswer' },
	2: { byDirection: true, outcome: 'unknown' },
	4: { byDirection: false, outcome: 'failed' },
	5: { byDirection: false, outcome: 'failed' },
	6: { byDirection: false, outcome: 'failed' },
	7: { byDirection: false, outcome: 'busy' },
	8: { byDirection: true, outcome: 'missed' },
};

/** `hangingDirection`. 3 is "none" here and "system" in the vendor's older records (9), so it says nothing. */
const HANGUP_BY: Record<number, HangupBy> = { 0: 'customer', 1: 'agent' };

/**
 * How many digits a number has at least when its country code is part of it. A national number can begin with its own
 * country's code (India 91…, Italy 39…), so the beginning alone says nothing; but few countries have national numbers
 * of more than ten digits.
 */
const USUAL_DIGITS = 11;

/** Countries whose national numbers are longer (Germany, Brazil), or so short that ten digits are enough. */
const DIGITS: Record<string, number> = { 45: 10, 47: 10, 49: 12, 55: 12, 65: 10 };

/** Rows without an id are distinguished by what never changes in them. */
export function recordIds(rows: IDataObject[]): string[] {
	return stableIds(rows, (row) => text(row.keyId), ['callSessionId', 'callStartTime', 'caller']);
}

/** Times of a request as text of the platform's wall clock, or as instants with an offset. */
export function sendsInstants({ options: { timeFormat = 'plain' } }: Settings): boolean {
	if (timeFormat === 'plain' || timeFormat === 'iso') return timeFormat === 'iso';
	throw new InputError('Time Format', "'Time Format' has to be plain or iso");
}

/**
 * A moment of a row: wall time as a rule (docs/vendors/itnio-tech.md 3). The vendor's older records carry offsets (6),
 * so a time that states one is taken by it.
 */
function moment(value: unknown): Moment {
	const wall = parseWall(value);
	if (wall !== null) return { wall };
	const given = text(value) ?? '';
	const instant = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(given)
		? Date.parse(given)
		: NaN;
	return Number.isNaN(instant) ? null : { instant: Math.floor(instant / 1000) };
}

export function startOf(row: IDataObject, settings: Settings): Seconds | null {
	const start = moment(row.callStartTime);
	if (start === null) return null;
	if (sendsInstants(settings)) {
		return 'instant' in start ? start.instant : instantsOf(start.wall, settings.zone)[0];
	}
	return 'wall' in start ? start.wall : wallOf(start.instant, settings.zone);
}

/**
 * Whether somebody answered. The reason, the talk time and the time of the answer may contradict each other: a stated
 * answer with talk time is an answer, also of a call that ended as a failed transfer; else the reason decides.
 * Null = the row does not say.
 */
function isAnswered(row: IDataObject): boolean | null {
	const talk = whole(row.callDuration);
	const talked = talk !== null && talk > 0;
	const hasAnswer = moment(row.calledAnswerTime) !== null;
	if (talked && hasAnswer) return true;
	if ((whole(row.hangupReason) ?? -1) in UNANSWERED) return false;
	if (talked || hasAnswer) return true;
	return talk === 0 ? false : null;
}

function unansweredOutcome(row: IDataObject, direction: Direction): Outcome {
	const reason = UNANSWERED[whole(row.hangupReason) ?? -1];
	if (reason === undefined || (reason.byDirection && direction !== 'unknown')) {
		return unanswered(direction);
	}
	return reason.outcome;
}

/** From start to end by the row's own times; talking and ringing distinguish the repeated hour of autumn from the first. */
function durationOf(
	times: Pick<MappedRow, 'started' | 'answered' | 'ended'>,
	row: IDataObject,
	zone: string,
) {
	const talk = whole(row.callDuration);
	const { started, ended } = settleTimes(
		{
			started: times.started,
			answered: times.answered ?? null,
			ended: times.ended ?? null,
			durationSeconds: talk === null ? null : talk + (whole(row.ringDuration) ?? 0),
		},
		zone,
	);
	return started === null || ended === null || ended < started ? null : ended - started;
}

/**
 * The customer's number in E.164 where `ccode`, as in `86(China)`, shows it: the number begins with that country's
 * code, and is longer than that country's national numbers. Hidden digits (`861380****001`) show nothing.
 */
function provenBy(ccode: unknown, number: string | null): string | null {
	const country = /^\+?(\d{1,4})(?:\D|$)/.exec(text(ccode) ?? '')?.[1];
	if (country === undefined || number === null || !/^\d+$/.test(number)) return null;
	const isWhole = number.length >= (DIGITS[country] ?? USUAL_DIGITS);
	return isWhole && number.startsWith(country) ? toE164(`+${number}`) : null;
}

/** The list, or what the vendor also sends as text: a JSON list, or one tag (docs/vendors/itnio-tech.md 3). */
function tagsOf({ labelNameList, labelName }: IDataObject): string | null {
	const join = (list: unknown) =>
		Array.isArray(list)
			? list
					.map(text)
					.filter((tag) => tag !== null)
					.join(', ') || null
			: null;
	const given = text(labelName);
	const parsed = given === null ? null : parseJson(given);
	const isPlain = typeof parsed !== 'object';
	return join(labelNameList) ?? (isPlain ? given : join(parsed));
}

/**
 * Who takes an inbound call: the agent; or, where nobody answered, the agent group that it waited in. Who answered a
 * call without an agent is not known.
 */
function takerOf(row: IDataObject, answered: boolean | null): PartyKind {
	if (text(row.seatName) !== null) return 'person';
	return answered === false && text(row.sipGroupName) !== null ? 'queue' : 'unknown';
}

function recordingOf({ voiceUrl, voiceUrlList }: IDataObject): string | null {
	const files: unknown[] = Array.isArray(voiceUrlList) ? voiceUrlList : [];
	return text(voiceUrl) ?? files.map(text).find((file) => file !== null) ?? null;
}

export function mapRow(row: IDataObject, id: string, { zone }: Settings): MappedRow {
	const direction = DIRECTIONS[whole(row.callType) ?? 0] ?? 'unknown';
	const from = text(row.caller);
	const to = text(row.called) ?? text(row.encryptCalled);
	const answered = isAnswered(row);
	const agentName = text(row.seatName);
	const recording = recordingOf(row);
	const times = {
		started: moment(row.callStartTime),
		answered: answered === true ? moment(row.calledAnswerTime) : null,
		ended: moment(row.calledHangupTime),
	};
	return {
		id,
		callId: text(row.callSessionId),
		direction,
		outcome: answered === null ? null : answered ? 'answered' : unansweredOutcome(row, direction),
		outcomeRaw: text(row.hangupReason),
		from,
		fromE164: direction === 'inbound' ? provenBy(row.ccode, from) : null,
		to,
		toE164: direction === 'outbound' ? provenBy(row.ccode, to) : null,
		...kindsOf(direction, agentName === null ? 'unknown' : 'person', takerOf(row, answered)),
		lineNumber: direction === 'unknown' ? null : direction === 'inbound' ? to : from,
		...times,
		durationSeconds: durationOf(times, row, zone),
		talkSeconds: answered === false ? 0 : whole(row.callDuration),
		ringSeconds: whole(row.ringDuration),
		agentName,
		queue: text(row.sipGroupName),
		hangupBy: HANGUP_BY[whole(row.hangingDirection) ?? -1] ?? null,
		hangupCause: text(row.hangupCode),
		hasRecording: 'voiceUrl' in row || 'voiceUrlList' in row ? recording !== null : null,
		recordingFile: recording,
		tags: tagsOf(row),
		note: text(row.remark),
	};
}
