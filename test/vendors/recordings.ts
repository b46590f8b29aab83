import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import type { FastifyReply } from 'fastify';

import { createRandom } from './random';

/** A sound file as a PBX records it. The same name and size give the same bytes. */
export interface SoundFile {
	name: string;
	mimeType: string;
	bytes: number;
	/** The whole of it, piece by piece: it may be larger than what fits into memory. */
	chunks(): Iterable<Buffer>;
}

/** What goes wrong with sending a file. */
export interface FileFault {
	/** The connection is reset after so many bytes, or nothing follows them any more. */
	resetAfter?: number;
	silentAfter?: number;
	/** The file ends after so many bytes as if that were all: with a length, without one, or in chunks. */
	endAfter?: number;
	/** How the length is told: not at all means that the end of the connection is the end of the file. */
	length?: 'header' | 'chunked' | 'none';
	/** One bit is another. */
	damaged?: boolean;
	/** Headers besides those of the file, or instead of them. */
	headers?: Record<string, string>;
}

export interface RecordingFiles {
	/** How large files are, by name, where it matters. */
	sizes: Map<string, number>;
	/** Decides what goes wrong with a file; `attempt` counts from 1 for each file. */
	fault: ((name: string, attempt: number) => FileFault | undefined) | undefined;
	/** The most files that were being sent at the same moment. */
	mostAtOnce: number;
	file(name: string): SoundFile;
	sha256(name: string): string;
	/** Answers a request with a file. */
	send(reply: FastifyReply, name: string): Promise<void>;
}

const BLOCK = 65_536;

export function createRecordingFiles(): RecordingFiles {
	const attempts = new Map<string, number>();
	let atOnce = 0;
	const files: RecordingFiles = {
		sizes: new Map(),
		fault: undefined,
		mostAtOnce: 0,
		file(name) {
			const bytes = files.sizes.get(name) ?? 20_000 + (hashOf(name) % 40_000);
			return name.endsWith('.mp3') ? mp3File(name, bytes) : wavFile(name, bytes);
		},
		sha256(name) {
			const hash = createHash('sha256');
			for (const chunk of files.file(name).chunks()) hash.update(chunk);
			return hash.digest('hex');
		},
		async send(reply, name) {
			const attempt = (attempts.get(name) ?? 0) + 1;
			attempts.set(name, attempt);
			files.mostAtOnce = Math.max(files.mostAtOnce, ++atOnce);
			reply.hijack();
			await sendFile(reply.raw, files.file(name), files.fault?.(name, attempt) ?? {}).finally(
				() => atOnce--,
			);
		},
	};
	return files;
}

/** PCM, 8 kHz, 16 bit, one channel. */
export function wavFile(name: string, bytes: number): SoundFile {
	const head = Buffer.alloc(44);
	head.write('RIFF', 0);
	head.writeUInt32LE(bytes - 8, 4);
	head.write('WAVEfmt ', 8);
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(8000, 24);
	head.writeUInt32LE(16_000, 28);
	head.writeUInt16LE(2, 32);
	head.writeUInt16LE(16, 34);
	head.write('data', 36);
	head.writeUInt32LE(bytes - 44, 40);
	return { name, mimeType: 'audio/wav', bytes, chunks: () => chunksOf(head, noise(name), bytes) };
}

/** MPEG 1 layer III frames. */
export function mp3File(name: string, bytes: number): SoundFile {
	const sound = noise(name);
	for (let at = 0; at + 4 <= sound.length; at += 417) sound.writeUInt32BE(0xfffb9064, at);
	return {
		name,
		mimeType: 'audio/mpeg',
		bytes,
		chunks: () => chunksOf(Buffer.from('fffb9064', 'hex'), sound, bytes),
	};
}

/** `head`, then `block` again and again, `bytes` in all. */
function* chunksOf(head: Buffer, block: Buffer, bytes: number): Generator<Buffer> {
	yield head;
	for (let left = bytes - head.length; left > 0; left -= block.length) {
		yield left >= block.length ? block : block.subarray(0, left);
	}
}

function noise(name: string): Buffer {
	const random = createRandom(hashOf(name));
	const block = Buffer.alloc(BLOCK);
	for (let at = 0; at < BLOCK; at += 4) block.writeUInt32LE(random.whole(0, 0xffff_ffff), at);
	return block;
}

function hashOf(name: string): number {
	return createHash('md5').update(name).digest().readUInt32LE(0);
}

async function sendFile(raw: ServerResponse, file: SoundFile, fault: FileFault): Promise<void> {
	const { length = 'header' } = fault;
	raw.useChunkedEncodingByDefault = length === 'chunked';
	raw.writeHead(200, {
		'content-type': file.mimeType,
		...(length === 'header' ? { 'content-length': file.bytes } : {}),
		...fault.headers,
	});
	const stop = Math.min(
		fault.resetAfter ?? Infinity,
		fault.silentAfter ?? Infinity,
		fault.endAfter ?? Infinity,
	);
	let sent = 0;
	for (const chunk of file.chunks()) {
		const whole = chunk.subarray(0, Math.max(0, stop - sent));
		const piece = fault.damaged && sent > 0 ? withOtherBit(whole) : whole;
		sent += piece.length;
		if (raw.destroyed) return;
		if (!raw.write(piece)) await Promise.race([once(raw, 'drain'), once(raw, 'close')]);
		if (sent >= stop) break;
	}
	if (fault.silentAfter !== undefined) return;
	if (fault.resetAfter !== undefined) {
		// What was sent before is on its way, else the reset overtakes it.
		await pause(20);
		raw.socket?.resetAndDestroy();
		return;
	}
	// Shorter than announced: whoever waits for the rest is told by the end of the connection.
	if (length === 'header' && sent < file.bytes) raw.socket?.end();
	else raw.end();
}

function withOtherBit(chunk: Buffer): Buffer {
	const other = Buffer.from(chunk);
	if (other.length > 0) other[other.length >> 1] ^= 1;
	return other;
}
