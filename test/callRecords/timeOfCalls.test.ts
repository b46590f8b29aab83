import fc from 'fast-check';
import { DateTime } from 'luxon';

import { instantsOf, parseWall, settleTimes, toIso, wallOf } from '../../nodes/callRecords/time';
import { nearTransition } from '../support/zones';

const HOUR = 3600;
const wall = (text: string) => parseWall(text)!;
const instant = (iso: string) => DateTime.fromISO(iso, { setZone: true }).toSeconds();

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
