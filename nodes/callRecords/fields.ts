import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { asRow, text as textOf } from './callRecord';
import { InputError } from './platform';
import { parseJson } from './transport/body';

/**
 * Reads what was given for a field, as the request carries it. Undefined = not chosen, so not sent.
 * @throws InputError naming the field
 */
export type FieldReader<T = unknown> = (given: unknown, property: INodeProperties) => T | undefined;

/** One filter of a platform: what n8n shows, and how the value is read. `property.name` is the vendor's own name. */
export interface Field {
	property: INodeProperties;
	read: FieldReader;
}

/** What n8n shows, in the order of the table. */
export function propertiesOf(fields: readonly Field[]): INodeProperties[] {
	return fields.map(({ property }) => property);
}

/**
 * The filters as the request carries them, in the order of the table.
 * @throws InputError naming the filter
 */
export function readFields(fields: readonly Field[], given: IDataObject): IDataObject {
	const read = fields.map(({ property, read: readOne }): [string, unknown] => [
		property.name,
		readOne(given[property.name], property),
	]);
	return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as IDataObject;
}

/** The error of a filter that does not take what was given. `takes` ends the sentence "The filter … takes". */
export function wrongFilter(
	{ displayName, name }: INodeProperties,
	takes: string,
	given: unknown,
	advice?: string,
): InputError {
	return new InputError(
		displayName,
		`The filter '${displayName}' (${name}) takes ${takes}, not "${shown(given)}"`,
		advice,
	);
}

/** Six digits and more may be somebody's phone number, which no error repeats. */
const PHONE_NUMBER = /\d(?:[\s().-]?\d){5,}/g;

function shown(given: unknown): string {
	const said = textOf(given) ?? JSON.stringify(given) ?? String(given);
	return said.slice(0, 60).replace(PHONE_NUMBER, '…');
}

function isBlank(given: unknown): boolean {
	return (
		given === undefined || given === null || (typeof given === 'string' && given.trim() === '')
	);
}

/** One value as text, without blanks around it. A number is taken where JavaScript knows all of its digits. */
export const text: FieldReader<string> = (given, property) => {
	if (isBlank(given)) return undefined;
	const isExact = typeof given !== 'number' || Number.isSafeInteger(given);
	const value = isExact ? textOf(given) : null;
	if (value === null) {
		const advice = 'To filter by several values, use one node for each.';
		throw wrongFilter(property, 'one value as text', given, advice);
	}
	return value;
};

/** One value that fits a pattern. */
export function matching(pattern: RegExp, takes: string, advice?: string): FieldReader<string> {
	return (given, property) => {
		const value = text(given, property);
		if (value === undefined || pattern.test(value)) return value;
		throw wrongFilter(property, takes, given, advice);
	};
}

export const digits = matching(
	/^\d+$/,
	'digits only',
	'Write the number as it stands in the records, without + or spaces.',
);

/** An id as text, digit for digit. */
export const id = matching(/^\d+$/, 'one ID, digits only');

type Choice = INodePropertyOptions['value'];

/** A value that the field offers, as it offers it: a number stays a number. The entry '' stands for "any". */
function offered(takes: string): FieldReader<Choice> {
	return (given, property) => {
		if (isBlank(given)) return undefined;
		const options = (property.options ?? []) as INodePropertyOptions[];
		const values = options.map(({ value }) => value).filter((value) => value !== '');
		const chosen = values.find((value) => String(value) === textOf(given));
		if (chosen !== undefined) return chosen;
		throw wrongFilter(property, `${takes} ${[...values].sort().join(', ')}`, given);
	};
}

export const oneOf = offered('one of');

/** As `oneOf`, with the field's default where nothing is chosen: for what the vendor would assume otherwise. */
export const oneOfAlways: FieldReader<Choice> = (given, property) =>
	oneOf(given, property) ?? (property.default as Choice);

/** A platform compares what it is given: with a space or a second number in it, it would find nothing. */
const oneNumber = matching(
	/^[^\s,;<>]+$/,
	'one number without spaces',
	'Use one node for each number.',
);

/** From the list, by number, or plain as an expression gives it. An empty choice lets every call through. */
const located: FieldReader<string> = (given, property) => {
	const { mode, value } = asRow(given);
	return oneNumber(mode === 'list' || mode === 'number' ? value : given, property);
};

/** A phone number: from the list that the node's method `searchListMethod` gives, or any other. */
export function phoneNumber(
	displayName: string,
	name: string,
	searchListMethod: string,
	description: string,
): Field {
	const property: INodeProperties = {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By Number', name: 'number', type: 'string', placeholder: 'e.g. 2005' },
		],
		description,
	};
	return { property, read: located };
}

/** True or false, also as 1 and 0 or in words. */
export const flag: FieldReader<boolean> = (given, property) => {
	if (isBlank(given)) return undefined;
	const word = typeof given === 'boolean' ? String(given) : textOf(given)?.toLowerCase();
	if (word === 'true' || word === '1') return true;
	if (word === 'false' || word === '0') return false;
	throw wrongFilter(property, 'true or false', given);
};

/** Takes text with several values apart. Names may have commas in them, so they come one by one or in a list. */
const SEPARATORS = { comma: (value: string) => value.split(','), none: (value: string) => [value] };

/**
 * Several values, each read by `read`: as n8n's list controls give them, as a JSON list in text, which is how a model
 * writes it, or as text with commas. Blank entries are left out, and none comes twice; undefined when none is left.
 */
export function listOf<T>(
	read: FieldReader<T>,
	separator: keyof typeof SEPARATORS = 'comma',
): FieldReader<T[]> {
	return (given, property) => {
		const parsed = typeof given === 'string' && /^\s*\[/.test(given) ? parseJson(given) : given;
		const entries: unknown[] = Array.isArray(parsed)
			? parsed
			: SEPARATORS[separator](text(given, property) ?? '');
		const values = entries.flatMap((entry) => {
			const value = read(entry, property);
			return value === undefined ? [] : [value];
		});
		return values.length > 0 ? [...new Set(values)] : undefined;
	};
}

/** IDs in digits, each as text. */
export const ids = listOf(matching(/^\d+$/, 'IDs in digits'));

/** Any of the values that the field offers. */
export const codes = listOf(offered('any of'));

/** What `read` gives, written in another way. */
export function mapped<T, U>(
	read: FieldReader<T>,
	write: (value: T) => U | undefined,
): FieldReader<U> {
	return (given, property) => {
		const value = read(given, property);
		return value === undefined ? undefined : write(value);
	};
}

export const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** The option that says how the fields of a request are encoded, where installations differ. */
export function bodyFormat(
	normal: 'formData' | 'urlencoded',
	description: string,
): INodeProperties {
	return {
		displayName: 'Body Format',
		name: 'bodyFormat',
		type: 'options',
		options: [
			{ name: 'Form Data', value: 'formData' },
			{ name: 'URL-Encoded', value: 'urlencoded' },
		],
		default: normal,
		description,
	};
}

/** The content type of what was chosen as `bodyFormat`, or of what is normal. */
export function contentTypeOf(chosen: unknown, normal: 'formData' | 'urlencoded'): string {
	const format = chosen === 'formData' || chosen === 'urlencoded' ? chosen : normal;
	return format === 'formData' ? MULTIPART : FORM;
}
