import { knownCount } from '../../../nodes/callRecords/poll/estimate';
import { beginPoll, endPoll, pollOnce } from '../../../nodes/callRecords/poll/poll';
import { startState } from '../../../nodes/callRecords/poll/pollState';
import { followCalls, leg, readerOf, RUN_OPTIONS, type ShownCall } from '../../support/oneCall';

const HOUR = 3600;
const DAY = 86_400;
const NOW = Math.floor(Date.UTC(2026, 4, 20) / 1000);

const idsOf = ({ calls }: { calls: Array<{ legs: string[] }> }) =>
	calls.map(({ legs }) => legs.join('+'));

describe('calls that appear late on a quiet platform', () => {
	it.each([
		['an hour', HOUR],
		['20 hours', 20 * HOUR],
		['2 days', 2 * DAY],
		['5 days', 5 * DAY],
		['6 days', 6 * DAY],
	])('%s after they began are found within a day, whenever that was', async (_, delay) => {
		const calls = Array.from({ length: 24 }, (__, i): ShownCall => {
			const start = Math.floor(NOW + DAY + i * 1.1 * HOUR);
			return { id: String(i), start, visible: start + delay };
		});
		const { emitted } = await followCalls(calls, { from: NOW, to: NOW + 9 * DAY, every: HOUR });
		expect(emitted.map(({ id }) => id).sort()).toEqual(calls.map(({ id }) => id).sort());
		const waits = emitted.map(({ id, at }) => at - calls[Number(id)].visible);
		expect(Math.max(...waits)).toBeLessThanOrEqual(DAY);
	});

	it('are found when a deleted call keeps the count as it was, a re-check later', async () => {
		const calls: ShownCall[] = [
			{ id: 'gone', start: NOW + HOUR, visible: NOW + HOUR, gone: NOW + 2 * DAY },
			{ id: 'late', start: NOW + HOUR, visible: NOW + 4 * DAY },
		];
		const { emitted } = await followCalls(calls, { from: NOW, to: NOW + 7 * DAY, every: HOUR });
		expect(emitted.map(({ id }) => id)).toEqual(['gone', 'late']);
	});
});

describe('a row that is sent twice', () => {
	it('is one leg, in one reply and over several windows', async () => {
		const calls = Array.from({ length: 50 }, (_, i): ShownCall => {
			const start = NOW + i * 600;
			return { id: `c${i}`, start, visible: start };
		});
		const twice = [...calls, ...calls.slice().reverse()];
		const { emitted } = await followCalls(
			twice,
			{ from: NOW, to: NOW + 5 * DAY, every: HOUR },
			{ lookBackSeconds: HOUR },
		);
		expect(emitted.map(({ id }) => id)).toEqual(calls.map(({ id }) => id));
	});
});

describe('a row that is away for a moment', () => {
	it('does not come twice', async () => {
		const calls: ShownCall[] = [
			{ id: 'a', start: NOW, visible: NOW, gone: NOW + HOUR },
			{ id: 'a', start: NOW, visible: NOW + 2 * HOUR },
		];
		const { emitted } = await followCalls(calls, { from: NOW, to: NOW + 2 * DAY, every: 600 });
		expect(emitted).toHaveLength(1);
	});
});

describe('a start that cannot be read', () => {
	const undated = (count: number, from = NOW + HOUR): ShownCall[] =>
		Array.from({ length: count }, (_, i) => ({
			id: `u${i}`,
			start: null,
			at: from + i,
			visible: from + i,
		}));

	it('does not make a call come twice, however often it is read', async () => {
		const { emitted, state } = await followCalls(undated(10), {
			from: NOW,
			to: NOW + 20 * DAY,
			every: HOUR,
		});
		expect(emitted.map(({ id }) => id)).toEqual(undated(10).map(({ id }) => id));
		expect(new Set(emitted.map(({ change }) => change))).toEqual(new Set(['new']));
		expect(state.undated).toEqual({});
	});

	it('is counted, and stops the poll where there are too many to remember', async () => {
		const { reader } = readerOf(undated(10), () => NOW + DAY);
		const options = { ...RUN_OPTIONS, now: NOW + DAY };
		const polled = await pollOnce(startState('f', NOW), reader, options);
		expect(polled.undated).toBe(10);
		const { reader: wild } = readerOf(undated(10_001), () => NOW + DAY);
		const most = { ...options, most: 100_000 };
		await expect(pollOnce(startState('f', NOW), wild, most)).rejects.toThrow('cannot be read');
	});

	it('of the first poll is known', async () => {
		const { reader } = readerOf(undated(3), () => NOW + DAY);
		const options = { ...RUN_OPTIONS, now: NOW + DAY };
		const first = await pollOnce(startState('f', NOW), reader, { ...options, isBaseline: true });
		expect(first.calls).toEqual([]);
		expect((await pollOnce(first.state, reader, options)).calls).toEqual([]);
	});

	it('comes again with the batch of a process that is gone', async () => {
		const { reader } = readerOf(undated(2), () => NOW + DAY);
		const options = { ...RUN_OPTIONS, now: NOW + DAY };
		const { state } = await pollOnce(startState('f', NOW), reader, options);
		expect(idsOf(await pollOnce(state, reader, options))).toEqual([]);
		const other = { ...options, process: 'another' };
		expect(idsOf(await pollOnce(state, reader, other))).toEqual(['u0', 'u1']);
	});
});

