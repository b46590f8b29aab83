import type { INodeProperties } from 'n8n-workflow';

/** Shown while the filter 'Query State' asks for records that are then marked. */
export const notQueriedYet: INodeProperties = {
	displayName:
		"Under 'Not Queried Yet' Commo marks every record it hands over, and does not hand it over this way again: neither to another program nor to the next run, also when this run fails. With a limit, the records are not always the newest.",
	name: 'notQueriedYet',
	type: 'notice',
	default: '',
	displayOptions: { show: { resource: ['callRecord'], 'filters.syncflag': [1] } },
};

/** The filters of `App.Sip_Cdr.GetBill`, named as the vendor names them (docs/vendors/commo.md 3). */
export const filters: INodeProperties[] = [
	{
		displayName: 'Call Method',
		name: 'callmethod',
		type: 'options',
		options: [
			{ name: 'Any', value: 0 },
			{ name: 'API Call', value: 3 },
			{ name: 'API Double Call', value: 4 },
			{ name: 'Extension to Extension', value: 1 },
			{ name: 'IVR or Group Call', value: 6 },
			{ name: 'Manual Dial', value: 2 },
			{ name: 'Predictive Outbound Call', value: 5 },
		],
		default: 0,
		description: 'How the call was made',
	},
	{
		displayName: 'Custom UUID',
		name: 'customuuid',
		type: 'string',
		default: '',
		description: 'Your own call ID, given when the call was dialled through the API',
	},
	{
		displayName: 'Destination Number',
		name: 'destnumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 13800000001',
		description: 'The number that was called, digits only',
	},
	{
		displayName: 'Direction',
		name: 'direction',
		type: 'options',
		options: [
			{ name: 'All', value: 3 },
			{ name: 'Inbound', value: 1 },
			{ name: 'Outbound', value: 2 },
		],
		default: 3,
		description: 'Whether calls came in or went out',
	},
	{
		displayName: 'Extension Names or IDs',
		name: 'extnumber',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getExtensions' },
		default: [],
		description:
			'The extensions whose calls to get. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Maturity',
		name: 'chengshudu',
		type: 'string',
		default: '',
		description:
			'The custom value "maturity" (chengshudu) given when the call was dialled through the API',
	},
	{
		displayName: 'Member ID',
		name: 'memberid',
		type: 'string',
		default: '',
		description: 'The custom member ID given when the call was dialled through the API',
	},
	{
		displayName: 'Query State',
		name: 'syncflag',
		type: 'options',
		options: [
			{ name: 'All Records', value: 3 },
			{
				name: 'Not Queried Yet',
				value: 1,
				description: 'Commo marks what it hands over, and hands it over this way only once',
			},
			{ name: 'Queried Already', value: 2 },
		],
		default: 3,
		description:
			'Which records to get by whether they were fetched before. Keep All Records, unless nothing else reads this account.',
	},
	{
		displayName: 'User ID',
		name: 'userid',
		type: 'string',
		default: '',
		description: 'The custom employee ID given when the call was dialled through the API',
	},
];
