import { createStatistics } from '../../../nodes/callRecords/statistics/figures';
import {
	GROUP_KEYS,
	callBacksUntil,
	type GroupKey,
	type StatisticsOptions,
} from '../../../nodes/callRecords/statistics/options';
import { createOffice, type OfficeCall } from '../../support/office';
import { callOf, type Unsaid } from '../../support/officeCalls';
import { createSqlStatistics, type SqlQuestion, type SqlRow } from '../../support/statisticsSql';

/** Every subset of the seven keys, the empty one first. */
const GROUPINGS: GroupKey[][] = Array.from({ length: 2 ** GROUP_KEYS.length }, (_, bits) =>
	GROUP_KEYS.filter((_key, i) => (bits >> i) & 1),
);
const FORMULAS = ['offered', 'answered', 'offeredLessShort'] as const;
const DAY = 86_400;

/** Zones with whole, half and quarter hours; periods with both changes of clocks in them, and with none. */
const CALENDARS = [
	{ zone: 'Europe/Bucharest', from: '2025-03-27T22:00:00Z' },
	{ zone: 'Europe/Bucharest', from: '2025-10-23T21:00:00Z' },
	{ zone: 'America/New_York', from: '2025-03-06T05:00:00Z' },
	{ zone: 'America/New_York', from: '2025-10-31T04:00:00Z' },
	{ zone: 'Australia/Lord_Howe', from: '2025-04-03T13:00:00Z' },
	{ zone: 'Australia/Lord_Howe', from: '2025-10-02T13:30:00Z' },
	{ zone: 'Asia/Kathmandu', from: '2025-06-01T18:15:00Z' },
	{ zone: 'Asia/Shanghai', from: '2024-02-27T16:00:00Z' },
];
const UNSAID: Unsaid[] = [
	{},
	{ answeredAt: true },
	{},
	{ waitSeconds: true },
	{},
	{ talkSeconds: true },
	{},
	{ number: true },
];

interface Case {
	seed: number;
	question: SqlQuestion;
	unsaid: Unsaid;
	calls: OfficeCall[];
}

function caseOf(seed: number): Case {
	const { zone, from: first } = CALENDARS[seed % CALENDARS.length];
	const from = Date.parse(first) / 1000;
	const days = 5 + (seed % 4);
	// Every third office is looked at before all its call-backs are due.
	const to = from + days * DAY - 1;
	const now = seed % 3 === 0 ? to + 3 * 3600 : to + 10 * DAY;
	const question = {
		zone,
		from,
		to,
		now,
		serviceLevelSeconds: [20, 10, 30][seed % 3],
		serviceLevelFormula: FORMULAS[seed % 3],
		shortAbandonSeconds: [5, 3][seed % 2],
		callBackHours: [24, 2, 24, 48][seed % 4],
	};
	const settings = { seed, zone, days: days + 4, callsPerDay: 45, allHours: seed % 2 === 0 };
	const office = createOffice({ ...settings, from: from - DAY });
	const until = callBacksUntil({ from, to }, now, question.callBackHours);
	return {
		seed,
		question,
		unsaid: UNSAID[Math.floor(seed / 2) % UNSAID.length],
		calls: office.calls.filter((call) => call.startedAt <= until),
	};
}

function figures({ question, unsaid, calls, seed }: Case, groupBy: GroupKey[]): SqlRow[] {
	const { from, to, ...rules } = question;
	const options: StatisticsOptions = { ...rules, period: { from, to }, groupBy };
	const statistics = createStatistics(options);
	for (const call of calls) statistics.add(callOf(call, unsaid, [120, -210, 0, 345][seed % 4]));
	return statistics.result() as SqlRow[];
}

/** As text, which shows every digit, and is compared at once. */
const asText = (rows: SqlRow[]) =>
	rows
		.map((row) => JSON.stringify(row))
		.sort()
		.join('\n');

describe('figures equal SQL to the last digit, in every grouping', () => {
	it.each(Array.from({ length: 20 }, (_, seed) => seed + 1))('office %i', async (seed) => {
		const office = caseOf(seed);
		const sql = await createSqlStatistics(office.calls, office.unsaid, office.question);
		for (const groupBy of GROUPINGS) {
			expect(asText(figures(office, groupBy))).toBe(asText(sql.figures(groupBy)));
		}
		sql.close();
	});

	it('compares offices in which every figure occurs', () => {
		const all = Array.from({ length: 20 }, (_, seed) => figures(caseOf(seed + 1), [])[0]);
		for (const name of Object.keys(all[0])) {
			expect(all.some((row) => row[name] !== null && row[name] !== 0)).toBe(true);
		}
		for (const name of ['serviceLevel', 'totalTalkSeconds', 'notCalledBack', 'abandoned']) {
			expect(all.some((row) => row[name] === null)).toBe(true);
		}
	});
});
