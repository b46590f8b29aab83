import {
	knownStretches,
	lookBack,
	startState,
	type FollowOptions,
	type Look,
} from '../../../nodes/callRecords/poll/plan';
import { pollOnce, type Followed, type ReadLook } from '../../../nodes/callRecords/poll/poll';
import { bucketOf, hashOf, remember } from '../../../nodes/callRecords/poll/dedupe';
import { createHourlyRate } from '../../../nodes/callRecords/extract/hourlyRate';
import { readWindow } from '../../../nodes/callRecords/extract/windowReader';
import type { TimeRange } from '../../../nodes/callRecords/time';
import { createCallCentre, type CallCentre, type LateCall } from '../../support/callCentre';

const HOUR = 3600;
const DAY = 86_400;
const FROM = Math.floor(Date.UTC(2026, 4, 4) / 1000);

const followOptions = (capacity: number): FollowOptions => ({
	lookBackSeconds: null,
	includeUpdates: false,
	capacity,
	most: 100_000,
	process: 'this',
});

/** A platform that answers with so many rows at most, newest first, and counts what it is asked. */
function platformOf(centre: CallCentre, capacity: number) {
	const platform = { now: 0, requests: 0 };
	const page = async (range: TimeRange) => {
		platform.requests++;
		const all = centre.between(range.from, range.to, platform.now);
		const items = all.slice(-capacity).reverse();
		return {
			rows: items.map((call) => ({ id: call.id, at: call.start, item: () => call })),
			total: all.length,
			pageSize: null,
			hasMore: false,
		};
	};
	const toFollowed = (call: LateCall): Followed<LateCall> => ({
		id: call.id,
		started: call.start,
		content: 'same--',
		item: call,
	});
	const read: ReadLook<LateCall> = async (look: Look, knownRows, state) => {
		if (look.countSuffices) {
			const first = await page(look.range);
			const fits = first.rows.length === first.total;
			if (fits) return first.rows.map((row) => toFollowed(row.item()));
			if (first.total === knownRows) return 'unchanged';
		}
		const calls: Array<Followed<LateCall>> = [];
		const known = knownStretches(state, look.range, capacity);
		const rates = known && createHourlyRate();
		for (const { rows, ...range } of known ?? []) rates?.add(range, rows);
		const source = { pageSize: capacity, page };
		for await (const part of readWindow(look.range, source, {
			order: 'oldestFirst',
			requestsAtOnce: 1,
			rates,
		})) {
			for (const call of part.items) calls.push(toFollowed(call));
		}
		return calls;
	};
	return { platform, read };
}

const percentile = (values: number[], share: number) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

describe('three weeks of calls that become visible late', () => {
	it.each([
		{ perDay: 10_000, capacity: 100, most: 1500 },
		{ perDay: 10_000, capacity: 1000, most: 1500 },
		{ perDay: 100, capacity: 100, most: 330 },
	])(
		'$perDay a day, $capacity in a reply: none missed, none twice, few requests',
		async ({ perDay, capacity, most }) => {
			const days = 21;
			const centre = createCallCentre({ perDay, days, from: FROM, seed: perDay });
			const { platform, read } = platformOf(centre, capacity);
			// Amid calls, and amid ten minutes.
			const begin = FROM + DAY + 10 * HOUR + 437;
			let state = startState('f', begin - DAY);
			const found = new Map<string, number>();
			let twice = 0;
			let largest = 0;
			let requestsInTime = 0;
			for (let now = begin; now < FROM + (days + 7) * DAY; now += 300) {
				platform.now = now;
				const polled = await pollOnce(state, read, {
					...followOptions(capacity),
					now,
					isBaseline: now === begin,
					isLate: () => false,
				});
				state = polled.state;
				for (const { item } of polled.items) {
					if (found.has(item.id)) twice++;
					found.set(item.id, now);
				}
				if ((now - begin) % DAY === 0) largest = Math.max(largest, JSON.stringify(state).length);
				if (now < FROM + days * DAY) requestsInTime = platform.requests;
			}
			const wanted = centre.calls.filter(
				({ start, visible }) => visible > begin && start >= begin - DAY,
			);
			const waits = (isLate: boolean) =>
				wanted
					.filter(({ id, start, visible }) => found.has(id) && visible - start > HOUR === isLate)
					.map(({ id, visible }) => found.get(id)! - visible);
			expect(wanted.filter(({ id }) => !found.has(id))).toEqual([]);
			expect(twice).toBe(0);
			const isOld = ({ start, visible }: LateCall) => visible <= begin || start < begin - DAY;
			expect(centre.calls.filter((call) => isOld(call) && found.has(call.id))).toEqual([]);
			expect(requestsInTime / (days - 1)).toBeLessThanOrEqual(most);
			expect(percentile(waits(false), 0.99)).toBeLessThanOrEqual(2 * 300);
			expect(percentile(waits(true), 0.99)).toBeLessThanOrEqual(24 * HOUR);
			expect(largest).toBeLessThanOrEqual(250_000);
		},
		180_000,
	);

	it('would miss calls with "since the last poll" in place of the looks (the test of the test)', async () => {
		const centre = createCallCentre({ perDay: 1000, days: 3, from: FROM, seed: 1 });
		const found = new Set<string>();
		for (let now = FROM; now < FROM + 10 * DAY; now += 300) {
			for (const { id } of centre.between(now - 300, now - 1, now)) found.add(id);
		}
		expect(found.size).toBeLessThan(0.9 * centre.calls.length);
	});
});

