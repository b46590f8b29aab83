import { sleep } from 'n8n-workflow';

/** Long waits are cut into slices, since n8n has no sleep that can be cancelled. */
const SLICE_MS = 200;

/** Waits, unless `isStopped` says that nobody needs it any more. */
export async function wait(ms: number, isStopped: () => boolean): Promise<void> {
	for (let left = ms; left > 0 && !isStopped(); left -= SLICE_MS) {
		await sleep(Math.min(left, SLICE_MS));
	}
}

/** Lets so many through at once and so many a minute; the rest waits in line. */
export interface Throttle {
	run<T>(request: () => Promise<T>): Promise<T>;
}

export function createThrottle(
	atOnce: number,
	perMinute: number | undefined,
	isStopped: () => boolean,
): Throttle {
	let free = atOnce;
	const waiting: Array<() => void> = [];
	let started: number[] = [];

	const takePlace = async () => {
		if (free > 0) {
			free--;
			return;
		}
		await new Promise<void>((resolve) => waiting.push(resolve));
	};
	const givePlace = () => {
		const next = waiting.shift();
		if (next) next();
		else free++;
	};
	const awaitMinute = async () => {
		while (perMinute !== undefined && !isStopped()) {
			const now = Date.now();
			started = started.filter((time) => now - time < 60_000);
			if (started.length < perMinute) break;
			await wait(started[0] + 60_000 - now, isStopped);
		}
		started.push(Date.now());
	};

	return {
		async run(request) {
			await takePlace();
			try {
				await awaitMinute();
				return await request();
			} finally {
				givePlace();
			}
		},
	};
}
