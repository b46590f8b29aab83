import type { Direction } from '../callRecord';
import type { Seconds } from '../time';
import { PICKED_UP_BY, type Leg } from './leg';

/** A leg on which a person talked, and when. The ends are null where its row does not say. */
export interface Talk {
	leg: Leg;
	from: Seconds | null;
	to: Seconds | null;
}

/**
 * The talks of people, in the order of their beginning.
 *
 * A ring group is answered by one of its members, so its leg counts where no member has a leg. In an outbound call that
 * has a leg to the outside, nothing is talk before the called party answers: until then, an agent waits on a phone
 * that the system rang first.
 */
export function talksOf(legs: Leg[], direction: Direction): Talk[] {
	const byPeople = answeredBy(legs, 'person');
	const talks = byPeople.length > 0 ? byPeople : answeredBy(legs, 'group');
	const isToOutside = direction === 'outbound' && legs.some(goesOutside);
	return isToOutside ? sinceCalledPartyAnswered(talks) : talks;
}

function answeredBy(legs: Leg[], what: 'person' | 'group'): Talk[] {
	return legs
		.filter(({ record }) => record.outcome === 'answered' && PICKED_UP_BY[record.toKind] === what)
		.map(toTalk)
		.sort(compareTalks);
}

function goesOutside({ record }: Leg): boolean {
	return record.toKind === 'external' || record.toKind === 'unknown';
}

function sinceCalledPartyAnswered(talks: Talk[]): Talk[] {
	const first = talks.find(({ leg }) => goesOutside(leg));
	if (first === undefined) return [];
	const { from: since } = first;
	const others = talks.filter((talk) => talk !== first);
	if (since === null) return [first, ...others];
	const clipped = others
		.filter(({ to }) => to === null || to > since)
		.map((talk) => (talk.from !== null && talk.from < since ? { ...talk, from: since } : talk));
	return [first, ...clipped];
}

/** From the answer for as long as the row states; where it does not state the answer, the talk ends with the leg. */
function toTalk(leg: Leg): Talk {
	const { answered, ended, record } = leg;
	const seconds = record.talkSeconds;
	const from = answered ?? (ended === null || seconds === null ? null : ended - seconds);
	const to = from === null || seconds === null ? ended : from + seconds;
	return { leg, from, to };
}

function compareTalks(a: Talk, b: Talk): number {
	return beginning(a) - beginning(b);
}

function beginning({ from, leg }: Talk): number {
	return from ?? leg.started ?? Infinity;
}

/** The seconds that the talks cover together, each counted once; null where one of them is not known. */
export function unionSeconds(talks: Talk[]): number | null {
	if (talks.length === 1 && talks[0].from === null) return talks[0].leg.record.talkSeconds;
	let total = 0;
	let covered = -Infinity;
	for (const { from, to } of talks) {
		if (from === null || to === null) return null;
		total += Math.max(0, to - Math.max(from, covered));
		covered = Math.max(covered, to);
	}
	return total;
}
