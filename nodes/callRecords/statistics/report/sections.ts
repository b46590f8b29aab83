import { shareLines, stackedBars, type Series, type Size } from './charts';
import type { Figures } from '../tally';
import type { Timeline } from './timeline';
import { WEEKDAYS, count, counted, duration, hourLabel, percent } from './format';
import { SHADES, heatMap, type Week } from './heatMap';
import { html, type Content, type Markup } from './markup';
import type { ReportData, WaitBucket } from './data';
import { table, type Column } from './tables';

/** For screens of which one is wide enough for a row of charts, and the other a phone. */
const WIDE = 760;
const NARROW = 340;

/** A part of the report under its own heading. */
export function section(title: string, content: Content): Markup {
	const id = title.toLowerCase().replace(/[^a-z]+/g, '-');
	return html`<section aria-labelledby="${id}">
		<h2 id="${id}">${title}</h2>
		${content}
	</section>`;
}

/** The chart in both widths, of which the page shows one, and its numbers as a table. */
function figure(options: {
	caption: string;
	legend: Content;
	draw: (size: Size, isNarrow: boolean) => Markup;
	heights: { wide: number; narrow: number };
	numbers: Markup;
}): Markup {
	const { caption, legend, draw, heights, numbers } = options;
	return html`<figure>
		<figcaption>${caption}</figcaption>
		${legend}
		<div class="wide">${draw({ width: WIDE, height: heights.wide }, false)}</div>
		<div class="narrow">${draw({ width: NARROW, height: heights.narrow }, true)}</div>
		<details>
			<summary>The numbers</summary>
			${numbers}
		</details>
	</figure>`;
}

function legend(series: readonly Series[], text: (series: Series) => string | null): Markup {
	return html`<ul class="legend">
		${series.map((one) => html`<li><i class="swatch ${one.colour}"></i>${one.name} <b>${text(one)}</b></li>`)}
	</ul>`;
}

const sum = (values: ReadonlyArray<number | null>) =>
	values.reduce<number>((total, value) => total + (value ?? 0), 0);

const PARTS: Array<{ name: string; colour: Series['colour']; of: (figures: Figures) => number }> = [
	{ name: 'Answered', colour: 'answered', of: ({ answered }) => answered },
	{ name: 'Voicemail', colour: 'voicemail', of: ({ voicemail }) => voicemail },
	{ name: 'Missed', colour: 'missed', of: ({ missed }) => missed },
	{ name: 'Outbound', colour: 'outbound', of: ({ outbound }) => outbound },
	{
		name: 'Internal and other',
		colour: 'internal',
		of: ({ calls, inbound, outbound }) => calls - inbound - outbound,
	},
];

export function callsInTime({ unit, names, figures, axis }: Timeline): Markup {
	const series: Series[] = PARTS.map(({ name, colour, of }) => ({
		name,
		colour,
		values: figures.map((step) => (step === null ? 0 : of(step))),
	})).filter(({ values }) => sum(values) > 0);
	const tips = names.map((step, i) => {
		const parts = series.map(({ name, values }) => `${count(values[i])} ${name.toLowerCase()}`);
		return `${step}: ${parts.join(', ')}`;
	});
	const most = Math.max(...figures.map((step) => step?.calls ?? 0));
	const busiest = names[figures.findIndex((step) => (step?.calls ?? 0) === most)];
	const caption = `The busiest ${unit} was ${busiest} with ${counted(most, 'call')}.`;
	return figure({
		caption,
		legend: legend(series, ({ values }) => count(sum(values))),
		draw: (size) =>
			stackedBars({
				label: `Calls by ${unit}. ${caption}`,
				series,
				tips,
				axis: axis(size.width),
				size,
			}),
		heights: { wide: 240, narrow: 210 },
		numbers: seriesTable(`Calls by ${unit}`, capital(unit), names, series, count),
	});
}

