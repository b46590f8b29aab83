import { createHash, randomUUID } from 'crypto';

import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';

import {
	knownStretches,
	lookBack,
	startState,
	type FollowOptions,
	type FollowState,
	type Look,
} from '../poll/plan';
import { pollOnce, type Followed, type ReadLook } from '../poll/poll';
import { contentHashOf } from '../poll/dedupe';
import { InputError, type Platform } from '../platform';
import { createHourlyRate, type HourlyRate } from '../extract/hourlyRate';
import type { Source } from '../extract/verdict';
import { countProbe, readWindow } from '../extract/windowReader';
import { clockRange, recordSource, shape, type ReadRecord, type Output } from '../extract/source';
import { connect, wholeOption, type Connection, type Run } from '../transport/connection';
import { zoneOffset, type Seconds, type TimeRange } from '../time';
import { explain, type Place } from './explain';
import { readOutput } from './parameters';

const HOUR = 3600;
const MOST_RECORDS = 5000;
const LONGEST_LOOK_BACK_HOURS = 24 * 7;
/** The share of n8n's time for a poll after which no further look is begun, and after which a look is given up. */
const LATE = 0.6;
const OVER = 0.9;
const USUAL_BUDGET_MS = 5 * 60_000;
/** Where static data of this node is kept. Assigned once, last: n8n notices only top-level keys. */
const STATE_KEY = 'callRecords';

/** This process. A batch that another one handed on may not have arrived. */
const PROCESS = randomUUID();

/** Triggers whose poll is under way: n8n starts the next one regardless. */
const polling = new Set<string>();

/**
 * By trigger and fingerprint: how triggers began that n8n has kept no state for yet. With durable cursors it does not
 * store what the poll of an activation leaves behind, and calls between that poll and the next would be taken for known.
 */
const begun = new Map<string, FollowState>();

/**
 * The latest polls whose state n8n may still be storing: with durable cursors it does so after the poll has ended, and
 * a poll that begins before that would hand the same calls on again.
 */
const storing = new Map<string, { polls: number; until: number }>();
const STORING_MS = 30_000;

/** One poll of a trigger node: new calls, oldest first, or null when there are none. */
export async function pollCallRecords(
	context: IPollFunctions,
	platform: Platform,
): Promise<INodeExecutionData[][] | null> {
	const node = context.getNode();
	const key = `${context.getWorkflow().id}:${node.id}`;
	const isTest = context.getMode() === 'manual';
	if (!isTest && polling.has(key)) return null;
	const place: Place = { node, platform };
	if (!isTest) polling.add(key);
	try {
		return isTest
			? await latest(context, platform, place)
			: await follow(context, platform, place, key);
	} catch (error) {
		throw explain(error, place);
	} finally {
		place.connection?.end();
		if (!isTest) polling.delete(key);
	}
}

interface Setup {
	connection: Connection;
	filters: IDataObject;
	output: Output;
	options: IDataObject;
}

async function setUp(
	context: IPollFunctions,
	platform: Platform,
	run: Run,
	place: Place,
): Promise<Setup> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const output = readOutput(context.getNodeParameter('output', 'callRecord'));
	const given = { ...(context.getNodeParameter('filters', {}) as IDataObject) };
	for (const name of platform.excludedTriggerFilters ?? []) delete given[name];
	const filters = platform.readFilters(given);
	const connection = await connect(context, platform, options, run);
	place.connection = connection;
	return { connection, filters, output, options };
}

/** For "Fetch Test Event": the newest call of the last day, else of the last month. Touches no state. */
async function latest(
	context: IPollFunctions,
	platform: Platform,
	place: Place,
): Promise<INodeExecutionData[][]> {
	const { connection, filters, output } = await setUp(
		context,
		platform,
		{ isStopped: () => false },
		place,
	);
	const now = Math.floor(Date.now() / 1000);
	for (const back of [24 * HOUR, 30 * 24 * HOUR]) {
		const window = { from: now - back, to: now };
		place.window = window;
		const source = recordSource(connection, window, filters, (call) => call);
		const slices = readWindow(clockRange(window, connection), source, {
			order: 'newestFirst',
			requestsAtOnce: 1,
			wanted: () => 1,
		});
		for await (const { items } of slices) {
			const newest = items.reduce<ReadRecord | null>(
				(a, b) => (a && (a.started ?? 0) >= (b.started ?? 0) ? a : b),
				null,
			);
			if (newest) return [[toItem(newest, 'new', output)]];
		}
	}
	throw new NodeOperationError(
		place.node,
		`${platform.title} has no call of the last 30 days to show`,
		{
			description: 'Make a call, or loosen the filters. The trigger can be activated all the same.',
		},
	);
}

