import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../call';
import type { CallRecord } from '../callRecord';
import { readRecords } from '../extract/consumeOnce';
import {
	clockRange,
	earliestAfter,
	latestBefore,
	recordSource,
	type ReadRecord,
} from '../extract/source';
import { IncompleteRead, type ReadEvent } from '../extract/verdict';
import type { Order } from '../extract/windowReader';
import { maskRecord, type Mask } from '../shape/personalData';
import type { Seconds, TimeRange } from '../time';
import type { Connection } from '../transport/connection';
import { createCallGrouper, groupCalls, startedWithin, type GroupOptions } from './groupCalls';
import { parseInstant } from './leg';
import { createCallMatcher, type CallMatch } from './matchCall';

/** A call record that still has the vendor's row, for outputs that show it. */
export type RecordWithRow = CallRecord & { original?: IDataObject };

export interface CallReading {
	order: Order;
	/** Records are masked before they are grouped, so that every part of a call is. */
	mask: Mask;
	longestCallSeconds: Seconds;
	settleSeconds: Seconds;
	/** Which calls are wanted; null or left out: all. */
	match?: CallMatch | null;
	/** Calls keep their legs, and legs the vendor's rows. */
	keepLegs: boolean;
	keepRows: boolean;
	/** How many more calls the caller wants; 0 ends the read. */
	wanted?(): number;
	/** Told of what a user may want to know about the read. */
	note?(event: ReadEvent): void;
	/** When the read began, in Unix seconds. */
	readAt: Seconds;
}

/** A call has rarely more legs than this; with a limit, so many more records are asked for than calls are wanted. */
const LEGS_PER_CALL = 4;

/**
 * The calls that began in a window, in order of their start, in batches.
 *
 *              |<-- longest call -->|<-------- window -------->|<-- longest call -->|
 *     legs  ───a1─────────────────────a2──b1──────────────c1───────c2───────d1──────────> time
 *
 * Where the platform writes legs, the read looks further on both sides, so that no call is cut: `a` began before the
 * window and is left out with its second leg, `c` is whole, `d` belongs to the next window. Where a call is one row,
 * the read asks for the window and not one request more.
 *
 * Filters choose legs, and a call is told by all of its legs. So the legs that match are read first, and then the calls
 * they belong to, with every leg.
 * @throws IncompleteRead as the reader does
 */
export async function* readCalls(
	connection: Connection,
	window: TimeRange,
	filters: IDataObject,
	reading: CallReading,
): AsyncGenerator<Call[]> {
	const { legs } = connection.platform;
	if (!legs) {
		yield* callsOf(connection, window, window, filters, reading, () => true);
		return;
	}
	const wide = widened(window, reading);
	const whole = pick(filters, legs.keepsCallsWhole ?? []);
	if (Object.keys(whole).length === Object.keys(filters).length) {
		yield* callsOf(connection, window, wide, filters, reading, () => true);
		return;
	}
	const matches = await matchingCalls(connection, wide, filters, reading);
	if (matches === null) return;
	const around = {
		from: matches.from - reading.longestCallSeconds,
		to: matches.to + reading.longestCallSeconds,
	};
	const both = { from: Math.max(wide.from, around.from), to: Math.min(wide.to, around.to) };
	yield* callsOf(connection, window, both, whole, reading, ({ callId }) =>
		matches.callIds.has(callId),
	);
}

/** As far as a call that touches the window may reach, and not beyond now. */
function widened(window: TimeRange, { longestCallSeconds, readAt }: CallReading): TimeRange {
	const from = window.from - longestCallSeconds;
	return { from, to: Math.max(window.to, Math.min(window.to + longestCallSeconds, readAt)) };
}

/** The ids of the calls of which a leg matches, and when the first and the last of those legs began. */
async function matchingCalls(
	connection: Connection,
	wide: TimeRange,
	filters: IDataObject,
	{ note, readAt, wanted }: CallReading,
): Promise<(TimeRange & { callIds: Set<string> }) | null> {
	const callIds = new Set<string>();
	const found = { from: Infinity, to: -Infinity, callIds };
	const keep = ({ record, started }: ReadRecord) => ({
		callId: record.callId,
		started: started ?? readAt,
	});
	const source = recordSource(connection, wide, filters, keep, 'error');
	const slices = readRecords(clockRange(wide, connection), source, {
		order: 'oldestFirst',
		requestsAtOnce: connection.requestsAtOnce,
		wanted: () => ((wanted?.() ?? Infinity) > 0 ? Infinity : 0),
		note: (event) => (event.kind === 'total' ? undefined : note?.(event)),
	});
	for await (const { items } of slices) {
		for (const { callId, started } of items) {
			callIds.add(callId);
			found.from = Math.min(found.from, started);
			found.to = Math.max(found.to, started);
		}
	}
	return callIds.size === 0 ? null : found;
}

