import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { CALL_RECORD_FIELDS } from '../../../nodes/callRecords/callRecord';
import type { Place } from '../../../nodes/callRecords/node/explain';
import { createMemory, exportRecords, fileNameWith } from '../../../nodes/callRecords/node/export';
import type { Platform } from '../../../nodes/callRecords/platform';
import { executeContext, fakeConnection, fakePlatform, thrownBy } from '../../support/fakePlatform';

const FROM = Date.UTC(2025, 2, 4) / 1000;
const TO = FROM + 86_399;

interface Setting {
	/** When calls began, in the order in which the platform sends them. */
	times?: number[];
	parameters?: IDataObject;
	platform?: Partial<Platform>;
	/** In place of the rows that the platform has in a part. */
	rows?(span: { from: number; to: number }, number: number): IDataObject[] | undefined;
	/** Asked with how many requests there were so far. */
	stopped?: (requests: number) => boolean;
	hasNoHints?: boolean;
}

function begin({ times = [FROM + 7200, FROM + 3600], parameters, ...setting }: Setting = {}) {
	const rows = times.map((at, i) => ({ id: `r${i}`, at, note: 'ä' }));
	const connection = fakeConnection({
		respond({ number, qs }) {
			const { from, to, page, pageSize } = qs as Record<string, number>;
			const matching = rows.filter(({ at }) => at >= from && at <= to);
			const sent = setting.rows?.({ from, to }, number);
			return {
				body: {
					ok: sent
						? { rows: sent, total: sent.length }
						: {
								rows: matching.slice((page - 1) * pageSize, page * pageSize),
								total: matching.length,
							},
				},
			};
		},
	});
	const platform: Platform = {
		...fakePlatform,
		reply: (payload) => ({
			...(payload as { rows: IDataObject[]; total: number }),
			pageSize: null,
		}),
		...setting.platform,
	};
	const { context, hints } = executeContext(
		connection,
		{ period: 'custom', startTime: FROM, endTime: TO, ...parameters },
		{ timezone: 'Europe/Berlin' },
	);
	const chunks: number[] = [];
	let content = Buffer.alloc(0);
	Object.assign(context.helpers, {
		async prepareBinaryData(
			file: Readable,
			fileName: string,
			mimeType: string,
		): Promise<IBinaryData> {
			file.on('data', (chunk: Buffer) => chunks.push(chunk.length));
			content = await buffer(file);
			return { data: 'stored', fileName, mimeType };
		},
	});
	if (setting.hasNoHints) Object.assign(context, { addExecutionHints: undefined });
	const place: Place = { node: context.getNode(), platform, itemIndex: 2 };
	const run = { isStopped: () => setting.stopped?.(connection.requests.length) ?? false };
	const work = exportRecords(context, platform, run, 2, place);
	return { work, hints, connection, place, chunks, content: () => content };
}

async function exported(setting: Setting = {}) {
	const { work, ...rest } = begin(setting);
	const [item, ...others]: INodeExecutionData[] = await work;
	expect(others).toEqual([]);
	return { ...rest, item, json: item.json, text: rest.content().toString('utf8') };
}

/** The cells of a CSV file in which no cell holds a delimiter or a line break. */
const cells = (text: string, delimiter = ',') =>
	text
		.replace(/\r\n$/, '')
		.split('\r\n')
		.map((line) => line.split(delimiter).map((cell) => cell.replace(/^"(.*)"$/, '$1')));
const idsIn = (text: string) =>
	cells(text)
		.slice(1)
		.map(([id]) => id.split(':').pop());

