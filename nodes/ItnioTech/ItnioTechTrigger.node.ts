import {
	NodeConnectionTypes,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { pollCallRecords } from '../callRecords/trigger';
import { triggerProperties } from '../callRecords/triggerDescription';
import { getAgentGroups, getAgents, getTags } from './lists';
import { itnioTech } from './platform';

export class ItnioTechTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ITNIO Tech Trigger',
		name: 'itnioTechTrigger',
		icon: { light: 'file:itnioTech.svg', dark: 'file:itnioTech.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'new call records',
		description:
			'Starts the workflow with every new call record of ITNIO Tech, also when it shows up late',
		defaults: { name: 'ITNIO Tech Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'itnioTechApi', required: true }],
		properties: triggerProperties(itnioTech),
	};

	methods = {
		loadOptions: {
			async getAgentGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await getAgentGroups(this);
			},
			async getAgents(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await getAgents(this);
			},
			async getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await getTags(this);
			},
		},
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCallRecords(this, itnioTech);
	}
}
