import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';

import { csvCell, csvLine, type CsvStyle } from '../../../nodes/callRecords/shape/csv';

const PLAIN: CsvStyle = { delimiter: ',', guardFormulas: false, excelText: false };
const GUARDED: CsvStyle = { ...PLAIN, guardFormulas: true };

const readBack = (text: string, delimiter = ',') =>
	parse(text, { delimiter, relax_column_count: false, bom: true });

/** What the documentation tells a reader to do: take one apostrophe away where a formula would begin behind it. */
const unguarded = (cell: string) =>
	/^'+(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/.test(cell) ? cell.slice(1) : cell;

const HOSTILE = [
	'Zoë "Zed" Łukasz',
	'O’Brien, Pat',
	'two\nlines',
	'two\r\nlines',
	'\r',
	'"',
	'""',
	'",",',
	' leading and trailing ',
	'\ttab',
	'أحمد',
	'\u202Eright to left',
	'王伟 📞',
	'👩‍👩‍👧',
	'<b>Bob</b>',
	'\uFEFFmark',
	'a;b;c',
	'null',
	'',
	'0721000000',
	'+40721000000',
	'00123456789012345678901234567890',
	'1793600000.6',
	'12E5',
	'-5',
	'-5.25',
	'2025-03-04',
];

const FORMULAS = [
	'=1+1',
	'=HYPERLINK("http://evil.example","click")',
	'+1+1',
	'+SUM(A1:A9)',
	'-1+1',
	"-2+3+cmd|' /C calc'!A0",
	'@SUM(1,1)',
	'\t=1+1',
	'\r=1+1',
	'\n=1+1',
	' =1+1',
	'＝1+1',
	'＋1+1',
	'－1+1',
	'＠SUM(1)',
	"'=1+1",
	"''=1+1",
	'+40721000000+1',
	'+40 721 000 000',
];

describe('a CSV cell', () => {
	it.each([
		[null, ''],
		[undefined, ''],
		[0, '0'],
		[-5, '-5'],
		[true, 'true'],
		[false, 'false'],
		['', '""'],
		['721', '"721"'],
		['0721000000', '"0721000000"'],
		['say "hi"', '"say ""hi"""'],
		[{ a: 'x"y' }, '"{""a"":""x\\""y""}"'],
	])('%j is written as %s', (value, written) => {
		expect(csvCell(value, GUARDED)).toBe(written);
	});

	it.each([...HOSTILE, ...FORMULAS])('%j comes back as it was', (text) => {
		expect(readBack(csvLine([text, 'next'], PLAIN))).toEqual([[text, 'next']]);
		const [[cell, next]] = readBack(csvLine([text, 'next'], GUARDED));
		expect([unguarded(cell), next]).toEqual([text, 'next']);
	});

	it.each(FORMULAS)('%j is no formula when guarded', (text) => {
		const [[cell]] = readBack(csvLine([text, 'next'], GUARDED));
		expect(cell).toBe(`'${text}`);
	});

	it.each(HOSTILE.filter((text) => !/^\s/.test(text)))('%j is left alone by the guard', (text) => {
		expect(csvCell(text, GUARDED)).toBe(csvCell(text, PLAIN));
	});

	it('keeps any text, guarded or not, whatever separates the cells', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE, ...FORMULAS)),
					{
						minLength: 2,
						maxLength: 6,
					},
				),
				fc.constantFrom(',', ';', '\t'),
				(texts, delimiter) => {
					// A byte order mark at the very beginning is the file's, not the cell's.
					const cells = ['x', ...texts];
					const plain = csvLine(cells, { ...PLAIN, delimiter });
					expect(readBack(plain, delimiter)).toEqual([cells]);
					const [back] = readBack(csvLine(cells, { ...GUARDED, delimiter }), delimiter);
					expect(back.map(unguarded)).toEqual(cells);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('never begins like a formula when guarded, unless it is a signed number', () => {
		fc.assert(
			fc.property(
				fc.tuple(
					fc.constantFrom('', ' ', '\t', "'", '\n'),
					fc.constantFrom('=', '+', '-', '@'),
					fc.string(),
				),
				(parts) => {
					const [[cell]] = readBack(csvLine([parts.join(''), 'next'], GUARDED));
					expect(/^\s*[=+\-@]/.test(cell) && !/^[+-]\d+(\.\d+)?$/.test(cell)).toBe(false);
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe('text for Excel', () => {
	const style = { ...GUARDED, excelText: true };

	it.each([
		'0721000000',
		'+40721000000',
		'1793600000.6',
		'12345678901234567890',
		'12E5',
		'3-4',
		'10:30',
	])('%s is written as a formula that gives it', (text) => {
		expect(readBack(csvLine([text, 'next'], style))).toEqual([[`="${text}"`, 'next']]);
	});

	it.each(['Ana', '2025-03-04T09:15:00+02:00', '=1+1', '8001 Ana', ''])('%j is not', (text) => {
		expect(csvCell(text, style)).toBe(csvCell(text, GUARDED));
	});
});
