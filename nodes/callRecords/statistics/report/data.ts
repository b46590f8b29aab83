import type { Call } from '../../call';
import type { Outcome } from '../../callRecord';
import type { Seconds } from '../../time';
import type { CallFacts } from '../callFacts';
import { createCounting, type GroupFigures } from '../figures';
import type { GroupKey, StatisticsOptions } from '../options';
import type { Figures } from '../tally';

export interface ReportOptions extends Omit<StatisticsOptions, 'groupBy'> {
	/** How many of the longest waits are named. Default 10. */
	longestWaits?: number;
	/** How many callers that nobody called back are named. Default 15. */
	callers?: number;
}

export interface Caller {
	number: string | null;
	name: string | null;
}

export interface LongWait {
	caller: Caller;
	startedAt: Seconds | null;
	waitSeconds: Seconds;
	queue: string | null;
	outcome: Outcome;
}

/** Somebody whom nobody called back; all calls of one number in one entry. */
export interface WaitingCaller {
	caller: Caller;
	calls: number;
	/** The start of the last of them. */
	lastCall: Seconds | null;
	queue: string | null;
	/** The hours for a call-back are not over. */
	isOpen: boolean;
}

/** Inbound calls that waited at most `upTo` seconds, and longer than the bucket before; `upTo` of the last is null. */
export interface WaitBucket {
	upTo: Seconds | null;
	answered: number;
	unanswered: number;
}

/** All that a report shows, and no more than fits on it: its size does not grow with the number of calls. */
export interface ReportData {
	total: Figures;
	/** By `day`. */
	days: GroupFigures[];
	/** By `weekday` and `hour`. */
	hours: GroupFigures[];
	queues: GroupFigures[];
	agents: GroupFigures[];
	waits: WaitBucket[];
	longestWaits: LongWait[];
	/** The newest first; `moreCalls` are the calls of those who are not named. */
	waitingCallers: { callers: WaitingCaller[]; moreCalls: number };
}

const GROUPINGS: GroupKey[][] = [[], ['day'], ['weekday', 'hour'], ['queue'], ['agent']];
const WAIT_LIMITS = [5, 10, 20, 30, 45, 60, 90, 120, 180, 300] as const;

export interface ReportDataBuilder {
	/** As `add` of `createStatistics`: oldest first, and on until `callBacksUntil`. */
	add(call: Call): void;
	/** After the last call. */
	result(): ReportData;
}

/** What a report needs of the calls, in one pass. */
export function createReportData(options: ReportOptions): ReportDataBuilder {
	const waits = waitBuckets();
	const longest = longestWaits(options.longestWaits ?? 10);
	const callers = waitingCallers(options.callers ?? 15);
	const counting = createCounting(options, GROUPINGS, {
		counted(facts) {
			if (facts.call.direction !== 'inbound') return;
			waits.add(facts);
			longest.add(facts);
		},
		settled(facts, { kind }) {
			if (kind !== 'calledBack') callers.add(facts, kind === 'open');
		},
	});
	return {
		add: counting.add,
		result() {
			const [[total], days, hours, queues, agents] = counting.results();
			return {
				total,
				days,
				hours,
				queues,
				agents,
				waits: waits.buckets,
				longestWaits: longest.list,
				waitingCallers: callers.result(),
			};
		},
	};
}

function waitBuckets() {
	const buckets: WaitBucket[] = [...WAIT_LIMITS, null].map((upTo) => ({
		upTo,
		answered: 0,
		unanswered: 0,
	}));
	return {
		buckets,
		add({ call }: CallFacts) {
			const { waitSeconds, outcome } = call;
			if (waitSeconds === null) return;
			const at = WAIT_LIMITS.findIndex((limit) => waitSeconds <= limit);
			const bucket = buckets[at === -1 ? WAIT_LIMITS.length : at];
			if (outcome === 'answered') bucket.answered++;
			else bucket.unanswered++;
		},
	};
}

/** Sorted, the longest first; of equal waits the earlier call. */
function longestWaits(most: number) {
	const list: LongWait[] = [];
	return {
		list,
		add({ call, started }: CallFacts) {
			const { waitSeconds, queue, outcome } = call;
			if (!waitSeconds || waitSeconds <= (list[most - 1]?.waitSeconds ?? 0)) return;
			const at = list.findIndex((other) => other.waitSeconds < waitSeconds);
			const wait = { caller: callerOf(call), startedAt: started, waitSeconds, queue, outcome };
			list.splice(at === -1 ? list.length : at, 0, wait);
			list.length = Math.min(list.length, most);
		},
	};
}

/** Those who called last are kept: they can still be called. */
function waitingCallers(most: number) {
	const byNumber = new Map<string, WaitingCaller>();
	let calls = 0;
	return {
		add({ call, started, number }: CallFacts, isOpen: boolean) {
			if (number === null) return;
			calls++;
			const known = byNumber.get(number);
			byNumber.delete(number);
			byNumber.set(number, {
				caller: { number, name: callerOf(call).name ?? known?.caller.name ?? null },
				calls: (known?.calls ?? 0) + 1,
				lastCall: started,
				queue: call.queue,
				isOpen,
			});
			const [oldest] = byNumber.keys();
			if (byNumber.size > most) byNumber.delete(oldest);
		},
		result() {
			const callers = [...byNumber.values()].reverse();
			const named = callers.reduce((sum, caller) => sum + caller.calls, 0);
			return { callers, moreCalls: calls - named };
		},
	};
}

function callerOf(call: Call): Caller {
	return { number: call.externalNumber ?? call.from, name: call.fromName };
}
