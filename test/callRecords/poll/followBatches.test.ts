import type { FollowOptions } from '../../../nodes/callRecords/poll/plan';
import { startState } from '../../../nodes/callRecords/poll/plan';
import { pollOnce, type Followed, type Polled } from '../../../nodes/callRecords/poll/poll';
import { FOLLOW_OPTIONS, followCalls, type ShownCall } from '../../support/oneCall';

const HOUR = 3600;
const DAY = 86_400;
const NOW = Math.floor(Date.UTC(2026, 4, 20) / 1000);

/** So many calls in each ten minutes of the hours before, all visible. */
function backlog(hours: number, perStep: number): ShownCall[] {
	return Array.from({ length: hours * 6 * perStep }, (_, i) => {
		const start = NOW - hours * HOUR + Math.floor(i / perStep) * 600 + (i % perStep);
		return { id: `c${i}`, start, visible: start };
	});
}

const from = (hours: number) => startState('f', NOW - hours * HOUR);
const times = (polls: number) => ({
	from: NOW,
	to: NOW + (polls - 1) * 60,
	every: 60,
});

describe('a backlog in batches', () => {
	it.each([
		{ hours: 60, perStep: 20, most: 50 },
		{ hours: 60, perStep: 20, most: 7 },
		{ hours: 60, perStep: 5, most: 33 },
		{ hours: 20, perStep: 20, most: 7 },
	])(
		'$perStep calls in each ten minutes of $hours hours, $most at a time: each once, oldest first',
		async ({ hours, perStep, most }) => {
			const calls = backlog(hours, perStep);
			const polls = Math.ceil(calls.length / Math.min(most, 7)) + 50;
			const { handed } = await followCalls(calls, times(polls), { most }, from(hours));
			expect(handed.map(({ id }) => id)).toEqual(calls.map(({ id }) => id));
			expect(new Set(handed.map(({ change }) => change))).toEqual(new Set(['new']));
		},
	);

	it('holds no more than allowed, but for ten minutes of long ago that hold more', async () => {
		const sizes = async (hours: number, perStep: number, most: number) => {
			const { handed } = await followCalls(
				backlog(hours, perStep),
				times(30),
				{ most },
				from(hours),
			);
			const counts = new Map<number, number>();
			for (const { at } of handed) counts.set(at, (counts.get(at) ?? 0) + 1);
			return [...counts.values()];
		};
		expect(Math.max(...(await sizes(60, 20, 50)))).toBe(40);
		expect(new Set(await sizes(60, 20, 7))).toEqual(new Set([20]));
		expect(Math.max(...(await sizes(20, 20, 7)))).toBe(7);
	});

	it('keeps what it cannot tell apart for the next one, whole', async () => {
		const start = NOW - 3 * DAY;
		const shown = (i: number, visible: number): ShownCall => ({
			id: `s${i}`,
			start: start + i,
			visible,
		});
		const before = Array.from({ length: 4 }, (_, i) => shown(i, start));
		const late = Array.from({ length: 5 }, (_, i) => shown(10 + i, NOW + 60));
		const earlier = Array.from({ length: 3 }, (_, i): ShownCall => ({
			id: `e${i}`,
			start: start - HOUR + i,
			visible: NOW + 60,
		}));
		const { handed } = await followCalls(
			[...earlier, ...before, ...late],
			{ from: NOW, to: NOW + 2 * DAY, every: 600 },
			{ most: 4 },
			startState('f', start - 2 * HOUR),
		);
		const ids = handed.map(({ id }) => id);
		for (const { id } of [...earlier, ...late]) expect(ids).toContain(id);
		for (const { id } of earlier) expect(ids.filter((other) => other === id)).toHaveLength(1);
	});
});

describe('one poll', () => {
	const late = NOW - 3 * DAY;
	const poll = async (options: Partial<FollowOptions>, isLate = false): Promise<Polled<string>> => {
		const state = startState('f', NOW - 4 * DAY);
		state.readTo = NOW;
		state.lookedTo = state.lookedTo.map((_, i) => (i < 2 ? late : NOW));
		const call = (id: string, started: number): Followed<string> => ({
			id,
			started,
			content: 'same--',
			item: id,
		});
		const all = [call('new', NOW - 60), call('late', late + 60), call('later', late + 120)];
		return await pollOnce(
			state,
			async ({ range }) =>
				all.filter(({ started }) => started >= range.from && started <= range.to),
			{
				...FOLLOW_OPTIONS,
				...options,
				now: NOW,
				isBaseline: false,
				isLate: () => isLate,
			},
		);
	};

	it('sorts what its looks have found, and says whether that was all', async () => {
		const { items, isPartial } = await poll({});
		expect(items.map(({ item }) => item)).toEqual(['late', 'later', 'new']);
		expect(isPartial).toBe(false);
	});

	it('ends with a full batch and says so; the look is done again', async () => {
		const full = await poll({ most: 1 });
		expect(full.items.map(({ item }) => item)).toEqual(['new']);
		expect(full.isPartial).toBe(true);
		expect(full.state.lookedTo[0]).toBe(late);
	});

	it('does one look when time is short, and says so', async () => {
		const short = await poll({}, true);
		expect(short.items.map(({ item }) => item)).toEqual(['new']);
		expect(short.isPartial).toBe(true);
		expect(short.state.lookedTo[0]).toBe(late);
	});
});
