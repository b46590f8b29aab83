import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import {
	NodeApiError,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type JsonObject,
} from 'n8n-workflow';

import type { Platform } from '../../nodes/callRecords/platform';
import { connect, type Connection } from '../../nodes/callRecords/transport/connection';
import { fakeConnection, fakePlatform } from './fakePlatform';

export interface FileRequest {
	url: string;
	/** The credential went along. */
	isAuthenticated: boolean;
	options: IHttpRequestOptions;
	/** Ends the request; n8n's own for those with the credential. */
	signal: AbortSignal | undefined;
	/** Of the reply; destroyed when the connection is closed. */
	body: Readable;
}

export type FileAnswer =
	| {
			status?: number;
			headers?: IDataObject;
			body?: string | Buffer | Array<string | Buffer>;
			/** The connection breaks after the body. */
			breaks?: boolean;
	  }
	| Error;

export interface FakeFilesOptions {
	respond(url: URL, number: number): FileAnswer;
	platform?: Partial<Platform>;
	credentials?: IDataObject;
	options?: IDataObject;
	/** Of the run; none as in versions of n8n that do not know it. */
	signal?: AbortSignal | null;
	/** What n8n's storage does with a file instead of taking it. */
	store?(file: Readable): Promise<IBinaryData>;
}

export interface FakeFiles {
	context: IExecuteFunctions;
	connection: Connection;
	requests: FileRequest[];
	/** What n8n has stored whole. */
	stored: Array<{ content: Buffer; fileName?: string; mimeType?: string }>;
}

async function* sent(chunks: Buffer[], breaks: boolean) {
	for (const chunk of chunks.filter(({ length }) => length > 0)) yield await Promise.resolve(chunk);
	if (breaks) throw new Error('socket hang up');
}

const BASE_URL = 'https://pbx.example.com:8088/base';

/** n8n's helpers for files, in front of servers that answer by their URL. */
export async function fakeFiles(given: FakeFilesOptions): Promise<FakeFiles> {
	const platform: Platform = {
		...fakePlatform,
		recordings: { options: [], isAuthenticated: true, find: (recording) => ({ url: recording }) },
		...given.platform,
	};
	const inner = fakeConnection({
		respond: () => ({ body: { ok: [] } }),
		credentials: {
			baseUrl: BASE_URL,
			timezone: 'UTC',
			sessionToken: 'the-token',
			password: 'the-password',
			...given.credentials,
		} as never,
	});
	const requests: FileRequest[] = [];
	const stored: FakeFiles['stored'] = [];

	const send = async (
		options: IHttpRequestOptions,
		isAuthenticated: boolean,
		signal: AbortSignal | undefined,
	): Promise<IN8nHttpFullResponse> => {
		const answer = given.respond(new URL(options.url), requests.length + 1);
		const {
			status = 200,
			headers = {},
			body = '',
			breaks = false,
		} = answer instanceof Error ? {} : answer;
		const chunks = (Array.isArray(body) ? body : [body]).map((chunk) =>
			typeof chunk === 'string' ? Buffer.from(chunk) : chunk,
		);
		const stream = Readable.from(sent(chunks, breaks));
		requests.push({ url: options.url, isAuthenticated, options, signal, body: stream });
		// As n8n does it: what fails is wrapped, and holds the request.
		if (answer instanceof Error)
			throw new NodeApiError(inner.context.getNode(), answer as unknown as JsonObject);
		return await Promise.resolve({
			statusCode: status,
			headers,
			body: stream as unknown as IN8nHttpFullResponse['body'],
		});
	};

	const context = {
		...inner.context,
		...(given.signal === null
			? {}
			: { getExecutionCancelSignal: () => given.signal ?? new AbortController().signal }),
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) =>
				await send(options, false, options.abortSignal as AbortSignal | undefined),
			async httpRequestWithAuthentication(
				this: IExecuteFunctions,
				_type: string,
				options: IHttpRequestOptions,
			) {
				return await send(options, true, this.getExecutionCancelSignal?.());
			},
			async prepareBinaryData(file: Readable, fileName?: string, mimeType?: string) {
				if (given.store) return await given.store(file);
				const content = Buffer.from(await text(file.setEncoding('latin1')), 'latin1');
				stored.push({ content, fileName, mimeType });
				return { data: 'stored', fileName, mimeType: mimeType ?? '' };
			},
		},
	} as unknown as IExecuteFunctions;

	const connection = await connect(context, platform, given.options ?? {}, {
		isStopped: () => given.signal?.aborted ?? false,
	});
	return { context, connection, requests, stored };
}
