import type { ReadLeg } from '../../nodes/callRecords/poll/calls';
import { contentHashOf, hashOf } from '../../nodes/callRecords/poll/dedupe';
import { pollOnce, type PollReader } from '../../nodes/callRecords/poll/poll';
import { startState } from '../../nodes/callRecords/poll/pollState';
import { createRandom } from '../vendors/random';
import type { CallCentre, LateCall } from './callCentre';
import { RUN_OPTIONS } from './oneCall';

export interface WeeksOptions {
	centre: CallCentre;
	/** Rows of one reply. */
	capacity: number;
	/** The end of a window belongs to it, and one second more is asked for: neighbouring replies overlap. */
	isInclusive: boolean;
	from: number;
	to: number;
	/** Each row changes so often within a day after it appeared, and updates are wanted. */
	changes?: number;
}

const EVERY = 300;
const DAY = 86_400;

/**
 * A platform whose windows need more than one reply, read by plain code that shares nothing with the product's reader:
 * a window is cut in halves until each half fits, and what the replies hold is returned as it came.
 */
function overlappingReader({ centre, capacity, isInclusive, changes = 0 }: WeeksOptions) {
	const platform = { now: 0, requests: 0 };
	const legs = new Map<string, ReadLeg<LateCall>>();
	const random = createRandom(5);
	const changesAt = new Map(
		centre.calls.map(({ id, visible }) => [
			id,
			Array.from({ length: changes }, () => visible + random.whole(600, 6 * 3600)),
		]),
	);
	const stateOf = (id: string) =>
		(changesAt.get(id) ?? []).filter((at) => at <= platform.now).length;
	const contents = [0, 1, 2, 3].map((state) => contentHashOf(String(state)));
	const toLeg = (call: LateCall): ReadLeg<LateCall> => {
		const { id, start } = call;
		const leg = legs.get(id) ?? {
			id: hashOf(id),
			callId: id,
			started: start,
			ended: start,
			content: '',
			record: call,
		};
		legs.set(id, leg);
		return changes > 0 ? { ...leg, content: contents[stateOf(id)] } : leg;
	};
	const reply = (from: number, to: number) => {
		platform.requests++;
		return centre.between(from, isInclusive ? to + 1 : to, platform.now);
	};
	const readAll = (from: number, to: number): LateCall[] => {
		const rows = reply(from, to);
		if (rows.length <= capacity || from === to) return rows;
		const middle = Math.floor((from + to) / 2);
		return [...readAll(from, middle), ...readAll(middle + 1, to)];
	};
	const reader: PollReader<LateCall> = {
		read: async ({ from, to }) => await Promise.resolve(readAll(from, to).map(toLeg)),
		probe: async ({ from, to }) => {
			const rows = reply(from, to);
			const fits = rows.length <= capacity;
			return await Promise.resolve({
				legs: fits ? rows.map(toLeg) : null,
				total: rows.length,
			});
		},
	};
	return { reader, platform, stateOf };
}

/** What three weeks of polls emitted, beside what the platform held. */
export async function pollWeeks(options: WeeksOptions) {
	const { centre, from, to, changes = 0 } = options;
	const { reader, platform, stateOf } = overlappingReader(options);
	let state = startState('f', from - DAY);
	const emitted = new Map<string, number[]>();
	const states = new Map<string, Set<number>>();
	let repeatedStates = 0;
	let largest = 0;
	for (let now = from; now < to; now += EVERY) {
		platform.now = now;
		const polled = await pollOnce(state, reader, {
			...RUN_OPTIONS,
			capacity: options.capacity,
			most: 100_000,
			includeUpdates: changes > 0,
			now,
			isBaseline: now === from,
		});
		state = polled.state;
		for (const { legs } of polled.calls) {
			const [{ id }] = legs;
			emitted.set(id, [...(emitted.get(id) ?? []), now]);
			const seen = states.get(id) ?? new Set();
			if (seen.has(stateOf(id))) repeatedStates++;
			states.set(id, seen.add(stateOf(id)));
		}
		if (now % 3600 === 0) largest = Math.max(largest, JSON.stringify(state).length);
	}
	const isWanted = ({ start, visible }: LateCall) => visible > from && start >= from - DAY;
	const wanted = centre.calls.filter(isWanted);
	return {
		missed: wanted.filter(({ id }) => !emitted.has(id)).length,
		twice: [...emitted.values()].filter(({ length }) => length > 1).length,
		unwanted: centre.calls.filter(
			(call) => emitted.has(call.id) && (changes > 0 ? call.start < from - DAY : !isWanted(call)),
		).length,
		repeatedStates,
		wanted,
		emitted,
		states,
		largest,
		requests: platform.requests,
	};
}

/** How long calls that appeared soon, or late, waited for the poll that emitted them. */
export function waits(
	{ wanted, emitted }: Awaited<ReturnType<typeof pollWeeks>>,
	isLate: boolean,
): number[] {
	return wanted
		.filter(({ id, start, visible }) => emitted.has(id) && visible - start > 3600 === isLate)
		.map(({ id, visible }) => emitted.get(id)![0] - visible)
		.sort((a, b) => a - b);
}
