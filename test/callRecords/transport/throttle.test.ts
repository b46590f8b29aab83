import fc from 'fast-check';

import { createThrottle, wait } from '../../../nodes/callRecords/transport/throttle';

beforeEach(() => jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) }));
afterEach(() => jest.useRealTimers());

const goesOn = () => false;

/** Sends requests that take so long each, all at the same moment, and says when each began. */
async function send(throttle: ReturnType<typeof createThrottle>, lasting: number[]) {
	const began: number[] = [];
	let atOnce = 0;
	let mostAtOnce = 0;
	const first = Date.now();
	const all = Promise.all(
		lasting.map(
			async (ms, i) =>
				await throttle.run(async () => {
					began.push(Date.now() - first);
					mostAtOnce = Math.max(mostAtOnce, ++atOnce);
					await new Promise((resolve) => setTimeout(resolve, ms));
					atOnce--;
					return i;
				}),
		),
	);
	await jest.runAllTimersAsync();
	return { began, mostAtOnce, results: await all };
}

describe('the throttle of requests', () => {
	it('never lets more through at once, and each of them once', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 5 }),
				fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 20 }),
				async (atOnce, lasting) => {
					const sent = await send(createThrottle(atOnce, undefined, goesOn), lasting);
					expect(sent.results).toEqual(lasting.map((_ms, i) => i));
					expect(sent.began).toHaveLength(lasting.length);
					expect(sent.mostAtOnce).toBe(Math.min(atOnce, lasting.length));
				},
			),
			{ numRuns: 50 },
		);
	});

	it('never lets more through in any minute, and no later than it may', async () => {
		const sent = await send(createThrottle(3, 5, goesOn), Array<number>(17).fill(1000));
		const tooClose = sent.began.filter((time, i) => i >= 5 && time - sent.began[i - 5] < 60_000);
		expect(tooClose).toEqual([]);
		// Three at a time, a second each; after five a minute has to pass. Waits end within a slice.
		const seconds = sent.began.map((time) => Math.floor(time / 1000));
		expect(seconds).toEqual([0, 0, 0, 1, 1, 60, 60, 60, 61, 61, 120, 120, 120, 121, 121, 180, 180]);
	});

	it('lets the next through when one fails', async () => {
		const throttle = createThrottle(1, undefined, goesOn);
		const failing = throttle.run(async () => await Promise.reject(new Error('no')));
		const next = throttle.run(async () => await Promise.resolve('yes'));
		await expect(failing).rejects.toThrow('no');
		await expect(next).resolves.toBe('yes');
	});

	it('lets everybody through in the order in which they came', async () => {
		const order: number[] = [];
		const throttle = createThrottle(1, undefined, goesOn);
		const all = [3, 1, 2].map(
			async (ms) =>
				await throttle.run(async () => {
					order.push(ms);
					await wait(ms * 100, goesOn);
				}),
		);
		await jest.runAllTimersAsync();
		await Promise.all(all);
		expect(order).toEqual([3, 1, 2]);
	});

	it('does not wait for the minute when nobody needs the answer any more', async () => {
		let isStopped = false;
		const throttle = createThrottle(1, 1, () => isStopped);
		await throttle.run(async () => await Promise.resolve());
		const ended = jest.fn();
		void throttle.run(async () => await Promise.resolve()).then(ended, ended);
		await jest.advanceTimersByTimeAsync(10_000);
		expect(ended).not.toHaveBeenCalled();
		isStopped = true;
		await jest.advanceTimersByTimeAsync(1000);
		expect(ended).toHaveBeenCalled();
	});
});

describe('a wait', () => {
	it.each([0, 1, 199, 200, 201, 61_234])('of %i ms takes that long', async (ms) => {
		const first = Date.now();
		const waiting = wait(ms, goesOn);
		await jest.runAllTimersAsync();
		await waiting;
		expect(Date.now() - first).toBe(ms);
	});

	it('ends soon after it was called off', async () => {
		let isStopped = false;
		const first = Date.now();
		const waiting = wait(3_600_000, () => isStopped);
		await jest.advanceTimersByTimeAsync(5000);
		isStopped = true;
		await jest.runAllTimersAsync();
		await waiting;
		expect(Date.now() - first).toBeLessThanOrEqual(5200);
	});
});
