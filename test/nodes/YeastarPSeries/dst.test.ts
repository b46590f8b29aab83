import { makeCalls, type HappenedCall } from '../../vendors/calls';
import { startYeastarPSeries, type YeastarSandbox } from '../../vendors/yeastarPSeries';
import { getMany, idsOf, storedFor } from './scene';

const ZONE = 'Europe/Bucharest';
const COUNT = 700;
const at = (iso: string) => Date.parse(iso) / 1000;

/** Days of 25 and of 23 hours, and the instant at which the clocks change. */
const DAYS = [
	{
		name: 'autumn',
		from: at('2025-10-26T00:00:00+03:00'),
		to: at('2025-10-26T23:59:59+02:00'),
		change: at('2025-10-26T01:00:00Z'),
	},
	{
		name: 'spring',
		from: at('2025-03-30T00:00:00+02:00'),
		to: at('2025-03-30T23:59:59+03:00'),
		change: at('2025-03-30T01:00:00Z'),
	},
];

/** How the PBX is asked, and which of its two readings it takes of a time that comes twice. */
const WAYS = [
	{ generation: 'paging', options: {}, repeatedHour: 'first' },
	{ generation: 'paging', options: { timeFormat: 'displayFormat' }, repeatedHour: 'first' },
	{ generation: 'paging', options: { timeFormat: 'displayFormat' }, repeatedHour: 'second' },
	{ generation: 'strings', options: {}, repeatedHour: 'second' },
] as const;

describe.each(DAYS)('on the day the clocks change in $name', ({ from, to, change }) => {
	const calls = makeCalls({ count: COUNT, from, to });
	const idOf = (call: HappenedCall) => String(2000 + call.number);
	let sandbox: YeastarSandbox;
	afterEach(async () => await sandbox.stop());

	describe.each(WAYS)('asked $options, $generation, $repeatedHour', (way) => {
		const { generation, options, repeatedHour } = way;
		const start = async () => {
			sandbox = await startYeastarPSeries({ calls, zone: ZONE, generation, hasLegs: false });
			sandbox.repeatedHour = repeatedHour;
		};
		const get = async (startTime: number, endTime: number, timezone: string, pageSize = 60) => {
			const { json, error } = await getMany(
				sandbox,
				{ startTime, endTime, options: { ...options, pageSize } },
				{ credentials: storedFor(sandbox, { timezone, ...session }) },
			);
			expect(error).toBeUndefined();
			return json;
		};
		let session = {};
		const signIn = async () => {
			const credentials = storedFor(sandbox, { timezone: ZONE });
			await getMany(sandbox, { startTime: from, endTime: from }, { credentials });
			const { accessToken, refreshToken, sessionEndsAt, sessionOwner } = credentials;
			session = { accessToken, refreshToken, sessionEndsAt, sessionOwner };
		};

		// Replies that hold the hour of the change, and replies that do not.
		it.each([60, 20])('gives every call once, at the right instant, %i a reply', async (size) => {
			await start();
			await signIn();
			const json = await get(from, to, ZONE, size);
			const got = json.map(({ startedAt }) => at(String(startedAt)));
			expect(got.sort()).toEqual(calls.map(({ start: began }) => began).sort());
			expect(new Set(idsOf(json)).size).toBe(COUNT);
			expect(json.filter(({ timeIsAmbiguous }) => timeIsAmbiguous)).toEqual([]);
		});

		it('gives exactly the calls of a period that begins or ends at or near the change', async () => {
			await start();
			await signIn();
			const borders = [-3600, -1800, -1, 0, 1800, 3599, 3600].map((seconds) => change + seconds);
			for (const border of borders) {
				for (const [first, last] of [
					[from, border],
					[border + 1, to],
				]) {
					const inside = calls.filter(({ start: began }) => began >= first && began <= last);
					const got = (await get(first, last, ZONE)).map(({ startedAt }) => at(String(startedAt)));
					expect(got.sort()).toEqual(inside.map(({ start: began }) => began).sort());
				}
			}
		});

		it('loses none where the zone is only known as the offset of today', async () => {
			if (generation === 'paging' && 'timeFormat' in options) return;
			await start();
			await signIn();
			const json = await get(from, to, '');
			const got = json.map(({ startedAt }) => at(String(startedAt)));
			expect(got.sort()).toEqual(calls.map(({ start: began }) => began).sort());
			if (generation === 'strings') expect(idsOf(json)).toEqual(calls.map(idOf).sort());
		});
	});
});
