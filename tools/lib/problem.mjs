// What went wrong, in words a person can act on. Everything else that is thrown is a defect of these tools.

/** Something the reader can put right. The message is one sentence and says what to do. */
export class Problem extends Error {
	/** @param {string} message @param {unknown} [cause] */
	constructor(message, cause) {
		super(message, { cause });
		this.name = 'Problem';
	}
}

/**
 * The text for stderr: a Problem is its own sentence; anything else names itself. DEBUG shows where it came from.
 * @param {unknown} error
 */
export function explain(error) {
	if (process.env.DEBUG && error instanceof Error) {
		const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack}` : '';
		return `${error.stack}${cause}`;
	}
	if (error instanceof Problem) return error.message;
	const code = codeOf(error);
	const path = /** @type {{ path?: string }} */ (error ?? {}).path ?? 'A folder';
	if (code === 'ENOSPC') return 'The disk is full: free some space and try again.';
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
		return `${path} may not be read or written (${code}): check who owns it and try again.`;
	}
	const text = error instanceof Error ? error.message : String(error);
	return `${text.split('\n')[0]} (run again with DEBUG=1 to see where this came from)`;
}

/** @param {unknown} error @returns {string | undefined} the system's code, such as EACCES */
export function codeOf(error) {
	const code = /** @type {{ code?: unknown }} */ (error ?? {}).code;
	return typeof code === 'string' ? code : undefined;
}
