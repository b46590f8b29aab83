import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	formatWall,
	instantsOf,
	isZone,
	parseTime,
	parseWall,
	periodSpan,
	settleTimes,
	toIso,
	wallFromParts,
	wallOf,
	wallSpan,
	zoneOffset,
	type Period,
} from '../../nodes/callRecords/time';
import { offsetOf, transitionsOf, ZONES, type Transition } from '../support/zones';

const HOUR = 3600;
const DAY = 86_400;
const wall = (text: string) => parseWall(text)!;
const instant = (iso: string) => DateTime.fromISO(iso, { setZone: true }).toSeconds();

const transitions = ZONES.flatMap(transitionsOf);
const anyInstant = fc.integer({
	min: Date.UTC(2024, 0, 1) / 1000,
	max: Date.UTC(2027, 11, 31) / 1000,
});
const anyZone = fc.constantFrom(...ZONES);
/** Seconds around a clock change, where the mistakes are. */
const nearTransition = fc
	.tuple(fc.constantFrom(...transitions), fc.integer({ min: -3 * HOUR, max: 3 * HOUR }))
	.map(([transition, seconds]) => ({ ...transition, instant: transition.at + seconds }));

it('has clock changes of both directions to test with', () => {
	expect(transitions.filter(({ forward }) => forward > 0).length).toBeGreaterThan(300);
	expect(transitions.filter(({ forward }) => forward < 0).length).toBeGreaterThan(300);
	// Lord Howe changes by half an hour.
	expect(transitions.map(({ forward }) => forward)).toEqual(
		expect.arrayContaining([1800, -1800, 3600, -3600]),
	);
});

describe('wall time as text', () => {
	it('is read back as it was written', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 7_000_000_000 }), (seconds) => {
				expect(parseWall(formatWall(seconds))).toBe(seconds);
			}),
		);
	});

	it.each([
		['2025-03-04 09:15:00', '2025-03-04 09:15:00'],
		['2025/03/04 09:15:00', '2025-03-04 09:15:00'],
		['2025-3-4 9:15:07', '2025-03-04 09:15:07'],
		['2025-03-04T09:15:00', '2025-03-04 09:15:00'],
		['2025-03-04 09:15', '2025-03-04 09:15:00'],
		['  2025-03-04 09:15:59.987 ', '2025-03-04 09:15:59'],
		['2024-02-29 23:59:59', '2024-02-29 23:59:59'],
	])('reads %j', (text, expected) => {
		expect(formatWall(wall(text))).toBe(expected);
	});

	it.each([
		'',
		' ',
		'0000-00-00 00:00:00',
		'2025-02-29 00:00:00',
		'2025-13-01 00:00:00',
		'2025-00-01 00:00:00',
		'2025-04-31 00:00:00',
		'2025-04-00 00:00:00',
		'2025-03-04 24:00:00',
		'2025-03-04 09:60:00',
		'2025-03-04 09:15:60',
		'1969-12-31 23:59:59',
		'2025-03-04',
		'09:15:00',
		'2025-03-04 09:15:00+08:00',
		'2025-03-04 09:15:00 PM',
		'next 2025-03-04 09:15:00',
		'--',
		null,
		undefined,
		1_741_051_300,
		new Date(),
		['2025-03-04 09:15:00'],
		{},
	])('knows that %p is no time', (value) => {
		expect(parseWall(value)).toBeNull();
	});

	it('takes only parts of the calendar', () => {
		expect(wallFromParts(2025, 3, 4, 9, 15, 0)).toBe(Date.UTC(2025, 2, 4, 9, 15) / 1000);
		expect(wallFromParts(2025, 2, 30, 0, 0, 0)).toBeNull();
		expect(wallFromParts(2025, 3, 4, 9, 15, -1)).toBeNull();
		expect(wallFromParts(NaN, 3, 4, 9, 15, 0)).toBeNull();
	});
});

