import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { InputError, type Platform } from '../platform';
import type { Run } from '../transport/connection';
import { explain, failureItem, type Place } from './explain';
import type { Execute } from './operation';
import { resourcesOf } from './resources';

/** All operations of an action node, item by item. */
export async function executeCallRecords(
	context: IExecuteFunctions,
	platform: Platform,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const signal = context.getExecutionCancelSignal?.();
	const run: Run = { isStopped: () => signal?.aborted ?? false };
	const produced: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		if (run.isStopped()) break;
		const place: Place = { node: context.getNode(), platform, itemIndex };
		try {
			const some = await operationOf(context, platform, itemIndex)(
				context,
				platform,
				run,
				itemIndex,
				place,
			);
			// Spreading a hundred thousand items into push() would exceed the stack.
			for (const item of some) produced.push(item);
		} catch (error) {
			const explained = explain(error, place);
			if (!context.continueOnFail()) throw explained;
			produced.push({ json: failureItem(explained), pairedItem: { item: itemIndex } });
		} finally {
			place.connection?.end();
		}
	}
	return [produced];
}

function operationOf(context: IExecuteFunctions, platform: Platform, itemIndex: number): Execute {
	const resource = context.getNodeParameter('resource', itemIndex, 'call') as string;
	const operation = context.getNodeParameter('operation', itemIndex, 'getAll') as string;
	const found = resourcesOf(platform)
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (found) return found.execute;
	throw new InputError('Operation', `There is no operation '${operation}' for '${resource}'`);
}
