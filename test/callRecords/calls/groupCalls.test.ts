import {
	createCallGrouper,
	groupCalls,
	startedWithin,
} from '../../../nodes/callRecords/calls/groupCalls';
import type { CallRecord } from '../../../nodes/callRecords/callRecord';
import { parseInstant } from '../../../nodes/callRecords/calls/leg';
import { toCall } from '../../../nodes/callRecords/calls/toCall';
import { isoOf, secondsOf } from './arbitraryLegs';
import { draw } from './drawing';

const START = '2026-06-30T09:00:00+03:00';
const READ_AT = secondsOf('2026-07-30T09:00:00+03:00');
const OPTIONS = { readAt: READ_AT, settleSeconds: 60 };
const HOUR = 3600;

/** A leg of a minute, so many seconds after the start. */
function leg(callId: string, after: number, more: Partial<CallRecord> = {}): CallRecord {
	const [drawn] = draw(['Ann Lee (4005) |.====='], { start: isoOf(secondsOf(START) + after) });
	const id = `${callId}-${after}`;
	return { ...drawn, recordId: `pbx:host:1:${id}`, platformRecordId: id, callId, ...more };
}

describe('a stream of legs', () => {
	it('gives a call when no leg of it can follow, and not before', () => {
		const grouper = createCallGrouper(OPTIONS);
		expect(grouper.add([leg('a', 0)])).toEqual([]);
		expect(grouper.add([leg('a', HOUR), leg('b', HOUR)])).toEqual([]);
		expect(grouper.add([leg('c', 4 * HOUR)])).toEqual([]);
		expect(grouper.add([leg('a', 4 * HOUR, { recordId: 'pbx:host:1:last' })])).toEqual([]);
		expect(grouper.add([leg('d', 4.75 * HOUR)])).toMatchObject([{ callId: 'a', legCount: 3 }]);
		expect(grouper.end().map(({ callId }) => callId)).toEqual(['b', 'c', 'd']);
		expect(grouper.end()).toEqual([]);
	});

	it('holds no more than the calls of the longest call and an eighth', () => {
		const grouper = createCallGrouper({ ...OPTIONS, longestCallSeconds: HOUR });
		let held = 0;
		let most = 0;
		for (let minute = 0; minute < 2000; minute++) {
			held += 1 - grouper.add([leg(`call${minute}`, minute * 60)]).length;
			most = Math.max(most, held);
		}
		expect(most).toBeLessThanOrEqual(70);
		expect(grouper.end()).toHaveLength(held);
	});

	it('holds no more than that when it is read backwards', () => {
		const grouper = createCallGrouper({
			...OPTIONS,
			longestCallSeconds: HOUR,
			order: 'newestFirst',
		});
		const calls = [];
		for (let minute = 2000; minute > 0; minute--) {
			calls.push(...grouper.add([leg(`call${minute}`, minute * 60)]));
			expect(2001 - minute - calls.length).toBeLessThanOrEqual(70);
		}
		calls.push(...grouper.end());
		expect(calls.map(({ callId }) => callId)).toEqual(
			Array.from({ length: 2000 }, (_, i) => `call${2000 - i}`),
		);
	});

	it('begins another call where an id is used again', () => {
		const records = [leg('a', 0), leg('a', 60), leg('a', 5 * HOUR), leg('a', 100 * HOUR)];
		for (const order of ['oldestFirst', 'newestFirst'] as const) {
			const calls = groupCalls(records, { ...OPTIONS, order });
			const counts = calls.map(({ legCount }) => legCount);
			expect(order === 'oldestFirst' ? counts : counts.reverse()).toEqual([2, 1, 1]);
		}
	});

	it('stays bounded where all rows have one id', () => {
		const grouper = createCallGrouper(OPTIONS);
		let legs = 0;
		for (let hour = 0; hour < 100; hour++) {
			for (const call of grouper.add([leg('0', hour * HOUR)])) legs += call.legCount;
		}
		expect(legs).toBeGreaterThan(90);
	});

	it('takes a leg longer than the default after the first, where the longest call is longer', () => {
		const records = [leg('a', 0), leg('a', 7 * HOUR)];
		const calls = groupCalls(records, { ...OPTIONS, longestCallSeconds: 8 * HOUR });
		expect(calls).toMatchObject([{ legCount: 2 }]);
	});

	it('gives legs whose start cannot be read at the end', () => {
		const timeless = { startedAt: null, answeredAt: null, endedAt: null };
		const records = [
			leg('a', 0, timeless),
			leg('a', 1, timeless),
			leg('b', 2, timeless),
			leg('c', 3),
		];
		const grouper = createCallGrouper(OPTIONS);
		expect(grouper.add(records)).toEqual([]);
		expect(grouper.end()).toMatchObject([
			{ callId: 'c', legCount: 1 },
			{ callId: 'a', legCount: 2, startedAt: null },
			{ callId: 'b', legCount: 1, startedAt: null },
		]);
		expect(grouper.end()).toEqual([]);
	});

	it('gives nothing for nothing', () => {
		const grouper = createCallGrouper(OPTIONS);
		expect(grouper.add([])).toEqual([]);
		expect(grouper.end()).toEqual([]);
	});
});

