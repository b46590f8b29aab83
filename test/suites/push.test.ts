import type { IDataObject } from 'n8n-workflow';

import { KITS, type KitSandbox, type PlatformKit } from '../support/kits';
import { PUSH_TRIGGERS } from '../support/kits/pushTriggers';
import { TRIGGERS } from '../support/kits/triggers';
import { createPoller } from '../support/poller';
import { startReceiver, type Receiver, type ReceiverOptions } from '../support/receiver';
import { makeCalls, type HappenedCall } from '../vendors/calls';
import { PUSHERS, send, WEBHOOK_SECRET } from '../vendors/push';

const HOUR = 3600;

const pushing = KITS.filter(({ platform }) => platform.push);

it('every platform whose push is documented has a trigger for it, and no other', () => {
	const names = pushing.map(({ platform }) => platform.name).sort();
	expect(names).toEqual(Object.keys(PUSHERS).sort());
	expect(names).toEqual(Object.keys(PUSH_TRIGGERS).sort());
});

describe.each(pushing.map((kit) => [kit.platform.name, kit] as const))(
	'%s push trigger',
	(name, kit: PlatformKit) => {
		let sandbox: KitSandbox;
		let receivers: Receiver[];
		/** Ended more than the settling time ago, so that push and poll judge them alike. */
		let calls: HappenedCall[];

		beforeEach(async () => {
			const now = Math.floor(Date.now() / 1000);
			receivers = [];
			calls = makeCalls({ count: 40, from: now - 4 * HOUR, to: now - 3 * HOUR, seed: 3 })
				.map((call) => ({ ...call, talkSeconds: Math.min(call.talkSeconds, HOUR) }))
				.map((call) => ({ ...call, number: call.number + 1000 }));
			sandbox = await kit.start({ calls: [] });
		});
		afterEach(async () => {
			for (const { stop } of [...receivers, sandbox]) await stop();
		});

		const credentials = () => ({ ...kit.credentials(sandbox), webhookSecret: WEBHOOK_SECRET });
		const receiver = async (
			parameters: IDataObject = {},
			more: Partial<ReceiverOptions> = {},
		): Promise<Receiver> => {
			const started = await startReceiver({
				node: new PUSH_TRIGGERS[name](),
				credential: kit.credential(),
				credentials: credentials(),
				parameters,
				...more,
			});
			receivers.push(started);
			return started;
		};
		const ends = async (call: HappenedCall, { url }: Receiver) =>
			await send(url, PUSHERS[name](call));
		const polled = async (parameters: IDataObject = {}) => {
			const options = { startFrom: 'hoursBack', hoursBack: 5 };
			const poller = createPoller({
				node: new TRIGGERS[name](),
				credential: kit.credential(),
				credentials: credentials(),
				parameters: { options, ...parameters },
			});
			return (await poller.poll()) ?? [];
		};
		const byId = (items: IDataObject[]) =>
			[...items].sort((a, b) => (String(a.recordId) < String(b.recordId) ? -1 : 1));

		it('emits what the poll emits, the same fields under the same recordId', async () => {
			const some = calls.slice(0, 12);
			for (const call of some) sandbox.add(call);
			const trigger = await receiver();
			for (const call of some) expect(await ends(call, trigger)).toBe(200);
			const pushed = byId((await trigger.until(some.length)).flat());
			expect(trigger.warnings).toEqual([]);
			expect(pushed).toEqual(byId(await polled()));
			expect(pushed.every(({ isComplete }) => isComplete === true)).toBe(true);
		}, 60_000);

		it('emits each leg as the poll does', async () => {
			const [call] = calls;
			sandbox.add(call);
			const trigger = await receiver({ emit: 'callRecords', output: 'callRecord' });
			await ends(call, trigger);
			const pushed = (await trigger.until(1)).flat();
			expect(byId(pushed)).toEqual(
				byId(await polled({ emit: 'callRecords', output: 'callRecord' })),
			);
		});

		it('waits for a call that the platform shows a moment later', async () => {
			const [call] = calls;
			const trigger = await receiver();
			let reads = 0;
			sandbox.fault = (request) => {
				const isLater = sandbox.isRead(request) && ++reads > 1;
				return isLater && sandbox.ids().length === 0
					? { before: () => sandbox.add(call) }
					: undefined;
			};
			expect(await ends(call, trigger)).toBe(200);
			expect(trigger.started).toEqual([]);
			const [[item]] = await trigger.until(1);
			expect([item]).toEqual(await polled());
		});

		it('asks nothing with Look Up off, and says whether the event was all', async () => {
			const [call] = calls;
			const trigger = await receiver({ options: { lookUp: false } }, zoned());
			await ends(call, trigger);
			const [[item]] = await trigger.until(1);
			expect(sandbox.requests).toEqual([]);
			expect(item).toMatchObject({ change: 'new', isComplete: kit.platform.push?.isWhole });
			sandbox.add(call);
			const [told] = await polled();
			if (kit.platform.push?.isWhole) {
				const agreed = ['recordId', 'direction', 'from', 'startedAt', 'endedAt', 'talkSeconds'];
				for (const field of agreed) expect([field, item[field]]).toEqual([field, told[field]]);
			}
		});

		/** With a zone in the credential, the platform need not be asked for it. */
		const zoned = () => ({ credentials: { ...credentials(), timezone: kit.zone } });

		it('emits a call once however often it is sent, also at the same time', async () => {
			const [call, next] = calls;
			const trigger = await receiver({ options: { lookUp: false } }, zoned());
			const statuses = await Promise.all([1, 2, 3, 4].map(async () => await ends(call, trigger)));
			expect(statuses).toEqual([200, 200, 200, 200]);
			await ends(next, trigger);
			expect(await trigger.until(2)).toHaveLength(2);
			const ids = trigger.started.flat().map(({ callId }) => callId);
			expect(new Set(ids).size).toBe(2);
		});

		it('emits what the event says when the platform refuses, with a line in the log', async () => {
			const trigger = await receiver();
			sandbox.fault = () => ({ status: 403, body: 'no' });
			expect(await ends(calls[0], trigger)).toBe(200);
			const [[item]] = await trigger.until(1);
			expect(item).toMatchObject({ isComplete: false, platform: name, change: 'new' });
			expect(trigger.warnings.join()).toMatch(/could not be looked up/);
			for (const secret of [...kit.secrets, WEBHOOK_SECRET]) {
				expect(trigger.warnings.join()).not.toContain(secret);
			}
			expect(trigger.errors).toEqual([]);
		});

		it('masks what it emits, and refuses what cannot be masked before anything is answered', async () => {
			const [call] = calls.filter(({ direction }) => direction === 'inbound');
			const options = { lookUp: false, personalData: 'remove' };
			const trigger = await receiver({ options }, zoned());
			await ends(call, trigger);
			const [[item]] = await trigger.until(1);
			expect([item.from, item.externalNumber, item.fromName]).toEqual([null, null, null]);
			const wrong = await receiver({ options: { ...options, personalData: 'pseudonymize' } });
			expect(await ends(call, wrong)).toBe(500);
			expect(wrong.errors.join()).toMatch(/Pseudonyms need a key/);
			await expect(wrong.activate()).rejects.toThrow(/Pseudonyms need a key/);
			expect(wrong.started).toEqual([]);
		});

		it('is activated without a request', async () => {
			const trigger = await receiver();
			expect(await trigger.activate()).toBe(true);
			expect(sandbox.requests).toEqual([]);
		});
	},
);
