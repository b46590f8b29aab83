import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { executeCallRecords } from '../../nodes/callRecords/node/actions';
import type * as Clock from '../support/clock';
import type { EngineOptions } from '../support/engine';
import { KITS, type PlatformKit } from '../support/kits';
import { DAY_FROM, idsOf, startScene, type SceneOptions } from '../support/reading';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const kits = KITS.map((kit) => ({ kit, name: kit.platform.name }));

const WEEK_TO = DAY_FROM + 7 * 86_400 - 1;
const SIZE = 100;

async function week(kit: PlatformKit, serverOrder: 'newest' | 'oldest', options: SceneOptions) {
	const scene = await startScene(kit, { size: SIZE, to: WEEK_TO, ...options });
	scene.sandbox.variants.direction = serverOrder === 'newest' ? 'down' : 'up';
	return {
		...scene,
		getMany: async (parameters: object, more?: Partial<EngineOptions>) =>
			await scene.getMany({ endTime: WEEK_TO, ...parameters }, more),
	};
}

/** The node, of a platform that bears only so many requests a minute. */
function slowNode(kit: PlatformKit, requestsPerMinute: number): INodeType {
	const { description } = kit.node();
	return {
		description,
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return await executeCallRecords(this, { ...kit.platform, requestsPerMinute });
		},
	};
}

describe.each(kits)('$name', ({ kit }) => {
	/** Where nothing is counted, the first reply does not say how much more there is. */
	const allowed = (most: number) => (kit.answers.paths.total === undefined ? 1.2 * most : most);

	it.each([0, 1, SIZE - 1])('asks once for %i records that fit into one reply', async (count) => {
		const scene = await week(kit, 'newest', { count });
		const { json } = await scene.getMany({});
		expect(json).toHaveLength(count);
		expect(scene.reads()).toHaveLength(1);
		await scene.stop();
	});

	it.each([
		['even', 'newestFirst', 'newest', 1.5],
		['even', 'newestFirst', 'oldest', 1.5],
		['even', 'oldestFirst', 'newest', 1.5],
		['even', 'oldestFirst', 'oldest', 1.5],
		// Offices sleep at night, which has to be learnt.
		['office', 'newestFirst', 'newest', 2.3],
	] as const)(
		'asks little more than it must for 40 replies of %s calls, read %s from a server that sends the %s first',
		async (shape, order, serverOrder, most) => {
			const count = 40 * SIZE;
			const scene = await week(kit, serverOrder, { count, shape });
			const { json, error } = await scene.getMany({ options: { order } });
			expect(error).toBeUndefined();
			expect(idsOf(json)).toEqual(scene.sandbox.ids().sort());
			expect(scene.reads().length / (count / SIZE)).toBeLessThanOrEqual(allowed(most));
			await scene.stop();
		},
	);

	it.each([
		[1, 'newest', 2],
		[SIZE / 2, 'newest', 2],
		[SIZE - 1, 'newest', 3],
		// A weekend says little of the Friday before it.
		[2 * SIZE, 'newest', 8],
		// The first reply shows the wrong end.
		[1, 'oldest', 12],
		[SIZE - 1, 'oldest', 12],
	] as const)(
		'the newest %i of 4000 records, from a server that sends the %s first, take at most %i requests',
		async (limit, serverOrder, most) => {
			const scene = await week(kit, serverOrder, { count: 4000, shape: 'office' });
			const { json } = await scene.getMany({ returnAll: false, limit });
			expect(json).toHaveLength(limit);
			expect(scene.reads().length).toBeLessThanOrEqual(allowed(most));
			await scene.stop();
		},
	);

	it('asks no more at once than the setting says, and as many', async () => {
		const { default: normal, max } = kit.platform.requestsAtOnce;
		for (const requestsAtOnce of [undefined, 1, 3, max]) {
			const scene = await week(kit, 'newest', { count: 1500 });
			const most = requestsAtOnce ?? normal;
			// Long enough for all of them to be under way, on a busy machine, too.
			scene.onRead(() => ({ delayMs: 15 * most }));
			const { json, error } = await scene.getMany({
				options: requestsAtOnce ? { requestsAtOnce } : {},
			});
			expect(error).toBeUndefined();
			expect(json).toHaveLength(1500);
			expect(scene.sandbox.mostAtOnce).toBe(most);
			await scene.stop();
		}
	});

	it('asks no more in a minute than the platform bears, over all items of a run', async () => {
		const scene = await week(kit, 'newest', { count: 700 });
		const times: number[] = [];
		scene.sandbox.fault = () => ({ before: () => void times.push(Date.now()) });
		const { json, error } = await scene.getMany({}, { node: slowNode(kit, 6), items: [{}, {}] });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1400);
		const most = Math.max(
			...times.map((from) => times.filter((at) => at >= from && at - from < 58_000).length),
		);
		expect(times.length).toBeGreaterThan(18);
		// A login is part of the request it is made for.
		expect(most).toBeLessThanOrEqual(7);
		await scene.stop();
	});
});
