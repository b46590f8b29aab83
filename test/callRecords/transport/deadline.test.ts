import { Cancelled, startDeadline, TimedOut } from '../../../nodes/callRecords/transport/deadline';

/** Time that passes when the test says so. */
function clock() {
	const running = new AbortController();
	jest.spyOn(AbortSignal, 'timeout').mockReturnValue(running.signal);
	return () => running.abort();
}
afterEach(() => jest.restoreAllMocks());

const never = async () => await new Promise<never>(() => undefined);
const thrownBy = async (work: Promise<unknown>) =>
	await work.then(
		() => undefined,
		(error: unknown) => error,
	);

describe('a deadline', () => {
	it('gives what comes in time, and what fails in time', async () => {
		clock();
		const deadline = startDeadline(1000);
		const failure = new Error('no');
		expect(await deadline.race(Promise.resolve('yes'))).toBe('yes');
		expect(await thrownBy(deadline.race(Promise.reject(failure)))).toBe(failure);
		expect(deadline.signal.aborted).toBe(false);
	});

	it('frees whoever waits when it passes, and ends the connection', async () => {
		const pass = clock();
		const deadline = startDeadline(1000);
		const waiting = thrownBy(deadline.race(never()));
		pass();
		expect(await waiting).toBeInstanceOf(TimedOut);
		expect(deadline.signal.aborted).toBe(true);
		expect(await thrownBy(deadline.race(never()))).toBeInstanceOf(TimedOut);
	});

	it('frees whoever waits when the run is cancelled, before or while waiting', async () => {
		clock();
		const run = new AbortController();
		const deadline = startDeadline(1000, run.signal);
		const waiting = thrownBy(deadline.race(never()));
		run.abort();
		expect(await waiting).toBeInstanceOf(Cancelled);
		const late = startDeadline(1000, run.signal);
		expect(late.signal.aborted).toBe(true);
		expect(await thrownBy(late.race(never()))).toBeInstanceOf(Cancelled);
	});

	it('does nothing any more once it has ended', async () => {
		const pass = clock();
		const run = new AbortController();
		const deadline = startDeadline(1000, run.signal);
		deadline.end();
		pass();
		run.abort();
		expect(deadline.signal.aborted).toBe(false);
		expect(await deadline.race(Promise.resolve(1))).toBe(1);
	});
});
