import type { IDataObject } from 'n8n-workflow';

import { CALL_RECORD_FIELDS } from '../../callRecord';
import { readRecords } from '../../extract/consumeOnce';
import { byStart, clockRange, recordSource } from '../../extract/source';
import { readFileOrder, writeFile } from '../exportFile';
import { exportFields, exportOptions } from '../fileDescription';
import { readRecordOutput, recordItem, recordOutput, type RecordOutput } from '../outputs';
import type { Execute, Operation } from '../operation';
import { readPeriod } from '../parameters';
import { filters, optionsCollection, period, personalData, requestOptions } from '../properties';
import { setUp, showHints, type Setup } from '../setUp';

/** All records of the window in one file, written while they are read. */
const execute: Execute = async (context, platform, run, itemIndex, place) => {
	const output = readRecordOutput(context.getNodeParameter('output', itemIndex, 'callRecord'));
	const order = readFileOrder(context, itemIndex, { columns: columnsOf(output) });
	const window = readPeriod(context, itemIndex);
	const setup = await setUp(context, platform, run, itemIndex, place, { window, output });
	const item = await writeFile(context, itemIndex, setup, order, itemsOf(setup, output));
	showHints(context, setup);
	return [item];
};

function columnsOf(output: RecordOutput): readonly string[] | null {
	if (output === 'original') return null;
	return output === 'both' ? [...CALL_RECORD_FIELDS, 'original'] : CALL_RECORD_FIELDS;
}

/** Slice by slice, oldest first. What is read is let go of once it is written. */
async function* itemsOf(setup: Setup, output: RecordOutput): AsyncGenerator<IDataObject[]> {
	const { connection, window, filters, report, run, mask } = setup;
	const source = recordSource(
		connection,
		window,
		filters,
		(read) => ({
			id: read.id,
			started: read.started ?? 0,
			json: recordItem(read, output, mask),
		}),
		'error',
	);
	const slices = readRecords(clockRange(window, connection), source, {
		order: 'oldestFirst',
		requestsAtOnce: connection.requestsAtOnce,
		wanted: () => (run.isStopped() ? 0 : Infinity),
		note: (event) => report.note(event),
	});
	for await (const { items } of slices) yield items.sort(byStart).map(({ json }) => json);
}

export const recordExport: Operation = {
	value: 'export',
	name: 'Export to File',
	description: 'Write all call legs of a period into one CSV or JSON Lines file',
	action: ({ title }) => `Export call legs from ${title} to a file`,
	properties: (platform) => [
		...period,
		filters(platform),
		...exportFields,
		recordOutput,
		optionsCollection([
			...exportOptions,
			personalData,
			...requestOptions(platform),
			...platform.options,
		]),
	],
	execute,
};
