import type { Seconds, TimeRange } from '../time';
import { IncompleteRead, type PageRow } from './verdict';

/**
 * By how much more is asked for than a slice. A second at its end always, for some platforms take the end of a range
 * for excluded; rows of that second are dropped again. If rows lie further outside, the platform rounds the times of a
 * request, or goes by another time than the start: then so much is asked for on both sides that it does no harm.
 *
 *     slice              |---------------|
 *     asked at first     |---------------|.
 *     asked if rounded  .|---------------|.
 */
const MARGINS: Seconds[] = [1, 60, 3600, 4 * 3600, 86_400];
const WIDEST = MARGINS[MARGINS.length - 1];

/** Whether the platform applies the times that it is asked for, and how exactly. */
export interface Timeliness {
	/** What to ask for, to be sent all of a slice. */
	widen(slice: TimeRange): TimeRange;
	/**
	 * Whether the rows lie where they were `asked` for, or only `near`: then the slice has to be asked for again with the
	 * margin that has grown; or whether most of them lie `elsewhere`.
	 */
	place(rows: Array<PageRow<unknown>>, asked: TimeRange): 'asked' | 'near' | 'elsewhere';
	margin(): Seconds;
	isRounded(): boolean;
	/** @throws IncompleteRead where parts of the slice would be answered like the whole */
	assertCuttable(slice: TimeRange): void;
	ignored(slice: TimeRange): IncompleteRead;
}

export function createTimeliness(): Timeliness {
	let [margin] = MARGINS;
	const isRounded = () => margin > MARGINS[0];
	return {
		widen: ({ from, to }) => ({ from: isRounded() ? from - margin : from, to: to + margin }),
		place(rows, asked) {
			const distances = rows.map(({ at }) => (at === null ? 0 : distance(at, asked)));
			const near = distances.filter((seconds) => seconds <= WIDEST);
			if (near.length < distances.length - near.length) return 'elsewhere';
			const furthest = near.reduce((a, b) => Math.max(a, b), 0);
			if (furthest === 0) return 'asked';
			const before = margin;
			margin = Math.max(margin, MARGINS.find((seconds) => seconds >= furthest) ?? WIDEST);
			return margin > before ? 'near' : 'asked';
		},
		margin: () => margin,
		isRounded,
		assertCuttable(slice) {
			if (isRounded() && slice.to - slice.from < margin) throw rounded(slice);
		},
		ignored,
	};
}

function distance(at: Seconds, { from, to }: TimeRange): Seconds {
	return Math.max(0, from - at, at - to);
}

function ignored(slice: TimeRange): IncompleteRead {
	return new IncompleteRead(
		slice,
		'the platform did not apply the times that were asked for; most of the records it sent began at other times',
		'Check the time zone in the credential and the filters. If they are right, report it to the platform.',
	);
}

function rounded(slice: TimeRange): IncompleteRead {
	return new IncompleteRead(
		slice,
		'the platform rounds the times that are asked for, and more records began around this time than one reply carries',
		'Choose a larger page size where there is one, or narrow the filters.',
	);
}
