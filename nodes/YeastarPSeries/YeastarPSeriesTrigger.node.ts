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
import { yeastarPSeries } from './platform';

export class YeastarPSeriesTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yeastar P-Series Trigger',
		name: 'yeastarPSeriesTrigger',
		icon: { light: 'file:yeastarPSeries.svg', dark: 'file:yeastarPSeries.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description:
			'Get the calls of Yeastar P-Series, an office phone system (appliance, software or cloud), once each and complete',
		defaults: { name: 'Yeastar P-Series Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'yeastarPSeriesApi', required: true }],
		properties: triggerProperties(yeastarPSeries),
	};

	methods = lists;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCallRecords(this, yeastarPSeries);
	}
}
