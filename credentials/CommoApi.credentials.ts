import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { commo, serviceRequest } from '../nodes/Commo/platform';
import { asRow, text } from '../nodes/callRecords/callRecord';
import { LoginFailed } from '../nodes/callRecords/errors';
import {
	baseUrlOf,
	ignoreSslIssues,
	login,
	numberFields,
	testRules,
	timeZone,
	withBase,
} from '../nodes/callRecords/transport/credential';
import { withFields } from '../nodes/callRecords/transport/form';
import {
	isSessionOver,
	ownerOf,
	sessionFields,
	SessionOver,
} from '../nodes/callRecords/transport/tokens';

/**
 * Twelve hours, counted from the login, since the reply does not say when the token ends (docs/vendors/commo.md 2.1).
 */
const TOKEN_LIFE_MS = 12 * 3_600_000;

const LOGIN_FIELDS = ['appId', 'accessKey'];

export class CommoApi implements ICredentialType {
	name = 'commoApi';

	displayName = 'Commo API';

	icon = {
		light: 'file:../nodes/Commo/commo.svg',
		dark: 'file:../nodes/Commo/commo.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-call-records/n8n-nodes-call-records/blob/main/docs/platforms/commo.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. http://voice.example.com:4434',
			description:
				'The address your provider gave you, with its port. Every customer has an address of their own.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Login',
					value: 'login',
					description:
						'Log in with App ID and Access Key; the session token is renewed when it ends',
				},
				{ name: 'Token', value: 'token', description: 'Use a token that you got elsewhere' },
			],
			default: 'login',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['login'] } },
			description: 'The appid that your provider gave you',
		},
		{
			displayName: 'Access Key',
			name: 'accessKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['login'] } },
			description: 'The accesskey that belongs to the App ID',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['token'] } },
			description:
				'A session token of the platform. It ends 12 hours after the login that made it.',
		},
		timeZone('Asia/Shanghai'),
		ignoreSslIssues,
		...numberFields,
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		...sessionFields,
	];

	/** `App.Sip_Auth.Login` (docs/vendors/commo.md 2.1). Runs when there is no token that can be used. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		if (credentials.authentication === 'token') return {};
		const { appId: appid, accessKey: accesskey } = credentials;
		const request = serviceRequest(
			'App.Sip_Auth.Login',
			{ appid, accesskey } as IDataObject,
			'formData',
		);
		const payload = await login(this, commo, credentials, withFields(request, {}), {
			1003: "refuses the login: 'App ID' or 'Access Key' is wrong",
		});
		const token = text(asRow(payload).token);
		if (token === null) {
			throw new LoginFailed({
				kind: 'unknown',
				message: 'Commo accepts the login but sends no session token',
				description: 'Ask the provider whether this App ID may use the Common API',
			});
		}
		return {
			sessionToken: token,
			sessionEndsAt: Date.now() + TOKEN_LIFE_MS,
			sessionOwner: ownerOf(credentials, LOGIN_FIELDS),
		};
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const isGiven = credentials.authentication === 'token';
		const token = isGiven ? credentials.token : credentials.sessionToken;
		const owner = ownerOf(credentials, LOGIN_FIELDS);
		if (!isGiven && isSessionOver(token, owner, credentials)) throw new SessionOver();
		return withFields(withBase(request, credentials), { token: String(token ?? '') });
	}

	/** One second of long ago: it proves the token and the licence for call records, and marks nothing as queried. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlOf,
			...serviceRequest(
				'App.Sip_Cdr.GetBill',
				{
					starttime: '2000-01-01 00:00:00',
					endtime: '2000-01-01 00:00:00',
					syncflag: 3,
					direction: 3,
					callmethod: 0,
					currentpage: 1,
					itemsperpage: 1,
				},
				'formData',
			),
		},
		rules: testRules(commo, 'ret', [400, 500, 600, 601, 602, 603, 604], 'data.result'),
	};
}
