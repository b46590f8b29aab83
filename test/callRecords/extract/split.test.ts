import fc from 'fast-check';

import { createWeekProfile, type Stretch } from '../../../nodes/callRecords/extract/hourlyRate';
import {
	createSplitter,
	plannedFill,
	stretchesOf,
	type Order,
	type Unread,
} from '../../../nodes/callRecords/extract/split';
import type { TimeRange } from '../../../nodes/callRecords/time';

const HOUR = 3600;
const WEEK = 7 * 86_400;
const MONDAY = Date.UTC(2025, 2, 3) / 1000;

const anyOrder = fc.constantFrom<Order>('newestFirst', 'oldestFirst');
const anySpan = fc
	.tuple(fc.integer({ min: 0, max: 3 * WEEK }), fc.integer({ min: 0, max: 20 * WEEK }))
	.map(([from, length]) => ({ from: MONDAY + from, to: MONDAY + from + length }));

/** The ranges, in reading order, follow each other without gap or overlap and cover the whole. */
function expectPartition(ranges: TimeRange[], whole: TimeRange, order: Order): void {
	const ascending = order === 'oldestFirst' ? ranges : [...ranges].reverse();
	expect(ascending[0].from).toBe(whole.from);
	expect(ascending[ascending.length - 1].to).toBe(whole.to);
	for (const [i, range] of ascending.entries()) {
		expect(range.to).toBeGreaterThanOrEqual(range.from);
		if (i > 0) expect(range.from).toBe(ascending[i - 1].to + 1);
	}
}

const rowsOf = (stretches: Stretch[]) => stretches.reduce((sum, { rows }) => sum + rows, 0);

describe('what a reply shows of a range that it could not hold', () => {
	const replies = fc.record({
		range: anySpan,
		shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 300 }),
		more: fc.integer({ min: 1, max: 100_000 }),
		sorted: fc.constantFrom('ascending', 'descending', 'no'),
		rest: fc.constantFrom<'counted' | 'believed'>('counted', 'believed'),
		order: anyOrder,
	});

	it('is a partition of the range, and shares out all of its rows', () => {
		fc.assert(
			fc.property(replies, ({ range, shares, more, sorted, rest, order }) => {
				const times = shares.map(
					(share) => range.from + Math.floor(share * (range.to - range.from)),
				);
				if (sorted !== 'no') times.sort((a, b) => (sorted === 'ascending' ? a - b : b - a));
				const total = times.length + more;
				const stretches = stretchesOf(range, total, times, order, rest);
				expectPartition(stretches, range, order);
				for (const { rows } of stretches) expect(rows).toBeGreaterThanOrEqual(0);
				const isWholeSeen = stretches.every(({ known }) => known === 'seen');
				expect(rowsOf(stretches)).toBeCloseTo(isWholeSeen ? times.length : total, 3);
			}),
			{ numRuns: 500 },
		);
	});

	it('is what was seen, where the reply was sorted: the rows of one end', () => {
		const range = { from: MONDAY, to: MONDAY + 99_999 };
		const times = Array.from({ length: 100 }, (_, i) => range.to - i * 10);
		const [newest] = stretchesOf(range, 1000, times, 'newestFirst', 'counted');
		expect(newest).toMatchObject({ to: range.to, known: 'seen' });
		const seen = stretchesOf(range, 1000, times, 'newestFirst', 'counted').filter(
			({ known }) => known === 'seen',
		);
		expect(rowsOf(seen)).toBe(100);
		expect(Math.min(...seen.map(({ from }) => from))).toBe(times[99]);
		const oldest = stretchesOf(
			range,
			1000,
			[...times].reverse().map((time) => time - 99_000 + 900),
			'oldestFirst',
			'counted',
		);
		expect(oldest[0]).toMatchObject({ from: range.from, known: 'seen' });
	});

	it('ignores times that do not belong to the range', () => {
		const range = { from: MONDAY, to: MONDAY + 999 };
		const times = [MONDAY - 5, MONDAY + 10, MONDAY + 500, MONDAY + 4000];
		expectPartition(stretchesOf(range, 9, times, 'oldestFirst', 'counted'), range, 'oldestFirst');
	});
});

