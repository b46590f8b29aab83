// A small table for the terminal.

/**
 * @param {Record<string, unknown>[]} rows @param {string[]} columns
 * @param {{ width?: number }} [options] width of a cell at most
 */
export function table(rows, columns, { width = 34 } = {}) {
	const text = (/** @type {unknown} */ value) => {
		const shown = value === null || value === undefined ? '' : String(value).replace(/\s+/g, ' ');
		return shown.length > width ? `${shown.slice(0, width - 1)}…` : shown;
	};
	const cells = [columns, ...rows.map((row) => columns.map((name) => text(row[name])))];
	const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index].length)));
	const line = (/** @type {string[]} */ values) =>
		values
			.map((value, index) => value.padEnd(widths[index]))
			.join('  ')
			.trimEnd();
	const [head, ...body] = cells;
	return [line(head), widths.map((size) => '─'.repeat(size)).join('  '), ...body.map(line)].join(
		'\n',
	);
}
