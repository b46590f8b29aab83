import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

import type { IDataObject } from 'n8n-workflow';

import { CALL_RECORD_FIELDS } from '../../../nodes/callRecords/callRecord';
import { fileNameWith } from '../../../nodes/callRecords/node/exportFile';
import { beginExport, cells, exported, FROM, TO } from '../../support/exportScene';
import { fakePlatform, thrownBy } from '../../support/fakePlatform';

describe('a CSV file', () => {
	it('has a head, then the records, oldest first', async () => {
		const { item, text, place } = await exported();
		const [head, ...lines] = cells(text);
		expect(head).toEqual(CALL_RECORD_FIELDS);
		expect(lines.map((line) => line[line.length - 1])).toEqual([
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
		expect((await exported()).text.startsWith('"startedAt"')).toBe(true);
		const marked = await exported({ parameters: { options: { byteOrderMark: true } } });
		expect(marked.text.startsWith('\uFEFF"startedAt"')).toBe(true);
		const unsure = await exported({ parameters: { options: { byteOrderMark: 'true' } } });
		expect(unsure.text.startsWith('"startedAt"')).toBe(true);
	});

	it('guards against formulas unless told not to, and writes numbers as text for Excel when told to', async () => {
		const platform = {
			mapRow: (row: IDataObject, id: string) => ({
				...fakePlatform.mapRow(row, id, {} as never),
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
		[{ output: 'original' }, 'Output', 'does not fit into a CSV file', 'Choose JSON Lines'],
		[{ output: 'x' }, 'Output', "'Output' has to be", ''],
		[{ fileName: 'a/b' }, 'File Name', 'a name without a folder', 'Leave out slashes'],
		[{ fileName: 'a\\b' }, 'File Name', 'a name without a folder', 'Leave out slashes'],
		[{ fileName: 'a\u0007b' }, 'File Name', 'a name without a folder', 'Leave out slashes'],
		[{ options: { delimiter: '|' } }, 'Delimiter', 'has to be comma, semicolon or tab', ''],
	])('is not begun with %j', async (parameters, parameter, message, advice) => {
		const { work, connection } = beginExport({ parameters });
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
				consumesOnRead: () => undefined,
			},
		});
		expect(asked).toEqual([{ did: '1', read: true }]);
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
