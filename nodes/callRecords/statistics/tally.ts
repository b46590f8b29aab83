import type { Seconds } from '../time';
import type { CallBack } from './callBacks';
import type { CallFacts } from './callFacts';
import type { CountingRules, ServiceLevelFormula } from './options';
import { createTalkSweep, type TalkSweep } from './talkSweep';

/**
 * The figures of a group of calls; `docs/statistics.md` gives the formulas. A figure is null where there is nothing to
 * divide by, and where calls that it is about exist but none of them has what it is made of.
 */
export type Figures = {
	calls: number;
	inbound: number;
	outbound: number;
	internal: number;
	/** Of inbound calls, by a person. */
	answered: number;
	voicemail: number;
	missed: number;
	abandoned: number | null;
	shortAbandoned: number | null;
	/** A share from 0 to 1, as `serviceLevel` is. */
	answerRate: number | null;
	serviceLevel: number | null;
	serviceLevelSeconds: Seconds;
	serviceLevelFormula: ServiceLevelFormula;
	averageWaitSeconds: number | null;
	longestWaitSeconds: Seconds | null;
	outboundAnswered: number;
	busy: number;
	failed: number;
	totalTalkSeconds: Seconds | null;
	averageTalkSeconds: number | null;
	busiestHourErlangs: number | null;
	peakSimultaneousCalls: number | null;
	notCalledBack: number | null;
	callBackOpen: number | null;
	medianCallBackSeconds: number | null;
};

/** What is counted of a group. All sums are of whole numbers, and exact. */
interface Counts {
	calls: number;
	inbound: number;
	outbound: number;
	internal: number;
	answered: number;
	voicemail: number;
	missed: number;
	missedWithWait: number;
	shortAbandoned: number;
	inTime: number;
	answeredWithWait: number;
	answeredWaitSeconds: Seconds;
	longestWaitSeconds: Seconds | null;
	outboundAnswered: number;
	busy: number;
	failed: number;
	/** Calls in which a person talked, any direction, and those of them whose talk is known: how long, and when. */
	talks: number;
	talksWithSeconds: number;
	talksWithInterval: number;
	talkSeconds: Seconds;
	unansweredWithNumber: number;
	notCalledBack: number;
	callBackOpen: number;
	/** One number for each call that was called back: an exact median needs them all. */
	callBackSeconds: Seconds[];
}

export interface Tally {
	/** Calls have to come in the order in which they began. */
	add(facts: CallFacts): void;
	settle(callBack: CallBack): void;
	/** After the last call. */
	figures(): Figures;
}

export function createTally(
	rules: CountingRules,
	zoneOffset: (instant: Seconds) => Seconds,
): Tally {
	const counts = noCounts();
	const sweep = createTalkSweep(zoneOffset);
	return {
		add(facts) {
			countCall(counts, facts, rules);
			countTalk(counts, facts, sweep);
		},
		settle(callBack) {
			if (callBack.kind === 'calledBack') counts.callBackSeconds.push(callBack.seconds);
			else if (callBack.kind === 'open') counts.callBackOpen++;
			else counts.notCalledBack++;
		},
		figures() {
			sweep.advance(Infinity);
			return figuresOf(counts, sweep, rules);
		},
	};
}

function noCounts(): Counts {
	return {
		calls: 0,
		inbound: 0,
		outbound: 0,
		internal: 0,
		answered: 0,
		voicemail: 0,
		missed: 0,
		missedWithWait: 0,
		shortAbandoned: 0,
		inTime: 0,
		answeredWithWait: 0,
		answeredWaitSeconds: 0,
		longestWaitSeconds: null,
		outboundAnswered: 0,
		busy: 0,
		failed: 0,
		talks: 0,
		talksWithSeconds: 0,
		talksWithInterval: 0,
		talkSeconds: 0,
		unansweredWithNumber: 0,
		notCalledBack: 0,
		callBackOpen: 0,
		callBackSeconds: [],
	};
}

function countCall(counts: Counts, facts: CallFacts, rules: CountingRules): void {
	const { direction, outcome } = facts.call;
	counts.calls++;
	if (direction === 'inbound') countInbound(counts, facts, rules);
	else if (direction === 'internal') counts.internal++;
	else if (direction === 'outbound') {
		counts.outbound++;
		if (outcome === 'answered') counts.outboundAnswered++;
		else if (outcome === 'busy') counts.busy++;
		else if (outcome === 'failed') counts.failed++;
	}
}

