import type { TimeRange } from '../time';
import { IncompleteRead, toSlice, type ReadSlice, type Source } from './verdict';
import { readWindow, type ReadOptions } from './windowReader';

/**
 * The records of a window, read as their source allows: in slices that are each verified by one reply, or, where the
 * platform gives every record only once, from the front until nothing is left.
 */
export function readRecords<T>(
	window: TimeRange,
	source: Source<T>,
	options: ReadOptions,
): AsyncGenerator<ReadSlice<T>> {
	return source.consumesOnRead
		? drain(window, source, options)
		: readWindow(window, source, options);
}

/**
 * Every reply takes what it holds out of the platform's list. So it is always the first page that is asked for, with no
 * more rows than are wanted, and whatever comes is emitted, wherever it lies: what one reply held is in no later one.
 * @throws IncompleteRead when the platform does not send what it counts, or sends it twice
 */
async function* drain<T>(
	window: TimeRange,
	source: Source<T>,
	{ wanted = () => Infinity, note }: ReadOptions,
): AsyncGenerator<ReadSlice<T>> {
	const consumed = new Set<string>();
	for (let isFirst = true; wanted() > 0; isFirst = false) {
		const page = await source.page(window, 1, Math.min(source.pageSize, wanted()));
		if (page === 'tooMuch') {
			throw new IncompleteRead(window, 'the platform refuses to answer for all of it at once');
		}
		const { rows, total } = page;
		if (isFirst && total !== null) note?.({ kind: 'total', total });
		if (rows.length === 0 && (total ?? 0) > 0) {
			throw new IncompleteRead(window, `the platform counts ${total} records but sends none`);
		}
		if (rows.length > 0 && rows.every(({ id }) => consumed.has(id))) {
			throw new IncompleteRead(window, 'the platform sends the same records again');
		}
		for (const { id } of rows) consumed.add(id);
		const slice = toSlice(window, rows);
		note?.({ kind: 'slice', range: window, records: slice.ids.length });
		yield slice;
		if (rows.length === 0 || (total !== null && rows.length >= total)) return;
	}
}
