import type { IDataObject } from 'n8n-workflow';

import { wallOf } from '../../../nodes/callRecords/time';
import { fakePlatform, thrownBy } from '../../support/fakePlatform';
import { DAY, HOUR, pollScene, type PollSetting } from '../../support/pollScene';

const START = Date.UTC(2026, 5, 10, 9) / 1000;
let now = START;
beforeEach(() => {
	now = START;
	jest.spyOn(Date, 'now').mockImplementation(() => now * 1000);
});
afterEach(() => jest.restoreAllMocks());

const idsOf = (items: IDataObject[] | null) => items?.map((item) => item.platformRecordId) ?? null;

describe('a test event', () => {
	it('is the newest call of the last day, and leaves no trace', async () => {
		const scene = pollScene({ parameters: { output: 'both' } });
		scene.add(now - 3 * HOUR);
		const id = scene.add(now - HOUR);
		scene.add(now - 2 * HOUR);
		scene.add(now + 60);
		const items = await scene.fetchTestEvent();
		expect(items).toMatchObject([{ platformRecordId: id, change: 'new', original: { id } }]);
		expect(scene.state()).toEqual({});
		expect(scene.requests).toHaveLength(1);
	});

	it.each([DAY - 1, DAY + 1, 30 * DAY - 1])('may be of %d seconds ago', async (ago) => {
		const scene = pollScene();
		scene.add(now - 31 * DAY);
		const id = scene.add(now - ago);
		expect(idsOf(await scene.fetchTestEvent())).toEqual([id]);
	});

	it('does not keep a poll from its work meanwhile', async () => {
		const scene = pollScene();
		await scene.poll();
		now += 300;
		const id = scene.add(now - 10);
		const event = scene.fetchTestEvent();
		expect(idsOf(await scene.poll())).toEqual([id]);
		expect(idsOf(await event)).toEqual([id]);
	});

	it('is found among many, by few requests that go one after the other', async () => {
		let underWay = 0;
		let most = 0;
		const scene = pollScene({
			respond: () => {
				most = Math.max(most, ++underWay);
				setImmediate(() => underWay--);
				return null;
			},
		});
		for (let i = 0; i < 500; i++) scene.add(now - DAY + i * 150);
		expect(idsOf(await scene.fetchTestEvent())).toEqual(['call-500']);
		expect(scene.requests.length).toBeLessThan(15);
	});

	it('is none where there is none, and says what to do', async () => {
		const scene = pollScene();
		scene.add(now - 31 * DAY);
		const error = await thrownBy(scene.fetchTestEvent());
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toBe('Fake PBX has no call of the last 30 days to show');
		expect(error.description).toContain('Make a call, or remove filters.');
		expect(error.node.name).toBe('Fake');
	});

	it('that cannot be had names the period', async () => {
		const scene = pollScene({ respond: () => ({ body: { no: 'odd' } }) });
		const error = await thrownBy(scene.fetchTestEvent());
		expect(error.description).toContain('Period: 2026-06-09T09:00:00+00:00 to 2026-06-10T09:00:00');
	});

	it('may be a call that does not say when it began', async () => {
		const timeless: PollSetting['platform'] = {
			startOf: () => null,
			mapRow: (_row, id) => ({ id, direction: 'unknown', outcome: null, started: null }),
			clockToleranceSeconds: () => 5,
		};
		const scene = pollScene({ platform: timeless });
		const id = scene.add(now - HOUR);
		expect(idsOf(await scene.fetchTestEvent())).toEqual([id]);
		const outside = pollScene({ platform: { clockToleranceSeconds: () => 5 } });
		outside.add(now + 3);
		const inside = outside.add(now - 3);
		outside.add(now + 4);
		expect(idsOf(await outside.fetchTestEvent())).toEqual([inside]);
	});
});

describe('a clock that was set back', () => {
	it('is warned of, and calls are followed by its present time', async () => {
		const scene = pollScene();
		await scene.poll();
		now -= 3 * DAY;
		expect(await scene.poll()).toBeNull();
		expect(scene.said.warn).toEqual([
			'Fake: the clock of this server was set back since the last poll; calls are followed from now on by its present time',
		]);
		const id = scene.add(now + 60);
		now += 300;
		expect(idsOf(await scene.poll())).toEqual([id]);
		expect(scene.said.warn).toHaveLength(1);
	});

	it.each([HOUR - 1, HOUR])('by %d seconds is not worth a warning', async (seconds) => {
		const scene = pollScene();
		await scene.poll();
		now -= seconds;
		await scene.poll();
		expect(scene.said.warn).toEqual([]);
	});
});