describe('a CSV file', () => {
	it('has a head, then the records, oldest first', async () => {
		const { item, text, place } = await exported();
		const [head, ...lines] = cells(text);
		expect(head).toEqual(CALL_RECORD_FIELDS);
		expect(lines.map(([id]) => id)).toEqual([
			'fake:pbx.example.com:8088:r1',
			'fake:pbx.example.com:8088:r0',
		]);
		expect(item).toEqual({
			json: {
				fileName: 'fake_2025-03-04T01-00-00_2025-03-05T00-59-59.csv',
				format: 'csv',
				compressed: false,
				platform: 'fake',
				host: 'pbx.example.com:8088',
				from: '2025-03-04T00:00:00+00:00',
				to: '2025-03-04T23:59:59+00:00',
				records: 2,
				vendorTotal: 2,
				requests: 1,
				retries: 0,
				logins: 1,
				windows: 1,
				windowsReadAgain: 0,
				bytes: Buffer.byteLength(text),
				checksum: createHash('sha256').update(text).digest('hex'),
			},
			binary: {
				data: {
					data: 'stored',
					fileName: 'fake_2025-03-04T01-00-00_2025-03-05T00-59-59.csv',
					mimeType: 'text/csv',
				},
			},
			pairedItem: { item: 2 },
		});
		expect(place).toMatchObject({
			window: { from: FROM, to: TO },
			connection: { givenZone: 'UTC' },
			advice: undefined,
		});
	});

	it.each([
		[{}, ','],
		[{ delimiter: 'comma' }, ','],
		[{ delimiter: 'semicolon' }, ';'],
		[{ delimiter: 'tab' }, '\t'],
	])('with the options %j is separated by %j', async (options, delimiter) => {
		const { text } = await exported({ parameters: { options } });
		expect(cells(text, delimiter)[0]).toEqual(CALL_RECORD_FIELDS);
	});

	it('begins with a byte order mark only when asked to', async () => {
		expect((await exported()).text.startsWith('"recordId"')).toBe(true);
		const marked = await exported({ parameters: { options: { byteOrderMark: true } } });
		expect(marked.text.startsWith('\uFEFF"recordId"')).toBe(true);
		const unsure = await exported({ parameters: { options: { byteOrderMark: 'true' } } });
		expect(unsure.text.startsWith('"recordId"')).toBe(true);
	});

	it('guards against formulas unless told not to, and writes numbers as text for Excel when told to', async () => {
		const platform = {
			facts: (row: IDataObject, id: string) => ({
				...fakePlatform.facts(row, id, {} as never),
				note: '=1+1',
				from: '0040722',
			}),
		};
		const cellsOf = async (options: IDataObject) => {
			const { text } = await exported({ times: [FROM], platform, parameters: { options } });
			const [head, line] = text.split('\r\n').map((row) => row.split(','));
			const cell = (name: string) => line[head.indexOf(`"${name}"`)];
			return [cell('note'), cell('from')];
		};
		expect(await cellsOf({})).toEqual([`"'=1+1"`, '"0040722"']);
		expect(await cellsOf({ guardFormulas: false })).toEqual(['"=1+1"', '"0040722"']);
		const [, from] = await cellsOf({ excelText: true });
		expect(from).toBe('"=""0040722"""');
	});

	it('has the row of the platform in its last column when both are wanted', async () => {
		const { text } = await exported({ times: [FROM], parameters: { output: 'both' } });
		const [head, line] = text.split('\r\n');
		expect(head.split(',').pop()).toBe('"original"');
		expect(head.split(',')).toHaveLength(CALL_RECORD_FIELDS.length + 1);
		expect(line).toContain(`,"{""id"":""r0"",""at"":${FROM},""note"":""ä""}"`);
	});
});

describe('a file of JSON lines', () => {
	it('has a line for each record', async () => {
		const { text, json, item } = await exported({
			parameters: { format: 'jsonl', output: 'original' },
		});
		expect(
			text.split('\n').map((line) => (line ? (JSON.parse(line) as IDataObject).id : '')),
		).toEqual(['r1', 'r0', '']);
		expect(json).toMatchObject({ format: 'jsonl', records: 2 });
		expect(item.binary?.data).toMatchObject({
			fileName: 'fake_2025-03-04T01-00-00_2025-03-05T00-59-59.jsonl',
			mimeType: 'application/x-ndjson',
		});
	});

	it('may be compressed', async () => {
		const { content, json, item } = await exported({
			parameters: { format: 'jsonl', output: 'callRecord', compress: true, fileName: 'calls' },
		});
		const lines = gunzipSync(content()).toString('utf8').trim().split('\n');
		expect(lines.map((line) => (JSON.parse(line) as IDataObject).platformRecordId)).toEqual([
			'r1',
			'r0',
		]);
		expect(json).toMatchObject({ compressed: true, bytes: content().length });
		expect(item.binary?.data).toMatchObject({
			fileName: 'calls.jsonl.gz',
			mimeType: 'application/gzip',
		});
		const plain = await exported({ parameters: { format: 'jsonl', compress: 'true' } });
		expect(plain.json.compressed).toBe(false);
	});

	it('is empty without records', async () => {
		const { text, json } = await exported({ times: [], parameters: { format: 'jsonl' } });
		expect([text, json.records, json.bytes]).toEqual(['', 0, 0]);
	});
});

