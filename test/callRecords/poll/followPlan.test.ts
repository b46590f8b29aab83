import {
	beginPoll,
	endPoll,
	knownCount,
	knownStretches,
	lookBack,
	moveOn,
	plan,
	startState,
	type FollowState,
	type Look,
} from '../../../nodes/callRecords/poll/plan';
import {
	bucketOf,
	contentHashOf,
	hashOf,
	remember,
	type Trace,
} from '../../../nodes/callRecords/poll/dedupe';
import { FOLLOW_OPTIONS as OPTIONS, followCalls, type ShownCall } from '../../support/oneCall';

const HOUR = 3600;
const DAY = 86_400;
const NOW = Math.floor(Date.UTC(2026, 4, 20) / 1000);
const AHEAD = 900;

const trace = (id: string, started: number, content = 'as it was'): Trace => ({
	started,
	id: hashOf(id),
	content: contentHashOf(content),
});

/** A trigger that has followed for long, with so many calls remembered in each of the last ten-minute steps. */
function followed(perStep: number, steps = 144, readTo = NOW): FollowState {
	const state = startState('f', NOW - 20 * DAY);
	for (let step = 1; step <= steps; step++) {
		const started = NOW - 600 * step;
		const traces = Array.from({ length: perStep }, (_, i) => trace(`${step}-${i}`, started));
		remember(state.seen, bucketOf(started), traces);
	}
	state.readTo = readTo;
	state.lookedTo = state.lookedTo.map(() => NOW);
	return state;
}

const spansOf = (looks: Look[], kind: Look['kind']) =>
	looks.filter((look) => look.kind === kind).map(({ range }) => range);

describe('what a poll reads', () => {
	it('is the look-back and a quarter of an hour to come, in one window', () => {
		expect(plan(followed(0), NOW, OPTIONS)).toEqual([
			{
				range: { from: NOW - DAY, to: NOW + AHEAD },
				kind: 'first',
				countSuffices: false,
			},
		]);
	});

	it('begins with the ten minutes in which the look-back begins', () => {
		const [{ range }] = plan(followed(0, 0, NOW + 500), NOW + 500, OPTIONS);
		expect(range).toEqual({ from: NOW - DAY, to: NOW + 500 + AHEAD });
	});

	it('begins where the last poll ended, when that was before', () => {
		const [{ range }] = plan(followed(0, 0, NOW - 5 * DAY), NOW, OPTIONS);
		expect(range.from).toBe(NOW - 5 * DAY);
	});

	it('begins with what the trigger follows, when that was after', () => {
		const state = startState('f', NOW - 2 * HOUR);
		expect(plan(state, NOW, OPTIONS)[0].range.from).toBe(NOW - 2 * HOUR);
	});

	it('takes a long time without polls in stretches about as long as the look-back, without gaps', () => {
		const options = { ...OPTIONS, lookBackSeconds: 2 * HOUR };
		const ranges = spansOf(plan(followed(0, 0, NOW - DAY), NOW, options), 'first');
		expect(ranges[0].from).toBe(NOW - DAY);
		expect(ranges.at(-1)?.to).toBe(NOW + AHEAD);
		ranges.slice(1).forEach(({ from }, i) => expect(from).toBe(ranges[i].to + 1));
		expect(ranges.slice(0, -1).map(({ from, to }) => to + 1 - from)).toEqual(
			ranges.slice(0, -1).map(() => 2 * HOUR + 1800),
		);
	});

	it('is the near eighth of the look-back in every second poll of a busy platform', () => {
		const state = followed(30);
		expect(lookBack(state, NOW, OPTIONS)).toBe(HOUR);
		expect(plan(state, NOW, OPTIONS)[0].range.from).toBe(NOW - HOUR);
		state.polls = 1;
		expect(plan(state, NOW, OPTIONS)[0].range.from).toBe(NOW - 600);
		expect(plan(state, NOW, { ...OPTIONS, lookBackSeconds: HOUR })[0].range.from).toBe(NOW - HOUR);
		const quiet = followed(1);
		quiet.polls = 1;
		expect(plan(quiet, NOW, OPTIONS)[0].range.from).toBeLessThan(NOW - 10 * HOUR);
	});

	it('takes the busier of the last day and the last two hours for its look-back', () => {
		expect(lookBack(followed(7, 12), NOW, OPTIONS)).toBe(6000);
		expect(lookBack(followed(7, 144), NOW, OPTIONS)).toBe(6000);
		const wasBusy = startState('f', NOW - DAY);
		const started = NOW - 5 * HOUR;
		remember(
			wasBusy.seen,
			bucketOf(started),
			Array.from({ length: 288 }, (_, i) => trace(String(i), started)),
		);
		expect(lookBack(wasBusy, NOW, OPTIONS)).toBe(21_000);
	});
});

