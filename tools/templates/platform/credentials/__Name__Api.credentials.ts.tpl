import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { __name__ } from '../nodes/__Name__/platform';
import {
	baseUrlOf,
	numberFields,
	testRules,
	timeZone,
	withBase,
} from '../nodes/callRecords/transport/credential';

export class __Name__Api implements ICredentialType {
	name = '__name__Api';

	displayName = '__Title__ API';

	icon = {
		light: 'file:../nodes/__Name__/__name__.svg',
		dark: 'file:../nodes/__Name__/__name__.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-call-records/n8n-nodes-call-records/blob/main/docs/platforms/__kebab__.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://pbx.example.com',
			description: 'The address of the platform, without a path',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Where the platform shows it',
		},
		timeZone('UTC'),
		...numberFields,
	];

	/** How a request is authenticated (docs/vendors/__kebab__.md 1). */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const headers = { ...request.headers, authorization: `Bearer ${String(credentials.apiKey)}` };
		return { ...withBase(request, credentials), headers };
	}

	/** A request that costs nothing and fails without permission to read call records. */
	test: ICredentialTestRequest = {
		request: { baseURL: baseUrlOf, url: '/fill-in/the/path' },
		// The field of a reply with the code, the codes it may have, and a field that every good reply has.
		rules: testRules(__name__, 'code', [], 'data'),
	};
}
