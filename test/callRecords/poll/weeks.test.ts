import { createCallCentre } from '../../support/callCentre';
import { pollWeeks, waits } from '../../support/weeks';

const HOUR = 3600;
const DAY = 86_400;
const FROM = Math.floor(Date.UTC(2026, 4, 4) / 1000);
/** Amid calls, and amid ten minutes. */
const BEGIN = FROM + DAY + 10 * HOUR + 437;

describe('ten days of calls that become visible late', () => {
	it.each([
		{ perDay: 300, capacity: 50, isInclusive: true },
		{ perDay: 1000, capacity: 100, isInclusive: true },
		{ perDay: 1000, capacity: 100, isInclusive: false },
	])('$perDay a day, $capacity in a reply, inclusive: $isInclusive', async (setting) => {
		const days = 3;
		const centre = createCallCentre({ perDay: setting.perDay, days, from: FROM, seed: 1 });
		const result = await pollWeeks({ ...setting, centre, from: BEGIN, to: FROM + 10 * DAY });
		expect(result).toMatchObject({ missed: 0, twice: 0, unwanted: 0 });
		expect(Math.max(...waits(result, false))).toBeLessThanOrEqual(2 * 300 + DAY);
		expect(waits(result, true).at(-1)).toBeLessThanOrEqual(DAY);
	});

	it('gives each state of a changing record once', async () => {
		const centre = createCallCentre({ perDay: 300, days: 3, from: FROM, seed: 2 });
		const result = await pollWeeks({
			centre,
			capacity: 100,
			isInclusive: true,
			from: BEGIN,
			to: FROM + 10 * DAY,
			changes: 2,
		});
		expect(result).toMatchObject({ missed: 0, unwanted: 0, repeatedStates: 0 });
		expect(result.twice).toBeGreaterThan(300);
	});

	it('would miss calls with "since the last poll" (the test of the test)', () => {
		const centre = createCallCentre({ perDay: 1000, days: 3, from: FROM, seed: 1 });
		const found = new Set<string>();
		for (let now = FROM; now < FROM + 10 * DAY; now += 300) {
			for (const { id } of centre.between(now - 300, now - 1, now)) found.add(id);
		}
		expect(found.size).toBeLessThan(0.9 * centre.calls.length);
	});
});
