import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Call } from '../call';
import type { CallRecord } from '../callRecord';
import { toCall } from '../calls/toCall';
import type { ReadRecord } from '../extract/source';
import type { Change } from '../poll/emit';
import { maskRecord } from '../shape/personalData';
import type { TriggerSetup } from './triggerParameters';

/**
 * The items of what was emitted: the one place where a trigger gives its items their shape. With `original` each row of
 * the platform is an item.
 * @param legs of one call, or one leg
 */
export function shapeItems(
	legs: ReadRecord[],
	change: Change,
	{ emit, output, mask, calls }: TriggerSetup,
): INodeExecutionData[] {
	const rows = legs.map(({ row }) => row);
	if (output === 'original') return rows.map((json) => ({ json }));
	// Before they are grouped, so that every part of a call is masked.
	const records = legs.map(({ record }) => maskRecord(record, mask));
	const shown =
		emit === 'callRecords'
			? records[0]
			: toCall(records, {
					readAt: Math.floor(Date.now() / 1000),
					settleSeconds: calls?.settleSeconds ?? 0,
				});
	const original = emit === 'callRecords' ? rows[0] : rows;
	return [{ json: { ...plain(shown), ...(output === 'both' ? { original } : {}), change } }];
}

/** A record is an object of plain values, which its type, being closed, does not say. */
function plain(shown: CallRecord | Call): IDataObject {
	return shown as (CallRecord | Call) & IDataObject;
}
