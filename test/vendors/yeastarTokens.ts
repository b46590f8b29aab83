import { randomBytes } from 'node:crypto';

/** The PBX answers with these; the token store never sees HTTP. */
export interface Refused {
	errcode: number;
	errmsg: string;
	[field: string]: unknown;
}

interface Pair {
	access: string;
	refresh: string;
	endsAt: number;
	refreshEndsAt: number;
}

export interface TokenStore {
	login(username: unknown, password: unknown): object;
	refresh(token: unknown): object;
	revoke(token: unknown): object;
	isValid(token: unknown): boolean;
	/** Time passes on the PBX. */
	advance(ms: number): void;
	/** Access tokens end, as after half an hour; they can be renewed. */
	endAccess(): void;
	/** The PBX forgets all tokens, as when it starts again. */
	forget(): void;
	/** Failed logins count from 0 again, and the block is lifted. */
	unblock(): void;
	live(): number;
	/** The most tokens that were valid at the same time. */
	most: number;
	logins: number;
	renewals: number;
	failures: number;
	/** How long access tokens are said to live. */
	lifeSeconds: number;
}

const SLOTS = 8;
const FAILURES = 5;

/** Eight places, pairs that rotate, a block after five failed logins (docs/vendors/yeastar-p-series.md 2). */
export function createTokens(client: { id: string; secret: string }): TokenStore {
	let pairs: Pair[] = [];
	let ahead = 0;
	const now = () => Date.now() + ahead;
	const alive = () => pairs.filter(({ endsAt }) => endsAt > now());

	const issue = () => {
		const pair: Pair = {
			access: `canary${randomBytes(13).toString('hex')}`,
			refresh: `canary${randomBytes(13).toString('hex')}`,
			endsAt: now() + store.lifeSeconds * 1000,
			refreshEndsAt: now() + 86_400_000,
		};
		pairs.push(pair);
		store.most = Math.max(store.most, alive().length);
		return {
			errcode: 0,
			errmsg: 'SUCCESS',
			access_token_expire_time: store.lifeSeconds,
			access_token: pair.access,
			refresh_token_expire_time: 86_400,
			refresh_token: pair.refresh,
		};
	};
	const blocked = (): Refused | undefined =>
		store.failures >= FAILURES
			? {
					errcode: 70004,
					errmsg: 'ACCOUNT IP BLOCKED',
					block_expire_time: Math.floor(now() / 1000) + 600,
				}
			: undefined;

	const store: TokenStore = {
		login(username, password) {
			const refused = blocked();
			if (refused) return refused;
			if (username !== client.id || password !== client.secret) {
				store.failures++;
				return {
					errcode: -1,
					errmsg: 'FAILURE',
					invalid_param_list: [{ field: 'username or password', value: 'error' }],
				};
			}
			if (alive().length >= SLOTS) return { errcode: 60002, errmsg: 'MAX LIMITATION EXCEEDED' };
			store.failures = 0;
			store.logins++;
			return issue();
		},
		refresh(token) {
			const refused = blocked();
			if (refused) return refused;
			const old = pairs.find(
				({ refresh, refreshEndsAt }) => refresh === token && refreshEndsAt > now(),
			);
			if (!old) return { errcode: 10004, errmsg: 'TOKEN EXPIRED' };
			pairs = pairs.filter((pair) => pair !== old);
			store.renewals++;
			return issue();
		},
		revoke(token) {
			pairs = pairs.filter(({ access }) => access !== token);
			return { errcode: 0, errmsg: 'SUCCESS' };
		},
		isValid: (token) => alive().some(({ access }) => access === token),
		advance: (ms) => (ahead += ms),
		endAccess() {
			for (const pair of pairs) pair.endsAt = 0;
		},
		forget() {
			pairs = [];
		},
		unblock() {
			store.failures = 0;
		},
		live: () => alive().length,
		most: 0,
		logins: 0,
		renewals: 0,
		failures: 0,
		lifeSeconds: 1800,
	};
	return store;
}