describe('the parts of what is unread', () => {
	const pieces = fc.array(
		fc.record({
			length: fc.integer({ min: 1, max: WEEK }),
			rows: fc.integer({ min: 0, max: 3000 }),
			known: fc.constantFrom<Stretch['known']>('seen', 'counted', 'believed'),
			crowded: fc.integer({ min: 0, max: 4 }),
		}),
		{ minLength: 1, maxLength: 6 },
	);
	// Nothing at all is what is found most often where it was believed to be empty.
	const found = fc.infiniteStream(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 })));

	it('are a partition of it, whatever is found in them', () => {
		fc.assert(
			fc.property(
				pieces,
				anyOrder,
				fc.integer({ min: 5, max: 1500 }),
				found,
				(given, order, capacity, counts) => {
					let from = MONDAY;
					const stretches = given.map(({ length, ...piece }) => {
						const stretch = { from, to: from + length - 1, ...piece };
						from += length;
						return stretch;
					});
					const whole = { from: MONDAY, to: from - 1 };
					if (order === 'newestFirst') stretches.reverse();
					const unread = { stretches, rows: rowsOf(stretches), trend: 1 };
					const splitter = createSplitter(order);
					const ranges: TimeRange[] = [];
					while (unread.stretches.length > 0 && ranges.length < 200) {
						const part = splitter.take(unread, capacity);
						ranges.push(part.range);
						expect(part.expected).toBeGreaterThanOrEqual(0);
						const count = counts.next().value as number;
						splitter.correct(unread, part, count);
						splitter.learn(
							part.range,
							Array.from({ length: Math.min(count, 20) }, () => part.range.from),
						);
						expect(unread.rows).toBeGreaterThanOrEqual(0);
						expect(unread.trend).toBeGreaterThan(0);
						expect(unread.trend).toBeLessThanOrEqual(4);
					}
					// Every part takes at least a second, so that it comes to an end; this many make it sure.
					const rest = unread.stretches.map((stretch) => ({ from: stretch.from, to: stretch.to }));
					expectPartition([...ranges, ...rest], whole, order);
				},
			),
			{ numRuns: 100 },
		);
	});

	it.each<[Order, Stretch['known']]>([
		['newestFirst', 'seen'],
		['oldestFirst', 'counted'],
		['newestFirst', 'believed'],
	])('are about full, reading %s what is %s', (order, known) => {
		const stretches = [{ from: MONDAY, to: MONDAY + WEEK - 1, rows: 100_000, known }];
		const unread = { stretches, rows: 100_000, trend: 1 };
		const splitter = createSplitter(order);
		const part = splitter.take(unread, 1000);
		expect(part.expected).toBeGreaterThan(500);
		expect(part.expected).toBeLessThanOrEqual(1000);
		const seconds = part.range.to - part.range.from + 1;
		expect(seconds / WEEK).toBeCloseTo(part.expected / 100_000, 4);
	});

	it('become smaller where more was found than expected, and larger where less was', () => {
		const next = (times: number) => {
			const stretches: Stretch[] = [
				{ from: MONDAY, to: MONDAY + 4 * WEEK - 1, rows: 50_000, known: 'believed' },
			];
			const unread = { stretches, rows: 50_000, trend: 1 };
			const splitter = createSplitter('oldestFirst');
			const first = splitter.take(unread, 1000);
			splitter.correct(unread, first, Math.round(first.expected * times));
			const { range } = splitter.take(unread, 1000);
			return range.to - range.from;
		};
		expect(next(2)).toBeLessThan(next(1) * 0.8);
		expect(next(0.4)).toBeGreaterThan(next(1) * 1.2);
	});

	it('go on as before after one that was believed to be empty, and was', () => {
		const splitter = createSplitter('oldestFirst');
		const unread: Unread = {
			stretches: [
				{ from: MONDAY, to: MONDAY + 9, rows: 5, known: 'believed' },
				{ from: MONDAY + 10, to: MONDAY + 10, rows: 1000, known: 'counted' },
			],
			// More was found before than was believed, so all that is left is what was counted.
			rows: 1000,
			trend: 2,
		};
		const empty = splitter.take(unread, 5);
		expect(empty).toMatchObject({ range: { from: MONDAY, to: MONDAY + 9 }, expected: 0 });
		splitter.correct(unread, empty, 0);
		expect(unread.trend).toBe(2);
	});

	it('are planned fuller the more one reply holds, and never quite full', () => {
		for (const capacity of [1, 10, 20, 50, 100, 1000, 10_000, 1e9]) {
			expect(plannedFill(capacity)).toBeGreaterThanOrEqual(0.5);
			expect(plannedFill(capacity)).toBeLessThanOrEqual(0.85);
		}
		expect(plannedFill(1000)).toBeGreaterThan(plannedFill(50));
	});
});

