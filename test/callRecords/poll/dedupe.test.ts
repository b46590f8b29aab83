import fc from 'fast-check';

import {
	BUCKET_SECONDS,
	bucketOf,
	compare,
	condense,
	contentHashOf,
	countOf,
	forget,
	hashOf,
	remember,
	resum,
	startOfBucket,
	type Seen,
	type Trace,
} from '../../../nodes/callRecords/poll/dedupe';

const START = 1_780_000_200;
const BUCKET = bucketOf(START);

const trace = (id: number | string, content = 'as it was'): Trace => ({
	started: START,
	id: hashOf(String(id)),
	content: contentHashOf(content),
});
const traces = (count: number, from = 0) =>
	Array.from({ length: count }, (_, i) => trace(from + i));
const empty = (): Seen => ({ exact: {}, summed: {} });

describe('calls remembered one by one', () => {
	it('knows what it saw, sees what is new, and tells what changed', () => {
		const seen = empty();
		remember(seen, BUCKET, traces(3));
		expect(
			compare(seen, BUCKET, [trace(0), trace(1, 'with a recording'), trace(2), trace(3)]),
		).toEqual(['known', 'updated', 'known', 'new']);
	});

	it('brings a changed call up to date instead of remembering it twice', () => {
		const seen = empty();
		remember(seen, BUCKET, [trace(1)]);
		remember(seen, BUCKET, [trace(1, 'with a recording')]);
		expect(countOf(seen, BUCKET)).toBe(1);
		expect(compare(seen, BUCKET, [trace(1, 'with a recording')])).toEqual(['known']);
	});

	it('forgets what may not have arrived, and nothing else', () => {
		const seen = empty();
		remember(seen, BUCKET, traces(3));
		forget(seen, BUCKET, [trace(1).id]);
		expect(compare(seen, BUCKET, traces(3))).toEqual(['known', 'new', 'known']);
	});

	it('keeps ten minutes apart', () => {
		expect(startOfBucket(BUCKET)).toBeLessThanOrEqual(START);
		expect(startOfBucket(BUCKET) + BUCKET_SECONDS).toBeGreaterThan(START);
		expect(bucketOf(startOfBucket(BUCKET))).toBe(BUCKET);
		expect(bucketOf(startOfBucket(BUCKET) + BUCKET_SECONDS)).not.toBe(BUCKET);
		expect(compare(empty(), BUCKET, traces(2))).toEqual(['new', 'new']);
	});
});

describe('calls remembered as a sum', () => {
	it.each([1, 2, 3])('finds the %i that came late among any others', (late) => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 60 }),
				fc.integer({ min: 0, max: 1000 }),
				(count, seed) => {
					const seen = empty();
					const before = traces(count, seed * 1000);
					resum(seen, BUCKET, before);
					const now = [...before, ...traces(late, seed * 1000 + 500)].sort((a, b) =>
						a.id < b.id ? -1 : 1,
					);
					const isLate = new Set(traces(late, seed * 1000 + 500).map(({ id }) => id));
					expect(compare(seen, BUCKET, now)).toEqual(
						now.map(({ id }) => (isLate.has(id) ? 'new' : 'known')),
					);
				},
			),
			{ numRuns: 40 },
		);
	});

	it('returns all of them as updated when more came late than a sum can tell', () => {
		const seen = empty();
		resum(seen, BUCKET, traces(5));
		expect(new Set(compare(seen, BUCKET, traces(12)))).toEqual(new Set(['updated']));
	});

	it.each([1, 2, 3])('returns all of them as updated when %i more came and one is gone', (more) => {
		const seen = empty();
		resum(seen, BUCKET, traces(5));
		const now = [...traces(4), ...traces(more + 1, 10)];
		expect(new Set(compare(seen, BUCKET, now))).toEqual(new Set(['updated']));
	});

	it('takes all as new where there were none', () => {
		const seen = empty();
		resum(seen, BUCKET, []);
		expect(compare(seen, BUCKET, traces(7)).every((change) => change === 'new')).toBe(true);
	});

	it('returns nothing when calls are only gone, or nothing changed', () => {
		const seen = empty();
		resum(seen, BUCKET, traces(5));
		expect(compare(seen, BUCKET, traces(5)).every((change) => change === 'known')).toBe(true);
		expect(compare(seen, BUCKET, traces(4)).every((change) => change === 'known')).toBe(true);
		expect(
			compare(seen, BUCKET, [...traces(4), trace(99)]).every((change) => change === 'known'),
		).toBe(true);
	});

	it('forgets in the sum too', () => {
		const seen = empty();
		resum(seen, BUCKET, traces(7));
		expect(countOf(seen, BUCKET)).toBe(7);
		expect(compare(seen, BUCKET, traces(7)).includes('new')).toBe(false);
		forget(seen, BUCKET, [trace(3).id]);
		expect(countOf(seen, BUCKET)).toBe(6);
		expect(compare(seen, BUCKET, traces(7))[3]).toBe('new');
		expect(compare(seen, BUCKET, traces(7)).filter((change) => change === 'new')).toHaveLength(1);
	});
});

describe('condensing', () => {
	const at = (bucketsAgo: number) => bucketOf(START - bucketsAgo * BUCKET_SECONDS);

	it('keeps the young exactly, sums the older, lets go of the oldest', () => {
		const seen = empty();
		for (const ago of [0, 10, 20]) remember(seen, at(ago), traces(4));
		condense(seen, START - 15 * BUCKET_SECONDS, START - 5 * BUCKET_SECONDS, 1000);
		expect(Object.keys(seen.exact)).toEqual([at(0)]);
		expect(Object.keys(seen.summed)).toEqual([at(10)]);
		expect(countOf(seen, at(10))).toBe(4);
		expect(compare(seen, at(10), traces(4)).includes('new')).toBe(false);
	});

	it('keeps sums of ten minutes that are not over at the border', () => {
		const seen = empty();
		resum(seen, BUCKET, traces(1));
		const begin = startOfBucket(BUCKET);
		condense(seen, begin + BUCKET_SECONDS - 1, begin, 10);
		expect(Object.keys(seen.summed)).toEqual([BUCKET]);
		condense(seen, begin + BUCKET_SECONDS, begin, 10);
		expect(seen.summed).toEqual({});
	});

	it('keeps no more calls exactly than allowed, the youngest first', () => {
		const seen = empty();
		for (const ago of [2, 0, 1]) remember(seen, at(ago), traces(4));
		condense(seen, 0, 0, 8);
		expect(Object.keys(seen.exact).sort()).toEqual([at(0), at(1)].sort());
		expect(Object.keys(seen.summed)).toEqual([at(2)]);
	});
});
