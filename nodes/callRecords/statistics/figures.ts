import type { Call } from '../call';
import { zoneOffset, type Seconds } from '../time';
import { createCallBacks, type CallBack } from './callBacks';
import { readFacts, type CallFacts } from './callFacts';
import { createGroups, type GroupValue } from './groups';
import { DEFAULT_RULES, type GroupKey, type StatisticsOptions } from './options';
import { createTally, type Figures, type Tally } from './tally';

/** The figures of one group, with what it is grouped by in front. */
export type GroupFigures = Partial<Record<GroupKey, GroupValue>> & Figures;

export interface Statistics {
	/**
	 * Calls come once each, in the order in which they began; those without a readable start at any point. Calls that began
	 * after the period are only looked at for call-backs (until `callBacksUntil`), and those before it not at all.
	 * @throws RangeError when a call comes that began before the one before it
	 */
	add(call: Call): void;
	/** After the last call: one item per group that occurs, sorted by its keys; without keys one item. */
	result(): GroupFigures[];
}

/**
 * Counts calls one by one. Memory holds the counters of each group, the talks that are not over, the unanswered calls of
 * the last `callBackHours`, and one number for each call that was called back.
 */
export function createStatistics(options: StatisticsOptions): Statistics {
	const counting = createCounting(options, [options.groupBy]);
	return { add: counting.add, result: () => counting.results()[0] };
}

export interface Counting {
	add(call: Call): void;
	/** One list per grouping, in the order of the groupings. */
	results(): GroupFigures[][];
}

/** What else may be made of the calls while they are counted, once they are read. */
export interface Observer {
	counted?(facts: CallFacts): void;
	/** An unanswered call is settled: at the earliest when it was called back, at the latest with the results. */
	settled?(facts: CallFacts, callBack: CallBack): void;
}

interface Unanswered {
	facts: CallFacts;
	tallies: Tally[];
}

/** The figures of several groupings out of one pass, as `createStatistics` gives them of one. */
export function createCounting(
	options: Omit<StatisticsOptions, 'groupBy'>,
	groupings: ReadonlyArray<readonly GroupKey[]>,
	observer: Observer = {},
): Counting {
	const rules = { ...DEFAULT_RULES, ...options };
	const offset = zoneOffset(options.zone);
	const tables = groupings.map((keys) => ({
		keys,
		groups: createGroups(keys, () => createTally(rules, offset)),
	}));
	const callBacks = createCallBacks<Unanswered>({
		withinSeconds: rules.callBackHours * 3600,
		now: options.now,
		settle({ facts, tallies }, callBack) {
			for (const tally of tallies) tally.settle(callBack);
			observer.settled?.(facts, callBack);
		},
	});
	const count = (facts: CallFacts) => {
		const tallies = tables.map(({ groups }) => groups.of(facts));
		for (const tally of tallies) tally.add(facts);
		observer.counted?.(facts);
		const { call, number, ended } = facts;
		if (call.direction !== 'inbound' || call.outcome === 'answered') return;
		if (number !== null && ended !== null) callBacks.unanswered(number, ended, { facts, tallies });
	};
	let latest = -Infinity;
	return {
		add(call) {
			const facts = readFacts(call, offset);
			if (facts.started !== null) {
				latest = inOrder(facts.started, latest);
				callBacks.advance(facts.started);
				if (facts.number !== null && call.outcome === 'answered') {
					callBacks.answered(facts.number, facts.started);
				}
			}
			if (isWithin(facts.started, options.period)) count(facts);
		},
		results() {
			callBacks.finish();
			return tables.map(({ keys, groups }) =>
				groups.sorted().map(({ values, content }) => ({
					...Object.fromEntries(keys.map((key, i) => [key, values[i]])),
					...content.figures(),
				})),
			);
		},
	};
}

/** Peaks and call-backs are found in passing, so a call out of order would make them wrong without a sign. */
function inOrder(started: Seconds, latest: Seconds): Seconds {
	if (started < latest) {
		throw new RangeError('Statistics need calls in the order in which they began, oldest first');
	}
	return started;
}

/** A call whose start cannot be read was given by the platform for this period, and is counted. */
function isWithin(started: Seconds | null, period: { from: Seconds; to: Seconds }): boolean {
	return started === null || (started >= period.from && started <= period.to);
}
