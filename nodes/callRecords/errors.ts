import { NodeApiError, type ICredentialDataDecryptedObject, type INode } from 'n8n-workflow';

import type { ErrorKind } from './platform';

/** Fields of a credential that say where and when, not who. Everything else is never shown. */
const OPEN_FIELDS = new Set(['baseUrl', 'timezone', 'authentication', 'identifyBy']);
const HIDDEN = '•••';

/** Hashes that prove a request, and tokens, also of others: nothing a user could act on looks like that. */
const DIGEST = /\b[0-9a-f]{32,}\b/gi;

/**
 * A function that takes every secret of the credential out of a text, also where it stands encoded for a URL. The
 * credential is looked at each time, since tokens are renewed; those that were seen in it once stay secret.
 */
export function redactor(credentials: ICredentialDataDecryptedObject): (text: string) => string {
	const secrets = new Set<string>();
	return (text) => {
		for (const [name, value] of Object.entries(credentials)) {
			if (OPEN_FIELDS.has(name) || typeof value !== 'string' || value.length < 4) continue;
			secrets.add(value).add(encodeURIComponent(value));
		}
		return [...secrets]
			.sort((a, b) => b.length - a.length)
			.reduce((shown, secret) => shown.split(secret).join(HIDDEN), text)
			.replace(DIGEST, HIDDEN);
	};
}

type Failure = NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure'];

export interface Problem {
	kind: ErrorKind;
	/** One sentence: what happened, where. */
	message: string;
	/** What to do about it. */
	description?: string;
	httpCode?: string;
	retryAfterMs?: number;
}

/** Thrown by a credential when its login was answered by something that is not the platform, or not at all. */
export class LoginFailed extends Error {
	constructor(readonly problem: Problem) {
		super([problem.message, problem.description].filter(Boolean).join('. '));
	}
}

/** What n8n wants to know of a failed poll: whether waiting helps, or somebody has to change something. */
function failureOf(problem: Problem): Failure {
	const causes: Partial<Record<ErrorKind, NonNullable<Failure>>> = {
		credentials: { cause: 'credential-invalid' },
		expired: { cause: 'credential-invalid' },
		blocked: { cause: 'credential-invalid' },
		rate: { cause: 'rate-limited', retryAfterMs: problem.retryAfterMs },
		temporary: { cause: 'temporarily-unavailable', retryAfterMs: problem.retryAfterMs },
		input: { cause: 'configuration-invalid' },
	};
	return causes[problem.kind];
}

/** Built from our own words only: the reply, the request and the library's error hold secrets. */
export function toNodeApiError(node: INode, problem: Problem): NodeApiError {
	const { message, description, httpCode } = problem;
	return new NodeApiError(
		node,
		{ message },
		{ message, description, httpCode, failure: failureOf(problem) },
	);
}
