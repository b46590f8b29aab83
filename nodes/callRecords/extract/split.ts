import type { Seconds, TimeRange } from '../time';
import { createWeekProfile, type Knowledge, type Stretch, type WeekProfile } from './hourlyRate';

/**
 * What is still to be read, in reading order and without gaps, and how many rows it holds in all. The stretches only
 * share out that number: they come from what earlier replies showed and are corrected by what was then found.
 */
export interface Unread {
	stretches: Stretch[];
	/** The vendor's count for all of it, less what has been read or is being read. */
	rows: number;
	/** Nobody has counted: `rows` means nothing, and what is believed comes from what was seen elsewhere. */
	isGuess?: boolean;
	/** The part at its beginning that was last found not to fit into one reply. */
	overflowed?: TimeRange;
	/** How many rows its parts held for each one expected, the latest parts first of all. 1 where nothing is known. */
	trend: number;
}

export interface Part {
	range: TimeRange;
	expected: number;
	/** How much of `expected` is only believed. */
	believed: number;
	/** All of its rows were seen, so that only new ones could make it larger than planned. */
	isSeen?: boolean;
	/** As of the stretches it is made of, at most. */
	crowded?: number;
}

export type Order = 'newestFirst' | 'oldestFirst';

const WEEK = 7 * 86_400;

/** How full a reply may be planned where the rows have been seen, and are only to be proved. */
const FILL_SEEN = 0.97;

/** Distances of rows from their places in a sorted list, squared; 1 is the same list upside down. */
const MOST_APART = 0.1;
/** Of a list that is sorted less than exactly, so many rows lie far from where it ends. */
const STRAGGLERS = 0.05;

/** By how much a part shrinks each time that more rows came than were planned for. The first time may be chance. */
function crowding({ crowded = 0 }: Stretch): number {
	return 1.5 ** Math.max(0, crowded - 1);
}

/**
 * How full a reply is planned where the rows are not seen yet. Calls come at random, so a part sized for n rows holds
 * n ± 3√n; the rest of the room is for days that are busier than the week before.
 */
export function plannedFill(capacity: number): number {
	return Math.min(0.85, Math.max(0.5, 1 - 2.5 / Math.sqrt(capacity)));
}

export function createSplitter(order: Order) {
	const profile: WeekProfile = createWeekProfile();

	return {
		/** All calls of a range, or a sample. */
		learn: (range: TimeRange, times: Seconds[], share?: number) =>
			profile.learn(range, times, share),

		/** A part of `unread` held so many rows: the rest is believed to hold that many fewer, and to go on like it. */
		correct(unread: Unread, part: Part, found: number): void {
			unread.rows = Math.max(0, unread.rows + part.expected - found);
			// Nothing believed says nothing of how right it was.
			if (part.believed <= 0.2 * part.expected) return;
			const foundOfBelieved = found - (part.expected - part.believed);
			const ratio = Math.min(4, Math.max(0.3, foundOfBelieved / part.believed));
			unread.trend = 0.4 * unread.trend + 0.6 * ratio;
		},

		/** The next part in reading order that should fill a reply of `capacity` rows well; it is taken out of `unread`. */
		take(unread: Unread, capacity: number): Part {
			const fill = plannedFill(capacity);
			const shares = rowsOf(unread, 'believed');
			const known = rowsOf(unread, 'seen') + rowsOf(unread, 'counted');
			const scale = shares > 0 ? Math.max(0, unread.rows - known) / shares : 0;
			const taken: Stretch[] = [];
			let expected = 0;
			let believed = 0;
			let room = 1;
			const take = (stretch: Stretch, rows: number, isBelieved: boolean) => {
				taken.push(stretch);
				expected += rows;
				if (isBelieved) believed += rows;
			};
			while (unread.stretches.length > 0) {
				const [next] = unread.stretches;
				const isBelieved = next.known === 'believed';
				const guess = unread.isGuess ? profile.weight(next) : next.rows * scale;
				const rows = isBelieved ? guess : next.rows;
				const whole =
					crowding(next) *
					(isBelieved ? (rows * unread.trend) / (fill * capacity) : rows / (FILL_SEEN * capacity));
				if (whole <= room) {
					unread.stretches.shift();
					take(next, rows, isBelieved);
					room -= whole;
					continue;
				}
				// A piece of what was only counted may hold more than its share.
				const needs =
					next.known === 'counted' ? (crowding(next) * rows) / (fill * capacity) : whole;
				const cut = cutOff(next, room / needs, order, profile);
				if (cut && (cut.share * needs > 0.05 || taken.length === 0)) {
					unread.stretches[0] = { ...next, ...cut.rest, rows: next.rows * (1 - cut.share) };
					take({ ...next, ...cut.part }, rows * cut.share, isBelieved);
				} else if (taken.length === 0) {
					unread.stretches.shift();
					take(next, rows, isBelieved);
				}
				break;
			}
			unread.rows = Math.max(0, unread.rows - expected);
			return {
				range: {
					from: Math.min(...taken.map((range) => range.from)),
					to: Math.max(...taken.map((range) => range.to)),
				},
				expected,
				believed,
				isSeen: taken.every(({ known }) => known === 'seen'),
				crowded: Math.max(...taken.map((stretch) => stretch.crowded ?? 0)),
			};
		},
	};
}

