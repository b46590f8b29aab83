import { randomUUID } from 'crypto';

import { type IDataObject, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';

import type { ReadRecord } from '../extract/source';
import type { Platform } from '../platform';
import { withDeadline } from '../poll/deadline';
import type { PollOptions } from '../poll/plan';
import { pollOnce, type Polled } from '../poll/poll';
import { parseState, type PollState } from '../poll/pollState';
import { createPendingBaselines, createPendingCommits, createRunningPolls } from '../poll/running';
import type { Seconds } from '../time';
import { explain, type Place } from './explain';
import { createPollReader } from './pollReader';
import { newestCall } from './testEvent';
import { shapeItems } from './triggerItem';
import {
	beginning,
	fingerprintOf,
	pollOptions,
	setUpTrigger,
	type Beginning,
	type TriggerSetup,
} from './triggerParameters';

const HOUR = 3600;
/** The share of n8n's time for a poll after which no further window is begun, no further request is sent, and no further
 * moment is waited. */
const LATE = 0.6;
const STOPPED = 0.9;
const GIVEN_UP = 0.95;
const USUAL_BUDGET_MS = 5 * 60_000;
/** Where static data of this node is kept. Assigned once, last: n8n notices only top-level keys. */
const STATE_KEY = 'callRecords';

/** This process. A batch that another one emitted may not have arrived. */
const PROCESS = randomUUID();

const running = createRunningPolls();
const baselines = createPendingBaselines();
const commits = createPendingCommits();

/** One poll of a trigger node: new calls, oldest first, or null when there are none. */
export async function pollCallRecords(
	context: IPollFunctions,
	platform: Platform,
): Promise<INodeExecutionData[][] | null> {
	const place: Place = { node: context.getNode(), platform };
	try {
		return context.getMode() === 'manual'
			? await newestCall(context, platform, place)
			: await scheduledPoll(context, platform, place);
	} catch (error) {
		throw explain(error, place);
	} finally {
		place.connection?.end();
	}
}

/** Nothing is stored and nothing emitted when the poll does not end in time, or while another one is under way. */
async function scheduledPoll(
	context: IPollFunctions,
	platform: Platform,
	place: Place,
): Promise<INodeExecutionData[][] | null> {
	// Older versions of n8n have no budget.
	const budget = context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
	const trigger = `${context.getWorkflow().id}:${place.node.id}`;
	if (!running.begin(trigger, budget)) return null;
	try {
		const done = await withDeadline(follow(context, platform, place, budget, trigger), {
			ms: GIVEN_UP * budget,
			message: `${platform.title} did not answer within the time that n8n allows for a poll`,
		});
		return done === null ? null : done.commit();
	} finally {
		running.end(trigger);
	}
}

/** A poll that has read everything. Its caller decides whether it counts. */
interface FinishedPoll {
	/** Stores the state, and returns the items. */
	commit(): INodeExecutionData[][] | null;
}

async function follow(
	context: IPollFunctions,
	platform: Platform,
	place: Place,
	budget: number,
	trigger: string,
): Promise<FinishedPoll | null> {
	const startedMs = Date.now();
	const hasPassed = (share: number) => Date.now() - startedMs > share * budget;
	const setup = await setUpTrigger(
		context,
		platform,
		{ isStopped: () => hasPassed(STOPPED) },
		place,
	);
	const data = context.getWorkflowStaticData('node');
	// Durable cursors are stored together with the execution, so no batch of theirs is ever in doubt.
	const isDurable = !('__dataChanged' in data);
	const fingerprint = fingerprintOf(context, setup);
	const meant = `${trigger}:${fingerprint}`;
	const options = pollOptions(setup, isDurable ? 'durable' : PROCESS);
	const now = Math.floor(startedMs / 1000);

	const loaded = loadState(context, place, data, isDurable ? meant : null);
	if (loaded === 'pending') return null;
	const begin = stateToGoOnFrom(context, place, loaded, setup, { fingerprint, now, options });
	const polled = await pollOnce(
		begin.state,
		createPollReader(setup, options.includeUpdates, place),
		{
			...options,
			now,
			isBaseline: begin.isBaseline,
			isLate: () => hasPassed(LATE),
		},
	);
	return {
		commit() {
			log(context, place, polled);
			if (isDurable && begin.isNew) baselines.keep(meant, polled.state);
			else if (isDurable) commits.add(meant, polled.state);
			data[STATE_KEY] = polled.state as unknown as IDataObject;
			const items = polled.calls.flatMap(({ legs, change }) => shapeItems(legs, change, setup));
			return items.length === 0 ? null : [items];
		},
	};
}

/**
 * What was kept of earlier polls. `pending`: n8n is still storing the last one.
 * @param durable which trigger it is, where its cursor is durable
 */
function loadState(
	context: IPollFunctions,
	place: Place,
	data: IDataObject,
	durable: string | null,
): PollState | null | 'pending' {
	const parsed = parseState(data[STATE_KEY]);
	if (parsed === 'damaged') {
		context.logger.warn(
			`${place.node.name}: what n8n kept of earlier polls cannot be read, so following starts anew; calls up to now are not emitted`,
		);
	}
	const stored = parsed === 'damaged' ? null : parsed;
	if (durable === null) return stored;
	const state = baselines.stateOf(durable, stored);
	return commits.isPending(durable, stored) ? 'pending' : state;
}

/** The state of the last poll, or a new beginning where it does not fit the credential and the filters any more. */
function stateToGoOnFrom(
	context: IPollFunctions,
	place: Place,
	stored: PollState | null,
	{ options: given }: TriggerSetup,
	{ fingerprint, now, options }: { fingerprint: string; now: Seconds; options: PollOptions },
): Beginning & { isNew: boolean } {
	if (!stored || stored.fingerprint !== fingerprint) {
		if (stored) {
			context.logger.info(
				`${place.node.name}: the credential or the filters were changed, so following starts anew; calls up to now are not emitted`,
			);
		}
		return { ...beginning(given, stored === null, fingerprint, now, options), isNew: true };
	}
	if (stored.readTo > now + HOUR) {
		context.logger.warn(
			`${place.node.name}: the clock of this server was set back since the last poll; calls are followed from now on by its present time`,
		);
	}
	return { state: stored, isBaseline: false, isNew: false };
}

function log(
	{ logger }: IPollFunctions,
	{ node }: Place,
	{ calls, isPartial, undated }: Polled<ReadRecord>,
): void {
	if (isPartial) {
		logger.info(`${node.name}: ${calls.length} calls emitted, the next poll goes on from there`);
	}
	if (undated > 0) {
		logger.warn(
			`${node.name}: the start of ${undated} calls cannot be read; each is emitted once, and updates of it are not noticed`,
		);
	}
}
