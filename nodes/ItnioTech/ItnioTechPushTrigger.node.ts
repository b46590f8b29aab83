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
import { itnioTech } from './platform';

export class ItnioTechPushTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ITNIO Tech Push Trigger',
		name: 'itnioTechPushTrigger',
		icon: { light: 'file:itnioTech.svg', dark: 'file:itnioTech.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'call ended',
		description: 'Starts the workflow the moment a call of ITNIO Tech ends',
		defaults: { name: 'ITNIO Tech Push Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'itnioTechApi', required: true }],
		webhooks: [pushWebhook(itnioTech)],
		properties: pushProperties(itnioTech),
	};

	/** The address is entered in the vendor's console by hand: there is nothing to register, only to check. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await checkPush(this, itnioTech);
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
		return await receivePush(this, itnioTech);
	}
}
