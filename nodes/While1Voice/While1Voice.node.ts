import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeCallRecords } from '../callRecords/node/actions';
import { actionProperties, actionSubtitle } from '../callRecords/node/resources';
import { while1Voice } from './platform';

export class While1Voice implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'While1 Voice',
		name: 'while1Voice',
		icon: { light: 'file:while1Voice.svg', dark: 'file:while1Voice.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: actionSubtitle,
		description: 'Get the calls of While1 Voice, a cloud PBX from Romania, once each and complete',
		defaults: { name: 'While1 Voice' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'while1VoiceApi', required: true }],
		properties: actionProperties(while1Voice),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeCallRecords(this, while1Voice);
	}
}
