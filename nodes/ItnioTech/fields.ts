import { whole } from '../callRecords/callRecord';
import { codes, id, listOf, mapped, matching, text, type Field } from '../callRecords/fields';

/** Ids are sent as numbers. One that JavaScript cannot hold exactly stays text. */
const asNumber = (digits: string) => whole(digits) ?? digits;

/** A name may have a comma in it. */
const names = listOf(text, 'none');

/** As the platform writes numbers: digits, the country code first, without `+`; hidden digits as `*`. */
const phoneNumber = mapped(
	matching(/^[+(]*[\d*][\d*\s().-]*$/, 'digits only', 'Write it like 8613800000001.'),
	(number) => number.replace(/[^\d*]/g, ''),
);

/** `86`, also where it is given as `+86`, or as records have it: `86(China)`. */
const countryCodes = listOf(
	mapped(matching(/^\+?\d{1,7}(?:\(.*\))?$/, 'country codes, digits only', 'As in 86.'), (code) =>
		code.replace(/^\+|\(.*$/g, ''),
	),
);

/** The filters of `record/query`, named as the vendor names them (docs/vendors/itnio-tech.md 3). */
export const fields: Field[] = [
	{
		property: {
			displayName: 'Agent Group Name',
			name: 'sipGroupName',
			type: 'string',
			default: '',
			placeholder: 'e.g. support',
			description: 'The name of the agent group whose calls to get, as it stands in the console',
		},
		read: text,
	},
	{
		property: {
			displayName: 'Agent Group Name or ID',
			name: 'voiceGroupId',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getAgentGroups' },
			default: '',
			description:
				'The agent group whose calls to get. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		read: mapped(id, asNumber),
	},
	{
		property: {
			displayName: 'Agent Names',
			name: 'seatNameList',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Name' },
			default: [],
			placeholder: 'e.g. alice',
			description:
				'The names of the agents whose calls to get. By expression: a list of names, or one name as text.',
		},
		read: names,
	},
	{
		property: {
			displayName: 'Agent Names or IDs',
			name: 'seatId',
			type: 'multiOptions',
			typeOptions: {
				loadOptionsMethod: 'getAgents',
				loadOptionsDependsOn: ['filters.voiceGroupId'],
			},
			default: [],
			description:
				'The agents whose calls to get; the list has those of the agent group that is chosen as a filter. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		read: listOf(mapped(id, asNumber)),
	},
	{
		property: {
			displayName: 'Call Types',
			name: 'callType',
			type: 'multiOptions',
			options: [
				{ name: 'Group Call to Agent', value: 1 },
				{ name: 'Incoming', value: 2 },
				{ name: 'Outgoing', value: 3 },
			],
			default: [],
			description:
				'Which calls to get: group calls put through to an agent (1), incoming (2), outgoing (3)',
		},
		read: codes,
	},
	{
		property: {
			displayName: 'Called or Calling Number',
			name: 'calledOrCaller',
			type: 'string',
			default: '',
			placeholder: 'e.g. 8613800000001',
			description:
				'The number that was called or that called: digits with the country code first, as in 8613800000001',
		},
		read: phoneNumber,
	},
	{
		property: {
			displayName: 'Country Codes',
			name: 'ccode',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Country Code' },
			default: [],
			placeholder: 'e.g. 86',
			description:
				'The country codes of the calls to get, digits only. By expression: a list, or text like 86,65.',
		},
		read: countryCodes,
	},
	{
		property: {
			displayName: 'Hangup Reasons',
			name: 'hangupReason',
			type: 'multiOptions',
			options: [
				{ name: 'Call Failed', value: 4 },
				{ name: 'Called Operator Has No Service', value: 5 },
				{ name: 'Called Party Busy', value: 7 },
				{ name: 'Called Party Out of Area', value: 6 },
				{ name: 'Incoming Call Hung Up', value: 9 },
				{ name: 'Incoming Call Not Answered', value: 8 },
				{ name: 'Outgoing Call Hung Up', value: 1 },
				{ name: 'Outgoing Call Not Answered', value: 0 },
				{ name: 'Transfer Ended After Success', value: 3 },
				{ name: 'Transfer Ended While Ringing', value: 2 },
			],
			default: [],
			description:
				'How the calls to get ended: outgoing not answered (0) or hung up (1), transfer ended while ringing (2) or after success (3), failed (4), no service (5), out of area (6), busy (7), incoming not answered (8) or hung up (9)',
		},
		read: codes,
	},
	{
		property: {
			displayName: 'Hung Up By',
			name: 'hangingDirection',
			type: 'multiOptions',
			options: [
				{ name: 'Agent', value: 1 },
				{ name: 'Customer', value: 0 },
				{ name: 'Nobody', value: 3 },
			],
			default: [],
			description: 'Who hung up: the customer (0), the agent (1) or nobody (3)',
		},
		read: codes,
	},
	{
		property: {
			displayName: 'Tag Names or IDs',
			name: 'labelNames',
			type: 'multiOptions',
			typeOptions: {
				loadOptionsMethod: 'getTags',
				loadOptionsDependsOn: ['filters.voiceGroupId'],
			},
			default: [],
			description:
				'The tags of the calls to get; the list has those of the agent group that is chosen as a filter. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		read: names,
	},
];
