import type { IDataObject } from 'n8n-workflow';

import { fakePlatform } from '../../support/fakePlatform';
import { HOUR, pollScene, type PollSetting } from '../../support/pollScene';

const START = Date.UTC(2026, 5, 10, 9) / 1000;
let now = START;
beforeEach(() => {
	now = START;
	jest.spyOn(Date, 'now').mockImplementation(() => now * 1000);
});
afterEach(() => jest.restoreAllMocks());

/** A platform that writes legs; a row's `call` is the call it belongs to, and `seconds` how long it lasted. */
const WITH_LEGS: PollSetting['platform'] = {
	legs: { settleSeconds: 60, keepsCallsWhole: ['list'] },
	mapRow: (row, id) => ({
		id,
		callId: String(row.call),
		direction: 'inbound',
		outcome: 'answered',
		talkSeconds: Number(row.seconds),
		durationSeconds: Number(row.seconds),
		started: { instant: Number(row.at) },
		ended: { instant: Number(row.at) + Number(row.seconds) },
	}),
};

/** A trigger that was activated five minutes ago. */
async function active(parameters: IDataObject = {}, more: PollSetting = {}) {
	const scene = pollScene({
		parameters: { emit: 'calls', ...parameters },
		platform: { ...WITH_LEGS, ...more.platform },
		...more,
	});
	expect(await scene.poll()).toBeNull();
	now += 300;
	return scene;
}

describe('a trigger that emits calls', () => {
	it('emits a call once, with all its legs, when it has settled, and again when a leg comes late', async () => {
		const scene = await active();
		const [first, second] = [
			scene.add(now - 200, { call: 'x', seconds: 50 }),
			scene.add(now - 140, { call: 'x', seconds: 100 }),
		];
		expect(await scene.poll()).toBeNull();
		now += 60;
		const items = await scene.poll();
		expect(items).toHaveLength(1);
		expect(items).toMatchObject([
			{ callId: 'x', platformRecordId: 'x', legCount: 2, change: 'new', isComplete: true },
		]);
		expect(items?.[0]).toMatchObject({ recordId: expect.stringMatching(/^fake:.*:x$/) as string });
		expect(items?.[0]).not.toHaveProperty('original');
		now += 300;
		expect(await scene.poll()).toBeNull();
		scene.add(now - 500, { call: 'x', seconds: 10 });
		expect(await scene.poll()).toMatchObject([{ callId: 'x', legCount: 3, change: 'updated' }]);
		expect([first, second]).toEqual(['call-1', 'call-2']);
	});

	it.each([
		['both', [{ callId: 'x', original: [{ id: 'call-1' }, { id: 'call-2' }], change: 'new' }]],
		['original', [{ id: 'call-1' }, { id: 'call-2' }]],
	])('shows the rows of a call with output %s', async (output, shown) => {
		const scene = await active({ output });
		scene.add(now - 200, { call: 'x', seconds: 10 });
		scene.add(now - 180, { call: 'x', seconds: 10 });
		expect(await scene.poll()).toMatchObject(shown);
	});

	it('waits as long as Settle Seconds say', async () => {
		const scene = await active({ options: { settleSeconds: 0 } });
		scene.add(now - 10, { call: 'x', seconds: 10 });
		expect(await scene.poll()).toMatchObject([{ callId: 'x' }]);
		const patient = await active({ options: { settleSeconds: 600 } });
		patient.add(now - 10, { call: 'x', seconds: 10 });
		now += 600;
		expect(await patient.poll()).toBeNull();
		now += 1;
		expect(await patient.poll()).toMatchObject([{ callId: 'x' }]);
	});

	it('costs one request when nothing is new, also with filters that choose legs', async () => {
		for (const filters of [{}, { did: '1' }]) {
			const scene = await active({ filters });
			scene.add(now - 200, { call: 'x', seconds: 10 });
			await scene.poll();
			now += 300;
			const before = scene.requests.length;
			expect(await scene.poll()).toBeNull();
			expect(scene.requests.length - before).toBe(1);
		}
	});

	it('shows calls whole where filters choose legs', async () => {
		const rows: IDataObject[] = [];
		const scene = pollScene({
			parameters: { emit: 'calls', filters: { did: '1', list: 'new' } },
			platform: {
				...WITH_LEGS,
				request(question, settings) {
					const request = fakePlatform.request(question, settings);
					return { ...request, qs: { ...request.qs, ...question.filters } };
				},
			},
			respond: ({ qs }) => {
				const { from, to, did, list } = qs as Record<string, string | number | undefined>;
				expect(list).toBe('new');
				const found = rows
					.filter(({ at }) => Number(at) >= Number(from) && Number(at) <= Number(to))
					.filter((row) => did === undefined || row.did === did);
				return { body: { ok: { rows: found, total: found.length } } };
			},
		});
		await scene.poll();
		now += 300;
		rows.push({ id: 'a', at: now - 200, call: 'x', seconds: 10, did: '1' });
		rows.push({ id: 'b', at: now - 180, call: 'x', seconds: 10, did: '2' });
		rows.push({ id: 'c', at: now - 180, call: 'y', seconds: 10, did: '2' });
		expect(await scene.poll()).toMatchObject([{ callId: 'x', legCount: 2 }]);
		now += 300;
		expect(await scene.poll()).toBeNull();
	});
});

describe('personal data', () => {
	it.each(['calls', 'callRecords'])(
		'is masked before it leaves a trigger that emits %s',
		async (emit) => {
			const scene = await active(
				{ emit, options: { personalData: 'lastDigits' } },
				{
					platform: {
						...WITH_LEGS,
						mapRow: (row, id, settings) => ({
							...WITH_LEGS!.mapRow!(row, id, settings),
							from: '0722000111',
							fromName: 'Ann Lee',
						}),
					},
				},
			);
			scene.add(now - 200, { call: 'x', seconds: 10 });
			const items = await scene.poll();
			expect(items).toMatchObject([{ from: '…111', fromName: null }]);
			expect(JSON.stringify(items)).not.toMatch(/0722000111|Ann Lee/);
		},
	);

	it('cannot be masked in the rows of the platform', async () => {
		const options = { personalData: 'remove' };
		const scene = pollScene({ parameters: { emit: 'calls', output: 'both', options } });
		await expect(scene.poll()).rejects.toThrow('cannot be masked');
		expect(scene.requests).toEqual([]);
	});
});

describe('a platform where a call always is one row', () => {
	it('emits its records as calls, at once and by one request', async () => {
		const scene = pollScene({ parameters: { emit: 'calls' } });
		await scene.poll();
		now += 300;
		// With the first re-check of the day before.
		await scene.poll();
		now += 300;
		const id = scene.add(now - 10);
		const before = scene.requests.length;
		expect(await scene.poll()).toMatchObject([
			{ platformRecordId: id, legCount: 1, change: 'new', isComplete: true },
		]);
		expect(scene.requests.length - before).toBe(1);
	});
});

it('a test event is the whole newest call', async () => {
	const scene = pollScene({ parameters: { emit: 'calls' }, platform: WITH_LEGS });
	scene.add(now - 3 * HOUR, { call: 'x', seconds: 10 });
	scene.add(now - HOUR, { call: 'x', seconds: 10 });
	scene.add(now - 2 * HOUR, { call: 'y', seconds: 10 });
	expect(await scene.fetchTestEvent()).toMatchObject([{ callId: 'x', legCount: 2 }]);
	expect(scene.state()).toEqual({});
});
