import { distinct, judge, type Page } from '../../../nodes/callRecords/extract/verdict';

describe('judging a reply', () => {
	const page = (rows: number, more: Partial<Page<unknown>> = {}) => ({
		ids: Array.from({ length: rows }, (_, i) => String(i)),
		total: null,
		hasMore: false,
		...more,
	});

	it.each([
		// Without a count only a full reply, or one that says so, is known to be cut.
		['complete', page(7), 10, 10],
		['overflow', page(10), 10, 10],
		['overflow', page(7, { hasMore: true }), 10, 10],
		['verify', page(100), 1000, 1000],
		// With a count.
		['complete', page(7, { total: 7 }), 10, 10],
		['complete', page(0, { total: 0 }), 10, 10],
		['overflow', page(10, { total: 11 }), 10, 10],
		['contradiction', page(7, { total: 8 }), 10, 10],
		['contradiction', page(7, { total: 6 }), 10, 10],
		['overflow', page(7, { total: 7, hasMore: true }), 10, 10],
		['verify', page(10, { total: 10 }), 10, 10],
		['verify', page(8, { total: 8 }), 8, 10],
		['verify', page(10, { total: 10 }), 8, 10],
		['verify', page(500, { total: 500 }), 1000, 1000],
		['complete', page(501, { total: 501 }), 1000, 1000],
	] as const)('%s: %o', (verdict, reply, capacity, asked) => {
		expect(judge(reply, capacity, asked)).toBe(verdict);
	});

	it('counts records, not rows', () => {
		const ids = ['a', 'b', 'b'];
		expect(judge({ ids, total: 2, hasMore: false }, 10, 10)).toBe('complete');
		expect(judge({ ids, total: 3, hasMore: false }, 10, 10)).toBe('contradiction');
	});
});

describe('the records of a reply', () => {
	it('are each there once, as they came last', () => {
		expect(distinct(['A', 'B', 'a'], ['a', 'b', 'a'])).toEqual({
			items: ['a', 'B'],
			ids: ['a', 'b'],
		});
	});

	it('are handed on as they are where none comes twice', () => {
		const items = ['A', 'B'];
		expect(distinct(items, ['a', 'b']).items).toBe(items);
	});
});
