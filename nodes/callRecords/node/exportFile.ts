import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { InputError } from '../platform';
import { readBinaryField, storeFile } from '../recordings/files';
import { csvLine, type CsvStyle } from '../shape/csv';
import { toIso, type TimeRange } from '../time';
import { createProgress } from './progress';
import type { Setup } from './setUp';

/** What a line of a file holds. */
export interface Table {
	/** The columns of a CSV file; null where the lines have no fixed columns. */
	columns: readonly string[] | null;
}

/** How items become the text of a file. */
interface Writer {
	/** What the file begins with. */
	head: string;
	line(item: IDataObject): string;
}

interface FileFormat {
	extension: string;
	mimeType: string;
	writer(table: Table, options: IDataObject): Writer;
}

const BYTE_ORDER_MARK = '\uFEFF';
const DELIMITERS = new Map<unknown, string>([
	['comma', ','],
	['semicolon', ';'],
	['tab', '\t'],
]);

const FORMATS = new Map<unknown, FileFormat>([
	['csv', { extension: 'csv', mimeType: 'text/csv', writer: csvWriter }],
	['jsonl', { extension: 'jsonl', mimeType: 'application/x-ndjson', writer: jsonlWriter }],
]);

const GZIP = { extension: 'gz', mimeType: 'application/gzip' };

/** About how much text is given to n8n at once. */
const CHUNK_LENGTH = 16_384;

/** What was asked for, checked before anything is read. */
export interface FileOrder {
	format: FileFormat & { name: string };
	isCompressed: boolean;
	field: string;
	/** Null when it is left to the node. */
	fileName: string | null;
	writer: Writer;
}

/** @throws InputError that names the parameter */
export function readFileOrder(
	context: IExecuteFunctions,
	itemIndex: number,
	table: Table,
): FileOrder {
	const name = context.getNodeParameter('format', itemIndex, 'csv');
	const format = FORMATS.get(name);
	if (!format) throw new InputError('Format', "'Format' has to be csv or jsonl");
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	return {
		format: { ...format, name: String(name) },
		isCompressed: context.getNodeParameter('compress', itemIndex, false) === true,
		field: readBinaryField(context, itemIndex),
		fileName: readFileName(context.getNodeParameter('fileName', itemIndex, '')),
		writer: format.writer(table, options),
	};
}

/**
 * Writes the items into one file while they are read, and returns the item that holds it.
 * @param batches in the order of the file
 */
export async function writeFile(
	context: IExecuteFunctions,
	itemIndex: number,
	setup: Setup,
	order: FileOrder,
	batches: AsyncIterable<IDataObject[]>,
): Promise<INodeExecutionData> {
	const { format, isCompressed, writer, field } = order;
	const { connection, window, report } = setup;
	const usual = usualFileName(connection.platform.name, window, context.getTimezone());
	const endings = [format.extension, ...(isCompressed ? [GZIP.extension] : [])];
	const fileName = fileNameWith(order.fileName ?? usual, endings);
	const chunks = inChunks(textOf(writer, batches, setup, createProgress(context)));
	const { binary, bytes, checksum } = await storeFile(
		context,
		isCompressed ? gzip(chunks) : chunks,
		fileName,
		isCompressed ? GZIP.mimeType : format.mimeType,
	);
	const figures = report.figures(window, connection);
	return {
		json: { fileName, format: format.name, compressed: isCompressed, ...figures, bytes, checksum },
		binary: { [field]: binary },
		pairedItem: { item: itemIndex },
	};
}

async function* textOf(
	writer: Writer,
	batches: AsyncIterable<IDataObject[]>,
	{ report, run }: Setup,
	showProgress: (items: IDataObject[]) => void,
): AsyncGenerator<string[]> {
	yield [writer.head];
	for await (const items of batches) {
		report.records += items.length;
		yield items.map((item) => writer.line(item));
		showProgress(items);
	}
	// A stopped read ends as if there were no more: the file must not.
	if (run.isStopped()) throw new Error('the export was stopped');
}

/** Small pieces: what is larger is kept apart from the rest of the memory, and given back late. */
async function* inChunks(parts: AsyncIterable<string[]>): AsyncGenerator<Uint8Array> {
	let gathered: string[] = [];
	let length = 0;
	for await (const texts of parts) {
		for (const text of texts) {
			gathered.push(text);
			length += text.length;
			if (length < CHUNK_LENGTH) continue;
			yield Buffer.from(gathered.join(''), 'utf8');
			gathered = [];
			length = 0;
		}
	}
	if (length > 0) yield Buffer.from(gathered.join(''), 'utf8');
}

function gzip(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
	return ReadableStream.from(chunks).pipeThrough(new CompressionStream('gzip'));
}

function csvWriter({ columns }: Table, options: IDataObject): Writer {
	if (columns === null) {
		throw new InputError(
			'Output',
			"'Output' Original does not fit into a CSV file: the platform's rows have no fixed columns",
			'Choose JSON Lines, or the output that has the original beside: its row is then in the last column, as JSON.',
		);
	}
	const delimiter = DELIMITERS.get(options.delimiter ?? 'comma');
	if (delimiter === undefined) {
		throw new InputError('Delimiter', "'Delimiter' has to be comma, semicolon or tab");
	}
	const style: CsvStyle = {
		delimiter,
		guardFormulas: options.guardFormulas !== false,
		excelText: options.excelText === true,
	};
	const head = csvLine([...columns], style);
	const cells = (item: IDataObject) => columns.map((column) => item[column]);
	return {
		head: options.byteOrderMark === true ? `${BYTE_ORDER_MARK}${head}` : head,
		line: (item) => csvLine(cells(item), style),
	};
}

function jsonlWriter(): Writer {
	return { head: '', line: (item) => `${JSON.stringify(item)}\n` };
}

/** Null when it is left to the node. */
export function readFileName(value: unknown): string | null {
	const name = typeof value === 'string' ? value.trim() : '';
	if (name === '') return null;
	if (/[/\\\p{Cc}]/u.test(name)) {
		throw new InputError(
			'File Name',
			"'File Name' has to be a name without a folder",
			'Leave out slashes; where the file is kept is decided where it is written to.',
		);
	}
	return name;
}

/** `commo_2026-11-01T00-00-00_2026-11-30T23-59-59`, in the workflow's time zone. */
export function usualFileName(platform: string, window: TimeRange, zone: string): string {
	const written = (time: number) => toIso(time, zone).slice(0, 19).replace(/:/g, '-');
	return `${platform}_${written(window.from)}_${written(window.to)}`;
}

/** The name with all the endings it has not got yet. */
export function fileNameWith(name: string, endings: string[]): string {
	const tails = endings.map((_, i) => `.${endings.slice(0, i + 1).join('.')}`);
	const present = tails.filter((tail) => name.toLowerCase().endsWith(tail)).pop() ?? '';
	return `${name.slice(0, name.length - present.length)}${tails[tails.length - 1]}`;
}
