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
import { commo } from './platform';

export class CommoPushTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Commo Push Trigger',
		name: 'commoPushTrigger',
		icon: { light: 'file:commo.svg', dark: 'file:commo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'call ended',
		description: 'Starts the workflow the moment a call of Commo ends',
		defaults: { name: 'Commo Push Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'commoApi', required: true }],
		webhooks: [pushWebhook(commo)],
		properties: pushProperties(commo),
	};

	/** The address is entered in the vendor's console by hand: there is nothing to register, only to check. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await checkPush(this, commo);
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
		return await receivePush(this, commo);
	}
}
