import { createHash } from 'crypto';

import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { Output } from '../extract/source';
import { InputError, type Platform } from '../platform';
import type { CallRules } from '../poll/calls';
import { lookBack, type PollOptions } from '../poll/plan';
import { startState, type PollState } from '../poll/pollState';
import { connect, wholeOption, type Connection, type Run } from '../transport/connection';
import type { Seconds } from '../time';
import type { Place } from './explain';
import { readOutput } from './parameters';

const HOUR = 3600;
const MOST_RECORDS = 5000;
const LONGEST_LOOK_BACK_HOURS = 24 * 7;

/** What the parameters of a trigger say, checked. */
export interface TriggerSetup {
	connection: Connection;
	filters: IDataObject;
	output: Output;
	options: IDataObject;
	/** Null: each leg is emitted by itself. */
	calls: CallRules | null;
}

/** @throws InputError when a parameter cannot be used; nothing has been asked then */
export async function setUpTrigger(
	context: IPollFunctions,
	platform: Platform,
	run: Run,
	place: Place,
): Promise<TriggerSetup> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const output = readOutput(context.getNodeParameter('output', 'callRecord'));
	const given = { ...(context.getNodeParameter('filters', {}) as IDataObject) };
	for (const name of platform.excludedTriggerFilters ?? []) delete given[name];
	const filters = platform.readFilters(given);
	const connection = await connect(context, platform, options, run);
	place.connection = connection;
	return { connection, filters, output, options, calls: null };
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
