import { DateTime } from 'luxon';

import { parseTime, periodRange, toIso, type Period } from '../../nodes/callRecords/time';

const HOUR = 3600;

describe('named periods', () => {
	const ranges = (now: string, zone: string, ...periods: Array<Exclude<Period, 'custom'>>) =>
		periods.map((period) => {
			const { from, to } = periodRange(period, DateTime.fromISO(now).setZone(zone));
			return [toIso(from, zone), toIso(to, zone)];
		});

	it('reach back from now', () => {
		expect(
			ranges(
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
		expect(ranges('2026-02-28T17:30:00Z', zone, ...periods)).toEqual(expected);
	});

	it('are whole days also when a day has 23 or 25 hours', () => {
		const hours = (now: string) => {
			const { from, to } = periodRange(
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
