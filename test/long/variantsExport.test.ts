import { parse } from 'csv-parse/sync';
import type { IDataObject } from 'n8n-workflow';

import { startBinaryStorage, type BinaryStorage } from '../support/binaryStorage';
import type * as Clock from '../support/clock';
import { KITS } from '../support/kits';
import { combinations, faultsOf, few, labelOf, startVariantScene } from '../support/variantScene';
import { isOpen, singleCases } from '../support/variantTable';
import type { Variants } from '../vendors/variants';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

/** What an export shares with Get Many is tried there. */
const SOME = 6;
/** These cost seconds each, and the export has nothing of its own to do with them. */
const OMITTED = ['endless', 'huge', 'bomb'];

describe.each(KITS.map((kit) => ({ kit, name: kit.platform.name })))(
	'the export of $name',
	({ kit }) => {
		let storage: BinaryStorage;
		beforeAll(async () => {
			storage = await startBinaryStorage();
		});

		const exported = async (variants: Partial<Variants>) => {
			const scene = await startVariantScene(kit, variants);
			const [before, files] = [scene.truth(), storage.files()];
			const { error, items } = await scene.run({ operation: 'export' });
			const after = scene.truth();
			await scene.stop();
			const left = storage.files().filter((file) => !files.includes(file));
			if (error !== undefined) return { error, left, faults: [] };
			const text = (await storage.read(items[0].binary?.data)).toString('utf8');
			const records = parse(text, { columns: true }) as unknown as IDataObject[];
			return { error, left, faults: few(faultsOf(records, { before, after })) };
		};

		it.each(
			combinations(kit.platform.name)
				.slice(0, SOME)
				.map((variants) => [labelOf(variants), variants] as const),
		)('holds every record once: %s', async (_, variants) => {
			const { error, faults } = await exported(variants);
			if (error !== undefined && isOpen(variants)) return;
			expect([error?.message, faults]).toEqual([undefined, []]);
		});

		it.each(
			singleCases(kit.platform.name).filter(
				({ name, value, expected }) =>
					expected === 'error' && name !== 'empty' && !OMITTED.includes(value),
			),
		)('ends without a file: $name $value', async ({ name, value }) => {
			const { error, left } = await exported({ [name]: value });
			expect(error?.message).toMatch(/\w+ \w+ \w+/);
			expect(left).toEqual([]);
		});
	},
);
