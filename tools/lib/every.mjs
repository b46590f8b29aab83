// Progress, while something takes long.

/**
 * Calls something again and again until told to stop; a failed report never fails the work.
 * @param {number} milliseconds @param {() => Promise<unknown>} report
 * @returns {() => Promise<void>}
 */
export function every(milliseconds, report) {
	/** @type {Promise<unknown>} */
	let last = Promise.resolve();
	const timer = setInterval(() => (last = report().catch(() => {})), milliseconds);
	return async () => {
		clearInterval(timer);
		await last;
	};
}
