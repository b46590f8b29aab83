import { HTML, type Fault } from './server';

/** What a server, or something between it and n8n, does wrong with one reply. The same on every platform. */

export const serverError = (): Fault => ({
	status: 500,
	headers: { 'content-type': 'text/plain' },
	body: 'Internal Server Error',
});

/** As a proxy answers whose server does not. */
export const badGatewayHtml = (): Fault => ({ status: 502, body: HTML });

/** `retryAfter` as the header carries it; without it, the header is missing. */
export const tooManyRequests = (retryAfter?: string): Fault => ({
	status: 429,
	headers: {
		'content-type': 'text/plain',
		...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
	},
	body: 'Too Many Requests',
});

/** The moment as an HTTP date, seconds from now on the server's clock. */
export const httpDate = (seconds: number, clockErrorSeconds = 0): string =>
	new Date(Date.now() + (seconds + clockErrorSeconds) * 1000).toUTCString();

/** A server whose clock is wrong tells by it when to come back. */
export const tooManyRequestsByWrongClock = (seconds: number, clockErrorSeconds: number): Fault => ({
	...tooManyRequests(httpDate(seconds, clockErrorSeconds)),
	headers: {
		'retry-after': httpDate(seconds, clockErrorSeconds),
		date: httpDate(0, clockErrorSeconds),
	},
});

export const resetBeforeReply = (): Fault => ({ reset: 'before' });
export const resetInReply = (): Fault => ({ reset: 'middle' });
export const truncatedJson = (): Fault => ({ truncate: true });
export const htmlWithStatus200 = (): Fault => ({ status: 200, body: HTML });
export const emptyBody = (): Fault => ({ status: 200, body: '' });
export const slowFirstByte = (delayMs: number): Fault => ({ delayMs });
export const noAnswer = (): Fault => ({ silent: true });

/** The session token ends before this request is looked at. */
export const tokenEnds = (sandbox: { endSessions(): void }): Fault => ({
	before: () => sandbox.endSessions(),
});

/** As PHP sends whatever comes out of its database. */
export const numbersAsText = (): Fault => ({ rewrite: numbersToText });

function numbersToText(value: unknown): unknown {
	if (typeof value === 'number') return String(value);
	if (Array.isArray(value)) return value.map(numbersToText);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, old]) => [key, numbersToText(old)]));
}

/** Where a platform's reply has what these faults change, as paths like `data.result.bills`. */
export interface ReplyPaths {
	rows: string;
	/** How many records match, and how long a page is, where the vendor says so. */
	total?: string;
	pageSize?: string;
	/** The number of the last page, where the vendor says so. */
	lastPage?: string;
}

/** The count of matching records is wrong by so many. */
export const wrongTotal = (paths: ReplyPaths, by: number): Fault => ({
	rewrite: (answer) => changed(answer, paths.total, (total) => Math.max(0, Number(total) + by)),
});

/** The count says "none" next to records. */
export const zeroTotal = (paths: ReplyPaths): Fault => ({
	rewrite: (answer) => changed(answer, paths.total, () => 0),
});

/** Some records come twice in one reply. */
export const duplicatedRows = (paths: ReplyPaths, count = 3): Fault => ({
	rewrite: (answer) => changedRows(answer, paths, (rows) => [...rows.slice(0, count), ...rows]),
});

/** Some records come twice in the place of others. */
export const repeatedRows = (paths: ReplyPaths, count = 2): Fault => ({
	rewrite: (answer) =>
		changedRows(answer, paths, (rows) =>
			rows.length <= count ? rows : [...rows.slice(0, -count), ...rows.slice(0, count)],
		),
});

/** A page without records, though there are more. */
export const emptyPage = (paths: ReplyPaths): Fault => ({
	rewrite: (answer) => changed(answer, paths.rows, () => []),
});

/** An answer that adds up, and says that there are no records at all. */
export const nothingThere = (paths: ReplyPaths): Fault => ({
	rewrite: (answer) => {
		const empty = changed(answer, paths.rows, () => []);
		return changed(
			changed(empty, paths.total, () => 0),
			paths.lastPage,
			() => 0,
		);
	},
});

/** A page that is shorter than it should be. */
export const shortPage = (paths: ReplyPaths, missing = 3): Fault => ({
	rewrite: (answer) => changedRows(answer, paths, (rows) => rows.slice(0, -missing)),
});

/** Never more than `size` records in one reply, whatever is asked for; the reply says so, or repeats what was asked for. */
export const clampedPages = (paths: ReplyPaths, size: number, saysSo: boolean): Fault => ({
	rewrite: (answer) => {
		const cut = changedRows(answer, paths, (rows) => rows.slice(0, size));
		return saysSo ? changed(cut, paths.pageSize, () => size) : cut;
	},
});

/** An answer in the platform's envelope that says no. */
export const apiError = (answer: unknown): Fault => ({
	status: 200,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(answer),
});

/** A copy with other rows; unchanged where a vendor sends something else in place of an empty list. */
function changedRows(
	answer: unknown,
	{ rows }: ReplyPaths,
	change: (rows: unknown[]) => unknown[],
): unknown {
	return changed(answer, rows, (given) => (Array.isArray(given) ? change(given) : given));
}

/** A copy of the answer with another value at the path; unchanged where there is nothing at it. */
export function changed(
	answer: unknown,
	path: string | undefined,
	change: (old: unknown) => unknown,
): unknown {
	if (path === undefined || typeof answer !== 'object' || answer === null) return answer;
	const [key, ...rest] = path.split('.');
	if (!(key in answer)) return answer;
	const old = (answer as Record<string, unknown>)[key];
	return { ...answer, [key]: rest.length > 0 ? changed(old, rest.join('.'), change) : change(old) };
}
