import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { pollCallRecords } from '../callRecords/node/trigger';
import { triggerProperties } from '../callRecords/node/triggerDescription';
import { infin8linx } from './platform';

export class Infin8linxTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Infin8linx Trigger',
		name: 'infin8linxTrigger',
		icon: { light: 'file:infin8linx.svg', dark: 'file:infin8linx.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'new call records',
		description:
			'Starts the workflow with every new call record of Infin8linx, also when it shows up late',
		defaults: { name: 'Infin8linx Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'infin8linxApi', required: true }],
		properties: triggerProperties(infin8linx),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCallRecords(this, infin8linx);
	}
}
