import type { INodeExecutionData } from 'n8n-workflow';

import type { Call } from '../../call';
import { readCalls, type CallReading } from '../../calls/readCalls';
import { callOutput, crmOptions, readCallOutput } from '../outputs';
import { matchCalls } from '../match';
import { limitHint } from '../hints';
import type { Execute, Operation } from '../operation';
import { readLimit, readOrder, readPeriod } from '../parameters';
import {
	callOptions,
	filters,
	limit,
	optionsCollection,
	period,
	readOptions,
	requestOptions,
} from '../properties';
import { readingOf, setUp, shaperOf, showHints, type Setup } from '../setUp';

const execute: Execute = async (context, platform, run, itemIndex, place) => {
	const limit = readLimit(context, itemIndex);
	const output = readCallOutput(context.getNodeParameter('output', itemIndex, 'call'));
	const window = readPeriod(context, itemIndex);
	const setup = await setUp(context, platform, run, itemIndex, place, { window, output });
	const order = readOrder(setup.options);
	const shaper = shaperOf(setup, output);
	const found = await newestCalls(setup, limit, shaper);
	const calls = found.slice(0, limit);
	const cut = limitHint({
		shown: calls.length,
		total: limit === undefined ? null : totalOf(setup, found.length > limit),
		unit: 'calls',
		isNewest: platform.consumesOnRead?.(setup.filters) === undefined,
	});
	if (order === 'oldestFirst') calls.reverse();
	setup.report.records = calls.length;
	const items: INodeExecutionData[] = [];
	for (const call of calls) {
		for (const json of shaper.items(call)) items.push({ json, pairedItem: { item: itemIndex } });
	}
	showHints(context, setup, [...cut, ...shaper.hints()]);
	if (setup.options.addReport === true) {
		const report = setup.report.figures(window, setup.connection);
		items.push({ json: { report }, pairedItem: { item: itemIndex } });
	}
	return items;
};

/** How many calls the window has. The platform counts rows, which are calls where it writes no legs. */
function totalOf({ connection, match, report }: Setup, isMore: boolean): number | 'more' | null {
	if (connection.platform.legs || match) return isMore ? 'more' : null;
	return report.total;
}

/** The calls of the window, or its newest `limit` and perhaps more, newest first. */
async function newestCalls(
	setup: Setup,
	limit: number | undefined,
	{ keepLegs, keepRows }: Pick<CallReading, 'keepLegs' | 'keepRows'>,
): Promise<Call[]> {
	const { connection, window, filters, run } = setup;
	// Where legs are counted, only one call more shows that there are more calls than the limit lets through.
	const enough = (limit ?? Infinity) + (connection.platform.legs ? 1 : 0);
	const found: Call[] = [];
	const reading = readingOf(setup, {
		keepLegs,
		keepRows,
		order: 'newestFirst',
		wanted: () => enough - found.length,
	});
	for await (const calls of readCalls(connection, window, filters, reading)) {
		for (const call of calls) found.push(call);
	}
	if (run.isStopped()) throw new Error('the run was stopped');
	return found;
}

export const callGetMany: Operation = {
	value: 'getAll',
	name: 'Get Many',
	description: 'Get a list of calls: who talked to whom, when, how long and how it ended',
	action: ({ title }) => `Get many calls from ${title}`,
	properties: (platform) => [
		...period,
		...limit,
		matchCalls,
		filters(platform),
		callOutput,
		optionsCollection([
			...readOptions,
			...callOptions(platform),
			...crmOptions,
			...requestOptions(platform),
			...platform.options,
		]),
	],
	execute,
};
