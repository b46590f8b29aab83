import { sleep } from 'n8n-workflow';

import type { Problem } from '../errors';

/** What comes in of a reply, at the reader's pace: a stream of Node, handed out by n8n as it is. */
export interface Body extends AsyncIterable<Buffer> {
	destroy(error?: Error): unknown;
}

export interface OpenBody {
	body: Body;
	/** Closes the connection. */
	close(): void;
}

/** What came in is damaged, or not whole. */
export class BrokenDownload extends Error {
	constructor(readonly problem: Problem) {
		super(problem.message);
	}
}

export interface Incoming {
	/** @throws BrokenDownload when the connection breaks, the server falls silent, or the run is stopped */
	next(): Promise<IteratorResult<Buffer>>;
	/** Takes no more, and closes the connection if there is more. */
	stop(): void;
}

/** The first bytes of a body; `isAll` when there are no more. */
export interface Head {
	bytes: Buffer;
	isAll: boolean;
}

const WATCH_MS = 250;

/**
 * A body under watch. n8n's time limit ends with the first byte of a streamed reply, so a server that falls silent in
 * the middle has to be noticed here. Only waiting for the server counts, not what is done with what it sent.
 * @param from as in "the recording from …"
 */
export function watched(
	{ body, close }: OpenBody,
	from: string,
	timeoutMs: number,
	isStopped: () => boolean,
): Incoming {
	const chunks = body[Symbol.asyncIterator]();
	let waitingSince = Infinity;
	let giveUp: (how: string) => void = () => undefined;
	let isOver = false;

	const stop = () => {
		isOver = true;
		close();
	};
	const watch = async () => {
		while (!isOver) {
			await sleep(WATCH_MS);
			const isSilent = Date.now() - waitingSince > timeoutMs;
			if (isSilent) giveUp(`stopped coming for ${Math.round(timeoutMs / 1000)} s`);
			if (isSilent || isStopped()) stop();
		}
	};
	watch().catch(() => undefined);

	return {
		async next() {
			waitingSince = Date.now();
			return await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
				giveUp = (how) =>
					reject(
						new BrokenDownload({
							kind: 'temporary',
							message: `The recording from ${from} ${how} before it was whole`,
							description:
								"Try again later. If the server is slow, raise 'Timeout' in the node's options.",
						}),
					);
				chunks.next().then(resolve, () => giveUp('was cut off'));
			}).finally(() => {
				waitingSince = Infinity;
			});
		},
		stop,
	};
}

/** At least so many bytes from the beginning, if there are so many. */
export async function readHead(incoming: Incoming, length: number): Promise<Head> {
	return await readOn(incoming, Buffer.alloc(0), length);
}

/** `begun` and what follows it, up to at least `length` bytes. */
export async function readOn(incoming: Incoming, begun: Buffer, length: number): Promise<Head> {
	const parts = [begun];
	let read = begun.length;
	while (read < length) {
		const { value, done } = await incoming.next();
		if (done) return { bytes: Buffer.concat(parts), isAll: true };
		parts.push(value);
		read += value.length;
	}
	return { bytes: Buffer.concat(parts), isAll: false };
}
