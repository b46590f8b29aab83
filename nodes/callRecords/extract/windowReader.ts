import type { Seconds, TimeRange } from '../time';
import { createEmitted, type Emitted } from './emitted';
import { createHourlyRate, type HourlyRate } from './hourlyRate';
import { cut, isSpread, plannedFill, shownPart, type Order, type Unread } from './sizing';
import {
	IncompleteRead,
	isWithin,
	toSlice,
	type PageRow,
	type ReadEvent,
	type ReadSlice,
	type Source,
} from './verdict';
import { createVerifier, type Answer, type Verifier } from './verifier';

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
const GROWTH = 3;

/**
 * Reads a window completely and emits it slice by slice, in order.
 *
 * A page number is a position in a list that changes while it is read: a deleted row moves all later ones, and one is
 * skipped. So the window is cut in time until each slice fits into one reply. One reply is one consistent answer:
 *
 *     window   |------------------------------------------------------------|
 *     slices   |--- verified ---|--- verified ---|-- asked --|    unread    |
 *              one reply held    one reply held    overflows:
 *              all of it         all of it         cut again
 *
 * Nothing is lost because slices have no gaps between them, and a slice only counts as read when one reply held all of
 * it (`verdict.ts`). Further pages are only asked for inside a single second (`singleSecond.ts`). How long a slice is
 * (`sizing.ts`, `hourlyRate.ts`) decides how many requests it takes, never what is found. In the end the number of
 * records is compared with the vendor's own count (`reconcile`).
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
	const read: Read<T> = {
		options,
		verifier: createVerifier<T>(source, (event) => options.note?.(event)),
		rates: options.rates ?? createHourlyRate(),
		emitted: createEmitted(),
	};
	const ranges = chunks({ from: window.from, to }, source.maxRange, options.order);
	const report = totalOf(ranges.length, (total) => options.note?.({ kind: 'total', total }));
	for (const range of ranges) {
		yield* readChunk(range, read, report);
		if (isEnough(options)) return;
	}
}

/** What all slices of a read share. */
interface Read<T> {
	options: ReadOptions;
	verifier: Verifier<T>;
	rates: HourlyRate;
	emitted: Emitted;
}

/** The longest range that one request may ask for, and what was found in it. */
interface Chunk {
	range: TimeRange;
	/** The vendor's count when it was first asked for. */
	counted: number | null;
	/** Records that were emitted. */
	found: number;
	/** Ids of rows beyond its ends, which may have been counted with it. */
	beyond: Set<string>;
	verified: Verified[];
}

interface Verified {
	range: TimeRange;
	expected: number;
	found: number;
	margin: Seconds;
}

interface Asked {
	state: 'asked';
	range: TimeRange;
	expected: number;
	/** What it was cut off from. */
	origin: Unread | null;
	/** The rows that an earlier reply has shown in it, where that reply showed all of it. */
	shown: number | null;
}

interface Done<T> {
	state: 'done';
	range: TimeRange;
	rows: Array<PageRow<T>>;
}

/** A piece of the range. Together they cover what is not emitted yet, in reading order and without gaps. */
type Slot<T> = Unread | Asked | Done<T>;

interface Board<T> {
	slots: Array<Slot<T>>;
	running: Map<Asked, Promise<{ slot: Asked; answer: Answer<T> }>>;
	/** How many slices in a row were empty. */
	emptyInRow: number;
}

async function* readChunk<T>(
	range: TimeRange,
	read: Read<T>,
	report: (chunk: Chunk) => void,
): AsyncGenerator<ReadSlice<T>> {
	const { options, verifier, rates } = read;
	const chunk: Chunk = { range, counted: null, found: 0, beyond: new Set(), verified: [] };
	const whole: Asked = { state: 'asked', range, expected: Infinity, origin: null, shown: null };
	const known: Unread = { state: 'unread', range, counted: null, atLeast: 0 };
	const isKnownToOverflow =
		options.rates !== undefined && rates.expected(range) > verifier.capacity();
	const slots: Array<Slot<T>> = [isKnownToOverflow ? known : whole];
	yield* readSlots(slots, chunk, read, (slot, answer) => {
		if (slot !== whole || answer.kind === 'tooMuch' || answer.total === null) return;
		chunk.counted = answer.total;
		report(chunk);
	});
	if (isEnough(options)) return;
	yield* reconcile(chunk, read);
	// By now it is known which of the rows that were counted lie beyond the end.
	report(chunk);
}

