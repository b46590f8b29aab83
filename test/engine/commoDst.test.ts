import { DateTime } from 'luxon';

import { instantsOf, wallOf } from '../../nodes/callRecords/time';
import { makeCalls, type HappenedCall } from '../vendors/calls';
import { startCommo, type CommoSandbox } from '../vendors/commo';
import { commoCredentials, getMany, readsOf } from '../support/commo';

const ZONE = 'Europe/Bucharest';
const at = (iso: string) => DateTime.fromISO(iso).toSeconds();

/** Clocks go forward on 30 March at 03:00, back on 26 October at 04:00. */
const SPRING = { from: at('2025-03-30T00:00:00+02:00'), to: at('2025-03-30T23:59:59+03:00') };
const AUTUMN = { from: at('2025-10-26T00:00:00+03:00'), to: at('2025-10-26T23:59:59+02:00') };

let sandbox: CommoSandbox;
let calls: HappenedCall[];
const start = async (window: { from: number; to: number }, count = 600) => {
	calls = makeCalls({ count, ...window, shape: 'even', seed: 5 });
	sandbox = await startCommo({ calls, zone: ZONE });
};
afterEach(async () => await sandbox.stop());

interface Got {
	number: number;
	started: number;
	isAmbiguous: boolean;
}

const read = async (window: { from: number; to: number }, parameters: object = {}) => {
	const { json, error } = await getMany(
		sandbox,
		{ startTime: window.from, endTime: window.to, ...parameters },
		{ credentials: commoCredentials(sandbox, { timezone: ZONE }) },
	);
	expect(error).toBeUndefined();
	return json.map(({ platformRecordId, startedAt, timeIsAmbiguous }): Got => ({
		number: Number(platformRecordId) - 20_000,
		started: Date.parse(String(startedAt)) / 1000,
		isAmbiguous: timeIsAmbiguous === true,
	}));
};

const startOf = ({ number }: Got) => calls[number - 1].start;
const numbers = (got: Array<{ number: number }>) =>
	got.map(({ number }) => number).sort((a, b) => a - b);

/** Every call of the window is there once; whatever else is there has a start that may lie in it. */
function expectWindow(got: Got[], window: { from: number; to: number }): void {
	const isInside = (instant: number) => instant >= window.from && instant <= window.to;
	expect(new Set(numbers(got)).size).toBe(got.length);
	const expected = calls.filter((call) => isInside(call.start));
	expect(numbers(got)).toEqual(expect.arrayContaining(numbers(expected)));
	for (const call of got) {
		if (!call.isAmbiguous) expect(call.started).toBe(startOf(call));
		const readings = instantsOf(wallOf(startOf(call), ZONE), ZONE);
		expect(readings).toContain(call.started);
		expect(call.isAmbiguous ? readings.some(isInside) : isInside(call.started)).toBe(true);
	}
}

it('a day of 23 hours: every call once, at the right instant', async () => {
	await start(SPRING);
	const got = await read(SPRING);
	expect(numbers(got)).toEqual(numbers(calls));
	expect(got.filter((call) => call.started !== startOf(call) || call.isAmbiguous)).toEqual([]);
	const [{ fields }] = readsOf(sandbox);
	expect([fields.starttime, fields.endtime]).toEqual([
		'2025-03-30 00:00:00',
		// A second more, for platforms that take the end for excluded.
		'2025-03-31 00:00:00',
	]);
});

it('a day of 25 hours: every call once, at the right instant or called ambiguous', async () => {
	await start(AUTUMN);
	const got = await read(AUTUMN);
	expect(numbers(got)).toEqual(numbers(calls));
	expectWindow(got, AUTUMN);
	const repeated = got.filter(({ isAmbiguous }) => isAmbiguous);
	expect(repeated.length).toBeGreaterThan(10);
	for (const call of repeated) {
		expect(instantsOf(wallOf(startOf(call), ZONE), ZONE)).toHaveLength(2);
	}
});

