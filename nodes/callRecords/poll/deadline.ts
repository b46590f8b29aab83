/**
 * Waits for work no longer than so many milliseconds. What is given up may go on unnoticed; its result is not used.
 * @throws Error with the message when the time is over
 */
export async function withDeadline<T>(
	work: Promise<T>,
	{ ms, message }: { ms: number; message: string },
): Promise<T> {
	// Nobody waits for work that was given up: its rejection must not end the process.
	work.catch(() => undefined);
	// A signal's timer, unlike a sleep, does not keep a process alive that has nothing else to do.
	const signal = AbortSignal.timeout(ms);
	const over = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(new Error(message)), { once: true });
	});
	return await Promise.race([work, over]);
}