/** Reads what the slots cover, until all of it is emitted or no more is wanted. */
async function* readSlots<T>(
	slots: Array<Slot<T>>,
	chunk: Chunk,
	read: Read<T>,
	answered?: (slot: Asked, answer: Answer<T>) => void,
): AsyncGenerator<ReadSlice<T>> {
	const board: Board<T> = { slots, running: new Map(), emptyInRow: 0 };
	while (slots.length > 0) {
		const [head] = slots;
		if (head.state === 'done') {
			slots.shift();
			yield emit(head, chunk, read);
			continue;
		}
		startMore(board, read);
		if (board.running.size === 0) return;
		const { slot, answer } = await Promise.race(board.running.values());
		board.running.delete(slot);
		const pieces = settle(slot, answer, board, chunk, read);
		answered?.(slot, answer);
		if (read.options.order === 'newestFirst') pieces.reverse();
		slots.splice(slots.indexOf(slot), 1, ...pieces);
	}
}

function emit<T>({ range, rows }: Done<T>, chunk: Chunk, read: Read<T>): ReadSlice<T> {
	const fresh = read.emitted.fresh(range, rows);
	const slice = toSlice(range, fresh);
	chunk.found += fresh.length;
	read.options.note?.({ kind: 'slice', range, records: slice.items.length });
	return slice;
}

