import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { query, USER_AGENT } from '../nodes/YeastarPSeries/envelope';
import { yeastarPSeries } from '../nodes/YeastarPSeries/platform';
import { isOver, startSession } from '../nodes/YeastarPSeries/session';
import {
	baseUrlOf,
	ignoreSslIssues,
	numberFields,
	testRules,
	timeZone,
	withBase,
} from '../nodes/callRecords/transport/credential';
import { sessionFields, SessionOver } from '../nodes/callRecords/transport/tokens';

export class YeastarPSeriesApi implements ICredentialType {
	name = 'yeastarPSeriesApi';

	displayName = 'Yeastar P-Series API';

	icon = {
		light: 'file:../nodes/YeastarPSeries/yeastarPSeries.svg',
		dark: 'file:../nodes/YeastarPSeries/yeastarPSeries.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-call-records/n8n-nodes-call-records/blob/main/docs/platforms/yeastar-p-series.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://192.168.5.150:8088',
			description:
				'The address of the web portal: https://address:8088 for an appliance or a server of your own, https://domain without a port for the Cloud Edition or a Yeastar domain name',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'From Integrations > API on the web portal of the PBX',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The secret of the webhook on the PBX (Integrations > API > Webhook), which signs what it pushes. Only the Push Trigger needs it.',
		},
		{
			...timeZone(''),
			description:
				"The time zone of the PBX's clock. 'Ask the Phone System' uses the PBX's present offset from UTC, which is an hour off for calls from the other half of the year where clocks change in summer.",
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
		{
			displayName: 'Refresh Token',
			name: 'refreshToken',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
		...sessionFields,
	];

	/** Runs when there is no token, when it has ended, and on every test. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return { ...(await startSession(this, credentials)) };
	}

	/**
	 * The token goes into the query, of every method; a header is not looked at (docs/vendors/yeastar-p-series.md 1.3).
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		if (isOver(credentials)) throw new SessionOver();
		const { headers = {}, qs = {} } = request;
		const hasUserAgent = Object.entries(headers).some(
			([name, value]) => name.toLowerCase() === 'user-agent' && String(value ?? '').trim() !== '',
		);
		return {
			...withBase(request, credentials),
			headers: hasUserAgent ? headers : { ...headers, 'User-Agent': USER_AGENT },
			qs: { ...qs, access_token: String(credentials.accessToken ?? '') },
		};
	}

	/** One call of the list: it proves the token and the permission to read call records. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlOf,
			...query('cdr/list', { page: 1, page_size: 1 }),
		},
		rules: testRules(
			yeastarPSeries,
			'errcode',
			[-2, -1, 10001, 10002, 10003, 10004, 10005, 10009, 40002, 60002, 70004, 70087, 70123],
		),
	};
}
