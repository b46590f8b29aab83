import { NodeApiError, type INode } from 'n8n-workflow';

import type { ErrorKind } from './platform';

/** What a table says of a word from outside, which may be the name of something every object has. */
export function entryOf<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined;
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
