import { type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { InputError, type Platform } from '../platform';
import { readRecords } from '../extract/consumeOnce';
import { createReport, type ReadReport } from '../extract/report';
import {
	byStart,
	clockRange,
	latestBefore,
	recordSource,
	shape,
	type ReadRecord,
} from '../extract/source';
import type { Order } from '../extract/windowReader';
import { connect, type Connection, type Run } from '../transport/connection';
import type { TimeRange } from '../time';
import { explain, failureItem, type Place } from './explain';
import { exportRecords } from './export';
import type { Operation } from './operation';
import { readLimit, readOrder, readOutput, readPeriod } from './parameters';
import { downloadRecording } from './recording';

/** By resource, then by operation, as the parameters name them. */
const OPERATIONS: Record<string, Record<string, Operation>> = {
	callRecord: { getAll: getMany, export: exportRecords },
	recording: { download: downloadRecording },
};

/** All operations of an action node, item by item. */
export async function executeCallRecords(
	context: IExecuteFunctions,
	platform: Platform,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const signal = context.getExecutionCancelSignal?.();
	const run: Run = { isStopped: () => signal?.aborted ?? false };
	const produced: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		if (run.isStopped()) break;
		const place: Place = { node: context.getNode(), platform, itemIndex };
		try {
			const some = await operationOf(context, itemIndex)(context, platform, run, itemIndex, place);
			// Spreading a hundred thousand items into push() would exceed the stack.
			for (const item of some) produced.push(item);
		} catch (error) {
			const explained = explain(error, place);
			if (!context.continueOnFail()) throw explained;
			produced.push({ json: failureItem(explained), pairedItem: { item: itemIndex } });
		} finally {
			place.connection?.end();
		}
	}
	return [produced];
}

function operationOf(context: IExecuteFunctions, itemIndex: number): Operation {
	const resource = context.getNodeParameter('resource', itemIndex, 'callRecord') as string;
	const operation = context.getNodeParameter('operation', itemIndex, 'getAll') as string;
	const found = OPERATIONS[resource]?.[operation];
	if (found) return found;
	throw new InputError('Operation', `There is no operation '${operation}' for '${resource}'`);
}

interface Kept {
	id: string;
	started: number;
	item: INodeExecutionData;
}

async function getMany(
	context: IExecuteFunctions,
	platform: Platform,
	run: Run,
	itemIndex: number,
	place: Place,
): Promise<INodeExecutionData[]> {
	const window = readPeriod(context, itemIndex);
	const limit = readLimit(context, itemIndex);
	const output = readOutput(context.getNodeParameter('output', itemIndex, 'callRecord'));
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const order = readOrder(options);
	const filters = platform.readFilters(
		context.getNodeParameter('filters', itemIndex, {}) as IDataObject,
	);
	const connection = await connect(context, platform, options, run, itemIndex);
	Object.assign(place, { window, connection, advice: platform.consumesOnRead?.(filters) });
	const report = createReport(connection.report);

	const convert = (call: ReadRecord): Kept => ({
		id: call.id,
		started: call.started ?? 0,
		item: { json: shape(call, output), pairedItem: { item: itemIndex } },
	});
	const source = recordSource(connection, window, filters, convert, 'error');
	const kept = await collect(connection, window, source, limit, order, report, run);
	report.records = kept.length;
	report.isNewest = !source.consumesOnRead;
	const hints = report.hints(platform.title);
	context.addExecutionHints?.(
		...hints.map((message) => ({ message, location: 'outputPane' as const })),
	);
	const produced = kept.map(({ item }) => item);
	if (options.addReport === true) {
		produced.push({
			json: { report: report.figures(window, connection) },
			pairedItem: { item: itemIndex },
		});
	}
	return produced;
}

/** All records of the window, or its newest `limit`, each once and in the order asked for. */
async function collect(
	connection: Connection,
	window: TimeRange,
	source: ReturnType<typeof recordSource<Kept>>,
	limit: number | undefined,
	order: Order,
	report: ReadReport,
	run: Run,
): Promise<Kept[]> {
	const found = new Map<string, Kept>();
	let atLeast = 0;
	const slices = readRecords(clockRange(window, connection), source, {
		order: 'newestFirst',
		requestsAtOnce: connection.requestsAtOnce,
		wanted: () => (run.isStopped() ? 0 : Math.max((limit ?? Infinity) - found.size, atLeast)),
		note: (event) => report.note(event),
	});
	for await (const slice of slices) {
		for (const kept of slice.items) found.set(kept.id, kept);
		if (limit === undefined || found.size < limit) continue;
		if (newestOf(found)[limit - 1].started >= latestBefore(slice.range.from, connection)) break;
		// Where an hour is repeated, what lies further back on the clock may be newer.
		atLeast = 1;
	}
	if (run.isStopped()) throw new Error('the run was stopped');
	const newestFirst = newestOf(found);
	const wanted = newestFirst.slice(0, limit);
	report.isCut = limit !== undefined && (found.size > limit || report.total > wanted.length);
	return order === 'oldestFirst' ? wanted.reverse() : wanted;
}

function newestOf(found: Map<string, Kept>): Kept[] {
	return [...found.values()].sort((a, b) => byStart(b, a));
}
