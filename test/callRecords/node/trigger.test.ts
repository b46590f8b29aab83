import type { IDataObject } from 'n8n-workflow';

import { fakePlatform, thrownBy } from '../../support/fakePlatform';
import { HOUR, pollScene, type PollSetting } from '../../support/pollScene';

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

describe('a poll', () => {
	it('hands on what is new, oldest first and once', async () => {
		const scene = await active();
		const later = scene.add(now - 10);
		const earlier = scene.add(now - 100);
		const items = await scene.poll();
		expect(idsOf(items)).toEqual([earlier, later]);
		expect(items).toMatchObject([{ change: 'new', platform: 'fake' }, { change: 'new' }]);
		now += 300;
		expect(await scene.poll()).toBeNull();
		expect(scene.said).toEqual({ info: [], warn: [] });
	});

	it.each([
		['callRecord', { platformRecordId: 'call-2', change: 'new' }],
		['both', { platformRecordId: 'call-2', change: 'new', original: { id: 'call-2' } }],
		['original', { id: 'call-2' }],
	])('shows calls as %s', async (output, shown) => {
		const scene = await active({ parameters: { output } });
		const at = now - 10;
		scene.add(at);
		const [item] = (await scene.poll())!;
		expect(item).toMatchObject(shown);
		if (output === 'original') expect(item).toEqual({ id: 'call-2', at });
	});

	it.each<[IDataObject, string]>([
		[{ output: 'csv' }, "'Output' has to be callRecord, original or both"],
		[{ emit: 'calls', output: 'callRecord' }, "'Output' has to be call, original, both"],
		[{ emit: 'legs' }, "'Emit' has to be calls or callRecords"],
		[{ emit: 'calls', options: { settleSeconds: -1 } }, "'Settle Seconds'"],
		[{ emit: 'calls', options: { longestCallHours: 49 } }, "'Longest Call Hours'"],
		[{ options: { startFrom: 'yesterday' } }, "'Start From' has to be now or hoursBack"],
		[{ options: { startFrom: 'hoursBack', hoursBack: 0 } }, "'Hours Back' has to be"],
		[{ options: { startFrom: 'hoursBack', hoursBack: 8785 } }, 'from 1 to 8784'],
		[
			{ options: { lookBackHours: 169 } },
			"'Look Back Hours' has to be a whole number from 1 to 168",
		],
		[{ options: { lookBackHours: -1 } }, "'Look Back Hours'"],
		[{ options: { maxRecordsPerPoll: 0 } }, "'Max Records per Poll'"],
		[{ options: { maxRecordsPerPoll: 1_000_001 } }, 'from 1 to 1000000'],
		[{ options: { timeout: -1 } }, "'Timeout'"],
	])('with %j is rejected, and asks nothing', async (parameters, message) => {
		const scene = pollScene({ parameters });
		const error = await thrownBy(scene.poll());
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toContain(message);
		expect(error.node.name).toBe('Fake');
		expect(scene.requests).toEqual([]);
		expect(scene.state()).toEqual({});
	});

	it('that fails changes nothing, says for which period, and is made good by the next', async () => {
		let isBroken = false;
		const scene = await active({ respond: () => (isBroken ? { body: { no: 'odd' } } : null) });
		const id = scene.add(now - 10);
		const before = scene.state();
		isBroken = true;
		const error = await thrownBy(scene.poll());
		expect(error.message).toBe('Fake PBX does not accept a filter (code odd)');
		expect(error.description).toMatch(/Period: 2026-06-\S+ to 2026-06-\S+\.$/);
		expect(scene.state()).toEqual(before);
		isBroken = false;
		expect(idsOf(await scene.poll())).toEqual([id]);
	});

	it('leaves what is new to the next one while another is under way', async () => {
		let isSlow = false;
		let answer = () => {};
		const scene = await active({
			respond: ({ qs }) =>
				isSlow
					? new Promise((resolve) => {
							answer = () => {
								const { from, to } = qs as { from: number; to: number };
								const rows = scene.calls.filter(({ at }) => at >= from && at <= to);
								resolve({ body: { ok: { rows, total: rows.length } } });
							};
						})
					: null,
		});
		const id = scene.add(now - 10);
		isSlow = true;
		const asked = scene.requests.length;
		const first = scene.poll();
		while (scene.requests.length === asked) await new Promise((resolve) => setImmediate(resolve));
		expect(await scene.poll()).toBeNull();
		expect(scene.requests).toHaveLength(asked + 1);
		// Another trigger is not held up, nor is somebody who looks for a test event.
		isSlow = false;
		const other = pollScene({ workflowId: scene.workflowId, nodeId: 'other' });
		await other.poll();
		expect(other.requests.length).toBeGreaterThan(0);
		expect(idsOf(await scene.fetchTestEvent())).toEqual([id]);
		expect(await scene.poll()).toBeNull();
		answer();
		expect(idsOf(await first)).toEqual([id]);
		now += 300;
		const next = scene.add(now - 10);
		expect(idsOf(await scene.poll())).toEqual([next]);
	});
});

