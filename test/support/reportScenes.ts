import type { Call } from '../../nodes/callRecords/call';
import { createStatistics } from '../../nodes/callRecords/statistics/figures';
import { callBacksUntil } from '../../nodes/callRecords/statistics/options';
import { createReportData } from '../../nodes/callRecords/statistics/report/data';
import { renderReport } from '../../nodes/callRecords/statistics/report/render';
import { createOffice, type OfficeSettings } from './office';
import { callOf } from './officeCalls';
import { oneCall } from './statisticsCall';

const ZONE = 'Europe/Bucharest';
const DAY = 86_400;

/** 1 to 30 September 2025, in Bucharest. */
const FROM = Date.parse('2025-08-31T21:00:00Z') / 1000;
const MONTH = { from: FROM, to: FROM + 30 * DAY - 1 };

/** The report of calls in order; those of the period before in `previous`. */
export function reportOf(options: {
	title: string;
	calls: readonly Call[];
	previous?: readonly Call[];
	period?: { from: number; to: number };
	now?: number;
}): string {
	const { title, calls, previous, period = MONTH, now = period.to + 9 * 3600 } = options;
	const builder = createReportData({ zone: ZONE, period, now });
	for (const call of calls) builder.add(call);
	const length = period.to - period.from + 1;
	const before = { from: period.from - length, to: period.from - 1 };
	const statistics = createStatistics({ groupBy: [], zone: ZONE, period: before, now });
	for (const call of previous ?? []) statistics.add(call);
	return renderReport({
		title,
		period,
		zone: ZONE,
		generatedAt: now,
		data: builder.result(),
		previous: previous ? statistics.result()[0] : null,
	});
}

type Rename = (name: string, index: number) => string;

function officeReport(
	title: string,
	settings: Partial<OfficeSettings>,
	rename: Rename = (name) => name,
) {
	const office = createOffice({
		seed: 3,
		zone: ZONE,
		from: FROM - 30 * DAY,
		days: 62,
		callsPerDay: 20,
		...settings,
	});
	const names = new Map<string, string>();
	const renamed = (name: string | null) => {
		if (name === null) return null;
		const known = names.get(name) ?? rename(name, names.size);
		names.set(name, known);
		return known;
	};
	const calls = office.calls.map((truth) => {
		const call = callOf(truth);
		call.agentName = renamed(call.agentName);
		call.queue = renamed(call.queue);
		call.fromName = renamed(call.fromName);
		return call;
	});
	const inside = (from: number, to: number) =>
		calls.filter((_, i) => office.calls[i].startedAt >= from && office.calls[i].startedAt <= to);
	const now = MONTH.to + 9 * 3600;
	return reportOf({
		title,
		calls: inside(MONTH.from, callBacksUntil(MONTH, now)),
		previous: inside(MONTH.from - 30 * DAY, MONTH.from + DAY),
		now,
	});
}

const ARABIC = 'ليلى حسن,أحمد منصور,نور الدين,دعم العملاء,المبيعات,שרה כהן,יעל לוי,פניות'.split(
	',',
);
/** @public Read by the browser test. */
export const HOSTILE = [
	'<script>document.title = "owned"</script>',
	'"><img src=x onerror=alert(1)>',
	"' onmouseover='alert(1)",
	'</style></title><b>bold</b>',
	'{{ $json.password }} ${7*7} &lt;b&gt;',
	'\u202Eevil\u0000\u0007\ud800',
	'Wolfeschlegelsteinhausenbergerdorff'.repeat(4),
	'=HYPERLINK("http://example.com")',
	'javascript:alert(1)',
	'e\u0301\u0323'.repeat(20),
];

/** The reports that people look at before a release, and that axe looks at in the tests. */
export const REPORT_SCENES: Record<string, () => string> = {
	empty: () => reportOf({ title: 'Calls in September', calls: [] }),
	one: () =>
		reportOf({
			title: 'Calls on 4 March',
			calls: [oneCall({ queue: 'Sales' })],
			period: {
				from: Date.parse('2025-03-03T22:00:00Z') / 1000,
				to: Date.parse('2025-03-04T21:59:59Z') / 1000,
			},
		}),
	month: () => officeReport('Calls in September', { callsPerDay: 1240, agents: 18 }),
	agents: () => officeReport('Calls of a contact centre', { callsPerDay: 400, agents: 200 }),
	rightToLeft: () =>
		officeReport(
			'مكالمات أيلول',
			{},
			(_, i) => ARABIC[i % ARABIC.length] + (i < ARABIC.length ? '' : ` ${i}`),
		),
	hostile: () =>
		officeReport(
			`Calls ${HOSTILE[0]}`,
			{ callsPerDay: 8 },
			(_, i) => `${HOSTILE[i % HOSTILE.length]}${i}`,
		),
};
