import { createHash } from 'crypto';

import type {
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { withoutSlashes } from './address';
import { startDeadline } from './deadline';
import { networkProblem } from './problems';
import { cancelSignalOf, type Expected, type Outcome, type Send, type Sender } from './request';

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
	const data = loginFields.map((field) => credentials[field]);
	return createHash('sha256')
		.update(JSON.stringify([withoutSlashes(credentials.baseUrl), ...data]))
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

/**
 * A token that ends within this time is renewed before it is used. There are tokens that live no longer than a minute,
 * and a request that comes too late is only sent once more.
 */
const TOKEN_MARGIN_MS = 5000;

/** How long a login may take: two requests of `login`, one to renew the session and one for a new one. */
export const LONGEST_LOGIN_MS = 60_000;

interface Login {
	credentials: ICredentialDataDecryptedObject;
	/** Of the request that logs in, if it does not fail in a way that nobody foresaw. It ends at its time limit. */
	outcome: Promise<Outcome | undefined>;
}

/**
 * Logins that are under way in this process, by credential id: parallel requests and executions share one. Each leaves
 * when it has ended, at its time limit at the latest, so there are never more than requests under way.
 */
const logins = new Map<string, Login>();

/** Sends requests with the session token of the credential, where it works with one. */
export interface Session {
	send: Send;
	/** Whether another try with another token, or signed anew, makes sense after this one was refused. */
	canRenew(usedToken: unknown): boolean;
	/** A token that the platform refused: it is not used again. */
	drop(usedToken: unknown): void;
}

/** Where the credential has no session, requests are sent as they are; each is signed anew, so one may be repeated. */
export function createSession(sender: Sender, send: Send): Session {
	const field = sender.platform.sessionField?.(sender.credentials);
	if (field !== undefined) return createTokenSession(sender, send, field);
	const isSigned = sender.platform.sessionField === undefined;
	return { send, canRenew: () => isSigned, drop: () => undefined };
}

function createTokenSession(sender: Sender, send: Send, field: string): Session {
	const { platform, credentials, report } = sender;
	const node = sender.context.getNode();
	const key = `${platform.credentialType}:${node.credentials?.[platform.credentialType]?.id ?? node.id}`;
	const token = createToken(sender, field);

	/** As the one request that n8n makes log in when the token is missing. */
	const logIn = async (request: IHttpRequestOptions, expected: Expected): Promise<Outcome> => {
		report.logins++;
		const login = send(request, expected, LONGEST_LOGIN_MS).finally(() => logins.delete(key));
		logins.set(key, { credentials, outcome: login.catch(() => undefined) });
		return await login;
	};
	/** What others who log in leave to do: nothing where a token came out of it, or where it failed for us, too. */
	const othersLogin = async (login: Login): Promise<Outcome | undefined> => {
		const outcome = await login.outcome;
		const isOurs = login.credentials === credentials && outcome && 'problem' in outcome;
		return isOurs && (isHopeless(outcome) || !credentials[field]) ? outcome : undefined;
	};

	return {
		async send(request, expected) {
			const waiting = createWaiting(sender);
			for (;;) {
				const login = logins.get(key);
				const outcome = login && (await waiting.until(othersLogin(login)));
				if (outcome) return outcome;
				if (login) continue;
				if (!token.isUsable()) await token.takeStored();
				if (token.isUsable()) return await send(request, expected);
				if (!logins.has(key)) return await logIn(request, expected);
			}
		},
		canRenew: Boolean,
		drop: token.drop,
	};
}

/** Wrong login data stay wrong. Trying them for each request that waits would get this address blocked. */
function isHopeless(outcome: Outcome): boolean {
	return 'problem' in outcome && ['credentials', 'blocked'].includes(outcome.problem.kind);
}

/** The token as it stands in the credential, and as it is stored. */
function createToken({ context, platform, credentials }: Sender, field: string) {
	let refused: unknown;
	const endsSoon = (endsAt: number) => endsAt > 0 && endsAt - TOKEN_MARGIN_MS < Date.now();
	return {
		/** A token that is about to end counts as none. */
		isUsable(): boolean {
			if (endsSoon(Number(credentials.sessionEndsAt ?? 0))) credentials[field] = '';
			return Boolean(credentials[field]);
		},
		/** Another execution or worker may have logged in meanwhile; its token is stored with the credential. */
		async takeStored(): Promise<void> {
			const stored = await context.getCredentials(platform.credentialType).catch(() => undefined);
			const token = stored?.[field];
			const isFresh = !endsSoon(Number(stored?.sessionEndsAt ?? 0));
			if (token && token !== refused && isFresh) Object.assign(credentials, stored);
		},
		drop(usedToken: unknown): void {
			refused = usedToken;
			if (credentials[field] === usedToken) credentials[field] = '';
		},
	};
}

/** Waits for what others do, but no longer than a login may take, and not when the run is cancelled. */
function createWaiting({ context, platform, credentials }: Sender) {
	const until = Date.now() + LONGEST_LOGIN_MS;
	return {
		async until(work: Promise<Outcome | undefined>): Promise<Outcome | undefined> {
			const deadline = startDeadline(Math.max(0, until - Date.now()), cancelSignalOf(context));
			const problem = (error: unknown): Outcome => ({
				problem: networkProblem(platform, credentials, error, LONGEST_LOGIN_MS),
				usedToken: undefined,
			});
			return await deadline
				.race(work)
				.catch(problem)
				.finally(() => deadline.end());
		},
	};
}
