import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { shape, type ReadRecord } from '../extract/source';
import type { Change } from '../poll/emit';
import type { TriggerSetup } from './triggerParameters';

/** The item of what was emitted: the one place where a trigger gives its items their shape. */
export function shapeItem(
	legs: ReadRecord[],
	change: Change,
	{ output }: TriggerSetup,
): INodeExecutionData {
	const [first] = legs;
	const json: IDataObject = shape(first, output);
	return { json: output === 'original' ? json : { ...json, change } };
}