describe('zones', () => {
	it('have the offset the runtime says, in every zone and at every second', () => {
		fc.assert(
			fc.property(anyZone, anyInstant, (zone, at) => {
				expect(zoneOffset(zone)(at)).toBe(offsetOf(zone, at));
			}),
			{ numRuns: 2000 },
		);
		for (const { zone, at } of transitions) {
			expect([zone, at, zoneOffset(zone)(at - 1)]).toEqual([zone, at, offsetOf(zone, at - 1)]);
			expect([zone, at, zoneOffset(zone)(at)]).toEqual([zone, at, offsetOf(zone, at)]);
		}
	});

	it('are known by name', () => {
		expect(['Europe/Bucharest', 'Asia/Shanghai', 'UTC', 'Australia/Lord_Howe'].map(isZone)).toEqual(
			[true, true, true, true],
		);
		expect(['', 'Europe/Bukarest', 'Mars/Base', 'China', '8'].map(isZone)).toEqual(
			Array(5).fill(false),
		);
		expect(() => zoneOffset('Europe/Bukarest')).toThrow(RangeError);
	});
});

describe('instants of wall time', () => {
	const check = (zone: string, at: number) => {
		const shown = wallOf(at, zone);
		const found = instantsOf(shown, zone);
		expect(found).toContain(at);
		expect(found.map((other) => wallOf(other, zone))).toEqual(found.map(() => shown));
		expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
	};

	it('are those at which clocks showed it, in every zone and year', () => {
		fc.assert(fc.property(anyZone, anyInstant, check), { numRuns: 2000 });
	});

	it('are those at which clocks showed it, around every clock change', () => {
		for (const { zone, at } of transitions) {
			for (const seconds of [-2 * HOUR, -HOUR, -1800, -1, 0, 1, 1800, HOUR - 1, HOUR, 2 * HOUR]) {
				check(zone, at + seconds);
			}
		}
	});

	it('are two in a repeated time, the earlier first, and one on either side of it', () => {
		for (const { zone, at, forward } of transitions.filter((change) => change.forward < 0)) {
			const before = wallOf(at - 1, zone);
			expect([zone, instantsOf(before, zone)]).toEqual([zone, [at - 1, at - 1 - forward]]);
			expect([zone, instantsOf(before + 1, zone)]).toEqual([zone, [at - forward]]);
			const first = before + forward;
			expect([zone, instantsOf(first, zone)]).toEqual([zone, [at - 1 + forward]]);
			expect([zone, instantsOf(first + 1, zone)]).toEqual([zone, [at + forward, at]]);
		}
	});

	it('go on by the offset before the change in a time that was skipped', () => {
		for (const { zone, at, forward } of transitions.filter((change) => change.forward > 0)) {
			const last = wallOf(at - 1, zone);
			for (const skipped of [1, Math.ceil(forward / 2), forward]) {
				expect([zone, instantsOf(last + skipped, zone)]).toEqual([zone, [at - 1 + skipped]]);
			}
			expect([zone, instantsOf(last + forward + 1, zone)]).toEqual([zone, [at]]);
		}
	});

	it('are right on the days the clocks change in Bucharest', () => {
		const zone = 'Europe/Bucharest';
		const iso = (text: string) => instantsOf(wall(text), zone).map((at) => toIso(at, zone));
		expect(iso('2025-03-30 02:59:59')).toEqual(['2025-03-30T02:59:59+02:00']);
		expect(iso('2025-03-30 03:30:00')).toEqual(['2025-03-30T04:30:00+03:00']);
		expect(iso('2025-03-30 04:00:00')).toEqual(['2025-03-30T04:00:00+03:00']);
		expect(iso('2025-10-26 02:59:59')).toEqual(['2025-10-26T02:59:59+03:00']);
		expect(iso('2025-10-26 03:30:00')).toEqual([
			'2025-10-26T03:30:00+03:00',
			'2025-10-26T03:30:00+02:00',
		]);
		expect(iso('2025-10-26 04:00:00')).toEqual(['2025-10-26T04:00:00+02:00']);
	});
});