/** Starts what may be started: in reading order, no more at once than allowed, and no more than is still wanted. */
function startMore<T>(board: Board<T>, read: Read<T>): void {
	const { slots, running } = board;
	const { options, rates, verifier } = read;
	// Slices that are cut at random waste requests, so the first reply is awaited.
	const atOnce = rates.isKnown() ? options.requestsAtOnce : 1;
	let missing = options.wanted?.() ?? Infinity;
	for (let i = 0; i < slots.length && i <= 2 * atOnce; i++) {
		if (running.size >= atOnce || missing <= 0) return;
		if (slots[i].state === 'unread') cutNext(board, i, read);
		const slot = slots[i];
		if (slot.state === 'asked' && !running.has(slot)) {
			const asking = verifier.ask(slot.range, slot.shown ?? 0);
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
	const neighbours: Unread[] = [];
	for (let i = place; i < slots.length; i++) {
		const slot = slots[i];
		if (slot.state !== 'unread') break;
		neighbours.push(slot);
	}
	const capacity = read.verifier.capacity();
	const room = plannedFill(capacity) * capacity * GROWTH ** emptyInRow;
	const { range, expected, origin, used } = cut(neighbours, room, read.rates, read.options.order);
	slots.splice(place, used, { state: 'asked', range, expected, origin, shown: null });
}

/** What takes the place of a slice, oldest first, once it is known what the platform answers. */
function settle<T>(
	slot: Asked,
	answer: Answer<T>,
	board: Board<T>,
	chunk: Chunk,
	read: Read<T>,
): Array<Slot<T>> {
	const { range, expected, origin, shown } = slot;
	if (answer.kind === 'tooMuch') return halves(range, (range.from + range.to) / 2, Infinity);
	const rows = answer.kind === 'complete' ? answer.rows.length : answer.total;
	board.emptyInRow = rows === 0 ? board.emptyInRow + 1 : 0;
	if (origin && rows !== null && Number.isFinite(expected)) {
		if (origin.counted !== null) origin.counted = Math.max(0, origin.counted + expected - rows);
		origin.atLeast = Math.max(0, origin.atLeast + expected - rows);
	}
	if (answer.kind === 'overflow') {
		return answer.isSuspicion ? doubted(range, answer.times) : smaller(slot, answer, read);
	}
	const times = answer.rows.map(({ at }) => at).filter((at) => at !== null);
	if (shown === null) read.rates.learn(range, times);
	for (const row of answer.outside) if (!isWithin(row, chunk.range)) chunk.beyond.add(row.id);
	chunk.verified.push({ range, expected, found: answer.rows.length, margin: answer.margin });
	return [{ state: 'done', range, rows: answer.rows }];
}

/** What a slice is cut into that did not fit into one reply: what the reply shows of it, and the rest. */
function smaller<T>(
	{ range, shown: known }: Asked,
	{ times, total }: Extract<Answer<T>, { kind: 'overflow' }>,
	{ rates, verifier }: Read<T>,
): Array<Slot<T>> {
	const capacity = verifier.capacity();
	// More than one reply holds, whatever was counted.
	const rows = total === null ? null : Math.max(total, capacity + 1);
	if (rows !== null && !rates.isKnown()) rates.add(range, rows);
	// What was shown already and has grown meanwhile has to become smaller.
	const shown = shownPart(range, times, known === null ? 1 : plannedFill(capacity));
	if (!shown) {
		// Rows from all over the range are a sample; from one place they only say how the list is sorted.
		if (rows !== null && isSpread(range, times)) rates.learn(range, times, times.length / rows);
		const atLeast = Math.max(2 * times.length, capacity + 1);
		return [{ state: 'unread', range, counted: rows, atLeast }];
	}
	const seen = times.filter((at) => isWithin({ at }, shown));
	if (known === null) rates.learn(shown, seen);
	const rest = [
		{ from: range.from, to: shown.from - 1 },
		{ from: shown.to + 1, to: range.to },
	].filter(({ from, to }) => from <= to);
	const expected = rest.reduce((sum, part) => sum + rates.expected(part), 0);
	const unread = rest.map((part): Unread => {
		const share = rates.expected(part) / expected;
		const counted = rows === null ? null : share * Math.max(1, rows - seen.length);
		return { state: 'unread', range: part, counted, atLeast: 0 };
	});
	const { length } = seen;
	const asked: Asked = {
		state: 'asked',
		range: shown,
		expected: length,
		origin: null,
		shown: length,
	};
	return [...unread, asked].sort((a, b) => a.range.from - b.range.from);
}

/** A reply whose size makes it doubtful: not cut in the middle, for halves of a round number are often round again. */
function doubted<T>(range: TimeRange, times: Seconds[]): Array<Slot<T>> {
	const sorted = [...times].sort((a, b) => a - b);
	return halves(range, sorted[Math.floor(sorted.length * 0.41)] ?? range.to, times.length / 2);
}

/** Two slices, the second of which begins at `border`. */
function halves<T>(range: TimeRange, border: Seconds, expected: number): Array<Slot<T>> {
	const from = Math.min(range.to, Math.max(range.from + 1, Math.floor(border)));
	const parts = [
		{ from: range.from, to: from - 1 },
		{ from, to: range.to },
	];
	return parts.map((part) => ({
		state: 'asked',
		range: part,
		expected,
		origin: null,
		shown: null,
	}));
}

/**
 * Compares what was found with what the vendor counted at first, and reads again what may have been answered wrongly.
 * More than first counted is normal, for calls arrive. Fewer is normal only if a second count is lower, too: then some
 * were deleted.
 */
async function* reconcile<T>(chunk: Chunk, read: Read<T>): AsyncGenerator<ReadSlice<T>> {
	const { verifier, emitted } = read;
	const again = (slice: Verified) => readSlots<T>([askedAgain(slice)], chunk, read);
	// What was asked for before it was known that the platform rounds times may lack its last rows.
	for (const slice of [...chunk.verified]) {
		if (slice.margin < verifier.margin()) yield* again(slice);
	}
	const found = () => chunk.found + chunk.beyond.size;
	if (chunk.counted === null || found() >= chunk.counted) return;
	const counted = await verifier.count(chunk.range);
	const missing = () => counted === null || found() < counted;
	if (!missing()) return;
	read.options.note?.({ kind: 'readAgain', range: chunk.range });
	// Those first that held fewer than they should.
	const suspects = [...chunk.verified].sort(
		(a, b) => b.expected - b.found - (a.expected - a.found),
	);
	for (const slice of emitted.isWhole() ? suspects : []) {
		yield* again(slice);
		if (!missing()) return;
	}
	throw new IncompleteRead(
		chunk.range,
		`the platform counts ${counted ?? chunk.counted} records but sends ${found()}, also after reading again`,
	);
}

function askedAgain({ range, expected }: Verified): Asked {
	return { state: 'asked', range, expected, origin: null, shown: null };
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
	const verifier = createVerifier(source, () => undefined);
	const answer = await verifier.ask(range, 0);
	if (answer.kind !== 'complete') {
		return { total: answer.kind === 'tooMuch' ? null : answer.total, slice: null };
	}
	return { total: answer.total, slice: toSlice(range, answer.rows) };
}

/** The ranges that one request each may ask for, in reading order. */
function chunks({ from, to }: TimeRange, maxRange: Seconds | undefined, order: Order): TimeRange[] {
	if (to < from) return [];
	const length = maxRange ?? to - from + 1;
	const ranges = Array.from({ length: Math.ceil((to - from + 1) / length) }, (_, i) => ({
		from: from + i * length,
		to: Math.min(to, from + (i + 1) * length - 1),
	}));
	return order === 'oldestFirst' ? ranges : ranges.reverse();
}

function isEnough({ wanted }: ReadOptions): boolean {
	return wanted !== undefined && wanted() <= 0;
}

/** Reports the count of the window once all its chunks are counted, and when it turns out to be another. */
function totalOf(chunks: number, report: (total: number) => void): (chunk: Chunk) => void {
	const totals = new Map<Chunk, number>();
	let reported: number | null = null;
	return (chunk) => {
		if (chunk.counted === null) return;
		totals.set(chunk, chunk.counted - chunk.beyond.size);
		const total = [...totals.values()].reduce((sum, one) => sum + one, 0);
		if (totals.size < chunks || total === reported) return;
		reported = total;
		report(total);
	};
}
