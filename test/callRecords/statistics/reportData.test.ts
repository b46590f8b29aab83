import {
	createReportData,
	type ReportData,
	type ReportOptions,
} from '../../../nodes/callRecords/statistics/report/data';
import { createStatistics } from '../../../nodes/callRecords/statistics/figures';
import { createOffice, type OfficeCall } from '../../support/office';
import { callOf } from '../../support/officeCalls';

const ZONE = 'Europe/Bucharest';
const from = Date.parse('2025-09-03T00:00:00+03:00') / 1000;
const to = from + 14 * 86_400 - 1;
const OPTIONS: ReportOptions = { zone: ZONE, period: { from, to }, now: to + 6 * 3600 };

function scene(seed: number) {
	const settings = { seed, zone: ZONE, from: from - 86_400, days: 17, callsPerDay: 60 };
	const office = createOffice(settings).calls.filter((call) => call.startedAt <= OPTIONS.now);
	const inbound = office.filter(
		(call) => call.direction === 'inbound' && call.startedAt >= from && call.startedAt <= to,
	);
	return { office, inbound };
}

function dataOf(calls: readonly OfficeCall[], options: Partial<ReportOptions> = {}): ReportData {
	const builder = createReportData({ ...OPTIONS, ...options });
	for (const call of calls) builder.add(callOf(call));
	return builder.result();
}

/** Calls that were missed or left a message, and with whose number nobody talked within a day, by another way. */
function lostCalls(office: readonly OfficeCall[], inbound: readonly OfficeCall[]): OfficeCall[] {
	return inbound.filter(
		({ ending, customer, endedAt }) =>
			ending !== 'answered' &&
			customer !== null &&
			!office.some(
				(call) =>
					call.ending === 'answered' &&
					call.customer === customer &&
					call.startedAt > endedAt &&
					call.startedAt <= endedAt + 86_400,
			),
	);
}

describe.each([1, 2, 3])('the data of a report, office %i', (seed) => {
	const { office, inbound } = scene(seed);
	const data = dataOf(office);

	it('has the figures of each grouping, as statistics give them', () => {
		const groupings = { days: ['day'], queues: ['queue'], agents: ['agent'] } as const;
		for (const [name, groupBy] of Object.entries(groupings)) {
			const statistics = createStatistics({ ...OPTIONS, groupBy });
			for (const call of office) statistics.add(callOf(call));
			expect(data[name as keyof typeof groupings]).toEqual(statistics.result());
		}
		expect(data.total.inbound).toBe(inbound.length);
		expect(data.hours.reduce((sum, hour) => sum + hour.calls, 0)).toBe(data.total.calls);
	});

	it('counts every wait in one bucket', () => {
		let longer = -1;
		for (const { upTo, answered, unanswered } of data.waits) {
			const within = inbound.filter(
				({ waitSeconds }) => waitSeconds > longer && waitSeconds <= (upTo ?? Infinity),
			);
			expect(answered).toBe(within.filter(({ ending }) => ending === 'answered').length);
			expect(unanswered).toBe(within.length - answered);
			longer = upTo ?? Infinity;
		}
	});

	it('names the longest waits, and of equal ones the earlier', () => {
		const longest = [...inbound].sort((a, b) => b.waitSeconds - a.waitSeconds).slice(0, 10);
		expect(data.longestWaits.map(({ startedAt, waitSeconds }) => [startedAt, waitSeconds])).toEqual(
			longest.map(({ startedAt, waitSeconds }) => [startedAt, waitSeconds]),
		);
	});

	it('names the callers whom nobody called back, and counts the calls of the others', () => {
		const lost = lostCalls(office, inbound);
		const all = dataOf(office, { callers: 10_000 }).waitingCallers;
		expect(all.moreCalls).toBe(0);
		const numbers = (callers: typeof all.callers) => callers.map(({ caller }) => caller.number);
		expect(new Set(numbers(all.callers))).toEqual(new Set(lost.map(({ customer }) => customer)));
		for (const { caller, calls } of all.callers) {
			expect(calls).toBe(lost.filter(({ customer }) => customer === caller.number).length);
		}
		const { callers, moreCalls } = data.waitingCallers;
		expect(numbers(callers)).toEqual(numbers(all.callers).slice(0, 15));
		expect(callers.reduce((sum, { calls }) => sum + calls, moreCalls)).toBe(lost.length);
		expect(callers.some(({ isOpen }) => isOpen)).toBe(true);
		expect(all.callers.some(({ isOpen }) => !isOpen)).toBe(true);
		expect((data.total.notCalledBack ?? 0) + (data.total.callBackOpen ?? 0)).toBe(lost.length);
	});
});
