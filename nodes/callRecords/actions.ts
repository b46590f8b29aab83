import { type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { connect, type Connection, type Run } from './connection';
import { explain, failureItem, type Place } from './explain';
import { exportRecords } from './export';
import type { Operation } from './operation';
import { readLimit, readOrder, readOutput, readPeriod } from './parameters';
import { InputError, type Platform } from './platform';
import { readWindow } from './read';
import { createReport, type ReadReport } from './report';
import { clockSpan, recordSource, shape } from './source';
import type { Span } from './time';

/** By resource, then by operation, as the parameters name them. */
const OPERATIONS: Record<string, Record<string, Operation>> = {
	callRecord: { getAll: getMany, export: exportRecords },
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
	Object.assign(place, { window, connection });
	const report = createReport(connection.report);

	const source = recordSource(connection, window, filters, (call): Kept => ({
		id: call.id,
		started: call.started ?? 0,
		item: { json: shape(call, output), pairedItem: { item: itemIndex } },
	}));
	const kept = await collect(connection, window, source, limit, order, report);
	report.records = kept.length;
	const hints = report.hints(platform.title);
	if (hints.length > 0) {
		context.addExecutionHints?.(
			...hints.map((message) => ({ message, location: 'outputPane' as const })),
		);
	}
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
	window: Span,
	source: ReturnType<typeof recordSource<Kept>>,
	limit: number | undefined,
	order: 'newestFirst' | 'oldestFirst',
	report: ReadReport,
): Promise<Kept[]> {
	const found = new Map<string, Kept>();
	const newestFirst = limit !== undefined || order === 'newestFirst';
	const sign = newestFirst ? -1 : 1;
	const parts = readWindow(clockSpan(window, connection), source, {
		order: newestFirst ? 'newestFirst' : 'oldestFirst',
		requestsAtOnce: connection.requestsAtOnce,
		wanted: () => (limit === undefined ? Infinity : limit - found.size),
		note: (event) => report.note(event),
	});
	for await (const part of parts) {
		const calls = part.items.filter((kept) => kept !== null);
		calls.sort((a, b) => sign * (a.started - b.started) || (a.id < b.id ? -sign : sign));
		for (const kept of calls) if (!found.has(kept.id)) found.set(kept.id, kept);
		if (limit !== undefined && found.size >= limit) break;
	}
	const all = [...found.values()];
	const wanted = limit === undefined ? all : all.slice(0, limit);
	report.isCut = wanted.length < all.length || report.total > wanted.length;
	return newestFirst && order === 'oldestFirst' ? wanted.reverse() : wanted;
}
