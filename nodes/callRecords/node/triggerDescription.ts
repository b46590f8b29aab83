import type { INodeProperties } from 'n8n-workflow';

import type { Platform } from '../platform';
import { filters, optionsCollection, output, requestOptions } from './description';

const followOptions: INodeProperties[] = [
	{
		displayName: 'Hours Back',
		name: 'hoursBack',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 24,
		description: "How many hours to go back at the first start, when 'Start From' says so",
	},
	{
		displayName: 'Include Updates',
		name: 'includeUpdates',
		type: 'boolean',
		default: false,
		description:
			'Whether to return a call again when its record changed within a day, as when a recording or a note was added. The field change says new or updated.',
	},
	{
		displayName: 'Look Back Hours',
		name: 'lookBackHours',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'How many hours every poll looks back for calls that appear late. 0 chooses by itself: as long as one answer carries, from 1 to 24 hours. Older calls that appear within a week are found in any case, within a day.',
	},
	{
		displayName: 'Max Records per Poll',
		name: 'maxRecordsPerPoll',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 5000,
		description:
			'How many calls to return at most in one poll. The rest follows in the next polls, oldest first.',
	},
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		options: [
			{
				name: 'Hours Back',
				value: 'hoursBack',
				description: 'Return the calls of the hours before, too',
			},
			{ name: 'Now', value: 'now', description: 'Return calls that appear after activation' },
		],
		default: 'now',
		description: 'Which calls to return when the trigger is activated for the first time',
	},
];

/** All parameters of a trigger node; n8n adds its poll times. */
export function triggerProperties(platform: Platform): INodeProperties[] {
	return [
		filters(platform, platform.excludedTriggerFilters),
		output,
		optionsCollection([...followOptions, ...requestOptions(platform), ...platform.options]),
	];
}
