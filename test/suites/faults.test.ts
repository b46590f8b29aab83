import { serverError } from '../vendors/faults';
import type { Arrived } from '../vendors/server';
import type * as Clock from '../support/clock';
import type { EngineResult } from '../support/engine';
import { FAULT_CASES, LATER_LIES, refusalCases, type Expected } from '../support/faultCases';
import { KITS } from '../support/kits';
import { idsOf, startScene, type Scene } from '../support/reading';
import { watchRequests } from '../support/underWay';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

/** All records once, or one error that says what, where and when, and not a single record. */
async function expectOutcome(
	{ kit, sandbox }: Scene,
	result: EngineResult,
	expected: Expected,
): Promise<void> {
	const { json, error } = result;
	if (expected === 'recovers' || (expected === 'either' && !error)) {
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(sandbox.ids().sort());
		return;
	}
	expect(json).toEqual([]);
	expect(error?.message).toMatch(new RegExp(`${kit.platform.title}|Base URL`));
	expect(`${error?.message} ${error?.description}`).toContain('2025-03-0');
	expect(error?.description).toMatch(/\w{3,} .*\w\./);
}

describe.each(KITS.map((kit) => ({ kit, name: kit.platform.name })))('$name', ({ kit }) => {
	let scene: Scene;
	let reads: number;
	beforeAll(async () => {
		const count = kit.platform.pageSize.fixed ? 5 * kit.platform.pageSize.default : 100;
		scene = await startScene(kit, { count });
		await scene.getMany({ options: { requestsAtOnce: 1 } });
		reads = scene.reads().length;
	});
	afterAll(async () => await scene.stop());
	// A request that was under way when a run failed arrives before the next test begins.
	const requests = watchRequests();
	afterEach(async () => await requests.quiet());
	afterAll(() => requests.stop());
	beforeEach(() => {
		scene.sandbox.fault = undefined;
		scene.sandbox.forget();
		const changeable = scene.sandbox as { clockAheadSeconds?: number };
		if (changeable.clockAheadSeconds) changeable.clockAheadSeconds = 0;
	});

	const cases = [...FAULT_CASES, ...refusalCases({ kit })];

	describe.each(cases)('$name', ({ fault, once, first = once, always, timeout, appliesTo }) => {
		const options = timeout ? { timeout } : {};

		it.each([
			// A platform that is asked something before was heard of by then.
			{ at: 1, expected: kit.platform.prepare ? once : first },
			{ at: 2, expected: once },
			{ at: 4, expected: once },
		])('at request $at: $expected', async ({ at, expected }) => {
			if (appliesTo && !appliesTo(scene)) return;
			scene.onRead((number) => (number === at ? fault(scene) : undefined));
			await expectOutcome(scene, await scene.getMany({ options }), expected);
		});

		it.each([1, 3])(`from request %i on: ${always}`, async (from) => {
			if (appliesTo && !appliesTo(scene)) return;
			scene.onRead((number) => (number >= from ? fault(scene) : undefined));
			await expectOutcome(scene, await scene.getMany({ options }), always);
		});
	});

	it.each(LATER_LIES)('$name: is not believed', async ({ fault }) => {
		for (const at of [2, 3, 4, 5]) {
			scene.onRead((number) => (number === at ? fault(scene) : undefined));
			await expectOutcome(scene, await scene.getMany(), 'recovers');
		}
	});

	it('asks nothing more once it has failed', async () => {
		const { fault } = cases.find(({ name }) => name === 'apiError 7777 (unknown)')!;
		scene.onRead((number) =>
			number === 2 ? fault(scene) : number > 2 ? serverError() : undefined,
		);
		const result = await scene.getMany({
			options: { requestsAtOnce: Math.min(5, kit.platform.requestsAtOnce.max) },
		});
		await expectOutcome(scene, result, 'fails');
		await new Promise((resolve) => setTimeout(resolve, 20));
		const { length } = scene.sandbox.requests;
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(scene.sandbox.requests).toHaveLength(length);
	});

	it.each(['HTTP 500', 'reset in the reply', 'truncated JSON'])(
		'%s twice: asks for that page again, and for nothing else',
		async (name) => {
			const { fault } = cases.find((entry) => entry.name === name)!;
			scene.onRead((number) => (number === 3 || number === 4 ? fault(scene) : undefined));
			await expectOutcome(
				scene,
				await scene.getMany({ options: { requestsAtOnce: 1 } }),
				'recovers',
			);
			const questions = scene.reads().map((request) => question(request, scene));
			expect(questions[3]).toEqual(questions[2]);
			expect(questions[4]).toEqual(questions[2]);
			expect(new Set(questions).size).toBe(questions.length - 2);
			expect(questions).toHaveLength(reads + 2);
		},
	);
});

/** What a request asks for, without its proof. */
function question({ path, fields }: Arrived, { answers }: Scene): string {
	const asked = Object.entries(fields).filter(([name]) => !answers.proofs.includes(name));
	return JSON.stringify([path, Object.fromEntries(asked)]);
}
