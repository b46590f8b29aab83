import {
	flag,
	listOf,
	mapped,
	matching,
	oneOf,
	phoneNumber,
	text,
	type Field,
	type FieldReader,
} from '../callRecords/fields';

const joined = (list: string[]) => list.join(',');

const dids = mapped(
	listOf(matching(/^[^:]+:[^:]+$/, 'number:trunk or name:trunk, separated by commas')),
	joined,
);

const codeIds = mapped(listOf(matching(/^\d+$/, 'IDs in digits, separated by commas')), joined);

const groupId = mapped(matching(/^0*[1-9]\d*$/, 'the ID of a group, a whole number'), Number);

/** The PBX has its words in capitals. */
const statusWord: FieldReader = (given, property) =>
	oneOf(typeof given === 'string' ? given.trim().toUpperCase() : given, property);

/**
 * The filters of `cdr/search`, named as the vendor names them (docs/vendors/yeastar-p-series.md 4.2), and `from` of
 * `cdr/list` (4.1). Only what was given is sent: an empty value would be compared with.
 */
export const fields: Field[] = [
	phoneNumber(
		'Caller',
		'call_from',
		'searchExtensions',
		'The number that called: an extension like 2005, or an outside number as the PBX shows it. Together with Callee, only calls between the two are returned; for all calls of an extension, use two nodes.',
	),
	phoneNumber(
		'Callee',
		'call_to',
		'searchExtensions',
		'The number that was called: an extension, a queue or menu like 6400, or an outside number as it was dialled',
	),
	{
		property: {
			displayName: 'DID Numbers',
			name: 'did',
			type: 'string',
			default: '',
			placeholder: 'e.g. +15550100999:sip-main',
			description:
				'The numbers of the company that were called, each as number:trunk or name:trunk, separated by commas. Needs newer firmware; an older one ignores it and returns all calls.',
		},
		read: dids,
	},
	{
		property: {
			displayName: 'Disposition Code IDs',
			name: 'disposition_code_list',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3,8',
			description:
				'IDs of disposition codes that agents gave the calls in call notes, separated by commas. Needs newer firmware; an older one ignores it and returns all calls.',
		},
		read: codeIds,
	},
	{
		property: {
			displayName: 'Extension Group Name or ID',
			name: 'extension_group',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getExtensionGroups' },
			default: '',
			description:
				'Only calls of the members of this group. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		read: groupId,
	},
	{
		property: {
			displayName: 'Fuzzy Search',
			name: 'enable_fuzzy_search',
			type: 'boolean',
			default: false,
			description:
				'Whether Caller and Callee may be part of a number. For older firmware; a newer one may ignore it, since there it is a setting of the whole PBX.',
		},
		read: mapped(flag, Number),
	},
	{
		property: {
			displayName: 'PIN Code',
			name: 'pin_code',
			type: 'string',
			default: '',
			description:
				'The PIN that was entered for a call through a restricted outbound route. Needs the newest firmware; an older one ignores it and returns all calls.',
		},
		read: text,
	},
	{
		property: {
			displayName: 'Records Of',
			name: 'from',
			type: 'options',
			options: [
				{ name: 'New Firmware', value: 'new', description: 'Made since x.21.0.117' },
				{ name: 'Old Firmware', value: 'legacy', description: 'Made on x.21.0.66 or earlier' },
			],
			default: 'legacy',
			description:
				'On a PBX that was upgraded, which of its two lists of records to search. Documented for the list of records only; most PBXs search the new one when nothing is said.',
		},
		read: oneOf,
	},
	{
		property: {
			displayName: 'Remark',
			name: 'call_note_remark',
			type: 'string',
			default: '',
			description:
				'Text of the remark in the call note. Needs newer firmware; an older one ignores it and returns all calls.',
		},
		read: text,
	},
	{
		property: {
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Answered', value: 'ANSWERED' },
				{ name: 'Busy', value: 'BUSY' },
				{ name: 'Failed', value: 'FAILED' },
				{ name: 'No Answer', value: 'NO ANSWER' },
				{ name: 'Voicemail', value: 'VOICEMAIL' },
			],
			default: 'ANSWERED',
			description: 'How the call, or the leg of it, ended',
		},
		read: statusWord,
	},
];
