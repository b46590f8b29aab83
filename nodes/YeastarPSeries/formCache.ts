import type { Probed } from './probe';

const MOST_PBXS = 1000;

/** Remembers, for the life of the process, what a probe has found. Where there was no call to find, it asks again. */
export function createFormCache() {
	const known = new Map<string, Probed>();
	return async (key: string, probe: () => Promise<Probed>): Promise<Probed> => {
		const before = known.get(key);
		if (before) return before;
		const probed = await probe();
		if (known.size >= MOST_PBXS) known.clear();
		if (probed.isFound) known.set(key, probed);
		return probed;
	};
}
