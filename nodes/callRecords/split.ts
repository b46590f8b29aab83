import { createWeekProfile, type Stretch, type WeekProfile } from './density';
import type { Seconds, Span } from './time';

/**
 * What is still to be read, in reading order and without gaps, and how many rows it holds in all. The stretches only
 * share out that number: they come from what earlier replies showed and are corrected by what was then found.
 */
export interface Unread {
	stretches: Stretch[];
	/** The vendor's count for all of it, less what has been read or is being read. */
	rows: number;
	/** How many rows its parts held for each one expected, the latest parts first of all. 1 where nothing is known. */
	trend: number;
}

export interface Part {
	span: Span;
	expected: number;
}

export type Order = 'newestFirst' | 'oldestFirst';

const WEEK = 7 * 86_400;

/** How full a reply may be planned where the rows have been seen, and are only to be proved. */
const FILL_SEEN = 0.97;

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
		/** All calls of a span. */
		learn: (span: Span, times: Seconds[]) => profile.learn(span, times),

		/** A part of `unread` held so many rows: the rest is believed to hold that many fewer, and to go on like it. */
		correct(unread: Unread, part: Part, found: number): void {
			unread.rows = Math.max(0, unread.rows + part.expected - found);
			if (part.expected < 1) return;
			const ratio = Math.min(4, Math.max(0.3, found / part.expected));
			unread.trend = 0.4 * unread.trend + 0.6 * ratio;
		},

		/** The next part in reading order that should fill a reply of `capacity` rows well; it is taken out of `unread`. */
		take(unread: Unread, capacity: number): Part {
			const fill = plannedFill(capacity);
			const known = sumOf(unread.stretches, true);
			const believed = sumOf(unread.stretches, false);
			const scale = believed > 0 ? Math.max(0, unread.rows - known) / believed : 0;
			const taken: Span[] = [];
			let expected = 0;
			let room = 1;
			while (unread.stretches.length > 0) {
				const [next] = unread.stretches;
				const rows = next.exact ? next.rows : next.rows * scale;
				const needs = next.exact
					? rows / (FILL_SEEN * capacity)
					: (rows * unread.trend) / (fill * capacity);
				if (needs <= room) {
					unread.stretches.shift();
					taken.push(next);
					expected += rows;
					room -= needs;
					continue;
				}
				const cut = cutOff(next, room / needs, order, profile);
				if (cut && (cut.share * needs > 0.05 || taken.length === 0)) {
					unread.stretches[0] = { ...next, ...cut.rest, rows: next.rows * (1 - cut.share) };
					taken.push(cut.part);
					expected += rows * cut.share;
				} else if (taken.length === 0) {
					unread.stretches.shift();
					taken.push(next);
					expected += rows;
				}
				break;
			}
			unread.rows = Math.max(0, unread.rows - expected);
			return {
				span: {
					from: Math.min(...taken.map((span) => span.from)),
					to: Math.max(...taken.map((span) => span.to)),
				},
				expected,
			};
		},
	};
}

function sumOf(stretches: Stretch[], exact: boolean): number {
	return stretches.reduce((sum, next) => (next.exact === exact ? sum + next.rows : sum), 0);
}

/** The near end of a stretch with about `share` of its rows; null when it is a single second. */
function cutOff(
	stretch: Stretch,
	share: number,
	order: Order,
	profile: WeekProfile,
): { part: Span; rest: Span; share: number } | null {
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
 * How the rows of a span that did not fit into one reply lie in it, as far as the reply shows. If it is sorted by time
 * it shows one end of the span exactly, otherwise it is taken for a sample. This only sizes the next parts: whatever
 * the server's order is, each part is proved by a reply of its own.
 */
export function stretchesOf(span: Span, total: number, times: Seconds[], order: Order): Stretch[] {
	const inside = times.filter((time) => time >= span.from && time <= span.to);
	const sorted = direction(inside);
	const ascending = [...inside].sort((a, b) => a - b);
	let shown: Stretch[];
	if (inside.length < 2 || ascending[0] === ascending[ascending.length - 1]) {
		shown = weeksOf(span, total);
	} else if (sorted === 'unsorted') {
		shown = quantiles(span, ascending, total, false);
	} else if (sorted === 'descending') {
		const end = { from: Math.max(span.from, ascending[0]), to: span.to };
		shown = quantiles(end, ascending, inside.length, true);
		if (end.from > span.from) {
			const rest = weeksOf(
				{ from: span.from, to: end.from - 1 },
				Math.max(1, total - inside.length),
			);
			shown = [...rest, ...shown];
		}
	} else {
		const end = { from: span.from, to: Math.min(span.to, ascending[ascending.length - 1]) };
		shown = quantiles(end, ascending, inside.length, true);
		if (end.to < span.to) {
			shown.push(...weeksOf({ from: end.to + 1, to: span.to }, Math.max(1, total - inside.length)));
		}
	}
	return order === 'oldestFirst' ? shown : shown.reverse();
}

function direction(times: Seconds[]): 'ascending' | 'descending' | 'unsorted' {
	const goesDown = times.every((time, i) => i === 0 || time <= times[i - 1]);
	if (goesDown) return 'descending';
	return times.every((time, i) => i === 0 || time >= times[i - 1]) ? 'ascending' : 'unsorted';
}

/** The span cut at every so many rows of the sample, oldest first; the stretches share `total` out as the sample does. */
function quantiles(span: Span, ascending: Seconds[], total: number, exact: boolean): Stretch[] {
	const stretches: Stretch[] = [];
	// Seen rows are cut finely; a sample only so finely that chance does not show.
	const step = exact ? Math.max(1, Math.ceil(ascending.length / 24)) : 100;
	let from = span.from;
	let counted = 0;
	for (let i = step; i < ascending.length; i += step) {
		const border = ascending[i];
		if (border <= from) continue;
		stretches.push({
			from,
			to: border - 1,
			rows: ((i - counted) / ascending.length) * total,
			exact,
		});
		from = border;
		counted = i;
	}
	stretches.push({
		from,
		to: span.to,
		rows: ((ascending.length - counted) / ascending.length) * total,
		exact,
	});
	return stretches;
}

/** A long span week by week, so that finding a border in it costs the same however long it is. */
function weeksOf(span: Span, total: number): Stretch[] {
	const seconds = span.to - span.from + 1;
	const stretches: Stretch[] = [];
	for (let from = span.from; from <= span.to; from += WEEK) {
		const to = Math.min(span.to, from + WEEK - 1);
		stretches.push({ from, to, rows: (total * (to - from + 1)) / seconds, exact: false });
	}
	return stretches;
}
