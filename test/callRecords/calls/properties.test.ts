import fc from 'fast-check';

import type { Call } from '../../../nodes/callRecords/call';
import {
	CALL_RECORD_FIELDS,
	type CallRecord,
	type Direction,
} from '../../../nodes/callRecords/callRecord';
import { createCallGrouper, groupCalls } from '../../../nodes/callRecords/calls/groupCalls';
import { toCall } from '../../../nodes/callRecords/calls/toCall';
import { FROM, legsOfCall, manyLegs, secondsOf } from './arbitraryLegs';

const OPTIONS = { readAt: FROM + 30 * 86_400, settleSeconds: 60, includeLegs: true };

/** Cuts a list at places and shuffles each part, as pages that are not sorted. */
function pagesOf(records: CallRecord[], cuts: number[], seed: number): CallRecord[][] {
	const places = [...cuts.map((cut) => cut % (records.length + 1)), records.length].sort(
		(a, b) => a - b,
	);
	return places.map((place, i) => shuffled(records.slice(places[i - 1] ?? 0, place), seed + i));
}

function shuffled(records: CallRecord[], seed: number): CallRecord[] {
	const key = ({ recordId }: CallRecord) =>
		[...recordId].reduce((sum, char) => (sum * 31 + char.charCodeAt(0) + seed) % 10_007, seed);
	return [...records].sort((a, b) => key(a) - key(b));
}

function stream(pages: CallRecord[][], order?: 'newestFirst'): Call[] {
	const grouper = createCallGrouper({ ...OPTIONS, order });
	return [...pages.flatMap((page) => grouper.add(page)), ...grouper.end()];
}

function byId(calls: Call[]): Call[] {
	return [...calls].sort((a, b) => (a.recordId < b.recordId ? -1 : 1));
}

