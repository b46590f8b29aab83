import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { InputError } from '../platform';
import {
	callBacksUntil,
	DEFAULT_RULES,
	GROUP_KEYS,
	type CountingRules,
	type GroupKey,
} from '../statistics/options';
import type { Seconds, TimeRange } from '../time';
import { wholeOption } from '../transport/connection';

const FORMULAS = ['offered', 'answered', 'offeredLessShort'] as const;
const LONGEST_CALL_BACK_HOURS = 24 * 31;

/** @throws InputError that names the option */
export function readRules(options: IDataObject): CountingRules {
	const { serviceLevelFormula: wish = DEFAULT_RULES.serviceLevelFormula } = options;
	const serviceLevelFormula = FORMULAS.find((formula) => formula === wish);
	if (serviceLevelFormula === undefined) {
		throw new InputError(
			'Service Level Formula',
			`'Service Level Formula' has to be ${FORMULAS.join(', ')}`,
		);
	}
	return {
		serviceLevelFormula,
		serviceLevelSeconds: seconds(options, 'serviceLevelSeconds', 'Service Level Seconds'),
		shortAbandonSeconds: seconds(options, 'shortAbandonSeconds', 'Short Abandon Seconds'),
		callBackHours: wholeOption(
			options.callBackHours,
			'Call Back Hours',
			DEFAULT_RULES.callBackHours,
			LONGEST_CALL_BACK_HOURS,
		),
	};
}

function seconds(
	options: IDataObject,
	name: 'serviceLevelSeconds' | 'shortAbandonSeconds',
	label: string,
): Seconds {
	const value = Number(options[name] ?? DEFAULT_RULES[name]);
	if (Number.isFinite(value) && value >= 0) return value;
	throw new InputError(label, `'${label}' has to be a number of seconds, 0 or more`);
}

/** The period and the time after it in which a missed call may still be called back, up to now. */
export function untilCallBacks(
	window: TimeRange,
	now: Seconds,
	{ callBackHours }: CountingRules,
): TimeRange {
	return { from: window.from, to: callBacksUntil(window, now, callBackHours) };
}

/** @throws InputError that names Group By */
export function readGroupBy(context: IExecuteFunctions, itemIndex: number): GroupKey[] {
	const given = context.getNodeParameter('groupBy', itemIndex, []);
	const names: unknown[] = Array.isArray(given) ? given : String(given ?? '').split(',');
	const wanted = names.map((name) => String(name).trim()).filter((name) => name !== '');
	const unknown = wanted.find((name) => !GROUP_KEYS.some((key) => key === name));
	if (unknown === undefined) return GROUP_KEYS.filter((key) => wanted.includes(key));
	throw new InputError(
		'Group By',
		`'Group By' takes ${GROUP_KEYS.join(', ')}, not "${unknown}"`,
		'Leave it empty for one item with the figures of the whole period.',
	);
}

export const groupBy: INodeProperties = {
	displayName: 'Group By',
	name: 'groupBy',
	type: 'multiOptions',
	options: [
		{ name: 'Agent', value: 'agent', description: 'Who answered or dialled' },
		{
			name: 'Day',
			value: 'day',
			description: "The day the call began, in the workflow's time zone",
		},
		{ name: 'Direction', value: 'direction' },
		{ name: 'Hour', value: 'hour', description: 'The hour of the day, 0 to 23' },
		{ name: 'Line', value: 'line', description: "The company's number that was called or shown" },
		{ name: 'Queue', value: 'queue', description: 'The first queue that the call passed' },
		{ name: 'Weekday', value: 'weekday', description: '1 (Monday) to 7' },
	],
	default: [],
	description: 'One item for each group that occurs. Leave empty for one item with all calls.',
};

const { callBackHours, serviceLevelFormula, serviceLevelSeconds, shortAbandonSeconds } =
	DEFAULT_RULES;

/** What figures are counted by, in statistics and reports. */
export const ruleOptions: INodeProperties[] = [
	{
		displayName: 'Call Back Hours',
		name: 'callBackHours',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LONGEST_CALL_BACK_HOURS },
		default: callBackHours,
		description:
			'How many hours after a missed call an answered call with the same number counts as a call back. Calls are read for that long after the period, and no further than now.',
	},
	{
		displayName: 'Service Level Formula',
		name: 'serviceLevelFormula',
		type: 'options',
		options: [
			{ name: 'Of Answered Calls', value: 'answered' },
			{ name: 'Of Offered Calls', value: 'offered' },
			{ name: 'Of Offered Calls Without Short Abandons', value: 'offeredLessShort' },
		],
		default: serviceLevelFormula,
		description: 'What the calls answered in time are divided by',
	},
	{
		displayName: 'Service Level Seconds',
		name: 'serviceLevelSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: serviceLevelSeconds,
		description: 'How many seconds a caller may wait for an answer that counts as in time',
	},
	{
		displayName: 'Short Abandon Seconds',
		name: 'shortAbandonSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: shortAbandonSeconds,
		description: 'Callers who give up within this many seconds count as short abandons',
	},
];
