import type { Figures } from '../tally';
import { changeOf, type Better, type Unit } from './change';
import { count, counted, duration, percent } from './format';
import { html, type Markup } from './markup';

interface KeyFigure {
	title: string;
	value: (figures: Figures) => number | null;
	unit: Unit;
	better: Better;
	/** What the number is of. */
	note: (figures: Figures) => string;
}

const KEY_FIGURES: readonly KeyFigure[] = [
	{
		title: 'Answer rate',
		value: ({ answerRate }) => answerRate,
		unit: 'share',
		better: 'up',
		note: ({ answered, inbound }) => `${count(answered)} of ${count(inbound)} inbound`,
	},
	{
		title: 'Service level',
		value: ({ serviceLevel }) => serviceLevel,
		unit: 'share',
		better: 'up',
		note: ({ serviceLevelSeconds }) => `answered within ${duration(serviceLevelSeconds)}`,
	},
	{
		title: 'Average wait',
		value: ({ averageWaitSeconds }) => averageWaitSeconds,
		unit: 'seconds',
		better: 'down',
		note: ({ longestWaitSeconds }) => `longest ${duration(longestWaitSeconds)}`,
	},
	{
		title: 'Not called back',
		value: ({ notCalledBack }) => notCalledBack,
		unit: 'count',
		better: 'down',
		note: ({ callBackOpen }) =>
			callBackOpen ? `and ${count(callBackOpen)} still in time` : 'missed, or left a message',
	},
	{
		title: 'Calls',
		value: ({ calls }) => calls,
		unit: 'count',
		better: 'neither',
		note: ({ inbound, outbound }) => `${count(inbound)} in, ${count(outbound)} out`,
	},
	{
		title: 'Missed',
		value: ({ missed }) => missed,
		unit: 'count',
		better: 'down',
		note: ({ voicemail }) => `and ${count(voicemail)} to voicemail`,
	},
	{
		title: 'Talk time',
		value: ({ totalTalkSeconds }) => totalTalkSeconds,
		unit: 'seconds',
		better: 'neither',
		note: ({ averageTalkSeconds }) => `${duration(averageTalkSeconds)} a call`,
	},
	{
		title: 'At once',
		value: ({ peakSimultaneousCalls }) => peakSimultaneousCalls,
		unit: 'count',
		better: 'neither',
		note: () => 'talks at the peak',
	},
];

const SHOWN: Record<Unit, (value: number | null) => string> = {
	count,
	share: percent,
	seconds: duration,
};

export function keyFigures(now: Figures, before: Figures | null): Markup {
	return html`<dl class="key">${KEY_FIGURES.map((figure) => keyFigure(figure, now, before))}</dl>`;
}

function keyFigure(figure: KeyFigure, now: Figures, before: Figures | null): Markup {
	const value = figure.value(now);
	const earlier = before === null ? null : figure.value(before);
	const change = changeOf(value, earlier, figure.unit, figure.better);
	const shown = SHOWN[figure.unit];
	return html`<div>
		<dt>${figure.title}</dt>
		<dd class="value">${shown(value)}</dd>
		<dd class="note">${figure.note(now)}</dd>
		${
			change === null
				? null
				: html`<dd class="change ${change.tone}" title="before: ${shown(earlier)}">
						${change.text}
					</dd>`
		}
	</div>`;
}

/** The period in one or two sentences, for whoever reads nothing else. */
export function headline(total: Figures): string {
	const { calls, inbound, answered, outbound, outboundAnswered, notCalledBack } = total;
	if (calls === 0) return 'No calls in this period.';
	if (inbound === 0) {
		return outbound === 0
			? `${counted(calls, 'call')}, none of them from or to the outside.`
			: `${counted(outbound, 'call')} went out, and ${count(outboundAnswered)} ${are(outboundAnswered)} answered.`;
	}
	const lost = inbound - answered;
	const from = counted(inbound, 'call from outside', 'calls from outside');
	if (lost === 0)
		return inbound === 1 ? 'A person answered the one call.' : `A person answered all ${from}.`;
	const reached = `A person answered ${count(answered)} of ${from}.`;
	if (notCalledBack === null) return reached;
	return notCalledBack === 0
		? `${reached} None of the others is overdue for a call back.`
		: `${reached} ${count(notCalledBack)} of the others ${are(notCalledBack)} never called back.`;
}

function are(value: number): string {
	return value === 1 ? 'was' : 'were';
}
