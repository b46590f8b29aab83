import type { Call } from '../../../nodes/callRecords/call';
import { createStatistics } from '../../../nodes/callRecords/statistics/figures';
import {
	callBacksUntil,
	type GroupKey,
	type StatisticsOptions,
} from '../../../nodes/callRecords/statistics/options';
import { oneCall } from '../../support/statisticsCall';

const noon = Date.parse('2025-03-04T12:00:00Z') / 1000;
const at = (seconds: number) =>
	new Date((noon + seconds) * 1000).toISOString().replace('.000Z', '+00:00');
const OPTIONS: StatisticsOptions = {
	groupBy: [],
	zone: 'UTC',
	period: { from: noon - 86_400, to: noon + 86_400 },
	now: noon + 10 * 86_400,
};

function figuresOf(calls: Call[], options: Partial<StatisticsOptions> = {}) {
	const statistics = createStatistics({ ...OPTIONS, ...options });
	for (const call of calls) statistics.add(call);
	return statistics.result();
}

const missed = (fields: Partial<Call> = {}) =>
	oneCall({
		outcome: 'missed',
		answeredAt: null,
		talkSeconds: 0,
		waitSeconds: 70,
		answeredBy: null,
		agentName: null,
		...fields,
	});

describe('the figures of few calls', () => {
	it('are all there without calls: counts are 0, and what is divided is null', () => {
		expect(figuresOf([])).toEqual([
			{
				calls: 0,
				inbound: 0,
				outbound: 0,
				internal: 0,
				answered: 0,
				voicemail: 0,
				missed: 0,
				abandoned: 0,
				shortAbandoned: 0,
				answerRate: null,
				serviceLevel: null,
				serviceLevelSeconds: 20,
				serviceLevelFormula: 'offeredLessShort',
				averageWaitSeconds: null,
				longestWaitSeconds: null,
				outboundAnswered: 0,
				busy: 0,
				failed: 0,
				totalTalkSeconds: 0,
				averageTalkSeconds: null,
				busiestHourErlangs: 0,
				peakSimultaneousCalls: 0,
				notCalledBack: 0,
				callBackOpen: 0,
				medianCallBackSeconds: null,
			},
		]);
		expect(figuresOf([], { groupBy: ['day'] })).toEqual([]);
	});

	it.each([
		['offered', 2 / 5],
		['answered', 2 / 3],
		['offeredLessShort', 2 / 4],
	] as const)('service level of %s', (serviceLevelFormula, serviceLevel) => {
		const calls = [
			oneCall({ waitSeconds: 0 }),
			oneCall({ waitSeconds: 20 }),
			oneCall({ waitSeconds: 21 }),
			missed({ waitSeconds: 5 }),
			missed({ waitSeconds: 6 }),
		];
		expect(figuresOf(calls, { serviceLevelFormula })).toMatchObject([
			{ serviceLevel, serviceLevelFormula, answerRate: 3 / 5, abandoned: 1, shortAbandoned: 1 },
		]);
	});

	it('never average averages: two agents of 1 and 3 calls', () => {
		const calls = [10, 20, 30, 60].map((waitSeconds, i) =>
			oneCall({ waitSeconds, agentName: i === 0 ? 'A' : 'B' }),
		);
		expect(figuresOf(calls)[0].averageWaitSeconds).toBe(30);
	});

	it('share a talk out over the clock hours it covers', () => {
		const long = oneCall({ answeredAt: at(1800), talkSeconds: 7200, endedAt: at(9000) });
		expect(figuresOf([long])[0].busiestHourErlangs).toBe(1);
		const half = oneCall({ startedAt: at(1200), answeredAt: at(1200), talkSeconds: 1200 });
		expect(figuresOf([oneCall({ answeredAt: at(1800), talkSeconds: 1800 }), half])).toMatchObject([
			{ busiestHourErlangs: 3000 / 3600, peakSimultaneousCalls: 2 },
		]);
	});

	it('count a talk that begins when another ends as no second one', () => {
		const first = oneCall({ answeredAt: at(0), talkSeconds: 60 });
		const second = oneCall({ startedAt: at(50), answeredAt: at(60), talkSeconds: 60 });
		expect(figuresOf([first, second])[0].peakSimultaneousCalls).toBe(1);
		const overlapping = oneCall({ startedAt: at(50), answeredAt: at(59), talkSeconds: 60 });
		expect(figuresOf([first, overlapping])[0].peakSimultaneousCalls).toBe(2);
	});

	it('take the talk from the end where the answer is not stated', () => {
		const calls = [
			oneCall({ answeredAt: null, talkSeconds: 10, endedAt: at(70) }),
			oneCall({ startedAt: at(1), answeredAt: null, talkSeconds: 10, endedAt: at(80) }),
		];
		expect(figuresOf(calls)[0].peakSimultaneousCalls).toBe(1);
	});

	it('are null where the platform does not give what they are made of', () => {
		const bare = { waitSeconds: null, talkSeconds: null, externalNumber: null };
		expect(figuresOf([oneCall(bare), missed(bare)])).toMatchObject([
			{
				answered: 1,
				missed: 1,
				abandoned: null,
				shortAbandoned: null,
				serviceLevel: null,
				averageWaitSeconds: null,
				longestWaitSeconds: null,
				totalTalkSeconds: null,
				averageTalkSeconds: null,
				busiestHourErlangs: null,
				peakSimultaneousCalls: null,
				notCalledBack: null,
				callBackOpen: null,
			},
		]);
	});
});

