import {
	badGatewayHtml,
	clampedPages,
	duplicatedRows,
	emptyBody,
	emptyPage,
	htmlWithStatus200,
	noAnswer,
	nothingThere,
	numbersAsText,
	apiError,
	repeatedRows,
	resetBeforeReply,
	resetInReply,
	serverError,
	shortPage,
	slowFirstByte,
	tokenEnds,
	tooManyRequests,
	tooManyRequestsByWrongClock,
	truncatedJson,
	wrongTotal,
	zeroTotal,
} from '../vendors/faults';
import type { Fault } from '../vendors/server';
import type { Scene } from './reading';

/** recovers: all records, each once, and no error. fails: one error and no record. either: one of these two. */
export type Expected = 'recovers' | 'fails' | 'either';

export interface FaultCase {
	name: string;
	fault(scene: Scene): Fault;
	/** When it happens to one request for records. */
	once: Expected;
	/** When that request is the very first one; as `once` unless said. */
	first?: Expected;
	/** When it happens to every request for records. */
	always: Expected;
	/** The node's `Timeout`, in milliseconds. */
	timeout?: number;
	appliesTo?(scene: Scene): boolean;
}

const hasSessions = ({ kit, credentials }: Scene) =>
	kit.platform.sessionField?.(credentials) !== undefined;
const hasTotal = ({ answers }: Scene) => answers.paths.total !== undefined;

const clock = (scene: Scene) => scene.sandbox as { clockAheadSeconds?: number };

/** What HTTP, the network and a careless server do. Refusals in the platform's own words are in `refusalCases`. */
export const FAULT_CASES: FaultCase[] = [
	{ name: 'HTTP 500', fault: serverError, once: 'recovers', always: 'fails' },
	{ name: 'HTTP 502 with HTML', fault: badGatewayHtml, once: 'recovers', always: 'fails' },
	{
		name: 'HTTP 429 without Retry-After',
		fault: () => tooManyRequests(),
		once: 'recovers',
		always: 'fails',
	},
	{
		name: 'HTTP 429, Retry-After in seconds',
		fault: () => tooManyRequests('30'),
		once: 'recovers',
		always: 'fails',
	},
	{
		name: 'HTTP 429, Retry-After as a date',
		fault: () => tooManyRequestsByWrongClock(30, 0),
		once: 'recovers',
		always: 'fails',
	},
	{
		name: 'HTTP 429, Retry-After a day',
		fault: () => tooManyRequests('86400'),
		once: 'fails',
		always: 'fails',
	},
	{
		name: 'HTTP 429, Retry-After without meaning',
		fault: () => tooManyRequests('soon'),
		once: 'recovers',
		always: 'fails',
	},
	{
		name: 'HTTP 429, Retry-After by a clock that is an hour ahead',
		fault: () => tooManyRequestsByWrongClock(30, 3600),
		once: 'recovers',
		always: 'fails',
	},
	{
		name: 'HTTP 429, Retry-After by a clock that is an hour behind',
		fault: () => tooManyRequestsByWrongClock(30, -3600),
		once: 'recovers',
		always: 'fails',
	},
	{
		name: 'reset before the reply',
		fault: resetBeforeReply,
		once: 'recovers',
		always: 'fails',
	},
	{ name: 'reset in the reply', fault: resetInReply, once: 'recovers', always: 'fails' },
	{ name: 'truncated JSON', fault: truncatedJson, once: 'recovers', always: 'fails' },
	{
		name: 'HTML with status 200',
		fault: htmlWithStatus200,
		once: 'recovers',
		// Before anything else was heard of it, this is how a wrong base URL looks.
		first: 'fails',
		always: 'fails',
	},
	{ name: 'empty body', fault: emptyBody, once: 'recovers', first: 'fails', always: 'fails' },
	{
		name: 'slow first byte',
		fault: () => slowFirstByte(60),
		once: 'recovers',
		always: 'recovers',
	},
	{
		name: 'no answer',
		fault: noAnswer,
		timeout: 150,
		once: 'recovers',
		always: 'fails',
	},
	{
		name: 'the token ends between pages',
		fault: ({ sandbox }) => tokenEnds(sandbox),
		once: 'recovers',
		always: 'fails',
		appliesTo: hasSessions,
	},
	{
		name: 'the token ends during a back-off',
		fault: ({ sandbox }) => ({ ...serverError(), ...tokenEnds(sandbox) }),
		once: 'recovers',
		always: 'fails',
		appliesTo: hasSessions,
	},
	{
		name: 'the clock of the server jumps',
		fault: (scene) => ({ before: () => (clock(scene).clockAheadSeconds = 3600) }),
		once: 'fails',
		always: 'fails',
		appliesTo: (scene) => clock(scene).clockAheadSeconds !== undefined,
	},
	{
		name: 'a total that is too high',
		fault: ({ answers }) => wrongTotal(answers.paths, 1),
		once: 'recovers',
		always: 'fails',
		appliesTo: hasTotal,
	},
	{
		name: 'a total that is too low',
		fault: ({ answers }) => wrongTotal(answers.paths, -1),
		once: 'recovers',
		// A platform's count may be known to be of something else.
		always: 'either',
		appliesTo: hasTotal,
	},
	{
		name: 'a total of none',
		fault: ({ answers }) => zeroTotal(answers.paths),
		once: 'recovers',
		// A platform's count may be known to be of something else.
		always: 'either',
		appliesTo: hasTotal,
	},
	{
		name: 'rows twice',
		fault: ({ answers }) => duplicatedRows(answers.paths),
		once: 'recovers',
		always: 'recovers',
	},
	{
		name: 'rows twice in the place of others',
		fault: ({ answers }) => repeatedRows(answers.paths),
		once: 'recovers',
		always: 'fails',
		appliesTo: hasTotal,
	},
	{
		name: 'an empty page before more',
		fault: ({ answers }) => emptyPage(answers.paths),
		once: 'recovers',
		always: 'fails',
		appliesTo: hasTotal,
	},
	{
		name: 'a short page',
		fault: ({ answers }) => shortPage(answers.paths),
		once: 'recovers',
		always: 'fails',
		appliesTo: hasTotal,
	},
	{ name: 'numbers as text', fault: numbersAsText, once: 'recovers', always: 'recovers' },
	{
		name: 'smaller pages, and the reply says so',
		fault: ({ answers, size }) => clampedPages(answers.paths, Math.floor(size / 2), true),
		once: 'recovers',
		always: 'recovers',
		appliesTo: ({ answers }) => answers.paths.pageSize !== undefined,
	},
	{
		name: 'smaller pages without a word',
		fault: ({ answers, size }) => clampedPages(answers.paths, Math.floor(size / 2), false),
		once: 'recovers',
		always: 'recovers',
		appliesTo: ({ answers }) => answers.paths.total !== undefined,
	},
];

