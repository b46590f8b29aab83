import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { toNodeApiError, type Problem } from '../errors';
import type { ApiRequest, Platform } from '../platform';
import {
	createSend,
	type Failure,
	type NodeContext,
	type Outcome,
	type RequestReport,
} from './request';
import { wait, type Throttle } from './throttle';
import { createSession, type Session } from './tokens';

export interface RequesterOptions {
	throttle: Throttle;
	/** For one request and its reply, in milliseconds. */
	timeoutMs: number;
	/** The longest the user wants to wait between two tries, in milliseconds. */
	longestWaitMs: number;
	report: RequestReport;
	isStopped(): boolean;
	/** Between 0 and 1; spreads retries of several workers. */
	random?(): number;
}

const TRIES = 5;
const FIRST_WAIT_MS = 500;

/**
 * One request with everything that goes with it: authenticated by the credential, limited in time, retried when that is
 * safe and helps, its token renewed once, its API error explained. `credentials` is changed in place when a token is
 * renewed.
 */
export function createApiRequest(
	context: NodeContext,
	platform: Platform,
	credentials: ICredentialDataDecryptedObject,
	options: RequesterOptions,
): ApiRequest {
	const { throttle, timeoutMs, report, isStopped } = options;
	const sender = { context, platform, credentials, timeoutMs, report };
	const session = createSession(sender, createSend(sender));
	const nextTry = createTries(options, (problem) => toNodeApiError(context.getNode(), problem));

	return async (request, expected = [], isUnrepeatable = false) => {
		const once = async (): Promise<Outcome> => {
			if (isStopped()) throw new Error('stopped before everything was read');
			return await session.send(request, expected);
		};
		const renew = createRenewal(session, platform, options);
		for (let attempt = 1; ; attempt++) {
			const outcome = await throttle.run(once);
			if (!('problem' in outcome)) return outcome;
			if (await renew(outcome)) attempt--;
			else await nextTry(outcome.problem, attempt, isUnrepeatable);
		}
	};
}

/** Spread over so long, two who log in no longer end each other's sessions. */
const SHORTEST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 5000;

/** Whether the request has to be sent again with a new session, which is no further try. */
type Renew = (failure: Failure) => Promise<boolean>;

/**
 * The session of one request is renewed once; a second token that is refused is an error. Where a login ends the session
 * before it, somebody else's login may have done that: there a third one is tried after a pause at random.
 */
function createRenewal(
	session: Session,
	{ hasOneSession }: Platform,
	{ isStopped, random = Math.random }: RequesterOptions,
): Renew {
	let left = hasOneSession ? 2 : 1;
	let isFirst = true;
	return async ({ problem, usedToken }) => {
		if (problem.kind !== 'expired' || left === 0 || !session.canRenew(usedToken)) return false;
		left--;
		session.drop(usedToken);
		const pause = SHORTEST_PAUSE_MS + random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS);
		if (!isFirst) await wait(pause, isStopped);
		isFirst = false;
		return true;
	};
}

/** Waits until the next try, or throws where there is none. */
type Tries = (problem: Problem, attempt: number, isUnrepeatable: boolean) => Promise<void>;

function createTries(options: RequesterOptions, toError: (problem: Problem) => Error): Tries {
	const { longestWaitMs, report, isStopped, random = Math.random } = options;
	return async (problem, attempt, isUnrepeatable) => {
		const mayHelp = problem.kind === 'rate' || (problem.kind === 'temporary' && !isUnrepeatable);
		if (!mayHelp || attempt >= TRIES || isStopped()) throw toError(problem);
		const backOff = FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.75 + random() / 2);
		const pause = Math.max(problem.retryAfterMs ?? 0, backOff);
		if (pause > longestWaitMs) throw toError(tooLong(problem, pause));
		report.retries++;
		await wait(pause, isStopped);
		if (isStopped()) throw toError(problem);
	};
}

/** The next try is due later than the user allows, because the platform says so or after several that failed. */
export function tooLong(problem: Problem, pauseMs: number): Problem {
	const until = new Date(Date.now() + pauseMs).toISOString();
	return {
		...problem,
		message: `${problem.message}; the next try is due at ${until}, which is later than this node may wait for`,
		description: [
			"Try again then, or raise 'Maximum Wait (Seconds)' in the node's options.",
			problem.description ?? 'In a schedule, run the workflow less often.',
		].join(' '),
	};
}
