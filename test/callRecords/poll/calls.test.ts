import fc from 'fast-check';

import { groupLegs, isSettled, type CallRules } from '../../../nodes/callRecords/poll/calls';
import { pollOnce } from '../../../nodes/callRecords/poll/poll';
import { startState } from '../../../nodes/callRecords/poll/pollState';
import { followCalls, leg, readerOf, RUN_OPTIONS, type ShownCall } from '../../support/oneCall';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const NOW = Math.floor(Date.UTC(2026, 4, 20) / 1000);
const RULES: CallRules = { longestSeconds: 4 * HOUR, settleSeconds: 60 };

/** A leg that began so many seconds after NOW, lasted a minute, and became visible when it ended, or later. */
const part = (callId: string, name: string, after: number, late = 0): ShownCall => ({
	id: `${callId}${name}`,
	callId,
	start: NOW + after,
	ended: NOW + after + MINUTE,
	visible: NOW + after + MINUTE + late,
});

const follow = async (
	legs: ShownCall[],
	{
		hours = 2,
		every = 30,
		...options
	}: { hours?: number; every?: number; lookBackSeconds?: number } = {},
) => {
	const times = { from: NOW, to: NOW + hours * HOUR, every };
	const { emitted } = await followCalls(legs, times, { calls: RULES, ...options });
	return emitted.map(({ id, change }) => `${id} ${change}`);
};

describe('legs that become calls', () => {
	it('are those of one callId, in time order, as long as a call may last', () => {
		const legs = [leg('b', 20), leg('a', 10), leg('c', 10 + 4 * HOUR), leg('d', 11 + 4 * HOUR)];
		const ofOne = legs.map((one) => ({ ...one, callId: 'x' }));
		const calls = groupLegs(ofOne, RULES);
		expect(calls.map((call) => call.legs.map(({ record }) => record))).toEqual([
			['a', 'b', 'c'],
			['d'],
		]);
		expect(groupLegs(ofOne, null).map(({ started }) => started)).toEqual([
			10,
			20,
			10 + 4 * HOUR,
			11 + 4 * HOUR,
		]);
	});

	it('go with their call where their own start cannot be read', () => {
		const legs = [leg('a', null), leg('b', 5), leg('c', null)].map((one, i) => ({
			...one,
			callId: i < 2 ? 'x' : 'y',
		}));
		const calls = groupLegs(legs, RULES);
		expect(
			calls.map(({ started, legs: all }) => [started, all.map(({ record }) => record)]),
		).toEqual([
			[5, ['b', 'a']],
			[null, ['c']],
		]);
	});

	it('are settled when the newest ended long enough ago, or at a time that cannot be right', () => {
		const call = { started: NOW, legs: [leg('a', NOW, { ended: NOW + 100 }), leg('b', NOW)] };
		expect(isSettled(call, NOW + 160, RULES)).toBe(false);
		expect(isSettled(call, NOW + 161, RULES)).toBe(true);
		expect(isSettled(call, NOW - 800, RULES)).toBe(false);
		expect(isSettled(call, NOW - 801, RULES)).toBe(true);
		expect(isSettled(call, NOW, { ...RULES, settleSeconds: 0 })).toBe(true);
		expect(isSettled(call, NOW, null)).toBe(true);
	});
});

