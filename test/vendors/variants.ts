/**
 * Ways in which vendors differ, or may differ, and do not say. Each fake server takes all of them; a value that means
 * nothing on a platform changes nothing there. The first value of each is what most vendors do.
 */
export const VARIANTS = {
	/** Whether a call that began in the last second of a window belongs to it. */
	end: ['inclusive', 'exclusive'],
	sortedBy: ['start', 'end', 'id', 'nothing'],
	direction: ['down', 'up'],
	/** How many records match: said each time, never, up to a limit only, or wrong in one reply. */
	counts: ['always', 'never', 'capped', 'wrongOnce'],
	/** Half as many records in a reply as asked for: the reply says so, or repeats what was asked for. */
	pageSize: ['asAsked', 'clamped', 'clampedSilently'],
	/** The times of a window. Rounded ones are widened: the beginning goes down, the end up. */
	times: ['applied', 'ignored', 'roundedToMinutes', 'roundedToDays'],
	ids: ['number', 'text', 'restartingMonthly', 'missing'],
	/** What stands for no records. */
	empty: ['list', 'null', 'missing', 'text', 'errorCode'],
	/** What happens to the list after each reply. */
	rows: ['steady', 'late', 'changed', 'deleted'],
	/** How a reply with records comes. `huge` and `bomb` are 256 MB, the latter compressed. */
	reply: ['prompt', 'slow', 'dripping', 'endless', 'huge', 'compressed', 'bomb'],
	/** How one failure of the server (at the second request for records) is reported. */
	status: ['right', 'okWithError', 'okWithErrorPage'],
	/** The server's clock is seven minutes off. */
	clock: ['right', 'ahead', 'behind'],
} as const;

export type VariantName = keyof typeof VARIANTS;
export type Variants = { [Name in VariantName]: (typeof VARIANTS)[Name][number] };

export const VARIANT_NAMES = Object.keys(VARIANTS) as VariantName[];

export function usualVariants(): Variants {
	const usual = VARIANT_NAMES.map((name) => [name, VARIANTS[name][0]]);
	return Object.fromEntries(usual) as unknown as Variants;
}

export const CLOCK_ERROR_SECONDS = 420;

/** How far a server's clock is ahead. */
export const clockAheadOf = ({ clock }: Variants): number =>
	({ right: 0, ahead: CLOCK_ERROR_SECONDS, behind: -CLOCK_ERROR_SECONDS })[clock];
