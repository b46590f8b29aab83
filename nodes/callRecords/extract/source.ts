import type { IDataObject } from 'n8n-workflow';

import { toCallRecord, type CallRecord } from '../callRecord';
import type { Platform, Settings } from '../platform';
import type { Connection } from '../transport/connection';
import { changedHour, instantsOf, wallOf, wallRange, type Seconds, type TimeRange } from '../time';
import { IncompleteRead, type Source } from './verdict';

/** Of what the platform sent in a field. */
const LONGEST_SHOWN = 40;

/** What of a call goes into the workflow. */
export type Output = 'callRecord' | 'original' | 'both';

/** One record of a platform: as a call record, and as the vendor sent it. */
export interface ReadRecord {
	/** Unique within the platform's host. */
	id: string;
	/** Null when the row does not say. */
	started: Seconds | null;
	record: CallRecord;
	row: IDataObject;
}

/** A window of instants as the platform's clock counts it, and as much wider as that clock may be off. */
export function clockRange(window: TimeRange, { platform, settings }: Connection): TimeRange {
	const slack = platform.clockToleranceSeconds?.(settings) ?? 0;
	const wide = { from: window.from - slack, to: window.to + slack };
	return platform.clock(settings) === 'wall' ? wallRange(wide, settings.zone) : wide;
}

/**
 * A range whose ends the platform's clock showed exactly once. Where clocks were changed, a time has two readings or
 * none, and a platform may take either: the records of the other pass would be missing.
 *
 *     clock            02:00        03:00 ~~~~~~~~ 04:00        05:00     (~ shown twice, or never)
 *     range                                 |----------------|
 *     asked                        |-------------------------|
 */
function clearRange({ from, to }: TimeRange, zone: string): TimeRange {
	const [first, last] = [changedHour(from, zone), changedHour(to, zone)];
	return { from: first ? first.from - 1 : from, to: last ? last.to + 1 : to };
}

/** The last instant at which the platform's clock showed an earlier time than this. */
export function latestBefore(time: Seconds, { platform, settings }: Connection): Seconds {
	return platform.clock(settings) === 'wall'
		? Math.max(...instantsOf(time - 1, settings.zone))
		: time - 1;
}

/** The first instant at which the platform's clock shows a later time than this. */
export function earliestAfter(time: Seconds, { platform, settings }: Connection): Seconds {
	return platform.clock(settings) === 'wall'
		? Math.min(...instantsOf(time + 1, settings.zone))
		: time + 1;
}

/**
 * The records of a window as a source for the reader. `convert` makes what is kept of a record.
 * @param unreadableStarts what to do where the start of a call cannot be read: `keep` such rows, whose `started` is null,
 * or stop with an error. Rows that the platform sends only once are always kept.
 * @throws IncompleteRead for unreadable starts
 */
export function recordSource<T>(
	connection: Connection,
	window: TimeRange,
	filters: IDataObject,
	convert: (call: ReadRecord) => T,
	unreadableStarts: 'keep' | 'error' = 'keep',
): Source<T> {
	const { platform, settings, apiRequest, pageSize } = connection;
	const consumesOnRead = platform.consumesOnRead?.(filters) !== undefined;
	// What is not sent again is not dropped either, even if it began in the other pass of a repeated hour.
	const isOutside = consumesOnRead ? () => false : outsideOf(window, connection);
	const isStrict = unreadableStarts === 'error' && !consumesOnRead;
	return {
		pageSize,
		reach:
			platform.clock(settings) === 'wall' ? (range) => clearRange(range, settings.zone) : undefined,
		maxRange: platform.maxRangeSeconds,
		consumesOnRead,
		async page(range, page, size) {
			const request = platform.request({ range, page, pageSize: size, filters }, settings);
			const answer = await apiRequest(request, [], consumesOnRead);
			if ('tooMuch' in answer) return 'tooMuch';
			const reply = platform.reply(answer.payload);
			const ids = platform.recordIds(reply.rows);
			const starts = reply.rows.map((row) => platform.startOf(row, settings));
			if (isStrict) assertReadable(range, reply.rows, starts, connection);
			const rows = reply.rows.map((row, i) => ({
				id: ids[i],
				at: starts[i],
				item() {
					const record = toCallRecord(platform.mapRow(row, ids[i], settings), settings);
					const started = record.startedAt === null ? null : Date.parse(record.startedAt) / 1000;
					if (isOutside(record, starts[i], started)) return null;
					return convert({ id: ids[i], started, record, row });
				},
			}));
			return {
				rows,
				total: reply.total,
				pageSize: reply.pageSize,
				hasMore: reply.hasMore ?? null,
			};
		},
	};
}

/** No record can be placed in time whose start cannot be read, so that it could be missing, or come twice. */
function assertReadable(
	range: TimeRange,
	rows: IDataObject[],
	starts: Array<Seconds | null>,
	{ platform, settings }: Connection,
): void {
	const unreadable = rows.filter((_row, i) => starts[i] === null);
	if (unreadable.length === 0) return;
	throw new IncompleteRead(
		range,
		`the start times of ${unreadable.length} of ${rows.length} records cannot be read (${startFields(unreadable[0], platform, settings)})`,
		'Check the time zone in the credential, and the time format where the node has an option for it. If they are right, report it with what the platform sent.',
	);
}

/** The fields that the platform's start is read from, and what was sent in them. */
function startFields(row: IDataObject, platform: Platform, settings: Settings): string {
	const fields = new Set<string>();
	const watched = new Proxy(row, {
		get(target, field) {
			fields.add(String(field));
			return target[String(field)];
		},
	});
	platform.startOf(watched, settings);
	const shown = [...fields].map((field) => {
		const value = row[field] === undefined ? 'is missing' : JSON.stringify(row[field]);
		return `${field}: ${value.slice(0, LONGEST_SHOWN)}`;
	});
	return shown.join(', ');
}

/**
 * Wall time cannot tell the two passes of a repeated hour apart, so a window that ends in one is read wider than it
 * is, as one is where the platform's clock may be off. This says which of the records lie outside; a start with two
 * readings is kept if one of them is inside.
 */
function outsideOf(window: TimeRange, connection: Connection) {
	const { platform, settings } = connection;
	const { zone } = settings;
	const isExact = (instant: Seconds) => instantsOf(wallOf(instant, zone), zone).length === 1;
	const isWall = platform.clock(settings) === 'wall';
	const asked = clockRange(window, connection);
	const onClock = (instant: Seconds) => (isWall ? wallOf(instant, zone) : instant);
	const isWidened = asked.from !== onClock(window.from) || asked.to !== onClock(window.to);
	const endsAreExact = !isWall || (isExact(window.from) && isExact(window.to));
	if (!isWidened && endsAreExact) return () => false;
	const isInside = (instant: Seconds) => instant >= window.from && instant <= window.to;
	return (record: CallRecord, at: Seconds | null, started: Seconds | null) => {
		if (started === null || at === null) return false;
		if (!record.timeIsAmbiguous) return !isInside(started);
		return !instantsOf(wallOf(started, zone), zone).some(isInside);
	};
}

/** One call as the user wants to see it. */
export function shape(call: ReadRecord, output: Output): IDataObject {
	if (output === 'original') return call.row;
	// A record is an object of plain values, which its type, being closed, does not say.
	const record = call.record as CallRecord & IDataObject;
	return output === 'both' ? { ...record, original: call.row } : record;
}

interface Placed {
	id: string;
	started: Seconds;
}

/** Oldest first; calls of one second in the order of their ids, which are numbers as a rule. */
export function byStart(a: Placed, b: Placed): number {
	return a.started - b.started || a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}