describe('updates', () => {
	it('come for a day where they are wanted, each state once', async () => {
		const start = NOW + HOUR;
		const changes = [start + 2 * HOUR, start + 20 * HOUR];
		const calls: ShownCall[] = [
			{
				id: 'a',
				start,
				visible: start + 60,
				content: (now) => String(changes.filter((at) => at <= now).length),
			},
			{ id: 'b', start, visible: start + 60 },
		];
		const times = { from: NOW, to: NOW + 9 * DAY, every: 600 };
		const { emitted } = await followCalls(calls, times, { includeUpdates: true });
		expect(emitted.map(({ id, change }) => `${id} ${change}`)).toEqual([
			'a new',
			'b new',
			'a updated',
			'a updated',
		]);
		const plain = await followCalls(calls, times);
		expect(plain.emitted.map(({ id }) => id)).toEqual(['a', 'b']);
	});

	it('that were switched on later begin with the state of then', async () => {
		const start = NOW + HOUR;
		const content = (now: number) => String(Math.floor((now - NOW) / (4 * HOUR)));
		const calls: ShownCall[] = [{ id: 'a', start, visible: start, content }];
		const plain = await followCalls(calls, { from: NOW, to: NOW + 6 * HOUR, every: 600 });
		const { emitted } = await followCalls(
			calls,
			{ from: NOW + 7 * HOUR, to: NOW + 11 * HOUR, every: 600 },
			{ includeUpdates: true },
			plain.state,
		);
		expect(emitted).toEqual([{ id: 'a', change: 'updated', at: NOW + 8 * HOUR }]);
	});
});

describe('a backlog in batches', () => {
	const backlog = (hours: number, perStep: number): ShownCall[] =>
		Array.from({ length: hours * 6 * perStep }, (_, i) => {
			const start = NOW - hours * HOUR + Math.floor(i / perStep) * 600 + (i % perStep);
			return { id: `c${i}`, start, visible: start };
		});

	it.each([
		{ hours: 60, perStep: 8, most: 50 },
		{ hours: 60, perStep: 8, most: 13 },
		{ hours: 60, perStep: 5, most: 33 },
		{ hours: 20, perStep: 8, most: 7 },
	])(
		'$perStep calls in each ten minutes of $hours hours, $most at a time: each once, oldest first',
		async ({ hours, perStep, most }) => {
			const calls = backlog(hours, perStep);
			const polls = Math.ceil(calls.length / most) + 50;
			const { emitted } = await followCalls(
				calls,
				{ from: NOW, to: NOW + polls * 60, every: 60 },
				{ most },
				startState('f', NOW - hours * HOUR),
			);
			expect(emitted.map(({ id }) => id)).toEqual(calls.map(({ id }) => id));
			expect(new Set(emitted.map(({ change }) => change))).toEqual(new Set(['new']));
			const sizes = new Map<number, number>();
			for (const { at } of emitted) sizes.set(at, (sizes.get(at) ?? 0) + 1);
			expect(Math.max(...sizes.values())).toBe(most);
		},
	);

	it('is read as far as time allows, and the next poll goes on', async () => {
		const calls = backlog(60, 5);
		const { reader } = readerOf(calls, () => NOW);
		const options = { ...RUN_OPTIONS, now: NOW, lookBackSeconds: HOUR, isLate: () => true };
		let state = startState('f', NOW - 60 * HOUR);
		const found: string[] = [];
		for (let poll = 0; poll < 60; poll++) {
			const polled = await pollOnce(state, reader, options);
			if (poll === 0) expect(polled.isPartial).toBe(true);
			if (poll === 0) expect(polled.calls.length).toBeLessThan(calls.length);
			state = polled.state;
			found.push(...idsOf(polled));
		}
		expect(found).toEqual(calls.map(({ id }) => id));
	});
});

