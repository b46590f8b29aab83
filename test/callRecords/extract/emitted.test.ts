import { createEmitted } from '../../../nodes/callRecords/extract/emitted';

const range = { from: 0, to: 99 };
const row = (id: string, at: number | null = 1) => ({ id, at, item: () => id });
const idsOf = (rows: Array<{ id: string }>) => rows.map(({ id }) => id);

describe('what was emitted', () => {
	it('is not emitted again', () => {
		const emitted = createEmitted();
		expect(idsOf(emitted.fresh(range, [row('a'), row('b')]))).toEqual(['a', 'b']);
		expect(idsOf(emitted.fresh(range, [row('b'), row('c')]))).toEqual(['c']);
	});

	it('is an error under an id that stood for another start', () => {
		const emitted = createEmitted();
		emitted.fresh(range, [row('a', 1)]);
		expect(() => emitted.fresh(range, [row('a', 2)])).toThrow('the same id');
	});

	it('is the same record where a start was not readable', () => {
		const emitted = createEmitted();
		emitted.fresh(range, [row('a', null), row('b', 2)]);
		expect(emitted.fresh(range, [row('a', 5), row('b', null)])).toEqual([]);
	});

	it('is remembered only so far, and it is known when some was forgotten', () => {
		const emitted = createEmitted(100);
		const rows = Array.from({ length: 200 }, (_, i) => row(`r${i}`));
		emitted.fresh(range, rows);
		expect(emitted.isWhole()).toBe(true);
		expect(emitted.fresh(range, rows)).toEqual([]);
		emitted.fresh(range, [row('one more')]);
		expect(emitted.isWhole()).toBe(false);
		expect(idsOf(emitted.fresh(range, [row('r0'), row('r199')]))).toEqual(['r0']);
	});
});
