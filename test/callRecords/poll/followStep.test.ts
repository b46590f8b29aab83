import { absorb, knownCount, startState, type Look } from '../../../nodes/callRecords/poll/plan';
import {
	bucketOf,
	condense,
	contentHashOf,
	hashOf,
	resum,
	type Trace,
} from '../../../nodes/callRecords/poll/dedupe';
import { FOLLOW_OPTIONS } from '../../support/oneCall';

const HOUR = 3600;
const NOW = Math.floor(Date.UTC(2026, 4, 20) / 1000);
const AHEAD = 900;
const OPTIONS = { ...FOLLOW_OPTIONS, most: 20, now: NOW };

const trace = (id: string, started: number, content = 'as it was'): Trace => ({
	started,
	id: hashOf(id),
	content: contentHashOf(content),
});

describe('the step', () => {
	const look: Look = {
		range: { from: NOW - HOUR, to: NOW + AHEAD },
		kind: 'first',
		countSuffices: false,
	};
	const began = NOW - 300;

	it('hands nothing on that began before the trigger follows, but knows it', () => {
		const state = startState('f', NOW - 300);
		const { changes } = absorb(
			state,
			look,
			[trace('a', NOW - 301), trace('b', NOW - 300)],
			9,
			false,
			OPTIONS,
		);
		expect(changes).toEqual(['known', 'new']);
		expect(knownCount(state.seen, look.range)).toBe(2);
	});

	it.each([true, false])(
		'tells what was there in the ten minutes of the beginning by the sum, too; baseline: %s',
		(isBaseline) => {
			const state = startState('f', began);
			const all = Array.from({ length: 12 }, (_, i) => trace(String(i), began - 6 + i));
			const inOneBucket = new Set(all.map(({ started }) => bucketOf(started)));
			expect(inOneBucket.size).toBe(1);
			absorb(state, look, all, 20, isBaseline, OPTIONS);
			condense(state.seen, NOW - 2 * HOUR, NOW, 1000);
			expect(Object.keys(state.seen.summed)).toEqual([...inOneBucket]);
			const again = absorb(state, look, all, 20, false, OPTIONS);
			expect(again.changes).toEqual(all.map(() => 'known'));
		},
	);

	it('is full only when something is left over, and then does not move on', () => {
		const traces = [trace('a', began), trace('b', began + 1)];
		const exact = absorb(startState('f', NOW - HOUR), look, traces, 2, false, OPTIONS);
		expect([exact.isFull, exact.changes, exact.state.readTo]).toEqual([
			false,
			['new', 'new'],
			NOW + AHEAD + 1,
		]);
		const over = absorb(startState('f', NOW - HOUR), look, traces, 1, false, OPTIONS);
		expect([over.isFull, over.changes, over.state.readTo]).toEqual([
			true,
			['new', 'known'],
			NOW - HOUR,
		]);
		expect(knownCount(over.state.seen, look.range)).toBe(1);
	});

	it('takes no updates where none are wanted, but notes them', () => {
		const state = startState('f', NOW - HOUR);
		const once = (content: string, includeUpdates: boolean) =>
			absorb(state, look, [trace('a', began, content)], 9, false, {
				...OPTIONS,
				includeUpdates,
			}).changes[0];
		expect(once('1', false)).toBe('new');
		expect(once('2', false)).toBe('known');
		expect(once('2', true)).toBe('known');
		expect(once('3', true)).toBe('updated');
		expect(once('3', true)).toBe('known');
	});

	it('returns all of a summed ten minutes once, also without updates, when it cannot tell which came late', () => {
		const state = startState('f', NOW - HOUR);
		const all = Array.from({ length: 9 }, (_, i) => trace(String(i), began));
		resum(state.seen, bucketOf(began), all.slice(0, 2));
		const first = absorb(state, look, all, 20, false, OPTIONS);
		expect(first.changes).toEqual(all.map(() => 'updated'));
		expect(absorb(state, look, all, 20, false, OPTIONS).changes).toEqual(all.map(() => 'known'));
	});

	it('has one sum after it could not tell, by which the next late call is told', () => {
		const state = startState('f', NOW - HOUR);
		const all = Array.from({ length: 9 }, (_, i) => trace(String(i), began));
		resum(state.seen, bucketOf(began), all.slice(0, 2));
		absorb(state, look, all, 20, false, OPTIONS);
		const late = trace('late', began);
		expect(absorb(state, look, [...all, late], 20, false, OPTIONS).changes).toEqual([
			...all.map(() => 'known'),
			'new',
		]);
	});

	it('takes deleted calls out of the sum, so that late ones are told exactly afterwards', () => {
		const state = startState('f', NOW - HOUR);
		const all = Array.from({ length: 5 }, (_, i) => trace(String(i), began));
		resum(state.seen, bucketOf(began), all);
		const fewer = all.slice(0, 4);
		expect(absorb(state, look, fewer, 20, false, OPTIONS).changes).toEqual(
			fewer.map(() => 'known'),
		);
		const late = trace('late', began);
		expect(absorb(state, look, [...fewer, late], 20, false, OPTIONS).changes).toEqual([
			...fewer.map(() => 'known'),
			'new',
		]);
	});

	it('adds a late call to a sum, and leaves an unchanged memory as it was', () => {
		const state = startState('f', NOW - HOUR);
		const all = Array.from({ length: 3 }, (_, i) => trace(String(i), began));
		resum(state.seen, bucketOf(began), all.slice(0, 2));
		absorb(state, look, all, 20, false, OPTIONS);
		expect(knownCount(state.seen, look.range)).toBe(3);
		const before = JSON.stringify(state.seen);
		absorb(state, look, all, 20, false, OPTIONS);
		expect(JSON.stringify(state.seen)).toBe(before);
	});
});
