import type { INodeProperties } from 'n8n-workflow';

export const binaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
};

/** What is asked for an export besides period, filters and output. */
export const exportFields: INodeProperties[] = [
	{
		displayName: 'Format',
		name: 'format',
		type: 'options',
		options: [
			{
				name: 'CSV',
				value: 'csv',
				description: 'A table, for spreadsheets and databases (RFC 4180, UTF-8)',
			},
			{ name: 'JSON Lines', value: 'jsonl', description: 'One JSON object in each line' },
		],
		default: 'csv',
		description: 'What the file is written as',
	},
	{
		displayName: 'Compress',
		name: 'compress',
		type: 'boolean',
		default: false,
		description: 'Whether to compress the file with gzip',
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. calls.csv',
		description:
			'The name of the file; its ending is added where it is missing. Left empty, it is made of the platform and the period.',
	},
	binaryField,
];

const forCsv = { show: { '/format': ['csv'] } };

export const exportOptions: INodeProperties[] = [
	{
		displayName: 'Byte Order Mark',
		name: 'byteOrderMark',
		type: 'boolean',
		default: false,
		displayOptions: forCsv,
		description:
			'Whether to begin the file with a byte order mark, by which Excel knows that it is UTF-8',
	},
	{
		displayName: 'Delimiter',
		name: 'delimiter',
		type: 'options',
		options: [
			{ name: 'Comma', value: 'comma' },
			{ name: 'Semicolon', value: 'semicolon' },
			{ name: 'Tab', value: 'tab' },
		],
		default: 'comma',
		displayOptions: forCsv,
		description:
			'What stands between two cells. Excel opens files with semicolons where the comma is the decimal sign.',
	},
	{
		displayName: 'Escape Formulas',
		name: 'guardFormulas',
		type: 'boolean',
		default: true,
		displayOptions: forCsv,
		description:
			'Whether to put an apostrophe in front of text that a spreadsheet would run as a formula, as what begins with =, +, - or @. Phone numbers like +40721000000 stay as they are.',
	},
	{
		displayName: 'Keep Numbers as Text in Excel',
		name: 'excelText',
		type: 'boolean',
		default: false,
		displayOptions: forCsv,
		description:
			'Whether to write phone numbers and IDs as ="0721000000". With this, Excel keeps a leading 0 or + when it opens a CSV file; other programs show the extra signs around the number.',
	},
];

export const recordingFields: INodeProperties[] = [
	{
		displayName: 'Recording',
		name: 'recording',
		type: 'string',
		default: '={{ $json.recordingFile || $json.recordingUrl }}',
		description:
			'The recording of a call: recordingFile or recordingUrl of its call record, a file name or a URL. An item without one comes out with recordingFound = false.',
	},
	binaryField,
];

export const downloadOptions: INodeProperties[] = [
	{
		displayName: 'Allowed Hosts',
		name: 'allowedHosts',
		type: 'string',
		default: '',
		placeholder: 'e.g. recordings.example.com, 203.0.113.9',
		description:
			'Other hosts than that of the credential from which recordings may be downloaded, separated by commas. They never get the credential.',
	},
];
