import {
	toSlice,
	type Page,
	type ReadSlice,
	type Source,
} from '../../nodes/callRecords/extract/verdict';
import type { TimeRange } from '../../nodes/callRecords/time';

/** What most connectors do: page 1, page 2 and so on of the whole window. Only there to show that it loses rows. */
export async function* plainPages<T>(
	window: TimeRange,
	source: Source<T>,
	received: (rows: number) => void,
): AsyncGenerator<ReadSlice<T>> {
	for (let number = 1; ; number++) {
		const page: Page<T> | 'tooMuch' = await source.page(window, number, source.pageSize);
		if (page === 'tooMuch') throw new Error('refused');
		received(page.rows.length);
		yield toSlice(window, page.rows);
		const isLast = page.total === null ? !page.hasMore : number * source.pageSize >= page.total;
		if (isLast || page.rows.length === 0) return;
	}
}
