import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { pushProperties, pushWebhook } from '../callRecords/node/pushDescription';
import { checkPush, receivePush } from '../callRecords/node/pushTrigger';
import { while1Voice } from './platform';

export class While1VoicePushTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'While1 Voice Push Trigger',
		name: 'while1VoicePushTrigger',
		icon: { light: 'file:while1Voice.svg', dark: 'file:while1Voice.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'call ended',
		description: 'Starts the workflow the moment a call of While1 Voice ends',
		defaults: { name: 'While1 Voice Push Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'while1VoiceApi', required: true }],
		webhooks: [pushWebhook(while1Voice)],
		properties: pushProperties(while1Voice),
	};

	/** The address is entered in the vendor's console by hand: there is nothing to register, only to check. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await checkPush(this, while1Voice);
			},
			async create() {
				return true;
			},
			async delete() {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receivePush(this, while1Voice);
	}
}
