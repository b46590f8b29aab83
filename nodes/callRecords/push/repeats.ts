/** Vendors send an event again for up to 90 minutes (docs/vendors/push.md 4.3). */
const KEPT_MS = 24 * 3_600_000;
const MOST = 10_000;

/** Which events this process has seen. Bounded, whatever is sent. */
export interface Repeats {
	/** Whether the event is new; it is remembered from now on. */
	isNew(event: string, now: number): boolean;
	/** It was not dealt with: it may come again. */
	forget(event: string): void;
	readonly size: number;
}

export function createRepeats(most = MOST, keptMs = KEPT_MS): Repeats {
	/** When each was seen, oldest first. */
	const seen = new Map<string, number>();
	const dropOld = (now: number) => {
		for (const [event, at] of seen) {
			if (seen.size <= most && now - at < keptMs) return;
			seen.delete(event);
		}
	};
	return {
		isNew(event, now) {
			const at = seen.get(event);
			if (at !== undefined && now - at < keptMs) return false;
			seen.delete(event);
			seen.set(event, now);
			dropOld(now);
			return true;
		},
		forget: (event) => void seen.delete(event),
		get size() {
			return seen.size;
		},
	};
}
