import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeCallRecords } from '../callRecords/node/actions';
import { actionProperties, actionSubtitle } from '../callRecords/node/resources';
import { notQueriedYet } from './fields';
import { lists } from './lists';
import { commo } from './platform';

export class Commo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Commo',
		name: 'commo',
		icon: { light: 'file:commo.svg', dark: 'file:commo.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: actionSubtitle,
		description:
			'Get the calls of Commo, a cloud phone system with the Common API of Infin8linx, once each and complete',
		defaults: { name: 'Commo' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'commoApi', required: true }],
		properties: actionProperties(commo).flatMap((property) =>
			property.name === 'filters' ? [property, notQueriedYet(property)] : [property],
		),
	};

	methods = lists;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeCallRecords(this, commo);
	}
}