describe('a batch', () => {
	it('holds as many as the user wants; the rest comes next, and that is logged', async () => {
		const scene = pollScene({ parameters: { options: { maxRecordsPerPoll: 3 } } });
		await scene.poll();
		now += 300;
		const ids = Array.from({ length: 5 }, (_, i) => scene.add(now - 100 + i));
		expect(idsOf(await scene.poll())).toEqual(ids.slice(0, 3));
		expect(scene.said.info).toEqual(['Fake: 3 calls emitted, the next poll goes on from there']);
		now += 300;
		expect(idsOf(await scene.poll())).toEqual(ids.slice(3));
		expect(scene.said.info).toHaveLength(1);
	});
});

describe('the time that n8n allows for a poll', () => {
	const slow = (seconds: number, more: PollSetting = {}) =>
		pollScene({
			...more,
			respond: () => {
				now += seconds;
				return null;
			},
		});

	it.each([
		[null, 299],
		[300_000, 299],
		[100_000, 99],
	])('of %j ms: a look that takes longer is given up', async (budgetMs, seconds) => {
		const scene = slow(seconds * 0.31, { budgetMs });
		for (let i = 0; i < 80; i++) scene.add(START - HOUR + i);
		const error = await thrownBy(scene.poll());
		expect(error.message).toContain('stopped');
		expect(scene.requests.length).toBeLessThan(6);
		expect(scene.state()).toEqual({});
	});

	it.each([
		[100_000, 14],
		[null, 44],
	])('of %j ms: is used up to its end by one look', async (budgetMs, seconds) => {
		const options = { requestsAtOnce: 1, startFrom: 'hoursBack', hoursBack: 2 };
		const scene = slow(seconds, { budgetMs, parameters: { options } });
		const ids = Array.from({ length: 24 }, (_, i) => scene.add(START - 7200 + i * 300));
		expect(idsOf(await scene.poll())).toEqual(ids);
		expect(scene.requests.length).toBeGreaterThan(3);
		expect(scene.requests.length).toBeLessThan(7);
	});

	it('ends the poll when more than half of it has passed; the next one goes on', async () => {
		let seconds = 0;
		const scene = pollScene({
			budgetMs: 100_000,
			respond: () => {
				now += seconds;
				return null;
			},
		});
		await scene.poll();
		now += 10 * DAY;
		const early = scene.add(START + HOUR);
		const late = scene.add(START + 9 * DAY);
		seconds = 61;
		expect(idsOf(await scene.poll())).toEqual([early]);
		expect(scene.said.info).toEqual(['Fake: 1 calls emitted, the next poll goes on from there']);
		seconds = 0;
		expect(idsOf(await scene.poll())).toEqual([late]);
	});
});

describe('durable cursors', () => {
	it('are followed as other state is', async () => {
		const scene = pollScene({ durable: true });
		await scene.poll();
		now += 300;
		const id = scene.add(now - 10);
		expect(idsOf(await scene.poll())).toEqual([id]);
		now += 300;
		expect(await scene.poll()).toBeNull();
	});

	it('lose no call between activation and the next poll, though n8n keeps nothing of activation', async () => {
		const scene = pollScene({ durable: true });
		await scene.pollUnstored();
		now += 300;
		const id = scene.add(now - 10);
		expect(idsOf(await scene.poll())).toEqual([id]);
		now += 300;
		const next = scene.add(now - 10);
		expect(idsOf(await scene.poll())).toEqual([next]);
	});

	it('begin anew, without what another trigger remembers', async () => {
		const scene = pollScene({ durable: true });
		await scene.pollUnstored();
		now += 300;
		const other = pollScene({ durable: true });
		other.add(now - 10);
		expect(await other.poll()).toBeNull();
		const classic = pollScene({ workflowId: scene.workflowId });
		Object.assign(classic.node, { credentials: scene.node.credentials });
		classic.add(now - 10);
		expect(await classic.poll()).toBeNull();
	});

	it('hand nothing on twice while n8n is still storing the poll before', async () => {
		const scene = pollScene({ durable: true });
		await scene.poll();
		now += 300;
		await scene.poll();
		const id = scene.add(now - 10);
		expect(idsOf(await scene.pollUnstored())).toEqual([id]);
		const asked = scene.requests.length;
		now += 2;
		expect(await scene.poll()).toBeNull();
		expect(scene.requests).toHaveLength(asked);
		now += 28;
		// What was not stored after half a minute never will be.
		expect(idsOf(await scene.poll())).toEqual([id]);
		now += 2;
		const next = scene.add(now - 1);
		expect(idsOf(await scene.poll())).toEqual([next]);
	});

	it('hand the last batch on again to no other process', async () => {
		const scene = pollScene({ durable: true });
		await scene.poll();
		now += 300;
		scene.add(now - 10);
		await scene.poll();
		const { emitted } = scene.state().callRecords as { emitted: { by: string } };
		expect(emitted.by).toBe('durable');
		const classic = pollScene();
		await classic.poll();
		now += 300;
		classic.add(now - 10);
		await classic.poll();
		const own = classic.state().callRecords as { emitted: { by: string } };
		expect(own.emitted.by).toMatch(/^[0-9a-f-]{36}$/);
	});
});

