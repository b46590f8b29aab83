import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';

import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import { sendAs } from './replies';
import { clockAheadOf, type Variants } from './variants';

/** What a server does wrong with one request. Fields can be combined; `before` runs first. */
export interface Fault {
	/** Changes the world before the request is answered: rows come, change and go; tokens end. */
	before?(): void;
	delayMs?: number;
	/** Never answers. */
	silent?: boolean;
	/** Resets the connection before anything is sent, or in the middle of the body. */
	reset?: 'before' | 'middle';
	/** Answers with this instead. */
	status?: number;
	headers?: Record<string, string>;
	body?: string;
	/** Cuts the body in half and ends properly. */
	truncate?: boolean;
	/** Changes the answer. */
	rewrite?(answer: unknown): unknown;
}

/** One request that arrived. `number` counts from 1 over all requests, `path` is without query. */
export interface Arrived {
	number: number;
	method: string;
	path: string;
	/** Fields of the query and of the body. */
	fields: Record<string, unknown>;
	headers: Record<string, unknown>;
}

export interface Sandbox {
	url: string;
	/** Every request since the start or the last `forget`, in order. */
	requests: Arrived[];
	/** The most requests that were under way at the same moment. */
	mostAtOnce: number;
	/** Decides what goes wrong with a request. Undefined = nothing. */
	fault: ((request: Arrived) => Fault | undefined) | undefined;
	forget(): void;
	stop(): Promise<void>;
}

/** What a platform's server brings along, besides what is its own. */
export interface OwnServer {
	variants: Variants;
	/** Whether a request asks for call records, and not for a token or a list of something else. */
	isRead(request: Arrived): boolean;
	/** An answer in the platform's envelope that says that something does not work now. */
	outage(): object;
}

export interface ServerOptions {
	port?: number;
	/** Serves https with a certificate nobody trusts. */
	selfSigned?: { key: string; cert: string };
}

export const HTML =
	'<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>';

/**
 * An HTTP server that takes forms, multipart and JSON, remembers what arrived, and misbehaves on demand. `own` is what
 * the platform adds; it becomes the sandbox, so that tests and routes see the same state.
 */
export async function startServer<T extends object>(
	own: T & Partial<OwnServer>,
	routes: (app: FastifyInstance) => void,
	options: ServerOptions = {},
): Promise<T & Sandbox> {
	const app = fastify({
		forceCloseConnections: true,
		...(options.selfSigned ? { https: options.selfSigned } : {}),
	} as Parameters<typeof fastify>[0]) as unknown as FastifyInstance;
	await app.register(formbody);
	await app.register(multipart, { attachFieldsToBody: 'keyValues' });

	let atOnce = 0;
	let counted = 0;
	const sandbox: T & Sandbox = Object.assign(own, {
		url: '',
		requests: [],
		mostAtOnce: 0,
		fault: undefined,
		forget() {
			sandbox.requests = [];
			sandbox.mostAtOnce = 0;
			counted = 0;
			read = 0;
		},
		stop: async () => await app.close(),
	} satisfies Sandbox);
	const faults = new WeakMap<FastifyRequest, Fault>();
	const reads = new WeakSet<FastifyRequest>();
	let read = 0;
	const faultOf = (request: FastifyRequest, arrived: Arrived) => {
		const isRead = own.isRead?.(arrived) ?? false;
		if (isRead) reads.add(request);
		if (isRead && ++read === 2) return outageOf(own) ?? sandbox.fault?.(arrived);
		return sandbox.fault?.(arrived);
	};

	app.addHook('onRequest', async (request, reply) => {
		// Once for each answer, whether it was sent, cut off or given up.
		reply.raw.once('close', () => atOnce--);
		sandbox.mostAtOnce = Math.max(sandbox.mostAtOnce, ++atOnce);
		request.raw.socket.once('error', () => undefined);
	});
	app.addHook('preHandler', async (request, reply) => {
		const arrived: Arrived = {
			number: ++counted,
			method: request.method,
			path: request.url.split('?')[0],
			fields: { ...(request.query as object), ...(request.body as object | undefined) },
			headers: request.headers,
		};
		sandbox.requests.push(arrived);
		const fault = faultOf(request, arrived);
		if (fault) {
			faults.set(request, fault);
			await misbehave(fault, reply);
		}
	});
	app.addHook('onSend', async (request, reply, payload) => {
		const ahead = own.variants ? clockAheadOf(own.variants) : 0;
		if (ahead !== 0) void reply.header('date', new Date(Date.now() + ahead * 1000).toUTCString());
		if (typeof payload !== 'string') return payload;
		const fault = faults.get(request);
		if (fault) return spoil(fault, reply, payload);
		const kind = reads.has(request) ? own.variants?.reply : undefined;
		return kind === undefined ? payload : await sendAs(kind, reply, payload);
	});
	routes(app);
	await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	const { port } = app.server.address() as AddressInfo;
	sandbox.url = `${options.selfSigned ? 'https' : 'http'}://127.0.0.1:${port}`;
	return sandbox;
}

/** How this vendor reports that it failed, where it does not do it by the status. */
function outageOf({ variants, outage }: Partial<OwnServer>): Fault | undefined {
	if (variants === undefined || variants.status === 'right') return undefined;
	if (variants.status === 'okWithErrorPage') return { status: 200, body: HTML };
	return {
		status: 200,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(outage?.()),
	};
}

async function misbehave(fault: Fault, reply: FastifyReply): Promise<void> {
	fault.before?.();
	if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
	if (fault.silent) {
		reply.hijack();
		return;
	}
	if (fault.reset === 'before') {
		reply.hijack();
		reply.raw.socket?.resetAndDestroy();
		return;
	}
	if (fault.status !== undefined || fault.body !== undefined) {
		await reply
			.code(fault.status ?? 200)
			.headers({ 'content-type': 'text/html', ...fault.headers })
			.send(fault.body ?? HTML);
	}
}

function spoil(fault: Fault, reply: FastifyReply, payload: string): string | null {
	const rewritten = fault.rewrite ? JSON.stringify(fault.rewrite(JSON.parse(payload))) : payload;
	if (fault.truncate) return rewritten.slice(0, Math.floor(rewritten.length / 2));
	if (fault.reset === 'middle') {
		const { raw } = reply;
		reply.hijack();
		raw.writeHead(200, {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(rewritten),
		});
		raw.write(rewritten.slice(0, Math.floor(rewritten.length / 2)), () =>
			raw.socket?.resetAndDestroy(),
		);
		return null;
	}
	return rewritten;
}

/** A certificate nobody trusts, for PBXs on a LAN. */
export function selfSigned(folder: string): { key: string; cert: string } {
	return {
		key: readFileSync(`${folder}/key.pem`, 'utf8'),
		cert: readFileSync(`${folder}/cert.pem`, 'utf8'),
	};
}
