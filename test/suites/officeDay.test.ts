import type { IDataObject } from 'n8n-workflow';

import {
	instantOf,
	isOfDay,
	named,
	officeDays,
	startCallScene,
	WITH_LEGS,
	type CallScene,
} from '../support/callScene';
import { TRIGGERS } from '../support/kits/triggers';
import { createPoller } from '../support/poller';
import { createThreeCxLegs } from '../vendors/threeCxRow';
import { createWhile1Legs } from '../vendors/while1Voice/legs';
import { createYeastarLegs } from '../vendors/yeastarPSeries/legs';
import type { Stored } from '../vendors/store';
import type { CallTruth } from '../vendors/truth';

/** How each platform writes the legs of a call; new ones each time, so that ids go on. */
const LEGS_OF: Record<string, () => (call: CallTruth) => Array<Stored<object>>> = {
	yeastarPSeries: () => createYeastarLegs(),
	while1Voice: () => createWhile1Legs('Europe/Bucharest'),
	threeCx: () => createThreeCxLegs(),
};

/** Platforms that tell a voicemail from a call that nobody took. */
const WITH_VOICEMAIL = ['yeastarPSeries', 'threeCx'];

/**
 * How long the caller waited, as far as the platform says it. A P-Series leaves out a duration of zero, and that of calls
 * that nobody took (docs/vendors/yeastar-p-series.md 4.4), so that a wait that ended as it began is not known.
 */
function statedWait(platform: string, truth: CallTruth): number | null {
	const { talks, waitSeconds, menuSeconds } = truth;
	const isLeftOut = talks.length === 0 && waitSeconds === menuSeconds;
	return platform === 'yeastarPSeries' && isLeftOut ? null : waitSeconds;
}

/** What an office asks of its day: one number for each question. */
interface Figures {
	offered: number;
	answeredByPerson: number;
	gaveUpInQueue: number;
	missed: number;
	voicemail: number;
}

/** @param hasVoicemail whether the platform tells a voicemail from a call that nobody took */
function trueFigures(truths: CallTruth[], hasVoicemail: boolean): Figures {
	const offered = truths.filter(({ direction }) => direction === 'inbound');
	const count = (matches: (call: CallTruth) => boolean) => offered.filter(matches).length;
	const isVoicemail = ({ ending }: CallTruth) => hasVoicemail && ending === 'voicemail';
	return {
		offered: offered.length,
		answeredByPerson: count(({ talks }) => talks.length > 0),
		gaveUpInQueue: count(
			(call) => call.talks.length === 0 && !isVoicemail(call) && call.queue !== null,
		),
		missed: count((call) => call.talks.length === 0 && !isVoicemail(call)),
		voicemail: count(isVoicemail),
	};
}

/** The same, counted as a user counts items. */
function countedFigures(items: IDataObject[]): Figures {
	const offered = items.filter(({ direction }) => direction === 'inbound');
	const count = (matches: (item: IDataObject) => boolean) => offered.filter(matches).length;
	const isOpen = ({ outcome }: IDataObject) => outcome !== 'answered' && outcome !== 'voicemail';
	return {
		offered: offered.length,
		answeredByPerson: count(({ outcome }) => outcome === 'answered'),
		gaveUpInQueue: count((item) => isOpen(item) && item.queue !== null),
		missed: count(isOpen),
		voicemail: count(({ outcome }) => outcome === 'voicemail'),
	};
}