describe('legs become calls', () => {
	const split = fc.tuple(manyLegs, fc.array(fc.nat(), { maxLength: 12 }), fc.nat(1000));

	it('the same ones, however the legs are split into pages and ordered in them', () => {
		fc.assert(
			fc.property(split, ([records, cuts, seed]) => {
				expect(stream(pagesOf(records, cuts, seed))).toEqual(groupCalls(records, OPTIONS));
			}),
			{ numRuns: 300 },
		);
	});

	it('the same ones, read from the newest to the oldest', () => {
		fc.assert(
			fc.property(split, ([records, cuts, seed]) => {
				const pages = pagesOf([...records].reverse(), cuts, seed);
				expect(byId(stream(pages, 'newestFirst'))).toEqual(byId(groupCalls(records, OPTIONS)));
			}),
			{ numRuns: 300 },
		);
	});

	it('in the order of their start, forwards and backwards', () => {
		fc.assert(
			fc.property(split, ([records, cuts, seed]) => {
				const forwards = stream(pagesOf(records, cuts, seed));
				const pages = pagesOf([...records].reverse(), cuts, seed);
				const backwards = stream(pages, 'newestFirst').reverse();
				for (const calls of [forwards, backwards]) {
					const starts = calls.map(({ startedAt }) => secondsOf(startedAt));
					expect(starts).toEqual([...starts].sort((a, b) => a - b));
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('with each leg in one call', () => {
		fc.assert(
			fc.property(split, ([records, cuts, seed]) => {
				const calls = stream(pagesOf(records, cuts, seed));
				const legs = calls.flatMap((call) => call.legs ?? []);
				expect(legs.map(({ recordId }) => recordId).sort()).toEqual(
					records.map(({ recordId }) => recordId).sort(),
				);
				for (const { callId, legCount, legs: own = [] } of calls) {
					expect(own.map((leg) => leg.callId)).toEqual(Array(legCount).fill(callId));
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('the same ones when rows come twice', () => {
		fc.assert(
			fc.property(split, ([records, cuts, seed]) => {
				const twice = pagesOf(records, cuts, seed).map((page) => [...page, ...page]);
				expect(stream(twice)).toEqual(groupCalls(records, OPTIONS));
			}),
			{ numRuns: 100 },
		);
	});
});

/** The kinds on which people talk; written here once more, so that the test does not believe the code. */
const PEOPLE = new Set(['person', 'external', 'unknown', 'conference']);

/** Counts the seconds of a call one by one. */
function talkOracle(legs: CallRecord[], direction: Direction): number {
	const answered = legs.filter(({ outcome }) => outcome === 'answered');
	const people = answered.filter(({ toKind }) => PEOPLE.has(toKind));
	const talking =
		people.length > 0 ? people : answered.filter(({ toKind }) => toKind === 'ringGroup');
	const outside = ({ toKind }: CallRecord) => toKind === 'external' || toKind === 'unknown';
	const waitsForOutside = direction === 'outbound' && legs.some(outside);
	const since = waitsForOutside
		? Math.min(...talking.filter(outside).map(({ answeredAt }) => secondsOf(answeredAt)))
		: -Infinity;
	const seconds = new Set<number>();
	for (const { answeredAt, endedAt } of talking) {
		for (let at = secondsOf(answeredAt); at < secondsOf(endedAt); at++) {
			if (at >= since) seconds.add(at);
		}
	}
	return seconds.size;
}

describe('one call', () => {
	const legs = legsOfCall('call', FROM + 5 * 86_400);

	it('counts no second of talk twice', () => {
		fc.assert(
			fc.property(legs, (records) => {
				const { direction, talkSeconds, outcome } = toCall(records, OPTIONS);
				if (outcome === 'unknown') return;
				expect(talkSeconds).toBe(
					records.length === 1 && outcome === records[0].outcome
						? records[0].talkSeconds
						: talkOracle(records, direction),
				);
			}),
			{ numRuns: 2000 },
		);
	});

	it('waits and talks no longer than it lasts, whatever the rows state', () => {
		const odd = fc.tuple(legs, fc.array(fc.option(fc.nat(500)), { minLength: 14, maxLength: 14 }));
		fc.assert(
			fc.property(odd, ([records, numbers]) => {
				const stated = records.map((record, i) => ({
					...record,
					talkSeconds: numbers[2 * i],
					durationSeconds: numbers[2 * i + 1],
					answeredAt: (numbers[2 * i] ?? 0) % 2 === 0 ? record.answeredAt : null,
				}));
				const { waitSeconds, talkSeconds, durationSeconds } = toCall(stated, OPTIONS);
				expect(waitSeconds ?? 0).toBeGreaterThanOrEqual(0);
				if (waitSeconds === null || talkSeconds === null || durationSeconds === null) return;
				expect(waitSeconds + talkSeconds).toBeLessThanOrEqual(durationSeconds);
			}),
			{ numRuns: 2000 },
		);
	});

	it('is answered only where its talk says so', () => {
		fc.assert(
			fc.property(legs, (records) => {
				const { outcome, answeredAt, answeredBy, talkSeconds } = toCall(records, OPTIONS);
				const isAnswered = outcome === 'answered';
				expect(answeredAt !== null).toBe(isAnswered);
				expect(answeredBy === 'person').toBe(isAnswered);
				if (isAnswered) expect(talkSeconds).toBeGreaterThan(0);
				else expect(talkSeconds ?? 0).toBe(0);
			}),
			{ numRuns: 2000 },
		);
	});

	it('does not depend on the order of its legs', () => {
		fc.assert(
			fc.property(legs, fc.nat(1000), (records, seed) => {
				expect(toCall(shuffled(records, seed), OPTIONS)).toEqual(toCall(records, OPTIONS));
			}),
			{ numRuns: 500 },
		);
	});

	it('equals its record where it has one, unless a machine picked up', () => {
		const machines = new Set(['queue', 'menu', 'announcement', 'voicemail']);
		fc.assert(
			fc.property(legs, ([record]) => {
				const isOwnWay = record.outcome !== 'missed' && record.outcome !== 'noAnswer';
				fc.pre(isOwnWay && !(record.outcome === 'answered' && machines.has(record.toKind)));
				const one = toCall([record], OPTIONS);
				for (const field of CALL_RECORD_FIELDS) {
					if (field === 'recordId' || field === 'platformRecordId') continue;
					expect(one[field]).toEqual(record[field]);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