describe('the file', () => {
	it.each([
		[' März 2025 ', 'März 2025.csv'],
		['calls.csv', 'calls.csv'],
		['', 'fake_2025-03-04T01-00-00_2025-03-05T00-59-59.csv'],
		[7, 'fake_2025-03-04T01-00-00_2025-03-05T00-59-59.csv'],
	])('%j is called %j', async (fileName, called) => {
		const { json, item } = await exported({ parameters: { fileName } });
		expect([json.fileName, item.binary?.data.fileName]).toEqual([called, called]);
	});

	it('goes into the field that is named', async () => {
		const { item } = await exported({ parameters: { binaryPropertyName: 'report' } });
		expect(Object.keys(item.binary ?? {})).toEqual(['report']);
	});

	it.each<[IDataObject, string, string, string]>([
		[{ format: 'xlsx' }, 'Format', "'Format' has to be csv or jsonl", ''],
		[{ format: ['csv'] }, 'Format', "'Format' has to be csv or jsonl", ''],
		[{ output: 'original' }, 'Output', 'does not go into a CSV file', 'Choose JSON Lines'],
		[{ output: 'x' }, 'Output', "'Output' has to be", ''],
		[{ fileName: 'a/b' }, 'File Name', 'a name without a folder', 'Leave out slashes'],
		[{ fileName: 'a\\b' }, 'File Name', 'a name without a folder', 'Leave out slashes'],
		[{ fileName: 'a\u0007b' }, 'File Name', 'a name without a folder', 'Leave out slashes'],
		[{ options: { delimiter: '|' } }, 'Delimiter', 'has to be comma, semicolon or tab', ''],
	])('is not begun with %j', async (parameters, parameter, message, advice) => {
		const { work, connection } = begin({ parameters });
		const error = await thrownBy(work);
		expect(error).toMatchObject({ parameter });
		expect(error.message).toContain(message);
		expect((error as { advice?: string }).advice ?? '').toContain(advice);
		expect(connection.requests).toEqual([]);
	});

	it('holds only what the filters let through, as the platform reads them', async () => {
		const asked: IDataObject[] = [];
		await exported({
			parameters: { filters: { did: '1' } },
			platform: {
				readFilters: (given) => ({ ...given, read: true }),
				request(question, settings) {
					asked.push(question.filters);
					return fakePlatform.request(question, settings);
				},
				givesOnce: () => undefined,
			},
		});
		expect(asked).toEqual([{ did: '1', read: true }]);
	});
});