describe('the week as it was seen', () => {
	const learned = () => {
		const profile = createWeekProfile();
		// A week of office hours: a call a minute from 8 to 17, Monday to Friday.
		const times = Array.from({ length: 7 * 24 * 60 }, (_, i) => MONDAY + i * 60).filter((time) => {
			const hour = Math.floor((time - MONDAY) / HOUR) % 24;
			return hour >= 8 && hour < 17 && time < MONDAY + 5 * 86_400;
		});
		profile.learn({ from: MONDAY, to: MONDAY + WEEK - 1 }, times);
		return profile;
	};

	it('weighs ranges alike that are parts of a whole', () => {
		const profile = learned();
		fc.assert(
			fc.property(anySpan, fc.double({ min: 0, max: 1, noNaN: true }), (range, share) => {
				const border = range.from + Math.floor(share * (range.to - range.from));
				const parts =
					profile.weight({ from: range.from, to: border }) +
					(border < range.to ? profile.weight({ from: border + 1, to: range.to }) : 0);
				expect(parts).toBeCloseTo(profile.weight(range), 4);
			}),
		);
	});

	it('finds the second up to which a share has passed', () => {
		const profile = learned();
		fc.assert(
			fc.property(anySpan, fc.double({ min: 0, max: 1, noNaN: true }), (range, share) => {
				const at = profile.at(range, share);
				expect(at).toBeGreaterThanOrEqual(range.from);
				expect(at).toBeLessThanOrEqual(range.to);
				const whole = profile.weight(range);
				const passed = at > range.from ? profile.weight({ from: range.from, to: at - 1 }) : 0;
				const second = profile.weight({ from: at, to: at });
				expect(passed).toBeLessThanOrEqual(whole * share + 1e-6 * whole);
				expect(passed + second).toBeGreaterThanOrEqual(whole * share - second - 1e-6 * whole);
			}),
			{ numRuns: 500 },
		);
	});

	it('expects calls when there were calls, also in another week', () => {
		const profile = learned();
		const hour = (day: number, hours: number) => {
			const from = MONDAY + 3 * WEEK + day * 86_400 + hours * HOUR;
			return profile.weight({ from, to: from + HOUR - 1 });
		};
		expect(hour(1, 10)).toBeGreaterThan(10 * hour(1, 3));
		expect(hour(1, 10)).toBeGreaterThan(1.5 * hour(6, 10));
	});

	it('leaves out calls that are not in the range that was seen', () => {
		const hour = { from: MONDAY + 2 * HOUR, to: MONDAY + 3 * HOUR - 1 };
		const [inside, before, after] = [hour.from + 5, hour.from - 1, hour.to + 1];
		const profile = createWeekProfile();
		profile.learn(hour, [before, before, inside, after]);
		const plain = createWeekProfile();
		plain.learn(hour, [inside]);
		for (const hours of [1, 2, 3]) {
			const range = { from: MONDAY + hours * HOUR, to: MONDAY + hours * HOUR + HOUR - 1 };
			expect(profile.weight(range)).toBe(plain.weight(range));
		}
	});

	it('takes all times for alike while nothing was seen', () => {
		const profile = createWeekProfile();
		expect(profile.weight({ from: MONDAY, to: MONDAY + 99 })).toBe(100);
		expect(profile.at({ from: MONDAY, to: MONDAY + 999 }, 0.25)).toBe(MONDAY + 250);
	});
});
