/** How the cells of a CSV file are written. The file itself is RFC 4180: every line ends with CR LF. */
export interface CsvStyle {
	delimiter: string;
	/** Text that a spreadsheet would run as a formula gets an apostrophe in front. */
	guardFormulas: boolean;
	/** Text that Excel would take for a number is written as a formula that gives this text. */
	excelText: boolean;
}

/**
 * What spreadsheets take for the beginning of a formula: the signs of OWASP's "CSV Injection", also in the full width
 * of East Asian keyboards, and behind blanks, which some skip. The apostrophes make the guard reversible: one is put
 * in front of what has some already, so taking away one always gives the text back.
 */
const FORMULA = /^'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

/** A sign and digits: a spreadsheet reads a number, there is nothing to run. E.164 numbers stay what they are. */
const SIGNED_NUMBER = /^[+-]\d+(?:\.\d+)?$/;

/** What Excel turns into a number, a date or a time: digits, as in phone numbers and ids, with the signs of those. */
const NUMBER_LIKE = /^[+-]?\d[\deE.,:/-]*$/;

/**
 * One cell. Text always stands in quotes and all else never does: so a reader can distinguish the phone number "0721" from
 * the number 721, and an empty text from a value that is not known.
 */
export function csvCell(value: unknown, style: CsvStyle): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	if (style.excelText && NUMBER_LIKE.test(text)) return quoted(`="${text}"`);
	const isRun = style.guardFormulas && FORMULA.test(text) && !SIGNED_NUMBER.test(text);
	return quoted(isRun ? `'${text}` : text);
}

export function csvLine(values: unknown[], style: CsvStyle): string {
	return `${values.map((value) => csvCell(value, style)).join(style.delimiter)}\r\n`;
}

function quoted(text: string): string {
	return `"${text.includes('"') ? text.replace(/"/g, '""') : text}"`;
}
