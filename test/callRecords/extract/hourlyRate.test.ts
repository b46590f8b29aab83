import fc from 'fast-check';

import { createHourlyRate } from '../../../nodes/callRecords/extract/hourlyRate';

const HOUR = 3600;
const WEEK = 168 * HOUR;
const FROM = 2900 * WEEK;
const everyMinute = (from: number, to: number) =>
	Array.from({ length: Math.floor((to - from) / 60) + 1 }, (_, i) => from + i * 60);

describe('calls per hour of the week', () => {
	it('are alike while nothing is known', () => {
		const rates = createHourlyRate();
		expect(rates.isKnown()).toBe(false);
		expect(rates.at({ from: 0, to: 99 }, 0.5)).toBe(50);
		rates.learn({ from: 0, to: 99 }, []);
		expect(rates.isKnown()).toBe(false);
	});

	it('are learnt for the same hour of another week', () => {
		const rates = createHourlyRate();
		const busy = { from: FROM + 33 * HOUR, to: FROM + 34 * HOUR - 1 };
		rates.learn({ from: FROM, to: FROM + WEEK - 1 }, everyMinute(busy.from, busy.to));
		const later = { from: busy.from + 5 * WEEK, to: busy.to + 5 * WEEK };
		expect(rates.expected(later)).toBeGreaterThan(30);
		expect(rates.expected(later)).toBeLessThan(61);
		const quiet = { from: later.from + 3 * HOUR, to: later.to + 3 * HOUR };
		expect(rates.expected(quiet)).toBeLessThan(3);
		const week = { from: FROM + 6 * WEEK, to: FROM + 7 * WEEK - 1 };
		const half = rates.at(week, 0.5) - week.from;
		expect(Math.floor(half / HOUR)).toBe(33);
	});

	it('are taken from the same hour of other days where the hour was not seen', () => {
		const rates = createHourlyRate();
		rates.learn(
			{ from: FROM, to: FROM + 24 * HOUR - 1 },
			everyMinute(FROM + 9 * HOUR, FROM + 10 * HOUR - 1),
		);
		const nextDay = (hour: number) => ({
			from: FROM + (24 + hour) * HOUR,
			to: FROM + (25 + hour) * HOUR - 1,
		});
		expect(rates.expected(nextDay(9))).toBeGreaterThan(10 * rates.expected(nextDay(3)));
	});

	it('are those of a sample, so large a share of all', () => {
		const rates = createHourlyRate();
		const day = { from: FROM, to: FROM + 24 * HOUR - 1 };
		rates.learn(
			day,
			everyMinute(day.from, day.to).filter((_, i) => i % 4 === 0),
			0.25,
		);
		expect(rates.expected(day) / (24 * 60)).toBeCloseTo(1, 1);
	});

	it('may be given as counts', () => {
		const rates = createHourlyRate();
		rates.add({ from: FROM, to: FROM + 10 * HOUR - 1 }, 1000);
		expect(rates.expected({ from: FROM, to: FROM + HOUR - 1 })).toBeCloseTo(100, 0);
		rates.add({ from: FROM, to: FROM + HOUR - 1 }, 5000);
		expect(rates.expected({ from: FROM, to: FROM + HOUR - 1 })).toBeGreaterThan(4000);
	});

	it('add up, and a share of them is found where it has passed, also in 9999', () => {
		const instants = fc.integer({ min: -1e9, max: 253_402_300_799 });
		fc.assert(
			fc.property(
				instants,
				fc.integer({ min: 2, max: 60 * WEEK }),
				fc.integer({ min: 1, max: 99 }),
				(from, length, percent) => {
					const rates = createHourlyRate();
					rates.learn({ from: FROM, to: FROM + WEEK - 1 }, everyMinute(FROM, FROM + 50 * HOUR));
					const range = { from, to: from + length - 1 };
					const at = rates.at(range, percent / 100);
					expect(at).toBeGreaterThanOrEqual(range.from);
					expect(at).toBeLessThanOrEqual(range.to);
					const before = rates.expected({ from, to: at - 1 });
					const second = rates.expected({ from: at, to: at });
					const share = (percent / 100) * rates.expected(range);
					expect(Math.abs(before - share)).toBeLessThanOrEqual(second + 0.01);
				},
			),
			{ seed: 3 },
		);
	});
});
