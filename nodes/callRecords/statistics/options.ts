import type { Seconds, TimeRange } from '../time';

/** What calls can be grouped by. `hour`, `day` and `weekday` are those in which the call began, in the zone given. */
export const GROUP_KEYS = [
	'hour',
	'day',
	'weekday',
	'agent',
	'queue',
	'line',
	'direction',
] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

/** Which calls the share of calls answered in time refers to, see `docs/statistics.md`. */
export type ServiceLevelFormula = 'offered' | 'answered' | 'offeredLessShort';

/** How calls are counted. Everything that is not given has the value of `DEFAULT_RULES`. */
export interface CountingRules {
	serviceLevelSeconds: Seconds;
	serviceLevelFormula: ServiceLevelFormula;
	/** A missed call that waited no longer than this is `shortAbandoned`, not `abandoned`. */
	shortAbandonSeconds: Seconds;
	callBackHours: number;
}

export const DEFAULT_RULES: CountingRules = {
	serviceLevelSeconds: 20,
	serviceLevelFormula: 'offeredLessShort',
	shortAbandonSeconds: 5,
	callBackHours: 24,
};

export interface StatisticsOptions extends Partial<CountingRules> {
	/** In the order of the columns; empty = one item for the whole period. */
	groupBy: readonly GroupKey[];
	/** The workflow's IANA zone: hours, days, weekdays and the busiest hour are those of its clocks. */
	zone: string;
	/** Calls that began outside it are not counted; those after it are looked at for call-backs only. */
	period: TimeRange;
	/** When the calls were read: a missed call whose hours are not over by then is `callBackOpen`. */
	now: Seconds;
}

/** Until when calls have to be read so that "not called back" is known for every call of the period. */
export function callBacksUntil(
	period: TimeRange,
	now: Seconds,
	callBackHours = DEFAULT_RULES.callBackHours,
): Seconds {
	return Math.max(period.to, Math.min(now, period.to + LONGEST_CALL + callBackHours * 3600));
}

/** The hours of a call-back are counted from the end of a call, and a call of the period may end after it. */
const LONGEST_CALL = 4 * 3600;
