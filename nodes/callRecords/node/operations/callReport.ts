import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { text } from '../../callRecord';
import { readCalls } from '../../calls/readCalls';
import { readBinaryField, storeFile } from '../../recordings/files';
import { createStatistics } from '../../statistics/figures';
import { createReportData } from '../../statistics/report/data';
import { renderReport } from '../../statistics/report/render';
import type { TimeRange } from '../../time';
import { fileNameWith, readFileName, usualFileName } from '../exportFile';
import { binaryField } from '../fileDescription';
import { matchCalls } from '../match';
import type { Execute, Operation } from '../operation';
import { readPeriod } from '../parameters';
import { callOptions, filters, optionsCollection, period, requestOptions } from '../properties';
import { countingOf, setUp, showHints, type Setup } from '../setUp';
import { groupBy, readGroupBy, readRules, ruleOptions, untilCallBacks } from '../statisticsRules';

const HTML = { extension: 'html', mimeType: 'text/html' };

/** A page to look at, and the figures on it; with Group By, the figures of each group in further items. */
const execute: Execute = async (context, platform, run, itemIndex, place) => {
	const keys = readGroupBy(context, itemIndex);
	const window = readPeriod(context, itemIndex);
	const field = readBinaryField(context, itemIndex);
	const named = readFileName(context.getNodeParameter('fileName', itemIndex, ''));
	const setup = await setUp(context, platform, run, itemIndex, place, { window });
	const zone = context.getTimezone();
	const { data, previous, groups, readAt } = await count(setup, window, zone, keys);
	if (run.isStopped()) throw new Error('the run was stopped');
	const page = renderReport({
		title: text(setup.options.reportTitle) ?? `Calls on ${platform.title}`,
		period: window,
		zone,
		generatedAt: readAt,
		data,
		previous,
	});
	const usual = `${usualFileName(platform.name, window, zone)}_report`;
	const fileName = fileNameWith(named ?? usual, [HTML.extension]);
	const { binary } = await storeFile(context, once(page), fileName, HTML.mimeType);
	showHints(context, setup);
	const pairedItem = { item: itemIndex };
	const whole = { fileName, ...data.total, previous } as unknown as IDataObject;
	return [
		{ json: whole, binary: { [field]: binary }, pairedItem },
		...groups.map((json) => ({ json: json as IDataObject, pairedItem })),
	];
};

/** Counts the period, the one of the same length before it, and the groups, in one pass over the calls. */
async function count(
	setup: Setup,
	window: TimeRange,
	zone: string,
	keys: ReturnType<typeof readGroupBy>,
) {
	const { connection, filters, options } = setup;
	const rules = readRules(options);
	const reading = countingOf(setup);
	const now = reading.readAt;
	const seconds = window.to - window.from + 1;
	const before = { from: window.from - seconds, to: window.from - 1 };
	const report = createReportData({ ...rules, zone, now, period: window });
	const previous = createStatistics({ ...rules, zone, now, period: before, groupBy: [] });
	const groups = createStatistics({ ...rules, zone, now, period: window, groupBy: keys });
	const range = { from: before.from, to: untilCallBacks(window, now, rules).to };
	for await (const calls of readCalls(connection, range, filters, reading)) {
		for (const call of calls) {
			report.add(call);
			previous.add(call);
			if (keys.length > 0) groups.add(call);
		}
	}
	return {
		data: report.result(),
		previous: previous.result()[0],
		groups: keys.length > 0 ? groups.result() : [],
		readAt: now,
	};
}

async function* once(page: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(page, 'utf8');
}

const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. calls-last-week.html',
	description: 'The name of the file. If empty, it is made of the platform and the period.',
};

const reportTitle: INodeProperties = {
	displayName: 'Report Title',
	name: 'reportTitle',
	type: 'string',
	default: '',
	placeholder: 'e.g. Calls of the Sales Team',
	description: 'The heading of the page',
};

export const callReport: Operation = {
	value: 'getReport',
	name: 'Get Report',
	description: 'Get an HTML page with the figures and charts of a period, to mail, print or show',
	action: ({ title }) => `Get a call report from ${title}`,
	properties: (platform) => [
		...period,
		matchCalls,
		filters(platform),
		groupBy,
		fileName,
		binaryField,
		optionsCollection([
			reportTitle,
			...ruleOptions,
			...callOptions(platform, { hasLegs: false }),
			...requestOptions(platform),
			...platform.options,
		]),
	],
	execute,
};