describe('a call', () => {
	it('comes once, whole, when it has settled', async () => {
		const legs = [part('x', '1', 60), part('x', '2', 130), part('x', '3', 200)];
		const { emitted } = await followCalls(
			legs,
			{ from: NOW, to: NOW + HOUR, every: 30 },
			{ calls: RULES },
		);
		expect(emitted).toEqual([{ id: 'x1+x2+x3', change: 'new', at: NOW + 330 }]);
	});

	it.each([
		['an hour', HOUR, 4],
		['a day', DAY + HOUR, 60],
		['three days', 3 * DAY, 120],
	])(
		'comes again, whole, when a leg comes %s late, also without updates',
		async (_, late, hours) => {
			const legs = [part('x', '1', 60), part('x', '2', 130, late), part('y', '1', 100)];
			expect(await follow(legs, { hours, every: 600 })).toEqual([
				'x1 new',
				'y1 new',
				'x1+x2 updated',
			]);
		},
	);

	it('that was under way at the first poll is new when it has settled; one that had ended is known', async () => {
		const legs = [part('x', '1', -70), part('x', '2', 5), part('y', '1', -600)];
		const { reader } = readerOf(legs, () => now);
		let now = NOW;
		const options = { ...RUN_OPTIONS, calls: RULES };
		const first = await pollOnce(startState('f', NOW - DAY), reader, {
			...options,
			now,
			isBaseline: true,
		});
		expect(first.calls).toEqual([]);
		now = NOW + 300;
		const next = await pollOnce(first.state, reader, { ...options, now });
		expect(next.calls).toEqual([{ legs: ['x1', 'x2'], change: 'new' }]);
	});

	it('that had not settled is not lost when the next poll comes much later', async () => {
		const legs = [part('x', '1', 0), part('x', '2', HOUR)];
		const visible = NOW + HOUR + MINUTE;
		const { reader } = readerOf(legs, () => now);
		let now = visible + 10;
		const options = { ...RUN_OPTIONS, calls: RULES, lookBackSeconds: HOUR };
		const first = await pollOnce(startState('f', NOW - HOUR), reader, { ...options, now });
		expect(first.calls).toEqual([]);
		now += 10 * HOUR;
		const next = await pollOnce(first.state, reader, { ...options, now });
		expect(next.calls).toEqual([{ legs: ['x1', 'x2'], change: 'new' }]);
	});

	it('is emitted whole where its first legs lie before the look-back', async () => {
		const legs = [part('x', '1', 0), part('x', '2', 3.9 * HOUR)];
		expect(await follow(legs, { hours: 6, lookBackSeconds: HOUR })).toEqual([
			'x1 new',
			'x1+x2 updated',
		]);
		const late = legs.map((one) => ({ ...one, visible: NOW + 4 * HOUR }));
		expect(await follow(late, { hours: 6, lookBackSeconds: HOUR })).toEqual(['x1+x2 new']);
	});

	it('that began before the trigger follows is never emitted', async () => {
		const legs = [part('x', '1', -60), part('x', '2', 60)];
		expect(await follow(legs)).toEqual([]);
	});

	it('counts as one against the limit of a batch', async () => {
		const legs = ['x', 'y', 'z'].flatMap((id, i) => [
			part(id, '1', i * 10),
			part(id, '2', i * 10 + 5),
		]);
		const { emitted } = await followCalls(
			legs,
			{ from: NOW + HOUR, to: NOW + 2 * HOUR, every: 600 },
			{ calls: RULES, most: 2 },
			startState('f', NOW - HOUR),
		);
		expect(emitted.map(({ id, at }) => [id, (at - NOW - HOUR) / 600])).toEqual([
			['x1+x2', 0],
			['y1+y2', 0],
			['z1+z2', 1],
		]);
	});

	it('comes again with the batch of a process that is gone, with the same legs', async () => {
		const legs = [part('x', '1', 0), part('x', '2', 10)];
		const options = { ...RUN_OPTIONS, calls: RULES, now: NOW + HOUR };
		const { reader } = readerOf(legs, () => NOW + HOUR);
		const first = await pollOnce(startState('f', NOW - HOUR), reader, options);
		expect((await pollOnce(first.state, reader, options)).calls).toEqual([]);
		const again = await pollOnce(first.state, reader, { ...options, process: 'another' });
		expect(again.calls).toEqual(first.calls);
	});

	it('goes on where legs were emitted one by one before', async () => {
		const legs = [part('x', '1', 0), part('y', '1', 2 * HOUR), part('y', '2', 2 * HOUR + 5)];
		const times = { from: NOW, to: NOW + HOUR, every: 600 };
		const { state, emitted } = await followCalls(legs, times);
		expect(emitted.map(({ id }) => id)).toEqual(['x1']);
		const later = { from: NOW + HOUR, to: NOW + 4 * HOUR, every: 600 };
		const calls = await followCalls(legs, later, { calls: RULES }, state);
		expect(calls.emitted.map(({ id, change }) => `${id} ${change}`)).toEqual(['y1+y2 new']);
	});
});

describe('filters that choose legs', () => {
	const legs = [part('x', '1', 0), part('x', '2', 10), part('y', '1', 5)];
	const options = { ...RUN_OPTIONS, calls: RULES, now: NOW + HOUR };
	const { reader: whole } = readerOf(legs, () => NOW + HOUR);
	const { reader: chosen, done } = readerOf([legs[1]], () => NOW + HOUR);

	it('show their calls whole, by one more read, only where something is new', async () => {
		let wholeReads = 0;
		const reader = {
			...chosen,
			readWhole: async (range: { from: number; to: number }) => {
				wholeReads++;
				return await whole.read(range, undefined);
			},
		};
		const first = await pollOnce(startState('f', NOW - HOUR), reader, options);
		expect(first.calls).toEqual([{ legs: ['x1', 'x2'], change: 'new' }]);
		expect([done.reads, wholeReads]).toEqual([1, 1]);
		const next = await pollOnce(first.state, reader, options);
		expect(next.calls).toEqual([]);
		expect([done.reads, wholeReads]).toEqual([2, 1]);
	});
});

describe('whatever legs come when', () => {
	const legOf = fc.record({
		call: fc.nat(7),
		start: fc.nat(3 * HOUR),
		length: fc.nat(1200),
		late: fc.oneof(fc.nat(60), fc.nat(2 * HOUR), fc.nat(4 * DAY)),
	});

	it('each call comes with all of its legs in the end, each time with more, and never for nothing', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(legOf, { minLength: 1, maxLength: 20 }),
				fc.constantFrom(300, 1500, 7200),
				fc.constantFrom(null, HOUR),
				async (drawn, every, lookBackSeconds) => {
					const legs = drawn.map(({ call, start, length, late }, i): ShownCall => ({
						id: `${i}`,
						callId: `c${call}`,
						start: NOW + call * 5 * HOUR + start,
						ended: NOW + call * 5 * HOUR + start + length,
						visible: NOW + call * 5 * HOUR + start + length + late,
					}));
					const times = { from: NOW, to: NOW + 8 * DAY, every: every * 4 };
					const { emitted } = await followCalls(legs, times, { calls: RULES, lookBackSeconds });
					const callOf = new Map(legs.map(({ id, callId }) => [id, callId!]));
					const last = new Map<string, Set<string>>();
					for (const { id, change } of emitted) {
						const ids = id.split('+');
						const call = callOf.get(ids[0])!;
						const before = last.get(call);
						expect(change).toBe(before ? 'updated' : 'new');
						expect(ids.length).toBeGreaterThan(before?.size ?? 0);
						expect(ids.every((one) => callOf.get(one) === call)).toBe(true);
						last.set(call, new Set(ids));
					}
					expect([...last.values()].reduce((sum, ids) => sum + ids.size, 0)).toBe(legs.length);
				},
			),
			{ seed: 11, numRuns: 25 },
		);
	}, 300_000);
});
