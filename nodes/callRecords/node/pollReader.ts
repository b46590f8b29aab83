import type { IDataObject } from 'n8n-workflow';

import { createHourlyRate, type HourlyRate } from '../extract/hourlyRate';
import { clockRange, recordSource, type ReadRecord } from '../extract/source';
import { countProbe, readWindow } from '../extract/windowReader';
import type { ReadLeg } from '../poll/calls';
import { contentHashOf, hashOf } from '../poll/dedupe';
import type { Estimate } from '../poll/estimate';
import type { PollReader } from '../poll/poll';
import { zoneOffset, type Seconds, type TimeRange } from '../time';
import type { Connection } from '../transport/connection';
import type { Place } from './explain';
import type { TriggerSetup } from './triggerParameters';

/**
 * Reads the platform for a poll, on the platform's clock.
 * @param includeUpdates whether contents are compared, and so have to be hashed
 */
export function createPollReader(
	{ connection, filters, calls }: TriggerSetup,
	includeUpdates: boolean,
	place: Place,
): PollReader<ReadRecord> {
	const toLeg = (record: ReadRecord) => legOf(record, includeUpdates);
	const open = (window: TimeRange, chosen = filters) => {
		place.window = window;
		const source = recordSource(connection, window, chosen, toLeg);
		return { source, range: clockRange(window, connection) };
	};
	const readAll = async (window: TimeRange, chosen: IDataObject, known?: Estimate[]) => {
		const { source, range } = open(window, chosen);
		const legs: Array<ReadLeg<ReadRecord>> = [];
		const slices = readWindow(range, source, {
			order: 'oldestFirst',
			requestsAtOnce: connection.requestsAtOnce,
			rates: ratesOf(known, window, range, connection),
		});
		for await (const { items } of slices) for (const leg of items) legs.push(leg);
		return legs;
	};
	const whole = calls ? keepingCallsWhole(filters, connection) : filters;
	const isCut = Object.keys(whole).length < Object.keys(filters).length;
	return {
		read: async (window, known) => await readAll(window, filters, known),
		...(isCut ? { readWhole: async (window) => await readAll(window, whole) } : {}),
		async probe(window) {
			const { source, range } = open(window);
			const { slice, total } = await countProbe(range, source);
			return { legs: slice?.items ?? null, total };
		},
	};
}

/** Filters choose legs, and a call is told by all of its legs: these are the filters that leave calls whole. */
export function keepingCallsWhole(filters: IDataObject, { platform }: Connection): IDataObject {
	const harmless = platform.legs?.keepsCallsWhole ?? [];
	return Object.fromEntries(
		Object.entries(filters).filter(
			([name, value]) => harmless.includes(name) || value === undefined,
		),
	);
}

/** The estimates on the platform's clock; nothing where that clock changes within the window. */
function ratesOf(
	known: Estimate[] | undefined,
	window: TimeRange,
	range: TimeRange,
	{ settings }: Connection,
): HourlyRate | undefined {
	const offset = range.from - window.from;
	if (known === undefined || range.to - window.to !== offset) return undefined;
	if (offset !== 0 && zoneOffset(settings.zone)(window.from) !== offset) return undefined;
	const rates = createHourlyRate();
	for (const { range: part, legs } of known) {
		rates.add({ from: part.from + offset, to: part.to + offset }, legs);
	}
	return rates;
}

function legOf(record: ReadRecord, includeUpdates: boolean): ReadLeg<ReadRecord> {
	const { id, started, row } = record;
	const { callId, answeredAt, endedAt } = record.record;
	return {
		id: hashOf(id),
		callId,
		started,
		ended: secondsOf(endedAt) ?? secondsOf(answeredAt) ?? started,
		content: includeUpdates ? contentHashOf(JSON.stringify(row, withoutSignature)) : '',
		record,
	};
}

function secondsOf(iso: string | null): Seconds | null {
	return iso === null ? null : Date.parse(iso) / 1000;
}

/** Signed links differ in every answer, though nothing changed. */
function withoutSignature(_key: string, value: unknown): unknown {
	return typeof value === 'string' && /^https?:\/\//.test(value) ? value.split('?')[0] : value;
}
