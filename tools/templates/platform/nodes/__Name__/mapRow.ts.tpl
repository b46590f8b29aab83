import type { IDataObject } from 'n8n-workflow';

import { text, type MappedRow } from '../callRecords/callRecord';
import { stableIds } from '../callRecords/ids';
import type { Seconds } from '../callRecords/time';
import { fillIn } from './fillIn';

/** Rows without an id get one out of fields that never change. */
export function recordIds(rows: IDataObject[]): string[] {
	return stableIds(rows, (row) => text(row.id), ['starttime', 'caller', 'callee']);
}

/** When the call began, on the platform's clock, as the platform filters (docs/vendors/__kebab__.md 2). */
export function startOf(): Seconds | null {
	return fillIn('startOf(row) in nodes/__Name__/mapRow.ts, as parseWall(row.starttime)');
}

export function mapRow(): MappedRow {
	return fillIn(
		'mapRow(row, id) in nodes/__Name__/mapRow.ts: who called whom, when, how it ended; see nodes/Infin8linx/mapRow.ts',
	);
}
