import { entryOf } from '../errors';
import { LoginRejected, type ErrorKind, type Platform } from '../platform';

/** Refusals that the same login data will get again. Platforms block an address after a few of them. */
const FINAL: ErrorKind[] = ['credentials', 'blocked', 'rate'];
const FINAL_FOR_MS = 10_000;
const MOST_REFUSED = 100;

interface Attempt<T> {
	session: Promise<T>;
	refusedAt?: number;
}

/**
 * Logins of a platform in this process. Whoever asks while a login is under way gets the same session, so that items and
 * executions that start together do not take more sessions than the platform keeps, or end each other's. One that was
 * just refused for good is not tried again.
 * @returns the session of an owner (see `ownerOf`), by `logIn` where nobody else is logging in
 */
export function createSharedLogin<T>(
	platform: Platform,
): (owner: string, logIn: () => Promise<T>) => Promise<T> {
	/** Those under way, and those that were refused, by the hash of the login data. */
	const attempts = new Map<string, Attempt<T>>();
	return async (owner, logIn) => {
		const earlier = attempts.get(owner);
		if (earlier && (earlier.refusedAt ?? Date.now()) > Date.now() - FINAL_FOR_MS) {
			return await earlier.session;
		}
		if (attempts.size > MOST_REFUSED) attempts.clear();
		const attempt: Attempt<T> = { session: logIn() };
		attempts.set(owner, attempt);
		attempt.session.then(
			() => attempts.delete(owner),
			(error: unknown) => {
				if (FINAL.includes(loginErrorKind(error, platform))) attempt.refusedAt = Date.now();
				else attempts.delete(owner);
			},
		);
		return await attempt.session;
	};
}

/** What kind of failure a login ended with. */
export function loginErrorKind(error: unknown, { errorCodes }: Platform): ErrorKind {
	if (!(error instanceof LoginRejected)) return 'temporary';
	return (error.meaning ?? entryOf(errorCodes, error.apiError.code))?.kind ?? 'unknown';
}
