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

describe.each(KITS.map((kit) => [kit.platform.name, kit] as const))(
	'%s trigger',
	(_, kit: PlatformKit) => {
		let sandbox: KitSandbox;
		/** Calls for the test to add, in the order of their numbers; their starts are set when they are added. */
		let spare: HappenedCall[];

		beforeEach(async () => {
			const calls = makeCalls({ count: 60, from: START - 2 * DAY, to: START - HOUR, seed: 5 });
			spare = makeCalls({ count: 400, from: START, to: START + DAY, seed: 6 }).map((call) => ({
				...call,
				number: call.number + 1000,
			}));
			sandbox = await kit.start({ calls });
		});
		afterEach(async () => await sandbox.stop());

		const poller = (options: IDataObject = {}, more: object = {}): Poller =>
			createPoller({
				node: new TRIGGERS[kit.platform.name](),
				credential: kit.credential(),
				credentials: kit.credentials(sandbox),
				parameters: { filters: {}, emit: 'callRecords', output: 'callRecord', options, ...more },
				...more,
			});

		/** A call that began at `start` becomes visible; returns the ids of its rows. */
		const appear = (start: number): string[] => {
			const before = new Set(sandbox.ids());
			sandbox.add({ ...spare.shift()!, start });
			return sandbox.ids().filter((id) => !before.has(id));
		};

		it('takes what is there as known, then returns each new call once', async () => {
			const trigger = poller();
			expect(await trigger.poll()).toBeNull();
			now += 300;
			const first = appear(now - 60);
			const items = await trigger.poll();
			expect(idsOf(items).sort()).toEqual(first.sort());
			expect(items?.every(({ change }) => change === 'new')).toBe(true);
			now += 300;
			expect(await trigger.poll()).toBeNull();
		});

		it('finds calls that show up a minute, an hour, 20 hours and 6 days after they began, each once', async () => {
			const trigger = poller();
			await trigger.poll();
			const due = [
				{ start: now + 100, visible: now + 160 },
				{ start: now + 200, visible: now + 200 + HOUR },
				{ start: now + 300, visible: now + 300 + 20 * HOUR },
				{ start: now + 400, visible: now + 400 + 6 * DAY },
			];
			const expected: string[] = [];
			const found: string[] = [];
			for (const end = now + 8 * DAY; now < end; now += HOUR / 2) {
				for (const call of due.splice(0).filter((entry) => {
					if (entry.visible > now) return due.push(entry) === 0;
					return true;
				})) {
					expected.push(...appear(call.start));
				}
				found.push(...idsOf(await trigger.poll()));
			}
			expect(found.sort()).toEqual(expected.sort());
			expect(expected.length).toBeGreaterThanOrEqual(4);
		});

		it('emits several calls of one second, and never again', async () => {
			const trigger = poller();
			await trigger.poll();
			now += 300;
			const same = [appear(now - 100), appear(now - 100), appear(now - 100)].flat();
			expect(idsOf(await trigger.poll()).sort()).toEqual(same.sort());
			now += 300;
			const later = appear(now - 400);
			expect(idsOf(await trigger.poll())).toEqual(later);
		});

		it('changes nothing when a request fails, and delivers with the next poll', async () => {
			const trigger = poller({ longestWait: 0 });
			await trigger.poll();
			now += 300;
			const expected = appear(now - 60);
			const before = trigger.state();
			sandbox.forget();
			await trigger.restarted().poll();
			const requests = sandbox.requests.length;
			for (let failing = 1; failing <= requests; failing++) {
				sandbox.forget();
				sandbox.fault = ({ number }) =>
					number === failing ? { status: 500, body: 'broken' } : undefined;
				await expect(trigger.poll()).rejects.toMatchObject({ name: 'NodeApiError' });
				expect(trigger.state()).toEqual(before);
			}
			sandbox.fault = undefined;
			expect(idsOf(await trigger.poll()).sort()).toEqual(expected.sort());
		});

		it('declares why a poll failed', async () => {
			const trigger = poller({ longestWait: 0 });
			await trigger.poll();
			sandbox.fault = () => ({
				status: 429,
				headers: { 'retry-after': '3600' },
				body: 'slow down',
			});
			await expect(trigger.poll()).rejects.toMatchObject({
				failure: { cause: 'rate-limited', retryAfterMs: 3_600_000 },
			});
		});

		it('returns calls once when two polls run at the same time', async () => {
			const trigger = poller();
			await trigger.poll();
			now += 300;
			const expected = appear(now - 60);
			const both = await Promise.all([trigger.poll(), trigger.poll()]);
			expect(both.flatMap(idsOf).sort()).toEqual(expected.sort());
		});

		it('shows the newest call as test event and touches no state', async () => {
			const trigger = poller();
			const newest = appear(now - 30);
			const before = trigger.state();
			const items = await trigger.fetchTestEvent();
			expect(items).toHaveLength(1);
			expect(newest).toContain(String(items?.[0].platformRecordId));
			expect(trigger.state()).toEqual(before);
		});

		it('goes back the hours asked for, oldest first, in batches, without missing the middle', async () => {
			const trigger = poller({ startFrom: 'hoursBack', hoursBack: 72, maxRecordsPerPoll: 7 });
			const found: IDataObject[] = [];
			for (let i = 0; i < 60; i++) {
				const items = await trigger.poll();
				if (!items) break;
				expect(items.length).toBeLessThanOrEqual(7);
				found.push(...items);
				now += 60;
			}
			expect(idsOf(found).sort()).toEqual(sandbox.ids().sort());
			const starts = found.map(({ startedAt }) => Date.parse(String(startedAt)));
			expect(starts).toEqual([...starts].sort((a, b) => a - b));
		});

		it('starts anew when the credential changes, without returning old calls', async () => {
			const trigger = poller();
			await trigger.poll();
			now += 300;
			appear(now - 60);
			const filtered = createPoller(
				{
					node: new TRIGGERS[kit.platform.name](),
					credential: kit.credential(),
					credentials: {
						...kit.credentials(sandbox),
						baseUrl: sandbox.url.replace('127.0.0.1', 'localhost'),
					},
					parameters: { filters: {}, emit: 'callRecords', output: 'callRecord', options: {} },
				},
				trigger.state(),
			);
			expect(await filtered.poll()).toBeNull();
		});

		it('follows on after the clock of the server was ahead for a while', async () => {
			const trigger = poller();
			await trigger.poll();
			now += 3 * DAY;
			await trigger.poll();
			now = START + 600;
			const expected = appear(now - 60);
			const first = idsOf(await trigger.poll());
			now += 300;
			const more = appear(now - 30);
			const found = [...first, ...idsOf(await trigger.poll())];
			expect(found.sort()).toEqual([...expected, ...more].sort());
		});

		it('repeats no batch within a process, and after a restart only the last one; none with durable cursors', async () => {
			for (const durable of [false, true]) {
				const trigger = poller({}, { durable });
				await trigger.poll();
				now += 300;
				const earlier = appear(now - 60);
				expect(idsOf(await trigger.poll()).sort()).toEqual(earlier.sort());
				now += 300;
				const last = appear(now - 60);
				expect(idsOf(await trigger.poll()).sort()).toEqual(last.sort());
				const stored = trigger.state();
				now += 300;
				const state = stored.callRecords as { emitted: { by: string } | null };
				if (!durable) state.emitted!.by = 'another process';
				const again = createPoller(
					{
						node: new TRIGGERS[kit.platform.name](),
						credential: kit.credential(),
						credentials: kit.credentials(sandbox),
						parameters: { filters: {}, emit: 'callRecords', output: 'callRecord', options: {} },
						durable,
					},
					stored,
				);
				expect(idsOf(await again.poll()).sort()).toEqual(durable ? [] : last.sort());
			}
		});

		it('loses no call when n8n keeps nothing of the poll at activation, as with durable cursors', async () => {
			const activation = poller({}, { durable: true });
			expect(await activation.poll()).toBeNull();
			now += 120;
			const expected = appear(now - 30);
			const scheduled = poller({}, { durable: true });
			expect(idsOf(await scheduled.poll()).sort()).toEqual(expected.sort());
		});

		it('returns a changed call once more when updates are wanted, and an unchanged one never', async () => {
			const updating = poller({ includeUpdates: true });
			const plain = createPoller({
				node: new TRIGGERS[kit.platform.name](),
				credential: kit.credential(),
				credentials: kit.credentials(sandbox),
				parameters: { filters: {}, emit: 'callRecords', output: 'callRecord', options: {} },
			});
			for (const trigger of [updating, plain]) {
				await trigger.poll();
				now += 300;
				const number = spare[0].number;
				const ids = appear(now - 60);
				expect(idsOf(await trigger.poll()).sort()).toEqual(ids.sort());
				now += 300;
				sandbox.store.change(number, kit.answers!.later);
				const items = (await trigger.poll()) ?? [];
				if (trigger === plain) {
					expect(items).toEqual([]);
				} else {
					expect(items).toHaveLength(1);
					expect(items[0].change).toBe('updated');
					expect(ids).toContain(String(items[0].platformRecordId));
				}
				now += 300;
				expect(await trigger.poll()).toBeNull();
			}
		});

		it('asks one request when there is nothing new', async () => {
			const trigger = poller();
			await trigger.poll();
			now += 300;
			await trigger.poll();
			now += 300;
			sandbox.forget();
			expect(await trigger.poll()).toBeNull();
			// Also none for a clock or a format that was known before.
			expect(sandbox.requests).toHaveLength(1);
		});

		it('names the parameter that cannot be used, and asks nothing', async () => {
			for (const [options, name] of [
				[{ lookBackHours: -1 }, 'Look Back Hours'],
				[{ maxRecordsPerPoll: 0.5 }, 'Max Records per Poll'],
				[{ startFrom: 'tomorrow' }, 'Start From'],
				[{ startFrom: 'hoursBack', hoursBack: 'many' }, 'Hours Back'],
			] as const) {
				await expect(poller(options).poll()).rejects.toThrow(`'${name}'`);
			}
			expect(sandbox.requests.filter((request) => sandbox.isRead(request))).toHaveLength(0);
		});

		it('hands nothing on twice while n8n still stores a durable cursor, and all of it when storing failed', async () => {
			const trigger = poller({}, { durable: true });
			await trigger.poll();
			now += 60;
			await trigger.poll();
			const before = trigger.state();
			now += 60;
			const expected = appear(now - 30);
			expect(idsOf(await trigger.poll()).sort()).toEqual(expected.sort());
			const stale = createPoller(
				{
					node: new TRIGGERS[kit.platform.name](),
					credential: kit.credential(),
					credentials: kit.credentials(sandbox),
					parameters: { filters: {}, emit: 'callRecords', output: 'callRecord', options: {} },
					durable: true,
				},
				before,
			);
			now += 2;
			expect(await stale.poll()).toBeNull();
			now += 60;
			expect(idsOf(await stale.poll()).sort()).toEqual(expected.sort());
		});
	},
);
