import type { IDataObject } from 'n8n-workflow';

import { makeCall, type HappenedCall } from '../../vendors/calls';
import { startItnioTech, type ItnioTechSandbox } from '../../vendors/itnioTech';
import { createRandom } from '../../vendors/random';
import { getMany, idsOf } from './scene';

const HOUR = 3600;
const ZONES = [
	// Clocks go forward at 03:00 and back at 04:00.
	{ zone: 'Europe/Bucharest', spring: '2025-03-30T01:00:00Z', autumn: '2025-10-26T01:00:00Z' },
	{ zone: 'America/New_York', spring: '2025-03-09T07:00:00Z', autumn: '2025-11-02T06:00:00Z' },
];
const CASES = ZONES.flatMap(({ zone, spring, autumn }) =>
	(['plain', 'iso'] as const).flatMap((timeFormat) => [
		{ zone, timeFormat, change: spring, way: 'forward' },
		{ zone, timeFormat, change: autumn, way: 'back' },
	]),
);

/** A call every five minutes, for thirty hours around a change of the clocks. */
function callsAround(change: number): HappenedCall[] {
	const random = createRandom(11);
	return Array.from({ length: 360 }, (_, i) =>
		makeCall(i + 1, change - 15 * HOUR + i * 300, random, '40'),
	);
}

const startOf = ({ startedAt }: IDataObject) => Date.parse(String(startedAt)) / 1000;

describe.each(CASES)('clocks go $way in $zone, times are sent $timeFormat', (scene) => {
	const { zone, timeFormat } = scene;
	const change = Date.parse(scene.change) / 1000;
	let sandbox: ItnioTechSandbox;
	let calls: HappenedCall[];
	beforeAll(async () => {
		calls = callsAround(change);
		sandbox = await startItnioTech({ calls, zone });
	});
	afterAll(async () => await sandbox.stop());

	const read = async (from: number, to: number) =>
		await getMany(sandbox, [from, to], { options: { timeFormat } }, { timezone: zone });
	const idsBetween = (from: number, to: number) =>
		calls
			.filter(({ start }) => start >= from && start <= to)
			.map(({ number }) => String(61_000_000 + number))
			.sort();

	it('gives every call of the day once', async () => {
		const [from, to] = [change - 15 * HOUR, change + 15 * HOUR];
		const { json, error } = await read(from, to);
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(idsBetween(from, to));
	});

	it('gives each of them the instant at which it began, or says that the row leaves it open', async () => {
		const { json } = await read(change - 15 * HOUR, change + 15 * HOUR);
		const wrong = json.filter((record) => {
			const number = Number(record.platformRecordId) - 61_000_000;
			return startOf(record) !== calls[number - 1].start;
		});
		// Only the second pass of the repeated hour can be taken for the first, and then it says so.
		for (const record of wrong) {
			expect(record.timeIsAmbiguous).toBe(true);
			expect(startOf(record)).toBeGreaterThanOrEqual(change - HOUR);
			expect(startOf(record)).toBeLessThan(change);
		}
		expect(wrong.length).toBeLessThanOrEqual(scene.way === 'back' ? 12 : 0);
	});

	it.each([
		['two hours before to the change', -2 * HOUR, 0],
		['the change to two hours after', 0, 2 * HOUR],
		['one hour around it', -HOUR / 2, HOUR / 2],
	])('misses none from %s', async (_window, before, after) => {
		const [from, to] = [change + before, change + after];
		const { json, error } = await read(from, to);
		expect(error).toBeUndefined();
		const ids = idsOf(json);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toEqual(expect.arrayContaining(idsBetween(from, to)));
		// What is more than that is of the repeated hour, in its other pass, and says so.
		const inside = new Set(idsBetween(from, to));
		for (const record of json) {
			if (!inside.has(String(record.platformRecordId))) expect(record.timeIsAmbiguous).toBe(true);
		}
	});
});
