import { createCallCentre } from '../../support/callCentre';
import { pollWeeks, waits } from '../../support/weeks';

const HOUR = 3600;
const DAY = 86_400;
const DAYS = 21;
const FROM = Math.floor(Date.UTC(2026, 4, 4) / 1000);
/** Amid calls, and amid ten minutes. */
const BEGIN = FROM + DAY + 10 * HOUR + 437;
/** A generous limit that catches hangs only. */
const HANGS = 30 * 60_000;

describe('three weeks of calls that become visible up to six days late', () => {
	it.each([
		{ perDay: 100, capacity: 100, isInclusive: true },
		{ perDay: 3000, capacity: 100, isInclusive: true },
		{ perDay: 3000, capacity: 1000, isInclusive: false },
		{ perDay: 10_000, capacity: 100, isInclusive: true },
		{ perDay: 10_000, capacity: 1000, isInclusive: true },
	])(
		'$perDay a day, $capacity in a reply, inclusive: $isInclusive',
		async (setting) => {
			const centre = createCallCentre({ ...setting, days: DAYS, from: FROM, seed: setting.perDay });
			// Every fiftieth call appears one to six days late.
			centre.calls.forEach((call, i) => {
				if (i % 50 === 0) call.visible = call.start + DAY + ((i * 7919) % (5 * DAY));
			});
			const to = FROM + (DAYS + 8) * DAY;
			const result = await pollWeeks({ ...setting, centre, from: BEGIN, to });
			expect(result).toMatchObject({ missed: 0, twice: 0, unwanted: 0 });
			expect(
				waits(result, false)[Math.floor(0.99 * waits(result, false).length)],
			).toBeLessThanOrEqual(600);
			expect(waits(result, true).at(-1)).toBeLessThanOrEqual(2 * DAY);
			expect(result.largest).toBeLessThanOrEqual(380_000);
			const figures = `${setting.perDay} a day, ${setting.capacity} a reply: ${Math.round(
				result.requests / (DAYS + 7),
			)} requests a day, state ${result.largest}`;
			process.stdout.write(`${figures}\n`);
		},
		HANGS,
	);

	it(
		'gives each state of a changing record once',
		async () => {
			const centre = createCallCentre({ perDay: 3000, days: DAYS, from: FROM, seed: 9 });
			const result = await pollWeeks({
				centre,
				capacity: 100,
				isInclusive: true,
				from: BEGIN,
				to: FROM + (DAYS + 8) * DAY,
				changes: 2,
			});
			expect(result).toMatchObject({ missed: 0, unwanted: 0, repeatedStates: 0 });
		},
		HANGS,
	);
});