describe('a long export', () => {
	const times = Array.from({ length: 400 }, (_, i) => FROM + ((i * 7919) % 86_400));
	const sorted = times
		.map((at, i) => ({ at, id: `r${i}` }))
		.sort((a, b) => a.at - b.at)
		.map(({ id }) => id);

	it('holds all records once, oldest first, and is handed on in small pieces', async () => {
		const { text, chunks, json, hints } = await exported({ times });
		expect(idsIn(text)).toEqual(sorted);
		expect(json.records).toBe(400);
		expect(Number(json.requests)).toBeGreaterThan(40);
		expect(chunks.length).toBeGreaterThan(2);
		for (const length of chunks.slice(0, -1)) {
			expect(length).toBeGreaterThanOrEqual(16_384);
			expect(length).toBeLessThan(20_000);
		}
		expect(hints).toEqual([]);
	});

	it('has a record once that moves while it is read', async () => {
		const { text, json } = await exported({
			rows: ({ from, to }, number) =>
				number === 1
					? Array.from({ length: 11 }, (_, i) => ({ id: `x${i}`, at: FROM + i }))
					: [
							{ id: 'moving', at: from },
							{ id: `r${from}`, at: to },
						],
			platform: {
				reply: (payload) => {
					const { rows } = payload as { rows: IDataObject[] };
					return { rows: rows.slice(0, 10), total: rows.length, pageSize: null };
				},
			},
		});
		const ids = idsIn(text);
		expect(ids.filter((id) => id === 'moving')).toHaveLength(1);
		expect(ids.length).toBeGreaterThan(2);
		expect(json.records).toBe(ids.length);
	});

	it('leaves out what lies outside of the period', async () => {
		const { text, json } = await exported({
			times: [FROM - 2, FROM, TO, TO + 1],
			platform: { slackSeconds: () => 5 },
		});
		expect(idsIn(text)).toEqual(['r1', 'r2']);
		expect(json.records).toBe(2);
	});

	it('keeps what has no time, before all others', async () => {
		const { text } = await exported({
			times: [FROM + 1, NaN],
			rows: () => [
				{ id: 'late', at: FROM + 1 },
				{ id: 'timeless', at: null },
			],
			platform: {
				startOf: ({ at }) => (at === null ? null : Number(at)),
				facts: (row, id) => ({
					id,
					direction: 'unknown',
					outcome: null,
					started: row.at === null ? null : { instant: Number(row.at) },
				}),
			},
		});
		expect(idsIn(text)).toEqual(['timeless', 'late']);
	});

	it.each([1, 5])('that is stopped after request %i is no file', async (last) => {
		const { work, connection } = begin({
			times,
			parameters: { options: { requestsAtOnce: 1 } },
			stopped: (requests) => requests >= last,
		});
		expect((await thrownBy(work)).message).toMatch(/stopped/);
		expect(connection.requests).toHaveLength(last);
	});

	it('says what was unusual, in versions of n8n that can show it', async () => {
		const lying = {
			rows: (_span: object, number: number) =>
				Array.from({ length: number === 1 ? 3 : 2 }, (_, i) => ({ id: `r${i}`, at: FROM + i })),
			platform: {
				reply: (payload: unknown) => ({
					rows: (payload as { rows: IDataObject[] }).rows.slice(0, 2),
					total: (payload as { total: number }).total,
					pageSize: null,
				}),
			},
		};
		const { hints, text } = await exported(lying);
		expect(hints).toEqual([
			'Fake PBX contradicted itself 1 time; those parts were read again until they added up.',
		]);
		expect(idsIn(text)).toEqual(['r0', 'r1']);
		expect((await exported({ ...lying, hasNoHints: true })).json.records).toBe(2);
	});

	it('has advice for when it fails, where records are handed over only once', async () => {
		const { work, place } = begin({ platform: { givesOnce: () => 'Gone.' } });
		await work;
		expect(place.advice).toBe('Gone.');
	});
});

describe('the memory for ids', () => {
	it('knows what it saw lately, forgets what is long ago, and never holds more than twice its size', () => {
		const isNew = createMemory(100);
		const ids = Array.from({ length: 10_000 }, (_, i) => `id-${i}`);
		expect(ids.every(isNew)).toBe(true);
		expect(ids.slice(-100).some(isNew)).toBe(false);
		expect(isNew(ids[0])).toBe(true);
		expect(isNew(ids[0])).toBe(false);
	});
});

describe('the name of the file', () => {
	it.each([
		['calls', ['csv'], 'calls.csv'],
		['calls.csv', ['csv'], 'calls.csv'],
		['calls.CSV', ['csv'], 'calls.csv'],
		['calls', ['csv', 'gz'], 'calls.csv.gz'],
		['calls.csv', ['csv', 'gz'], 'calls.csv.gz'],
		['calls.csv.gz', ['csv', 'gz'], 'calls.csv.gz'],
		['v1.2', ['jsonl'], 'v1.2.jsonl'],
	])('%s becomes, with %j, %s', (name, endings, expected) => {
		expect(fileNameWith(name, endings)).toBe(expected);
	});
});
