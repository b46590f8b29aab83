import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { FORM } from '../nodes/callRecords/fields';
import { infin8linx } from '../nodes/Infin8linx/platform';
import {
	baseUrlOf,
	numberFields,
	testRules,
	timeZone,
	withBase,
} from '../nodes/callRecords/transport/credential';
import { withFields } from '../nodes/callRecords/transport/form';

export class Infin8linxApi implements ICredentialType {
	name = 'infin8linxApi';

	displayName = 'Infin8linx API';

	icon = {
		light: 'file:../nodes/Infin8linx/infin8linx.svg',
		dark: 'file:../nodes/Infin8linx/infin8linx.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-call-records/n8n-nodes-call-records/blob/main/docs/platforms/infin8linx.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'http://platform.infin8linx.com',
			required: true,
			description:
				'The address of the platform. It is documented with http only, which sends the Access Key unencrypted: try https first, and keep it if the connection test passes.',
		},
		{
			displayName: 'Identify By',
			name: 'identifyBy',
			type: 'options',
			options: [
				{ name: 'IP or Domain', value: 'ip' },
				{ name: 'Username', value: 'username' },
			],
			default: 'username',
			description: 'What the platform knows the account by; it wants exactly one of them',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { identifyBy: ['username'] } },
		},
		{
			displayName: 'IP or Domain',
			name: 'ip',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 203.0.113.9',
			displayOptions: { show: { identifyBy: ['ip'] } },
			description: 'The IP address or domain name that is registered for the account',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			required: true,
		},
		{
			displayName: 'Access Key',
			name: 'accessKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		timeZone('Asia/Shanghai'),
		...numberFields,
	];

	/** Every request carries the account itself; there is no token and no signature (docs/vendors/infin8linx.md 1). */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const identity = credentials.identifyBy === 'ip' ? 'ip' : 'username';
		const fields = {
			[identity]: credentials[identity],
			appid: credentials.appId,
			accesskey: credentials.accessKey,
		};
		const given = Object.entries(fields).map(([name, value]) => [name, String(value ?? '')]);
		return withFields(withBase(request, credentials), Object.fromEntries(given));
	}

	/** One second of long ago: it needs the account and its permission to read call records. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlOf,
			method: 'POST',
			url: '/api/cdrs',
			headers: { 'content-type': FORM },
			body: {
				starttime: '2000-01-01 00:00:00',
				endtime: '2000-01-01 00:00:01',
				page: 1,
				per_page: 1,
			},
		},
		rules: testRules(infin8linx, 'code', [1000, 1001, 1005, 1006, 1008], 'data.total'),
	};
}