describe.each([
	['in small parts', { options: { pageSize: 15 } }],
	['in one reply', {}],
])('windows around the change, read %s', (_name, parameters) => {
	it.each([
		['that ends in the first pass', '2025-10-26T00:00:00+03:00', '2025-10-26T03:20:00+03:00'],
		['that ends in the second pass', '2025-10-26T00:00:00+03:00', '2025-10-26T03:20:00+02:00'],
		['that begins in the first pass', '2025-10-26T03:40:00+03:00', '2025-10-26T23:59:59+02:00'],
		['that begins in the second pass', '2025-10-26T03:40:00+02:00', '2025-10-26T23:59:59+02:00'],
		['inside the first pass', '2025-10-26T03:10:00+03:00', '2025-10-26T03:50:00+03:00'],
		['inside the second pass', '2025-10-26T03:10:00+02:00', '2025-10-26T03:50:00+02:00'],
		['from one pass into the other', '2025-10-26T03:50:00+03:00', '2025-10-26T03:10:00+02:00'],
		['of just the change', '2025-10-26T03:59:59+03:00', '2025-10-26T03:00:00+02:00'],
	])('%s', async (_which, from, to) => {
		await start(AUTUMN, 900);
		const window = { from: at(from), to: at(to) };
		expectWindow(await read(window, parameters), window);
	});

	it.each([
		['that ends before the gap', '2025-03-30T00:00:00+02:00', '2025-03-30T02:59:59+02:00'],
		['across the gap', '2025-03-30T02:30:00+02:00', '2025-03-30T04:30:00+03:00'],
		['that begins after the gap', '2025-03-30T04:00:00+03:00', '2025-03-30T12:00:00+03:00'],
	])('%s', async (_which, from, to) => {
		await start(SPRING, 900);
		const window = { from: at(from), to: at(to) };
		expectWindow(await read(window, parameters), window);
	});
});

it('neighbouring windows together hold every call, wherever the border lies', async () => {
	await start(AUTUMN, 400);
	for (const border of [
		'02:59:59+03:00',
		'03:15:00+03:00',
		'03:59:59+03:00',
		'03:30:00+02:00',
		'04:00:00+02:00',
	]) {
		const end = at(`2025-10-26T${border}`);
		const before = await read({ from: AUTUMN.from, to: end });
		const after = await read({ from: end + 1, to: AUTUMN.to });
		expect([...new Set(numbers([...before, ...after]))]).toEqual(numbers(calls));
		const twice = before.filter(({ number }) => after.some((other) => other.number === number));
		expect(twice.filter(({ isAmbiguous }) => !isAmbiguous)).toEqual([]);
	}
});

it.each([1, 5, 30, 60, 100, 250])(
	'the newest %i calls are the newest also where an hour is repeated',
	async (limit) => {
		await start(
			{ from: at('2025-10-26T02:00:00+03:00'), to: at('2025-10-26T05:00:00+02:00') },
			300,
		);
		const window = { from: at('2025-10-26T02:00:00+03:00'), to: at('2025-10-26T03:30:00+02:00') };
		for (const pageSize of [10, 1000]) {
			const all = await read(window, { options: { pageSize } });
			const got = await read(window, { returnAll: false, limit, options: { pageSize } });
			expect(got).toEqual(all.slice(0, limit));
			expect(all.map(({ started }) => started)).toEqual(
				all.map(({ started }) => started).sort((a, b) => b - a),
			);
		}
	},
);

it('a long call of the second pass is newer than one of the first that began later by the clock', async () => {
	await start({ from: at('2025-10-26T03:10:00+03:00'), to: at('2025-10-26T03:59:00+03:00') }, 300);
	const first = { ...calls[0], ringSeconds: 5, direction: 'inbound' as const };
	// Its end, past the change, shows in which pass it began.
	sandbox.add({ ...first, number: 301, start: at('2025-10-26T03:02:00+02:00'), talkSeconds: 3600 });
	calls.push({ ...first, number: 301, start: at('2025-10-26T03:02:00+02:00') });
	const window = { from: at('2025-10-26T02:00:00+03:00'), to: at('2025-10-26T05:00:00+02:00') };
	const got = await read(window, { returnAll: false, limit: 5, options: { pageSize: 10 } });
	expect(got).toHaveLength(5);
	expect(got[0].number).toBe(301);
	// The hour in which the clocks change is read by pages, 32 of them.
	expect(readsOf(sandbox).length).toBeLessThan(115);
});
