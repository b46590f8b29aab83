import type { Seconds, TimeRange } from '../time';
import type { Stretch } from './hourlyRate';
import {
	distinct,
	IncompleteRead,
	judge,
	READ_AGAIN,
	type Page,
	type ReadEvent,
	type ReadPart,
	type Source,
} from './verdict';
import { readSecond } from './singleSecond';
import { createSplitter, stretchesOf, type Order, type Part, type Unread } from './split';

export interface ReadOptions {
	order: Order;
	requestsAtOnce: number;
	/** What is known of the window beforehand, in reading order and without gaps; only sizes the requests. */
	known?: Stretch[];
	/** How many more records the caller wants. Asked before each request. */
	wanted?(): number;
	/** Told of what a user may want to know about the read. */
	note?(event: ReadEvent): void;
}

const FILLED = 3;

type Slot<T> =
	| { state: 'unread'; unread: Unread }
	| { state: 'reading'; origin: Unread | null; part: Part; tries: number; shown?: number }
	| { state: 'done'; part: ReadPart<T> };

/**
 * Reads a window completely and hands it on part by part, in order.
 *
 * A page number is a position in a list that changes while it is read, so the window is split in time until each part
 * fits into one reply: one reply is one consistent answer. Only inside a single second are further pages asked for.
 * @throws IncompleteRead when the platform's own counts contradict what it sends, also after reading again
 */
