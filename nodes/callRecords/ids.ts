import { createHash } from 'crypto';

import type { IDataObject } from 'n8n-workflow';

import { text } from './callRecord';

/**
 * The vendor's id of each row, or, for a row without one, a hash of what never changes in it. Rows that are alike in
 * all of that are numbered, so that none swallows another; the same rows get the same ids in every reply.
 */
export function stableIds(
	rows: IDataObject[],
	vendorId: (row: IDataObject) => string | null,
	unchanging: string[],
): string[] {
	const alike = new Map<string, number>();
	return rows.map((row) => {
		const id = vendorId(row);
		if (id !== null) return id;
		const values = unchanging.map((field) => text(row[field]));
		const hash = createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 24);
		const number = (alike.get(hash) ?? 0) + 1;
		alike.set(hash, number);
		return number === 1 ? hash : `${hash}-${number}`;
	});
}
