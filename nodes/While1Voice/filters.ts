import type { INodeProperties } from 'n8n-workflow';

/**
 * The filters of `/api/cdr`, named as the vendor names them (docs/vendors/while1-voice.md 4). The API has no list of
 * projects, users or routes to choose from: `/api/users-status` gives names, and the filter wants IDs (10).
 */
export const filters: INodeProperties[] = [
	{
		displayName: 'Call Status',
		name: 'call_status',
		type: 'options',
		options: [
			{ name: 'Answered', value: 'ANSWERED' },
			{ name: 'Any', value: '' },
			{ name: 'Busy', value: 'BUSY' },
			{ name: 'Congestion', value: 'CONGESTION' },
			{ name: 'Failed', value: 'FAILED' },
			{ name: 'No Answer', value: 'NO ANSWER' },
		],
		default: '',
		description: 'How calls ended',
	},
	{
		displayName: 'Destination',
		name: 'destination',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0700000000',
		description:
			'The number that was called. The platform documents it both as a whole number and as a part of one; enter the whole number as it stands in the records.',
	},
	{
		displayName: 'Direction',
		name: 'direction',
		type: 'options',
		options: [
			{ name: 'Any', value: '' },
			{ name: 'Inbound', value: 'IN' },
			{ name: 'Outbound', value: 'OUT' },
		],
		default: '',
		description: 'Whether calls came in or went out',
	},
	{
		displayName: 'External ID',
		name: 'external_id',
		type: 'string',
		default: '',
		description: 'Your own call ID, given when the call was originated through the API',
	},
	{
		displayName: 'From ID',
		name: 'from_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 29056',
		description:
			'Only records with this ID or a higher one, digits only. The period holds as well.',
	},
	{
		displayName: 'Has Monitor File',
		name: 'has_monitor_file',
		type: 'boolean',
		default: false,
		description: 'Whether to get only calls that the PBX recorded by itself (monitor_files)',
	},
	{
		displayName: 'Has Recording File',
		name: 'has_recording_file',
		type: 'boolean',
		default: false,
		description: 'Whether to get only calls with a recording file (recording_file)',
	},
	{
		displayName: 'Has Transcription',
		name: 'has_transcription',
		type: 'boolean',
		default: false,
		description:
			'Whether to get only calls with a transcription. It is written some time after the call.',
	},
	{
		displayName: 'Hour Between',
		name: 'hour_between',
		type: 'string',
		default: '',
		placeholder: 'e.g. 09:00-17:30',
		description:
			"Only calls that began between these hours of the day, on the PBX's clock, as HH:MM-HH:MM. The first hour has to be the earlier one.",
	},
	{
		displayName: 'Inbound Route IDs',
		name: 'inbound_route_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1,2,3,4',
		description:
			'The inbound routes whose calls to get: numeric IDs of the PBX, separated by commas',
	},
	{
		displayName: 'Linked ID',
		name: 'linkedid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1710401324.480',
		description:
			'All records of one call and of what it was transferred to (callId of a call record). Text, for as a number its last zeros are lost.',
	},
	{
		displayName: 'Project ID',
		name: 'project_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3',
		description: 'The project whose calls to get: one numeric ID of the PBX',
	},
	{
		displayName: 'Source',
		name: 'source',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0312285000',
		description:
			'The number the call came from. The platform documents it both as a whole number and as a part of one; enter the whole number as it stands in the records.',
	},
	{
		displayName: 'Telephone',
		name: 'telephone',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0700000000',
		description:
			'A number that is the source or the destination, whole and as it stands in the records',
	},
	{
		displayName: 'Telephone Like',
		name: 'telephone_like',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0722',
		description: 'Part of a number that is the source or the destination',
	},
	{
		displayName: 'Unique ID',
		name: 'uniqueid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1710401324.480',
		description: 'One record by its Asterisk ID. Text, for as a number its last zeros are lost.',
	},
	{
		displayName: 'User IDs',
		name: 'user_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 17,23',
		description: 'The users whose calls to get: numeric IDs of the PBX, separated by commas',
	},
];
