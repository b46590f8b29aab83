import { DateTime } from 'luxon';

import type { Seconds } from '../time';

/**
 * What the limit left out. n8n itself says that a limit was reached, so this is said only where there is more to say:
 * how many there are.
 * @param total as the platform counted them, in the same unit; null where it does not
 */
export function limitHint(given: {
	shown: number;
	/** `more`: than are shown, and nobody counts how many. */
	total: number | 'more' | null;
	unit: 'calls' | 'call legs';
	isNewest: boolean;
}): string[] {
	const { shown, total, unit, isNewest } = given;
	if (total === null || (total !== 'more' && total <= shown)) return [];
	const which = isNewest ? `the newest ${shown}` : String(shown);
	const of = total === 'more' ? `${unit}, and there are more` : `of ${total} ${unit}`;
	return [`Showing ${which} ${of}. Turn on Return All to get all of them.`];
}

/** Periods that begin at midnight, with the words of the list. */
const PERIODS_OF_DAYS = new Map<unknown, string>([
	['today', 'Today'],
	['yesterday', 'Yesterday'],
	['thisMonth', 'This Month'],
	['lastMonth', 'Last Month'],
]);

/** A day of the workflow is not a day of the phone system where their clocks differ. Names both zones. */
export function zoneHint(
	period: unknown,
	at: Seconds,
	{ workflow, platform }: { workflow: string; platform: string },
): string[] {
	const named = PERIODS_OF_DAYS.get(period);
	const offset = (zone: string) => DateTime.fromSeconds(at, { zone }).offset;
	if (named === undefined || offset(workflow) === offset(platform)) return [];
	return [
		`${named} is taken in the time zone of this workflow (${workflow}). The times of the calls are in the time zone of the phone system (${platform}), so some may show another date. You can change the workflow's time zone in its settings.`,
	];
}
