import fc from 'fast-check';

import {
	bucketOf,
	compare,
	contentHashOf,
	countOf,
	countedBucket,
	emptyDedupe,
	forget,
	hashOf,
	isDedupeState,
	prune,
	remember,
	replace,
	startOfBucket,
	type DedupeState,
	type Fingerprint,
	type Limits,
} from '../../../nodes/callRecords/poll/dedupe';

const START = 1_780_000_200;
const BUCKET = bucketOf(START);
const LIMITS: Limits = {
	from: 0,
	recentFrom: 0,
	mostRecent: 1e6,
	mostOlder: 1e6,
	keepsContents: true,
};

const leg = (id: number | string, content = ''): Fingerprint => ({
	started: START,
	id: hashOf(String(id)),
	content: content && contentHashOf(content),
});
const legs = (count: number, from = 0) => Array.from({ length: count }, (_, i) => leg(from + i));

/** What remembers these legs, one by one or shortened. */
function knowing(known: Fingerprint[], isOlder: boolean): DedupeState {
	const state = emptyDedupe();
	remember(state, BUCKET, known);
	if (isOlder) prune(state, { ...LIMITS, recentFrom: START + 600 });
	expect(Object.keys(state.older)).toHaveLength(isOlder && known.length > 0 ? 1 : 0);
	return state;
}

describe.each([
	['recent', false],
	['older', true],
])('%s legs', (_what, isOlder) => {
	it('are told from new ones, whatever came meanwhile', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat(100_000)), fc.uniqueArray(fc.nat(100_000)), (old, now) => {
				const state = knowing(
					old.map((id) => leg(id)),
					isOlder,
				);
				const found = compare(
					state,
					BUCKET,
					now.map((id) => leg(id)),
				);
				expect(found).toEqual(now.map((id) => (old.includes(id) ? 'known' : 'new')));
			}),
			{ seed: 7, numRuns: 300 },
		);
	});

	it('are known once they are remembered, and forgotten when they may not have arrived', () => {
		const state = knowing(legs(3), isOlder);
		remember(state, BUCKET, [leg(3)]);
		expect(countOf(state, BUCKET)).toBe(4);
		expect(compare(state, BUCKET, legs(5))).toEqual(['known', 'known', 'known', 'known', 'new']);
		forget(state, BUCKET, leg(1).id + leg(3).id + leg(77).id);
		expect(compare(state, BUCKET, legs(4))).toEqual(['known', 'new', 'known', 'new']);
		expect(countOf(state, BUCKET)).toBe(2);
	});

	it('are forgotten when they were deleted', () => {
		const state = knowing(legs(3), isOlder);
		replace(state, BUCKET, legs(2, 2));
		expect(countOf(state, BUCKET)).toBe(2);
		expect(compare(state, BUCKET, legs(4))).toEqual(['new', 'new', 'known', 'known']);
	});

	it('of other ten minutes are others', () => {
		const state = knowing(legs(3), isOlder);
		const next = bucketOf(START + 600);
		expect(startOfBucket(next)).toBe(startOfBucket(BUCKET) + 600);
		expect(compare(state, next, legs(1))).toEqual(['new']);
		expect(countOf(state, next)).toBe(0);
	});

	it('survive what n8n does with them', () => {
		const state = JSON.parse(JSON.stringify(knowing(legs(3), isOlder))) as unknown;
		expect(isDedupeState(state)).toBe(true);
		expect(compare(state as DedupeState, BUCKET, legs(3))).toEqual(['known', 'known', 'known']);
	});
});

describe('older legs that look alike', () => {
	/** Two ids whose first 24 bits are the same. */
	const alike = () => {
		const found = new Map<string, string>();
		for (let i = 0; ; i++) {
			const short = hashOf(`x${i}`).slice(0, 4);
			const other = found.get(short);
			if (other !== undefined) return [other, `x${i}`];
			found.set(short, `x${i}`);
		}
	};
	const [a, b] = alike();

	it('are all unclear when there are more than before, for none may be missed', () => {
		const state = knowing([leg(a), leg('other')], true);
		const present = [leg(a), leg(b), leg('other')];
		expect(compare(state, BUCKET, present)).toEqual(['unclear', 'unclear', 'known']);
		remember(state, BUCKET, present.slice(0, 2));
		expect(compare(state, BUCKET, present)).toEqual(['known', 'known', 'known']);
	});

	it('are known when there are as many as before', () => {
		expect(compare(knowing([leg(a), leg(b)], true), BUCKET, [leg(a), leg(b)])).toEqual([
			'known',
			'known',
		]);
	});
});

