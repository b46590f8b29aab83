import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

import type { Platform } from '../../nodes/callRecords/platform';
import { createThrottle, type Throttle } from '../../nodes/callRecords/transport/throttle';
import type { NodeContext, RequestReport } from '../../nodes/callRecords/transport/request';
import { createApiRequest } from '../../nodes/callRecords/transport/retry';

/** A platform that answers `{ok: …}` or `{no: code, words}`; for tests of what is the same for all platforms. */
export const fakePlatform: Platform = {
	name: 'fake',
	title: 'Fake PBX',
	credentialType: 'fakeApi',
	sessionField: ({ authentication }) => (authentication === 'token' ? undefined : 'sessionToken'),
	clock: () => 'epoch',
	pageSize: { default: 10, max: 100 },
	requestsAtOnce: { default: 2, max: 10 },
	filters: [],
	options: [],
	readFilters: (given) => given,
	request: ({ range, page, pageSize }) => ({
		method: 'GET',
		url: '/calls',
		qs: { ...range, page, pageSize },
	}),
	open(body) {
		const { ok, no, words } = body as { ok?: unknown; no?: string; words?: string };
		if (no !== undefined) return { apiError: { code: no, text: words ?? null } };
		return ok === undefined ? { unrecognised: true } : { payload: ok };
	},
	errorCodes: {
		login: { kind: 'credentials', means: 'does not know you' },
		gone: { kind: 'expired', means: 'does not accept the session token' },
		banned: { kind: 'blocked', means: 'has blocked this address' },
		slow: { kind: 'rate', means: 'wants fewer requests' },
		later: { kind: 'rate', means: 'wants a pause', waitSeconds: 30 },
		down: { kind: 'temporary', means: 'is down' },
		odd: { kind: 'input', means: 'does not accept a filter', advice: 'Check the filters.' },
		much: { kind: 'tooMuch', means: 'has too much to say' },
		none: { kind: 'empty', means: 'has no records' },
		'HTTP 418': { kind: 'input', means: 'is a teapot' },
	},
	reply: (payload) => ({ rows: payload as IDataObject[], total: null, pageSize: null }),
	recordIds: (rows) => rows.map(({ id }) => String(id)),
	startOf: ({ at }) => Number(at),
	mapRow: (row, id) => ({
		id,
		direction: 'unknown',
		outcome: null,
		started: { instant: Number(row.at) },
	}),
};

export interface FakeRequest extends IHttpRequestOptions {
	/** Counts from 1. */
	number: number;
	token: unknown;
}

type Answer =
	| {
			status?: number;
			headers?: IDataObject;
			body: unknown;
			/** n8n hands the body over as an object, not as text. */
			isParsed?: boolean;
	  }
	| Error;

export interface FakeOptions {
	respond(request: FakeRequest): Answer | Promise<Answer>;
	/** Returns the next token, or throws as a credential's login does. */
	logIn?(number: number): string | Promise<string>;
	credentials?: ICredentialDataDecryptedObject;
	/** What is stored with the credential; changes as logins are stored. */
	stored?: ICredentialDataDecryptedObject;
	throttle?: Throttle;
	longestWaitMs?: number;
	isStopped?(): boolean;
	platform?: Partial<Platform>;
	/** What is different in the node; by `credentials` two connections can be made to share one. */
	node?: Partial<INode>;
	random?(): number;
}

let credentialIds = 0;

/**
 * The requester in front of n8n's helper for authenticated requests, as that works: it logs in when the token is empty,
 * puts what it got into the credential and stores it, and wraps whatever fails.
 */
export function fakeConnection(options: FakeOptions) {
	const node = {
		id: 'node',
		name: 'Fake',
		credentials: { fakeApi: { id: `credential-${++credentialIds}`, name: 'Fake' } },
		...options.node,
	} as unknown as INode;
	const credentials: ICredentialDataDecryptedObject = options.credentials ?? {
		baseUrl: 'http://pbx.example.com:8088/',
		timezone: 'UTC',
		sessionToken: '',
		password: 'the-password',
	};
	const stored = options.stored ?? { ...credentials };
	const report: RequestReport = { requests: 0, retries: 0, logins: 0 };
	const state = { requests: [] as FakeRequest[], logins: 0, report, credentials, stored };

	const authenticated = async (
		_type: string,
		request: IHttpRequestOptions,
		{ credentialsDecrypted }: { credentialsDecrypted: { data: ICredentialDataDecryptedObject } },
	): Promise<IN8nHttpFullResponse> => {
		const { data } = credentialsDecrypted;
		try {
			if (data.sessionToken === '') {
				const number = ++state.logins;
				data.sessionToken = await (options.logIn?.(number) ?? `token-${number}`);
				Object.assign(stored, data);
			}
			const sent = { ...request, number: state.requests.length + 1, token: data.sessionToken };
			state.requests.push(sent);
			const answer = await options.respond(sent);
			if (answer instanceof Error) throw answer;
			const { status = 200, headers = {}, body, isParsed } = answer;
			const isText = typeof body === 'string' || isParsed;
			return {
				statusCode: status,
				headers,
				body: (isText ? body : JSON.stringify(body)) as unknown as IDataObject,
			};
		} catch (error) {
			throw new NodeApiError(node, error as JsonObject);
		}
	};

	const context = {
		getNode: () => node,
		getCredentials: async () => await Promise.resolve({ ...stored }),
		helpers: { httpRequestWithAuthentication: authenticated },
	} as unknown as NodeContext;
	const isStopped = () => options.isStopped?.() ?? false;
	const apiRequest = createApiRequest(
		context,
		{ ...fakePlatform, ...options.platform },
		credentials,
		{
			throttle: options.throttle ?? createThrottle(10, undefined, isStopped),
			timeoutMs: 5000,
			longestWaitMs: options.longestWaitMs ?? 60_000,
			report,
			isStopped,
			random: options.random ?? (() => 0.5),
		},
	);
	return { ...state, state, apiRequest, context };
}

/** What a promise is rejected with. */
export async function thrownBy(promise: Promise<unknown>): Promise<NodeApiError> {
	return await promise.then(
		(value) => {
			throw new Error(`nothing was thrown, but returned: ${JSON.stringify(value)}`);
		},
		(error: NodeApiError) => error,
	);
}

/** What an action node of the fake platform runs in: its parameters, the same for every item. */
export function executeContext(
	connection: { context: NodeContext },
	parameters: IDataObject,
	more: {
		items?: number;
		timezone?: string;
		continueOnFail?: boolean;
		cancelled?: () => boolean;
	} = {},
) {
	const hints: string[] = [];
	const context = {
		...connection.context,
		getInputData: () => Array.from({ length: more.items ?? 1 }, () => ({ json: {} })),
		getTimezone: () => more.timezone ?? 'UTC',
		getNodeParameter: (name: string, _item: number, normal: unknown) =>
			name in parameters ? parameters[name] : normal,
		continueOnFail: () => more.continueOnFail ?? false,
		addExecutionHints: (...added: Array<{ message: string }>) =>
			void hints.push(...added.map(({ message }) => message)),
		getExecutionCancelSignal: () => ({
			get aborted() {
				return more.cancelled?.() ?? false;
			},
			addEventListener: () => undefined,
			removeEventListener: () => undefined,
		}),
	} as unknown as IExecuteFunctions;
	return { context, hints };
}
