import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import type { FastifyReply } from 'fastify';

import type { Variants } from './variants';

const MEGABYTE = Buffer.alloc(1024 * 1024, ' ');
const HUGE_MEGABYTES = 256;
const DRIP_MS = 200;
const SLOW_MS = 30;

/** Blanks in front of JSON change nothing in what it means. */
const bomb = () => gzipSync(Buffer.concat(new Array<Buffer>(HUGE_MEGABYTES).fill(MEGABYTE)));

/**
 * Sends a reply as the variant has it.
 * @returns the payload for the server to send, or undefined when it has been sent here
 */
export async function sendAs(
	variant: Variants['reply'],
	reply: FastifyReply,
	payload: string,
): Promise<string | Buffer | undefined> {
	if (variant === 'prompt') return payload;
	if (variant === 'slow') {
		await pause(SLOW_MS);
		return payload;
	}
	if (variant === 'compressed' || variant === 'bomb') {
		void reply.header('content-encoding', 'gzip').removeHeader('content-length');
		return variant === 'bomb' ? bomb() : gzipSync(payload);
	}
	reply.hijack();
	reply.raw.writeHead(200, { 'content-type': 'application/json' });
	const pieces = { dripping: () => drops(payload), endless, huge: () => padded(payload) }[variant];
	// The client goes when it has had enough.
	reply.raw.on('error', () => undefined);
	void pour(reply, pieces());
	return undefined;
}

async function pour(reply: FastifyReply, pieces: AsyncIterable<Buffer>): Promise<void> {
	const { raw } = reply;
	const closed = once(raw, 'close');
	for await (const piece of pieces) {
		if (raw.destroyed) return;
		if (!raw.write(piece)) await Promise.race([once(raw, 'drain'), closed]);
	}
	raw.end();
}

async function* drops(payload: string): AsyncGenerator<Buffer> {
	for (const byte of Buffer.from(payload)) {
		yield Buffer.from([byte]);
		await pause(DRIP_MS);
	}
}

async function* endless(): AsyncGenerator<Buffer> {
	for (;;) {
		yield MEGABYTE.subarray(0, 16_384);
		await pause(10);
	}
}

async function* padded(payload: string): AsyncGenerator<Buffer> {
	for (let i = 0; i < HUGE_MEGABYTES; i++) {
		yield MEGABYTE;
		// Others want to be served, too.
		await pause(0);
	}
	yield Buffer.from(payload);
}
