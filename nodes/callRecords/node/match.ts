import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CallMatch } from '../calls/matchCall';
import { text, type Direction, type Outcome } from '../callRecord';
import { InputError } from '../platform';

const DIRECTIONS: Array<{ name: string; value: Direction }> = [
	{ name: 'Inbound', value: 'inbound' },
	{ name: 'Internal', value: 'internal' },
	{ name: 'Outbound', value: 'outbound' },
	{ name: 'Unknown', value: 'unknown' },
];

const OUTCOMES: Array<{ name: string; value: Outcome; description?: string }> = [
	{ name: 'Answered', value: 'answered', description: 'A person talked' },
	{ name: 'Busy', value: 'busy' },
	{ name: 'Canceled', value: 'canceled', description: 'Who dialled hung up before the answer' },
	{ name: 'Failed', value: 'failed' },
	{ name: 'Missed', value: 'missed', description: 'Inbound, and nobody answered' },
	{ name: 'No Answer', value: 'noAnswer', description: 'Outbound, and nobody answered' },
	{ name: 'Rejected', value: 'rejected' },
	{ name: 'Unknown', value: 'unknown' },
	{ name: 'Voicemail', value: 'voicemail', description: 'The caller left a message' },
];

/** Filters with the same names on every platform. */
export const matchCalls: INodeProperties = {
	displayName: 'Match Calls',
	name: 'match',
	type: 'collection',
	placeholder: 'Add Condition',
	default: {},
	description:
		"Return only calls that meet all of these conditions. The node checks them after reading, so they do not make the read faster; the platform's own filters below do.",
	options: [
		{
			displayName: 'Agent or Extension',
			name: 'agent',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ann Lee or 4005',
			description: 'The full name or the extension of a person who took part in the call',
		},
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'multiOptions',
			options: DIRECTIONS,
			default: [],
			description: 'Which way the call went. Empty lets every call through.',
		},
		{
			displayName: 'Minimum Talk Seconds',
			name: 'minTalkSeconds',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'How many seconds people talked at least',
		},
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			default: '',
			placeholder: 'e.g. +40 721 000 111',
			description:
				'A phone number on either side of the call, with or without country code, or an extension',
		},
		{
			displayName: 'Outcome',
			name: 'outcome',
			type: 'multiOptions',
			options: OUTCOMES,
			default: [],
			description: 'How the call ended. Empty lets every call through.',
		},
	],
};

/**
 * Null where every call is wanted.
 * @throws InputError that names the condition
 */
export function readMatch(given: IDataObject): CallMatch | null {
	const match: CallMatch = {
		directions: choices(given.direction, 'Direction', DIRECTIONS),
		outcomes: choices(given.outcome, 'Outcome', OUTCOMES),
		number: readNumber(given.number),
		agent: text(given.agent),
		minTalkSeconds: readSeconds(given.minTalkSeconds),
	};
	const isEmpty = Object.values(match).every((wish: CallMatch[keyof CallMatch]) =>
		Array.isArray(wish) ? wish.length === 0 : wish === null,
	);
	return isEmpty ? null : match;
}

/** A list, or its text with commas, as expressions and AI agents give it. */
function choices<Value extends string>(
	given: unknown,
	label: string,
	known: ReadonlyArray<{ value: Value }>,
): Value[] {
	const list: unknown[] = Array.isArray(given) ? given : String(given ?? '').split(',');
	const wanted = list.map((one) => String(one).trim()).filter((one) => one !== '');
	const unknown = wanted.find((one) => !known.some(({ value }) => value === one));
	if (unknown === undefined) {
		return known.map(({ value }) => value).filter((value) => wanted.includes(value));
	}
	const values = known.map(({ value }) => value).join(', ');
	throw new InputError(label, `'${label}' takes ${values}, not "${unknown}"`);
}

function readNumber(given: unknown): string | null {
	const number = text(given);
	if (number === null || /\d/.test(number)) return number;
	throw new InputError(
		'Number',
		"'Number' of 'Match Calls' has no digit",
		"Enter a phone number, or use 'Agent or Extension' for a name.",
	);
}

function readSeconds(given: unknown): number | null {
	if (given === undefined || given === null || given === '') return null;
	const seconds = Number(given);
	if (Number.isFinite(seconds) && seconds >= 0) return seconds === 0 ? null : seconds;
	throw new InputError(
		'Minimum Talk Seconds',
		"'Minimum Talk Seconds' has to be a number of seconds, 0 or more",
	);
}
