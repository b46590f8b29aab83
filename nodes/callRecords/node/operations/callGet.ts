import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Call } from '../../call';
import { readCalls, type CallReading } from '../../calls/readCalls';
import { InputError } from '../../platform';
import { text } from '../../callRecord';
import { parseTime, type Seconds, type TimeRange } from '../../time';
import { wholeOption } from '../../transport/connection';
import { callOutput, crmOptions, readCallOutput } from '../outputs';
import type { Execute, Operation } from '../operation';
import { callOptions, optionsCollection, requestOptions } from '../properties';
import { readingOf, setUp, shaperOf, showHints, type Setup } from '../setUp';

const HOUR = 3600;
const LONGEST_HOURS = 24 * 31;

/** One call by its id. There is no request for that on most platforms, so it is looked up near a time. */
const execute: Execute = async (context, platform, run, itemIndex, place) => {
	const callId = readCallId(context.getNodeParameter('callId', itemIndex, ''));
	const output = readCallOutput(context.getNodeParameter('output', itemIndex, 'call'));
	const window = readNear(context, itemIndex);
	const setup = await setUp(context, platform, run, itemIndex, place, { window, output });
	const shaper = shaperOf(setup, output);
	const call = await findCall(setup, callId, shaper);
	const pairedItem = { item: itemIndex };
	const found = call === null ? [{ callFound: false, callId }] : shaper.items(call);
	showHints(context, setup, shaper.hints());
	return found.map((json) => ({ json, pairedItem }));
};

async function findCall(
	setup: Setup,
	callId: string,
	{ keepLegs, keepRows }: Pick<CallReading, 'keepLegs' | 'keepRows'>,
): Promise<Call | null> {
	let found: Call | null = null;
	const reading = readingOf(setup, {
		keepLegs,
		keepRows,
		order: 'newestFirst',
		wanted: () => (found === null ? Infinity : 0),
	});
	const batches = readCalls(setup.connection, setup.window, setup.filters, reading);
	for await (const calls of batches) found ??= calls.find((call) => call.callId === callId) ?? null;
	if (setup.run.isStopped()) throw new Error('the run was stopped');
	return found;
}

function readCallId(given: unknown): string {
	const callId = text(given);
	if (callId !== null) return callId;
	throw new InputError('Call ID', "'Call ID' is empty", 'Give the callId of a call or call leg.');
}

/** As many hours before and after the time as asked for, up to now. */
function readNear(context: IExecuteFunctions, itemIndex: number): TimeRange {
	const given = context.getNodeParameter('near', itemIndex, '');
	const now = Math.floor(Date.now() / 1000);
	const near = isEmpty(given) ? now : readTime(given, context.getTimezone());
	const hours = wholeOption(
		context.getNodeParameter('withinHours', itemIndex, 24),
		'Within Hours',
		24,
		LONGEST_HOURS,
	);
	return { from: near - hours * HOUR, to: Math.max(near, Math.min(near + hours * HOUR, now)) };
}

function isEmpty(given: unknown): boolean {
	return given === '' || given === null || given === undefined;
}

function readTime(given: unknown, zone: string): Seconds {
	const time: DateTime | null = parseTime(given, zone);
	if (time !== null) return Math.floor(time.toSeconds());
	throw new InputError(
		'Near',
		"'Near' cannot be read as a time",
		'Use ISO 8601, like 2026-11-01T09:15:00+02:00, or leave it empty for now.',
	);
}

const fields: INodeProperties[] = [
	{
		displayName: 'Call ID',
		name: 'callId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1793603605.97',
		description: 'The callId of the call, as Get Many and the triggers return it',
	},
	{
		displayName: 'Near',
		name: 'near',
		type: 'dateTime',
		default: '',
		description:
			'A time near to which the call began. Empty means now. The call is looked up in the hours around it.',
	},
	{
		displayName: 'Within Hours',
		name: 'withinHours',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LONGEST_HOURS },
		default: 24,
		description: 'How many hours before and after Near to look. Fewer hours need fewer requests.',
	},
];

export const callGet: Operation = {
	value: 'get',
	name: 'Get',
	description: 'Get one call by its call ID',
	action: ({ title }) => `Get a call from ${title}`,
	properties: (platform) => [
		...fields,
		callOutput,
		optionsCollection([
			...callOptions(platform),
			...crmOptions,
			...requestOptions(platform),
			...platform.options,
		]),
	],
	execute,
};