async function follow(
	context: IPollFunctions,
	platform: Platform,
	place: Place,
	key: string,
): Promise<INodeExecutionData[][] | null> {
	const startedMs = Date.now();
	// Older versions of n8n have no budget.
	const budget = context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
	const hasPassed = (share: number) => Date.now() - startedMs > share * budget;
	const run: Run = { isStopped: () => hasPassed(OVER) };
	const { connection, filters, output, options } = await setUp(context, platform, run, place);

	const now = Math.floor(startedMs / 1000);
	const data = context.getWorkflowStaticData('node');
	const fingerprint = fingerprintOf(context, connection, filters);
	// Durable cursors are stored together with the execution, so no batch of theirs is ever in doubt.
	const isDurable = !('__dataChanged' in data);
	const found = readState(data[STATE_KEY]);
	const meant = `${key}:${fingerprint}`;
	if (found) begun.delete(meant);
	if (isDurable && isBeingStored(meant, found)) return null;
	const stored = found ?? (isDurable ? begun.get(meant) : undefined) ?? null;
	const followOptions: FollowOptions = {
		lookBackSeconds: lookBackOption(options),
		includeUpdates: options.includeUpdates === true,
		capacity: connection.pageSize,
		most: wholeOption(options.maxRecordsPerPoll, 'Max Records per Poll', MOST_RECORDS, 1_000_000),
		process: isDurable ? 'durable' : PROCESS,
	};
	const isNew = !stored || stored.fingerprint !== fingerprint;
	if (stored && isNew) {
		context.logger.info(
			`${place.node.name}: the credential or the filters were changed, so following starts anew; calls up to now are not handed on`,
		);
	}
	const begin = isNew ? beginning(options, stored !== null, fingerprint, now, followOptions) : null;
	const state = begin?.state ?? (stored as FollowState);
	if (state.readTo > now + HOUR) {
		context.logger.warn(
			`${place.node.name}: the clock of this server was set back since the last poll; calls are followed from now on by its present time`,
		);
	}

	const {
		state: next,
		items,
		isPartial,
	} = await pollOnce(state, reader(connection, filters, place), {
		...followOptions,
		now,
		isBaseline: begin?.isBaseline ?? false,
		isLate: () => hasPassed(LATE),
	});
	if (isPartial) {
		context.logger.info(
			`${place.node.name}: ${items.length} calls handed on, the next poll goes on from there`,
		);
	}
	if (isNew && isDurable) begun.set(meant, next);
	else if (isDurable) storing.set(meant, { polls: next.polls, until: Date.now() + STORING_MS });
	data[STATE_KEY] = next as unknown as IDataObject;
	if (items.length === 0) return null;
	return [items.map(({ item, change }) => toItem(item, change, output))];
}

function isBeingStored(meant: string, stored: FollowState | null): boolean {
	const latest = storing.get(meant);
	if (!latest) return false;
	const isPending = (stored?.polls ?? 0) < latest.polls && Date.now() < latest.until;
	if (!isPending) storing.delete(meant);
	return isPending;
}

/** How a new follow begins: with what is there taken as known, or with the hours asked for handed on. */
function beginning(
	options: IDataObject,
	isChanged: boolean,
	fingerprint: string,
	now: Seconds,
	followOptions: FollowOptions,
): { state: FollowState; isBaseline: boolean } {
	const { startFrom = 'now' } = options;
	if (startFrom !== 'now' && startFrom !== 'hoursBack') {
		throw new InputError('Start From', "'Start From' has to be now or hoursBack");
	}
	if (startFrom === 'hoursBack' && !isChanged) {
		const hours = wholeOption(options.hoursBack, 'Hours Back', 24, 24 * 366);
		return { state: startState(fingerprint, now - hours * HOUR), isBaseline: false };
	}
	const since = now - lookBack(startState(fingerprint, now), now, followOptions);
	return { state: startState(fingerprint, since), isBaseline: true };
}

