import type { IDataObject } from 'n8n-workflow';

import { instantsOf, wallOf } from '../../nodes/callRecords/time';
import { KITS } from '../support/kits';
import { DAY_FROM, DAY_TO, idsOf, startScene, type Scene } from '../support/reading';

const kits = KITS.map((kit) => ({ kit, name: kit.platform.name }));

const startOf = ({ startedAt }: IDataObject) => Date.parse(String(startedAt)) / 1000;

/** When each call of the sandbox began, by the id of its record. */
function startsOf({ sandbox }: Scene, calls: Array<{ number: number; start: number }>) {
	const ids = sandbox.ids();
	const starts = new Map(calls.map(({ number, start }) => [number, start]));
	return new Map(sandbox.store.all().map(({ number }, i) => [ids[i], starts.get(number)!]));
}

describe.each(kits)('$name', ({ kit }) => {
	const { fixed, default: normal } = kit.platform.pageSize;
	const size = fixed ? normal : 20;

	describe.each([
		{ count: 0 },
		{ count: 1 },
		{ count: size - 1 },
		{ count: size },
		{ count: size + 1 },
		{ count: 3 * size + 7 },
	])('a window with $count records of pages of ' + size, ({ count }) => {
		let scene: Scene;
		beforeAll(async () => {
			scene = await startScene(kit, { count, size });
		});
		afterAll(async () => await scene.stop());

		it.each(['newestFirst', 'oldestFirst'])('gives all of them once, %s', async (order) => {
			const { json, error } = await scene.getMany({ options: { order } });
			expect(error).toBeUndefined();
			expect(idsOf(json)).toEqual(scene.sandbox.ids().sort());
			const sign = order === 'newestFirst' ? -1 : 1;
			const starts = json.map(startOf);
			expect(starts).toEqual([...starts].sort((a, b) => sign * (a - b)));
		});

		it.each([1, 7, size - 1, size, size + 1, 2 * size + 3])(
			'gives the newest %i when no more are wanted',
			async (limit) => {
				const { json, error } = await scene.getMany({ returnAll: false, limit });
				expect(error).toBeUndefined();
				const newest = scene.calls
					.map(({ start }) => start)
					.sort((a, b) => b - a)
					.slice(0, limit);
				expect(json.map(startOf)).toEqual(newest);
				expect(new Set(idsOf(json)).size).toBe(newest.length);
			},
		);
	});

	it('both ends of a window belong to it, and nothing beyond', async () => {
		const scene = await startScene(kit, { count: 60 });
		const starts = scene.calls.map(({ start }) => start);
		const [from, to] = [starts[10], starts[40]];
		const inside = starts.filter((start) => start >= from && start <= to);
		const { json } = await scene.getMany({ startTime: from, endTime: to });
		expect(json.map(startOf).sort()).toEqual(inside.sort());
		const one = await scene.getMany({ startTime: from, endTime: from });
		expect(one.json.map(startOf)).toEqual(starts.filter((start) => start === from));
		await scene.stop();
	});

	/** The hours around a change of the clocks, in Bucharest. */
	describe.each([
		['in spring', Date.UTC(2025, 2, 29, 22) / 1000, Date.UTC(2025, 2, 30, 21) / 1000 - 1],
		['in autumn', Date.UTC(2025, 9, 25, 21) / 1000, Date.UTC(2025, 9, 26, 22) / 1000 - 1],
	])('the day when clocks change %s', (_season, from, to) => {
		const zone = 'Europe/Bucharest';
		let scene: Scene;
		beforeAll(async () => {
			scene = await startScene(kit, { count: 4 * size, from, to, zone, size });
		});
		afterAll(async () => await scene.stop());

		it('has every call once, at its instant', async () => {
			const { json, error } = await scene.getMany({ startTime: from, endTime: to });
			expect(error).toBeUndefined();
			expect(idsOf(json)).toEqual(scene.sandbox.ids().sort());
			const starts = startsOf(scene, scene.calls);
			for (const item of json) {
				const begun = starts.get(String(item.platformRecordId))!;
				const readings = instantsOf(wallOf(begun, zone), zone);
				if (item.timeIsAmbiguous) expect(readings).toHaveLength(2);
				expect(item.timeIsAmbiguous ? readings : [begun]).toContain(startOf(item));
			}
		});

		it.each([2.5, 3.5, 4.25, 5, 6.5])('is cut %f hours in without a loss', async (hours) => {
			const border = from + hours * 3600;
			const halves = [
				{ startTime: from, endTime: border - 1 },
				{ startTime: border, endTime: to },
			];
			for (const half of halves) {
				const { json, error } = await scene.getMany(half);
				expect(error).toBeUndefined();
				const got = new Map(json.map((item) => [String(item.platformRecordId), item]));
				expect(got.size).toBe(json.length);
				for (const [id, begun] of startsOf(scene, scene.calls)) {
					const isInside = begun >= half.startTime && begun <= half.endTime;
					if (isInside) expect(got.has(id)).toBe(true);
					else if (got.has(id)) expect(got.get(id)?.timeIsAmbiguous).toBe(true);
				}
			}
		});
	});

	it('a period that ends in 9999 is read as one that ends now', async () => {
		const scene = await startScene(kit, { count: 30 });
		const { json, error } = await scene.getMany({ endTime: '9999-12-31T23:59:59Z' });
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(scene.sandbox.ids().sort());
		await scene.stop();
	});

	it('an empty window in a full year is empty', async () => {
		const scene = await startScene(kit, { count: 30 });
		const { json, error } = await scene.getMany({
			startTime: DAY_TO + 86_400,
			endTime: DAY_FROM + 40 * 86_400,
		});
		expect({ json, error }).toEqual({ json: [], error: undefined });
		expect(scene.reads().length).toBe(1);
		await scene.stop();
	});
});
