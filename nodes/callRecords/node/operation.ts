import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Platform } from '../platform';
import type { Run } from '../transport/connection';
import type { Place } from './explain';

/** What an action node does with one input item. What it finds out on the way is put into `place`, for a later error. */
export type Execute = (
	context: IExecuteFunctions,
	platform: Platform,
	run: Run,
	itemIndex: number,
	place: Place,
) => Promise<INodeExecutionData[]>;

/** One operation of a resource: what the panel shows of it, beside what it does. */
export interface Operation {
	/** As the parameter `operation` has it. */
	value: string;
	/** As the list of operations shows it. */
	name: string;
	description: string;
	/** As n8n's list of actions shows it. */
	action(platform: Platform): string;
	/** Its parameters, in order; when they are shown is added where all operations are put together. */
	properties(platform: Platform): INodeProperties[];
	execute: Execute;
}