describe('one poll after the other', () => {
	const begin = FROM + 3 * DAY;
	const follow = async (change: Partial<FollowOptions>, isLate: () => boolean, polls: number) => {
		const centre = createCallCentre({ perDay: 300, days: 3, from: FROM, seed: 2 });
		const { platform, read } = platformOf(centre, 100);
		let state = startState('f', FROM);
		const batches: string[][] = [];
		for (let i = 0; i < polls; i++) {
			platform.now = begin + DAY * 6 + i;
			const polled = await pollOnce(state, read, {
				...followOptions(100),
				...change,
				now: begin + i,
				isBaseline: false,
				isLate,
			});
			state = polled.state;
			batches.push(polled.items.map(({ item }) => item.id));
		}
		const all = centre.calls
			.filter(({ visible }) => visible <= begin + DAY * 6)
			.map(({ id }) => id);
		return { batches, all };
	};

	it('hands a backlog on in batches, oldest first, without missing the middle', async () => {
		const { batches, all } = await follow({ most: 50 }, () => false, 40);
		expect(batches.every(({ length }) => length <= 50)).toBe(true);
		expect(batches.flat()).toEqual(all);
	});

	it('goes on in the next poll with what there was no time for', async () => {
		const { batches, all } = await follow({}, () => true, 20);
		expect(batches[0].length).toBeGreaterThan(0);
		expect(batches[0].length).toBeLessThan(all.length);
		expect(batches.flat()).toEqual(all);
	});

	it('changes nothing of the state it was given', async () => {
		const centre = createCallCentre({ perDay: 300, days: 3, from: FROM, seed: 2 });
		const { platform, read } = platformOf(centre, 100);
		platform.now = begin;
		const state = startState('f', FROM);
		const before = JSON.stringify(state);
		const options = { ...followOptions(100), now: begin, isBaseline: false, isLate: () => false };
		const first = await pollOnce(state, read, options);
		expect(JSON.stringify(state)).toBe(before);
		const second = await pollOnce(state, read, options);
		expect(second.items).toEqual(first.items);
	});

	it('hands a batch on again when the process that had it is gone, and only that batch', async () => {
		const middle = begin - DAY;
		const centre = createCallCentre({ perDay: 300, days: 3, from: FROM, seed: 2 });
		const { platform, read } = platformOf(centre, 100);
		platform.now = middle;
		const options = { ...followOptions(100), now: middle, isBaseline: false, isLate: () => false };
		const first = await pollOnce(startState('f', middle - DAY), read, options);
		platform.now = middle + 3600;
		const last = await pollOnce(first.state, read, { ...options, now: middle + 3600 });
		expect(last.items.length).toBeGreaterThan(0);
		const revived = await pollOnce(last.state, read, {
			...options,
			now: middle + 3600,
			process: 'another',
		});
		expect(revived.items.map(({ item }) => item.id)).toEqual(last.items.map(({ item }) => item.id));
		const next = await pollOnce(revived.state, read, {
			...options,
			now: middle + 3600,
			process: 'another',
		});
		expect(next.items).toEqual([]);
	});

	it('looks back as long as one reply carries, from an hour to a day, or as long as the user says', () => {
		const state = startState('f', FROM);
		expect(lookBack(state, begin, followOptions(100))).toBe(DAY);
		for (let i = 0; i < 144; i++) {
			const bucket = bucketOf(begin - 600 * (i + 1));
			remember(
				state.seen,
				bucket,
				Array.from({ length: 2 }, (_, n) => ({
					started: 0,
					id: hashOf(`${i}-${n}`),
					content: 'same--',
				})),
			);
		}
		const carried = lookBack(state, begin, followOptions(100));
		expect(carried).toBeGreaterThan(5 * HOUR);
		expect(carried).toBeLessThan(7 * HOUR);
		expect(lookBack(state, begin, followOptions(10))).toBe(HOUR);
		expect(lookBack(state, begin, { ...followOptions(10), lookBackSeconds: 5 * HOUR })).toBe(
			5 * HOUR,
		);
	});
});
