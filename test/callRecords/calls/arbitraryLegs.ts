import fc from 'fast-check';

import type {
	CallRecord,
	Direction,
	Outcome,
	PartyKind,
} from '../../../nodes/callRecords/callRecord';

/** Days of a month in which clocks are set back. */
export const FROM = Date.UTC(2026, 9, 20) / 1000;
const LONGEST = 4 * 3600;

interface DrawnLeg {
	after: number;
	ring: number;
	talk: number;
	kind: PartyKind;
	end: Outcome;
	way: Direction;
	party: number;
}

const KINDS: PartyKind[] = [
	'person',
	'person',
	'person',
	'external',
	'queue',
	'menu',
	'ringGroup',
	'voicemail',
	'announcement',
	'conference',
	'unknown',
];
const ENDS: Outcome[] = [
	'answered',
	'answered',
	'answered',
	'missed',
	'noAnswer',
	'busy',
	'canceled',
	'voicemail',
	'unknown',
];

const drawnLeg: fc.Arbitrary<DrawnLeg> = fc.record({
	after: fc.oneof(fc.nat(200), fc.nat(200), fc.nat(LONGEST)),
	ring: fc.nat(40),
	talk: fc.integer({ min: 1, max: 300 }),
	kind: fc.constantFrom(...KINDS),
	end: fc.constantFrom(...ENDS),
	way: fc.constantFrom<Direction>('inbound', 'outbound', 'internal', 'unknown'),
	party: fc.nat(3),
});

/** When clocks in Bucharest are set back, within these days. */
const SET_BACK = Date.UTC(2026, 9, 25, 1) / 1000;

/** As a clock in Bucharest shows it; luxon takes twenty times as long. */
export function isoOf(instant: number): string {
	const hours = instant < SET_BACK ? 3 : 2;
	const clock = new Date((instant + hours * 3600) * 1000).toISOString().slice(0, 19);
	return `${clock}+0${hours}:00`;
}

function recordOf(leg: DrawnLeg, callId: string, id: string, start: number): CallRecord {
	const isAnswered = leg.end === 'answered';
	const begin = start + leg.after;
	const talk = isAnswered ? leg.talk : 0;
	const number = leg.kind === 'external' ? `072200011${leg.party}` : `400${leg.party}`;
	return {
		recordId: `pbx:host:${id}`,
		platform: 'pbx',
		platformRecordId: id,
		callId,
		direction: leg.way,
		outcome: leg.end,
		outcomeRaw: null,
		from: '0722000111',
		fromName: null,
		fromE164: null,
		to: number,
		toName: null,
		toE164: null,
		fromKind: 'unknown',
		toKind: leg.kind,
		externalNumber: null,
		lineNumber: null,
		startedAt: isoOf(begin),
		answeredAt: isAnswered ? isoOf(begin + leg.ring) : null,
		endedAt: isoOf(begin + leg.ring + talk),
		timeIsAmbiguous: false,
		durationSeconds: leg.ring + talk,
		talkSeconds: talk,
		ringSeconds: leg.ring,
		agentName: null,
		agentExtension: leg.kind === 'person' ? number : null,
		queue: null,
		hangupBy: null,
		hangupCause: null,
		hasRecording: false,
		recordingFile: null,
		recordingUrl: null,
		externalReference: null,
		tags: null,
		note: null,
		transcription: null,
	};
}

/** The legs of one call, whose first one begins at `start`. */
export function legsOfCall(callId: string, start: number): fc.Arbitrary<CallRecord[]> {
	return fc
		.array(drawnLeg, { minLength: 1, maxLength: 7 })
		.map((legs) => legs.map((leg, i) => recordOf(leg, callId, `${callId}-${i}`, start)));
}

/** The legs of many calls in time order. */
export const manyLegs: fc.Arbitrary<CallRecord[]> = fc
	.array(fc.nat(7 * 86_400), { minLength: 1, maxLength: 25 })
	.chain((starts) => fc.tuple(...starts.map((start, i) => legsOfCall(`call${i}`, FROM + start))))
	.map((calls) => calls.flat().sort((a, b) => secondsOf(a.startedAt) - secondsOf(b.startedAt)));

export function secondsOf(iso: string | null): number {
	return iso === null ? NaN : Date.parse(iso) / 1000;
}
