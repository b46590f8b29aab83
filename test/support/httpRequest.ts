import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

/**
 * What n8n's HTTP Request node does with a predefined credential: it hands `options` over as it makes them, in the
 * request options of older n8n versions (`uri`, `form`, `formData`, `body` with `json`, `qs`).
 */
export function httpRequestNode(credentialType: string, options: IDataObject): INodeType {
	return {
		description: {
			displayName: 'HTTP Request',
			name: 'httpRequest',
			group: ['output'],
			version: 1,
			description: 'Sends one request',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credentialType, required: true }],
			properties: [],
		},
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const answer: unknown = await this.helpers.requestWithAuthentication.call(
				this,
				credentialType,
				structuredClone(options) as never,
			);
			const json = (typeof answer === 'string' ? JSON.parse(answer) : answer) as IDataObject;
			return [[{ json }]];
		},
	};
}
