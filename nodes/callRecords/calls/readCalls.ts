import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../call';
import type { CallRecord } from '../callRecord';
import { readRecords } from '../extract/consumeOnce';
import { clockRange, recordSource, type ReadRecord } from '../extract/source';
import type { ReadEvent } from '../extract/verdict';
import type { Order } from '../extract/windowReader';
import { maskRecord, type Mask } from '../shape/personalData';
import { instantsOf, wallOf, type Seconds, type TimeRange } from '../time';
import type { Connection } from '../transport/connection';
import { collectLegs, collectRows } from './collect';
import { startedWithin } from './groupCalls';
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
	/** The caller needs all calls in the order of their start, and rather waits, or fails, than takes one out of place. */
	isStrict?: boolean;
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
	const matcher = createCallMatcher(reading.match ?? null);
	const keep = ({ record, row }: ReadRecord): RecordWithRow => {
		matcher.see(record);
		const masked: RecordWithRow = maskRecord(record, reading.mask);
		if (reading.keepRows) masked.original = row;
		return masked;
	};
	const source = recordSource(connection, range, filters, keep, 'error');
	const { consumesOnRead = false } = source;
	const collector = legs ? collectLegs(reading) : collectRows(connection, reading, consumesOnRead);
	// Where nothing is read around the window, the source has left out what lies outside.
	const isInside = (call: Call) => !legs || beganWithin(call, window, connection);
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

/** A start with two readings, in an hour that clocks show twice, is inside if one of them is. */
function beganWithin(call: Call, window: TimeRange, { settings: { zone } }: Connection): boolean {
	if (startedWithin(call, window)) return true;
	const started = call.timeIsAmbiguous ? parseInstant(call.startedAt) : null;
	if (started === null) return false;
	return instantsOf(wallOf(started, zone), zone).some(
		(instant) => instant >= window.from && instant <= window.to,
	);
}

function pick(filters: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(Object.entries(filters).filter(([name]) => names.includes(name)));
}
