import { bucketOf, remember } from '../../../nodes/callRecords/poll/dedupe';
import { estimates, knownCount } from '../../../nodes/callRecords/poll/estimate';
import {
	lookBack,
	moveOn,
	plan,
	setBack,
	widened,
	type PollWindow,
} from '../../../nodes/callRecords/poll/plan';
import { startState, type PollState } from '../../../nodes/callRecords/poll/pollState';
import { leg, POLL_OPTIONS as OPTIONS } from '../../support/oneCall';

const HOUR = 3600;
const DAY = 86_400;
const NOW = Math.floor(Date.UTC(2026, 4, 20) / 1000);
const AHEAD = 900;

/** A trigger that has followed for long, with so many legs remembered in each of the last ten minutes. */
function followed(perStep: number, steps = 144, readTo = NOW): PollState {
	const state = startState('f', NOW - 20 * DAY);
	for (let step = 1; step <= steps; step++) {
		const started = NOW - 600 * step;
		const legs = Array.from({ length: perStep }, (_, i) => leg(`${step}-${i}`, started));
		remember(state.dedupe, bucketOf(started), legs);
	}
	state.readTo = readTo;
	state.polls = 2;
	state.recheckedTo = state.recheckedTo.map(() => NOW);
	return state;
}

const newest = (windows: PollWindow[]) =>
	windows.filter(({ recheck }) => recheck === null).map(({ range }) => range);

describe('what a poll reads', () => {
	it('is the look-back and a quarter of an hour to come, in one window', () => {
		expect(plan(followed(0), NOW, OPTIONS)).toEqual([
			{ range: { from: NOW - DAY, to: NOW + AHEAD }, recheck: null, countSuffices: false },
		]);
	});

	it('begins with the ten minutes in which the look-back begins', () => {
		const [{ range }] = plan(followed(0, 0, NOW + 500), NOW + 500, OPTIONS);
		expect(range).toEqual({ from: NOW - DAY, to: NOW + 500 + AHEAD });
	});

	it('begins where the last poll ended, when that was before', () => {
		expect(plan(followed(0, 0, NOW - 5 * DAY), NOW, OPTIONS)[0].range.from).toBe(NOW - 5 * DAY);
	});

	it('begins with what the trigger follows, when that was after', () => {
		const state = startState('f', NOW - 2 * HOUR);
		expect(plan(state, NOW, OPTIONS)[0].range.from).toBe(NOW - 2 * HOUR);
	});

	it('takes a long time without polls in windows about as long as the look-back, without gaps', () => {
		const options = { ...OPTIONS, lookBackSeconds: 2 * HOUR };
		const ranges = newest(plan(followed(0, 0, NOW - DAY), NOW, options));
		expect(ranges[0].from).toBe(NOW - DAY);
		expect(ranges.at(-1)?.to).toBe(NOW + AHEAD);
		ranges.slice(1).forEach(({ from }, i) => expect(from).toBe(ranges[i].to + 1));
		for (const { from, to } of ranges.slice(0, -1)) expect(to + 1 - from).toBe(2 * HOUR + 1800);
	});

	it('is the near eighth of the look-back in every second poll of a busy platform', () => {
		const state = followed(30);
		state.polls = 4;
		expect(lookBack(state, NOW, OPTIONS)).toBe(HOUR);
		expect(plan(state, NOW, OPTIONS)[0].range.from).toBe(NOW - HOUR);
		state.polls = 3;
		expect(plan(state, NOW, OPTIONS)[0].range.from).toBe(NOW - 600);
		expect(plan(state, NOW, { ...OPTIONS, lookBackSeconds: HOUR })[0].range.from).toBe(NOW - HOUR);
		const quiet = followed(1);
		quiet.polls = 3;
		expect(plan(quiet, NOW, OPTIONS)[0].range.from).toBeLessThan(NOW - 10 * HOUR);
	});

	it('takes the busier of the last day and the last two hours for its look-back', () => {
		expect(lookBack(followed(7, 12), NOW, OPTIONS)).toBe(6000);
		expect(lookBack(followed(7, 144), NOW, OPTIONS)).toBe(6000);
		expect(lookBack(followed(0), NOW, OPTIONS)).toBe(DAY);
		expect(lookBack(followed(7), NOW, { ...OPTIONS, lookBackSeconds: 5 * HOUR })).toBe(5 * HOUR);
	});

	it('leaves room for the legs of calls that began before it', () => {
		const calls = { longestSeconds: 4 * HOUR, settleSeconds: 60 };
		const options = { ...OPTIONS, capacity: 1000, calls };
		expect(lookBack(followed(20), NOW, options)).toBe(21_000 - 4 * HOUR);
		expect(lookBack(followed(200), NOW, options)).toBe(HOUR);
		const day = { from: NOW - DAY, to: NOW + AHEAD };
		expect(widened(day, NOW, calls)).toEqual({ from: NOW - DAY - 4 * HOUR, to: NOW + AHEAD });
		const past = { from: NOW - 3 * DAY, to: NOW - 2 * DAY };
		expect(widened(past, NOW, calls)).toEqual({
			from: NOW - 3 * DAY - 4 * HOUR,
			to: NOW - 2 * DAY + 4 * HOUR,
		});
		expect(widened(past, NOW, null)).toEqual(past);
	});
});

