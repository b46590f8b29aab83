import { distinct, isWithin, judge, type Page } from '../../../nodes/callRecords/extract/verdict';

const row = (id: string, at: number | null = null, item = id) => ({ id, at, item: () => item });

describe('judging a reply', () => {
	const page = (rows: number, more: Partial<Page<unknown>> = {}) => ({
		rows: Array.from({ length: rows }, (_, i) => row(String(i))),
		total: null,
		hasMore: null,
		...more,
	});

	it.each([
		// Without a count only a full reply, or one that says so, is known to be cut.
		['complete', page(7), 10, 10],
		['overflow', page(10), 10, 10],
		['overflow', page(7, { hasMore: true }), 10, 10],
		// Shorter than another one, it is not cut short. The longest so far may be, and one of the same length is.
		['complete', page(9), 1000, 1000, 0],
		['complete', page(99), 1000, 1000, 100],
		['doubtful', page(10), 1000, 1000, 0],
		['doubtful', page(101), 1000, 1000, 100],
		['overflow', page(100), 1000, 1000, 100],
		// With a count.
		['complete', page(7, { total: 7 }), 10, 10],
		['complete', page(0, { total: 0 }), 10, 10],
		['overflow', page(10, { total: 11 }), 10, 10],
		['contradiction', page(7, { total: 8 }), 10, 10],
		['contradiction', page(7, { total: 6 }), 10, 10],
		['overflow', page(7, { total: 7, hasMore: true }), 10, 10],
		['doubtful', page(10, { total: 10 }), 10, 10],
		['doubtful', page(8, { total: 8 }), 8, 10],
		['doubtful', page(10, { total: 10 }), 8, 10],
		['doubtful', page(500, { total: 500 }), 1000, 1000],
		['complete', page(501, { total: 501 }), 1000, 1000],
	] as const)('%s: %o', (verdict, reply, capacity, asked, longest = 0) => {
		expect(judge(reply, { capacity, asked, longest })).toBe(verdict);
	});

	it.each([
		['complete', page(9, { hasMore: false })],
		['complete', page(100, { hasMore: false })],
		['overflow', page(1000, { hasMore: false })],
		['overflow', page(9, { hasMore: true })],
	])('%s, where the vendor says whether there is more: %o', (verdict, reply) => {
		const limit = { capacity: 1000, asked: 1000, longest: 0 };
		expect(judge(reply, limit)).toBe(verdict);
	});

	it('counts records, not rows', () => {
		const limit = { capacity: 10, asked: 10, longest: 0 };
		const rows = ['a', 'b', 'b'].map((id) => row(id));
		expect(judge({ rows, total: 2, hasMore: false }, limit)).toBe('complete');
		expect(judge({ rows, total: 3, hasMore: false }, limit)).toBe('contradiction');
	});
});

describe('the records of a reply', () => {
	const range = { from: 0, to: 9 };

	it('are each there once, as they came last', () => {
		const rows = [row('a', 1, 'A'), row('b', 2, 'B'), row('a', 1, 'changed')];
		expect(distinct(range, rows).map((one) => one.item())).toEqual(['changed', 'B']);
	});

	it('are an error where one id stands for two that began at different times', () => {
		expect(() => distinct(range, [row('a', 1), row('a', 2)])).toThrow(
			'records that began at different times have the same id',
		);
	});

	it('belong to a range where they begin in it, at both ends, or do not say when', () => {
		const within = [-1, 0, 9, 10, null].map((at) => isWithin({ at }, range));
		expect(within).toEqual([false, true, true, false, true]);
	});
});
