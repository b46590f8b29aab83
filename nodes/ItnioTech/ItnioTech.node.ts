import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeCallRecords } from '../callRecords/node/actions';
import { actionProperties, actionSubtitle } from '../callRecords/node/resources';
import { lists } from './lists';
import { itnioTech } from './platform';

export class ItnioTech implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ITNIO Tech',
		name: 'itnioTech',
		icon: { light: 'file:itnioTech.svg', dark: 'file:itnioTech.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: actionSubtitle,
		description:
			'Get the calls of ITNIO Tech, a cloud call center also sold as BUKA and Laaffic, once each and complete',
		defaults: { name: 'ITNIO Tech' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'itnioTechApi', required: true }],
		properties: actionProperties(itnioTech),
	};

	methods = lists;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeCallRecords(this, itnioTech);
	}
}
