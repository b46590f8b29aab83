import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { CallMatch } from '../calls/matchCall';
import type { CallReading } from '../calls/readCalls';
import { LONGEST_CALL_SECONDS } from '../calls/groupCalls';
import { createReport, type ReadReport } from '../extract/report';
import { InputError, type Platform } from '../platform';
import { readMask, type Mask } from '../shape/personalData';
import type { TimeRange } from '../time';
import { connect, wholeOption, type Connection, type Run } from '../transport/connection';
import type { Place } from './explain';
import { zoneHint } from './hints';
import { readMatch } from './match';
import { createCallShaper, readCrmContext, type CallOutput, type CallShaper } from './outputs';

/** What every operation that reads works with. */
export interface Setup {
	window: TimeRange;
	itemIndex: number;
	/** As `readFilters` of the platform returned them. */
	filters: IDataObject;
	/** Which calls are wanted; null: all. */
	match: CallMatch | null;
	options: IDataObject;
	connection: Connection;
	mask: Mask;
	report: ReadReport;
	run: Run;
}

/**
 * Checks the parameters of an item and opens the platform.
 * @throws InputError before anything is asked of the platform
 */
export async function setUp(
	context: IExecuteFunctions,
	platform: Platform,
	run: Run,
	itemIndex: number,
	place: Place,
	{ window, output }: { window: TimeRange; output?: unknown },
): Promise<Setup> {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const given = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const filters = platform.readFilters(given);
	const match = readMatch(context.getNodeParameter('match', itemIndex, {}) as IDataObject);
	readCallOptions(platform, options);
	const connection = await connect(context, platform, options, run, itemIndex);
	Object.assign(place, { window, connection, advice: platform.consumesOnRead?.(filters) });
	const mask = readMask({ mode: options.personalData, key: connection.pseudonymKey, output });
	return {
		window,
		itemIndex,
		filters,
		match,
		options,
		connection,
		mask,
		report: createReport(connection.report),
		run,
	};
}

/** How long a call may last, and how long it takes until its rows are final. */
function readCallOptions(
	{ legs }: Platform,
	options: IDataObject,
): Pick<CallReading, 'longestCallSeconds' | 'settleSeconds'> {
	const { longestCallHours, settleSeconds = legs?.settleSeconds ?? 0 } = options;
	const hours = wholeOption(
		longestCallHours,
		'Longest Call Hours',
		LONGEST_CALL_SECONDS / 3600,
		48,
	);
	const settle = Number(settleSeconds);
	if (!(settle >= 0 && settle <= 86_400)) {
		throw new InputError('Settle Seconds', "'Settle Seconds' has to be a number from 0 to 86400");
	}
	return { longestCallSeconds: hours * 3600, settleSeconds: settle };
}

/** How the calls of a setup are read. */
export function readingOf(
	{ connection, match, options, mask, report, run }: Setup,
	choice: Pick<CallReading, 'order' | 'keepLegs' | 'keepRows'> & { wanted?(): number },
): CallReading {
	const { wanted = () => Infinity } = choice;
	return {
		...readCallOptions(connection.platform, options),
		...choice,
		match,
		mask,
		readAt: Math.floor(Date.now() / 1000),
		wanted: () => (run.isStopped() ? 0 : wanted()),
		note: (event) => report.note(event),
	};
}

/** How the calls of a setup are read to be counted, which goes by their order. */
export function countingOf(setup: Setup): CallReading {
	const reading = readingOf(setup, { order: 'oldestFirst', keepLegs: false, keepRows: false });
	return { ...reading, isStrict: true };
}

/** Makes items of the calls of a setup. */
export function shaperOf({ connection, options }: Setup, output: CallOutput): CallShaper {
	const crm = readCrmContext(output, options, connection.settings.country ?? null);
	return createCallShaper({ output, includeLegs: options.includeLegs === true, crm });
}

/** Shows below the output what was unusual about a run, and what else the user should know. */
export function showHints(
	context: IExecuteFunctions,
	{ report, connection, window, itemIndex }: Setup,
	more: string[] = [],
): void {
	const zones = { workflow: context.getTimezone(), platform: connection.settings.zone };
	const period = context.getNodeParameter('period', itemIndex, 'custom');
	const hints = [
		...report.hints(connection.platform.title),
		...zoneHint(period, window.from, zones),
		...more,
	];
	context.addExecutionHints?.(
		...hints.map((message) => ({ message, location: 'outputPane' as const })),
	);
}
