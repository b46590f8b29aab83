import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeCallRecords } from '../callRecords/node/actions';
import { actionProperties, actionSubtitle } from '../callRecords/node/resources';
import { infin8linx } from './platform';

export class Infin8linx implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Infin8linx',
		name: 'infin8linx',
		icon: { light: 'file:infin8linx.svg', dark: 'file:infin8linx.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: actionSubtitle,
		description:
			'Get the calls of Infin8linx, a cloud platform for outbound calling, once each and complete',
		defaults: { name: 'Infin8linx' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'infin8linxApi', required: true }],
		properties: actionProperties(infin8linx),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeCallRecords(this, infin8linx);
	}
}