describe('the beginning', () => {
	it('takes as known what is there, as far back as polls will look', async () => {
		const scene = await active(withOptions({ lookBackHours: 48 }));
		scene.add(START - 47 * HOUR);
		scene.add(START - 49 * HOUR);
		expect(idsOf(await scene.poll())).toEqual(['call-2']);
	});

	it.each([
		[{ startFrom: 'hoursBack' }, 24],
		[{ startFrom: 'hoursBack', hoursBack: 72 }, 72],
	])('may hand on what was before: %j', async (options, hours) => {
		const scene = pollScene(withOptions(options));
		const inside = scene.add(START - hours * HOUR + 60);
		scene.add(START - hours * HOUR - 60);
		const last = scene.add(START - 60);
		expect(idsOf(await scene.poll())).toEqual([inside, last]);
		now += 300;
		expect(await scene.poll()).toBeNull();
	});

	it.each<[string, PollSetting]>([
		['other filters', { parameters: { filters: { did: '2' } } }],
		[
			'another host',
			{ credentials: { baseUrl: 'http://pbx2.example.com', timezone: 'UTC', sessionToken: 't' } },
		],
		[
			'another time zone',
			{
				credentials: {
					baseUrl: 'http://pbx.example.com:8088/',
					timezone: 'Asia/Shanghai',
					sessionToken: 't',
				},
			},
		],
		['another platform', { platform: { name: 'other' } }],
	])('comes again with %s, is logged, and goes back no further', async (_what, other) => {
		const before = await active(withOptions({ startFrom: 'now' }));
		before.add(now - 10);
		const options = { startFrom: 'hoursBack', hoursBack: 72 };
		const scene = pollScene({
			state: before.state(),
			...other,
			parameters: { ...other.parameters, options },
		});
		Object.assign(scene.node, { credentials: before.node.credentials });
		scene.add(now - 10);
		expect(await scene.poll()).toBeNull();
		expect(scene.said.info).toEqual([
			'Fake: the credential or the filters were changed, so following starts anew; calls up to now are not emitted',
		]);
		now += 300;
		const id = scene.add(now - 10);
		expect(idsOf(await scene.poll())).toEqual([id]);
		expect(scene.said.info).toHaveLength(1);
	});

	it('comes again with another credential, and not with other options', async () => {
		const before = await active();
		const edited = pollScene({ state: before.state(), ...withOptions({ maxRecordsPerPoll: 7 }) });
		Object.assign(edited.node, { credentials: before.node.credentials });
		const id = edited.add(now - 10);
		expect(idsOf(await edited.poll())).toEqual([id]);
		expect(edited.said.info).toEqual([]);
		const other = pollScene({ state: before.state() });
		other.add(now - 10);
		expect(await other.poll()).toBeNull();
		expect(other.said.info).toHaveLength(1);
	});

	it.each<[string, unknown]>([
		['of another version', { version: 3 }],
		['without a time', { readTo: undefined }],
		['with a time that is none', { readTo: 'x' }],
		['with a damaged list', { recheckedTo: 'x' }],
		['without calls', { dedupe: undefined }],
	])('comes again with a memory %s', async (_what, change) => {
		const before = await active();
		const state = {
			callRecords: { ...(before.state().callRecords as object), ...(change as object) },
		};
		const scene = pollScene({ state: JSON.parse(JSON.stringify(state)) as IDataObject });
		Object.assign(scene.node, { credentials: before.node.credentials });
		scene.add(now - 10);
		expect(await scene.poll()).toBeNull();
		expect(scene.said.warn).toEqual([expect.stringContaining('cannot be read')]);
		now += 300;
		const id = scene.add(now - 10);
		expect(idsOf(await scene.poll())).toEqual([id]);
		expect(scene.said.warn).toHaveLength(1);
	});

	it.each([
		[null, 0],
		['text', 1],
		[7, 1],
	])('comes again with the memory %j', async (memory, warnings) => {
		const scene = pollScene({ state: { callRecords: memory } });
		scene.add(now - 10);
		expect(await scene.poll()).toBeNull();
		expect(scene.said.warn).toHaveLength(warnings);
	});

	it('follows without the filters that contradict following', async () => {
		const asked: IDataObject[] = [];
		const scene = await active({
			parameters: { filters: { did: '1', once: true } },
			platform: {
				excludedTriggerFilters: ['once'],
				readFilters: (given) => ({ ...given, read: true }),
				request(question, settings) {
					asked.push(question.filters);
					return fakePlatform.request(question, settings);
				},
			},
		});
		await scene.poll();
		expect(asked).toEqual(asked.map(() => ({ did: '1', read: true })));
		expect(asked.length).toBeGreaterThan(1);
	});
});
