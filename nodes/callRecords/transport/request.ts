import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { LoginFailed, type Problem } from '../errors';
import { LoginRejected, type ApiError, type ApiRequest, type Platform } from '../platform';
import { withoutSlashes } from './address';
import { parseJson, readReply, ReplyTooLarge } from './body';
import { startDeadline } from './deadline';
import {
	apiErrorOf,
	apiErrorProblem,
	httpProblem,
	networkProblem,
	rejectedProblem,
	retryAfterMs,
	tooLargeProblem,
} from './problems';
import { redactor } from './redact';

export type NodeContext =
	IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions;

export interface RequestReport {
	requests: number;
	retries: number;
	logins: number;
}

export type Answer = Awaited<ReturnType<ApiRequest>>;

export interface Failure {
	problem: Problem;
	/** The session token that went along, where the credential works with one. */
	usedToken: unknown;
}

/** What one request came to. */
export type Outcome = Answer | Failure;

/** Codes of API errors that the caller deals with. */
export type Expected = readonly string[];

/**
 * Sends a request once.
 * @param extraMs allowed beyond the timeout, for a login that n8n does before it sends the request
 */
export type Send = (
	request: IHttpRequestOptions,
	expected: Expected,
	extraMs?: number,
) => Promise<Outcome>;

/** What the requests of a connection go out with. `credentials` is changed in place when a token is renewed. */
export interface Sender {
	context: NodeContext;
	platform: Platform;
	credentials: ICredentialDataDecryptedObject;
	/** For one request and its reply, in milliseconds. */
	timeoutMs: number;
	report: RequestReport;
}

/** Sends single requests: authenticated by the credential, limited in time and size, the reply opened and explained. */
export function createSend(sender: Sender): Send {
	const { platform, credentials, timeoutMs, report } = sender;
	const redact = redactor(credentials);
	const open = createOpener(platform, credentials, redact);
	const sessionField = platform.sessionField?.(credentials);
	const token = () => (sessionField ? credentials[sessionField] : undefined);

	return async (request, expected, extraMs = 0) => {
		report.requests++;
		// While this request is on its way another one may renew the token.
		const sentToken = token();
		const received = await receive(sender, request, timeoutMs + extraMs);
		const usedToken = sentToken || token();
		if ('response' in received) return open(received.response, usedToken, expected);
		const { error } = received;
		return {
			problem: sendingProblem(error, platform, credentials, timeoutMs, redact),
			usedToken,
		};
	};
}

type Received = { response: IN8nHttpFullResponse } | { error: unknown };

/** The whole reply, its body as text. */
async function receive(
	{ context, platform, credentials, timeoutMs }: Sender,
	request: IHttpRequestOptions,
	totalMs: number,
): Promise<Received> {
	const deadline = startDeadline(totalMs, cancelSignalOf(context));
	const whole = async () => {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			endingBy(context, deadline.signal),
			platform.credentialType,
			{
				...request,
				...(typeof request.body === 'object' ? { body: { ...request.body } } : {}),
				url: `${withoutSlashes(credentials.baseUrl)}${request.url}`,
				timeout: timeoutMs,
				abortSignal: deadline.signal,
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
			{
				credentialsDecrypted: {
					id: '',
					name: '',
					type: platform.credentialType,
					data: credentials,
				},
			},
		)) as IN8nHttpFullResponse;
		const body = (await readReply(response.body)) as IN8nHttpFullResponse['body'];
		return { response: { ...response, body } };
	};
	return await deadline
		.race(whole())
		.catch((error: unknown) => ({ error }))
		.finally(() => deadline.end());
}

type Opener = (response: IN8nHttpFullResponse, usedToken: unknown, expected: Expected) => Outcome;

function createOpener(
	platform: Platform,
	credentials: ICredentialDataDecryptedObject,
	redact: (text: string) => string,
): Opener {
	let answeredBefore = false;

	const rejected = (apiError: ApiError, response: IN8nHttpFullResponse, usedToken: unknown) => {
		const problem = rejectedProblem(platform, credentials, apiError, response, redact);
		if (problem.kind === 'tooMuch') return { tooMuch: apiError.code };
		if (problem.kind === 'empty') return { payload: null };
		problem.retryAfterMs = retryAfterMs(response.headers) ?? problem.retryAfterMs;
		return { problem, usedToken };
	};

	return (response, usedToken, expected) => {
		const body = typeof response.body === 'string' ? parseJson(response.body) : response.body;
		const opened = body === undefined ? { unrecognised: true as const } : platform.open(body);
		if ('payload' in opened && response.statusCode < 300) {
			answeredBefore = true;
			return opened;
		}
		const apiError = apiErrorOf(platform, opened, response.statusCode);
		if (apiError && expected.includes(apiError.code)) {
			return { payload: null, rejected: apiError.code, said: apiError.text };
		}
		if (apiError) return rejected(apiError, response, usedToken);
		return { problem: httpProblem(platform, credentials, response, answeredBefore), usedToken };
	};
}

/** Of the run; a trigger has none. */
export function cancelSignalOf(context: NodeContext): AbortSignal | undefined {
	return (context as Partial<IExecuteFunctions>).getExecutionCancelSignal?.();
}

/**
 * n8n ends a request with a credential by the run's own signal, whatever the request says. With this context it is
 * ended by another one, so that a server that has fallen silent does not keep its connection.
 */
export function endingBy<T extends NodeContext>(context: T, signal: AbortSignal): T {
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as T;
}

/**
 * What kept a request from being answered. n8n wraps what a credential throws.
 * @param target where it was sent to: `baseUrl` is all that is looked at
 */
export function sendingProblem(
	error: unknown,
	platform: Platform,
	target: ICredentialDataDecryptedObject,
	timeoutMs: number,
	redact: (text: string) => string,
): Problem {
	const thrown: unknown[] = [error, error instanceof Error ? error.cause : undefined];
	const failed = thrown.find((one) => one instanceof LoginFailed);
	if (failed) return failed.problem;
	const refused = thrown.find((one) => one instanceof LoginRejected);
	if (refused) return apiErrorProblem(platform, refused.apiError, redact, refused.meaning);
	return error instanceof ReplyTooLarge
		? tooLargeProblem(platform, target, error.mostBytes)
		: networkProblem(platform, target, error, timeoutMs);
}
