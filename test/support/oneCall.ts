import type { ReadLeg } from '../../nodes/callRecords/poll/calls';
import { contentHashOf, hashOf } from '../../nodes/callRecords/poll/dedupe';
import type { Change } from '../../nodes/callRecords/poll/emit';
import type { PollOptions } from '../../nodes/callRecords/poll/plan';
import { pollOnce, type PollReader, type RunOptions } from '../../nodes/callRecords/poll/poll';
import { startState, type PollState } from '../../nodes/callRecords/poll/pollState';

export interface ShownCall {
	id: string;
	/** Null: the row does not say. The platform knows it all the same, see `at`. */
	start: number | null;
	/** By what the platform chooses the rows of a window, where that is not `start`. */
	at?: number;
	callId?: string;
	ended?: number;
	/** From when to when the platform shows it. */
	visible: number;
	gone?: number;
	/** Its content at a time; the same for ever when left out. */
	content?(now: number): string;
}

export interface EmittedItem {
	/** Ids of its legs, in time order, joined by `+`. */
	id: string;
	change: Change;
	/** The time of the poll. */
	at: number;
}

export const POLL_OPTIONS: PollOptions = {
	lookBackSeconds: null,
	includeUpdates: false,
	capacity: 100,
	most: 5000,
	process: 'this',
	calls: null,
};

export const RUN_OPTIONS = { ...POLL_OPTIONS, isBaseline: false, isLate: () => false };

const hashes = new Map<string, string>();
const known = (id: string) => {
	const hash = hashes.get(id) ?? hashOf(id);
	hashes.set(id, hash);
	return hash;
};

export const leg = (
	id: string,
	started: number | null,
	more: Partial<ReadLeg<string>> = {},
): ReadLeg<string> => ({
	id: known(id),
	callId: id,
	started,
	ended: started,
	content: '',
	record: id,
	...more,
});

/** A platform that shows exactly these legs and answers each window in one reply. */
export function readerOf(calls: ShownCall[], now: () => number, includeUpdates = false) {
	const done = { reads: 0, probes: 0, rows: 0 };
	const between = (from: number, to: number) =>
		calls
			.filter(({ start, at = start ?? 0 }) => at >= from && at <= to)
			.filter(({ visible, gone = Infinity }) => visible <= now() && now() < gone)
			.map(({ id, start, callId = id, ended, content }) =>
				leg(id, start, {
					callId,
					ended: ended ?? start,
					content: includeUpdates ? contentHashOf(content?.(now()) ?? 'same') : '',
				}),
			);
	const reader: PollReader<string> = {
		async read({ from, to }) {
			done.reads++;
			const legs = between(from, to);
			done.rows += legs.length;
			return await Promise.resolve(legs);
		},
		async probe({ from, to }) {
			done.probes++;
			const legs = between(from, to);
			return await Promise.resolve({ legs: null, total: legs.length });
		},
	};
	return { reader, done };
}

/** Polls a platform that shows exactly these legs; what was emitted, when. */
export async function followCalls(
	calls: ShownCall[],
	times: { from: number; to: number; every: number },
	options: Partial<RunOptions> = {},
	begin: PollState = startState('f', times.from),
) {
	const emitted: EmittedItem[] = [];
	let state = begin;
	let now = times.from;
	const { reader, done } = readerOf(calls, () => now, options.includeUpdates);
	for (; now <= times.to; now += times.every) {
		const polled = await pollOnce(state, reader, { ...RUN_OPTIONS, ...options, now });
		state = polled.state;
		for (const { legs, change } of polled.calls) {
			emitted.push({ id: legs.join('+'), change, at: now });
		}
	}
	return { emitted, state, done };
}
