import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IDataObject } from 'n8n-workflow';

import { makeCalls, type HappenedCall } from '../vendors/calls';
import { KITS, type KitSandbox, type PlatformKit } from '../support/kits';
import { TRIGGERS } from '../support/kits/triggers';
import { createPoller, type Poller } from '../support/poller';

const HOUR = 3600;
const DAY = 86_400;
const START = Date.UTC(2026, 5, 10, 9) / 1000;

/** The time by which node, engine and sandbox go. */
let now = START;

beforeEach(() => {
	now = START;
	jest.spyOn(Date, 'now').mockImplementation(() => now * 1000);
});
afterEach(() => jest.restoreAllMocks());

const idsOf = (items: IDataObject[] | null) =>
	(items ?? []).map((item) => String(item.platformRecordId));

/** What n8n is told of an API error, by the kind the platform's table gives it. */
const CAUSES: Record<string, string> = {
	credentials: 'credential-invalid',
	blocked: 'credential-invalid',
	rate: 'rate-limited',
	temporary: 'temporarily-unavailable',
	input: 'configuration-invalid',
};

const REFUSALS = KITS.flatMap((kit) =>
	Object.entries(CAUSES).flatMap(([kind, cause]) =>
		Object.entries(kit.platform.errorCodes)
			.filter(([, meaning]) => meaning.kind === kind)
			.slice(0, 1)
			.map(([code]) => ({ name: kit.platform.name, kit, kind, cause, code })),
	),
);

interface Scene {
	sandbox: KitSandbox;
	/** A poller with n8n's memory of an earlier one, or none. */
	poller(options?: IDataObject, stored?: IDataObject, more?: IDataObject): Poller;
	/** A call that began at `start` becomes visible, and its ids. */
	appear(start: number, number?: number): string[];
	stop(): Promise<void>;
}

async function startScene(kit: PlatformKit): Promise<Scene> {
	const calls = makeCalls({ count: 20, from: START - 2 * DAY, to: START - HOUR, seed: 5 });
	const spare: HappenedCall[] = makeCalls({ count: 40, from: START, to: START + DAY, seed: 6 });
	const sandbox = await kit.start({ calls });
	let next = 0;
	return {
		sandbox,
		poller: (options = {}, stored = {}, more = {}) =>
			createPoller(
				{
					node: new TRIGGERS[kit.platform.name](),
					credential: kit.credential(),
					credentials: { ...kit.credentials(sandbox), ...(more.credentials as object) },
					parameters: {
						filters: (more.filters as IDataObject) ?? {},
						emit: 'callRecords',
						output: 'callRecord',
						options: { longestWait: 0, ...options },
					},
				},
				stored,
			),
		appear(start, number = 1000 + next) {
			const before = new Set(sandbox.ids());
			sandbox.add({ ...spare[next++], number, start });
			return sandbox.ids().filter((id) => !before.has(id));
		},
		stop: async () => await sandbox.stop(),
	};
}

