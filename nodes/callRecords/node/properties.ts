import type { INodeProperties } from 'n8n-workflow';

import type { Platform } from '../platform';

export const period: INodeProperties[] = [
	{
		displayName: 'Period',
		name: 'period',
		type: 'options',
		options: [
			{ name: 'Custom', value: 'custom', description: 'From a start time to an end time' },
			{ name: 'Last 24 Hours', value: 'last24Hours' },
			{ name: 'Last 30 Days', value: 'last30Days' },
			{ name: 'Last 7 Days', value: 'last7Days' },
			{ name: 'Last Hour', value: 'lastHour' },
			{ name: 'Last Month', value: 'lastMonth' },
			{ name: 'This Month', value: 'thisMonth' },
			{ name: 'Today', value: 'today' },
			{ name: 'Yesterday', value: 'yesterday' },
		],
		default: 'last24Hours',
		description:
			"Time range, by call start. Days and months are those of the workflow's time zone.",
	},
	{
		displayName: 'Start Time',
		name: 'startTime',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { period: ['custom'] } },
		description:
			"Calls that began at this time or later. ISO 8601, e.g. 2026-11-01T00:00:00+02:00; without an offset it is taken in the workflow's time zone.",
	},
	{
		displayName: 'End Time',
		name: 'endTime',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { period: ['custom'] } },
		description:
			"Calls that began at this time or earlier. ISO 8601, e.g. 2026-11-30T23:59:59+02:00; without an offset it is taken in the workflow's time zone.",
	},
];

export const limit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
		hint: 'The newest calls of the period',
	},
];

export function filters(platform: Platform, leftOut: string[] = []): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: platform.filters.filter(({ name }) => !leftOut.includes(name)),
	};
}

/** Options of how requests are made, the same for reading, following and exporting. */
export function requestOptions(platform: Platform): INodeProperties[] {
	const usualPageSize = platform.pageSize.default;
	const usualAtOnce = platform.requestsAtOnce.default;
	const pageSize: INodeProperties = {
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: platform.pageSize.max },
		default: usualPageSize,
		description: 'How many records to ask for in one request',
	};
	return [
		{
			displayName: 'Maximum Wait (Seconds)',
			name: 'longestWait',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 60,
			description:
				'How many seconds to wait at most before a request is tried again. Where the platform asks for more, the run stops and says when to try again.',
		},
		...(platform.pageSize.fixed ? [] : [pageSize]),
		{
			displayName: 'Concurrent Requests',
			name: 'requestsAtOnce',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: platform.requestsAtOnce.max },
			default: usualAtOnce,
			description: 'How many requests may be under way at the same time',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60_000,
			description: 'How many milliseconds to wait for the answer to one request',
		},
	];
}

export function optionsCollection(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

export const readOptions: INodeProperties[] = [
	{
		displayName: 'Add Report',
		name: 'addReport',
		type: 'boolean',
		default: false,
		description:
			'Whether to add one last item with figures of the run: requests, retries, windows, total of the platform, records',
	},
	{
		displayName: 'Order',
		name: 'order',
		type: 'options',
		options: [
			{ name: 'Newest First', value: 'newestFirst' },
			{ name: 'Oldest First', value: 'oldestFirst' },
		],
		default: 'newestFirst',
		description: 'The order in which the records are returned',
	},
];

export const personalData: INodeProperties = {
	displayName: 'Personal Data',
	name: 'personalData',
	type: 'options',
	options: [
		{ name: 'Keep', value: 'keep' },
		{
			name: 'Last Digits',
			value: 'lastDigits',
			description: 'Only the last three digits of numbers, no names',
		},
		{
			name: 'Pseudonymize',
			value: 'pseudonymize',
			description:
				'The same number becomes the same code, made with the Pseudonym Key of the credential',
		},
		{ name: 'Remove', value: 'remove', description: 'No numbers and no names of people' },
	],
	default: 'keep',
	description: 'What happens to the numbers and names of people, before anything leaves the node',
};

export const includeLegs: INodeProperties = {
	displayName: 'Include Legs',
	name: 'includeLegs',
	type: 'boolean',
	default: false,
	description: 'Whether to add the call records of all legs to the call, in the field legs',
};

/** Options of all that works on calls; those about legs only where the platform writes legs. */
export function callOptions(
	{ legs }: Platform,
	{ hasLegs }: { hasLegs: boolean } = { hasLegs: true },
): INodeProperties[] {
	const settleSeconds = legs?.settleSeconds ?? 0;
	const ofLegs: INodeProperties[] = [
		{
			displayName: 'Longest Call Hours',
			name: 'longestCallHours',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 48 },
			default: 4,
			description:
				'How long a call may last. The node reads that much further on both sides of the period, so that no call is cut in two.',
		},
		{
			displayName: 'Settle Seconds',
			name: 'settleSeconds',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: settleSeconds,
			description:
				'How many seconds after its end a call counts as complete, since the platform may still write legs until then',
		},
	];
	return [...(hasLegs ? [includeLegs] : []), personalData, ...(legs ? ofLegs : [])];
}
