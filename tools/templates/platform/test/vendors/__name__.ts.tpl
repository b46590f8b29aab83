import { fillIn } from '../../nodes/__Name__/fillIn';
import type { HappenedCall } from './calls';
import { createLists } from './lists';
import type { PlatformSandbox } from './sandbox';
import { startServer, type OwnServer, type Sandbox, type ServerOptions } from './server';
import { createStore, storedCall, type Store, type Stored } from './store';
import { usualVariants } from './variants';
import { formatWall, wallOf } from './wall';

/** A row (docs/vendors/__kebab__.md 2). */
export interface __Name__Row {
	id: number | string;
}

export const __CONST___SECRETS = { apiKey: 'canary-__kebab__-key' };

/** The row that the platform writes of a call. */
export function __name__Row(call: HappenedCall, zone: string): __Name__Row {
	const start = formatWall(wallOf(call.start, zone));
	return fillIn(`__name__Row in test/vendors/__name__.ts: what the vendor writes of call ${call.number}, ${start}`);
}

export interface __Name__Sandbox extends Sandbox, OwnServer {
	held(): Array<{ start: number; row: __Name__Row }>;
	store: Store<__Name__Row>;
	add(call: HappenedCall): void;
	endSessions(): void;
}

export interface __Name__Options extends ServerOptions {
	calls: HappenedCall[];
	zone?: string;
}

/** A server that speaks the API as strictly as its page (docs/vendors/__kebab__.md). */
export async function start__Name__(options: __Name__Options): Promise<__Name__Sandbox> {
	const zone = options.zone ?? 'UTC';
	const stored = (call: HappenedCall): Stored<__Name__Row> =>
		storedCall(call, wallOf(call.start, zone), __name__Row(call, zone));
	const store = createStore(options.calls.map(stored));
	const variants = usualVariants();
	const add = (call: HappenedCall) => store.insert(stored(call));
	// What a row gets after the call, as a recording.
	const later = {};
	const lists = createLists({ store, variants, idField: 'id', later, add });
	const own: Omit<__Name__Sandbox, keyof Sandbox> = {
		store,
		variants,
		held: () => lists.held(),
		isRead: ({ path }) => path === '/fill-in/the/path',
		outage: () => fillIn('outage() in test/vendors/__name__.ts: the envelope of a temporary error'),
		add,
		endSessions: () => undefined,
	};
	return await startServer(
		own,
		(app) => {
			// lists.page({ from, to, page, size, matches }) gives the rows and counts, with all variants.
			app.get('/fill-in/the/path', async () => fillIn('the routes in test/vendors/__name__.ts'));
		},
		options,
	);
}

/** What `npm start` and the end-to-end tests start. */
export const sandbox: PlatformSandbox = {
	platform: '__name__',
	port: __port__,
	prefix: '44',
	start: start__Name__,
};
