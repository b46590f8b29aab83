import {
	startState,
	type FollowOptions,
	type FollowState,
} from '../../nodes/callRecords/poll/plan';
import { pollOnce, type Followed } from '../../nodes/callRecords/poll/poll';

export interface ShownCall {
	id: string;
	start: number;
	/** From when to when the platform shows it. */
	visible: number;
	gone?: number;
	/** Its content at a time; the same for ever when left out. */
	content?(now: number): string;
}

export interface Handed {
	id: string;
	change: 'new' | 'updated';
	at: number;
}

export const FOLLOW_OPTIONS: FollowOptions = {
	lookBackSeconds: null,
	includeUpdates: false,
	capacity: 100,
	most: 5000,
	process: 'this',
};

/** Polls a platform that shows exactly these calls and answers each window in one reply; what was handed on, when. */
export async function followCalls(
	calls: ShownCall[],
	times: { from: number; to: number; every: number },
	options: Partial<FollowOptions> = {},
	begin: FollowState = startState('f', times.from),
): Promise<{ handed: Handed[]; state: FollowState; rowsRead: number; reads: number }> {
	const handed: Handed[] = [];
	let state = begin;
	let rowsRead = 0;
	let reads = 0;
	for (let now = times.from; now <= times.to; now += times.every) {
		const polled = await pollOnce(
			state,
			async (look) => {
				reads++;
				const shown = calls
					.filter(({ start }) => start >= look.range.from && start <= look.range.to)
					.filter(({ visible, gone = Infinity }) => visible <= now && now < gone)
					.map((call): Followed<ShownCall> => ({
						id: call.id,
						started: call.start,
						content: call.content?.(now) ?? 'same--',
						item: call,
					}));
				rowsRead += shown.length;
				return shown;
			},
			{ ...FOLLOW_OPTIONS, ...options, now, isBaseline: false, isLate: () => false },
		);
		state = polled.state;
		for (const { item, change } of polled.items) handed.push({ id: item.id, change, at: now });
	}
	return { handed, state, rowsRead, reads };
}