describe('later looks', () => {
	it('are due when the first call of a stretch has the age, and of the later ones a count is enough', () => {
		const state = followed(0);
		state.lookedTo = state.lookedTo.map((_, i) => NOW - (i + 1) * 23 * HOUR);
		const looks = plan(state, NOW, OPTIONS).slice(1);
		expect(looks).toEqual(
			[0, 1, 2, 3].map((kind) => {
				const from = NOW - (kind + 1) * 23 * HOUR;
				return {
					range: { from, to: from + 22 * HOUR - 1 },
					kind,
					countSuffices: kind > 0,
				};
			}),
		);
		expect(plan(state, NOW - 1, OPTIONS)).toHaveLength(1);
	});

	it('are as long as the look-back, one after the other, four in a poll', () => {
		const state = followed(0);
		state.lookedTo[1] = NOW - 46 * HOUR - 6 * HOUR;
		const options = { ...OPTIONS, lookBackSeconds: HOUR };
		const ranges = spansOf(plan(state, NOW, options), 1);
		expect(ranges.map(({ from }) => (from - state.lookedTo[1]) / HOUR)).toEqual([0, 1, 2, 3]);
		expect(ranges.map(({ from, to }) => to + 1 - from)).toEqual([HOUR, HOUR, HOUR, HOUR]);
	});

	it('move on by themselves, and only they', () => {
		const state = followed(0);
		const before = structuredClone(state);
		const range = { from: NOW, to: NOW + 599 };
		moveOn(state, { range, kind: 2, countSuffices: true });
		expect(state).toEqual({
			...before,
			lookedTo: before.lookedTo.map((to, i) => (i === 2 ? NOW + 600 : to)),
		});
		expect(state.readTo).toBe(before.readTo);
		moveOn(state, { range, kind: 'first', countSuffices: false });
		expect(state.readTo).toBe(NOW + 600);
		moveOn(state, {
			range: { from: NOW - DAY, to: NOW - HOUR },
			kind: 'first',
			countSuffices: false,
		});
		expect(state.readTo).toBe(NOW + 600);
	});

	it('are taken back when the clock was set back, as is how far was read', () => {
		const state = followed(0);
		const ended = endPoll(state, [], NOW - 10 * DAY, OPTIONS);
		expect(ended.readTo).toBe(NOW - 10 * DAY);
		expect(ended.lookedTo).toEqual(
			ended.lookedTo.map((_, i) => NOW - 10 * DAY - (i + 1) * 23 * HOUR + 22 * HOUR),
		);
		const young = startState('f', NOW - HOUR);
		young.lookedTo = young.lookedTo.map(() => NOW + DAY);
		expect(endPoll(young, [], NOW, OPTIONS).lookedTo.slice(1)).toEqual(
			young.lookedTo.slice(1).map(() => NOW - HOUR),
		);
	});
});

describe('what the reader is told of a window', () => {
	it('is nothing while one reply should carry it', () => {
		const state = followed(1, 144);
		const range = { from: NOW - 89 * 600, to: NOW - 1 };
		expect(knownCount(state.seen, range)).toBe(89);
		expect(knownStretches(state, range, 100)).toBeUndefined();
		expect(knownStretches(state, { ...range, from: NOW - 90 * 600 }, 100)).toHaveLength(90);
	});

	it('is what is remembered of each ten minutes, then what the last hour lets expect, and nothing of the time to come', () => {
		const state = followed(60);
		const now = NOW + 1200;
		const range = { from: NOW - HOUR, to: now + AHEAD };
		const stretches = knownStretches(state, range, 100)!;
		expect(stretches.slice(0, 6)).toEqual(
			[0, 1, 2, 3, 4, 5].map((i) => ({
				from: range.from + 600 * i,
				to: range.from + 600 * i + 599,
				rows: 60,
				known: 'counted',
			})),
		);
		expect(stretches.slice(6)).toEqual([
			{ from: NOW, to: now, rows: 121, known: 'counted' },
			{ from: now + 1, to: now + AHEAD, rows: 1, known: 'counted' },
		]);
	});

	it('covers windows that are read already, and those that end within what is not read', () => {
		const state = followed(60);
		const read = knownStretches(state, { from: NOW - HOUR, to: NOW - 301 }, 100)!;
		expect(read.at(-1)).toEqual({
			from: NOW - 600,
			to: NOW - 301,
			rows: 60,
			known: 'counted',
		});
		const short = knownStretches(state, { from: NOW - HOUR, to: NOW }, 100)!;
		expect(short.at(-1)).toEqual({
			from: NOW,
			to: NOW,
			rows: 1,
			known: 'counted',
		});
		const two = knownStretches(state, { from: NOW - HOUR, to: NOW + 1 }, 100)!;
		expect(two.slice(-2).map(({ from, to }) => [from - NOW, to - NOW])).toEqual([
			[0, 0],
			[1, 1],
		]);
	});
});