describe.each(KITS.map((kit) => [kit.platform.name, kit] as const))('%s trigger', (_, kit) => {
	let scene: Scene;
	beforeEach(async () => (scene = await startScene(kit)));
	afterEach(async () => await scene.stop());

	it('catches up on all calls of the time in which it was not active', async () => {
		const trigger = scene.poller();
		await trigger.poll();
		const expected: string[] = [];
		for (let hours = 1; hours < 72; hours += 5)
			expected.push(...scene.appear(START + hours * HOUR));
		now += 3 * DAY;
		const again = trigger.restarted();
		expect(idsOf(await again.poll()).sort()).toEqual(expected.sort());
		now += 300;
		expect(await again.poll()).toBeNull();
	});

	it('starts anew when the node is renamed, and returns what comes then', async () => {
		const trigger = scene.poller();
		await trigger.poll();
		now += 300;
		scene.appear(now - 60);
		// n8n keeps the memory by the node's name.
		const { workflow } = trigger;
		workflow.renameNode('Node', 'Renamed');
		const left = workflow.getStaticData('node', workflow.getNode('Renamed')!);
		expect(left).toEqual({});
		const renamed = scene.poller({}, left);
		expect(await renamed.poll()).toBeNull();
		now += 300;
		const expected = scene.appear(now - 60);
		expect(idsOf(await renamed.poll()).sort()).toEqual(expected.sort());
	});

	it.each([
		['of another version', { version: 3 }],
		['that is damaged', { recheckedTo: 'yesterday' }],
		['without calls', { dedupe: undefined }],
	])('starts anew with a memory %s', async (__, change) => {
		const trigger = scene.poller();
		await trigger.poll();
		const { callRecords } = trigger.state();
		now += 300;
		scene.appear(now - 60);
		const other = scene.poller({}, { callRecords: { ...(callRecords as IDataObject), ...change } });
		expect(await other.poll()).toBeNull();
		now += 300;
		const expected = scene.appear(now - 60);
		expect(idsOf(await other.poll()).sort()).toEqual(expected.sort());
	});

	it('says in the log that it starts anew after an edit, and does not go back again', async () => {
		const said: string[] = [];
		jest.spyOn(Container.get(Logger), 'info').mockImplementation((text) => void said.push(text));
		const options = { startFrom: 'hoursBack', hoursBack: 72 };
		const trigger = scene.poller(options);
		expect((await trigger.poll())?.length).toBe(scene.sandbox.ids().length);
		expect(said).toEqual([]);
		const host = scene.sandbox.url.replace('127.0.0.1', 'localhost');
		const edited = scene.poller(options, trigger.state(), { credentials: { baseUrl: host } });
		expect(await edited.poll()).toBeNull();
		expect(said.join()).toContain('starts anew');
		expect(said).toHaveLength(1);
	});

	it('warns of a clock that was ahead at activation and set back, and returns what comes from then on', async () => {
		const said: string[] = [];
		jest.spyOn(Container.get(Logger), 'warn').mockImplementation((text) => void said.push(text));
		const trigger = scene.poller();
		await trigger.poll();
		expect(said).toEqual([]);
		now -= 3 * DAY;
		expect(await trigger.poll()).toBeNull();
		expect(said.join()).toContain('was set back');
		const expected = scene.appear(now + 60);
		now += 300;
		expect(idsOf(await trigger.poll()).sort()).toEqual(expected.sort());
	});

	it('returns a call again for a change of its row, not for a new signature of its links', async () => {
		const trigger = scene.poller({ includeUpdates: true });
		await trigger.poll();
		now += 300;
		const number = 1000;
		scene.appear(now - 60, number);
		const link = 'https://files.example.com/call.mp3?signature=';
		scene.sandbox.store.change(number, { link: `${link}1` });
		await trigger.poll();
		now += 300;
		scene.sandbox.store.change(number, { link: `${link}2` });
		expect(await trigger.poll()).toBeNull();
		now += 300;
		scene.sandbox.store.change(number, { link: 'https://files.example.com/other.mp3?signature=2' });
		expect((await trigger.poll())?.map(({ change }) => change)).toEqual(['updated']);
	});

	it('never asks by a filter with which the platform forgets what it has shown', async () => {
		const filters = Object.fromEntries(
			(kit.platform.excludedTriggerFilters ?? []).map((name) => [name, '1']),
		);
		const trigger = scene.poller({}, {}, { filters });
		await trigger.poll();
		now += 300;
		const expected = scene.appear(now - 60);
		expect(idsOf(await trigger.poll()).sort()).toEqual(expected.sort());
		for (const { fields } of scene.sandbox.requests.filter((request) =>
			scene.sandbox.isRead(request),
		))
			for (const name of Object.keys(filters)) expect(fields[name]).toBe('3');
	});

	it('goes on when only output or options were edited', async () => {
		const trigger = scene.poller();
		await trigger.poll();
		now += 300;
		const expected = scene.appear(now - 60);
		const edited = scene.poller({ maxRecordsPerPoll: 50 }, trigger.state());
		expect(idsOf(await edited.poll()).sort()).toEqual(expected.sort());
	});

	it('finds a call that appears later than Look Back Hours allow only with a later look', async () => {
		const trigger = scene.poller({ lookBackHours: 2 });
		await trigger.poll();
		now += 6 * HOUR;
		await trigger.poll();
		const inside = scene.appear(now - 1.5 * HOUR);
		const outside = scene.appear(now - 4 * HOUR);
		now += 300;
		expect(idsOf(await trigger.poll()).sort()).toEqual(inside.sort());
		now += DAY;
		expect(idsOf(await trigger.poll()).sort()).toEqual(outside.sort());
	});

	it('returns calls whose ids are not in the order in which they began', async () => {
		const trigger = scene.poller();
		await trigger.poll();
		for (const [number, start] of [
			[9000, -200],
			[500, -100],
			[7000, -250],
			[450, -10],
		]) {
			now += 300;
			const expected = scene.appear(now + start, number);
			expect(idsOf(await trigger.poll()).sort()).toEqual(expected.sort());
		}
	});

	it('returns a call that was under way at activation and ends after it', async () => {
		const trigger = scene.poller();
		await trigger.poll();
		const expected = scene.appear(now - 3 * HOUR);
		now += 300;
		expect(idsOf(await trigger.poll()).sort()).toEqual(expected.sort());
	});

	it('keeps no secret, number or name', async () => {
		const trigger = scene.poller({ startFrom: 'hoursBack', hoursBack: 72, includeUpdates: true });
		const items = (await trigger.poll()) ?? [];
		const kept = JSON.stringify(trigger.state());
		const told = items.flatMap((item) =>
			Object.values(item).filter((value) => typeof value === 'string' && value.length > 4),
		) as string[];
		const known = new Set(['call', 'known', 'commo']);
		expect(told.length).toBeGreaterThan(20);
		for (const text of [...told, ...kit.secrets]) {
			if (!known.has(text)) expect(kept).not.toContain(text);
		}
		expect(kept).not.toContain(new URL(scene.sandbox.url).host);
	});
});

describe.each(REFUSALS)('$name, $kind refused ($code)', ({ kit, cause, code }) => {
	it(`tells n8n ${cause}, keeps its memory, and delivers when it is over`, async () => {
		const scene = await startScene(kit);
		try {
			const trigger = scene.poller();
			await trigger.poll();
			now += 300;
			const expected = scene.appear(now - 60);
			const before = trigger.state();
			const body = JSON.stringify(kit.answers!.refuse(code, 'the words of the platform'));
			const headers = { 'content-type': 'application/json' };
			scene.sandbox.fault = (request) =>
				scene.sandbox.isRead(request) ? { status: 200, headers, body } : undefined;
			await expect(trigger.poll()).rejects.toMatchObject({
				name: 'NodeApiError',
				failure: { cause },
			});
			expect(trigger.state()).toEqual(before);
			scene.sandbox.fault = undefined;
			expect(idsOf(await trigger.poll()).sort()).toEqual(expected.sort());
		} finally {
			await scene.stop();
		}
	});
});
