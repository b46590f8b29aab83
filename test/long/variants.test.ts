import type * as Clock from '../support/clock';
import { KITS } from '../support/kits';
import {
	combinations,
	errorFaults,
	faultsOf,
	few,
	labelOf,
	MORE_REQUESTS,
	startVariantScene,
	type VariantScene,
} from '../support/variantScene';
import { isOpen, singleCases, type Expected } from '../support/variantTable';
import { rowsIn } from '../vendors/oracle';
import type { Variants } from '../vendors/variants';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const kits = KITS.map((kit) => ({ kit, name: kit.platform.name }));

describe.each(kits)('Get Many of $name', ({ kit }) => {
	let scene: VariantScene | undefined;
	/** Requests of a read of a vendor that does what most do. */
	let honest = 0;
	afterEach(async () => await scene?.stop());
	beforeAll(async () => {
		const plain = await startVariantScene(kit, {});
		await plain.run();
		honest = plain.sandbox.requests.length;
		await plain.stop();
	});

	const read = async (variants: Partial<Variants>, expected: Expected | 'either') => {
		scene = await startVariantScene(kit, variants);
		const before = scene.truth();
		const most = expected === 'error' ? honest + MORE_REQUESTS : undefined;
		const result = await scene.run({}, most);
		const error = result.error?.message;
		if (expected === 'all' || (expected === 'either' && error === undefined)) {
			expect(error).toBeUndefined();
			expect(few(faultsOf(result.json, { before, after: scene.truth() }))).toEqual([]);
			return;
		}
		expect(errorFaults(result)).toEqual([]);
		expect(scene.sandbox.requests.length).toBeLessThanOrEqual(honest + MORE_REQUESTS);
	};

	describe.each(singleCases(kit.platform.name).filter(({ name }) => name !== 'empty'))(
		'of a vendor with $name: $value',
		({ name, value, expected }) => {
			it(expected === 'all' ? 'gives every record once' : 'ends in one clear error', async () => {
				await read({ [name]: value }, expected);
			});
		},
	);

	it.each(['clamped', 'clampedSilently'] as const)(
		'gives every record once where nothing is counted and pages are %s',
		async (pageSize) => await read({ counts: 'never', pageSize }, 'all'),
	);

	it.each(singleCases(kit.platform.name).filter(({ name }) => name === 'empty'))(
		'of a window without records, from a vendor with $name: $value: $expected',
		async ({ value, expected }) => {
			scene = await startVariantScene(kit, { empty: value as Variants['empty'] });
			const empty = { startTime: '2025-06-01T00:00:00Z', endTime: '2025-06-01T23:59:59Z' };
			const result = await scene.run(empty);
			if (expected === 'all') {
				expect([result.error?.message, result.json]).toEqual([undefined, []]);
			} else {
				expect(errorFaults(result)).toEqual([]);
			}
			expect(scene.sandbox.requests.length).toBeLessThanOrEqual(MORE_REQUESTS);
		},
	);

	it.each(
		combinations(kit.platform.name).map((variants) => [labelOf(variants), variants] as const),
	)(
		'gives every record once: %s',
		async (_, variants) => await read(variants, isOpen(variants) ? 'either' : 'all'),
	);

	it.each(
		combinations(kit.platform.name)
			.slice(0, 12)
			.map((variants) => [labelOf(variants), variants] as const),
	)('gives the newest records where only some are wanted: %s', async (_, variants) => {
		scene = await startVariantScene(kit, { ...variants, rows: 'steady' });
		for (const limit of [3, scene.size]) {
			const { json, error } = await scene.run({ returnAll: false, limit });
			if (error !== undefined && isOpen(variants)) continue;
			expect(error?.message).toBeUndefined();
			const newest = scene
				.truth()
				.map(({ start }) => start)
				.reverse()
				.slice(0, limit);
			expect(json.map(({ startedAt }) => Date.parse(String(startedAt)) / 1000)).toEqual(newest);
		}
	});
});

describe('the test itself', () => {
	it('notices a record that is missing, one that comes twice, and one that is not there', async () => {
		const scene = await startVariantScene(KITS[0], {});
		const { json } = await scene.run();
		const truth = { before: scene.truth(), after: scene.truth() };
		await scene.stop();
		expect(faultsOf(json, truth)).toEqual([]);
		expect(faultsOf(json.slice(1), truth)).toHaveLength(1);
		expect(faultsOf([...json, json[0]], truth)).toHaveLength(2);
		const other = { ...json[0], platformRecordId: 'x', recordId: 'y' };
		expect(faultsOf([...json, other], truth)).toHaveLength(1);
		expect(rowsIn(scene.sandbox, 'id', { from: 0, to: 1 })).toEqual([]);
	});
});