describe('a leg that comes in two versions', () => {
	it('counts once, as it came last', () => {
		const old = leg('a', 0, { outcome: 'missed', answeredAt: null, talkSeconds: 0 });
		const now = leg('a', 0, { note: 'changed' });
		const more = leg('a', 60);
		expect(groupCalls([old, more, now], OPTIONS)).toMatchObject([
			{ legCount: 2, outcome: 'answered', note: 'changed', talkSeconds: 100 },
		]);
	});

	it('counts once among many legs', () => {
		const legs = Array.from({ length: 20 }, (_, i) => leg('a', i * 60));
		expect(groupCalls([...legs, ...legs], OPTIONS)).toMatchObject([{ legCount: 20 }]);
	});
});

describe('legs of a call', () => {
	it('are in the call, in time order, where they are asked for', () => {
		const records = [leg('a', 60), leg('a', 0)];
		const [call] = groupCalls(records, { ...OPTIONS, includeLegs: true });
		expect(call.legs).toEqual([records[1], records[0]]);
		expect(groupCalls(records, OPTIONS)[0]).not.toHaveProperty('legs');
	});

	it('are not changed', () => {
		const records = [leg('a', 60), leg('a', 0)];
		const before = structuredClone(records);
		groupCalls(records, OPTIONS);
		expect(records).toEqual(before);
	});

	it('of the same second: machines first, then by id', () => {
		const ids = (records: CallRecord[]) =>
			toCall(records, { ...OPTIONS, includeLegs: true }).legs?.map((one) => one.platformRecordId);
		const same = ['9', '10', '11'].map((id) =>
			leg('a', 0, { recordId: `pbx:host:1:${id}`, platformRecordId: id }),
		);
		const queue = leg('a', 0, { recordId: 'q', platformRecordId: '99', toKind: 'queue' });
		expect(ids([same[2], same[1], queue, same[0]])).toEqual(['99', '9', '10', '11']);
	});
});

describe('a recording without a file', () => {
	it.each([
		[true, null, true],
		[false, true, true],
		[false, null, null],
		[false, false, false],
	])('of legs with %p and %p: %p', (first, second, expected) => {
		const records = [leg('a', 0, { hasRecording: first }), leg('a', 60, { hasRecording: second })];
		expect(toCall(records, OPTIONS)).toMatchObject({
			hasRecording: expected,
			recordingFile: null,
			recordingUrl: null,
		});
	});
});

