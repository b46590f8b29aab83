import fc from 'fast-check';

import {
	namedFormat,
	DATE_FORMATS,
	formatDisplay,
	hoursOf,
	parseDisplay,
	recognise,
	type DisplayFormat,
} from '../../../nodes/YeastarPSeries/display';

const HOUR = 3600;
const at = (...time: [number, number, number, number?, number?, number?]) => {
	const [year, month, ...rest] = time;
	return Date.UTC(year, month - 1, ...rest) / 1000;
};
const AFTERNOON = at(2026, 11, 3, 20, 13, 20);

const anyFormat = fc.record<DisplayFormat>({
	date: fc.constantFrom(...DATE_FORMATS),
	hours: fc.constantFrom<12 | 24>(12, 24),
});
const anyWall = fc.integer({ min: at(2000, 1, 1), max: at(2099, 12, 31) });

describe('a time as the PBX shows it', () => {
	it('is read as it was written, in every format', () => {
		fc.assert(
			fc.property(anyWall, anyFormat, (wall, format) => {
				expect(parseDisplay(formatDisplay(wall, format), format.date)).toBe(wall);
			}),
		);
	});

	it.each([
		[0, '12:05:09 AM', '00:05:09'],
		[1, '01:05:09 AM', '01:05:09'],
		[11, '11:05:09 AM', '11:05:09'],
		[12, '12:05:09 PM', '12:05:09'],
		[13, '01:05:09 PM', '13:05:09'],
		[23, '11:05:09 PM', '23:05:09'],
	])('is written with hour %i', (hour, twelve, twentyFour) => {
		const wall = at(2026, 3, 4, hour, 5, 9);
		expect(formatDisplay(wall, { date: 'DD/MM/YYYY', hours: 12 })).toBe(`04/03/2026 ${twelve}`);
		expect(formatDisplay(wall, { date: 'YYYY-MM-DD', hours: 24 })).toBe(`2026-03-04 ${twentyFour}`);
		expect(parseDisplay(`04/03/2026 ${twelve}`, 'DD/MM/YYYY')).toBe(wall);
	});

	it.each([
		'03/11/2026 20:13:20',
		'03/11/2026 08:13:20 PM',
		'03/11/2026 08:13:20 pm',
		'3/11/2026  8:13:20 p.m.',
		' 03/11/2026T08:13:20PM ',
	])('is read from %j', (text) => {
		expect(parseDisplay(text, 'DD/MM/YYYY')).toBe(AFTERNOON);
	});

	it('has seconds of nothing where none are shown', () => {
		expect(parseDisplay('03/11/2026 20:13', 'DD/MM/YYYY')).toBe(AFTERNOON - 20);
	});

	it.each([
		['of a year with two digits', '03/11/26 20:13:20'],
		['of a year with three digits', '03/11/202 20:13:20'],
		['with the year in another place', '2026/11/03 20:13:20'],
		['with another sign between', '03-11-2026 20:13:20'],
		['with two signs between', '03/11-2026 20:13:20'],
		['of the hour 0 in the morning', '03/11/2026 00:13:20 AM'],
		['of the hour 13 in the afternoon', '03/11/2026 13:13:20 PM'],
		['of the hour 24', '03/11/2026 24:13:20'],
		['after something else', 'at 03/11/2026 20:13:20'],
		['before something else', '03/11/2026 20:13:20 +02:00'],
		['of no hour', '03/11/2026'],
		['that is a number', 1793736800],
	])('is nothing %s', (_what, text) => {
		expect(parseDisplay(text, 'DD/MM/YYYY')).toBeNull();
	});
});

describe('the format of a time that is known as an instant, too', () => {
	const text = '03/11/2026 20:13:20';

	it.each([0, 2, -5, 5.75, -3.5, 14, -12])('tells a zone %f hours from UTC', (hours) => {
		expect(recognise(text, AFTERNOON - hours * HOUR)).toEqual({
			dates: ['DD/MM/YYYY'],
			hours: 24,
			offset: hours * HOUR,
		});
	});

	it.each([60, -60])('may be %i seconds off', (seconds) => {
		expect(recognise(text, AFTERNOON - HOUR + seconds)).toMatchObject({ offset: HOUR });
	});

	it.each([
		['too far from any zone', text, AFTERNOON - HOUR + 61],
		['too far from any zone, before', text, AFTERNOON - HOUR - 61],
		['further than zones go', text, AFTERNOON - 14.25 * HOUR],
		['further than zones go, before', text, AFTERNOON + 14.25 * HOUR],
		['where there is no instant', text, null],
		['where the text is no time', 'yesterday', AFTERNOON],
		['where there is no text', undefined, AFTERNOON],
	])('is not known %s', (_what, given, instant) => {
		expect(recognise(given, instant)).toBeNull();
	});

	it('is either where day and month are the same number', () => {
		const same = at(2026, 11, 11, 20, 13, 20);
		expect(recognise('11-11-2026 08:13:20 PM', same)).toEqual({
			dates: ['DD-MM-YYYY', 'MM-DD-YYYY'],
			hours: 12,
			offset: 0,
		});
	});
});

it.each([
	['03/11/2026 08:13:20 PM', 12],
	['03/11/2026 08:13:20 am ', 12],
	['03/11/2026 08:13:20 a.m.', 12],
	['hh:mm:ss A', 12],
	['hh:mm:ss a', 12],
	['03/11/2026 08:13:20', 24],
	['HH:mm:ss', 24],
	['pm 08:13', 24],
	['a 08:13', 24],
] as const)('the hours of %j are %i', (text, hours) => expect(hoursOf(text)).toBe(hours));

describe("a format in the PBX's own words", () => {
	const asked = (format: string) => `start_time format invalid, valid format: ${format}`;

	it.each([
		['02/01/2006 03:04:05 PM', { date: 'DD/MM/YYYY', hours: 12 }],
		['01/02/2006 15:04:05', { date: 'MM/DD/YYYY', hours: 24 }],
		['2006-01-02 15:04:05', { date: 'YYYY-MM-DD', hours: 24 }],
		['2006.01.02 15:04:05', null],
		['02/02/2006 15:04:05', null],
		['30/06/2026 09:37:17 PM', null],
	])('%s is %j', (format, expected) => {
		expect(namedFormat(asked(format))).toEqual(expected);
	});

	it('is none where nothing is said', () => {
		expect([namedFormat(null), namedFormat(undefined), namedFormat('from (in)')]).toEqual([
			null,
			null,
			null,
		]);
	});
});
