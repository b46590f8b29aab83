import type { AnsweredBy } from '../call';
import { unanswered, type Direction, type Outcome } from '../callRecord';
import { PICKED_UP_BY, type Leg } from './leg';
import type { Talk } from './talk';

/** How a call ended, and the leg that says so. */
export interface Verdict {
	outcome: Outcome;
	answeredBy: AnsweredBy | null;
	leg: Leg;
}

/** `answered` only where a person talked; else `voicemail` where one took a message; else as the last leg ended. */
export function judge(legs: Leg[], direction: Direction, talks: Talk[]): Verdict {
	if (talks.length > 0) return { outcome: 'answered', answeredBy: 'person', leg: talks[0].leg };
	const mailbox = legs.find(tookMessage);
	if (mailbox !== undefined) {
		return { outcome: 'voicemail', answeredBy: 'voicemail', leg: mailbox };
	}
	const open = legs.filter(({ record }) => record.outcome !== 'answered');
	const leg = endedLast(open.length > 0 ? open : legs);
	return {
		outcome: outcomeOf(leg, direction),
		answeredBy: legs.some(isMachineAnswer) ? 'system' : null,
		leg,
	};
}

function tookMessage({ record }: Leg): boolean {
	if (record.outcome === 'voicemail') return true;
	return record.toKind === 'voicemail' && record.outcome === 'answered' && record.talkSeconds !== 0;
}

function isMachineAnswer({ record }: Leg): boolean {
	return record.outcome === 'answered' && PICKED_UP_BY[record.toKind] !== 'person';
}

/** A leg speaks of its own direction: a forwarded leg goes out and gets no answer, and the inbound call is missed. */
function outcomeOf({ record }: Leg, direction: Direction): Outcome {
	const { outcome } = record;
	const isUnanswered = outcome === 'answered' || outcome === 'missed' || outcome === 'noAnswer';
	if (!isUnanswered) return outcome;
	const usual = unanswered(direction);
	return usual === 'unknown' && outcome !== 'answered' ? outcome : usual;
}

/** Of legs that ended together, a queue's or a group's, which speaks of all its phones; else the one that began last. */
export function endedLast(legs: Leg[]): Leg {
	return legs.reduce((last, leg) => (compareEnds(leg, last) > 0 ? leg : last));
}

function compareEnds(a: Leg, b: Leg): number {
	return (
		endOf(a) - endOf(b) ||
		Number(ringsSeveral(a)) - Number(ringsSeveral(b)) ||
		(a.started ?? 0) - (b.started ?? 0)
	);
}

function ringsSeveral({ record }: Leg): boolean {
	return record.toKind === 'queue' || record.toKind === 'ringGroup';
}

/** For comparing only. */
export function endOf({ started, answered, ended }: Leg): number {
	return ended ?? answered ?? started ?? 0;
}