describe('call-backs', () => {
	const lost = missed({ endedAt: at(100) });
	const back = (seconds: number, fields: Partial<Call> = {}) =>
		oneCall({ startedAt: at(seconds), answeredAt: at(seconds), direction: 'outbound', ...fields });

	it.each([
		[
			'an answered call after the end',
			[back(400)],
			{ notCalledBack: 0, medianCallBackSeconds: 300 },
		],
		[
			'the same caller, who got through',
			[back(101, { direction: 'inbound' })],
			{ medianCallBackSeconds: 1 },
		],
		['the last second', [back(100 + 86_400)], { medianCallBackSeconds: 86_400 }],
		['a second too late', [back(101 + 86_400)], { notCalledBack: 1, medianCallBackSeconds: null }],
		['a call that was under way', [back(100)], { notCalledBack: 1 }],
		['a call that nobody took', [back(400, { outcome: 'noAnswer' })], { notCalledBack: 1 }],
		['another number', [back(400, { externalNumber: '+40722999999' })], { notCalledBack: 1 }],
		['the first of two', [back(400), back(900)], { medianCallBackSeconds: 300 }],
	])('%s', (_name, calls, expected) => {
		expect(figuresOf([lost, ...calls])).toMatchObject([expected]);
	});

	it('settle several calls of one caller at once, and take the mean of the two in the middle', () => {
		const again = missed({ startedAt: at(200), endedAt: at(207) });
		expect(figuresOf([lost, again, back(400)])[0].medianCallBackSeconds).toBe((300 + 193) / 2);
	});

	it('are looked for after the period, in calls that are not counted', () => {
		const period = { from: noon, to: noon + 200 };
		expect(figuresOf([lost, back(400)], { period })).toMatchObject([
			{ calls: 1, outbound: 0, notCalledBack: 0, medianCallBackSeconds: 300 },
		]);
		expect(callBacksUntil(period, noon + 10 * 86_400)).toBe(noon + 200 + 28 * 3600);
		expect(callBacksUntil(period, noon + 500)).toBe(noon + 500);
	});

	it('are open while their hours are not over', () => {
		const due = noon + 100 + 86_400;
		expect(figuresOf([lost], { now: due - 1 })).toMatchObject([
			{ callBackOpen: 1, notCalledBack: 0 },
		]);
		expect(figuresOf([lost], { now: due })).toMatchObject([{ callBackOpen: 0, notCalledBack: 1 }]);
	});

	it('are not found by numbers of which only the last digits were kept', () => {
		const masked = { externalNumber: '…111' };
		expect(figuresOf([missed({ ...masked, endedAt: at(100) }), back(400, masked)])).toMatchObject([
			{ notCalledBack: null, medianCallBackSeconds: null },
		]);
	});
});

describe('groups', () => {
	const keysOf = (groupBy: GroupKey[], calls: Call[], zone = 'UTC') =>
		figuresOf(calls, { groupBy, zone, period: { from: 0, to: noon + 1e9 } }).map((group) =>
			groupBy.map((key) => group[key]),
		);

	it('are sorted by their values, numbers as numbers, with null last', () => {
		const calls = [null, 'b', 'a'].flatMap((queue) =>
			['09', '10', '02'].map((hour) =>
				oneCall({ queue, startedAt: `2025-03-04T${hour}:30:00+00:00` }),
			),
		);
		calls.sort((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1));
		expect(keysOf(['hour', 'queue'], calls)).toEqual(
			[2, 9, 10].flatMap((hour) => ['a', 'b', null].map((queue) => [hour, queue])),
		);
	});

	it('do not mix a text with null, nor two texts with one', () => {
		const calls = [
			oneCall({ queue: null, agentName: 'x' }),
			oneCall({ queue: 'null', agentName: 'x' }),
			oneCall({ queue: '-', agentName: 'x' }),
			oneCall({ queue: 'a', agentName: '1:b' }),
			oneCall({ queue: 'a1:1', agentName: 'b' }),
		];
		expect(keysOf(['queue', 'agent'], calls)).toHaveLength(5);
	});

	it('use the extension of an agent without a name', () => {
		expect(keysOf(['agent'], [oneCall({ agentName: null })])).toEqual([['4005']]);
	});

	it.each([
		['2025-10-26T00:30:00+00:00', 'Europe/Bucharest', 3, '2025-10-26', 7],
		['2025-10-26T01:30:00+00:00', 'Europe/Bucharest', 3, '2025-10-26', 7],
		['2025-10-26T21:59:59+00:00', 'Europe/Bucharest', 23, '2025-10-26', 7],
		['2025-03-30T01:00:00+00:00', 'Europe/Bucharest', 4, '2025-03-30', 7],
		['2025-03-29T22:00:00+00:00', 'Europe/Bucharest', 0, '2025-03-30', 7],
		['2024-02-29T18:14:59+00:00', 'Asia/Kathmandu', 23, '2024-02-29', 4],
		['2024-02-29T18:15:00+00:00', 'Asia/Kathmandu', 0, '2024-03-01', 5],
		['2025-01-01T04:59:59+00:00', 'America/New_York', 23, '2024-12-31', 2],
	])('%s in %s', (startedAt, zone, hour, day, weekday) => {
		expect(keysOf(['hour', 'day', 'weekday'], [oneCall({ startedAt })], zone)).toEqual([
			[hour, day, weekday],
		]);
	});

	it('keep a call without a readable start, in a group of its own', () => {
		expect(
			figuresOf([oneCall({ startedAt: null }), oneCall()], { groupBy: ['day'] }),
		).toMatchObject([
			{ day: '2025-03-04', calls: 1 },
			{ day: null, calls: 1 },
		]);
	});
});

it('refuses calls that are not in the order in which they began', () => {
	const statistics = createStatistics(OPTIONS);
	statistics.add(oneCall({ startedAt: at(1) }));
	expect(() => statistics.add(oneCall({ startedAt: at(0) }))).toThrow(RangeError);
});
