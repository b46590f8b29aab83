import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';

import { asRow, text, whole } from '../callRecords/callRecord';
import { LoginFailed } from '../callRecords/errors';
import { FORM } from '../callRecords/fields';
import { login } from '../callRecords/transport/credential';
import { createSharedLogin } from '../callRecords/transport/sharedLogin';
import { isSessionOver, ownerOf } from '../callRecords/transport/tokens';
import { threeCx } from './platform';

const LOGIN_FIELDS = ['clientId', 'clientSecret'];

/** As newer builds have it (docs/vendors/3cx.md 2.2). */
const USUAL_LIFE_SECONDS = 60;

const shareLogin = createSharedLogin<Awaited<ReturnType<typeof logIn>>>(threeCx);

/** A token for these login data. Parallel logins would end each other's (docs/vendors/3cx.md 2.3). */
export async function startSession(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
) {
	const owner = ownerOf(credentials, LOGIN_FIELDS);
	return await shareLogin(owner, async () => await logIn(helper, credentials, owner));
}

async function logIn(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
	sessionOwner: string,
) {
	const payload = await login(helper, threeCx, credentials, {
		method: 'POST',
		url: '/connect/token',
		headers: { 'content-type': FORM },
		body: {
			grant_type: 'client_credentials',
			client_id: text(credentials.clientId) ?? '',
			client_secret: text(credentials.clientSecret) ?? '',
		},
	});
	const { access_token: token, expires_in: life } = asRow(payload);
	const accessToken = text(token);
	if (accessToken === null) {
		const message = '3CX accepts the login but sends no access token';
		throw new LoginFailed({ kind: 'unknown', message, description: 'Update 3CX.' });
	}
	const sessionEndsAt = Date.now() + (whole(life) ?? USUAL_LIFE_SECONDS) * 1000;
	return { accessToken, sessionEndsAt, sessionOwner };
}

/** Whether the stored token is no good any more, as far as can be known without asking. */
export function isOver(credentials: ICredentialDataDecryptedObject): boolean {
	return isSessionOver(credentials.accessToken, ownerOf(credentials, LOGIN_FIELDS), credentials);
}
