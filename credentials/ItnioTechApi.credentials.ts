import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { itnioTech, post } from '../nodes/ItnioTech/platform';
import { signature, withHeaders } from '../nodes/ItnioTech/sign';
import {
	baseUrlOf,
	numberFields,
	testRules,
	timeZone,
	withBase,
} from '../nodes/callRecords/transport/credential';

const CODES = [-1, -2, -13, -16, -18, -20, -22, -23, -76];

export class ItnioTechApi implements ICredentialType {
	name = 'itnioTechApi';

	displayName = 'ITNIO Tech API';

	icon = {
		light: 'file:../nodes/ItnioTech/itnioTech.svg',
		dark: 'file:../nodes/ItnioTech/itnioTech.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-call-records/n8n-nodes-call-records/blob/main/docs/platforms/itnio-tech.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.itniotech.com',
			required: true,
			placeholder: 'e.g. https://api.itniotech.com',
			description:
				'The address of the API, without a path. BUKA has https://api.onbuka.com, Laaffic has https://api.laaffic.com.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'ApiKey, in the console under Home → Developers',
		},
		{
			displayName: 'API Secret',
			name: 'apiSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'ApiSecret, in the console under Home → Developers',
		},
		timeZone('Asia/Shanghai'),
		...numberFields,
	];

	/** Signs each request anew, since a signature holds only for a while (docs/vendors/itnio-tech.md 2). */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { apiKey, apiSecret } = credentials;
		const signed = signature(
			String(apiKey ?? '').trim(),
			String(apiSecret ?? '').trim(),
			Math.floor(Date.now() / 1000),
		);
		return { ...withBase(request, credentials), headers: withHeaders(request.headers, signed) };
	}

	/** One agent group: every brand has this address, and it needs the key, the secret and the clock. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlOf,
			...post('/v3/cc/seatGroup/query', { current: 1, size: 1, params: {} }),
		},
		rules: testRules(itnioTech, 'status', [...CODES, ...CODES.map(String)], 'data.records'),
	};
}
