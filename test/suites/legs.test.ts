import { createWhile1Legs } from '../vendors/while1Voice/legs';
import { createYeastarLegs } from '../vendors/yeastarPSeries/legs';
import type { CallTruth } from '../vendors/truth';
import { KITS } from '../support/kits';
import { DAY_FROM, idsOf, startScene } from '../support/reading';

const START = DAY_FROM + 36_000;
const ann = { name: 'Ann Lee', extension: '4005' };
const ben = { name: 'Ben Novak', extension: '4006' };

/** A menu, a queue, Ann for a minute, then Ben. */
const transferred: CallTruth = {
	id: '1',
	direction: 'inbound',
	ending: 'answered',
	startedAt: START,
	endedAt: START + 143,
	waitSeconds: 24,
	menuSeconds: 13,
	talks: [
		{ agent: ann, from: START + 24, to: START + 84 },
		{ agent: ben, from: START + 84, to: START + 143 },
	],
	customer: '+40722000111',
	customerName: null,
	line: '+40212345100',
	queue: 'Sales',
	agent: ann,
	colleague: null,
};
const gaveUp: CallTruth = {
	...transferred,
	...{ id: '2', ending: 'gaveUp', talks: [], agent: null },
	...{ startedAt: START + 500, endedAt: START + 560, waitSeconds: 60 },
};

describe('the legs that a fake server writes', () => {
	it('of Yeastar: a row for menu, queue and each person, in one call', () => {
		const rows = createYeastarLegs()(transferred).map(({ row }) => row);
		expect(
			rows.map(({ call_to, ring_duration, talk_duration }) => [
				call_to,
				ring_duration,
				talk_duration,
			]),
		).toEqual([
			['IVR Welcome<6200>', undefined, 13],
			['Queue Sales<6400>', 11, 60],
			['Ann Lee<4005>', 11, 60],
			['Ben Novak<4006>', undefined, 59],
		]);
		expect(new Set(rows.map(({ call_id, uid }) => `${call_id} ${uid}`)).size).toBe(1);
		expect(new Set(rows.map(({ new_id }) => new_id)).size).toBe(4);
		expect(rows.some((row) => 'reason' in row)).toBe(false);
	});

	it('of Yeastar: only the queue says that nobody came', () => {
		const rows = createYeastarLegs()(gaveUp).map(({ row }) => row);
		expect(rows.map(({ call_to, disposition }) => [call_to, disposition])).toEqual([
			['IVR Welcome<6200>', 'ANSWERED'],
			['Queue Sales<6400>', 'NO ANSWER'],
		]);
	});

	it('of While1: a row for each person, tied by linkedid', () => {
		const rows = createWhile1Legs('Europe/Bucharest')(transferred).map(({ row }) => row);
		expect(rows.map(({ user_fullname, bill_duration }) => [user_fullname, bill_duration])).toEqual([
			['Ann Lee', '00:01:00'],
			['Ben Novak', '00:00:59'],
		]);
		expect(new Set(rows.map(({ linkedid }) => linkedid)).size).toBe(1);
	});
});

describe.each(KITS.map((kit) => ({ kit, name: kit.platform.name })))('$name', ({ kit }) => {
	it('gives every leg of calls as they truly were', async () => {
		const scene = await startScene(kit, { truths: [transferred, gaveUp] });
		const { json, error } = await scene.getMany();
		expect(error).toBeUndefined();
		expect(json.length).toBeGreaterThanOrEqual(2);
		expect(idsOf(json)).toEqual(scene.sandbox.ids().sort());
		await scene.stop();
	});
});