describe('the wall time of a span', () => {
	/** Wall time grows with the instant but at a clock change, so its extremes lie at the ends and at changes. */
	const extremes = (zone: string, from: number, to: number, changes: Transition[]) => {
		const corners = changes
			.filter(({ at }) => at > from && at <= to)
			.flatMap(({ at }) => [at - 1, at]);
		const shown = [from, to, ...corners].map((at) => at + offsetOf(zone, at));
		return { from: Math.min(...shown), to: Math.max(...shown) };
	};

	it('shows every instant of the span, and begins and ends with one', () => {
		const changesOf = new Map(ZONES.map((zone) => [zone, [] as Transition[]]));
		for (const change of transitions) changesOf.get(change.zone)!.push(change);
		const span = fc.tuple(
			nearTransition,
			fc.oneof(
				fc.integer({ min: 0, max: 3 * HOUR }),
				fc.integer({ min: 0, max: 400 * DAY }),
				fc.constant(0),
			),
			fc.boolean(),
		);
		fc.assert(
			fc.property(span, ([{ zone, instant: near }, length, begins]) => {
				const [from, to] = begins ? [near, near + length] : [near - length, near];
				expect(wallSpan({ from, to }, zone)).toEqual(
					extremes(zone, from, to, changesOf.get(zone)!),
				);
			}),
			{ numRuns: 5000 },
		);
	});

	it('reads the repeated hour whole when the window ends in it', () => {
		const zone = 'Europe/Bucharest';
		const shown = (from: string, to: string) => {
			const span = wallSpan({ from: instant(from), to: instant(to) }, zone);
			return [formatWall(span.from), formatWall(span.to)];
		};
		// The first pass had reached 03:59:59 before the window ended at 03:20 of the second.
		expect(shown('2025-10-26T00:00:00+03:00', '2025-10-26T03:20:00+02:00')).toEqual([
			'2025-10-26 00:00:00',
			'2025-10-26 03:59:59',
		]);
		expect(shown('2025-10-26T03:40:00+03:00', '2025-10-26T12:00:00+02:00')).toEqual([
			'2025-10-26 03:00:00',
			'2025-10-26 12:00:00',
		]);
		expect(shown('2025-10-26T03:10:00+03:00', '2025-10-26T03:20:00+03:00')).toEqual([
			'2025-10-26 03:10:00',
			'2025-10-26 03:20:00',
		]);
	});
});