describe('the batch of a process that is gone', () => {
	const started = NOW - 3 * DAY - 100;
	const bucket = bucketOf(started);
	const handed = () => {
		const state = followed(0);
		remember(state.seen, bucket, [trace('a', started), trace('b', started)]);
		return endPoll(state, [trace('a', started)], NOW, {
			...OPTIONS,
			process: 'gone',
		});
	};

	it('is noted by process and ten minutes, and nothing when nothing was handed on', () => {
		expect(handed().handed).toEqual({
			by: 'gone',
			ids: { [bucket]: [hashOf('a')] },
		});
		expect(endPoll(followed(0), [], NOW, OPTIONS).handed).toBeNull();
	});

	it('is forgotten and read again, as far back as it began', () => {
		const begun = beginPoll(handed(), OPTIONS);
		expect(knownCount(begun.seen, { from: started, to: started })).toBe(1);
		expect(begun.readTo).toBe(Math.floor(started / 600) * 600);
		expect(begun.handed).toBeNull();
		expect(begun.polls).toBe(1);
		expect(plan(begun, NOW, OPTIONS)[0].range.from).toBe(begun.readTo);
	});

	it('is read again no further back than the trigger follows', () => {
		const state = { ...handed(), since: started - 10 };
		expect(beginPoll(state, OPTIONS).readTo).toBe(started - 10);
	});

	it('is let be in the same process', () => {
		const begun = beginPoll(handed(), { ...OPTIONS, process: 'gone' });
		expect(knownCount(begun.seen, { from: started, to: started })).toBe(2);
		expect(begun.readTo).toBe(NOW);
	});
});

describe('the memory', () => {
	it('holds calls of 26 hours one by one, sums until the last look is over, and nothing older', () => {
		const state = startState('f', NOW - 20 * DAY);
		const at = (hours: number) => NOW - hours * HOUR;
		for (const hours of [1, 26, 27, 180, 190]) {
			remember(state.seen, bucketOf(at(hours)), [trace(String(hours), at(hours))]);
		}
		state.lookedTo = state.lookedTo.map((_, i) => at((i + 1) * 23));
		endPoll(state, [], NOW, OPTIONS);
		expect(Object.keys(state.seen.exact).sort()).toEqual([26, 1].map((h) => bucketOf(at(h))));
		expect(Object.keys(state.seen.summed).sort()).toEqual([180, 27].map((h) => bucketOf(at(h))));
	});

	it('returns updates for a day where they are wanted, each once', async () => {
		const start = NOW + HOUR;
		const changes = [start + 2 * HOUR, start + 20 * HOUR];
		const shown: ShownCall[] = [
			{
				id: 'a',
				start,
				visible: start + 60,
				content: (now) => contentHashOf(String(changes.filter((at) => at <= now).length)),
			},
			{ id: 'b', start, visible: start + 60 },
		];
		const times = { from: NOW, to: NOW + 3 * DAY, every: 600 };
		const { handed } = await followCalls(shown, times, {
			includeUpdates: true,
		});
		expect(handed.map(({ id, change }) => `${id} ${change}`)).toEqual([
			'a new',
			'b new',
			'a updated',
			'a updated',
		]);
		const { handed: plain } = await followCalls(shown, times);
		expect(plain.map(({ id, change }) => `${id} ${change}`)).toEqual(['a new', 'b new']);
	});
});
