import type { CallRecord, Direction, PartyKind } from '../callRecord';
import type { Seconds } from '../time';
import { PICKED_UP_BY, type Leg } from './leg';
import type { Talk } from './talk';

/** The words in front of a name. */
export type TypeWords = Partial<Record<PartyKind, string>>;

const TYPE_WORDS: TypeWords = {
	menu: 'IVR',
	queue: 'Queue',
	ringGroup: 'RingGroup',
	voicemail: 'Voicemail',
	conference: 'Conference',
};

/** `IVR Welcome (6200) > Queue Sales (6400) > Ann Lee (4005)`; null where no side has a name or a number. */
export function pathOf(
	legs: Leg[],
	direction: Direction,
	talks: Talk[],
	words: TypeWords = TYPE_WORDS,
): string | null {
	const sides: string[] = [];
	const add = (side: string | null) => {
		if (side !== null && side !== sides[sides.length - 1]) sides.push(side);
	};
	const { record: first } = legs[0];
	if (direction !== 'inbound') add(label(first.fromKind, first.fromName, first.from, words));
	const met = metOnTheWay(legs, talks);
	const hasQueueLeg = met.some(({ record }) => record.toKind === 'queue');
	let queue: string | null = null;
	for (const { record } of met) {
		const isQueued = !hasQueueLeg && record.direction === 'inbound' && record.queue !== null;
		if (isQueued && record.queue !== queue) {
			queue = record.queue;
			add(label('queue', queue, null, words));
		}
		add(receiver(record, words));
	}
	return sides.length > 0 ? sides.join(' > ') : null;
}

/** Some platforms name in an inbound row the line that was called and, beside it, the agent. */
function receiver(record: CallRecord, words: TypeWords): string | null {
	const { toKind, to, toName, agentName, agentExtension, direction } = record;
	const isOfPerson = toKind === 'unknown' || toKind === 'person';
	const isBeside =
		direction === 'inbound' && isOfPerson && toName === null && to !== agentExtension;
	const agent = isBeside ? label('person', agentName, agentExtension, words) : null;
	return agent ?? label(toKind, toName, to, words);
}

function label(
	kind: PartyKind,
	name: string | null,
	number: string | null,
	words: TypeWords,
): string | null {
	const word = words[kind];
	const saysWord = `${name} `.toLowerCase().startsWith(`${word} `.toLowerCase());
	const text = [saysWord ? null : word, name].filter(Boolean).join(' ');
	if (text === '') return number;
	return number === null || number === name ? text : `${text} (${number})`;
}

/**
 * The legs on which the outside party met somebody or something. Left out are phones that rang while another person
 * took the call, and people whom the talking agent only asked something.
 */
function metOnTheWay(legs: Leg[], talks: Talk[]): Leg[] {
	if (legs.length === 1 || talks.length === 0) return legs;
	const people = legs.filter(isToPerson);
	if (people.length === 1) return legs;
	const met = new Set(handedTo(talks).map(({ leg }) => leg));
	for (const leg of unanswered(people, talks)) met.add(leg);
	return legs.filter((leg) => !isToPerson(leg) || met.has(leg));
}

function isToPerson({ record }: Leg): boolean {
	return PICKED_UP_BY[record.toKind] === 'person';
}

/** The people who did not answer, except those whose phones rang while another person's leg was answered. */
function unanswered(people: Leg[], talks: Talk[]): Leg[] {
	const answeredTimes = merge(talks.map(({ leg }) => leg));
	let at = 0;
	return people.filter(({ record, started, ended }) => {
		if (record.outcome === 'answered') return false;
		if (started === null || ended === null) return true;
		while (at < answeredTimes.length && answeredTimes[at].to <= started) at++;
		return at >= answeredTimes.length || answeredTimes[at].from >= ended;
	});
}

/** The times of legs, in time order and without overlaps. */
function merge(legs: Leg[]): Array<{ from: Seconds; to: Seconds }> {
	const merged: Array<{ from: Seconds; to: Seconds }> = [];
	const known = legs
		.flatMap(({ started, ended }) =>
			started === null || ended === null ? [] : [{ from: started, to: ended }],
		)
		.sort((a, b) => a.from - b.from);
	for (const { from, to } of known) {
		const last = merged[merged.length - 1];
		if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
		else merged.push({ from, to });
	}
	return merged;
}

/** The talks that took the outside party on. One that ends within an earlier one is a question to a colleague. */
function handedTo(talks: Talk[]): Talk[] {
	let latest = -Infinity;
	return talks.filter(({ to }) => {
		if (to !== null && to <= latest) return false;
		latest = Math.max(latest, to ?? -Infinity);
		return true;
	});
}

/** How often the outside party went from one person to another. */
export function transfersOf(talks: Talk[], direction: Direction): number {
	if (talks.length === 0) return 0;
	const people = handedTo(talks).map(({ leg }) => personOf(leg.record, direction));
	return people.filter((person, i) => i > 0 && (person === null || person !== people[i - 1]))
		.length;
}

/** The person of the company on a leg: whom a caller reached, or who dialled out. */
function personOf(record: CallRecord, direction: Direction): string | null {
	const isDialled =
		direction === 'outbound' && (record.toKind === 'external' || record.toKind === 'unknown');
	if (isDialled) return record.from ?? record.fromName;
	const agent = record.direction === 'inbound' ? (record.agentExtension ?? record.agentName) : null;
	return agent ?? record.to ?? record.toName;
}
