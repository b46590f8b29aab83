import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import type { Platform, Recordings } from '../platform';
import { downloadOptions, exportFields, exportOptions, recordingFields } from './fileDescription';

const forCallRecords = { show: { resource: ['callRecord'] } };
const forGetMany = { show: { resource: ['callRecord'], operation: ['getAll'] } };
const forExport = { show: { resource: ['callRecord'], operation: ['export'] } };
const forRecordings = { show: { resource: ['recording'] } };

const period: INodeProperties[] = [
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
			"Which calls to get, by when they began. Days and months are those of the workflow's time zone.",
	},
	{
		displayName: 'Start Time',
		name: 'startTime',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { period: ['custom'] } },
		description:
			"Calls that began at this time or later. ISO 8601, e.g. 2026-11-01T00:00:00+02:00; without an offset it is taken in the workflow's time zone.",
	},
	{
		displayName: 'End Time',
		name: 'endTime',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { period: ['custom'] } },
		description:
			"Calls that began at this time or earlier. ISO 8601, e.g. 2026-11-30T23:59:59+02:00; without an offset it is taken in the workflow's time zone.",
	},
];

const limit: INodeProperties[] = [
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

export const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Call Record',
			value: 'callRecord',
			description: 'The same fields for every phone system',
		},
		{
			name: 'Call Record and Original',
			value: 'both',
			description: "The call record, with the platform's own row in the field original",
		},
		{ name: 'Original', value: 'original', description: "The platform's own row, untouched" },
	],
	default: 'callRecord',
	description: 'What each item holds',
};

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
			displayName: 'Longest Wait',
			name: 'longestWait',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 60,
			description:
				'How many seconds to wait at most before a request is tried again. Where the platform asks for more, the run stops and says when to try again.',
		},
		...(platform.pageSize.fixed ? [] : [pageSize]),
		{
			displayName: 'Requests at Once',
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

const readOptions: INodeProperties[] = [
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

/** All parameters of an action node, but for the platform's own notices. */
export function callRecordProperties(platform: Platform): INodeProperties[] {
	const resources = [
		{ name: 'Call Record', value: 'callRecord' },
		...(platform.recordings ? [{ name: 'Recording', value: 'recording' }] : []),
	];
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources,
			default: 'callRecord',
		},
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: forCallRecords,
			options: [
				{
					name: 'Export to File',
					value: 'export',
					action: `Export call records from ${platform.title} to a file`,
					description: 'Write all call records of a period into one CSV or JSON Lines file',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: `Get many call records from ${platform.title}`,
					description:
						'Get a list of call records: who called whom, when, how long and how it ended',
				},
			],
			default: 'getAll',
		},
		...updateDisplayOptions(forCallRecords, period),
		...updateDisplayOptions(forGetMany, limit),
		...updateDisplayOptions(forCallRecords, [filters(platform)]),
		...updateDisplayOptions(forGetMany, [
			output,
			optionsCollection([...readOptions, ...requestOptions(platform), ...platform.options]),
		]),
		...updateDisplayOptions(forExport, [
			...exportFields,
			...outputOfExport,
			optionsCollection([...exportOptions, ...requestOptions(platform), ...platform.options]),
		]),
		...(platform.recordings ? recordingProperties(platform, platform.recordings) : []),
	];
}

/** A CSV file has fixed columns, which the platform's own rows have not. */
const outputOfExport: INodeProperties[] = [
	{
		...output,
		displayOptions: { show: { format: ['csv'] } },
		options: output.options?.filter((option) => 'value' in option && option.value !== 'original'),
		description: 'What each line holds',
	},
	{
		...output,
		displayOptions: { show: { format: ['jsonl'] } },
		description: 'What each line holds',
	},
];

function recordingProperties(platform: Platform, recordings: Recordings): INodeProperties[] {
	const ofRequests = requestOptions(platform).filter(
		({ name }) => name === 'timeout' || name === 'longestWait',
	);
	return updateDisplayOptions(forRecordings, [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Download',
					value: 'download',
					action: `Download a recording from ${platform.title}`,
					description: 'Download the recording of a call as a file',
				},
			],
			default: 'download',
		},
		...recordingFields,
		optionsCollection([...downloadOptions, ...ofRequests, ...recordings.options]),
	]);
}
