import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { readRecords } from '../../extract/consumeOnce';
import { byStart, clockRange, latestBefore, recordSource } from '../../extract/source';
import { readRecordOutput, recordItem, recordOutput, type RecordOutput } from '../outputs';
import { limitHint } from '../hints';
import type { Execute, Operation } from '../operation';
import { readLimit, readOrder, readPeriod } from '../parameters';
import {
	filters,
	limit,
	optionsCollection,
	period,
	personalData,
	readOptions,
	requestOptions,
} from '../properties';
import { setUp, showHints, type Setup } from '../setUp';

interface Found {
	id: string;
	started: number;
	json: IDataObject;
}

const execute: Execute = async (context, platform, run, itemIndex, place) => {
	const limit = readLimit(context, itemIndex);
	const output = readRecordOutput(context.getNodeParameter('output', itemIndex, 'callRecord'));
	const window = readPeriod(context, itemIndex);
	const setup = await setUp(context, platform, run, itemIndex, place, { window, output });
	const order = readOrder(setup.options);
	const found = await newestRecords(setup, limit, output);
	if (order === 'oldestFirst') found.reverse();
	setup.report.records = found.length;
	const cut = limitHint({
		shown: found.length,
		total: limit === undefined ? null : setup.report.total,
		unit: 'call legs',
		isNewest: platform.consumesOnRead?.(setup.filters) === undefined,
	});
	showHints(context, setup, cut);
	const pairedItem = { item: itemIndex };
	const items = found.map(({ json }): INodeExecutionData => ({ json, pairedItem }));
	if (setup.options.addReport === true) {
		items.push({ json: { report: setup.report.figures(window, setup.connection) }, pairedItem });
	}
	return items;
};

/** The records of the window, or its newest `limit`, newest first. */
async function newestRecords(
	setup: Setup,
	limit: number | undefined,
	output: RecordOutput,
): Promise<Found[]> {
	const { connection, window, report, run, mask } = setup;
	const found: Found[] = [];
	let atLeast = 0;
	const source = recordSource(
		connection,
		window,
		setup.filters,
		(read): Found => ({
			id: read.id,
			started: read.started ?? 0,
			json: recordItem(read, output, mask),
		}),
		'error',
	);
	const slices = readRecords(clockRange(window, connection), source, {
		order: 'newestFirst',
		requestsAtOnce: connection.requestsAtOnce,
		wanted: () => (run.isStopped() ? 0 : Math.max((limit ?? Infinity) - found.length, atLeast)),
		note: (event) => report.note(event),
	});
	for await (const { items, range } of slices) {
		for (const item of items) found.push(item);
		if (limit === undefined || found.length < limit) continue;
		found.sort((a, b) => byStart(b, a));
		if (found[limit - 1].started >= latestBefore(range.from, connection)) break;
		// Where an hour is repeated, what lies further back on the clock may be newer.
		atLeast = 1;
	}
	if (run.isStopped()) throw new Error('the run was stopped');
	found.sort((a, b) => byStart(b, a));
	return found.slice(0, limit);
}

export const recordGetMany: Operation = {
	value: 'getAll',
	name: 'Get Many',
	description: 'Get a list of call legs: one item per row of the platform',
	action: ({ title }) => `Get many call legs from ${title}`,
	properties: (platform) => [
		...period,
		...limit,
		filters(platform),
		recordOutput,
		optionsCollection([
			...readOptions,
			personalData,
			...requestOptions(platform),
			...platform.options,
		]),
	],
	execute,
};
