import {
	instantsOf,
	isZone,
	toIso,
	wallOf,
	zoneOffset,
	zoneOfOffset,
} from '../../nodes/callRecords/time';

const MOMENT = Date.UTC(2026, 6, 1, 12, 0, 0) / 1000;

describe('zones that are an offset only', () => {
	it.each([
		[0, 'UTC+0', '2026-07-01T12:00:00+00:00'],
		[7200, 'UTC+2', '2026-07-01T14:00:00+02:00'],
		[-12_600, 'UTC-3:30', '2026-07-01T08:30:00-03:30'],
		[20_700, 'UTC+5:45', '2026-07-01T17:45:00+05:45'],
		[50_400, 'UTC+14', '2026-07-02T02:00:00+14:00'],
		[-43_200, 'UTC-12', '2026-07-01T00:00:00-12:00'],
		[18_300, 'UTC+5:05', '2026-07-01T17:05:00+05:05'],
	])('names an offset of %i s %s and counts with it', (offset, zone, iso) => {
		expect(zoneOfOffset(offset)).toBe(zone);
		expect(isZone(zone)).toBe(true);
		expect(zoneOffset(zone)(MOMENT)).toBe(offset);
		expect(toIso(MOMENT, zone)).toBe(iso);
		expect(instantsOf(wallOf(MOMENT, zone), zone)).toEqual([MOMENT]);
	});

	it('takes no offset that no clock has', () => {
		const none = ['UTC+15', 'UTC-99', 'UTC+14:30', 'UTC-14:30', 'UTC+', 'GMT+2', '+02:00:99'];
		expect(none.filter(isZone)).toEqual([]);
		expect(() => zoneOffset('UTC+15')).toThrow(RangeError);
	});
});