describe('a call is complete', () => {
	const ended = secondsOf(START) + 60;
	it.each([
		['when its newest leg ended long enough ago', ended + 61, 60, true],
		['not at the moment itself', ended + 60, 60, false],
		['not while it may go on', ended + 10, 60, false],
		['not when the clock of the platform is ahead', ended - 500, 60, false],
		['at once where its rows are final', ended - 500, 0, true],
	])('%s', (_, readAt, settleSeconds, isComplete) => {
		expect(toCall([leg('a', 0)], { readAt, settleSeconds })).toMatchObject({ isComplete });
	});

	it('by what is known, where a leg has no end', () => {
		const open = leg('a', 600, { answeredAt: null, endedAt: null });
		const records = [leg('a', 0), open];
		const started = secondsOf(open.startedAt);
		expect(toCall(records, { readAt: started + 60, settleSeconds: 60 }).isComplete).toBe(false);
		expect(toCall(records, { readAt: started + 61, settleSeconds: 60 }).isComplete).toBe(true);
		const timeless = leg('a', 0, { startedAt: null, answeredAt: null, endedAt: null });
		expect(toCall([timeless], { readAt: 0, settleSeconds: 60 }).isComplete).toBe(true);
	});
});

describe('a window', () => {
	const window = { from: secondsOf(START), to: secondsOf(START) + HOUR };
	it.each([
		[-1, false],
		[0, true],
		[HOUR, true],
		[HOUR + 1, false],
	])('has a call that began %d seconds after its beginning: %s', (after, isInside) => {
		expect(startedWithin(leg('a', after), window)).toBe(isInside);
	});

	it('has the whole of a call that ends outside', () => {
		const records = [leg('a', HOUR - 10), leg('a', HOUR + 50), leg('b', HOUR + 60)];
		const inside = groupCalls(records, OPTIONS).filter((call) => startedWithin(call, window));
		expect(inside).toMatchObject([{ callId: 'a', legCount: 2, durationSeconds: 120 }]);
	});

	it('has a call whose start cannot be read', () => {
		expect(startedWithin({ startedAt: null }, window)).toBe(true);
	});
});

describe('the words of a path', () => {
	const [queue] = draw(['Queue Sales (6400) |..']);
	it('are the platform’s', () => {
		const call = toCall([queue], { ...OPTIONS, typeWords: { queue: 'Warteschlange' } });
		expect(call.path).toBe('Warteschlange Sales (6400)');
	});

	it.each([
		[{ toName: 'Queue Sales' }, 'Queue Sales (6400)'],
		[{ toName: null, queue: null }, 'Queue (6400)'],
		[{ to: null }, 'Queue Sales'],
		[{ toName: '6400' }, 'Queue 6400'],
		[{ toKind: 'person' as const, toName: null, queue: null }, '6400'],
		[{ toKind: 'person' as const, toName: null, to: null, queue: null }, null],
	])('with %j', (given, path) => {
		expect(toCall([{ ...queue, ...given }], OPTIONS).path).toBe(path);
	});
});

describe('an instant', () => {
	it.each([
		'1970-01-01T00:00:00+00:00',
		'2000-02-29T23:59:59-03:30',
		'2024-02-29T12:00:00+05:45',
		'2026-10-25T03:59:59+03:00',
		'2026-10-25T03:59:59+02:00',
		'2100-03-01T00:00:00+14:00',
		'2026-12-31T23:59:59-12:00',
		'2026-12-31T23:59:59Z',
		'2026-12-31T23:59:59.750+02:00',
	])('of %s', (iso) => {
		expect(parseInstant(iso)).toBe(Math.floor(Date.parse(iso) / 1000));
	});

	it('of each day of 130 years', () => {
		for (let day = 0; day < 47_500; day++) {
			const iso = `${new Date(day * 86_400_000).toISOString().slice(0, 19)}+00:00`;
			if (parseInstant(iso) !== day * 86_400) throw new Error(iso);
		}
	});

	it.each(['', 'soon', '2026-xx-31T23:59:59+02:00', null])('is none in %p', (iso) => {
		expect(parseInstant(iso)).toBeNull();
	});
});
