import type { IDataObject } from 'n8n-workflow';

import { clockRange, recordSource, type ReadRecord } from '../extract/source';
import { readWindow } from '../extract/windowReader';
import type { TimeRange } from '../time';
import type { Connection } from '../transport/connection';

/** The wanted legs of a window, oldest first; those whose start cannot be read come last. */
export async function readLegs(
	connection: Connection,
	window: TimeRange,
	filters: IDataObject,
	isWanted: (leg: ReadRecord) => boolean,
): Promise<ReadRecord[]> {
	const source = recordSource(connection, window, filters, (leg) => (isWanted(leg) ? leg : null));
	const slices = readWindow(clockRange(window, connection), source, {
		order: 'oldestFirst',
		requestsAtOnce: 1,
	});
	const legs: ReadRecord[] = [];
	for await (const { items } of slices) for (const leg of items) if (leg) legs.push(leg);
	return legs.sort((a, b) => (a.started ?? Infinity) - (b.started ?? Infinity) || 0);
}
