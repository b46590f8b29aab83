import type { IDataObject } from 'n8n-workflow';

import type { MappedRow } from '../../../nodes/callRecords/callRecord';

/** A row of the vendor and what it means, both written by hand (docs/vendors/__kebab__.md 2). */
export const GOLDEN: Array<{ name: string; row: IDataObject; mapped: Partial<MappedRow> }> = [
	{
		name: 'a call to a customer that was answered',
		row: { id: 1 },
		mapped: { id: '1', direction: 'outbound', outcome: 'answered' },
	},
];
