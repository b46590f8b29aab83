import { followCalls, type ShownCall } from '../../support/oneCall';

const HOUR = 3600;
const DAY = 86_400;
const START = Math.floor(Date.UTC(2026, 4, 4) / 1000);

describe('calls that appear late on a quiet platform', () => {
	it.each([
		['an hour', HOUR],
		['20 hours', 20 * HOUR],
		['2 days', 2 * DAY],
		['5 days', 5 * DAY],
		['6 days', 6 * DAY],
	])(
		'finds one that appears %s after it began, whenever that was, within a day',
		async (_, delay) => {
			const calls = Array.from({ length: 24 }, (__, i): ShownCall => {
				const start = START + DAY + i * 1.1 * HOUR;
				return { id: String(i), start, visible: start + delay };
			});
			const { handed } = await followCalls(calls, {
				from: START,
				to: START + 9 * DAY,
				every: HOUR,
			});
			expect(handed.map(({ id }) => id).sort()).toEqual(calls.map(({ id }) => id).sort());
			const waits = handed.map(({ id, at }) => at - calls[Number(id)].visible);
			expect(Math.max(...waits)).toBeLessThanOrEqual(DAY);
		},
	);
});
