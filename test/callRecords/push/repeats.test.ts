import fc from 'fast-check';

import { createRepeats } from '../../../nodes/callRecords/push/repeats';

const HOUR = 3_600_000;

it('knows an event again as long as vendors repeat it, and not for ever', () => {
	const repeats = createRepeats();
	expect(repeats.isNew('a', 0)).toBe(true);
	for (const hours of [0, 0.5, 1, 1.5]) expect(repeats.isNew('a', hours * HOUR)).toBe(false);
	expect(repeats.isNew('a', 48 * HOUR)).toBe(true);
});

it('takes an event that was not dealt with', () => {
	const repeats = createRepeats();
	repeats.isNew('a', 0);
	repeats.forget('a');
	expect(repeats.isNew('a', 1)).toBe(true);
});

it('is bounded, and forgets the oldest first', () => {
	const repeats = createRepeats(1000);
	for (let i = 0; i < 50_000; i++) repeats.isNew(`event-${i}`, i);
	expect(repeats.size).toBe(1000);
	expect(repeats.isNew('event-49000', 50_000)).toBe(false);
	expect(repeats.isNew('event-48999', 50_000)).toBe(true);
});

it('agrees with a list of all that was seen', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(40))), (events) => {
			const repeats = createRepeats(1000, 100);
			const seen = new Map<string, number>();
			let now = 0;
			for (const [event, later] of events) {
				now += later;
				const at = seen.get(String(event));
				const isNew = at === undefined || now - at >= 100;
				if (isNew) seen.set(String(event), now);
				expect(repeats.isNew(String(event), now)).toBe(isNew);
			}
		}),
	);
});
