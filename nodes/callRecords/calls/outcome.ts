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
	const told = unanswered(direction);
	return told === 'unknown' && outcome !== 'answered' ? outcome : told;
}

/** Of legs that ended together, the one that began last; of those, the first in order, which is a queue's. */
export function endedLast(legs: Leg[]): Leg {
	let last = legs[0];
	for (const leg of legs) {
		const later = endOf(leg) - endOf(last);
		if (later > 0 || (later === 0 && (leg.started ?? 0) > (last.started ?? 0))) last = leg;
	}
	return last;
}

/** For comparing only. */
export function endOf({ started, answered, ended }: Leg): number {
	return ended ?? answered ?? started ?? -Infinity;
}
