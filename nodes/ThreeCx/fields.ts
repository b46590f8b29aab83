import { flag, oneOf, phoneNumber, type Field } from '../callRecords/fields';

/**
 * The arguments of the report that choose calls, named as the vendor names them; the numbers of the others are not known
 * (docs/vendors/3cx.md 4.1, 11.11).
 */
export const fields: Field[] = [
	{
		property: {
			displayName: 'Calls',
			name: 'callsType',
			type: 'options',
			options: [
				{ name: 'Any', value: '' },
				{ name: 'Answered', value: '1' },
				{ name: 'Unanswered', value: '2' },
			],
			default: '',
			description:
				'Which calls the report holds. 3CX does not document the numbers behind these words: compare with all calls once.',
		},
		read: oneOf,
	},
	phoneNumber(
		'Destination',
		'destinationFilter',
		'searchNumbers',
		'Only what went to this number: an extension, a queue, or an outside number. 3CX does not document the effect: compare with all calls once.',
	),
	{
		property: {
			displayName: 'Hide Parking and Pick-Up',
			name: 'hidePcalls',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out the entries that parking and picking up calls make',
		},
		read: flag,
	},
	phoneNumber(
		'Source',
		'sourceFilter',
		'searchNumbers',
		'Only what came from this number: an extension or an outside number. 3CX does not document the effect: compare with all calls once.',
	),
];
