import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { callLog } from '../nodes/ThreeCx/api';
import { threeCx } from '../nodes/ThreeCx/platform';
import { isOver, startSession } from '../nodes/ThreeCx/session';
import {
	baseUrlOf,
	ignoreSslIssues,
	numberFields,
	testRules,
	timeZone,
	withBase,
} from '../nodes/callRecords/transport/credential';
import { sessionFields, SessionOver } from '../nodes/callRecords/transport/tokens';

export class ThreeCxApi implements ICredentialType {
	name = 'threeCxApi';

	displayName = '3CX API';

	icon = {
		light: 'file:../nodes/ThreeCx/threeCx.svg',
		dark: 'file:../nodes/ThreeCx/threeCx.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-call-records/n8n-nodes-call-records/blob/main/docs/platforms/3cx.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://company.3cx.eu',
			description:
				'The address of the web client without a path: https://name.3cx.eu without a port where 3CX hosts it, with the port of the web console (usually 5001) on a server of your own',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description:
				'From Integrations > API in the Admin Console. Make one for n8n alone: a second program with the same ID ends the sessions of the first.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The API key, which 3CX shows once',
		},
		{
			...timeZone(''),
			placeholder: 'e.g. Europe/Bucharest',
			description: 'The zone in which times are printed, as an IANA name. Empty: UTC.',
		},
		ignoreSslIssues,
		...numberFields,
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		...sessionFields,
	];

	/** Runs when there is no token, when it has ended, and on every test. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return await startSession(this, credentials);
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		if (isOver(credentials)) throw new SessionOver();
		const authorization = `Bearer ${String(credentials.accessToken ?? '')}`;
		return {
			...withBase(request, credentials),
			headers: { ...request.headers, Authorization: authorization },
		};
	}

	/** One call of a single minute: it proves the token and the permission to read call records. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlOf,
			...callLog({ from: 1_767_225_600, to: 1_767_225_660 }, {}, 1),
		},
		rules: testRules(threeCx, 'value', [
			'HTTP 401',
			'HTTP 403',
			'HTTP 404',
			'HTTP 405',
			'HTTP 500',
			'HTTP 504',
		]),
	};
}
