import type { Seconds } from '../time';
import {
	absorb,
	beginPoll,
	endPoll,
	knownCount,
	moveOn,
	plan,
	type FollowOptions,
	type FollowState,
	type Look,
} from './plan';
import { hashOf, type Trace } from './dedupe';

/** A call that was read for a look. */
export interface Followed<T> {
	id: string;
	started: Seconds;
	/** Hash of what an update would change. */
	content: string;
	/** What is handed on. */
	item: T;
}

/** How a look is read: all its calls, or `unchanged` when the platform counts as many as are known and that is enough. */
export type ReadLook<T> = (
	look: Look,
	knownRows: number,
	state: FollowState,
) => Promise<Array<Followed<T>> | 'unchanged'>;

export interface Polled<T> {
	state: FollowState;
	/** Oldest first. */
	items: Array<{ item: T; change: 'new' | 'updated' }>;
	/** Some looks did not fit into the time or the batch; the next poll does them. */
	isPartial: boolean;
}

export interface PollOptions extends FollowOptions {
	now: Seconds;
	/** Remembers what is there, without handing it on. */
	isBaseline: boolean;
	/** Whether the time n8n allows is nearly over. */
	isLate(): boolean;
}

/**
 * One poll: reads what is due, look by look, and finds what is new. Throws what reading throws; nothing is remembered
 * then. The state that is passed in is not changed.
 */
export async function pollOnce<T>(
	before: FollowState,
	read: ReadLook<T>,
	options: PollOptions,
): Promise<Polled<T>> {
	const state = beginPoll(before, options);
	const found: Array<{ call: Followed<T>; change: 'new' | 'updated' }> = [];
	const handed: Trace[] = [];
	const looks = plan(state, options.now, options);
	let isPartial = false;
	for (const [i, look] of looks.entries()) {
		if (i > 0 && options.isLate()) {
			isPartial = true;
			break;
		}
		const calls = await read(look, knownCount(state.seen, look.range), state);
		if (calls === 'unchanged') {
			moveOn(state, look);
			continue;
		}
		calls.sort((a, b) => a.started - b.started);
		const traces = calls.map(({ id, started, content }) => ({ id: hashOf(id), started, content }));
		const room = options.most - found.length;
		const { changes, isFull } = absorb(state, look, traces, room, options.isBaseline, options);
		changes.forEach((change, place) => {
			if (change === 'known') return;
			found.push({ call: calls[place], change });
			handed.push(traces[place]);
		});
		if (isFull) {
			isPartial = true;
			break;
		}
	}
	found.sort((a, b) => a.call.started - b.call.started);
	return {
		state: endPoll(state, handed, options.now, options),
		items: found.map(({ call, change }) => ({ item: call.item, change })),
		isPartial,
	};
}
