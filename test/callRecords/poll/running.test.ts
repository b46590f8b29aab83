import {
	createPendingBaselines,
	createPendingCommits,
	createRunningPolls,
} from '../../../nodes/callRecords/poll/running';
import { startState } from '../../../nodes/callRecords/poll/pollState';

let now = 1_780_000_000_000;
beforeEach(() => void jest.spyOn(Date, 'now').mockImplementation(() => now));
afterEach(() => jest.restoreAllMocks());

it('a trigger polls once at a time, until its poll has ended or its time is over', () => {
	const running = createRunningPolls();
	expect(running.begin('a', 1000)).toBe(true);
	expect(running.begin('a', 1000)).toBe(false);
	expect(running.begin('b', 1000)).toBe(true);
	running.end('a');
	expect(running.begin('a', 1000)).toBe(true);
	now += 999;
	expect(running.begin('a', 1000)).toBe(false);
	now += 1;
	expect(running.begin('a', 1000)).toBe(true);
});

it('a baseline is gone on from until n8n has kept a state', () => {
	const baselines = createPendingBaselines();
	const [kept, stored] = [startState('f', 1), startState('f', 2)];
	expect(baselines.stateOf('a', null)).toBeNull();
	baselines.keep('a', kept);
	expect(baselines.stateOf('a', null)).toBe(kept);
	expect(baselines.stateOf('b', null)).toBeNull();
	expect(baselines.stateOf('a', stored)).toBe(stored);
	expect(baselines.stateOf('a', null)).toBeNull();
});

it('a commit is pending until it is seen, or half a minute has passed', () => {
	const commits = createPendingCommits();
	const state = { ...startState('f', 1), polls: 5 };
	expect(commits.isPending('a', null)).toBe(false);
	commits.add('a', state);
	expect(commits.isPending('a', { ...state, polls: 4 })).toBe(true);
	expect(commits.isPending('a', null)).toBe(true);
	expect(commits.isPending('b', null)).toBe(false);
	expect(commits.isPending('a', state)).toBe(false);
	commits.add('a', state);
	now += 30_000;
	expect(commits.isPending('a', null)).toBe(false);
	expect(commits.isPending('a', null)).toBe(false);
});
