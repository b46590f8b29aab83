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
import { yeastarPSeries } from './platform';

export class YeastarPSeriesPushTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yeastar P-Series Push Trigger',
		name: 'yeastarPSeriesPushTrigger',
		icon: { light: 'file:yeastarPSeries.svg', dark: 'file:yeastarPSeries.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'call ended',
		description: 'Starts the workflow the moment a call of Yeastar P-Series ends',
		defaults: { name: 'Yeastar P-Series Push Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'yeastarPSeriesApi', required: true }],
		webhooks: [pushWebhook(yeastarPSeries)],
		properties: pushProperties(yeastarPSeries),
	};

	/** The address is entered in the vendor's console by hand: there is nothing to register, only to check. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await checkPush(this, yeastarPSeries);
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
		return await receivePush(this, yeastarPSeries);
	}
}
