import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { pollCallRecords } from '../callRecords/node/trigger';
import { triggerProperties, triggerSubtitle } from '../callRecords/node/triggerDescription';
import { lists } from './lists';
import { itnioTech } from './platform';

export class ItnioTechTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ITNIO Tech Trigger',
		name: 'itnioTechTrigger',
		icon: { light: 'file:itnioTech.svg', dark: 'file:itnioTech.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description:
			'Get the calls of ITNIO Tech, a cloud call center also sold as BUKA and Laaffic, once each and complete',
		defaults: { name: 'ITNIO Tech Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'itnioTechApi', required: true }],
		properties: triggerProperties(itnioTech),
	};

	methods = lists;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCallRecords(this, itnioTech);
	}
}
