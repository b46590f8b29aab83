import { readLegs } from '../calls/readLegs';
import { toCallRecord, text } from '../callRecord';
import type { ReadRecord } from '../extract/source';
import type { Platform, Push, Settings } from '../platform';
import { CLOCK_AHEAD } from '../poll/calls';
import type { Seconds, TimeRange } from '../time';
import type { Connection } from '../transport/connection';
import type { Received } from './receive';

export type EndedCall = Extract<Received, { kind: 'callEnded' }>;

/** Waits between the tries, in seconds: 60 together. The first try is made at once. */
const PAUSES: Seconds[] = [1, 2, 4, 8, 16, 29];
/** Where a call has legs, the start that an event states may be that of a later one (docs/vendors/push.md 1.3). */
const BEFORE: Seconds = 3600;
/** The seconds of two fields of one row may differ. */
const AROUND: Seconds = 60;
/** No call that ends now began earlier. */
const LONGEST: Seconds = 5 * 3600;

/** The call as far as its event tells it. */
export function recordOfEvent(push: Push, { id, row }: EndedCall, settings: Settings): ReadRecord {
	const zone = settings.zone === '' ? 'UTC' : settings.zone;
	const record = toCallRecord(push.mapRow(row, id, settings), { ...settings, zone });
	const started = record.startedAt === null ? null : Date.parse(record.startedAt) / 1000;
	return { id, started, record, row };
}

/** One try: the legs that the platform has of the call now. */
export async function findLegs(
	connection: Connection,
	push: Push,
	event: EndedCall,
	now: Seconds,
): Promise<ReadRecord[]> {
	const { platform, settings } = connection;
	const window = windowOf(platform, recordOfEvent(push, event, settings).started, now);
	const filters = push.filtersOfEvent?.(event.id) ?? platform.readFilters({});
	const named = await readLegs(
		connection,
		window,
		filters,
		({ row }) => text(row[push.joinedBy]) === event.id,
	);
	if (named.length === 0 || !push.filtersOfCall) return named;
	const { callId } = named[0].record;
	return await readLegs(
		connection,
		window,
		push.filtersOfCall(callId),
		({ record }) => record.callId === callId,
	);
}

/** The platform's clock may be ahead of n8n's. */
function windowOf({ legs }: Platform, started: Seconds | null, now: Seconds): TimeRange {
	if (started === null) return { from: now - LONGEST, to: now + CLOCK_AHEAD };
	if (!legs) return { from: started - AROUND, to: started + AROUND };
	return { from: started - BEFORE, to: Math.max(started, now) + CLOCK_AHEAD };
}

/**
 * Tries until the call is there. Where a call has legs, which may be written one after the other, it is there when two
 * tries found the same.
 * @returns null where nothing was found
 */
export async function lookUp(
	find: () => Promise<ReadRecord[]>,
	hasLegs: boolean,
	pause: (seconds: Seconds) => Promise<void>,
): Promise<ReadRecord[] | null> {
	let known = await find();
	if (known.length > 0 && !hasLegs) return known;
	for (const seconds of PAUSES) {
		await pause(seconds);
		const legs = await find();
		if (legs.length > 0 && (!hasLegs || legs.length === known.length)) return legs;
		known = legs;
	}
	return known.length > 0 ? known : null;
}