export async function* readWindow<T>(
	window: TimeRange,
	source: Source<T>,
	options: ReadOptions,
): AsyncGenerator<ReadPart<T>> {
	const { order } = options;
	const splitter = createSplitter(order);
	let capacity = source.pageSize;
	let clampLearned = false;
	let slots: Array<Slot<T>> = inOrder(cutByRange(window, source.maxRange), order).map((range) => ({
		state: 'reading',
		origin: null,
		// Not known yet: with a limit, nothing else is asked until it is.
		part: { range, expected: Infinity, believed: 0 },
		tries: 0,
	}));
	if (options.known && options.known.length > 0) {
		const rows = options.known.reduce((sum, stretch) => sum + stretch.rows, 0);
		slots = [{ state: 'unread', unread: { stretches: [...options.known], rows, trend: 1 } }];
	}
	const running = new Map<Slot<T>, Promise<{ slot: Slot<T>; page: Page<T> | 'tooMuch' }>>();

	const start = (slot: Slot<T> & { state: 'reading' }) => {
		const { range } = slot.part;
		const answer = source.page(range, 1, source.pageSize).then((page) => ({ slot, page }));
		// Whoever waits for it gets the rejection; without this one that nobody waits for any more would end the process.
		answer.catch(() => undefined);
		running.set(slot, answer);
	};

	/** Starts what may be started: in reading order, no more at once than allowed, and no more than is still wanted. */
	const startMore = () => {
		let missing = options.wanted?.() ?? Infinity;
		for (let i = 0; i < slots.length && running.size < options.requestsAtOnce && missing > 0; i++) {
			const slot = slots[i];
			if (i > 2 * options.requestsAtOnce) break;
			if (slot.state === 'done') missing -= slot.part.items.length;
			if (slot.state === 'reading') {
				if (!running.has(slot)) start(slot);
				if (Number.isFinite(missing)) missing -= slot.part.expected;
			}
			if (slot.state === 'unread') {
				const part = splitter.take(slot.unread, Math.min(capacity, 3 * missing + 20));
				const reading: Slot<T> & { state: 'reading' } = {
					state: 'reading',
					origin: slot.unread,
					part,
					tries: 0,
				};
				slots.splice(i, slot.unread.stretches.length === 0 ? 1 : 0, reading);
				start(reading);
				missing -= part.expected;
			}
		}
	};

	const replace = (slot: Slot<T>, by: Array<Slot<T>>) => {
		slots.splice(slots.indexOf(slot), 1, ...by);
	};

	const splitUp = (
		slot: Slot<T> & { state: 'reading' },
		total: number,
		times: Seconds[],
		isGuess: boolean,
	) => {
		// More than one reply holds, whatever was counted: so the next part is smaller than this one.
		const rows = Math.max(total, capacity + 1);
		const next = slots[slots.indexOf(slot) + 1];
		const { origin, part } = slot;
		const stretches = stretchesOf(
			part.range,
			rows,
			times,
			order,
			origin && !isGuess ? 'counted' : 'believed',
		);
		const seen = stretches.filter(({ known }) => known === 'seen');
		// Where nothing was learnt of it, or what was seen has grown, or what was learnt has not helped, the next part has to
		// be smaller all the same.
		const isNoHelp = part.isSeen || seen.length === 0 || isHardlySmaller(part, origin);
		const crowded = (part.crowded ?? 0) + (isNoHelp ? 1 : 0);
		for (const stretch of stretches) stretch.crowded = crowded;
		if (seen.length > 0) {
			// They will be seen once more, in the reply that proves them, which changes no rate.
			const ends = seen.flatMap(({ from, to }) => [from, to]);
			splitter.learn({ from: Math.min(...ends), to: Math.max(...ends) }, times);
		} else {
			splitter.learn(part.range, times, times.length / rows);
		}
		if (origin && next?.state === 'unread') {
			next.unread.stretches.unshift(...stretches);
			next.unread.rows += rows;
			next.unread.overflowed = part.range;
			return replace(slot, []);
		}
		const unread = { stretches, rows, isGuess, overflowed: part.range, trend: 1 };
		replace(slot, [{ state: 'unread', unread }]);
	};

	const halve = (slot: Slot<T> & { state: 'reading' }, times: Seconds[]) => {
		const { from, to } = slot.part.range;
		const sorted = [...times].sort((a, b) => a - b);
		// With a limit, the second half waits for the first where nothing is known of it.
		const expected = sorted.length > 0 ? Math.ceil(sorted.length / 2) : Infinity;
		// Not in the middle: halves of a round number are often round again, and as suspicious.
		const inside = sorted[Math.floor(sorted.length * 0.41)] ?? Math.floor((from + to) / 2);
		const border = Math.max(from, Math.min(to - 1, inside - 1));
		const halves = inOrder(
			[
				{ from, to: border },
				{ from: border + 1, to },
			],
			order,
		);
		replace(
			slot,
			halves.map((range) => ({
				state: 'reading',
				origin: null,
				part: { range, expected, believed: 0 },
				tries: 0,
			})),
		);
	};

	const finish = (slot: Slot<T> & { state: 'reading' }, items: T[], ids: string[]) => {
		const { range } = slot.part;
		options.note?.({ kind: 'part', range, records: items.length });
		replace(slot, [{ state: 'done', part: { range, ...distinct(items, ids) } }]);
	};

	const readAgain = (slot: Slot<T> & { state: 'reading' }, page: Page<T>) => {
		const { range } = slot.part;
		if (slot.tries >= READ_AGAIN) {
			const rows = new Set(page.ids).size;
			throw new IncompleteRead(
				range,
				`the platform counts ${page.total} records but sends ${rows}, also after reading again`,
			);
		}
		options.note?.({ kind: 'readAgain', range });
		slot.tries++;
	};

	const settle = async (slot: Slot<T>, page: Page<T> | 'tooMuch') => {
		if (slot.state !== 'reading') return;
		const { range } = slot.part;
		if (page === 'tooMuch') {
			if (range.from === range.to) {
				throw new IncompleteRead(range, 'the platform refuses to answer even for a single second');
			}
			return halve(slot, []);
		}
		if (page.pageSize !== null && page.pageSize > 0 && page.pageSize < capacity) {
			capacity = page.pageSize;
			options.note?.({ kind: 'smallerPages', pageSize: capacity });
		}
		// A reply with more than was taken for the limit: one that said less, or held less, was a mistake.
		capacity = Math.max(capacity, Math.min(new Set(page.ids).size, source.pageSize));
		let verdict = judge(page, capacity, source.pageSize);
		const clamped = page.items.length > 0 && page.items.length < (page.total ?? 0);
		const isSame = slot.shown === page.items.length;
		slot.shown = page.items.length;
		if (
			verdict === 'contradiction' &&
			clamped &&
			slot.tries >= READ_AGAIN &&
			isSame &&
			!clampLearned
		) {
			// Always the same short answer: a server that sends fewer rows than it is asked for, and does not say so.
			clampLearned = true;
			capacity = page.items.length;
			options.note?.({ kind: 'smallerPages', pageSize: capacity });
			verdict = 'overflow';
		}
		if (verdict === 'contradiction') return readAgain(slot, page);
		if (page.ids.length === 0 && slot.tries === 0 && isFilled(slot.part)) {
			// An answer of nothing adds up in itself. It is taken for true the second time: calls are deleted, too.
			slot.tries++;
			return;
		}
		const total = page.total ?? (verdict === 'overflow' ? 2 : 1) * page.items.length;
		if (slot.origin) splitter.correct(slot.origin, slot.part, total);
		if (verdict !== 'overflow') splitter.learn(range, page.times);
		if (verdict === 'complete') return finish(slot, page.items, page.ids);
		if (range.from === range.to) {
			const second = await readSecond(range, page, source, (event) => options.note?.(event));
			return finish(slot, second.items, second.ids);
		}
		if (verdict === 'verify') return halve(slot, page.times);
		return splitUp(slot, total, page.times, page.total === null);
	};

	// The vendor counts what it was asked for, so the count of the window is that of its ranges.
	const uncounted = new Set(options.known ? [] : slots);
	let counted = 0;
	while (slots.length > 0) {
		const [head] = slots;
		if (head.state === 'done') {
			slots = slots.slice(1);
			yield head.part;
			continue;
		}
		startMore();
		if (running.size === 0) return;
		const { slot, page } = await Promise.race(running.values());
		running.delete(slot);
		await settle(slot, page);
		const total = page === 'tooMuch' ? null : page.total;
		if (total !== null && !slots.includes(slot) && uncounted.delete(slot)) {
			counted += total;
			if (uncounted.size === 0) options.note?.({ kind: 'total', total: counted });
		}
	}
}

/** Whether a part was cut from one that did not fit either, and is nearly as long. */
function isHardlySmaller({ range }: Part, origin: Unread | null): boolean {
	const before = origin?.overflowed;
	if (!before || range.from > before.to || range.to < before.from) return false;
	return range.to - range.from >= 0.9 * (before.to - before.from);
}

/** Whether what earlier replies showed or counted lets a part hold records, more than a quiet night's few. */
function isFilled({ expected }: Part): boolean {
	return Number.isFinite(expected) && expected >= FILLED;
}

function cutByRange(window: TimeRange, maxRange: Seconds | undefined): TimeRange[] {
	if (!maxRange) return [window];
	const ranges: TimeRange[] = [];
	for (let from = window.from; from <= window.to; from += maxRange) {
		ranges.push({ from, to: Math.min(window.to, from + maxRange - 1) });
	}
	return ranges;
}

function inOrder(ranges: TimeRange[], order: Order): TimeRange[] {
	return order === 'oldestFirst' ? ranges : [...ranges].reverse();
}
