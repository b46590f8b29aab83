import { createHash } from 'crypto';

import type { IDataObject, IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { LONGEST_CALL_SECONDS } from '../calls/groupCalls';
import { InputError, type Platform } from '../platform';
import type { CallRules } from '../poll/calls';
import { lookBack, type PollOptions } from '../poll/plan';
import { startState, type PollState } from '../poll/pollState';
import { connect, wholeOption, type Connection, type Run } from '../transport/connection';
import type { Seconds } from '../time';
import { readMask, type Mask } from '../shape/personalData';
import type { CallMatch } from '../calls/matchCall';
import type { Place } from './explain';
import { readMatch } from './match';
import {
	createCallShaper,
	readCallOutput,
	readCrmContext,
	readRecordOutput,
	type CallOutput,
	type CallShaper,
	type RecordOutput,
} from './outputs';

const HOUR = 3600;
const MOST_RECORDS = 5000;
const LONGEST_LOOK_BACK_HOURS = 24 * 7;
/** A call that waits longer to be emitted might fall out of the look-back. */
const MOST_SETTLE_SECONDS = 1800;

/** What a trigger emits: a call as a whole, or each of its legs by itself. */
export type Emit = 'calls' | 'callRecords';

export type TriggerOutput = CallOutput | RecordOutput;

/** What the parameters of a trigger say, checked. */
export interface TriggerSetup {
	connection: Connection;
	filters: IDataObject;
	emit: Emit;
	output: TriggerOutput;
	options: IDataObject;
	/** Null: each row is emitted by itself. */
	calls: CallRules | null;
	/** Which calls are wanted; null: all. */
	match: CallMatch | null;
	mask: Mask;
	shaper: CallShaper;
}

/** @throws InputError when a parameter cannot be used; nothing has been asked then */
export async function setUpTrigger(
	context: IPollFunctions | IWebhookFunctions | IHookFunctions,
	platform: Platform,
	run: Run,
	place: Place,
): Promise<TriggerSetup> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const emit = readEmit(context.getNodeParameter('emit', 'calls'));
	const output = readOutput(
		context.getNodeParameter('output', emit === 'calls' ? 'call' : 'callRecord'),
		emit,
	);
	const match =
		emit === 'calls' ? readMatch(context.getNodeParameter('match', {}) as IDataObject) : null;
	const calls = emit === 'calls' ? callRules(platform, options) : null;
	const given = { ...(context.getNodeParameter('filters', {}) as IDataObject) };
	for (const name of platform.excludedTriggerFilters ?? []) delete given[name];
	const filters = platform.readFilters(given);
	const connection = await connect(context, platform, options, run);
	place.connection = connection;
	const mask = readMask({ mode: options.personalData, key: connection.pseudonymKey, output });
	const shaper = shaperFor(output, options, connection);
	return { connection, filters, emit, output, options, calls, match, mask, shaper };
}

function shaperFor(
	output: TriggerOutput,
	options: IDataObject,
	connection: Connection,
): CallShaper {
	const shown = output === 'callRecord' ? 'call' : output;
	const crm = readCrmContext(shown, options, connection.settings.country ?? null);
	return createCallShaper({ output: shown, includeLegs: options.includeLegs === true, crm });
}

function readEmit(value: unknown): Emit {
	if (value === 'calls' || value === 'callRecords') return value;
	throw new InputError('Emit', "'Emit' has to be calls or callRecords");
}

function readOutput(value: unknown, emit: Emit): TriggerOutput {
	return emit === 'calls' ? readCallOutput(value) : readRecordOutput(value);
}

/** How legs become calls; null where a call always is one row. */
function callRules({ legs }: Platform, options: IDataObject): CallRules | null {
	const { longestCallHours, settleSeconds = legs?.settleSeconds } = options;
	const usual = LONGEST_CALL_SECONDS / HOUR;
	const hours = wholeOption(longestCallHours, 'Longest Call Hours', usual, 48);
	const settle = Number(settleSeconds ?? 0);
	if (!(settle >= 0 && settle <= MOST_SETTLE_SECONDS)) {
		throw new InputError(
			'Settle Seconds',
			`'Settle Seconds' has to be a number from 0 to ${MOST_SETTLE_SECONDS}`,
		);
	}
	return legs ? { longestSeconds: hours * HOUR, settleSeconds: settle } : null;
}

/** @throws InputError when an option cannot be used */
export function pollOptions(
	{ connection, options, calls }: TriggerSetup,
	process: string,
): PollOptions {
	return {
		lookBackSeconds: lookBackOption(options),
		includeUpdates: options.includeUpdates === true,
		capacity: connection.pageSize,
		most: wholeOption(options.maxRecordsPerPoll, 'Max Records per Poll', MOST_RECORDS, 1_000_000),
		process,
		calls,
	};
}

function lookBackOption({ lookBackHours }: IDataObject): Seconds | null {
	if (lookBackHours === undefined || lookBackHours === null || Number(lookBackHours) === 0)
		return null;
	return wholeOption(lookBackHours, 'Look Back Hours', 1, LONGEST_LOOK_BACK_HOURS) * HOUR;
}

export interface Beginning {
	state: PollState;
	/** What is there counts as known. */
	isBaseline: boolean;
}

/**
 * How following begins: with what is there taken as known, or with the hours asked for emitted.
 * @param isFirst false: the trigger starts anew, and goes back no hours
 */
export function beginning(
	{ startFrom = 'now', hoursBack }: IDataObject,
	isFirst: boolean,
	fingerprint: string,
	now: Seconds,
	options: PollOptions,
): Beginning {
	if (startFrom !== 'now' && startFrom !== 'hoursBack') {
		throw new InputError('Start From', "'Start From' has to be now or hoursBack");
	}
	if (startFrom === 'hoursBack' && isFirst) {
		const hours = wholeOption(hoursBack, 'Hours Back', 24, 24 * 366);
		return { state: startState(fingerprint, now - hours * HOUR), isBaseline: false };
	}
	const since = now - lookBack(startState(fingerprint, now), now, options);
	return { state: startState(fingerprint, since), isBaseline: true };
}

/** With another credential, host, zone or filter, other calls are meant. Holds no secret. */
export function fingerprintOf(
	context: IPollFunctions,
	{ connection, filters }: TriggerSetup,
): string {
	const { platform, settings } = connection;
	const credential = context.getNode().credentials?.[platform.credentialType]?.id ?? null;
	const meant = [platform.name, settings.host, credential, connection.givenZone, filters];
	return createHash('sha256').update(JSON.stringify(meant)).digest('base64url').slice(0, 16);
}