/** Inbound calls are answered by a person, took a message, or are missed: there is no fourth kind. */
function countInbound(counts: Counts, facts: CallFacts, rules: CountingRules): void {
	const { outcome, waitSeconds } = facts.call;
	counts.inbound++;
	if (waitSeconds !== null && waitSeconds > (counts.longestWaitSeconds ?? -1)) {
		counts.longestWaitSeconds = waitSeconds;
	}
	if (outcome === 'answered') {
		counts.answered++;
		if (waitSeconds === null) return;
		counts.answeredWithWait++;
		counts.answeredWaitSeconds += waitSeconds;
		if (waitSeconds <= rules.serviceLevelSeconds) counts.inTime++;
		return;
	}
	if (facts.number !== null && facts.ended !== null) counts.unansweredWithNumber++;
	if (outcome === 'voicemail') {
		counts.voicemail++;
		return;
	}
	counts.missed++;
	if (waitSeconds === null) return;
	counts.missedWithWait++;
	if (waitSeconds <= rules.shortAbandonSeconds) counts.shortAbandoned++;
}

function countTalk(counts: Counts, facts: CallFacts, sweep: TalkSweep): void {
	const { outcome, talkSeconds } = facts.call;
	if (facts.started !== null) sweep.advance(facts.started);
	if (outcome !== 'answered' && !talkSeconds) return;
	counts.talks++;
	if (!talkSeconds) return;
	counts.talksWithSeconds++;
	counts.talkSeconds += talkSeconds;
	if (facts.started === null || facts.talkFrom === null) return;
	counts.talksWithInterval++;
	sweep.add(facts.talkFrom, facts.talkFrom + talkSeconds);
}

function figuresOf(counts: Counts, sweep: TalkSweep, rules: CountingRules): Figures {
	const shortAbandoned = known(counts.missed, counts.missedWithWait, counts.shortAbandoned);
	const unanswered = counts.missed + counts.voicemail;
	const ofTalks = (value: number) => known(counts.talks, counts.talksWithInterval, value);
	const ofCallBacks = (value: number) => known(unanswered, counts.unansweredWithNumber, value);
	return {
		calls: counts.calls,
		inbound: counts.inbound,
		outbound: counts.outbound,
		internal: counts.internal,
		answered: counts.answered,
		voicemail: counts.voicemail,
		missed: counts.missed,
		abandoned: shortAbandoned === null ? null : counts.missedWithWait - shortAbandoned,
		shortAbandoned,
		answerRate: divide(counts.answered, counts.inbound),
		serviceLevel: serviceLevel(counts, shortAbandoned, rules.serviceLevelFormula),
		serviceLevelSeconds: rules.serviceLevelSeconds,
		serviceLevelFormula: rules.serviceLevelFormula,
		averageWaitSeconds: divide(counts.answeredWaitSeconds, counts.answeredWithWait),
		longestWaitSeconds: counts.longestWaitSeconds,
		outboundAnswered: counts.outboundAnswered,
		busy: counts.busy,
		failed: counts.failed,
		totalTalkSeconds: known(counts.talks, counts.talksWithSeconds, counts.talkSeconds),
		averageTalkSeconds: divide(counts.talkSeconds, counts.talksWithSeconds),
		busiestHourErlangs: ofTalks(sweep.busiestHourSeconds() / 3600),
		peakSimultaneousCalls: ofTalks(sweep.peak()),
		notCalledBack: ofCallBacks(counts.notCalledBack),
		callBackOpen: ofCallBacks(counts.callBackOpen),
		medianCallBackSeconds: median(counts.callBackSeconds),
	};
}

/** Null where calls of the kind exist and none of them has the input: 0 would claim to know. */
function known(calls: number, withInput: number, value: number): number | null {
	return calls > 0 && withInput === 0 ? null : value;
}

function serviceLevel(
	counts: Counts,
	shortAbandoned: number | null,
	formula: ServiceLevelFormula,
): number | null {
	const offered: Record<ServiceLevelFormula, number | null> = {
		offered: counts.inbound,
		answered: counts.answered,
		offeredLessShort: shortAbandoned === null ? null : counts.inbound - shortAbandoned,
	};
	const inTime = known(counts.answered, counts.answeredWithWait, counts.inTime);
	const divisor = offered[formula];
	return inTime === null || divisor === null ? null : divide(inTime, divisor);
}

/** One division of two whole numbers, not rounded: every language gives the same digits. */
function divide(sum: number, count: number): number | null {
	return count === 0 ? null : sum / count;
}

/** The middle one; the mean of the two in the middle where their number is even. */
function median(values: readonly number[]): number | null {
	if (values.length === 0) return null;
	const sorted = Float64Array.from(values).sort();
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
