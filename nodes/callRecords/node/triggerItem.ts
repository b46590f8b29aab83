import type { INodeExecutionData } from 'n8n-workflow';

import { createCallMatcher } from '../calls/matchCall';
import { toCall } from '../calls/toCall';
import type { ReadRecord } from '../extract/source';
import type { Change } from '../poll/emit';
import { maskRecord } from '../shape/personalData';
import { recordItem, type RecordOutput } from './outputs';
import type { TriggerSetup } from './triggerParameters';

/**
 * The items of what was emitted: the one place where a trigger gives its items their shape. With `original` each row of
 * the platform is an item; a CRM gets none for a call that it cannot log.
 * @param legs of one call, or one leg
 * @param isComplete where it is known otherwise than by the end of the call
 */
export function shapeItems(
	legs: ReadRecord[],
	change: Change,
	{ emit, output, shaper, match, mask, calls }: TriggerSetup,
	isComplete?: boolean,
): INodeExecutionData[] {
	if (emit === 'callRecords') {
		if (output === 'original') return legs.map(({ row }) => ({ json: row }));
		const item = recordItem(legs[0], output as RecordOutput, mask);
		return [{ json: { ...item, change } }];
	}
	const records = legs.map(({ record, row }) => ({ ...maskRecord(record, mask), original: row }));
	const call = toCall(records, {
		readAt: Math.floor(Date.now() / 1000),
		settleSeconds: calls?.settleSeconds ?? 0,
		includeLegs: true,
	});
	const matcher = createCallMatcher(match);
	for (const { record } of legs) matcher.see(record);
	if (!matcher.accepts(call)) return [];
	if (output === 'original') return legs.map(({ row }) => ({ json: row }));
	if (isComplete !== undefined) call.isComplete = isComplete;
	return shaper.items(call).map((json) => ({ json: { ...json, change } }));
}
