import { digits, oneOf, text, type Field } from '../callRecords/fields';

/**
 * The filters of `/api/cdrs`, named as the vendor names them. Only what is chosen is sent: an omitted parameter means
 * "any". For a number in another form the platform returns code 1008, which does not say which one it means
 * (docs/vendors/infin8linx.md 2).
 */
export const fields: Field[] = [
	{
		property: {
			displayName: 'Call Direction',
			name: 'context',
			type: 'options',
			options: [
				{ name: 'Any', value: '' },
				{ name: 'Inbound', value: 'callin' },
				{ name: 'Outbound', value: 'callout' },
			],
			default: '',
			description: 'Whether calls came in or went out',
		},
		read: oneOf,
	},
	{
		property: {
			displayName: 'Call Method',
			name: 'callmethod',
			type: 'options',
			options: [
				{ name: 'Any', value: '' },
				{ name: 'API Call', value: '3' },
				{
					name: 'API Double Call',
					value: '4',
					description: 'The platform called one side, then the other, and connected the two',
				},
				{ name: 'IVR or Group Call', value: '6' },
				{ name: 'Manual Dial', value: '2' },
				{ name: 'Predictive Outbound Call', value: '5' },
			],
			default: '',
			description: 'How the call was made',
		},
		read: oneOf,
	},
	{
		property: {
			displayName: 'Called Number',
			name: 'callnumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 13800000001',
			description: 'The number that was called, digits only, as it stands in the records',
		},
		read: digits,
	},
	{
		property: {
			displayName: 'Calling Number',
			name: 'disnumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 02180000001',
			description:
				'The number that the called side was shown, digits only, as it stands in the records',
		},
		read: digits,
	},
	{
		property: {
			displayName: 'Extension Number',
			name: 'extnumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 8001',
			description: 'The extension whose calls to get, digits only. One extension, not a list.',
		},
		read: digits,
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
			displayName: 'User ID',
			name: 'userid',
			type: 'string',
			default: '',
			description: 'The custom user ID given when the call was dialled through the API',
		},
		read: text,
	},
];
