import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	changedHour,
	formatWall,
	instantsOf,
	isZone,
	parseWall,
	toIso,
	wallFromParts,
	wallOf,
	wallRange,
	zoneOffset,
} from '../../nodes/callRecords/time';
import { offsetOf, ZONES, type Transition, nearTransition, transitions } from '../support/zones';

const HOUR = 3600;
const DAY = 86_400;
const wall = (text: string) => parseWall(text)!;
const instant = (iso: string) => DateTime.fromISO(iso, { setZone: true }).toSeconds();

const anyInstant = fc.integer({
	min: Date.UTC(2024, 0, 1) / 1000,
	max: Date.UTC(2027, 11, 31) / 1000,
});
const anyZone = fc.constantFrom(...ZONES);

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

	it('are none or two in the time around a clock change, and one beside it', () => {
		for (const { zone, at, forward } of transitions) {
			const before = wallOf(at - 1, zone);
			const [from, to] = [before, before + forward].sort((a, b) => a - b);
			const changed = { from: from + 1, to };
			for (const time of [from + 1, Math.floor((from + to) / 2), to]) {
				expect([zone, changedHour(time, zone)]).toEqual([zone, changed]);
			}
			expect([zone, changedHour(from, zone), changedHour(to + 1, zone)]).toEqual([
				zone,
				null,
				null,
			]);
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

describe('the wall time of a range', () => {
	/** Wall time grows with the instant but at a clock change, so its extremes lie at the ends and at changes. */
	const extremes = (zone: string, from: number, to: number, changes: Transition[]) => {
		const corners = changes
			.filter(({ at }) => at > from && at <= to)
			.flatMap(({ at }) => [at - 1, at]);
		const shown = [from, to, ...corners].map((at) => at + offsetOf(zone, at));
		return { from: Math.min(...shown), to: Math.max(...shown) };
	};

	it('shows every instant of the range, and begins and ends with one', () => {
		const changesOf = new Map(ZONES.map((zone) => [zone, [] as Transition[]]));
		for (const change of transitions) changesOf.get(change.zone)!.push(change);
		const range = fc.tuple(
			nearTransition,
			fc.oneof(
				fc.integer({ min: 0, max: 3 * HOUR }),
				fc.integer({ min: 0, max: 400 * DAY }),
				fc.constant(0),
			),
			fc.boolean(),
		);
		fc.assert(
			fc.property(range, ([{ zone, instant: near }, length, begins]) => {
				const [from, to] = begins ? [near, near + length] : [near - length, near];
				expect(wallRange({ from, to }, zone)).toEqual(
					extremes(zone, from, to, changesOf.get(zone)!),
				);
			}),
			{ numRuns: 5000 },
		);
	});

	it('reads the repeated hour whole when the window ends in it', () => {
		const zone = 'Europe/Bucharest';
		const shown = (from: string, to: string) => {
			const range = wallRange({ from: instant(from), to: instant(to) }, zone);
			return [formatWall(range.from), formatWall(range.to)];
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
