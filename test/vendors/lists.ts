import { makeCall, type HappenedCall } from './calls';
import { createRandom } from './random';
import type { Store, Stored } from './store';
import type { Variants } from './variants';

/** What a platform says of its records, so that the variants hold for it without more. */
export interface ListSpec<R> {
	store: Store<R>;
	variants: Variants;
	/** The field with the id of a row. */
	idField: keyof R & string;
	/** What a row gets later, as a recording. */
	later: Partial<R>;
	add(call: HappenedCall): void;
}

/** One page of the records that match. Times are seconds on the clock that is named. */
export interface ListQuestion<R> {
	from: number;
	to: number;
	/** `instant`: the question has times with an offset. */
	clock?: 'wall' | 'instant';
	page: number;
	size: number;
	matches?(row: R): boolean;
	/** Another list than the store of the server. */
	store?: Store<R>;
}

/** What goes into an envelope. JSON leaves out what is undefined. */
export interface Listed<R> {
	rows: R[] | null | '' | undefined;
	total: number | undefined;
	page: number;
	/** The page size that the reply mentions. */
	size: number;
	pages: number | undefined;
	/** No record matches, and this vendor has an error code for that. */
	isError: boolean;
	/** All rows that match, whatever the reply has of them. */
	found: number;
}

const DAY = 86_400;
const GRAIN: Record<Variants['times'], number> = {
	applied: 1,
	ignored: Infinity,
	roundedToMinutes: 60,
	roundedToDays: DAY,
};
const EMPTY = { list: [], null: null, missing: undefined, text: '', errorCode: [] } as const;
/** Numbers of calls that the list itself adds. */
const FIRST_LATE = 2_000_000;

/** The records of a server, as its variants show them. */
export function createLists<R extends object>(spec: ListSpec<R>) {
	const { store, variants } = spec;
	const random = createRandom(3);
	const monthly = createMonthlyIds<R>();
	let replies = 0;
	let late = FIRST_LATE;

	const rangeOf = ({ from, to }: ListQuestion<R>) => {
		const grain = GRAIN[variants.times];
		if (grain === Infinity) return { from: -Infinity, to: Infinity };
		const last = variants.end === 'inclusive' ? to : to - 1;
		if (grain === 1) return { from, to: last };
		return {
			from: Math.floor(from / grain) * grain,
			to: Math.ceil((last + 1) / grain) * grain - 1,
		};
	};

	const matching = (question: ListQuestion<R>) => {
		const { from, to } = rangeOf(question);
		const isInstant = question.clock === 'instant';
		// Walls and instants are never further apart than a day.
		const margin = isInstant ? DAY : 0;
		return (question.store ?? store)
			.between(from - margin, to + margin)
			.filter(({ instant }) => !isInstant || (instant >= from && instant <= to))
			.filter(({ row }) => question.matches?.(row) ?? true);
	};

	const counted = (found: number, size: number) => {
		if (variants.counts === 'never') return undefined;
		if (variants.counts === 'capped') return Math.min(found, 3 * size);
		return variants.counts === 'wrongOnce' && replies === 2 ? found + 3 : found;
	};

	/** The row as it is sent: its id is in another form, or missing. */
	const sent = (stored: Stored<R>): R => {
		if (variants.ids === 'number') return stored.row;
		const id = {
			text: () => String(stored.row[spec.idField]),
			restartingMonthly: () => monthly(store, stored),
			missing: () => undefined,
		}[variants.ids]();
		return { ...stored.row, [spec.idField]: id };
	};

	/** What happens between two requests. */
	const churn = () => {
		const all = store.all();
		if (variants.rows === 'steady' || all.length === 0) return;
		const { number } = random.pick(all);
		if (variants.rows === 'deleted') store.remove(number);
		if (variants.rows === 'changed') store.change(number, spec.later);
		if (variants.rows === 'late') {
			const start = random.whole(all[0].instant, all[all.length - 1].instant);
			spec.add(makeCall(late++, start, random, '86'));
		}
	};

	return {
		/** The rows as they would be sent, oldest first: what the oracle reads. */
		held: () => store.all().map((stored) => ({ start: stored.instant, row: sent(stored) })),
		page(question: ListQuestion<R>): Listed<R> {
			replies++;
			const { page, size } = question;
			const given = variants.pageSize === 'asAsked' ? size : Math.max(1, Math.floor(size / 2));
			const found = sorted(matching(question), variants);
			const rows = found.slice((page - 1) * given, page * given).map(sent);
			const total = counted(found.length, size);
			churn();
			return {
				rows: rows.length > 0 ? rows : (EMPTY[variants.empty] as R[] | null | '' | undefined),
				total,
				page,
				size: variants.pageSize === 'clampedSilently' ? size : given,
				pages: total === undefined ? undefined : Math.ceil(total / given),
				isError: found.length === 0 && variants.empty === 'errorCode',
				found: found.length,
			};
		},
	};
}

function sorted<R>(rows: Array<Stored<R>>, { sortedBy, direction }: Variants): Array<Stored<R>> {
	const keys: Record<Variants['sortedBy'], (stored: Stored<R>) => number> = {
		start: ({ at }) => at,
		end: ({ ended }) => ended,
		id: ({ number }) => number,
		nothing: ({ number }) => Math.imul(Math.round(number * 10) + 7, 0x9e3779b1) >>> 0,
	};
	const key = keys[sortedBy];
	// They come in the order of their starts.
	const up = sortedBy === 'start' ? rows : [...rows].sort((a, b) => key(a) - key(b));
	return direction === 'up' ? up : [...up].reverse();
}

/** Ids that count from 1 in each month, in the order in which rows were first seen. */
function createMonthlyIds<R>() {
	const ids = new WeakMap<Stored<R>, string>();
	const last = new Map<string, number>();
	return (store: Store<R>, wanted: Stored<R>): string => {
		for (const stored of ids.has(wanted) ? [] : store.all()) {
			if (ids.has(stored)) continue;
			const month = new Date(stored.at * 1000).toISOString().slice(0, 7);
			const next = (last.get(month) ?? 0) + 1;
			last.set(month, next);
			ids.set(stored, String(next));
		}
		return ids.get(wanted)!;
	};
}
