import { count } from './format';
import { html, type Content, type Markup } from './markup';
import { bands, coordinate, stack, ticks } from './scale';

/** Colours are classes, see `style.ts`, so that they follow light and dark. */
export type Colour =
	'answered' | 'voicemail' | 'missed' | 'outbound' | 'internal' | 'rate' | 'level';

export interface Series {
	name: string;
	colour: Colour;
	values: ReadonlyArray<number | null>;
}

/** A chart is drawn twice, each for its width: letters would shrink with a drawing that is scaled down. */
export interface Size {
	width: number;
	height: number;
}

export interface AxisLabel {
	/** Of the value it stands under, counted from 0. */
	index: number;
	text: string;
}

interface Frame {
	left: number;
	right: number;
	top: number;
	bottom: number;
}

const MARGIN = { left: 34, right: 4, top: 10, bottom: 22 };
const GAP = 0.22;

function frameOf({ width, height }: Size): Frame {
	return {
		left: MARGIN.left,
		right: width - MARGIN.right,
		top: MARGIN.top,
		bottom: height - MARGIN.bottom,
	};
}

/** A picture for whoever sees it, and one sentence for whoever does not. */
export function svg({ width, height }: Size, label: string, content: Content): Markup {
	return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
		${content}
	</svg>`;
}

/** Bars whose parts are the series, the first at the bottom. `labels` name the values in the tips. */
export function stackedBars(options: {
	label: string;
	series: readonly Series[];
	tips: readonly string[];
	axis: readonly AxisLabel[];
	size: Size;
}): Markup {
	const { series, tips, size } = options;
	const frame = frameOf(size);
	const sums = tips.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
	const steps = ticks(Math.max(0, ...sums), 4);
	const y = yOf(frame, steps[steps.length - 1]);
	const band = bands(tips.length, frame.right - frame.left, GAP);
	const width = coordinate(Math.min(band.width, 46));
	const bars = tips.map((tip, i) => {
		const x = coordinate(frame.left + band.at[i] + (band.width - width) / 2);
		const parts = stack(series.map(({ values }) => values[i] ?? 0)).map(([from, to], part) =>
			to === from
				? null
				: html`<rect
						class="${series[part].colour}"
						x="${x}"
						y="${y(to)}"
						width="${width}"
						height="${coordinate(y(from) - y(to))}"
					/>`,
		);
		return html`<g><title>${tip}</title>${parts}</g>`;
	});
	const centre = (i: number) => frame.left + band.at[i] + band.width / 2;
	return svg(size, options.label, [
		grid(frame, y, steps, count),
		bars,
		base(frame),
		axis(frame, options.axis, centre, size),
	]);
}

/** Lines of shares from 0 to 1, broken where a value is not known. */
export function shareLines(options: {
	label: string;
	series: readonly Series[];
	axis: readonly AxisLabel[];
	size: Size;
}): Markup {
	const { series, size } = options;
	const frame = frameOf(size);
	const points = Math.max(0, ...series.map(({ values }) => values.length));
	const band = bands(points, frame.right - frame.left, 0);
	const x = (i: number) => coordinate(frame.left + band.at[i] + band.width / 2);
	const y = yOf(frame, 1);
	const lines = series.map(({ colour, values }) =>
		runsOf(values).map((run) => {
			const [first] = run;
			if (run.length === 1) {
				return html`<circle class="${colour}" cx="${x(first[0])}" cy="${y(first[1])}" r="3" />`;
			}
			const line = run.map(([i, value]) => `${x(i)},${y(value)}`).join(' ');
			return html`<polyline class="line ${colour}" points="${line}" />`;
		}),
	);
	const asPercent = (share: number) => `${Math.round(share * 100)}%`;
	return svg(size, options.label, [
		grid(frame, y, [0, 0.25, 0.5, 0.75, 1], asPercent),
		base(frame),
		lines,
		axis(frame, options.axis, x, size),
	]);
}

/** What is known without a gap between, as pairs of index and value. */
export function runsOf(values: ReadonlyArray<number | null>): Array<Array<[number, number]>> {
	const runs: Array<Array<[number, number]>> = [];
	values.forEach((value, i) => {
		if (value === null) return;
		if (i === 0 || values[i - 1] === null) runs.push([]);
		runs[runs.length - 1].push([i, value]);
	});
	return runs;
}

function yOf({ top, bottom }: Frame, max: number): (value: number) => number {
	return (value) => coordinate(bottom - (value / max) * (bottom - top));
}

function grid(
	frame: Frame,
	y: (value: number) => number,
	steps: readonly number[],
	text: (step: number) => string,
): Markup[] {
	return steps.map(
		(step) =>
			html`<line
					class="grid"
					x1="${frame.left}"
					x2="${frame.right}"
					y1="${y(step)}"
					y2="${y(step)}"
				/><text class="end" x="${frame.left - 6}" y="${y(step) + 4}">${text(step)}</text>`,
	);
}

/** The line that bars stand on; drawn over their feet. */
function base({ left, right, bottom }: Frame): Markup {
	return html`<line class="base" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}" />`;
}

function axis(
	frame: Frame,
	labels: readonly AxisLabel[],
	x: (index: number) => number,
	size: Size,
): Markup[] {
	return labels.map(({ index, text }) => {
		// Half the width of the letters, so that the first and the last label stay in the picture.
		const half = text.length * 3.3;
		const at = coordinate(Math.min(size.width - half, Math.max(half, x(index))));
		return html`<text class="middle" x="${at}" y="${frame.bottom + 16}">${text}</text>`;
	});
}