/** Reads the legs of `range` and gives the calls that began in `window`. */
async function* callsOf(
	connection: Connection,
	window: TimeRange,
	range: TimeRange,
	filters: IDataObject,
	reading: CallReading,
	isWanted: (record: CallRecord) => boolean,
): AsyncGenerator<Call[]> {
	const { legs } = connection.platform;
	const { wanted = () => Infinity, note } = reading;
	const collector = legs ? collectLegs(reading) : collectRows(connection, reading);
	const matcher = createCallMatcher(reading.match ?? null);
	const keep = ({ record, row }: ReadRecord): RecordWithRow => {
		matcher.see(record);
		const masked: RecordWithRow = maskRecord(record, reading.mask);
		if (reading.keepRows) masked.original = row;
		return masked;
	};
	const source = recordSource(connection, range, filters, keep, 'error');
	// What is not sent again is not dropped either.
	const isInside = (call: Call) => source.consumesOnRead === true || startedWithin(call, window);
	const isAsked = (call: Call) => isInside(call) && matcher.accepts(call);
	const slices = readRecords(clockRange(range, connection), source, {
		order: reading.order,
		requestsAtOnce: connection.requestsAtOnce,
		wanted: () => wanted() * (legs ? LEGS_PER_CALL : 1),
		// What the platform counts are legs, and those around the window, too.
		note: (event) => (legs && event.kind === 'total' ? undefined : note?.(event)),
	});
	for await (const slice of slices) {
		yield collector.add(slice.items.filter(isWanted), slice.range).filter(isAsked);
		if (wanted() <= 0) return;
	}
	yield collector.end().filter(isAsked);
}

/** Takes slices and gives the calls that are whole and whose place in the order is certain. */
interface Collector {
	/** @param range of the slice, on the platform's clock */
	add(records: RecordWithRow[], range: TimeRange): Call[];
	end(): Call[];
}

/** Where the platform writes legs, a call waits until no leg of it can follow. */
function collectLegs(reading: CallReading): Collector {
	const grouper = createCallGrouper(groupOptions(reading));
	const isForward = reading.order === 'oldestFirst';
	let reached: TimeRange | null = null;
	return {
		add(records, range) {
			const isAgain =
				reached !== null && (isForward ? range.to <= reached.to : range.from >= reached.from);
			if (!isAgain || reached === null) reached = range;
			else if (records.length > 0) assertInTime(range, reached, reading);
			return grouper.add(records);
		},
		end: () => grouper.end(),
	};
}

/** Slices that are read again may hold legs of calls that have left already: those calls would come in two pieces. */
function assertInTime(
	range: TimeRange,
	reached: TimeRange,
	{ order, longestCallSeconds }: CallReading,
): void {
	const isInTime =
		order === 'oldestFirst'
			? range.from >= reached.to - longestCallSeconds
			: range.to <= reached.from + longestCallSeconds;
	if (isInTime) return;
	throw new IncompleteRead(
		range,
		'the platform sent legs of calls only when it was asked a second time, after these calls were put together',
		'Run it again. If it stays so, read shorter periods, or Call Leg in place of Call.',
	);
}

/** Where a call is one row, calls leave at once. Only where clocks show an hour twice, some wait for their place. */
function collectRows(connection: Connection, reading: CallReading): Collector {
	const options = groupOptions(reading);
	const isForward = reading.order === 'oldestFirst';
	let held: RecordWithRow[] = [];
	return {
		add(records, range) {
			const limit = isForward
				? earliestAfter(range.to, connection)
				: latestBefore(range.from, connection);
			const isCertain = ({ startedAt }: CallRecord) => {
				const started = parseInstant(startedAt);
				return started === null || (isForward ? started <= limit : started >= limit);
			};
			const waiting = held.concat(records);
			held = waiting.filter((record) => !isCertain(record));
			return groupCalls(held.length > 0 ? waiting.filter(isCertain) : waiting, options);
		},
		end: () => groupCalls(held, options),
	};
}

function groupOptions(reading: CallReading): GroupOptions {
	const { order, readAt, settleSeconds, longestCallSeconds, keepLegs, keepRows } = reading;
	const includeLegs = keepLegs || keepRows;
	return { order, readAt, settleSeconds, longestCallSeconds, includeLegs };
}

function pick(filters: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(Object.entries(filters).filter(([name]) => names.includes(name)));
}