export function ratesInTime({ unit, names, figures, axis }: Timeline, total: Figures): Markup {
	const series: Series[] = [
		{
			name: 'Answer rate',
			colour: 'rate',
			values: figures.map((step) => step?.answerRate ?? null),
		},
		{
			name: `Service level (${duration(total.serviceLevelSeconds)})`,
			colour: 'level',
			values: figures.map((step) => step?.serviceLevel ?? null),
		},
	];
	const totals: Array<number | null> = [total.answerRate, total.serviceLevel];
	const title = `Answer rate and service level by ${unit}`;
	return figure({
		caption: `Of calls from outside. Without them, the ${unit} is a gap.`,
		legend: legend(series, (one) => percent(totals[series.indexOf(one)])),
		draw: (size) =>
			shareLines({
				label: `${title}: ${percent(totals[0])} and ${percent(totals[1])} in the whole period.`,
				series,
				axis: axis(size.width),
				size,
			}),
		heights: { wide: 200, narrow: 190 },
		numbers: seriesTable(title, capital(unit), names, series, percent),
	});
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

export function callsByHour(data: ReportData): Markup {
	const isInbound = data.total.inbound > 0;
	const week: Week = WEEKDAYS.map(() => Array.from({ length: 24 }, () => 0));
	for (const group of data.hours) {
		if (typeof group.weekday !== 'number' || typeof group.hour !== 'number') continue;
		week[group.weekday - 1][group.hour] = isInbound ? group.inbound : group.calls;
	}
	const max = Math.max(...week.flat());
	const day = week.findIndex((hours) => hours.includes(max));
	const hour = week[day].indexOf(max);
	const busiest = `${WEEKDAYS[day]} ${hourLabel(hour)}–${hourLabel((hour + 1) % 24)}`;
	const kind = isInbound ? 'call from outside' : 'call';
	const calls = counted(max, kind, kind.replace('call', 'calls'));
	const caption = `The busiest hour of the week was ${busiest}: ${calls} in the whole period.`;
	return figure({
		caption,
		legend: html`<p class="legend shades">
			<span>fewer</span
			>${Array.from({ length: SHADES + 1 }, (_, i) => html`<i class="swatch heat${i}"></i>`)}<span
				>more</span
			>
		</p>`,
		draw: (size, isUpright) =>
			heatMap({ label: `Calls by weekday and hour. ${caption}`, week, size, isUpright }),
		heights: { wide: 214, narrow: 480 },
		numbers: table(
			'Calls by hour and weekday',
			[
				{ title: 'Hour', value: (at: number) => hourLabel(at) },
				...WEEKDAYS.map((title, i) => ({
					title,
					value: (at: number) => count(week[i][at]),
					isNumber: true,
				})),
			],
			Array.from({ length: 24 }, (_, at) => at),
		),
	});
}

export function waitDistribution(data: ReportData): Markup {
	const names = data.waits.map(bucketName(data.waits));
	const series: Series[] = [
		{ name: 'Answered', colour: 'answered', values: data.waits.map(({ answered }) => answered) },
		{
			name: 'Not answered',
			colour: 'missed',
			values: data.waits.map((bucket) => bucket.unanswered),
		},
	];
	const all = sum(series.flatMap(({ values }) => values));
	const patient = data.waits.filter(({ upTo }) => upTo !== null && upTo <= 30);
	const within = sum(patient.flatMap(({ answered, unanswered }) => [answered, unanswered]));
	const caption = `${percent(within / all)} of the calls from outside waited 30 seconds or less, answered or not.`;
	const tips = names.map(
		(name, i) =>
			`${name} s: ${count(series[0].values[i])} answered, ${count(series[1].values[i])} not answered`,
	);
	return figure({
		caption,
		legend: legend(series, ({ values }) => count(sum(values))),
		draw: (size, isNarrow) =>
			stackedBars({
				label: `Calls from outside by how long they waited, in seconds. ${caption}`,
				series,
				tips,
				axis: names
					.map((text, index) => ({ index, text }))
					.filter(({ index }) => !isNarrow || index % 2 === 0),
				size,
			}),
		heights: { wide: 210, narrow: 200 },
		numbers: seriesTable('Calls by wait', 'Seconds', names, series, count),
	});
}

function bucketName(buckets: readonly WaitBucket[]) {
	return ({ upTo }: WaitBucket, i: number): string => {
		const longer = buckets[i - 1]?.upTo ?? null;
		if (upTo === null) return `> ${longer ?? 0}`;
		return longer === null ? `0–${upTo}` : `${longer + 1}–${upTo}`;
	};
}

function seriesTable(
	caption: string,
	head: string,
	names: readonly string[],
	series: readonly Series[],
	text: (value: number | null) => string,
): Markup {
	const columns: Array<Column<number>> = [
		{ title: head, value: (i) => names[i] },
		...series.map(({ name, values }) => ({
			title: name,
			value: (i: number) => text(values[i]),
			isNumber: true,
		})),
	];
	return table(
		caption,
		columns,
		names.map((_, i) => i),
	);
}
