import { NodeOperationError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';

import { readLegs } from '../calls/readLegs';
import { readWindow } from '../extract/windowReader';
import { clockRange, recordSource, type ReadRecord } from '../extract/source';
import type { Platform } from '../platform';
import type { TimeRange } from '../time';
import type { Place } from './explain';
import { keepingCallsWhole } from './pollReader';
import { shapeItems } from './triggerItem';
import { setUpTrigger, type TriggerSetup } from './triggerParameters';

const DAY = 86_400;

/** For "Fetch Test Event": the newest call of the last day, else of the last month. Touches no state. */
export async function newestCall(
	context: IPollFunctions,
	platform: Platform,
	place: Place,
): Promise<INodeExecutionData[][]> {
	const setup = await setUpTrigger(context, platform, { isStopped: () => false }, place);
	const now = Math.floor(Date.now() / 1000);
	for (const back of [DAY, 30 * DAY]) {
		place.window = { from: now - back, to: now };
		const newest = await newestRecord(place.window, setup);
		if (newest) {
			// A sample shows what a call looks like, also when the newest one is none of those that are matched.
			return [shapeItems(await legsOf(newest, setup), 'new', { ...setup, match: null })];
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

/** The legs of its call, where the platform writes legs and calls are emitted. */
async function legsOf(newest: ReadRecord, setup: TriggerSetup): Promise<ReadRecord[]> {
	const { connection, calls, filters } = setup;
	if (!calls || newest.started === null) return [newest];
	const window = {
		from: newest.started - calls.longestSeconds,
		to: newest.started + calls.longestSeconds,
	};
	const legs = await readLegs(
		connection,
		window,
		keepingCallsWhole(filters, connection),
		({ record }) => record.callId === newest.record.callId,
	);
	return legs.length > 0 ? legs : [newest];
}

async function newestRecord(
	window: TimeRange,
	{ connection, filters }: TriggerSetup,
): Promise<ReadRecord | null> {
	const source = recordSource(connection, window, filters, (record) => record);
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
		if (newest) return newest;
	}
	return null;
}
