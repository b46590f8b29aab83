import type { IDataObject } from 'n8n-workflow';

import { CALL_FIELDS } from '../../call';
import { readCalls } from '../../calls/readCalls';
import { readFileOrder, writeFile } from '../exportFile';
import { exportFields, exportOptions } from '../fileDescription';
import { plainOutput, readPlainOutput, type PlainOutput } from '../outputs';
import { matchCalls } from '../match';
import type { Execute, Operation } from '../operation';
import { readPeriod } from '../parameters';
import { callOptions, filters, optionsCollection, period, requestOptions } from '../properties';
import { readingOf, setUp, shaperOf, showHints, type Setup } from '../setUp';

/** All calls of the window in one file, written while they are read. */
const execute: Execute = async (context, platform, run, itemIndex, place) => {
	const output = readPlainOutput(context.getNodeParameter('output', itemIndex, 'call'));
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const columns = columnsOf(output, options.includeLegs === true);
	const order = readFileOrder(context, itemIndex, { columns });
	const window = readPeriod(context, itemIndex);
	const setup = await setUp(context, platform, run, itemIndex, place, { window, output });
	const item = await writeFile(context, itemIndex, setup, order, itemsOf(setup, output));
	showHints(context, setup);
	return [item];
};

function columnsOf(output: PlainOutput, includeLegs: boolean): readonly string[] | null {
	if (output === 'original') return null;
	return [
		...CALL_FIELDS,
		...(includeLegs ? ['legs'] : []),
		...(output === 'both' ? ['original'] : []),
	];
}

async function* itemsOf(setup: Setup, output: PlainOutput): AsyncGenerator<IDataObject[]> {
	const { connection, window, filters } = setup;
	const shaper = shaperOf(setup, output);
	const { keepLegs, keepRows } = shaper;
	const reading = readingOf(setup, { order: 'oldestFirst', keepLegs, keepRows });
	for await (const calls of readCalls(connection, window, filters, reading)) {
		yield calls.flatMap((call) => shaper.items(call));
	}
}

export const callExport: Operation = {
	value: 'export',
	name: 'Export to File',
	description: 'Write all calls of a period into one CSV or JSON Lines file',
	action: ({ title }) => `Export calls from ${title} to a file`,
	properties: (platform) => [
		...period,
		matchCalls,
		filters(platform),
		...exportFields,
		plainOutput,
		optionsCollection([
			...exportOptions,
			...callOptions(platform),
			...requestOptions(platform),
			...platform.options,
		]),
	],
	execute,
};
