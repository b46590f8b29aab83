import { createHash } from 'crypto';

import type { Settings } from '../platform';

/** What a platform was asked before reading (`prepare`), kept from one poll to the next. */
export interface PreparedCache {
	get(key: string): Partial<Settings> | undefined;
	set(key: string, prepared: Partial<Settings>): void;
	delete(key: string): void;
}

/** After an hour it is asked for again: somebody may have changed the clock or the time format of the PBX. */
const MAX_AGE_MS = 3_600_000;
const MAX_ENTRIES = 200;

/** Holds so many at most, the oldest leave first, and none for longer than `maxAgeMs`. */
export function createPreparedCache(
	maxEntries = MAX_ENTRIES,
	maxAgeMs = MAX_AGE_MS,
): PreparedCache {
	const entries = new Map<string, { prepared: Partial<Settings>; until: number }>();
	return {
		get(key) {
			const entry = entries.get(key);
			if (entry && entry.until > Date.now()) return entry.prepared;
			entries.delete(key);
			return undefined;
		},
		set(key, prepared) {
			entries.delete(key);
			if (entries.size >= maxEntries) {
				const [oldest] = entries.keys();
				entries.delete(oldest);
			}
			entries.set(key, { prepared, until: Date.now() + maxAgeMs });
		},
		delete: (key) => void entries.delete(key),
	};
}

/** Names what was asked of whom, without holding it. */
export function preparedKey(credential: string, settings: Settings): string {
	const { platform, baseUrl, zone, options } = settings;
	return createHash('sha256')
		.update(JSON.stringify([credential, platform, baseUrl, zone, options]))
		.digest('base64url');
}
