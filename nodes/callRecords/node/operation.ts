import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Platform } from '../platform';
import type { Run } from '../transport/connection';
import type { Place } from './explain';

/** What an action node does with one input item. What it finds out on the way is put into `place`, for a later error. */
export type Operation = (
	context: IExecuteFunctions,
	platform: Platform,
	run: Run,
	itemIndex: number,
	place: Place,
) => Promise<INodeExecutionData[]>;
