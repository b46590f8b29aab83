import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import type { Platform } from '../platform';
import { LONGEST_CALL_SECONDS } from '../calls/groupCalls';
import { matchCalls } from './match';
import { callOutput, crmOptions, recordOutput } from './outputs';
import {
	filters,
	includeLegs,
	optionsCollection,
	personalData,
	requestOptions,
} from './properties';

export const emit: INodeProperties = {
	displayName: 'Emit',
	name: 'emit',
	type: 'options',
	options: [
		{
			name: 'Calls',
			value: 'calls',
			description: 'One item per call, with who answered and how long the caller waited',
		},
		{
			name: 'Call Legs',
			value: 'callRecords',
			description: 'One item per row of the platform: each leg of a call, where it writes legs',
		},
	],
	default: 'calls',
	description: 'What to start the workflow with',
};

/** What the canvas shows below the node. */
export const triggerSubtitle =
	"={{ $parameter.emit === 'callRecords' ? 'New Call Legs' : 'New Calls' }}";

/** How legs become calls. */
function callOptions({ legs }: Platform): INodeProperties[] {
	if (!legs) return [];
	const usualHours = LONGEST_CALL_SECONDS / 3600;
	const usualSettling = legs.settleSeconds;
	return [
		{
			displayName: 'Longest Call Hours',
			name: 'longestCallHours',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 48 },
			default: usualHours,
			description:
				'How many hours a call may last. Polls read so much further on both sides, so that no call is cut.',
		},
		{
			displayName: 'Settle Seconds',
			name: 'settleSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1800 },
			default: usualSettling,
			description:
				'How long to wait after the end of a call before it is returned, since its last legs may be written late. Legs that come later return the call again, with change set to updated.',
		},
	];
}

const pollOptions: INodeProperties[] = [
	{
		displayName: 'Hours Back',
		name: 'hoursBack',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 24,
		displayOptions: { show: { startFrom: ['hoursBack'] } },
		description: 'How many hours to go back when the trigger is activated for the first time',
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
			'How many hours every poll looks back for calls that appear late. 0 chooses by itself: as long as one reply carries, from 1 to 24 hours. Older calls that appear within a week are found in any case, within a day.',
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
		emit,
		...updateDisplayOptions({ show: { emit: ['calls'] } }, [matchCalls]),
		filters(platform, platform.excludedTriggerFilters),
		...updateDisplayOptions({ show: { emit: ['calls'] } }, [callOutput]),
		...updateDisplayOptions({ show: { emit: ['callRecords'] } }, [recordOutput]),
		optionsCollection([
			...pollOptions,
			...callOptions(platform),
			includeLegs,
			personalData,
			...crmOptions,
			...requestOptions(platform),
			...platform.options,
		]),
	];
}
