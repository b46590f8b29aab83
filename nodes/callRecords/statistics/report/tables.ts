import { html, type Content, type Markup } from './markup';

export interface Column<Row> {
	title: string;
	value: (row: Row) => Content;
	/** Numbers stand on the right. */
	isNumber?: boolean;
	/** Left out where the screen is narrow. */
	isMinor?: boolean;
	/** A bar behind the value: its share from 0 to 1. */
	bar?: (row: Row) => number | null;
}

/** A table that reads well aloud: a caption, and headings for columns and rows. The first column heads its row. */
export function table<Row>(
	caption: string,
	columns: ReadonlyArray<Column<Row>>,
	rows: readonly Row[],
): Markup {
	return html`<table>
		<caption>
			${caption}
		</caption>
		<thead>
			<tr>
				${columns.map((column) => html`<th scope="col" class="${classOf(column)}">${column.title}</th>`)}
			</tr>
		</thead>
		<tbody>
			${rows.map(
				(row) =>
					html`<tr>
						${columns.map((column, i) => cell(column, row, i === 0))}
					</tr>`,
			)}
		</tbody>
	</table>`;
}

function cell<Row>(column: Column<Row>, row: Row, isHead: boolean): Markup {
	const value = column.value(row);
	const share = column.bar?.(row) ?? null;
	const content =
		share === null
			? value
			: html`${value}<span class="bar"><i style="width:${percentOf(share)}%"></i></span>`;
	return isHead
		? html`<th scope="row">${content}</th>`
		: html`<td class="${classOf(column)}">${content}</td>`;
}

function classOf<Row>({ isNumber, isMinor }: Column<Row>): string {
	return [isNumber && 'number', isMinor && 'minor'].filter((name) => name).join(' ');
}

function percentOf(share: number): number {
	return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
}
