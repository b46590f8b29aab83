import type { Seconds, TimeRange } from '../../time';
import type { Figures } from '../tally';
import type { ReportData } from './data';
import { duration, fullMoment, periodText } from './format';
import { headline, keyFigures } from './keyFigures';
import { agents, longestWaits, notCalledBack, queues } from './lists';
import { html, type Content, type Markup } from './markup';
import { callsByHour, callsInTime, ratesInTime, section, waitDistribution } from './sections';
import { STYLE } from './style';
import { timelineOf } from './timeline';

export interface Report {
	title: string;
	period: TimeRange;
	/** The workflow's IANA zone, in which days and times are shown. */
	zone: string;
	generatedAt: Seconds;
	data: ReportData;
	/** Of the period of the same length before; null where it was not read. */
	previous: Figures | null;
}

/** Nothing may be loaded, and no script may run, also where a mail program or a browser would allow it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/**
 * The report as one HTML page that needs nothing else: no script, no font, no picture from outside. It is light or dark as
 * its reader's system is, can be printed, and fits a phone. Every text of a call is escaped.
 */
export function renderReport(report: Report): string {
	const { title, data, period, zone } = report;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta http-equiv="Content-Security-Policy" content="${POLICY}" />
				<meta name="referrer" content="no-referrer" />
				<title>${title} · ${periodText(period, zone)}</title>
				<style>
					${{ markup: STYLE }}
				</style>
			</head>
			<body>
				<header>
					<h1><bdi>${title}</bdi></h1>
					<p class="period">${periodText(period, zone)}</p>
					<p class="headline">${headline(data.total)}</p>
				</header>
				<main>${parts(report)}</main>
				<footer>${notes(report)}</footer>
			</body>
		</html>`.markup.replace(/\n\t+/g, '\n');
}

function parts({ data, previous, period, zone }: Report): Markup[] {
	const { total } = data;
	const hasInbound = total.inbound > 0;
	const timeline = timelineOf(data, period, zone);
	const hasWaits = data.waits.some(({ answered, unanswered }) => answered + unanswered > 0);
	const when = (isThere: boolean, part: () => Markup | null): Content => (isThere ? part() : null);
	const all: Array<[title: string, content: Content]> = [
		['Key figures', when(total.calls > 0 || previous !== null, () => keyFigures(total, previous))],
		[`Calls by ${timeline.unit}`, when(data.days.length > 0, () => callsInTime(timeline))],
		[
			'When people call',
			when(timeline.unit === 'day' && data.hours.length > 0, () => callsByHour(data)),
		],
		['Answer rate and service level', when(hasInbound, () => ratesInTime(timeline, total))],
		['How long callers wait', when(hasWaits, () => waitDistribution(data))],
		['Callers not called back', when(hasInbound, () => notCalledBack(data, zone) ?? nobody())],
		['Queues', queues(data)],
		['Agents', agents(data)],
		['Longest waits', longestWaits(data, zone)],
	];
	const shown = all.filter(([, content]) => content !== null);
	return shown.length > 0
		? shown.map(([title, content]) => section(title, content))
		: [section('Nothing to show', html`<p class="empty">The period has no calls.</p>`)];
}

function nobody(): Markup {
	return html`<p class="empty">Nobody is waiting for a call.</p>`;
}

const FORMULAS = {
	offered: 'all calls from outside',
	answered: 'the answered calls',
	offeredLessShort: 'the calls from outside, without those that hung up at once',
};

/** How to read the figures, in the words of `docs/statistics.md`. */
function notes({ data, previous, generatedAt, zone }: Report): Markup {
	const { serviceLevelSeconds, serviceLevelFormula } = data.total;
	return html`<p>
			Answered means that a person talked: a menu, a queue or a voicemail is no answer. Service
			level: answered within ${duration(serviceLevelSeconds)}, out of
			${FORMULAS[serviceLevelFormula]}. Called back: a later answered call with the same number,
			either way.
		</p>
		${
			previous === null
				? null
				: html`<p>▲ and ▼ compare with the period of the same length before.</p>`
		}
		<p>Generated ${fullMoment(generatedAt, zone)}. All times are those of ${zone}.</p>`;
}
