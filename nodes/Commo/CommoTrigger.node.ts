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
import { commo } from './platform';

export class CommoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Commo Trigger',
		name: 'commoTrigger',
		icon: { light: 'file:commo.svg', dark: 'file:commo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description:
			'Get the calls of Commo, a cloud phone system with the Common API of Infin8linx, once each and complete',
		defaults: { name: 'Commo Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'commoApi', required: true }],
		properties: triggerProperties(commo),
	};

	methods = lists;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCallRecords(this, commo);
	}
}
