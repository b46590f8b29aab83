import { createHash } from 'crypto';

import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';

/**
 * n8n keeps a session token until it is refused with HTTP 401, also when the login data it came from were changed. So
 * it is stored with the moment it ends and with whose it is; both are checked before it is used.
 */
export const sessionFields: INodeProperties[] = [
	{
		displayName: 'Session Ends At',
		name: 'sessionEndsAt',
		type: 'hidden',
		default: '',
	},
	{
		displayName: 'Session Owner',
		name: 'sessionOwner',
		type: 'hidden',
		default: '',
	},
];

/** Identifies address and login data without holding them. */
export function ownerOf(
	credentials: ICredentialDataDecryptedObject,
	loginFields: string[],
): string {
	const address = String(credentials.baseUrl ?? '')
		.trim()
		.replace(/\/+$/, '');
	const data = loginFields.map((field) => credentials[field]);
	return createHash('sha256')
		.update(JSON.stringify([address, ...data]))
		.digest('hex')
		.slice(0, 32);
}

/** Looks to n8n like an answer with HTTP 401, after which it logs in and sends the request again. */
export class SessionOver extends Error {
	readonly response = { status: 401 };

	constructor() {
		super('The session token has ended, or belongs to other login data');
	}
}

/** Whether a stored token is no good any more, as far as can be known without asking. */
export function isSessionOver(
	token: unknown,
	owner: string,
	{ sessionEndsAt, sessionOwner }: ICredentialDataDecryptedObject,
): boolean {
	if (!token) return false;
	const endsAt = Number(sessionEndsAt ?? 0);
	const isForeign = Boolean(sessionOwner) && sessionOwner !== owner;
	return isForeign || (endsAt > 0 && endsAt <= Date.now());
}
