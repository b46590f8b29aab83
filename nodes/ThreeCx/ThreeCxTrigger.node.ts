import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { pollCallRecords } from '../callRecords/node/trigger';
import { triggerProperties } from '../callRecords/node/triggerDescription';
import { lists } from './lists';
import { threeCx } from './platform';

export class ThreeCxTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '3CX Trigger',
		name: 'threeCxTrigger',
		icon: { light: 'file:threeCx.svg', dark: 'file:threeCx.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'new call records',
		description:
			'Starts the workflow with every new call record of 3CX, also when it shows up late',
		defaults: { name: '3CX Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'threeCxApi', required: true }],
		properties: triggerProperties(threeCx),
	};

	methods = lists;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCallRecords(this, threeCx);
	}
}
