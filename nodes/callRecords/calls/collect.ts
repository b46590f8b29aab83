import type { Call } from '../call';
import type { CallRecord } from '../callRecord';
import { earliestAfter, latestBefore } from '../extract/source';
import { IncompleteRead } from '../extract/verdict';
import type { Order } from '../extract/windowReader';
import type { Seconds, TimeRange } from '../time';
import type { Connection } from '../transport/connection';
import { createCallGrouper, groupCalls, type GroupOptions } from './groupCalls';
import { parseInstant } from './leg';

/** Takes slices in reading order and gives the calls that are whole and whose place in the order is certain. */
export interface Collector {
	/** @param range of the slice, on the platform's clock */
	add(records: CallRecord[], range: TimeRange): Call[];
	/** The calls that are left when nothing follows. */
	end(): Call[];
}

export interface CollectOptions {
	order: Order;
	readAt: Seconds;
	settleSeconds: Seconds;
	longestCallSeconds: Seconds;
	keepLegs: boolean;
	keepRows: boolean;
	/** No call may leave out of its place. */
	isStrict?: boolean;
}

/**
 * Where the platform writes legs, a call waits until no leg of it can follow.
 * @throws IncompleteRead when legs come after their call has left: it would be in two pieces
 */
export function collectLegs(options: CollectOptions): Collector {
	const grouper = createCallGrouper(groupOptions(options));
	const inOrder = createOrderCheck(options.order, options.longestCallSeconds);
	return {
		add(records, range) {
			inOrder(records.length, range);
			return grouper.add(records);
		},
		end: () => grouper.end(),
	};
}

/**
 * Where a call is one row, calls leave at once. Only where clocks show an hour twice, some wait for their place.
 * @param isUnordered slices do not come in the order of time
 * @throws IncompleteRead when the order is strict and a record comes after its place
 */
export function collectRows(
	connection: Connection,
	options: CollectOptions,
	isUnordered: boolean,
): Collector {
	const group = groupOptions(options);
	const isForward = options.order === 'oldestFirst';
	const isStrict = options.isStrict === true;
	const inOrder = createOrderCheck(options.order, isStrict && !isUnordered ? 0 : Infinity);
	let held: CallRecord[] = [];
	return {
		add(records, range) {
			inOrder(records.length, range);
			const limit = isForward
				? earliestAfter(range.to, connection)
				: latestBefore(range.from, connection);
			const isCertain = ({ startedAt }: CallRecord) => {
				if (isStrict && isUnordered) return false;
				const started = parseInstant(startedAt);
				return started === null || (isForward ? started <= limit : started >= limit);
			};
			const waiting = held.length > 0 ? held.concat(records) : records;
			held = waiting.filter((record) => !isCertain(record));
			return groupCalls(held.length > 0 ? waiting.filter(isCertain) : waiting, group);
		},
		end: () => groupCalls(held, group),
	};
}

function groupOptions(options: CollectOptions): GroupOptions {
	const { order, readAt, settleSeconds, longestCallSeconds, keepLegs, keepRows } = options;
	const includeLegs = keepLegs || keepRows;
	return { order, readAt, settleSeconds, longestCallSeconds, includeLegs };
}

/** Slices that are read again may hold records whose calls have left by then. */
function createOrderCheck(
	order: Order,
	slack: Seconds,
): (records: number, range: TimeRange) => void {
	// Time runs backwards, where the newest comes first.
	const endOf = ({ from, to }: TimeRange) => (order === 'oldestFirst' ? to : -from);
	const beginOf = ({ from, to }: TimeRange) => (order === 'oldestFirst' ? from : -to);
	let reached = -Infinity;
	return (records, range) => {
		const isAgain = endOf(range) <= reached;
		reached = Math.max(reached, endOf(range));
		if (!isAgain || records === 0 || beginOf(range) > reached - slack) return;
		throw new IncompleteRead(
			range,
			'the platform sent some records only when it was asked a second time, and the calls of that time were put together by then',
			'Run it again. If it stays so, read shorter periods, or Call Leg in place of Call.',
		);
	};
}