describe('the times of a call', () => {
	const zone = 'Europe/Bucharest';
	const settle = (
		started: string | null,
		answered: string | null,
		ended: string | null,
		durationSeconds: number | null,
	) => {
		const moment = (text: string | null) => (text === null ? null : { wall: wall(text) });
		const times = settleTimes(
			{
				started: moment(started),
				answered: moment(answered),
				ended: moment(ended),
				durationSeconds,
			},
			zone,
		);
		const iso = (at: number | null) => at && toIso(at, zone).slice(11);
		return [iso(times.started), iso(times.answered), iso(times.ended), times.ambiguous];
	};
	const day = (time: string) => `2025-10-26 ${time}`;

	it('are plain outside the repeated hour', () => {
		expect(settle(day('01:00:00'), day('01:00:08'), day('01:01:20'), 80)).toEqual([
			'01:00:00+03:00',
			'01:00:08+03:00',
			'01:01:20+03:00',
			false,
		]);
		expect(settle(day('05:00:00'), null, null, null)).toEqual([
			'05:00:00+02:00',
			null,
			null,
			false,
		]);
		expect(settle(null, null, null, null)).toEqual([null, null, null, false]);
	});

	it('are settled by the order of the moments', () => {
		expect(settle(day('03:50:00'), null, day('03:05:00'), null)).toEqual([
			'03:50:00+03:00',
			null,
			'03:05:00+02:00',
			false,
		]);
		expect(settle(day('02:50:00'), day('03:50:00'), day('03:10:00'), null)).toEqual([
			'02:50:00+03:00',
			'03:50:00+03:00',
			'03:10:00+02:00',
			false,
		]);
	});

	it('are settled by the duration', () => {
		expect(settle(day('03:50:00'), null, day('04:05:00'), 900)).toEqual([
			'03:50:00+02:00',
			null,
			'04:05:00+02:00',
			false,
		]);
		expect(settle(day('03:50:00'), null, day('04:05:00'), 4500)).toEqual([
			'03:50:00+03:00',
			null,
			'04:05:00+02:00',
			false,
		]);
	});

	it('are called ambiguous where two readings are left, and the earlier is given', () => {
		expect(settle(day('03:10:00'), null, day('03:20:00'), 600)).toEqual([
			'03:10:00+03:00',
			null,
			'03:20:00+03:00',
			true,
		]);
		expect(settle(day('03:10:00'), null, null, null)).toEqual(['03:10:00+03:00', null, null, true]);
		// The start is certain, the end is not: twenty minutes or eighty.
		expect(settle(day('02:50:00'), null, day('03:10:00'), null)).toEqual([
			'02:50:00+03:00',
			null,
			'03:10:00+03:00',
			true,
		]);
	});

	it('are taken as they are where the platform gives instants', () => {
		const started = instant('2025-10-26T03:30:00+02:00');
		expect(
			settleTimes(
				{ started: { instant: started }, answered: null, ended: null, durationSeconds: null },
				zone,
			),
		).toEqual({ started, answered: null, ended: null, ambiguous: false });
		expect(
			settleTimes(
				{
					started: { instant: started },
					answered: { wall: wall(day('03:30:05')) },
					ended: { wall: wall(day('03:31:00')) },
					durationSeconds: 60,
				},
				zone,
			),
		).toEqual({ started, answered: started + 5, ended: started + 60, ambiguous: false });
	});

	it('are right or called ambiguous, for any call near any change', () => {
		const call = fc.record({
			near: nearTransition,
			ring: fc.integer({ min: 0, max: 60 }),
			talk: fc.integer({ min: 0, max: 2 * HOUR }),
			knowsAnswer: fc.boolean(),
			knowsEnd: fc.boolean(),
			knowsDuration: fc.boolean(),
		});
		fc.assert(
			fc.property(call, ({ near, ring, talk, ...knows }) => {
				const started = near.instant;
				const answered = knows.knowsAnswer ? started + ring : null;
				const ended = knows.knowsEnd ? started + ring + talk : null;
				const shown = (at: number | null) => (at === null ? null : { wall: wallOf(at, near.zone) });
				const times = settleTimes(
					{
						started: shown(started),
						answered: shown(answered),
						ended: shown(ended),
						durationSeconds: knows.knowsDuration ? ring + talk : null,
					},
					near.zone,
				);
				const isRight =
					times.started === started && times.answered === answered && times.ended === ended;
				expect(isRight || times.ambiguous).toBe(true);
				if (times.ambiguous) {
					const moments = [started, answered, ended].filter((at) => at !== null);
					const readings = moments.map((at) => instantsOf(wallOf(at, near.zone), near.zone).length);
					expect(Math.max(...readings)).toBe(2);
				}
			}),
			{ numRuns: 5000 },
		);
	});
});

describe('instants as ISO 8601', () => {
	it('say the same instant, with the offset of the zone', () => {
		fc.assert(
			fc.property(nearTransition, ({ zone, instant: at }) => {
				const text = toIso(at, zone);
				const read = DateTime.fromISO(text, { setZone: true });
				expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
				expect(read.toSeconds()).toBe(at);
				expect(read.offset * 60).toBe(offsetOf(zone, at));
			}),
			{ numRuns: 2000 },
		);
	});

	it.each([
		['Asia/Shanghai', '2025-03-04T09:15:00+08:00'],
		['Asia/Kathmandu', '2025-03-04T07:00:00+05:45'],
		['America/St_Johns', '2025-03-03T21:45:00-03:30'],
		['UTC', '2025-03-04T01:15:00+00:00'],
	])('are in the time of %s', (zone, expected) => {
		expect(toIso(instant('2025-03-04T01:15:00Z'), zone)).toBe(expected);
	});
});

