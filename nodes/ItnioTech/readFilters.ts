import type { IDataObject } from 'n8n-workflow';

import { text, whole } from '../callRecords/callRecord';
import { InputError } from '../callRecords/platform';
import { parseJson } from '../callRecords/transport/body';
import { filters } from './filters';

/** Reads what was given for a filter. `filter` as the user sees it, with the vendor's name. Undefined = not chosen. */
type ReadFilter = (given: unknown, filter: Filter) => unknown;

interface Filter {
	displayName: string;
	name: string;
}

function wrong({ displayName, name }: Filter, takes: string, given: string, advice?: string) {
	return new InputError(
		displayName,
		`The filter '${displayName}' (${name}) takes ${takes}, not "${given.slice(0, 60)}"`,
		advice,
	);
}

function shown(given: unknown): string {
	return text(given) ?? JSON.stringify(given) ?? String(given);
}

/** One value; blank text counts as nothing. */
function single(given: unknown, filter: Filter): string | undefined {
	if (given === undefined || given === null) return undefined;
	if (typeof given === 'string' && given.trim() === '') return undefined;
	const value = text(given);
	if (value === null) throw wrong(filter, 'one value as text', shown(given));
	return value;
}

/**
 * The entries of a list: what n8n's list controls give, a JSON list in text as a model writes it, or text that
 * `separate` takes apart. Blank entries are left out; undefined when none is left.
 */
function entries(
	given: unknown,
	filter: Filter,
	separate: (value: string) => string[],
): string[] | undefined {
	const parsed = typeof given === 'string' && /^\s*\[/.test(given) ? parseJson(given) : given;
	if (Array.isArray(parsed)) {
		const list = parsed
			.map((entry) => single(entry, filter))
			.filter((entry) => entry !== undefined);
		return list.length > 0 ? [...new Set(list)] : undefined;
	}
	const value = single(given, filter);
	return value === undefined ? undefined : entries(separate(value), filter, separate);
}

const byComma = (value: string) => value.split(',');

/** For names, which may have a comma in them. */
const asOne = (value: string) => [value];

const names: ReadFilter = (given, filter) => entries(given, filter, asOne);

/** The platform takes ids and codes as numbers. An id that JavaScript cannot hold exactly stays text. */
function toNumber(value: string, filter: Filter, takes: string): number | string {
	if (!/^\d+$/.test(value)) throw wrong(filter, takes, value);
	return whole(value) ?? value;
}

const id: ReadFilter = (given, filter) => {
	const value = single(given, filter);
	return value === undefined ? undefined : toNumber(value, filter, 'an ID, digits only');
};

const ids: ReadFilter = (given, filter) =>
	entries(given, filter, byComma)?.map((value) => toNumber(value, filter, 'IDs, digits only'));

function codes(allowed: number[]): ReadFilter {
	const takes = `any of ${allowed.join(', ')}`;
	return (given, filter) =>
		entries(given, filter, byComma)?.map((value) => {
			const code = toNumber(value, filter, takes);
			if (!allowed.includes(Number(code))) throw wrong(filter, takes, value);
			return code;
		});
}

/** As the platform writes numbers: digits, the country code first, without `+`; hidden digits as `*`. */
const number: ReadFilter = (given, filter) => {
	const value = single(given, filter)
		?.replace(/[\s().-]/g, '')
		.replace(/^\+/, '');
	if (value === undefined || /^[\d*]+$/.test(value)) return value;
	throw wrong(filter, 'digits only', shown(given), 'Write it like 8613800000001.');
};

/** `86`, also where it is given as `+86`, or as records have it: `86(China)`. */
const countryCodes: ReadFilter = (given, filter) =>
	entries(given, filter, byComma)?.map((value) => {
		const code = /^\+?(\d{1,7})(?:\(.*\))?$/.exec(value)?.[1];
		if (code === undefined) throw wrong(filter, 'country codes, digits only', value, 'As in 86.');
		return code;
	});

const READ: Record<string, ReadFilter> = {
	sipGroupName: single,
	voiceGroupId: id,
	seatNameList: names,
	seatId: ids,
	callType: codes([1, 2, 3]),
	calledOrCaller: number,
	ccode: countryCodes,
	hangupReason: codes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
	hangingDirection: codes([0, 1, 3]),
	labelNames: names,
};

/** Only what is chosen is sent: what is left out is not filtered by. */
export function readFilters(given: IDataObject): IDataObject {
	const read = filters.map((filter): [string, unknown] => [
		filter.name,
		READ[filter.name](given[filter.name], filter),
	]);
	return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as IDataObject;
}
