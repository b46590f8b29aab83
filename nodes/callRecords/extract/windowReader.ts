import type { Seconds, TimeRange } from '../time';
import { createEmitted, type Emitted } from './emitted';
import { createHourlyRate, type HourlyRate } from './hourlyRate';
import { createTally, reconcile, reportTotal, type Tally } from './reconcile';
import { createSamples } from './samples';
import { asked, settle, unread, type Asked, type Done, type Learnt, type Slot } from './settle';
import { cutToFit, plannedFill, type Order } from './sizing';
import { toSlice, type ReadEvent, type ReadSlice, type Source } from './verdict';
import { createVerifier, type Answer } from './verifier';

export type { Order } from './sizing';

export interface ReadOptions {
	order: Order;
	requestsAtOnce: number;
	/** What is known of how calls lie in time; only sizes the requests. Without it the whole window is asked for first. */
	rates?: HourlyRate;
	/** How many more records the caller wants. Asked before each request. */
	wanted?(): number;
	/** Reports what a user may want to know about the read. */
	note?(event: ReadEvent): void;
}

const DAY = 86_400;
/** Slices grow by this factor after each one that was empty. */
const GROWTH = 4;
/**
 * Reads a window completely and emits it slice by slice, in order.
 *
 * A page number is a position in a list that changes while it is read: a deleted row moves all later ones, and one is
 * skipped. So the window is cut in time until each slice fits into one reply. One reply is one consistent answer:
 *
 *     window   |------------------------------------------------------------|
 *     slices   |---- done ----|---- done ----|---- asked ----|    unread    |
 *               one reply held all of it      does it fit?
 *                                             no: |- asked -|     unread    |
 *
 * Nothing is lost because
 * - slices cover the window without gaps: each is replaced by parts that make it up again (`settle`);
 * - a slice only is done when one reply held all of it (`verifier.ts`, `verdict.ts`); further pages are only asked for
 *   inside a single second, or the hour in which clocks change (`singleSecond.ts`);
 * - in the end the records are compared with the vendor's own count (`reconcile.ts`).
 *
 * How long a slice is (`sizing.ts`, `hourlyRate.ts`) decides how many requests it takes, never what is found.
 * @param window on the platform's clock
 * @throws IncompleteRead when the platform's replies contradict each other, also after reading again
 */
export async function* readWindow<T>(
	window: TimeRange,
	source: Source<T>,
	options: ReadOptions,
): AsyncGenerator<ReadSlice<T>> {
	// No call begins later than tomorrow, whatever the zone and the clock of the platform.
	const to = Math.min(window.to, Math.floor(Date.now() / 1000) + DAY);
	const note = (event: ReadEvent) => options.note?.(event);
	const read: Read<T> = {
		...options,
		note,
		verifier: createVerifier<T>(source, note),
		rates: options.rates ?? createHourlyRate(),
		samples: createSamples(),
		emitted: createEmitted(),
	};
	const ranges = askable({ from: window.from, to }, source.maxRange, options.order);
	const report = reportTotal(ranges.length, (total) => note({ kind: 'total', total }));
	for (const range of ranges) {
		const tally = createTally(range);
		const isTooMuch = options.rates && options.rates.expected(range) > read.verifier.capacity();
		yield* readSlots<T>([isTooMuch ? unread(range) : asked(range)], tally, read, report);
		if (isEnough(read)) return;
		const again = (slice: TimeRange) => readSlots<T>([asked(slice)], tally, read, report);
		yield* reconcile(tally, read.verifier, read.emitted, ({ range: slice }) => again(slice), note);
		// By now it is known which of the rows that were counted lie beyond the end.
		report(tally);
	}
}

/** What all slices of a read share. */
interface Read<T> extends Learnt<T>, Omit<ReadOptions, 'rates' | 'order'> {
	emitted: Emitted;
	note(event: ReadEvent): void;
}

interface Board<T> {
	slots: Array<Slot<T>>;
	running: Map<Asked, Promise<{ slot: Asked; answer: Answer<T> }>>;
	/** How many slices in a row were empty. */
	emptyInRow: number;
}

