import type { IDataObject } from 'n8n-workflow';

import { DAY, HOUR, pollScene, type PollSetting } from '../../support/pollScene';

const START = Date.UTC(2026, 5, 10, 9) / 1000;
let now = START;
beforeEach(() => {
	now = START;
	jest.spyOn(Date, 'now').mockImplementation(() => now * 1000);
});
afterEach(() => jest.restoreAllMocks());

const idsOf = (items: IDataObject[] | null) => items?.map((item) => item.platformRecordId) ?? null;
const withOptions = (options: IDataObject, more: IDataObject = {}): PollSetting => ({
	parameters: { options, ...more },
});

/** A trigger that was activated five minutes ago, with a call before that and what came since. */
async function active(setting: PollSetting = {}) {
	const scene = pollScene(setting);
	scene.add(START - HOUR);
	expect(await scene.poll()).toBeNull();
	now += 300;
	return scene;
}

describe('what appears late', () => {
	it.each([
		[{ lookBackHours: 2 }, 1.5, true],
		[{ lookBackHours: 2 }, 4, false],
		[{ lookBackHours: '5' }, 4, true],
		[{ lookBackHours: 0 }, 20, true],
		[{ lookBackHours: null }, 20, true],
		[{}, 20, true],
	])('with %j and after %d hours is found at once: %s', async (options, hours, isFound) => {
		const scene = await active(withOptions(options));
		now += DAY;
		await scene.poll();
		const id = scene.add(now - hours * HOUR);
		now += 300;
		expect(idsOf(await scene.poll())).toEqual(isFound ? [id] : null);
		// A later look finds it in any case.
		const later: unknown[] = [];
		for (let i = 0; i < 30; i++) {
			now += HOUR;
			later.push(...(idsOf(await scene.poll()) ?? []));
		}
		expect(later).toEqual(isFound ? [] : [id]);
	});

	it('is found for six days, by counts that differ', async () => {
		const scene = await active();
		for (let i = 0; i < 5; i++) scene.add(now + i * HOUR);
		now += 5 * DAY;
		await scene.poll();
		for (let i = 0; i < 40; i++) {
			now += 300;
			await scene.poll();
		}
		const id = scene.add(START + 2 * HOUR + 60);
		const found: unknown[] = [];
		for (let i = 0; i < 48; i++) {
			now += HOUR;
			found.push(...(idsOf(await scene.poll()) ?? []));
		}
		expect(found).toEqual([id]);
	});

	/** Calls of the day before activation, looked at for the third time; what that look asks for, and finds. */
	async function thirdLook(count: number, isLate: boolean, setting: PollSetting = {}) {
		const scene = pollScene({ ...withOptions({ lookBackHours: 22 }), ...setting });
		for (let i = 0; i < count; i++) scene.add(START - 20 * HOUR + i * 1800);
		await scene.poll();
		now += HOUR;
		await scene.poll();
		if (isLate) scene.add(START - 10 * HOUR + 60);
		now = START + DAY;
		const before = scene.requests.length;
		const found = idsOf(await scene.poll());
		const asked = scene.requests
			.slice(before)
			.filter(({ qs }) => (qs as { from: number }).from < START);
		return { found, requests: asked.length, id: `call-${count + 1}` };
	}

	it.each([
		[3, 1],
		[25, 4],
	])('costs a count for each reply: %i calls of which none was late', async (count, requests) => {
		expect(await thirdLook(count, false)).toMatchObject({ found: null, requests });
	});

	it('is in the one reply that holds few calls', async () => {
		const { found, requests, id } = await thirdLook(3, true);
		expect([found, requests]).toEqual([[id], 1]);
	});

	it('is read for where the count of many calls has changed', async () => {
		const { found, requests, id } = await thirdLook(25, true);
		expect(found).toEqual([id]);
		expect(requests).toBeGreaterThan(2);
	});

	it.each([true, false])('is read for where nobody counts, late: %s', async (isLate) => {
		const { found, requests, id } = await thirdLook(25, isLate, {
			platform: {
				reply: (payload) => ({
					rows: (payload as { rows: IDataObject[] }).rows,
					total: null,
					pageSize: null,
				}),
			},
		});
		expect(found).toEqual(isLate ? [id] : null);
		expect(requests).toBeGreaterThan(2);
	});

	it.each([true, false])('is read for where a day is too much, late: %s', async (isLate) => {
		const { found, requests, id } = await thirdLook(25, isLate, {
			respond: ({ qs }) => {
				const { from, to } = qs as { from: number; to: number };
				return to - from > 12 * HOUR ? { body: { no: 'much' } } : null;
			},
		});
		expect(found).toEqual(isLate ? [id] : null);
		expect(requests).toBeGreaterThan(2);
	});
});

it('leaves out what the platform sends of before the window', async () => {
	const scene = pollScene({
		...withOptions({ startFrom: 'hoursBack', hoursBack: 2 }),
		platform: { clockToleranceSeconds: () => 5 },
	});
	scene.add(START - 2 * HOUR - 3);
	const id = scene.add(START - 2 * HOUR + 3);
	expect(idsOf(await scene.poll())).toEqual([id]);
});

describe('updates', () => {
	it.each([
		[{ includeUpdates: true }, { note: 'b' }, ['updated']],
		[{ includeUpdates: false }, { note: 'b' }, null],
		[{ includeUpdates: 'true' }, { note: 'b' }, null],
		[{ includeUpdates: true }, { link: 'https://x/a?sign=2' }, null],
		[{ includeUpdates: true }, { link: 'http://x/a?sign=1' }, ['updated']],
		[{ includeUpdates: true }, { plainLink: 'http://x/a?sign=2' }, null],
		[{ includeUpdates: true }, { link: 'https://x/b?sign=1' }, ['updated']],
		[{ includeUpdates: true }, { plain: 'see https://x?2' }, ['updated']],
	])('with %j, a change to %j is handed on as %j', async (options, change, handed) => {
		const scene = await active(withOptions(options));
		const links = { link: 'https://x/a?sign=1', plainLink: 'http://x/a?sign=1' };
		scene.add(now - 10, { note: 'a', plain: 'see https://x?1', ...links });
		await scene.poll();
		Object.assign(scene.calls[1], change);
		now += 300;
		expect((await scene.poll())?.map(({ change: kind }) => kind) ?? null).toEqual(handed);
		now += 300;
		expect(await scene.poll()).toBeNull();
	});
});