describe('one poll', () => {
	const { reader } = readerOf(
		[5, 1, 3].map((minutes) => ({ id: `r${minutes}`, start: NOW + minutes * 60, visible: NOW })),
		() => NOW + 600,
	);
	const options = { ...RUN_OPTIONS, now: NOW + 600 };

	it('emits the oldest calls first, and changes nothing of the state it was given', async () => {
		const state = startState('f', NOW);
		const before = JSON.stringify(state);
		const first = await pollOnce(state, reader, options);
		expect(idsOf(first)).toEqual(['r1', 'r3', 'r5']);
		expect(JSON.stringify(state)).toBe(before);
		expect(await pollOnce(state, reader, options)).toEqual(first);
	});

	it('emits no more than it may, and says that there is more', async () => {
		const some = await pollOnce(startState('f', NOW), reader, { ...options, most: 1 });
		expect([idsOf(some), some.isPartial]).toEqual([['r1'], true]);
		const rest = await pollOnce(some.state, reader, options);
		expect([idsOf(rest), rest.isPartial]).toEqual([['r3', 'r5'], false]);
	});

	it('emits nothing that began before the trigger follows, but knows it', async () => {
		const state = startState('f', NOW + 61);
		const polled = await pollOnce(state, reader, options);
		expect(idsOf(polled)).toEqual(['r3', 'r5']);
		expect(knownCount(polled.state.dedupe, { from: NOW, to: NOW + 600 })).toBe(3);
	});

	it('asks for the count of a later re-check, and reads where it has changed', async () => {
		const shown: ShownCall[] = [0, 1].map((i) => ({ id: `${i}`, start: NOW + i, visible: NOW }));
		let at = NOW + 50 * HOUR;
		const { reader: counting, done } = readerOf(shown, () => at);
		let { state } = await pollOnce(startState('f', NOW), counting, { ...RUN_OPTIONS, now: at });
		for (; at < NOW + 8 * DAY; at += HOUR) {
			({ state } = await pollOnce(state, counting, { ...RUN_OPTIONS, now: at }));
		}
		expect(done.probes).toBeGreaterThan(5);
		const reads = done.reads;
		const probes = done.probes;
		for (; at < NOW + 9 * DAY; at += HOUR) {
			({ state } = await pollOnce(state, counting, { ...RUN_OPTIONS, now: at }));
		}
		// One read for each poll and one for each day's first re-check.
		expect(done.reads - reads).toBeLessThanOrEqual(24 + 2);
		expect(done.probes).toBeGreaterThan(probes);
	});
});

describe('the batch of a process that is gone', () => {
	const started = NOW - 3 * DAY - 100;
	const emittedBatch = async () => {
		const shown = ['a', 'b'].map((id) => ({ id, start: started, visible: started }));
		const { reader } = readerOf(shown, () => NOW);
		const first = { ...RUN_OPTIONS, now: NOW, process: 'gone', most: 1 };
		const { state } = await pollOnce(startState('f', started - 1000), reader, first);
		return { reader, state: (await pollOnce(state, reader, { ...first, most: 9 })).state };
	};

	it('comes again, and only that batch', async () => {
		const { reader, state } = await emittedBatch();
		const options = { ...RUN_OPTIONS, now: NOW };
		const again = await pollOnce(state, reader, options);
		expect(idsOf(again)).toEqual(['b']);
		expect(idsOf(await pollOnce(again.state, reader, options))).toEqual([]);
		expect(idsOf(await pollOnce(state, reader, { ...options, process: 'gone' }))).toEqual([]);
	});

	it('is read again as far back as it began, and no further than the trigger follows', async () => {
		const { state } = await emittedBatch();
		expect(beginPoll(state, 'this').readTo).toBe(Math.floor(started / 600) * 600);
		expect(beginPoll({ ...state, since: started - 10 }, 'this').readTo).toBe(started - 10);
		expect(beginPoll(state, 'gone').readTo).toBe(NOW);
	});

	it('is none when nothing was emitted', () => {
		const state = startState('f', NOW);
		endPoll(state, [], { ...RUN_OPTIONS, now: NOW });
		expect(state.emitted).toBeNull();
		endPoll(state, [{ unknownLegs: [leg('a', NOW)] }], { ...RUN_OPTIONS, now: NOW });
		expect(state.emitted).toMatchObject({ by: 'this' });
	});
});
