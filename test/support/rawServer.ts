import { once } from 'node:events';
import {
	createServer,
	request as sendOn,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** A server that misbehaves below what a web framework can do. */
export interface RawServer {
	url: string;
	/** `localhost` is another host than 127.0.0.1. */
	otherUrl: string;
	/** What arrived, headers, path and body in one text. */
	arrived: string[];
	answer: Answer;
	stop(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

const JSON_HEAD = { 'content-type': 'application/json' };

/** A byte every now and then, never the end. */
export const drip: Answer = async (_request, response) => {
	response.writeHead(200, JSON_HEAD);
	while (!response.destroyed) {
		response.write(' ');
		await pause(50);
	}
};

/** A header that comes letter by letter. */
export const dripHeaders: Answer = async ({ socket }) => {
	socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
	while (!socket.destroyed) {
		socket.write('a');
		await pause(50);
	}
};

/** As much as is taken, never the end. */
export const endless: Answer = async (_request, response) => {
	response.writeHead(200, JSON_HEAD);
	const chunk = Buffer.alloc(1024 * 1024, ' ');
	const closed = once(response, 'close');
	while (!response.destroyed) {
		if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed]);
	}
};

/** 300 MB of blanks in 300 kB. */
export const bomb: Answer = (_request, response) => {
	response.writeHead(200, { ...JSON_HEAD, 'content-encoding': 'gzip' });
	response.end(PACKED);
};
const PACKED = gzipSync(Buffer.alloc(300 * 1024 * 1024, ' '), { level: 9 });

export const silent: Answer = () => undefined;

/** As a server answers that works. */
export const passOn =
	(url: string): Answer =>
	(request, response) => {
		const { method, headers } = request;
		const target = new URL(request.url ?? '/', url);
		const sent = sendOn(target, { method, headers: { ...headers, host: target.host } }, (reply) => {
			response.writeHead(reply.statusCode ?? 500, reply.headers);
			reply.pipe(response);
		});
		sent.on('error', () => response.destroy());
		sent.end(bodies.get(request));
	};

const bodies = new WeakMap<IncomingMessage, Buffer>();

export async function startRawServer(answer: Answer): Promise<RawServer> {
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks);
			bodies.set(request, body);
			const { method, url, rawHeaders } = request;
			raw.arrived.push([method, url, ...rawHeaders, body.toString()].join('\n'));
			void raw.answer(request, response);
		});
		request.socket.on('error', () => undefined);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const raw: RawServer = {
		url: `http://127.0.0.1:${port}`,
		otherUrl: `http://localhost:${port}`,
		arrived: [],
		answer,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return raw;
}
