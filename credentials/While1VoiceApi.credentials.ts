import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { withHash } from '../nodes/While1Voice/apiHash';
import { cdrRequest, while1Voice } from '../nodes/While1Voice/platform';
import { credentialTestRules, sentence } from '../nodes/While1Voice/errorCodes';
import { LoginRejected } from '../nodes/callRecords/platform';
import {
	baseUrlOf,
	ignoreSslIssues,
	numberFields,
	testRules,
	timeZone,
	withBase,
} from '../nodes/callRecords/transport/credential';

export class While1VoiceApi implements ICredentialType {
	name = 'while1VoiceApi';

	displayName = 'While1 Voice API';

	icon = {
		light: 'file:../nodes/While1Voice/while1Voice.svg',
		dark: 'file:../nodes/While1Voice/while1Voice.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-call-records/n8n-nodes-call-records/blob/main/docs/platforms/while1-voice.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.while1.biz',
			description: 'The address of your PBX, as you open it in the browser, without /api',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'From Settings :: Parameters of the PBX',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'From Settings :: Parameters of the PBX. Every request is then signed with it (api_hash). Leave it empty if the PBX has none.',
		},
		timeZone('Europe/Bucharest'),
		ignoreSslIssues,
		...numberFields,
	];

	/** The token, and the hash of whatever the request holds by then (docs/vendors/while1-voice.md 3 and 5). */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const hashed = withHash(withBase(request, credentials), String(credentials.apiKey ?? ''));
		const token = String(credentials.apiToken ?? '').trim();
		// A header takes visible ASCII only; anything else would fail somewhere below, without a reason.
		if (!/^[\x21-\x7e]*$/.test(token)) {
			throw new LoginRejected({ code: 'tokenText', text: null }, sentence('tokenText'));
		}
		return { ...hashed, headers: { ...hashed.headers, Authorization: `Bearer ${token}` } };
	}

	/** One second of long ago: it needs the token, the key and the permission to read call records. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: baseUrlOf,
			...cdrRequest(1, { date_between: ['2000-01-01 00:00:00', '2000-01-01 00:00:00'] }, 'json'),
		},
		rules: [
			...credentialTestRules,
			...(testRules(while1Voice, 'has_error', []) ?? []),
		] as ICredentialTestRequest['rules'],
	};
}