describe('named periods', () => {
	const spans = (now: string, zone: string, ...periods: Array<Exclude<Period, 'custom'>>) =>
		periods.map((period) => {
			const { from, to } = periodSpan(period, DateTime.fromISO(now).setZone(zone));
			return [toIso(from, zone), toIso(to, zone)];
		});

	it('reach back from now', () => {
		expect(
			spans(
				'2026-03-05T10:20:30.900Z',
				'Europe/Bucharest',
				'lastHour',
				'last24Hours',
				'last7Days',
				'last30Days',
			),
		).toEqual([
			['2026-03-05T11:20:30+02:00', '2026-03-05T12:20:30+02:00'],
			['2026-03-04T12:20:30+02:00', '2026-03-05T12:20:30+02:00'],
			['2026-02-26T12:20:30+02:00', '2026-03-05T12:20:30+02:00'],
			['2026-02-03T12:20:30+02:00', '2026-03-05T12:20:30+02:00'],
		]);
	});

	it.each([
		[
			'Asia/Shanghai',
			['2026-03-01T00:00:00+08:00', '2026-03-01T01:30:00+08:00'],
			['2026-02-28T00:00:00+08:00', '2026-02-28T23:59:59+08:00'],
			['2026-03-01T00:00:00+08:00', '2026-03-01T01:30:00+08:00'],
			['2026-02-01T00:00:00+08:00', '2026-02-28T23:59:59+08:00'],
		],
		[
			'America/New_York',
			['2026-02-28T00:00:00-05:00', '2026-02-28T12:30:00-05:00'],
			['2026-02-27T00:00:00-05:00', '2026-02-27T23:59:59-05:00'],
			['2026-02-01T00:00:00-05:00', '2026-02-28T12:30:00-05:00'],
			['2026-01-01T00:00:00-05:00', '2026-01-31T23:59:59-05:00'],
		],
	])('are days and months of the workflow, in %s', (zone, ...expected) => {
		const periods = ['today', 'yesterday', 'thisMonth', 'lastMonth'] as const;
		expect(spans('2026-02-28T17:30:00Z', zone, ...periods)).toEqual(expected);
	});

	it('are whole days also when a day has 23 or 25 hours', () => {
		const hours = (now: string) => {
			const { from, to } = periodSpan(
				'yesterday',
				DateTime.fromISO(now).setZone('Europe/Bucharest'),
			);
			return (to + 1 - from) / HOUR;
		};
		expect(hours('2025-03-31T12:00:00Z')).toBe(23);
		expect(hours('2025-10-27T12:00:00Z')).toBe(25);
		expect(hours('2025-06-02T12:00:00Z')).toBe(24);
	});
});

describe('times out of n8n parameters', () => {
	const zone = 'Europe/Bucharest';
	const utc = (value: unknown) =>
		parseTime(value, zone)?.toUTC().toISO({ suppressMilliseconds: true });

	it.each<[string, unknown]>([
		['the date picker, without an offset', '2026-11-01T09:30:00'],
		['the date picker, in an older n8n', '2026-11-01 09:30:00'],
		['text with an offset', '2026-11-01T15:30:00+08:00'],
		['text in UTC', '2026-11-01T07:30:00.000Z'],
		['text as e-mails have it', 'Sun, 01 Nov 2026 09:30:00 +0200'],
		[
			'a luxon DateTime of another zone',
			DateTime.fromISO('2026-11-01T02:30:00', { zone: 'America/New_York' }),
		],
		['a Date', new Date('2026-11-01T07:30:00Z')],
		['Unix seconds', 1_793_518_200],
		['Unix milliseconds', 1_793_518_200_000],
		['Unix seconds as text', ' 1793518200 '],
		['Unix milliseconds as text', '1793518200000'],
	])('are read from %s', (_from, value) => {
		expect(utc(value)).toBe('2026-11-01T07:30:00Z');
	});

	it.each([
		['2026-11-01', '2026-10-31T22:00:00Z'],
		// Eight digits are a date, nine are Unix seconds.
		['20261101', '2026-10-31T22:00:00Z'],
		['978307200', '2001-01-01T00:00:00Z'],
		['20261101093000', undefined],
		['x978307200', undefined],
		['978307200x', undefined],
		[100_000_000_000, '5138-11-16T09:46:40Z'],
		[100_000_000_001, '1973-03-03T09:46:40.001Z'],
	])('are of the right size: %j is %s', (value, expected) => {
		expect(utc(value)).toBe(expected);
	});

	it.each([
		'',
		'yesterday',
		'2026-13-01T00:00:00',
		'01.11.2026',
		NaN,
		Infinity,
		null,
		undefined,
		true,
		{},
		[],
		new Date('nonsense'),
		DateTime.invalid('test'),
	])('are not read from %p', (value) => {
		expect(parseTime(value, zone)).toBeNull();
	});
});