describe.each(named(WITH_LEGS))('a day in an office, on $name', ({ kit }) => {
	const hasVoicemail = WITH_VOICEMAIL.includes(kit.platform.name);
	let scene: CallScene;
	let truths: CallTruth[];
	beforeAll(async () => {
		const zone = 'Europe/Bucharest';
		scene = await startCallScene(kit, officeDays(zone, 120), { zone });
		truths = scene.truths.filter(isOfDay);
	});
	afterAll(async () => await scene.stop());

	it('is counted rightly from calls, and wrongly from legs', async () => {
		const expected = trueFigures(truths, hasVoicemail);
		const calls = await scene.readCalls();
		expect(countedFigures(calls.json)).toEqual(expected);
		const legs = await scene.getMany();
		expect(countedFigures(legs.json)).not.toEqual(expected);
	});

	it('says of each call who took it, and how long the caller waited', async () => {
		const { json } = await scene.readCalls({ options: { order: 'oldestFirst' } });
		const of = new Map(truths.map((truth) => [truth.startedAt, truth]));
		// A voicemail may answer in place of the queue: then its caller has met none.
		const inbound = json.filter(
			({ direction, outcome }) => direction === 'inbound' && outcome !== 'voicemail',
		);
		for (const call of inbound) {
			const truth = of.get(instantOf(call.startedAt))!;
			if (truth.ending === 'voicemail') continue;
			expect([call.agentName, call.queue, call.waitSeconds, call.transferCount]).toEqual([
				truth.agent?.name ?? null,
				truth.queue,
				statedWait(kit.platform.name, truth),
				Math.max(0, truth.talks.length - 1),
			]);
		}
	});
});

describe.each(named(WITH_LEGS))('a trigger for calls, on $name', ({ kit }) => {
	const zone = 'Europe/Bucharest';
	const START = Date.UTC(2026, 5, 10, 9) / 1000;
	let now = START;
	beforeEach(() => {
		now = START;
		jest.spyOn(Date, 'now').mockImplementation(() => now * 1000);
	});
	afterEach(() => jest.restoreAllMocks());

	it('emits each call once, whole, when it has settled, and again when a leg comes late', async () => {
		const sandbox = await kit.start({ calls: [], zone });
		const trigger = createPoller({
			node: new TRIGGERS[kit.platform.name](),
			credential: kit.credential(),
			credentials: kit.credentials(sandbox, zone),
			parameters: { filters: {}, emit: 'calls', output: 'call', options: {} },
		});
		expect(await trigger.poll()).toBeNull();
		const legsOf = LEGS_OF[kit.platform.name]();
		const due = officeDays(zone, 60)
			.filter(isOfDay)
			.slice(0, 30)
			.map((call, i) => moved(call, START + 60 + i * 240 - call.startedAt))
			.map((call) => ({ call, legs: legsOf(call) }));
		const transferred = due.find(({ call, legs }) => call.talks.length > 1 && legs.length > 1);
		const late = transferred?.legs.pop();
		const waiting = due.flatMap(({ legs }) => legs);
		const found: IDataObject[] = [];
		for (let i = 0; i < 60; i++) {
			now += 300;
			for (const leg of waiting.filter(({ ended }) => ended <= now)) {
				sandbox.store.insert(leg);
				waiting.splice(waiting.indexOf(leg), 1);
			}
			found.push(...((await trigger.poll()) ?? []));
		}
		expect(waiting).toEqual([]);
		const fresh = found.filter(({ change }) => change === 'new');
		expect(fresh.map(({ startedAt }) => instantOf(startedAt)).sort()).toEqual(
			due.map(({ call }) => call.startedAt).sort(),
		);
		expect(fresh.every(({ isComplete }) => isComplete === true)).toBe(true);
		expect(late).toBeDefined();
		sandbox.store.insert(late!);
		const updates: IDataObject[] = [];
		for (let i = 0; i < 30; i++) {
			now += 3600;
			updates.push(...((await trigger.poll()) ?? []));
		}
		expect(updates).toMatchObject([{ change: 'updated', transferCount: 1 }]);
		expect(instantOf(updates[0].startedAt)).toBe(transferred!.call.startedAt);
		await sandbox.stop();
	});
});

/** The call at another time. */
function moved(call: CallTruth, seconds: number): CallTruth {
	return {
		...call,
		startedAt: call.startedAt + seconds,
		endedAt: call.endedAt + seconds,
		talks: call.talks.map(({ agent, from, to }) => ({
			agent,
			from: from + seconds,
			to: to + seconds,
		})),
	};
}
