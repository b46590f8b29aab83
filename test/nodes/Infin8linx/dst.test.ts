import { makeCalls, type HappenedCall } from '../../vendors/calls';
import type { KitSandbox } from '../../support/kits';
import { infin8linxKit } from '../../support/kits/infin8linx';
import { runNode } from '../../support/engine';

const ZONE = 'Europe/Berlin';
const COUNT = 900;
const at = (iso: string) => Date.parse(iso) / 1000;

/** Days of 25 and of 23 hours, and the instant at which the clocks change. */
const DAYS = [
	{
		name: 'autumn',
		from: at('2025-10-26T00:00:00+02:00'),
		to: at('2025-10-26T23:59:59+01:00'),
		change: at('2025-10-26T01:00:00Z'),
		repeats: 3600,
	},
	{
		name: 'spring',
		from: at('2025-03-30T00:00:00+01:00'),
		to: at('2025-03-30T23:59:59+02:00'),
		change: at('2025-03-30T01:00:00Z'),
		repeats: 0,
	},
];

describe.each(DAYS)('Infin8linx on the day the clocks change in $name', (day) => {
	const { from, to, change, repeats } = day;
	const calls = makeCalls({ count: COUNT, from, to });
	const byId = new Map(calls.map((call) => [String(700_000 + call.number), call]));
	const isRepeated = ({ start }: HappenedCall) => Math.abs(start - change + 0.5) < repeats;
	let sandbox: KitSandbox;

	beforeAll(async () => {
		sandbox = await infin8linxKit.start({ calls, zone: ZONE });
	});
	afterAll(async () => await sandbox.stop());

	const get = async (startTime: string | number, endTime: string | number) => {
		const { json, error } = await runNode({
			node: infin8linxKit.node(),
			credential: infin8linxKit.credential(),
			credentials: infin8linxKit.credentials(sandbox, ZONE),
			timezone: ZONE,
			parameters: { period: 'custom', startTime, endTime, returnAll: true },
		});
		expect(error).toBeUndefined();
		return json;
	};
	const idsOf = (some: HappenedCall[]) => some.map(({ number }) => String(700_000 + number)).sort();

	it('gives every call once', async () => {
		const date = new Date(change * 1000).toISOString().slice(0, 10);
		const json = await get(`${date}T00:00:00`, `${date}T23:59:59`);
		expect(json.map(({ platformRecordId }) => platformRecordId).sort()).toEqual(idsOf(calls));
	});

	it('gives every call at the right instant, or says that it has two readings', async () => {
		const json = await get(from, to);
		expect(json).toHaveLength(COUNT);
		let ambiguous = 0;
		for (const record of json) {
			const call = byId.get(String(record.platformRecordId))!;
			const started = at(String(record.startedAt));
			if (started === call.start) continue;
			// The earlier reading of two: the call began in the hour's second pass.
			expect(record.timeIsAmbiguous).toBe(true);
			expect(started).toBe(call.start - repeats);
			expect(isRepeated(call)).toBe(true);
			ambiguous++;
		}
		expect(ambiguous > 0).toBe(repeats > 0);
		const durations = json.map(({ platformRecordId, durationSeconds }) => [
			byId.get(String(platformRecordId))!,
			durationSeconds,
		]);
		for (const [call, seconds] of durations as Array<[HappenedCall, number]>) {
			expect(seconds).toBe(call.ringSeconds + call.talkSeconds);
		}
	});

	it('misses no call of a period that begins or ends at or near the change', async () => {
		for (const border of [change - 1800, change - 1, change, change + 1800]) {
			for (const [first, last] of [
				[from, border],
				[border + 1, to],
			]) {
				const got = new Set((await get(first, last)).map((record) => record.platformRecordId));
				const inside = calls.filter(({ start }) => start >= first && start <= last);
				expect(idsOf(inside).filter((id) => !got.has(id))).toEqual([]);
				const strangers = calls
					.filter((call) => !isRepeated(call) && !inside.includes(call))
					.filter((call) => got.has(String(700_000 + call.number)));
				expect(strangers).toEqual([]);
			}
		}
	});
});
