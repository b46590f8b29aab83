import type { IDataObject } from 'n8n-workflow';

import { CALL_FIELDS } from '../../call';
import { readCalls } from '../../calls/readCalls';
import { readFileOrder, writeFile } from '../exportFile';
import { exportFields, exportOptions } from '../fileDescription';
import { callItems, callOutput, readCallOutput, type CallOutput } from '../outputs';
import type { Execute, Operation } from '../operation';
import { readPeriod } from '../parameters';
import { callOptions, filters, optionsCollection, period, requestOptions } from '../properties';
import { readingOf, setUp, showHints, type Setup } from '../setUp';

/** All calls of the window in one file, written while they are read. */
const execute: Execute = async (context, platform, run, itemIndex, place) => {
	const output = readCallOutput(context.getNodeParameter('output', itemIndex, 'call'));
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const includeLegs = options.includeLegs === true;
	const columns = columnsOf(output, includeLegs);
	const order = readFileOrder(context, itemIndex, { columns });
	const window = readPeriod(context, itemIndex);
	const setup = await setUp(context, platform, run, itemIndex, place, { window, output });
	const item = await writeFile(
		context,
		itemIndex,
		setup,
		order,
		itemsOf(setup, output, includeLegs),
	);
	showHints(context, setup);
	return [item];
};

function columnsOf(output: CallOutput, includeLegs: boolean): readonly string[] | null {
	if (output === 'original') return null;
	return [
		...CALL_FIELDS,
		...(includeLegs ? ['legs'] : []),
		...(output === 'both' ? ['original'] : []),
	];
}

async function* itemsOf(
	setup: Setup,
	output: CallOutput,
	includeLegs: boolean,
): AsyncGenerator<IDataObject[]> {
	const { connection, window, filters } = setup;
	const reading = readingOf(setup, {
		order: 'oldestFirst',
		keepLegs: includeLegs,
		keepRows: output !== 'call',
	});
	for await (const calls of readCalls(connection, window, filters, reading)) {
		yield calls.flatMap((call) => callItems(call, output, includeLegs));
	}
}

export const callExport: Operation = {
	value: 'export',
	name: 'Export to File',
	description: 'Write all calls of a period into one CSV or JSON Lines file',
	action: ({ title }) => `Export calls from ${title} to a file`,
	properties: (platform) => [
		...period,
		filters(platform),
		...exportFields,
		callOutput,
		optionsCollection([
			...exportOptions,
			...callOptions(platform),
			...requestOptions(platform),
			...platform.options,
		]),
	],
	execute,
};
