/**
 * d3 is made of modules that jest cannot load, and has them in one old form, too.
 *
 * @jest-environment-options {"customExportConditions": ["umd", "node", "node-addons"]}
 */
import { cumsum, ticks as d3Ticks } from 'd3-array';
import { scaleBand, scaleLinear, scaleQuantize } from 'd3-scale';
import fc from 'fast-check';

import {
	runsOf,
	shareLines,
	stackedBars,
	type Series,
} from '../../../nodes/callRecords/statistics/report/charts';
import { heatMap } from '../../../nodes/callRecords/statistics/report/heatMap';
import { bands, shade, stack, ticks } from '../../../nodes/callRecords/statistics/report/scale';

/** The attributes of every element of a kind, in the order of the drawing. */
function elements(markup: string, tag: string): Array<Record<string, string>> {
	return [...markup.matchAll(new RegExp(`<${tag}\\s([^>]*?)/?>`, 'g'))].map(([, attributes]) =>
		Object.fromEntries(
			[...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
		),
	);
}

const counts = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 62 });

describe('scales equal those of d3', () => {
	it('ticks: round, from 0 to at least the maximum, and about as many as asked for', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 10_000_000 }),
				fc.integer({ min: 2, max: 8 }),
				(max, count) => {
					const steps = ticks(max, count);
					const last = steps[steps.length - 1];
					expect(steps).toEqual(d3Ticks(0, last, steps.length - 1));
					expect(last).toBeGreaterThanOrEqual(max);
					expect(steps[steps.length - 2]).toBeLessThan(max);
					expect(steps.length - 1).toBeLessThanOrEqual(count);
				},
			),
		);
		expect(ticks(0, 4)).toEqual([0, 1]);
	});

	it('bands', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 400 }),
				fc.integer({ min: 100, max: 1000 }),
				(count, width) => {
					const names = Array.from({ length: count }, (_, i) => String(i));
					const d3 = scaleBand(names, [0, width]).paddingInner(0.22).paddingOuter(0.11);
					const ours = bands(count, width, 0.22);
					expect(ours.width).toBeCloseTo(d3.bandwidth(), 6);
					names.forEach((name, i) => expect(ours.at[i]).toBeCloseTo(d3(name) ?? NaN, 6));
				},
			),
		);
	});

	it('stacks and shades', () => {
		fc.assert(
			fc.property(counts, (values) => {
				expect(stack(values).map(([, to]) => to)).toEqual([...cumsum(values)]);
				expect(stack(values).map(([from, to]) => to - from)).toEqual(values);
				const max = Math.max(1, ...values);
				const d3 = scaleQuantize([0, max], [1, 2, 3, 4, 5]);
				for (const value of values) expect(shade(value, max, 5)).toBe(value === 0 ? 0 : d3(value));
			}),
		);
	});
});

const SIZE = { width: 760, height: 240 };
/** Where the drawing area begins and ends. */
const TOP = 10;
const BOTTOM = 218;
const LEFT = 34;
const RIGHT = 756;

function seriesOf(rows: number[][]): Series[] {
	return rows.map((values, i) => ({
		name: `Part ${i}`,
		colour: (['answered', 'voicemail', 'missed'] as const)[i],
		values,
	}));
}

describe('what is drawn is what the data says', () => {
	it('stacked bars', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(...[1, 2, 3].map(() => fc.nat(900))), { minLength: 1, maxLength: 40 }),
				(days) => {
					const rows = [0, 1, 2].map((part) => days.map((day) => day[part]));
					const chart = stackedBars({
						label: 'Bars',
						series: seriesOf(rows),
						tips: days.map((_, i) => `Day ${i}`),
						axis: [],
						size: SIZE,
					}).markup;
					const most = Math.max(...days.map((day) => day[0] + day[1] + day[2]));
					const y = scaleLinear([0, ticks(most, 4).at(-1) ?? 1], [BOTTOM, TOP]);
					const expected = days.flatMap((day) => {
						const tops = cumsum(day);
						return day
							.map((value, i) => ({ value, top: tops[i] }))
							.filter(({ value }) => value > 0);
					});
					const rects = elements(chart, 'rect');
					expect(rects).toHaveLength(expected.length);
					expected.forEach(({ value, top }, i) => {
						expect(Math.abs(Number(rects[i].y) - y(top))).toBeLessThan(0.06);
						expect(Math.abs(Number(rects[i].height) - (y(0) - y(value)))).toBeLessThan(0.16);
					});
				},
			),
			{ numRuns: 40 },
		);
	});

	it('lines, broken where a value is not known', () => {
		const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
		fc.assert(
			fc.property(fc.array(share, { minLength: 1, maxLength: 40 }), (values) => {
				const chart = shareLines({
					label: 'Lines',
					series: [{ name: 'Rate', colour: 'rate', values }],
					axis: [],
					size: SIZE,
				}).markup;
				const x = scaleBand(
					values.map((_, i) => i),
					[LEFT, RIGHT],
				);
				const y = scaleLinear([0, 1], [BOTTOM, TOP]);
				const drawn = [
					...elements(chart, 'circle').map(({ cx, cy }) => [Number(cx), Number(cy)]),
					...elements(chart, 'polyline').flatMap(({ points }) =>
						points.split(' ').map((point) => point.split(',').map(Number)),
					),
				].sort(([a], [b]) => a - b);
				const expected = values.flatMap((value, i) =>
					value === null ? [] : [[(x(i) ?? NaN) + x.bandwidth() / 2, y(value)]],
				);
				expect(drawn).toHaveLength(expected.length);
				drawn.forEach(([left, top], i) => {
					expect(Math.abs(left - expected[i][0])).toBeLessThan(0.06);
					expect(Math.abs(top - expected[i][1])).toBeLessThan(0.06);
				});
			}),
			{ numRuns: 40 },
		);
		expect(runsOf([0.5, null, 0.1, 0.2, null])).toEqual([
			[[0, 0.5]],
			[
				[2, 0.1],
				[3, 0.2],
			],
		]);
	});

	it.each([true, false])('heat map, upright %s', (isUpright) => {
		const week = Array.from({ length: 7 }, (_, day) =>
			Array.from({ length: 24 }, (_, hour) => (day * hour * 7) % 50),
		);
		const size = { width: 760, height: 214 };
		const chart = heatMap({ label: 'Week', week, size, isUpright }).markup;
		const colour = scaleQuantize([0, 49], [1, 2, 3, 4, 5]);
		const values = week.flat();
		const cells = elements(chart, 'rect');
		expect(cells.map((cell) => cell.class)).toEqual(
			values.map((value) => `heat${value === 0 ? 0 : colour(value)}`),
		);
		const places = new Set(cells.map(({ x, y }) => `${x} ${y}`));
		expect(places.size).toBe(7 * 24);
	});
});