/** Reads a look on the platform's clock. */
function reader(connection: Connection, filters: IDataObject, place: Place): ReadLook<ReadRecord> {
	return async (look, knownRows, state) => {
		const { range: window } = look;
		place.window = window;
		const range = clockRange(window, connection);
		const source = recordSource(connection, window, filters, (call) => call);
		const glimpse = await glance(look, range, source, knownRows);
		if (glimpse === 'unchanged') return glimpse;
		if (glimpse !== 'unread') return glimpse.map((call) => followed(call, window.from));
		const calls: Array<Followed<ReadRecord>> = [];
		const slices = readWindow(range, source, {
			order: 'oldestFirst',
			requestsAtOnce: connection.requestsAtOnce,
			rates: knownRates(state, window, range, connection),
		});
		for await (const { items } of slices) {
			for (const call of items) calls.push(followed(call, window.from));
		}
		return calls;
	};
}

/** For looks that may be content with the count: one request, which may hold all calls of the window. */
async function glance(
	look: Look,
	range: TimeRange,
	source: Source<ReadRecord>,
	knownRows: number,
): Promise<ReadRecord[] | 'unchanged' | 'unread'> {
	if (!look.countSuffices) return 'unread';
	const { total, slice } = await countProbe(range, source);
	if (slice) return slice.items;
	return total === knownRows ? 'unchanged' : 'unread';
}

/** What is remembered of the calls in a window, on the platform's clock; nothing where that clock changes within it. */
function knownRates(
	state: FollowState,
	window: TimeRange,
	range: TimeRange,
	{ settings, pageSize }: Connection,
): HourlyRate | undefined {
	const offset = range.from - window.from;
	if (range.to - window.to !== offset) return undefined;
	if (offset !== 0 && zoneOffset(settings.zone)(window.from) !== offset) return undefined;
	const known = knownStretches(state, window, pageSize);
	if (!known) return undefined;
	const rates = createHourlyRate();
	for (const { from, to, rows } of known) rates.add({ from: from + offset, to: to + offset }, rows);
	return rates;
}

function followed(call: ReadRecord, earliest: Seconds): Followed<ReadRecord> {
	return {
		id: call.id,
		started: call.started ?? earliest,
		content: contentHashOf(JSON.stringify(call.row, withoutSignature)),
		item: call,
	};
}

/** Signed links differ in every answer, though nothing changed. */
function withoutSignature(_key: string, value: unknown): unknown {
	return typeof value === 'string' && /^https?:\/\//.test(value) ? value.split('?')[0] : value;
}

function toItem(call: ReadRecord, change: 'new' | 'updated', output: Output): INodeExecutionData {
	const json = shape(call, output);
	return { json: output === 'original' ? json : { ...json, change } };
}

function lookBackOption(options: IDataObject): Seconds | null {
	const { lookBackHours } = options;
	if (lookBackHours === undefined || lookBackHours === null || Number(lookBackHours) === 0)
		return null;
	return wholeOption(lookBackHours, 'Look Back Hours', 1, LONGEST_LOOK_BACK_HOURS) * HOUR;
}

/** With another credential, host, zone or filter, other calls are meant. Holds no secret. */
function fingerprintOf(
	context: IPollFunctions,
	connection: Connection,
	filters: IDataObject,
): string {
	const { platform, settings } = connection;
	const credential = context.getNode().credentials?.[platform.credentialType]?.id ?? null;
	const meant = [platform.name, settings.host, credential, connection.givenZone, filters];
	return createHash('sha256').update(JSON.stringify(meant)).digest('base64url').slice(0, 16);
}

/** A copy of the state that n8n kept, or null when there is none that this version understands. */
function readState(kept: unknown): FollowState | null {
	if (typeof kept !== 'object' || kept === null) return null;
	// n8n watches what it keeps through proxies; the copy is plain.
	const state = JSON.parse(JSON.stringify(kept)) as Partial<FollowState>;
	const isKnown =
		state.version === 1 &&
		typeof state.readTo === 'number' &&
		Array.isArray(state.lookedTo) &&
		state.seen !== undefined;
	return isKnown ? (state as FollowState) : null;
}
