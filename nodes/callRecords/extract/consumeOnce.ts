import type { TimeRange } from '../time';
import { IncompleteRead, type ReadPart, type Source } from './verdict';
import { readWindow, type ReadOptions } from './windowReader';

/**
 * The records of a window, read as their source allows: in parts that are each proved by one reply, or, where the
 * platform hands every record over only once, from the front until nothing is left.
 */
export function readRecords<T>(
	window: TimeRange,
	source: Source<T>,
	options: ReadOptions,
): AsyncGenerator<ReadPart<T>> {
	return source.consumesOnRead
		? drain(window, source, options)
		: readWindow(window, source, options);
}

/**
 * Every reply takes what it holds out of the platform's list. So it is always the first page that is asked for, no more
 * of it than is wanted, and whatever comes is handed on: what a reply held is in no later one.
 * @throws IncompleteRead when the platform does not hand over what it counts, or does so twice
 */
async function* drain<T>(
	window: TimeRange,
	source: Source<T>,
	{ wanted = () => Infinity, note }: ReadOptions,
): AsyncGenerator<ReadPart<T>> {
	const handedOver = new Set<string>();
	for (let first = true; wanted() > 0; first = false) {
		const page = await source.page(window, 1, Math.min(source.pageSize, wanted()));
		if (page === 'tooMuch') {
			throw new IncompleteRead(window, 'the platform refuses to answer for all of it at once');
		}
		const { items, ids, total } = page;
		if (first && total !== null) note?.({ kind: 'total', total });
		if (ids.length === 0 && (total ?? 0) > 0) {
			throw new IncompleteRead(window, `the platform counts ${total} records but sends none`);
		}
		if (ids.length > 0 && ids.every((id) => handedOver.has(id))) {
			throw new IncompleteRead(window, 'the platform hands the same records over again');
		}
		for (const id of ids) handedOver.add(id);
		note?.({ kind: 'part', range: window, records: items.length });
		yield { range: window, items, ids };
		if (ids.length === 0 || (total !== null && ids.length >= total)) return;
	}
}
