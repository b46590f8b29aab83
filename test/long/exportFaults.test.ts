import { startBinaryStorage, type BinaryStorage } from '../support/binaryStorage';
import type * as Clock from '../support/clock';
import type { EngineResult } from '../support/engine';
import { commoKit } from '../support/kits/commo';
import { itnioTechKit } from '../support/kits/itnioTech';
import { startScene, type Scene } from '../support/reading';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const SIZE = 5;
const COUNT = 4000;
const FAULTY = 700;

/** Exports of a thousand parts, over real HTTP: one platform with a session, one that signs. */
describe.each([commoKit, itnioTechKit].map((kit) => ({ kit, name: kit.platform.name })))(
	'$name',
	({ kit }) => {
		let scene: Scene;
		let storage: BinaryStorage;
		let whole: string;
		let before: string[];
		beforeAll(async () => {
			storage = await startBinaryStorage();
			scene = await startScene(kit, { count: COUNT, size: SIZE });
			const result = await exported();
			expect(result.items[0].json.records).toBe(COUNT);
			expect(scene.reads().length).toBeGreaterThan(1000);
			whole = await textOf(result);
		});
		afterAll(async () => await scene.stop());
		beforeEach(() => {
			scene.sandbox.fault = undefined;
			scene.sandbox.forget();
			before = storage.files();
		});

		const exported = async () => await scene.getMany({ operation: 'export' });
		const textOf = async ({ items }: EngineResult) =>
			(await storage.read(items[0]?.binary?.data)).toString('utf8');
		const newFiles = () => storage.files().filter((file) => !before.includes(file));

		it('reads part 700 of 1,000 again, until it comes', async () => {
			const faults = [{ status: 503 }, { reset: 'middle' as const }, { truncate: true }];
			scene.onRead((number) => faults[number - FAULTY]);
			const result = await exported();
			expect(result.error).toBeUndefined();
			expect(await textOf(result)).toBe(whole);
			expect(result.items[0].json.requests).toBe(scene.sandbox.requests.length);
		});

		it('ends with one error and without a file when part 700 of 1,000 stays unreadable', async () => {
			let spoiled: string | undefined;
			scene.onRead((number, request) => {
				const asked = JSON.stringify(request.fields);
				if (number === FAULTY) spoiled = asked;
				return asked === spoiled ? { status: 503 } : undefined;
			});
			const { error, items } = await exported();
			expect(error?.message).toContain(kit.platform.title);
			expect(`${error?.message} ${error?.description}`).toContain('2025-03-03');
			expect(items).toEqual([]);
			expect(newFiles()).toEqual([]);
			// Nothing more is read once it is known that the file will not be whole.
			expect(scene.reads().length).toBeLessThan(FAULTY + 60);
		});
	},
);
