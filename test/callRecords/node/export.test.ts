import { createHash } from 'node:crypto';

import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { startBinaryStorage, type BinaryStorage } from '../../support/binaryStorage';
import type * as Clock from '../../support/clock';
import type { EngineOptions } from '../../support/engine';
import { commoKit } from '../../support/kits/commo';
import { startScene, type Scene } from '../../support/reading';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

let storage: BinaryStorage;
beforeAll(async () => {
	storage = await startBinaryStorage();
});

const exported = async (
	scene: Scene,
	parameters: IDataObject = {},
	more: Partial<EngineOptions> = {},
) => await scene.getMany({ operation: 'export', ...parameters }, more);

describe('the parameters of an export', () => {
	let scene: Scene;
	beforeAll(async () => {
		scene = await startScene(commoKit, { count: 30 });
	});
	afterAll(async () => await scene.stop());

	it.each([
		[{ format: 'xlsx' }, /'Format' has to be csv or jsonl/],
		[{ output: 'original' }, /'Output' Original does not fit into a CSV file/],
		[{ output: 'everything' }, /'Output' has to be/],
		[{ fileName: '../calls.csv' }, /'File Name' has to be a name without a folder/],
		[{ fileName: 'calls\\all.csv' }, /'File Name'/],
		[{ binaryPropertyName: ' ' }, /'Put Output File in Field' is empty/],
		[{ options: { delimiter: '|' } }, /'Delimiter' has to be comma, semicolon or tab/],
		[{ options: { timeout: -1 } }, /'Timeout'/],
	])('%j is refused before anything is asked', async (parameters, message) => {
		scene.sandbox.forget();
		const { error, items } = await exported(scene, parameters);
		expect(error?.message).toMatch(message);
		expect(items).toEqual([]);
		expect(scene.sandbox.requests).toEqual([]);
	});

	it('puts the file where it is told, under the name it is given', async () => {
		const { items } = await exported(scene, {
			binaryPropertyName: 'report',
			fileName: 'März 2025',
		});
		expect(Object.keys(items[0].binary ?? {})).toEqual(['report']);
		expect(items[0].binary?.report.fileName).toBe('März 2025.csv');
	});

	it('begins with the mark that Excel looks for, when asked to', async () => {
		const { items } = await exported(scene, { options: { byteOrderMark: true } });
		const content = await storage.read(items[0].binary?.data);
		expect(content.subarray(0, 4)).toEqual(Buffer.from([0xef, 0xbb, 0xbf, 0x22]));
	});

	it.each([
		['semicolon', ';'],
		['tab', '\t'],
	])('separates cells by a %s', async (delimiter, sign) => {
		const { items } = await exported(scene, { options: { delimiter } });
		const content = await storage.read(items[0].binary?.data);
		expect(content.toString('utf8').split('\r\n')[0].split(sign)[1]).toBe('"direction"');
	});

	it('writes one file for each input item', async () => {
		const { items } = await exported(
			scene,
			{ fileName: '={{ $json.name }}' },
			{ items: [{ name: 'a' }, { name: 'b' }] },
		);
		expect(items.map(({ json }) => json.fileName)).toEqual(['a.csv', 'b.csv']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('says that the storage failed, when it did', async () => {
		const store = jest
			.spyOn(storage.service, 'store')
			.mockImplementation(async (_location, stream): Promise<IBinaryData> => {
				for await (const chunk of stream as AsyncIterable<Buffer>) {
					throw new Error(
						`no space left on device after ${chunk.length > 0 ? 'some' : 'no'} bytes`,
					);
				}
				throw new Error('nothing came');
			});
		const { error, items } = await exported(scene);
		store.mockRestore();
		expect(error?.message).toBe("n8n's binary data storage did not take the file");
		expect(error?.description).toContain('no space left on device after some bytes');
		expect(items).toEqual([]);
	});

	it('does not take a file for stored that the storage did not read to its end', async () => {
		const store = jest
			.spyOn(storage.service, 'store')
			.mockImplementation(async (_location, _stream, binary) => await Promise.resolve(binary));
		const { error, items } = await exported(scene);
		store.mockRestore();
		expect(error?.message).toBe("n8n's binary data storage did not take the file");
		expect(items).toEqual([]);
	});
});

describe('an export in a thousand parts', () => {
	let scene: Scene;
	let whole: string;
	let parts: number;
	const sha256 = async (binary: IBinaryData | undefined) =>
		createHash('sha256')
			.update(await storage.read(binary))
			.digest('hex');
	beforeAll(async () => {
		scene = await startScene(commoKit, { count: 3700, size: 5 });
		const { items } = await exported(scene);
		parts = scene.reads().length;
		whole = await sha256(items[0].binary?.data);
	});
	afterAll(async () => await scene.stop());
	beforeEach(() => scene.sandbox.forget());

	it('asks for each part once', () => expect(parts).toBeGreaterThan(1000));

	it.each([{ status: 503 }, { reset: 'middle' as const }])(
		'gets over %j in part 700',
		async (fault) => {
			scene.onRead((number) => (number >= 700 && number < 703 ? fault : undefined));
			const { items, error } = await exported(scene);
			expect(error).toBeUndefined();
			expect(await sha256(items[0].binary?.data)).toBe(whole);
			expect(items[0].json).toMatchObject({ records: 3700, checksum: whole, retries: 3 });
		},
	);

	it('ends with one error, and keeps nothing, if part 700 stays unreadable', async () => {
		const before = storage.files();
		scene.onRead((number) => (number >= 700 ? { status: 503 } : undefined));
		const { items, error } = await exported(scene);
		expect(error?.message).toMatch(/^Commo at .* is not able to answer now \(HTTP 503\)$/);
		expect(items).toEqual([]);
		expect(storage.files()).toEqual(before);
	});
});
