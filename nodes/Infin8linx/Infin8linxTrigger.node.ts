import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { pollCallRecords } from '../callRecords/node/trigger';
import { triggerProperties, triggerSubtitle } from '../callRecords/node/triggerDescription';
import { infin8linx } from './platform';

export class Infin8linxTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Infin8linx Trigger',
		name: 'infin8linxTrigger',
		icon: { light: 'file:infin8linx.svg', dark: 'file:infin8linx.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description:
			'Get the calls of Infin8linx, a cloud platform for outbound calling, once each and complete',
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