/** Reads what the slots cover, until all of it is emitted or no more is wanted. */
async function* readSlots<T>(
	slots: Array<Slot<T>>,
	tally: Tally,
	read: Read<T>,
	report: (tally: Tally) => void,
): AsyncGenerator<ReadSlice<T>> {
	const board: Board<T> = { slots, running: new Map(), emptyInRow: 0 };
	while (slots.length > 0) {
		const [head] = slots;
		if (head.state === 'done') {
			slots.shift();
			yield emit(head, tally, read);
			continue;
		}
		startMore(board, read);
		if (board.running.size === 0) return;
		const { slot, answer } = await Promise.race(board.running.values());
		board.running.delete(slot);
		if (tally.counted === null && slot.range === tally.range && answer.kind !== 'tooMuch') {
			tally.counted = answer.total;
			report(tally);
		}
		if (answer.kind === 'complete') {
			board.emptyInRow = answer.rows.length === 0 ? board.emptyInRow + 1 : 0;
		}
		slots.splice(slots.indexOf(slot), 1, ...settle(slot, answer, tally, read));
	}
}

function emit<T>({ range, rows }: Done<T>, tally: Tally, read: Read<T>): ReadSlice<T> {
	const fresh = read.emitted.fresh(range, rows);
	const slice = toSlice(range, fresh);
	tally.found += fresh.length;
	read.note({ kind: 'slice', range, records: slice.items.length });
	return slice;
}

/** Starts what may be started: in reading order, no more at once than allowed, and no more than is still wanted. */
function startMore<T>(board: Board<T>, read: Read<T>): void {
	const { slots, running } = board;
	// Slices that are cut at random waste requests, so the first reply is awaited.
	const atOnce = read.rates.isKnown() ? read.requestsAtOnce : 1;
	let missing = read.wanted?.() ?? Infinity;
	for (let i = 0; i < slots.length && i <= 2 * atOnce; i++) {
		if (running.size >= atOnce || missing <= 0) return;
		if (slots[i].state === 'unread') cutNext(board, i, read);
		const slot = slots[i];
		if (slot.state === 'asked' && !running.has(slot)) {
			const asking = read.verifier.ask(slot.range, slot.shown ?? 0, slot.expected);
			const answer = asking.then((found) => ({ slot, answer: found }));
			// Whoever waits for it gets the rejection; one that nobody waits for any more would end the process.
			answer.catch(() => undefined);
			running.set(slot, answer);
		}
		if (missing === Infinity) continue;
		if (slot.state === 'asked') missing -= slot.expected;
		if (slot.state === 'done') missing -= slot.rows.length;
	}
}

/** Makes a slice that should fill one reply well out of the unread slots at this place. */
function cutNext<T>({ slots, emptyInRow }: Board<T>, place: number, read: Read<T>): void {
	let end = place;
	while (slots[end + 1]?.state === 'unread') end++;
	const ranges = [slots[place].range, slots[end].range];
	const from = Math.min(...ranges.map((range) => range.from));
	const to = Math.max(...ranges.map((range) => range.to));
	const capacity = read.verifier.capacity();
	const room = plannedFill(capacity) * capacity * GROWTH ** emptyInRow;
	const { near, far } = cutToFit({ from, to }, room, read.rates, read.order);
	const slice = asked(near, read.rates.expected(near));
	slots.splice(place, end - place + 1, slice, ...(far ? [unread(far)] : []));
}

function isEnough({ wanted }: ReadOptions): boolean {
	return wanted !== undefined && wanted() <= 0;
}

/** The ranges that one request each may ask for, in reading order. */
function askable(window: TimeRange, maxRange: Seconds | undefined, order: Order): TimeRange[] {
	const { from, to } = window;
	if (to < from) return [];
	const length = maxRange ?? to - from + 1;
	const ranges = Array.from({ length: Math.ceil((to - from + 1) / length) }, (_, i) => ({
		from: from + i * length,
		to: Math.min(to, from + (i + 1) * length - 1),
	}));
	return order === 'oldestFirst' ? ranges : ranges.reverse();
}

/**
 * One request for a whole range.
 * @returns its records, where one reply holds all of them, and the vendor's count. That may or may not include calls of
 * the second after the range, so it only compares with an earlier count of the same range.
 */
export async function countProbe<T>(
	range: TimeRange,
	source: Source<T>,
): Promise<{ total: number | null; slice: ReadSlice<T> | null }> {
	const answer = await createVerifier(source, () => undefined).ask(range, 0);
	if (answer.kind === 'tooMuch') return { total: null, slice: null };
	const slice = answer.kind === 'complete' ? toSlice(range, answer.rows) : null;
	return { total: answer.total, slice };
}