/** Each code of the platform's API error table, and one that nobody knows. */
export function refusalCases({ kit }: Pick<Scene, 'kit'>): FaultCase[] {
	const { errorCodes } = kit.platform;
	const outcome: Record<string, { once: Expected; always: Expected }> = {
		rate: { once: 'recovers', always: 'fails' },
		temporary: { once: 'recovers', always: 'fails' },
		expired: { once: 'recovers', always: 'fails' },
		tooMuch: { once: 'recovers', always: 'fails' },
	};
	const said = Object.entries(errorCodes)
		.filter(([, { kind }]) => kind !== 'empty')
		.map(([code, { kind, waitSeconds }]) => ({
			code,
			kind,
			...(outcome[kind] ?? { once: 'fails', always: 'fails' }),
			...((waitSeconds ?? 0) > 60 ? { once: 'fails' as const } : {}),
		}));
	return [
		...said,
		{ code: '7777', kind: 'unknown', once: 'fails' as const, always: 'fails' as const },
	].map(({ code, kind, once, always }) => ({
		name: `apiError ${code} (${kind})`,
		fault: ({ answers }) => apiError(answers.refuse(code, 'the words of the platform')),
		once,
		always,
	}));
}

/** Lies that no reply can be caught at, only by what earlier replies showed. Never the first reply of a read. */
export const LATER_LIES: Array<Pick<FaultCase, 'name' | 'fault'>> = [
	{ name: 'nothing there', fault: ({ answers }) => nothingThere(answers.paths) },
];
