import type { IDataObject } from 'n8n-workflow';

import { readCalls } from '../../calls/readCalls';
import { createStatistics } from '../../statistics/figures';
import { matchCalls } from '../match';
import type { Execute, Operation } from '../operation';
import { readPeriod } from '../parameters';
import { callOptions, filters, optionsCollection, period, requestOptions } from '../properties';
import { countingOf, setUp, showHints } from '../setUp';
import { groupBy, readGroupBy, readRules, ruleOptions, untilCallBacks } from '../statisticsRules';

/** Figures of the calls of a period: one item per group, or one for all. Calls are counted while they are read. */
const execute: Execute = async (context, platform, run, itemIndex, place) => {
	const keys = readGroupBy(context, itemIndex);
	const window = readPeriod(context, itemIndex);
	const rules = readRules(context.getNodeParameter('options', itemIndex, {}) as IDataObject);
	const setup = await setUp(context, platform, run, itemIndex, place, { window });
	const reading = countingOf(setup);
	const now = reading.readAt;
	const statistics = createStatistics({
		...rules,
		groupBy: keys,
		zone: context.getTimezone(),
		period: window,
		now,
	});
	const range = untilCallBacks(window, now, rules);
	for await (const calls of readCalls(setup.connection, range, setup.filters, reading)) {
		for (const call of calls) statistics.add(call);
	}
	if (run.isStopped()) throw new Error('the run was stopped');
	showHints(context, setup);
	const pairedItem = { item: itemIndex };
	return statistics.result().map((json) => ({ json: json as IDataObject, pairedItem }));
};

export const callStatistics: Operation = {
	value: 'getStatistics',
	name: 'Get Statistics',
	description:
		'Get figures of the calls of a period: answered, missed, waiting, talk, service level',
	action: ({ title }) => `Get call statistics from ${title}`,
	properties: (platform) => [
		...period,
		matchCalls,
		filters(platform),
		groupBy,
		optionsCollection([
			...ruleOptions,
			...callOptions(platform, { hasLegs: false }),
			...requestOptions(platform),
			...platform.options,
		]),
	],
	execute,
};
