import { count, duration } from './format';

export type Unit = 'count' | 'share' | 'seconds';
/** Which way a figure has to go to be better; `neither` where more is only more. */
export type Better = 'up' | 'down' | 'neither';

export interface Change {
	text: string;
	tone: 'good' | 'bad' | 'even';
}

/** How a figure differs from that of the period before; null where one of the two is not known. */
export function changeOf(
	now: number | null,
	before: number | null,
	unit: Unit,
	better: Better,
): Change | null {
	if (now === null || before === null) return null;
	const text = CHANGES[unit](now, before);
	if (text === null) return { text: 'as before', tone: 'even' };
	const isBetter = now > before === (better === 'up');
	const tone = better === 'neither' ? 'even' : isBetter ? 'good' : 'bad';
	return { text: `${now > before ? '▲' : '▼'} ${text}`, tone };
}

/** How large the difference is; null where it is none that would be shown. */
const CHANGES: Record<Unit, (now: number, before: number) => string | null> = {
	count(now, before) {
		if (now === before) return null;
		if (before === 0) return `${count(now)} (none before)`;
		const share = Math.abs(now / before - 1) * 100;
		return share < 0.5 ? null : share > 999 ? 'more than tenfold' : `${Math.round(share)}%`;
	},
	share(now, before) {
		const points = Math.round(Math.abs(now - before) * 1000) / 10;
		return points === 0 ? null : `${points} ${points === 1 ? 'point' : 'points'}`;
	},
	seconds(now, before) {
		const seconds = Math.round(Math.abs(now - before));
		return seconds === 0 ? null : duration(seconds);
	},
};