describe('re-checks', () => {
	it('are due when the first call of a window has the age, and of the later ones a count is enough', () => {
		const state = followed(0);
		state.recheckedTo = state.recheckedTo.map((_, i) => NOW - (i + 1) * 23 * HOUR);
		expect(plan(state, NOW, OPTIONS).slice(1)).toEqual(
			[0, 1, 2, 3].map((recheck) => {
				const from = NOW - (recheck + 1) * 23 * HOUR;
				const range = { from, to: from + 22 * HOUR - 1 };
				return { range, recheck, countSuffices: recheck > 0 };
			}),
		);
		expect(plan(state, NOW - 1, OPTIONS)).toHaveLength(1);
	});

	it('are as long as one reply carries, one after the other, four in a poll', () => {
		const state = followed(30);
		state.recheckedTo[1] = NOW - 52 * HOUR;
		const windows = plan(state, NOW, { ...OPTIONS, lookBackSeconds: 5 * HOUR });
		const ranges = windows.filter(({ recheck }) => recheck === 1).map(({ range }) => range);
		expect(ranges.map(({ from }) => (from - state.recheckedTo[1]) / HOUR)).toEqual([0, 1, 2, 3]);
		for (const { from, to } of ranges) expect(to + 1 - from).toBe(HOUR);
	});

	it('are more, those that are longest due first, where polls are too rare for four', () => {
		const state = followed(30);
		state.recheckedTo[0] = NOW - 73 * HOUR;
		state.recheckedTo[1] = NOW - 97 * HOUR;
		const windows = plan(state, NOW, OPTIONS).filter(({ recheck }) => recheck !== null);
		expect(windows).toHaveLength(26);
		expect(windows.slice(0, 3).map(({ recheck }) => recheck)).toEqual([1, 0, 1]);
	});

	it('move on by themselves, and only they', () => {
		const state = followed(0);
		const before = structuredClone(state);
		const range = { from: NOW, to: NOW + 599 };
		moveOn(state, { range, recheck: 2, countSuffices: true });
		const recheckedTo = before.recheckedTo.map((to, i) => (i === 2 ? NOW + 600 : to));
		expect(state).toEqual({ ...before, recheckedTo });
		moveOn(state, { range, recheck: null, countSuffices: false });
		expect(state.readTo).toBe(NOW + 600);
		const earlier = { from: NOW - DAY, to: NOW - HOUR };
		moveOn(state, { range: earlier, recheck: null, countSuffices: false });
		expect(state.readTo).toBe(NOW + 600);
	});

	it('are taken back when the clock was set back, as is how far was read', () => {
		const state = followed(0);
		setBack(state, NOW - 10 * DAY);
		expect(state.readTo).toBe(NOW - 10 * DAY);
		expect(state.recheckedTo).toEqual(
			state.recheckedTo.map((_, i) => NOW - 10 * DAY - (i + 1) * 23 * HOUR + 22 * HOUR),
		);
		const young = startState('f', NOW - HOUR);
		young.recheckedTo = young.recheckedTo.map(() => NOW + DAY);
		setBack(young, NOW);
		expect(young.recheckedTo.slice(1)).toEqual(young.recheckedTo.slice(1).map(() => NOW - HOUR));
	});
});

describe('what the reader is given to size its requests by', () => {
	it('is nothing while one reply should carry the window', () => {
		const state = followed(1, 144);
		const range = { from: NOW - 89 * 600, to: NOW - 1 };
		expect(knownCount(state.dedupe, range)).toBe(89);
		expect(estimates(state, range, 100)).toBeUndefined();
		expect(estimates(state, { ...range, from: NOW - 90 * 600 }, 100)).toHaveLength(90);
	});

	it('is what is remembered of each ten minutes, then what the last hour lets expect', () => {
		const state = followed(60);
		const now = NOW + 1200;
		const range = { from: NOW - HOUR, to: now + AHEAD };
		const found = estimates(state, range, 100)!;
		expect(found.slice(0, 6)).toEqual(
			[0, 1, 2, 3, 4, 5].map((i) => ({
				range: { from: range.from + 600 * i, to: range.from + 600 * i + 599 },
				legs: 60,
			})),
		);
		expect(found.slice(6)).toEqual([
			{ range: { from: NOW, to: now }, legs: 121 },
			{ range: { from: now + 1, to: now + AHEAD }, legs: 1 },
		]);
	});

	it('covers the window without gaps, wherever it ends', () => {
		const state = followed(60);
		for (const to of [NOW - 301, NOW, NOW + 1, NOW + 5000]) {
			const found = estimates(state, { from: NOW - HOUR, to }, 100)!;
			expect(found[0].range.from).toBe(NOW - HOUR);
			expect(found.at(-1)?.range.to).toBe(to);
			found.slice(1).forEach(({ range }, i) => expect(range.from).toBe(found[i].range.to + 1));
		}
	});
});
