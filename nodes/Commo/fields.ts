import type { INodeProperties } from 'n8n-workflow';

import { listOf, mapped, matching, oneOfAlways, text, type Field } from '../callRecords/fields';

/** A letter makes the platform answer with an error that names nothing. */
const extensions = mapped(
	listOf(
		matching(
			/^\d+$/,
			'extension numbers, digits only',
			'Use extension numbers, like 8001 or 8001,8002.',
		),
	),
	(list) => list.join(','),
);

const calledNumber = matching(/^\+?\d+$/, 'digits only');

/** Shown while the filter 'Query State' asks for records that are then marked. */
const notQueriedYet: INodeProperties = {
	displayName:
		"With 'Not Queried Yet', Commo marks every record that it returns and never returns it this way again: not to another program and not to the next run, even if this run fails. Calls that do not meet Match Calls are gone, too. With a limit, the records are not always the newest.",
	name: 'notQueriedYet',
	type: 'notice',
	default: '',
};

/** The notice below the filters of an operation, when it holds for them. */
export function noticeBelow(filters: INodeProperties): INodeProperties {
	// n8n before 2.33.6 resolves the path of a nested parameter only from the root.
	const show = { ...filters.displayOptions?.show, '/filters.syncflag': [1] };
	return { ...notQueriedYet, displayOptions: { show } };
}

/**
 * The filters of `App.Sip_Cdr.GetBill`, named as the vendor names them. What the platform assumes of an omitted
 * parameter is a trap, so those with a fixed choice are always sent (docs/vendors/commo.md 3).
 */
export const fields: Field[] = [
	{
		property: {
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
		read: oneOfAlways,
	},
	{
		property: {
			displayName: 'Custom UUID',
			name: 'customuuid',
			type: 'string',
			default: '',
			description: 'Your own call ID, given when the call was dialled through the API',
		},
		read: text,
	},
	{
		property: {
			displayName: 'Destination Number',
			name: 'destnumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 13800000001',
			description: 'The number that was called, digits only',
		},
		read: calledNumber,
	},
	{
		property: {
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
		read: oneOfAlways,
	},
	{
		property: {
			displayName: 'Extension Names or IDs',
			name: 'extnumber',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getExtensions' },
			default: [],
			description:
				'The extensions whose calls to get. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		read: extensions,
	},
	{
		property: {
			displayName: 'Maturity',
			name: 'chengshudu',
			type: 'string',
			default: '',
			description:
				'The custom value "maturity" (chengshudu) given when the call was dialled through the API',
		},
		read: text,
	},
	{
		property: {
			displayName: 'Member ID',
			name: 'memberid',
			type: 'string',
			default: '',
			description: 'The custom member ID given when the call was dialled through the API',
		},
		read: text,
	},
	{
		property: {
			displayName: 'Query State',
			name: 'syncflag',
			type: 'options',
			options: [
				{ name: 'All Records', value: 3 },
				{
					name: 'Not Queried Yet',
					value: 1,
					description: 'Commo marks the records it returns, and returns them this way only once',
				},
				{ name: 'Queried Already', value: 2 },
			],
			default: 3,
			description:
				'Which records to get by whether they were fetched before. Keep All Records, unless nothing else reads this account.',
		},
		read: oneOfAlways,
	},
	{
		property: {
			displayName: 'User ID',
			name: 'userid',
			type: 'string',
			default: '',
			description: 'The custom employee ID given when the call was dialled through the API',
		},
		read: text,
	},
];
