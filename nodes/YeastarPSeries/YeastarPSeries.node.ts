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
import { yeastarPSeries } from './platform';

export class YeastarPSeries implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yeastar P-Series',
		name: 'yeastarPSeries',
		icon: { light: 'file:yeastarPSeries.svg', dark: 'file:yeastarPSeries.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: actionSubtitle,
		description:
			'Get the calls of Yeastar P-Series, an office phone system (appliance, software or cloud), once each and complete',
		defaults: { name: 'Yeastar P-Series' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'yeastarPSeriesApi', required: true }],
		properties: actionProperties(yeastarPSeries),
	};

	methods = lists;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeCallRecords(this, yeastarPSeries);
	}
}
