import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { text } from '../callRecords/callRecord';
import { InputError, type Settings } from '../callRecords/platform';
import { instantsOf, type Seconds, type Span } from '../callRecords/time';
import { DATE_FORMATS, formatDisplay, isDateFormat, type DateFormat, type Hours } from './display';

/**
 * In which form the PBX is asked for a time: as Unix seconds, which newer firmware takes, or as it displays times
 * itself (providers/yeastar.md 5.2).
 */
export type TimeForm =
	{ form: 'epoch' } | { form: 'displayFormat'; dateFormat: DateFormat; hours: Hours };

export const EPOCH: TimeForm = { form: 'epoch' };

/** What the user wants. Undefined = to be found out. */
export interface TimeWish {
	form?: TimeForm['form'];
	dateFormat?: DateFormat;
	hours?: Hours;
}

export const timeOptions: INodeProperties[] = [
	{
		displayName: 'Date Format',
		name: 'dateFormat',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'automatic' },
			...DATE_FORMATS.map((format) => ({ name: format, value: format })),
		],
		default: 'automatic',
		description:
			'How the PBX displays dates (System > Date and Time > Display Format), where it is asked in its display format. Automatic asks the PBX.',
	},
	{
		displayName: 'Hour Format',
		name: 'hourFormat',
		type: 'options',
		options: [
			{ name: '12 Hours', value: '12', description: 'Like 08:13:20 PM' },
			{ name: '24 Hours', value: '24', description: 'Like 20:13:20' },
			{ name: 'Automatic', value: 'automatic' },
		],
		default: 'automatic',
		description:
			'How the PBX displays times, where it is asked in its display format. Automatic asks the PBX.',
	},
	{
		displayName: 'Time Format',
		name: 'timeFormat',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Find out which one the firmware of the PBX understands',
			},
			{
				name: 'Display Format',
				value: 'displayFormat',
				description: 'As the PBX displays times. Every firmware understands it.',
			},
			{
				name: 'Unix Seconds',
				value: 'epoch',
				description: 'What newer firmware understands, whatever it displays',
			},
		],
		default: 'automatic',
		description:
			'How the PBX is asked for a period. Automatic looks up the newest call by its time before it believes that there are none.',
	},
];

/** @throws InputError naming the option */
export function readTimeWish(options: IDataObject): TimeWish {
	const form = chosen(options.timeFormat, 'Time Format', ['epoch', 'displayFormat']);
	const dateFormat = chosen(options.dateFormat, 'Date Format', DATE_FORMATS);
	const hours = chosen(options.hourFormat, 'Hour Format', ['12', '24']);
	return { form, dateFormat, hours: hours === undefined ? undefined : hours === '12' ? 12 : 24 };
}

function chosen<T extends string>(
	given: unknown,
	name: string,
	allowed: readonly T[],
): T | undefined {
	if (given === undefined || given === null || given === '' || given === 'automatic') {
		return undefined;
	}
	const found = allowed.find((value) => value === text(given));
	if (found !== undefined) return found;
	throw new InputError(name, `'${name}' has to be automatic, ${allowed.join(' or ')}`);
}

/** What `prepare` found out, as the settings keep it. */
export function timeFormOf({ prepared }: Settings): TimeForm {
	const { timeForm, dateFormat, hours } = prepared;
	return timeForm === 'displayFormat' && isDateFormat(dateFormat)
		? { form: 'displayFormat', dateFormat, hours: hours === 12 ? 12 : 24 }
		: EPOCH;
}

/** Text without an offset is wall time; Unix seconds are instants. */
export function isWallClock(settings: Settings): boolean {
	return timeFormOf(settings).form === 'displayFormat';
}

/**
 * Whether the end of a span belongs to it is not documented (providers/yeastar.md 5.2, 12.19). So a second more is asked
 * for: no call is lost between two spans if it does not, and what comes twice or lies outside is dropped if it does.
 */
export const END_MARGIN: Seconds = 1;

/** The bounds of a span on the platform's clock, as the PBX is asked for them. */
export function timeFields(span: Span, form: TimeForm, zone: string): IDataObject {
	const { from, to } = { from: span.from, to: span.to + END_MARGIN };
	if (form.form === 'epoch') return { start_time: from, end_time: to };
	const shown = (wall: Seconds) =>
		formatDisplay(wall, { date: form.dateFormat, hours: form.hours });
	const once = unrepeated({ from, to }, zone);
	return { start_time: shown(once.from), end_time: shown(once.to) };
}

const QUARTER = 900;

/**
 * A time in the hour that comes twice in autumn is one of two instants, and nobody knows which of them the PBX takes it
 * for. So a span that begins or ends there is asked for up to a time that comes once.
 */
function unrepeated(span: Span, zone: string): Span {
	const comesTwice = (wall: Seconds) => instantsOf(wall, zone).length > 1;
	let { from, to } = span;
	while (comesTwice(from)) from = Math.ceil(from / QUARTER - 1) * QUARTER;
	while (comesTwice(to)) to = Math.floor(to / QUARTER + 1) * QUARTER;
	return { from, to };
}