function rowsOf({ stretches }: Unread, known: Knowledge): number {
	return stretches.reduce((sum, next) => (next.known === known ? sum + next.rows : sum), 0);
}

/** The near end of a stretch with about `share` of its rows; null when it is a single second. */
function cutOff(
	stretch: Stretch,
	share: number,
	order: Order,
	profile: WeekProfile,
): { part: TimeRange; rest: TimeRange; share: number } | null {
	if (stretch.from === stretch.to) return null;
	const oldestFirst = order === 'oldestFirst';
	const border = Math.min(
		stretch.to - 1,
		Math.max(stretch.from, profile.at(stretch, oldestFirst ? share : 1 - share)),
	);
	const older = { from: stretch.from, to: border };
	const newer = { from: border + 1, to: stretch.to };
	const [part, rest] = oldestFirst ? [older, newer] : [newer, older];
	return { part, rest, share: profile.weight(part) / profile.weight(stretch) };
}

/**
 * How the rows of a range that did not fit into one reply lie in it, as far as the reply shows. If it is sorted by time
 * it shows one end of the range exactly, otherwise it is taken for a sample. This only sizes the next parts: whatever
 * the server's order is, each part is proved by a reply of its own.
 */
export function stretchesOf(
	range: TimeRange,
	total: number,
	times: Seconds[],
	order: Order,
	rest: 'counted' | 'believed',
): Stretch[] {
	const inside = times.filter((time) => time >= range.from && time <= range.to);
	const ascending = [...inside].sort((a, b) => a - b);
	const first = ascending[0];
	const last = ascending[ascending.length - 1];
	const sorted = inside.length < 2 || first === last ? 'alike' : directionOf(inside);
	const shown: Record<typeof sorted, () => Stretch[]> = {
		alike: () => weeksOf(range, total, rest),
		unsorted: () => quantiles(range, ascending, total, 'believed'),
		descending: () => {
			const seen = ascending.slice(stragglers(inside, (earlier, later) => later <= earlier));
			const [from] = seen;
			return [
				...weeksOf({ from: range.from, to: from - 1 }, unseen(seen), rest),
				...quantiles({ from, to: range.to }, seen, seen.length, 'seen'),
			];
		},
		ascending: () => {
			const left = stragglers(inside, (earlier, later) => later >= earlier);
			const seen = ascending.slice(0, ascending.length - left);
			const to = seen[seen.length - 1];
			return [
				...quantiles({ from: range.from, to }, seen, seen.length, 'seen'),
				...weeksOf({ from: to + 1, to: range.to }, unseen(seen), rest),
			];
		},
	};
	const unseen = (seen: Seconds[]) => Math.max(1, total - seen.length);
	const stretches = shown[sorted]();
	return order === 'oldestFirst' ? stretches : stretches.reverse();
}

/** By how well places and ranks go together: lists sorted by when calls ended, or were written down, are sorted, too. */
function directionOf(times: Seconds[]): 'ascending' | 'descending' | 'unsorted' {
	const last = times.length - 1;
	const places = times.map((_, i) => i).sort((a, b) => times[a] - times[b]);
	const apart = (direction: 1 | -1) =>
		places.reduce(
			(sum, place, rank) => sum + (place - (direction === 1 ? rank : last - rank)) ** 2,
			0,
		);
	const most = (last * (last + 1) * (last + 2)) / 6;
	if (apart(1) < MOST_APART * most) return 'ascending';
	return apart(-1) < MOST_APART * most ? 'descending' : 'unsorted';
}

/** How many rows at the open end are left out: of a list that is not sorted exactly, some lie far from the others. */
function stragglers(
	times: Seconds[],
	isSorted: (earlier: Seconds, later: Seconds) => boolean,
): number {
	const isExact = times.every((time, i) => i === 0 || isSorted(times[i - 1], time));
	return isExact ? 0 : Math.ceil(STRAGGLERS * times.length);
}

/** The range cut at every so many rows of a sample, oldest first; the stretches share `total` out as the sample does. */
function quantiles(
	range: TimeRange,
	ascending: Seconds[],
	total: number,
	known: Knowledge,
): Stretch[] {
	const stretches: Stretch[] = [];
	// Seen rows are cut finely; a sample only so finely that chance does not show.
	const step = known === 'seen' ? Math.max(1, Math.ceil(ascending.length / 24)) : 100;
	const rows = (count: number) => (count / ascending.length) * total;
	let from = range.from;
	let counted = 0;
	for (let i = step; i < ascending.length; i += step) {
		const border = ascending[i];
		if (border <= from) continue;
		stretches.push({ from, to: border - 1, rows: rows(i - counted), known });
		from = border;
		counted = i;
	}
	stretches.push({ from, to: range.to, rows: rows(ascending.length - counted), known });
	return stretches;
}

/** A long range week by week, so that finding a border in it costs the same however long it is. */
function weeksOf(range: TimeRange, total: number, known: Knowledge): Stretch[] {
	const seconds = range.to - range.from + 1;
	const stretches: Stretch[] = [];
	for (let from = range.from; from <= range.to; from += WEEK) {
		const to = Math.min(range.to, from + WEEK - 1);
		stretches.push({
			from,
			to,
			rows: (total * (to - from + 1)) / seconds,
			known: seconds > WEEK ? 'believed' : known,
		});
	}
	return stretches;
}
