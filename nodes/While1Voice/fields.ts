import type { INodeProperties } from 'n8n-workflow';

import {
	flag,
	id,
	ids,
	mapped,
	matching,
	oneOf,
	wrongFilter,
	type Field,
} from '../callRecords/fields';

/** Half of a character outside the basic plane cannot go into `api_hash`. */
const WELL_FORMED = /^\P{Cs}*$/u;

const phoneNumber = matching(WELL_FORMED, 'a phone number, or a part of one, as text');

const callId = matching(
	/^\P{Cs}*\d\.\d+$/u,
	'an Asterisk ID as text, like 1710401324.480 (as a number it would lose its last zeros)',
);

/** Sent as 1, or not at all: nobody says what a false flag does (docs/vendors/while1-voice.md 11.6, 11.9). */
const whenTrue = mapped(flag, (isOn) => (isOn ? 1 : undefined));

/**
 * The form of the two elements is not documented; hours and minutes are what the name suggests
 * (docs/vendors/while1-voice.md 11.6).
 */
function hours(given: unknown, property: INodeProperties): string[] | undefined {
	if (given === undefined || given === null || given === '') return undefined;
	const parts: unknown[] = Array.isArray(given) ? given : String(given).split(/[-–]/);
	if (parts.every((part) => String(part).trim() === '')) return undefined;
	const [from, to] = parts.map(hourOfDay);
	if (parts.length === 2 && from && to && from <= to) return [from, to];
	const takes = 'two hours of the day, the earlier one first, like 09:00-17:30';
	throw wrongFilter(property, takes, given);
}

function hourOfDay(part: unknown): string | null {
	const [, hour, minute = '00'] =
		/^\s*([01]?\d|2[0-3])(?::([0-5]\d))?(?::00)?\s*$/.exec(String(part)) ?? [];
	return hour === undefined ? null : `${hour.padStart(2, '0')}:${minute}`;
}

/**
 * The filters of `/api/cdr`, named as the vendor names them (docs/vendors/while1-voice.md 4). The API has no list of
 * projects, users or routes to choose from: `/api/users-status` gives names, and the filter wants IDs (10). What is not
 * used is left out, for nobody says what an empty filter does (11.9).
 */
export const fields: Field[] = [
	{
		property: {
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
		read: oneOf,
	},
	{
		property: {
			displayName: 'Destination',
			name: 'destination',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0700000000',
			description:
				'The number that was called. The platform documents it both as a whole number and as a part of one; enter the whole number as it stands in the records.',
		},
		read: phoneNumber,
	},
	{
		property: {
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
		read: oneOf,
	},
	{
		property: {
			displayName: 'External ID',
			name: 'external_id',
			type: 'string',
			default: '',
			description: 'Your own call ID, given when the call was originated through the API',
		},
		read: matching(WELL_FORMED, 'text'),
	},
	{
		property: {
			displayName: 'From ID',
			name: 'from_id',
			type: 'string',
			default: '',
			placeholder: 'e.g. 29056',
			description:
				'Only records with this ID or a higher one, digits only. The Period still applies.',
		},
		read: id,
	},
	{
		property: {
			displayName: 'Has Monitor File',
			name: 'has_monitor_file',
			type: 'boolean',
			default: false,
			description: 'Whether to get only calls that the PBX recorded by itself (monitor_files)',
		},
		read: whenTrue,
	},
	{
		property: {
			displayName: 'Has Recording File',
			name: 'has_recording_file',
			type: 'boolean',
			default: false,
			description: 'Whether to get only calls with a recording file (recording_file)',
		},
		read: whenTrue,
	},
	{
		property: {
			displayName: 'Has Transcription',
			name: 'has_transcription',
			type: 'boolean',
			default: false,
			description:
				'Whether to get only calls with a transcription. It is written some time after the call.',
		},
		read: whenTrue,
	},
	{
		property: {
			displayName: 'Hour Between',
			name: 'hour_between',
			type: 'string',
			default: '',
			placeholder: 'e.g. 09:00-17:30',
			description:
				"Only calls that began between these hours of the day, on the PBX's clock, as HH:MM-HH:MM. The first hour has to be the earlier one.",
		},
		read: hours,
	},
	{
		property: {
			displayName: 'Inbound Route IDs',
			name: 'inbound_route_id',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1,2,3,4',
			description:
				'The inbound routes whose calls to get: numeric IDs of the PBX, separated by commas',
		},
		read: ids,
	},
	{
		property: {
			displayName: 'Linked ID',
			name: 'linkedid',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1710401324.480',
			description:
				'All records of one call and of what it was transferred to (callId of a call record). Enter it as text; a number would lose its trailing zeros.',
		},
		read: callId,
	},
	{
		property: {
			displayName: 'Project ID',
			name: 'project_id',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3',
			description: 'The project whose calls to get: one numeric ID of the PBX',
		},
		read: id,
	},
	{
		property: {
			displayName: 'Source',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0312285000',
			description:
				'The number the call came from. The platform documents it both as a whole number and as a part of one; enter the whole number as it stands in the records.',
		},
		read: phoneNumber,
	},
	{
		property: {
			displayName: 'Telephone',
			name: 'telephone',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0700000000',
			description:
				'A number that is the source or the destination, whole and as it stands in the records',
		},
		read: phoneNumber,
	},
	{
		property: {
			displayName: 'Telephone Like',
			name: 'telephone_like',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0722',
			description: 'Part of a number that is the source or the destination',
		},
		read: phoneNumber,
	},
	{
		property: {
			displayName: 'Unique ID',
			name: 'uniqueid',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1710401324.480',
			description:
				'One record by its Asterisk ID. Enter it as text; a number would lose its trailing zeros.',
		},
		read: callId,
	},
	{
		property: {
			displayName: 'User IDs',
			name: 'user_id',
			type: 'string',
			default: '',
			placeholder: 'e.g. 17,23',
			description: 'The users whose calls to get: numeric IDs of the PBX, separated by commas',
		},
		read: ids,
	},
];