describe('legs that were only counted', () => {
	it('are known as long as there are no more than that', () => {
		const state = { ...emptyDedupe(), older: { [BUCKET]: countedBucket(3) } };
		expect(countOf(state, BUCKET)).toBe(3);
		expect(compare(state, BUCKET, legs(3))).toEqual(['known', 'known', 'known']);
		expect(compare(state, BUCKET, legs(2))).toEqual(['known', 'known']);
		expect(compare(state, BUCKET, legs(4))).toEqual(Array(4).fill('unclear'));
		replace(state, BUCKET, legs(3));
		expect(compare(state, BUCKET, legs(4))).toEqual(['known', 'known', 'known', 'new']);
	});
});

describe('contents', () => {
	it('that differ are changes, each once', () => {
		const state = knowing([leg(1, 'a'), leg(2, 'a')], false);
		expect(compare(state, BUCKET, [leg(1, 'b'), leg(2, 'a')])).toEqual(['changed', 'known']);
		remember(state, BUCKET, [leg(1, 'b')]);
		expect(compare(state, BUCKET, [leg(1, 'b'), leg(2, 'a')])).toEqual(['known', 'known']);
		expect(countOf(state, BUCKET)).toBe(2);
	});

	it('are not compared where one of them is not known', () => {
		const state = knowing([leg(1)], false);
		expect(state.contents).toEqual({});
		expect(compare(state, BUCKET, [leg(1, 'a')])).toEqual(['known']);
		remember(state, BUCKET, [leg(1, 'a'), leg(2)]);
		expect(compare(state, BUCKET, [leg(1, 'b'), leg(2, 'b')])).toEqual(['changed', 'known']);
		expect(compare(state, BUCKET, [leg(1), leg(2)])).toEqual(['known', 'known']);
	});

	it('are let go of with what is old, and where they are not wanted', () => {
		const old = knowing([leg(1, 'a')], false);
		prune(old, { ...LIMITS, recentFrom: START + 600 });
		expect([old.recent, old.contents]).toEqual([{}, {}]);
		const unwanted = knowing([leg(1, 'a')], false);
		prune(unwanted, { ...LIMITS, keepsContents: false });
		expect(unwanted.contents).toEqual({});
		expect(compare(unwanted, BUCKET, [leg(1, 'b')])).toEqual(['known']);
	});
});

describe('pruning', () => {
	const at = (step: number) => bucketOf(START + 600 * step);
	const filled = (steps: number, perStep: number) => {
		const state = emptyDedupe();
		for (let step = 0; step < steps; step++) remember(state, at(step), legs(perStep, step * 100));
		return state;
	};
	const start = startOfBucket(BUCKET);

	it('shortens what is too old or too much, and forgets what is older still', () => {
		const state = filled(10, 5);
		const from = prune(state, { ...LIMITS, from: start + 1200, recentFrom: start + 3600 });
		expect(Object.keys(state.recent).sort()).toEqual([6, 7, 8, 9].map(at).sort());
		expect(Object.keys(state.older).sort()).toEqual([2, 3, 4, 5].map(at).sort());
		expect(from).toBe(start + 1200);
		prune(state, { ...LIMITS, mostRecent: 12 });
		expect(Object.keys(state.recent).sort()).toEqual([8, 9].map(at).sort());
	});

	it('says from when on everything is remembered when there is too much of it', () => {
		const state = filled(10, 5);
		const from = prune(state, { ...LIMITS, recentFrom: Infinity, mostOlder: 23 });
		expect(Object.keys(state.older).sort()).toEqual([6, 7, 8, 9].map(at).sort());
		expect(from).toBe(start + 6 * 600);
	});

	it('takes so many bytes for ten thousand calls a day: docs/triggers.md', () => {
		const state = emptyDedupe();
		for (let step = 0; step < 8 * 144; step++) remember(state, at(step), legs(70, step * 100));
		prune(state, { ...LIMITS, recentFrom: start + 7 * 86_400 - 2 * 3600 });
		expect(JSON.stringify(state).length).toBeLessThan(370_000);
	});
});
