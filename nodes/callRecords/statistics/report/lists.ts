import type { Outcome } from '../../callRecord';
import type { Seconds } from '../../time';
import type { GroupFigures } from '../figures';
import type { Caller, LongWait, ReportData, WaitingCaller } from './data';
import { UNKNOWN, count, counted, duration, moment, percent } from './format';
import { html, type Content, type Markup } from './markup';
import { table, type Column } from './tables';

/** How many rows are shown at once; the rest of a long list opens on demand. */
const ROWS_SHOWN = 20;
/** How many rows there are at most: more would be a file, and no report. */
const MOST_ROWS = 300;

/** A name may be written from right to left, and must not turn the text around it. */
function name(text: string): Markup {
	return html`<bdi>${text}</bdi>`;
}

export function queues(data: ReportData): Markup | null {
	const rows = data.queues.filter(({ queue, inbound }) => queue !== null && inbound > 0);
	return rows.length === 0
		? null
		: longTable('Calls from outside by queue', 'queues', QUEUE_COLUMNS, byInbound(rows));
}

const byInbound = (rows: readonly GroupFigures[]) =>
	[...rows].sort((a, b) => b.inbound - a.inbound);

const QUEUE_COLUMNS: ReadonlyArray<Column<GroupFigures>> = [
	{ title: 'Queue', value: ({ queue }) => name(String(queue)) },
	{ title: 'Calls', value: ({ inbound }) => count(inbound), isNumber: true },
	{
		title: 'Answer rate',
		value: ({ answerRate }) => percent(answerRate),
		isNumber: true,
		bar: ({ answerRate }) => answerRate,
	},
	{
		title: 'Service level',
		value: ({ serviceLevel }) => percent(serviceLevel),
		isNumber: true,
		isMinor: true,
	},
	{
		title: 'Average wait',
		value: ({ averageWaitSeconds }) => duration(averageWaitSeconds),
		isNumber: true,
	},
	{ title: 'Missed', value: ({ missed }) => count(missed), isNumber: true, isMinor: true },
	{
		title: 'Not called back',
		value: ({ notCalledBack }) => count(notCalledBack),
		isNumber: true,
		isMinor: true,
	},
];

export function agents(data: ReportData): Markup | null {
	const rows = data.agents
		.filter(({ agent }) => agent !== null)
		.sort((a, b) => talk(b) - talk(a) || b.calls - a.calls);
	if (rows.length === 0) return null;
	const most = Math.max(...rows.map(talk));
	return longTable('Calls by agent', 'agents', agentColumns(most), rows);
}

const talk = ({ totalTalkSeconds }: GroupFigures) => totalTalkSeconds ?? 0;

function agentColumns(mostTalk: number): ReadonlyArray<Column<GroupFigures>> {
	return [
		{ title: 'Agent', value: ({ agent }) => name(String(agent)) },
		{ title: 'Answered', value: ({ answered }) => count(answered), isNumber: true },
		{ title: 'Called out', value: ({ outbound }) => count(outbound), isNumber: true },
		{
			title: 'Talk time',
			value: ({ totalTalkSeconds }) => duration(totalTalkSeconds),
			isNumber: true,
			bar: (row) => (mostTalk === 0 ? null : talk(row) / mostTalk),
		},
		{
			title: 'Average talk',
			value: ({ averageTalkSeconds }) => duration(averageTalkSeconds),
			isNumber: true,
			isMinor: true,
		},
		{
			title: 'Average wait',
			value: ({ averageWaitSeconds }) => duration(averageWaitSeconds),
			isNumber: true,
			isMinor: true,
		},
	];
}

/** The first rows at once, the others folded away, and how many there are besides. */
function longTable<Row>(
	caption: string,
	what: string,
	columns: ReadonlyArray<Column<Row>>,
	rows: readonly Row[],
): Markup {
	const rest = rows.slice(ROWS_SHOWN, MOST_ROWS);
	const left = rows.length - ROWS_SHOWN - rest.length;
	return html`${table(caption, columns, rows.slice(0, ROWS_SHOWN))}
	${
		rest.length === 0
			? null
			: html`<details>
					<summary>${count(rest.length)} more ${what}</summary>
					${table(`${caption}, continued`, columns, rest)}
				</details>`
	}
	${left > 0 ? html`<p class="note">${count(left)} more ${what} are not listed.</p>` : null}`;
}

/** The words of the report for how a call ended. */
const ENDINGS: Partial<Record<Outcome, string>> = {
	answered: 'answered',
	voicemail: 'voicemail',
};

function caller({ name: text, number }: Caller): Content {
	if (text === null)
		return number === null ? 'number withheld' : html`<bdi class="digits">${number}</bdi>`;
	return html`<bdi>${text}</bdi
		>${number === null ? null : html` <bdi class="digits second">${number}</bdi>`}`;
}

/** A line may end between the day and the time, and nowhere else. */
function when(instant: Seconds | null, zone: string): Content {
	if (instant === null) return UNKNOWN;
	const parts = moment(instant, zone).map((part) => html`<span class="when">${part}</span>`);
	return html`${parts[0]} ${parts[1]}`;
}

export function longestWaits(data: ReportData, zone: string): Markup | null {
	if (data.longestWaits.length === 0) return null;
	const columns: ReadonlyArray<Column<LongWait>> = [
		{ title: 'Caller', value: (wait) => caller(wait.caller) },
		{ title: 'Waited', value: ({ waitSeconds }) => duration(waitSeconds), isNumber: true },
		{ title: 'Ended', value: ({ outcome }) => ENDINGS[outcome] ?? 'missed', isMinor: true },
		{ title: 'When', value: ({ startedAt }) => when(startedAt, zone) },
		{
			title: 'Queue',
			value: ({ queue }) => (queue === null ? UNKNOWN : name(queue)),
			isMinor: true,
		},
	];
	return table('The calls from outside that waited longest', columns, data.longestWaits);
}

export function notCalledBack(data: ReportData, zone: string): Markup | null {
	const { callers, moreCalls } = data.waitingCallers;
	if (callers.length === 0) return null;
	const columns: ReadonlyArray<Column<WaitingCaller>> = [
		{ title: 'Caller', value: (waiting) => caller(waiting.caller) },
		{ title: 'Calls', value: ({ calls }) => count(calls), isNumber: true },
		{ title: 'Last call', value: ({ lastCall }) => when(lastCall, zone) },
		{
			title: 'Queue',
			value: ({ queue }) => (queue === null ? UNKNOWN : name(queue)),
			isMinor: true,
		},
		{
			title: 'Call back',
			value: ({ isOpen }) =>
				isOpen
					? html`<span class="tag open">still in time</span>`
					: html`<span class="tag late">overdue</span>`,
		},
	];
	return html`${table('Who was missed or left a message, and nobody called back; the newest first', columns, callers)}
	${moreCalls > 0 ? html`<p class="note">And ${counted(moreCalls, 'earlier call')}.</p>` : null}`;
}
