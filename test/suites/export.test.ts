import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

import { parse } from 'csv-parse/sync';
import type { IDataObject } from 'n8n-workflow';

import { CALL_RECORD_FIELDS } from '../../nodes/callRecords/callRecord';
import { startBinaryStorage, type BinaryStorage } from '../support/binaryStorage';
import type * as Clock from '../support/clock';
import type { EngineOptions, EngineResult } from '../support/engine';
import { KITS } from '../support/kits';
import { DAY_FROM, DAY_TO, startScene, type Scene } from '../support/reading';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const FORMULA = /^'+(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

/** A cell as the record has it: text and numbers are told apart by the quotes, which a reader takes away. */
const asCell = (value: unknown) => (value === null ? '' : String(value));
const unguarded = (cell: string) => (FORMULA.test(cell) ? cell.slice(1) : cell);

describe.each(KITS.map((kit) => ({ kit, name: kit.platform.name })))('$name', ({ kit }) => {
	let scene: Scene;
	let storage: BinaryStorage;
	let before: string[];
	beforeAll(async () => {
		storage = await startBinaryStorage();
		const count = kit.platform.pageSize.fixed ? 5 * kit.platform.pageSize.default : 100;
		scene = await startScene(kit, { count });
	});
	afterAll(async () => await scene.stop());
	beforeEach(() => {
		scene.sandbox.fault = undefined;
		scene.sandbox.forget();
		before = storage.files();
	});

	const exported = async (parameters: IDataObject = {}, more: Partial<EngineOptions> = {}) =>
		await scene.getMany({ operation: 'export', ...parameters }, more);
	const textOf = async ({ items }: EngineResult) =>
		(await storage.read(items[0]?.binary?.data)).toString('utf8');
	const newFiles = () => storage.files().filter((file) => !before.includes(file));

	it('writes a CSV file with all records, each once and as Get Many returns it, oldest first', async () => {
		const { json: records } = await scene.getMany({ options: { order: 'oldestFirst' } });
		const result = await exported();
		expect(result.error).toBeUndefined();
		const [head, ...rows] = parse(await textOf(result), { relax_column_count: false });
		expect(head).toEqual([...CALL_RECORD_FIELDS]);
		expect(rows.map((row) => row.map(unguarded))).toEqual(
			records.map((record) => CALL_RECORD_FIELDS.map((field) => asCell(record[field]))),
		);
		expect(rows.map((row) => row[CALL_RECORD_FIELDS.indexOf('platformRecordId')]).sort()).toEqual(
			scene.sandbox.ids().sort(),
		);
	});

	it.each(['callRecord', 'original', 'both'])('writes JSON Lines with %s', async (output) => {
		const { json: records } = await scene.getMany({ output, options: { order: 'oldestFirst' } });
		const text = await textOf(await exported({ format: 'jsonl', output }));
		expect(text.endsWith('\n')).toBe(true);
		const lines = text.trimEnd().split('\n');
		expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(records);
	});

	it('writes the row of the platform into the last column', async () => {
		const { json: rows } = await scene.getMany({
			output: 'original',
			options: { order: 'oldestFirst' },
		});
		const [head, ...lines] = parse(await textOf(await exported({ output: 'both' })));
		expect(head).toEqual([...CALL_RECORD_FIELDS, 'original']);
		expect(lines.map((line) => JSON.parse(line[line.length - 1]) as unknown)).toEqual(rows);
	});

	it('says what the file is', async () => {
		const result = await exported();
		const [{ json, binary, pairedItem }] = result.items;
		const content = await storage.read(binary?.data);
		const name = `${kit.platform.name}_2025-03-03T00-00-00_2025-03-03T23-59-59.csv`;
		expect(json).toMatchObject({
			fileName: name,
			format: 'csv',
			compressed: false,
			records: scene.sandbox.ids().length,
			requests: scene.sandbox.requests.length,
			bytes: content.length,
			checksum: createHash('sha256').update(content).digest('hex'),
		});
		expect(Date.parse(String(json.from)) / 1000).toBe(DAY_FROM);
		expect(Date.parse(String(json.to)) / 1000).toBe(DAY_TO);
		expect(binary?.data).toMatchObject({
			fileName: name,
			mimeType: 'text/csv',
			fileExtension: 'csv',
		});
		expect(pairedItem).toEqual({ item: 0 });
		// The file, and what n8n notes about it.
		expect(newFiles()).toHaveLength(2);
		for (const secret of kit.secrets) expect(content.toString('utf8')).not.toContain(secret);
	});

	it('compresses to the same content', async () => {
		const plain = await textOf(await exported());
		const { items } = await exported({ compress: true, fileName: 'calls.csv' });
		const content = await storage.read(items[0].binary?.data);
		expect(gunzipSync(content).toString('utf8')).toBe(plain);
		expect(items[0].json).toMatchObject({
			fileName: 'calls.csv.gz',
			compressed: true,
			checksum: createHash('sha256').update(content).digest('hex'),
		});
		expect(items[0].binary?.data.mimeType).toBe('application/gzip');
	});

	it('writes the head of an empty period, and an empty file of JSON Lines', async () => {
		const empty = { startTime: DAY_FROM - 86_400, endTime: DAY_FROM - 86_000 };
		const csv = await exported(empty);
		expect(await textOf(csv)).toBe(
			`${CALL_RECORD_FIELDS.map((name) => `"${name}"`).join(',')}\r\n`,
		);
		expect(csv.json[0].records).toBe(0);
		const jsonl = await exported({ ...empty, format: 'jsonl' });
		expect(jsonl.error).toBeUndefined();
		expect(await textOf(jsonl)).toBe('');
	});

	it.each([false, true])('reads a failed part again (compressed: %s)', async (compress) => {
		const whole = await textOf(await exported({ compress }));
		scene.onRead((number) => (number === 3 || number === 4 ? { status: 500 } : undefined));
		const result = await exported({ compress });
		expect(result.error).toBeUndefined();
		expect(await textOf(result)).toBe(whole);
	});

	describe.each([false, true])('when parts stay unreadable (compressed: %s)', (compress) => {
		it.each([
			['HTTP 500', { status: 500 }],
			['a cut connection', { reset: 'middle' as const }],
			['half a reply', { truncate: true }],
			['a web page', { body: '<html></html>' }],
		])('%s: ends with one error and without a file', async (_name, fault) => {
			scene.onRead((number) => (number >= 4 ? fault : undefined));
			const { error, items } = await exported({ compress });
			expect(error?.message).toContain(kit.platform.title);
			expect(`${error?.message} ${error?.description}`).toContain('2025-03-0');
			expect(items).toEqual([]);
			expect(newFiles()).toEqual([]);
		});
	});

	it('goes on with the next item after a failed one, if it may', async () => {
		const { items } = await exported(
			{ startTime: '={{ $json.from }}' },
			{ items: [{ from: 'nonsense' }, { from: DAY_FROM }], continueOnFail: true },
		);
		expect(items[0].json.error).toMatch(/Start Time/);
		expect(items[0].binary).toBeUndefined();
		expect(items[1].json.records).toBe(scene.sandbox.ids().length);
		expect(items[1].pairedItem).toEqual({ item: 1 });
	});

	it('stops at once, and leaves nothing, when the run is stopped', async () => {
		const stopped = new AbortController();
		scene.onRead((number) => {
			if (number === 3) stopped.abort();
			return number >= 3 ? { delayMs: 300 } : undefined;
		});
		await exported({}, { signal: stopped.signal }).catch(() => undefined);
		const asked = scene.sandbox.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 1000));
		expect(scene.sandbox.requests.length - asked).toBeLessThanOrEqual(
			kit.platform.requestsAtOnce.max,
		);
		expect(scene.reads().length).toBeLessThan(3 + 2 * kit.platform.requestsAtOnce.default);
		expect(newFiles()).toEqual([]);
	});
});