describe('a platform that speaks wall time', () => {
	const ZONE = 'Asia/Shanghai';
	const wall: PollSetting = {
		credentials: { baseUrl: 'http://pbx.example.com', timezone: ZONE, sessionToken: 't' },
		platform: {
			clock: () => 'wall',
			startOf: ({ at }) => Number(at),
			mapRow: (row, id) => ({
				id,
				direction: 'unknown',
				outcome: null,
				started: { wall: Number(row.at) },
			}),
		},
	};

	it('is followed on its own clock', async () => {
		const scene = pollScene(wall);
		scene.add(wallOf(now - 60, ZONE));
		expect(await scene.poll()).toBeNull();
		now += 300;
		const id = scene.add(wallOf(now - 60, ZONE));
		expect(idsOf(await scene.poll())).toEqual([id]);
	});

	it.each([
		['wall time', wall, (time: number) => wallOf(time, ZONE)],
		['instants', {}, (time: number) => time],
	])('and one of %s is asked in parts that fit what is known', async (_what, setting, clock) => {
		const options = { lookBackHours: 4, pageSize: 100, requestsAtOnce: 1 };
		const scene = pollScene({ ...setting, parameters: { options } });
		// Busy for an hour, quiet before and after.
		for (let i = 0; i < 24; i++) {
			const count = i >= 8 && i < 14 ? 80 : 4;
			for (let k = 0; k < count; k++) scene.add(clock(now - 4 * HOUR + i * 600 + k * 7));
		}
		await scene.poll();
		now += 300;
		// With the first re-check of the day before.
		expect(await scene.poll()).toBeNull();
		const before = scene.requests.length;
		now += 300;
		expect(await scene.poll()).toBeNull();
		const replies = Math.ceil(scene.calls.length / 100);
		expect(scene.requests.length - before).toBeLessThan(3 * replies);
	});
});

it('emits what has no time once, and says so in the log', async () => {
	const scene = pollScene({
		platform: {
			startOf: () => null,
			mapRow: (row, id) => ({ ...fakePlatform.mapRow(row, id, {} as never), started: null }),
		},
	});
	await scene.poll();
	now += 300;
	const ids = [scene.add(now - 10), scene.add(now - 5)];
	expect(idsOf(await scene.poll())).toEqual(ids);
	expect(scene.said.warn).toEqual([
		'Fake: the start of 2 calls cannot be read; each is emitted once, and updates of it are not noticed',
	]);
	for (let i = 0; i < 30; i++) {
		now += HOUR;
		expect(await scene.poll()).toBeNull();
	}
	expect(scene.said.warn).toHaveLength(1);
});

describe('a platform that does not answer', () => {
	it('ends the poll with an error, and later polls work again', async () => {
		jest.restoreAllMocks();
		let isSilent = true;
		let answer = () => {};
		const scene = pollScene({
			budgetMs: 400,
			respond: () =>
				isSilent
					? new Promise((resolve) => {
							answer = () => resolve({ body: { ok: { rows: [], total: 0 } } });
						})
					: null,
		});
		const error = await thrownBy(scene.poll());
		expect(error.message).toContain('did not answer within the time that n8n allows for a poll');
		expect(scene.state()).toEqual({});
		isSilent = false;
		expect(await scene.poll()).toBeNull();
		const stored = scene.state();
		expect(stored).toHaveProperty('callRecords');
		// The answer that came too late is not used.
		answer();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(scene.state()).toEqual(stored);
	});
});
