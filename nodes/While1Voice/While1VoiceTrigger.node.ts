import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { pollCallRecords } from '../callRecords/node/trigger';
import { triggerProperties, triggerSubtitle } from '../callRecords/node/triggerDescription';
import { while1Voice } from './platform';

export class While1VoiceTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'While1 Voice Trigger',
		name: 'while1VoiceTrigger',
		icon: { light: 'file:while1Voice.svg', dark: 'file:while1Voice.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description: 'Get the calls of While1 Voice, a cloud PBX from Romania, once each and complete',
		defaults: { name: 'While1 Voice Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'while1VoiceApi', required: true }],
		properties: triggerProperties(while1Voice),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCallRecords(this, while1Voice);
	}
}
