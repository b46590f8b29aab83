import type { IDataObject } from 'n8n-workflow';

import { text, type Direction, type PartyKind } from '../callRecords/callRecord';

/** One side of a leg. */
export interface Party {
	number: string | null;
	/** As the PBX shows it, with the type word in front where there is one: `Queue Sales`. */
	name: string | null;
	kind: PartyKind;
	/** The name without the type word: `Sales`. */
	bareName: string | null;
}

/**
 * The words that the PBX puts before the name of what is no person, in any case and with or without a blank
 * (docs/vendors/yeastar-p-series.md 4.4). A word ends where no letter follows: `Queues` and `Ivrea` are names.
 */
const TYPE_WORDS: ReadonlyArray<readonly [RegExp, PartyKind]> = [
	[/^ivr(?![\p{L}])/iu, 'menu'],
	[/^queue(?![\p{L}])/iu, 'queue'],
	[/^ring ?group(?![\p{L}])/iu, 'ringGroup'],
	[/^voice ?mail(?![\p{L}])/iu, 'voicemail'],
	[/^conference(?![\p{L}])/iu, 'conference'],
	[/^(?:play ?prompt|prompt|satisfaction ?survey|paging|fax)(?![\p{L}])/iu, 'announcement'],
	[/^(?:call ?flow|parking|call ?back|disa)(?![\p{L}])/iu, 'menu'],
];

const NUMBER = /^[+*#\d][\d*#+().\s/-]*$/;

/** An extension has up to 7 digits. */
const EXTENSION = /^\d{1,7}$/;

/** Where queues, menus and groups have their numbers unless somebody moved them: 6200, 6400. */
const FEATURE_NUMBER = /^6\d{3}$/;

/**
 * `Name<number>`, `number<number>`, `<number>` or a bare number. Text without a number, as `Satisfaction Survey`, is a
 * name.
 */
export function splitParty(given: unknown): { number: string | null; name: string | null } {
	const shown = text(given);
	if (shown === null) return { number: null, name: null };
	const open = shown.endsWith('>') ? shown.lastIndexOf('<') : -1;
	const inside = open === -1 ? '' : shown.slice(open + 1, -1).trim();
	if (NUMBER.test(inside)) {
		const name = text(shown.slice(0, open));
		return { number: inside, name: name === inside ? null : name };
	}
	return NUMBER.test(shown) ? { number: shown, name: null } : { number: null, name: shown };
}

/** A number in a field of its own is one only where it looks like one: the survey's row has its name there, too. */
function numberIn(value: unknown): string | null {
	const given = text(value);
	return given !== null && NUMBER.test(given) ? given : null;
}

/**
 * One side of a row. Newer firmware has number and name in fields of their own as well, and they come first; but the
 * type word stands in the unsplit text only, so a name that has one is taken from there.
 */
function partyOf(row: IDataObject, side: 'call_from' | 'call_to'): Party {
	const split = splitParty(row[side]);
	const number = numberIn(row[`${side}_number`]) ?? split.number;
	const own = text(row[`${side}_name`]);
	const typed = typeOf(split.name) ?? typeOf(own);
	const name = typed ? typed.name : (own ?? split.name);
	const shown = name === number ? null : name;
	return {
		number,
		name: shown,
		kind: typed?.kind ?? 'unknown',
		bareName: typed ? (text(typed.rest) ?? typed.name) : shown,
	};
}

function typeOf(name: string | null): { kind: PartyKind; name: string; rest: string } | null {
	for (const [word, kind] of TYPE_WORDS) {
		const match = name === null ? null : word.exec(name);
		if (name !== null && match) return { kind, name, rest: name.slice(match[0].length) };
	}
	return null;
}

/** A number without a name may be a menu's where the PBX keeps those; with a name and no type word it is a person's. */
function mayBeExtension({ number, name, kind }: Party): boolean {
	if (number === null || kind !== 'unknown' || !EXTENSION.test(number)) return false;
	return name !== null || !FEATURE_NUMBER.test(number);
}

/** The two sides of a row with what each of them is, and the person's side, if there is one. */
export interface Sides {
	from: Party;
	to: Party;
	/** Who answered or dialled; null where no side is an extension. */
	agent: Party | null;
}

/**
 * What the sides are. A type word decides first; then the trunk a side is reached by, which makes it external; then the
 * direction. Of an inbound call, an outside number that it was forwarded to stands in for a person.
 */
export function sidesOf(row: IDataObject, direction: Direction): Sides {
	const from = partyOf(row, 'call_from');
	const to = partyOf(row, 'call_to');
	const isLine =
		direction === 'inbound' &&
		to.number !== null &&
		digitsOf(to.number) === digitsOf(text(row.did_number));
	const fromIsExtension = text(row.src_trunk) === null && mayBeExtension(from);
	const toIsExtension = text(row.dst_trunk) === null && mayBeExtension(to) && !isLine;
	const kinds: Record<Direction, [PartyKind, PartyKind]> = {
		inbound: ['external', isLine ? 'unknown' : answererOf(to, toIsExtension, row)],
		outbound: [fromIsExtension ? 'person' : 'unknown', 'external'],
		internal: [fromIsExtension ? 'person' : 'unknown', toIsExtension ? 'person' : 'unknown'],
		unknown: ['unknown', 'unknown'],
	};
	const [fromKind, toKind] = kinds[direction];
	const sides = {
		from: { ...from, kind: from.kind === 'unknown' ? fromKind : from.kind },
		to: { ...to, kind: to.kind === 'unknown' ? toKind : to.kind },
	};
	const agents: Record<Direction, Party | null> = {
		inbound: toIsExtension ? sides.to : null,
		outbound: fromIsExtension ? sides.from : null,
		internal: fromIsExtension ? sides.from : null,
		unknown: null,
	};
	return { ...sides, agent: agents[direction] };
}

/** An extension, or a number outside that the call was forwarded to, by a trunk or by its length. */
function answererOf(to: Party, isExtension: boolean, row: IDataObject): PartyKind {
	if (isExtension) return 'person';
	if (to.number === null || /^[*#]/.test(to.number)) return 'unknown';
	const isOutside = text(row.dst_trunk) !== null || !EXTENSION.test(to.number);
	return isOutside ? 'person' : 'unknown';
}

/** `+1 555 0100` and `15550100` are one line. */
function digitsOf(number: string | null): string | null {
	return number === null ? null : number.replace(/\D/g, '');
}
