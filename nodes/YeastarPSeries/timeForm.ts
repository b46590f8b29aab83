import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { text } from '../callRecords/callRecord';
import { InputError, type Settings } from '../callRecords/platform';
import type { Seconds, TimeRange } from '../callRecords/time';
import { DATE_FORMATS, formatDisplay, isDateFormat, type DateFormat, type Hours } from './display';

/**
 * In which form the PBX is asked for a time: as Unix seconds, which newer firmware takes, or as it displays times
 * itself (docs/vendors/yeastar-p-series.md 5.2).
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
			'How times are written in requests to the PBX. Automatic finds out which form the PBX understands.',
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
 * Clocks are set by an hour at most. Where text stands for a time, so much can lie between what is meant and what the
 * PBX takes it for: in the hour that comes twice, or where no more than today's offset is known of its zone.
 *
 * It only matters at the ends of the window. Between two ranges nothing is lost whichever of two hours the PBX takes a
 * time for, since each range is asked for up to the very time at which the next one begins.
 */
export const DAYLIGHT_SAVING: Seconds = 3600;

/** The bounds of a range on the platform's clock, as the PBX is asked for them. */
export function timeFields({ from, to }: TimeRange, form: TimeForm): IDataObject {
	if (form.form === 'epoch') return { start_time: from, end_time: to };
	const format = { date: form.dateFormat, hours: form.hours };
	return { start_time: formatDisplay(from, format), end_time: formatDisplay(to, format) };
}
