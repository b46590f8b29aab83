import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';

import { asRow, text, whole } from '../callRecords/callRecord';
import { LoginFailed } from '../callRecords/errors';
import { LoginRejected } from '../callRecords/platform';
import { login } from '../callRecords/transport/credential';
import { createSharedLogin, loginErrorKind } from '../callRecords/transport/sharedLogin';
import { isSessionOver, ownerOf } from '../callRecords/transport/tokens';
import { tokenRequest } from './envelope';
import { yeastarPSeries } from './platform';
import { LOGIN_REFUSED } from './errorCodes';

/** What is stored of a login (docs/vendors/yeastar-p-series.md 2.1): hidden fields of the credential. */
export interface Session {
	accessToken: string;
	/** Renews the session without taking another of the PBX's eight places. */
	refreshToken: string;
	/** Milliseconds since 1970. */
	sessionEndsAt: number;
	/** Whose session it is: after the login data were changed, it is somebody else's. */
	sessionOwner: string;
}

/** What the PBX documents, where an answer does not say (docs/vendors/yeastar-p-series.md 2.4). */
const USUAL_LIFE_SECONDS = 1800;

const shareLogin = createSharedLogin<Session>(yeastarPSeries);

/** What a login is made with. */
const LOGIN_FIELDS = ['clientId', 'clientSecret'];

/**
 * A session for these login data. The PBX has eight places for sessions, and blocks an address after five refused logins
 * (docs/vendors/yeastar-p-series.md 2.6).
 */
export async function startSession(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<Session> {
	const owner = ownerOf(credentials, LOGIN_FIELDS);
	return await shareLogin(owner, async () => await logIn(helper, credentials, owner));
}

async function logIn(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
	owner: string,
): Promise<Session> {
	const renewed = await renew(helper, credentials, owner);
	const { clientId: username, clientSecret: password } = credentials;
	const payload =
		renewed ??
		(await login(
			helper,
			yeastarPSeries,
			credentials,
			tokenRequest('get_token', { username: text(username), password: text(password) }),
			LOGIN_REFUSED,
		));
	const tokens = asRow(payload);
	const accessToken = text(tokens.access_token);
	if (accessToken === null) {
		throw new LoginFailed({
			// Not tried again: each login takes one of the eight places.
			kind: 'unknown',
			message: 'Yeastar P-Series accepts the login but sends no access token',
			description: 'Update the firmware of the PBX, or ask the support of Yeastar.',
		});
	}
	const life = whole(tokens.access_token_expire_time) ?? USUAL_LIFE_SECONDS;
	return {
		accessToken,
		refreshToken: text(tokens.refresh_token) ?? '',
		sessionEndsAt: Date.now() + life * 1000,
		sessionOwner: owner,
	};
}

/** Null where there is nothing to renew, or the PBX does not renew it: it lasts a day, and each one works once (2.2, 2.4). */
async function renew(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
	owner: string,
): Promise<unknown> {
	const refreshToken = text(credentials.refreshToken);
	if (refreshToken === null || credentials.sessionOwner !== owner) return null;
	const request = tokenRequest('refresh_token', { refresh_token: refreshToken });
	return await login(helper, yeastarPSeries, credentials, request).catch((error: unknown) => {
		if (error instanceof LoginRejected && loginErrorKind(error, yeastarPSeries) !== 'blocked')
			return null;
		throw error;
	});
}

/** Whether the stored token is no good any more, as far as can be known without asking. */
export function isOver(credentials: ICredentialDataDecryptedObject): boolean {
	return isSessionOver(credentials.accessToken, ownerOf(credentials, LOGIN_FIELDS), credentials);
}
