import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';

import { toNodeApiError, LoginFailed, redactor, type Problem } from '../errors';
import { LoginRejected, type ApiRequest, type Platform, type ApiError } from '../platform';
import { parseJson } from './body';
import { wait, type Throttle } from './throttle';
import {
	httpProblem,
	networkProblem,
	apiErrorProblem,
	rejectedProblem,
	retryAfterMs,
} from './problems';

export type NodeContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

export interface RequestReport {
	requests: number;
	retries: number;
	logins: number;
}

export interface RequesterOptions {
	throttle: Throttle;
	/** For one request, in milliseconds. */
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
/** A token that ends within this time is renewed before it is used. */
const TOKEN_MARGIN_MS = 60_000;

type Outcome = Awaited<ReturnType<ApiRequest>> | { problem: Problem; usedToken: unknown };

/** Codes of API errors that the caller deals with. */
type Expected = readonly string[];

interface Login {
	credentials: ICredentialDataDecryptedObject;
	/** Of the request that logs in, if it does not fail in a way that nobody foresaw. */
	outcome: Promise<Outcome | undefined>;
}

/** Logins that are under way in this process, by credential id: parallel requests and executions share one. */
const logins = new Map<string, Login>();

/**
 * One request with everything that goes with it: proved by the credential, timed out, retried when that is safe and
 * helps, its token renewed once, its API error explained. `credentials` is changed in place when a token is renewed.
 */
export function createApiRequest(
	context: NodeContext,
	platform: Platform,
	credentials: ICredentialDataDecryptedObject,
	options: RequesterOptions,
): ApiRequest {
	const node = context.getNode();
	const redact = redactor(credentials);
	const random = options.random ?? Math.random;
	const sessionField = platform.sessionField?.(credentials);
	const loginKey = `${platform.credentialType}:${node.credentials?.[platform.credentialType]?.id ?? node.id}`;
	let answeredBefore = false;

	const send = async (request: IHttpRequestOptions, expected: Expected): Promise<Outcome> => {
		options.report.requests++;
		const data = credentials;
		let response: IN8nHttpFullResponse;
		// While this request is on its way another one may renew the token.
		const sentToken = sessionField ? credentials[sessionField] : undefined;
		const tokenUsed = () => sentToken || (sessionField ? credentials[sessionField] : undefined);
		try {
			response = (await context.helpers.httpRequestWithAuthentication.call(
				context,
				platform.credentialType,
				{
					...request,
					...(typeof request.body === 'object' ? { body: { ...request.body } } : {}),
					url: `${String(credentials.baseUrl).trim().replace(/\/+$/, '')}${request.url}`,
					timeout: options.timeoutMs,
					encoding: 'text',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
				},
				{ credentialsDecrypted: { id: '', name: '', type: platform.credentialType, data } },
			)) as IN8nHttpFullResponse;
		} catch (error) {
			const problem = sendingProblem(error, platform, credentials, options.timeoutMs, redact);
			return { problem, usedToken: tokenUsed() };
		}
		return read(response, tokenUsed(), expected);
	};

	const read = (
		response: IN8nHttpFullResponse,
		usedToken: unknown,
		expected: Expected,
	): Outcome => {
		const body = typeof response.body === 'string' ? parseJson(response.body) : response.body;
		const opened = body === undefined ? { unrecognised: true as const } : platform.open(body);
		if ('payload' in opened && response.statusCode < 300) {
			answeredBefore = true;
			return opened;
		}
		if ('apiError' in opened && expected.includes(opened.apiError.code)) {
			const { code, text } = opened.apiError;
			return { payload: null, rejected: code, said: text };
		}
		if ('apiError' in opened && opened.apiError.code !== '') {
			return refused(opened.apiError, response, usedToken);
		}
		return { problem: httpProblem(platform, credentials, response, answeredBefore), usedToken };
	};

	const refused = (
		apiError: ApiError,
		response: IN8nHttpFullResponse,
		usedToken: unknown,
	): Outcome => {
		const problem = rejectedProblem(platform, credentials, apiError, response, redact);
		if (problem.kind === 'tooMuch') return { tooMuch: apiError.code };
		if (problem.kind === 'empty') return { payload: null };
		problem.retryAfterMs = retryAfterMs(response.headers) ?? problem.retryAfterMs;
		return { problem, usedToken };
	};

	/** A token that is about to end counts as none. */
	const dropOldToken = (field: string) => {
		const endsAt = Number(credentials.sessionEndsAt ?? 0);
		if (endsAt > 0 && endsAt - TOKEN_MARGIN_MS < Date.now()) credentials[field] = '';
	};

	/** Sends, as the one request that n8n makes log in when the token is missing; the others wait for it. */
	const sendWithSession = async (
		field: string,
		request: IHttpRequestOptions,
		expected: Expected,
	): Promise<Outcome> => {
		const underWay = logins.get(loginKey);
		if (underWay) {
			const outcome = await underWay.outcome;
			// Wrong login data stay wrong. Trying them for each request that waits would get this address blocked.
			if (underWay.credentials === credentials && outcome && isHopeless(outcome)) return outcome;
			return await sendWithSession(field, request, expected);
		}
		dropOldToken(field);
		if (credentials[field]) return await send(request, expected);
		await takeStoredToken(field);
		if (credentials[field]) return await send(request, expected);
		if (logins.has(loginKey)) return await sendWithSession(field, request, expected);
		options.report.logins++;
		const login = send(request, expected).finally(() => logins.delete(loginKey));
		logins.set(loginKey, { credentials, outcome: login.catch(() => undefined) });
		return await login;
	};

	/** Another execution or worker may have logged in meanwhile; its token is stored with the credential. */
	let refusedToken: unknown;
	const takeStoredToken = async (field: string) => {
		const stored = await context.getCredentials(platform.credentialType).catch(() => undefined);
		const token = stored?.[field];
		const endsAt = Number(stored?.sessionEndsAt ?? 0);
		const isFresh = endsAt === 0 || endsAt - TOKEN_MARGIN_MS > Date.now();
		if (token && token !== refusedToken && isFresh) Object.assign(credentials, stored);
	};

	return async (request, expected = [], isUnrepeatable = false) => {
		let renewed = false;
		for (let attempt = 1; ; attempt++) {
			const outcome = await options.throttle.run(async () => {
				if (options.isStopped()) throw new Error('stopped before everything was read');
				return sessionField
					? await sendWithSession(sessionField, request, expected)
					: await send(request, expected);
			});
			if (!('problem' in outcome)) return outcome;
			const { problem, usedToken } = outcome;
			const canRenew = sessionField ? Boolean(usedToken) : platform.sessionField === undefined;
			if (problem.kind === 'expired' && canRenew && !renewed) {
				renewed = true;
				refusedToken = usedToken;
				if (sessionField && credentials[sessionField] === usedToken) credentials[sessionField] = '';
				attempt--;
				continue;
			}
			const mayHelp = problem.kind === 'rate' || (problem.kind === 'temporary' && !isUnrepeatable);
			if (!mayHelp || attempt >= TRIES || options.isStopped()) throw toNodeApiError(node, problem);
			const backOff = FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.75 + random() / 2);
			const pause = Math.max(problem.retryAfterMs ?? 0, backOff);
			if (pause > options.longestWaitMs) throw toNodeApiError(node, tooLong(problem, pause));
			options.report.retries++;
			await wait(pause, options.isStopped);
			if (options.isStopped()) throw toNodeApiError(node, problem);
		}
	};
}

function isHopeless(outcome: Outcome): boolean {
	return 'problem' in outcome && ['credentials', 'blocked'].includes(outcome.problem.kind);
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
	return refused
		? apiErrorProblem(platform, refused.apiError, redact, refused.meaning)
		: networkProblem(platform, target, error, timeoutMs);
}

/** The next try is due later than the user allows, because the platform says so or after several that failed. */
export function tooLong(problem: Problem, pauseMs: number): Problem {
	const until = new Date(Date.now() + pauseMs).toISOString();
	return {
		...problem,
		message: `${problem.message}; the next try is due at ${until}, which is later than this node may wait for`,
		description: [
			"Try again then, or raise 'Longest Wait' in the node's options.",
			problem.description ?? 'In a schedule, run the workflow less often.',
		].join(' '),
	};
}
