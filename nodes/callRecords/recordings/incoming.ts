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

/** The least that a line carries on average, beyond the timeout: as much as the sound of a call by the most frugal codec. */
const LEAST_BYTES_PER_SECOND = 1024;

/** A day and a half of telephone sound in WAV. What does not end by then fills the disk. */
export const MOST_RECORDING_BYTES = 2 * 1024 ** 3;

/**
 * A body under watch. n8n's time limit ends with the first byte of a streamed reply, so a server that falls silent in
 * the middle, or sends a byte now and then, or never ends, has to be noticed here. The time limit grows with what has
 * come: the timeout and one second for each kilobyte. Only waiting for the server counts, not what is done with what it
 * sent.
 * @param from as in "the recording from …"
 */
export function watched(
	{ body, close }: OpenBody,
	from: string,
	timeoutMs: number,
	isStopped: () => boolean,
): Incoming {
	const chunks = body[Symbol.asyncIterator]();
	const pace = createPace(timeoutMs);
	let giveUp: (how: string) => void = () => undefined;
	let isOver = false;

	const stop = () => {
		isOver = true;
		close();
	};
	const watch = async () => {
		while (!isOver) {
			await sleep(WATCH_MS);
			const fault = pace.fault();
			if (fault) giveUp(fault);
			if (fault || isStopped()) stop();
		}
	};
	watch().catch(() => undefined);

	return {
		async next() {
			pace.wait();
			const result = await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
				giveUp = (how) => reject(brokenOff(from, how));
				chunks.next().then(resolve, () => giveUp('was cut off'));
			}).finally(() => pace.rest());
			pace.add(result.done ? 0 : result.value.length);
			return result;
		},
		stop,
	};
}

function brokenOff(from: string, how: string): BrokenDownload {
	return new BrokenDownload({
		kind: 'temporary',
		message: `The recording from ${from} ${how} before it was whole`,
		description: "Try again later. If the server is slow, raise 'Timeout' in the node's options.",
	});
}

/** How fast the server is, by the time in which it was waited for. */
function createPace(timeoutMs: number) {
	let waitingSince = Infinity;
	let waitedMs = 0;
	let bytes = 0;
	const sinceMs = () => Math.max(0, Date.now() - waitingSince);
	return {
		wait() {
			waitingSince = Date.now();
		},
		rest() {
			waitedMs += sinceMs();
			waitingSince = Infinity;
		},
		add(more: number) {
			bytes += more;
		},
		/** What is wrong, as the middle of a sentence; null while nothing is. */
		fault(): string | null {
			if (sinceMs() > timeoutMs) {
				return `stopped coming for ${Math.round(timeoutMs / 1000)} s`;
			}
			const allowedMs = timeoutMs + (bytes / LEAST_BYTES_PER_SECOND) * 1000;
			if (waitedMs + sinceMs() <= allowedMs) return null;
			return `came too slowly (${bytes} bytes in ${Math.round((waitedMs + sinceMs()) / 1000)} s)`;
		},
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
