import type { IDataObject } from 'n8n-workflow';

import { CALL_RECORD_FIELDS } from '../callRecord';
import { csvLine } from '../shape/csv';
import { readBinaryField, storeFile } from '../recordings/files';
import { createTidying } from '../recordings/garbage';
import { InputError } from '../platform';
import { readRecords } from '../extract/consumeOnce';
import { createReport, type ReadReport } from '../extract/report';
import {
	byStart,
	clockRange,
	recordSource,
	shape,
	type ReadRecord,
	type Output,
} from '../extract/source';
import { connect, type Connection, type Run } from '../transport/connection';
import { toIso, type TimeRange } from '../time';
import type { Operation } from './operation';
import { readOutput, readPeriod } from './parameters';

/** How records become the text of a file. */
interface Writer {
	/** What the file begins with. */
	head: string;
	write(call: ReadRecord): string;
}

interface FileFormat {
	extension: string;
	mimeType: string;
	writer(output: Output, options: IDataObject): Writer;
}

const BYTE_ORDER_MARK = '\uFEFF';
const DELIMITERS: Record<string, string> = { comma: ',', semicolon: ';', tab: '\t' };

const FORMATS: Record<string, FileFormat> = {
	csv: { extension: 'csv', mimeType: 'text/csv', writer: csvWriter },
	jsonl: { extension: 'jsonl', mimeType: 'application/x-ndjson', writer: jsonlWriter },
};

const GZIP = { extension: 'gz', mimeType: 'application/gzip' };

/** About how much text is handed on at once. */
const CHUNK_LENGTH = 16_384;
/** Often enough that little gathers, and seldom enough to cost little time. */
const RECORDS_BETWEEN_TIDYING = 20_000;
/** A request leaves as much behind as so many records. */
const RECORDS_WORTH_OF_A_REQUEST = 100;

/** All records of the window in one file, written part by part as they are read. */
export const exportRecords: Operation = async (context, platform, run, itemIndex, place) => {
	const window = readPeriod(context, itemIndex);
	const format = readFormat(context.getNodeParameter('format', itemIndex, 'csv'));
	const isCompressed = context.getNodeParameter('compress', itemIndex, false) === true;
	const output = readOutput(context.getNodeParameter('output', itemIndex, 'callRecord'));
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const field = readBinaryField(context, itemIndex);
	const writer = FORMATS[format].writer(output, options);
	const endings = [FORMATS[format].extension, ...(isCompressed ? [GZIP.extension] : [])];
	const fileName = fileNameWith(
		readFileName(context.getNodeParameter('fileName', itemIndex, '')) ??
			usualFileName(platform.name, window, context.getTimezone()),
		endings,
	);
	const filters = platform.readFilters(
		context.getNodeParameter('filters', itemIndex, {}) as IDataObject,
	);
	const connection = await connect(context, platform, options, run, itemIndex);
	Object.assign(place, { window, connection, advice: platform.consumesOnRead?.(filters) });
	const report = createReport(connection.report);

	const lines = readLines(connection, window, filters, writer, report, run);
	const { binary, bytes, checksum } = await storeFile(
		context,
		isCompressed ? gzip(inChunks(lines)) : inChunks(lines),
		fileName,
		isCompressed ? GZIP.mimeType : FORMATS[format].mimeType,
	);
	const hints = report.hints(platform.title);
	context.addExecutionHints?.(
		...hints.map((message) => ({ message, location: 'outputPane' as const })),
	);
	return [
		{
			json: {
				fileName,
				format,
				compressed: isCompressed,
				...report.figures(window, connection),
				bytes,
				checksum,
			},
			binary: { [field]: binary },
			pairedItem: { item: itemIndex },
		},
	];
};

interface Line {
	id: string;
	started: number;
	text: string;
}

/** The head, then the lines of one part after the other, oldest first. What is read is let go of once it is written. */
async function* readLines(
	connection: Connection,
	window: TimeRange,
	filters: IDataObject,
	writer: Writer,
	report: ReadReport,
	run: Run,
): AsyncGenerator<string[]> {
	const convert = (call: ReadRecord): Line => ({
		id: call.id,
		started: call.started ?? 0,
		text: writer.write(call),
	});
	const source = recordSource(connection, window, filters, convert, 'error');
	const slices = readRecords(clockRange(window, connection), source, {
		order: 'oldestFirst',
		requestsAtOnce: connection.requestsAtOnce,
		wanted: () => (run.isStopped() ? 0 : Infinity),
		note: (event) => report.note(event),
	});
	const tidy = createTidying(RECORDS_BETWEEN_TIDYING);
	yield [writer.head];
	for await (const { items } of slices) {
		const lines = items.sort(byStart);
		report.records += lines.length;
		tidy(lines.length + RECORDS_WORTH_OF_A_REQUEST);
		yield lines.map(({ text }) => text);
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

function csvWriter(output: Output, options: IDataObject): Writer {
	if (output === 'original') {
		throw new InputError(
			'Output',
			"'Output' original does not go into a CSV file, for the platform's rows have no fixed columns",
			"Choose JSON Lines, or 'Call Record and Original': the row is then in the last column, as JSON.",
		);
	}
	const delimiter = DELIMITERS[String(options.delimiter ?? 'comma')];
	if (delimiter === undefined) {
		throw new InputError('Delimiter', "'Delimiter' has to be comma, semicolon or tab");
	}
	const style = {
		delimiter,
		guardFormulas: options.guardFormulas !== false,
		excelText: options.excelText === true,
	};
	const columns: readonly string[] =
		output === 'both' ? [...CALL_RECORD_FIELDS, 'original'] : CALL_RECORD_FIELDS;
	const head = csvLine([...columns], style);
	return {
		head: options.byteOrderMark === true ? `${BYTE_ORDER_MARK}${head}` : head,
		write(call) {
			const shown = shape(call, output);
			return csvLine(
				columns.map((column) => shown[column]),
				style,
			);
		},
	};
}

function jsonlWriter(output: Output): Writer {
	return { head: '', write: (call) => `${JSON.stringify(shape(call, output))}\n` };
}

function readFormat(value: unknown): string {
	if (typeof value === 'string' && value in FORMATS) return value;
	throw new InputError('Format', "'Format' has to be csv or jsonl");
}

/** Null when it is left to the node. */
function readFileName(value: unknown): string | null {
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
function usualFileName(platform: string, window: TimeRange, zone: string): string {
	const written = (time: number) => toIso(time, zone).slice(0, 19).replace(/:/g, '-');
	return `${platform}_${written(window.from)}_${written(window.to)}`;
}

/** The name with all the endings it has not got yet. */
export function fileNameWith(name: string, endings: string[]): string {
	const tails = endings.map((_, i) => `.${endings.slice(0, i + 1).join('.')}`);
	const present = tails.filter((tail) => name.toLowerCase().endsWith(tail)).pop() ?? '';
	return `${name.slice(0, name.length - present.length)}${tails[tails.length - 1]}`;
}
