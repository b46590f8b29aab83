import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';

import {
	codes,
	digits,
	flag,
	ids,
	listOf,
	oneOf,
	oneOfAlways,
	readFields,
	text,
	type FieldReader,
} from '../../nodes/callRecords/fields';
import { InputError } from '../../nodes/callRecords/platform';

const property: INodeProperties = {
	displayName: 'Colour',
	name: 'colour',
	type: 'options',
	options: [
		{ name: 'Any', value: '' },
		{ name: 'Red', value: 2 },
		{ name: 'Green', value: 'green' },
	],
	default: '',
};

const errorOf = (read: FieldReader, given: unknown): InputError => {
	try {
		return new InputError('', `nothing was wrong: ${String(read(given, property))}`);
	} catch (error) {
		return error as InputError;
	}
};

describe('readers of filters', () => {
	it.each([text, digits, oneOf, codes, flag, ids, listOf(text, 'none')])(
		'take a blank for nothing chosen (%#)',
		(read: FieldReader) => {
			for (const blank of [undefined, null, '', '  '])
				expect(read(blank, property)).toBeUndefined();
		},
	);

	it('give an offered value as it is offered, whichever way it came', () => {
		expect([oneOf('2', property), oneOf(2, property), oneOf(' green ', property)]).toEqual([
			2,
			2,
			'green',
		]);
		expect(oneOfAlways('', { ...property, default: 2 })).toBe(2);
		expect(codes('2, green,2', property)).toEqual([2, 'green']);
		expect(errorOf(oneOf, 'blue')).toMatchObject({
			parameter: 'Colour',
			message: 'The filter \'Colour\' (colour) takes one of 2, green, not "blue"',
		});
	});

	it('read a list however it came, and each entry once', () => {
		const given = [['7', 8, 7], '7, 8', ' 7,,8, ', '["7", 8]', '[7, 8'];
		const read = given.map((list) => {
			try {
				return ids(list, property);
			} catch (error) {
				return (error as InputError).parameter;
			}
		});
		expect(read).toEqual([['7', '8'], ['7', '8'], ['7', '8'], ['7', '8'], 'Colour']);
		expect(listOf(text, 'none')('Pop, Ana', property)).toEqual(['Pop, Ana']);
		expect(ids([], property)).toBeUndefined();
	});

	it('refuse a number whose digits JavaScript has lost', () => {
		for (const lossy of [1.5, 2 ** 60, NaN]) {
			expect(errorOf(text, lossy)).toMatchObject({ parameter: 'Colour' });
		}
	});

	it('never repeat a number of six digits and more in an error', () => {
		const number = fc.stringMatching(/^\+?\d{6,15}$/);
		fc.assert(
			fc.property(number, fc.stringMatching(/^[a-z;]{1,9}$/), (phone, other) => {
				const { message } = errorOf(digits, `${other}${phone}`);
				expect(message).toContain("'Colour'");
				expect(message).not.toMatch(/\d{6}/);
			}),
		);
	});

	it('send what was chosen only, in the order of the table', () => {
		const named = (name: string, read: FieldReader) => ({ property: { ...property, name }, read });
		const fields = [named('b', text), named('a', flag), named('c', digits)];
		const read = readFields(fields, { a: 'false', b: 'x', c: '', other: 1 });
		expect(Object.entries(read)).toEqual([
			['b', 'x'],
			['a', false],
		]);
	});
});
