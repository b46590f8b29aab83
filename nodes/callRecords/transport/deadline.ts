/** What a limit in time ends. Carries the code that Node gives to a connection that timed out. */
export class TimedOut extends Error {
	readonly code = 'ETIMEDOUT';

	constructor() {
		super('it took longer than it may');
	}
}

/** What was under way when the run was cancelled. */
export class Cancelled extends Error {
	readonly code = 'ERR_CANCELED';

	constructor() {
		super('the run was cancelled');
	}
}

/** The limit of one request: of the wait for its reply and of the reply itself, together. */
export interface Deadline {
	/** Ends the connection; for n8n's `abortSignal`. */
	readonly signal: AbortSignal;
	/**
	 * What `work` comes to, if that is soon enough. Whoever waits is free at the limit, whatever the server does.
	 * @throws TimedOut, Cancelled
	 */
	race<T>(work: Promise<T>): Promise<T>;
	/** The limit is not needed any more. Has to be called in any case. */
	end(): void;
}

/**
 * A total limit in time. n8n's own `timeout` is none: it begins anew with every byte, so a server that sends one byte a
 * second is waited for as long as it likes.
 * @param cancelled of the run, where n8n gives one
 */
export function startDeadline(ms: number, cancelled?: AbortSignal): Deadline {
	const closing = new AbortController();
	const clock = AbortSignal.timeout(Math.ceil(ms));
	const over = new AbortController();
	const giveUp = (reason: Error) => {
		over.abort(reason);
		closing.abort();
	};
	const onTime = () => giveUp(new TimedOut());
	const onCancel = () => giveUp(new Cancelled());
	clock.addEventListener('abort', onTime);
	cancelled?.addEventListener('abort', onCancel);
	if (cancelled?.aborted) onCancel();

	return {
		signal: closing.signal,
		race: async (work) => await unlessOver(work, over.signal),
		end() {
			clock.removeEventListener('abort', onTime);
			cancelled?.removeEventListener('abort', onCancel);
		},
	};
}

async function unlessOver<T>(work: Promise<T>, over: AbortSignal): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const giveUp = () => reject(over.reason as Error);
		work.then(resolve, reject).finally(() => over.removeEventListener('abort', giveUp));
		if (over.aborted) giveUp();
		else over.addEventListener('abort', giveUp);
	});
}
