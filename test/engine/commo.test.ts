import { makeCalls } from '../vendors/calls';
import { startCommo, type CommoSandbox } from '../vendors/commo';
import { commoCredentials, getMany, ids, readsOf } from '../support/commo';

const WEEK = { from: Date.UTC(2025, 2, 3) / 1000, to: Date.UTC(2025, 2, 10) / 1000 - 1 };
const week = { startTime: WEEK.from, endTime: WEEK.to };

let sandbox: CommoSandbox;
const start = async (count: number, more: object = {}) => {
	sandbox = await startCommo({ calls: makeCalls({ count, ...WEEK, shape: 'office' }), ...more });
};
afterEach(async () => await sandbox.stop());

describe('a window of Commo', () => {
	it.each([
		[0, 1],
		[1, 1],
		[999, 1],
		// A full reply may be cut off, so it is read again in halves.
		[1000, 3],
		[1001, 3],
		[25_000, 52],
	])('with %i records gives all of them, each once, in %i requests', async (count, requests) => {
		await start(count);
		const { json, error, hints } = await getMany(sandbox, week);
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(ids(sandbox.truth(() => true)));
		expect(hints).toEqual([]);
		expect(readsOf(sandbox).length).toBeLessThanOrEqual(requests);
		expect(sandbox.mostAtOnce).toBeLessThanOrEqual(2);
		expect(sandbox.logins).toBe(1);
		const times = json.map(({ startedAt }) => String(startedAt));
		expect(times).toEqual([...times].sort().reverse());
	});

	it.each([
		[1, 2],
		[50, 2],
		[999, 3],
		[1000, 4],
		[1001, 4],
		[2999, 6],
	])('with a limit of %i gives just the newest, in %i requests', async (limit, requests) => {
		await start(3000);
		const { json, hints } = await getMany(sandbox, {
			...week,
			returnAll: false,
			limit,
			output: 'original',
		});
		const newest = sandbox
			.truth(() => true)
			.slice(-limit)
			.map(({ id }) => id)
			.reverse();
		expect(json.map(({ id }) => id)).toEqual(newest);
		expect(readsOf(sandbox).length).toBeLessThanOrEqual(requests);
		expect(hints).toEqual([
			`Showing the newest ${limit} of 3000 call legs. Turn on Return All to get all of them.`,
		]);
	});

	it.each([300, 301, 5000])('of 300 records is not cut by a limit of %i', async (limit) => {
		await start(300);
		const { json, hints } = await getMany(sandbox, { ...week, returnAll: false, limit });
		expect(ids(json)).toEqual(ids(sandbox.truth(() => true)));
		expect(readsOf(sandbox)).toHaveLength(1);
		expect(hints).toEqual([]);
	});

	it('comes in either order, whatever order the platform has', async () => {
		await start(1500);
		for (const direction of ['down', 'up'] as const) {
			sandbox.variants.direction = direction;
			for (const order of ['newestFirst', 'oldestFirst']) {
				for (const returnAll of [true, false]) {
					const options = { order };
					const parameters = { ...week, returnAll, limit: 1200, output: 'original', options };
					const { json } = await getMany(sandbox, parameters);
					const truth = sandbox.truth(() => true).map(({ id }) => id);
					const wanted = returnAll ? truth : truth.slice(-1200);
					expect(json.map(({ id }) => id)).toEqual(
						order === 'oldestFirst' ? wanted : wanted.reverse(),
					);
				}
			}
		}
	});

	it('is read in the page size and by as many requests as the options say', async () => {
		await start(500);
		sandbox.fault = () => ({ delayMs: 10 });
		const { json } = await getMany(sandbox, {
			...week,
			options: { pageSize: 20, requestsAtOnce: 4 },
		});
		expect(ids(json)).toEqual(ids(sandbox.truth(() => true)));
		expect(new Set(readsOf(sandbox).map(({ fields }) => fields.itemsperpage))).toEqual(
			new Set(['20']),
		);
		expect(sandbox.mostAtOnce).toBe(4);
	});
});

describe('an item', () => {
	it("holds the call record, the vendor's row, or both", async () => {
		await start(30);
		const rows = sandbox.truth(() => true).reverse();
		const original = await getMany(sandbox, { output: 'original' });
		expect(original.json).toEqual(rows);
		const record = await getMany(sandbox, { output: 'callRecord' });
		const both = await getMany(sandbox, { output: 'both' });
		expect(both.json).toEqual(record.json.map((json, i) => ({ ...json, original: rows[i] })));
		expect(record.json[0].recordId).toBe(`commo:${new URL(sandbox.url).host}:${rows[0].id}`);
	});

	it('knows which input item it comes from', async () => {
		await start(30);
		const days = ['2025-03-04', '2025-03-05'];
		const { items } = await getMany(
			sandbox,
			{ startTime: '={{ $json.day }}T00:00:00+08:00', endTime: '={{ $json.day }}T23:59:59+08:00' },
			{ items: days.map((day) => ({ day })) },
		);
		expect(items.length).toBeGreaterThan(5);
		for (const { json, pairedItem } of items) {
			expect(pairedItem).toEqual({ item: days.indexOf(String(json.startedAt).slice(0, 10)) });
		}
	});

	it('follows with the figures of the run, when asked for', async () => {
		await start(1200);
		const { json } = await getMany(sandbox, { options: { addReport: true } });
		expect(json.pop()).toEqual({
			report: {
				platform: 'commo',
				host: new URL(sandbox.url).host,
				from: '2025-01-01T08:00:00+08:00',
				to: '2026-01-01T07:59:59+08:00',
				records: 1200,
				vendorTotal: 1200,
				requests: readsOf(sandbox).length,
				retries: 0,
				logins: 1,
				windows: readsOf(sandbox).length - 1,
				windowsReadAgain: 0,
			},
		});
		expect(json).toHaveLength(1200);
	});
});

describe('the period', () => {
	const asked = () => {
		const [{ fields }] = readsOf(sandbox);
		return [fields.starttime, fields.endtime];
	};

	it.each([
		['from the date picker, without an offset', '2025-03-03T00:00:00', '2025-03-09T23:59:59'],
		[
			'from an expression with a DateTime of another zone',
			"={{ DateTime.fromISO('2025-03-03T07:00:00', { zone: 'Europe/Bucharest' }) }}",
			"={{ DateTime.fromISO('2025-03-10T03:59:59Z') }}",
		],
		[
			'from an expression with its text',
			"={{ DateTime.fromISO('2025-03-03T07:00:00', { zone: 'Europe/Bucharest' }).toISO() }}",
			"={{ DateTime.fromISO('2025-03-10T03:59:59Z').toISO() }}",
		],
		['from text with another offset', '2025-03-03T10:30:00+05:30', '2025-03-10T03:59:59Z'],
		['from Unix seconds', 1_740_978_000, 1_741_579_199],
		['from Unix milliseconds in text', '1740978000000', '1741579199999'],
	])("%s is asked for in the platform's zone", async (_name, startTime, endTime) => {
		await start(0);
		await getMany(sandbox, { startTime, endTime }, { timezone: 'America/New_York' });
		expect(asked()).toEqual(['2025-03-03 13:00:00', '2025-03-10 12:00:00']);
	});

	it('is asked for in the zone of the credential', async () => {
		await start(0);
		const credentials = commoCredentials(sandbox, { timezone: 'Europe/Bucharest' });
		await getMany(
			sandbox,
			{ startTime: '2025-03-30T00:00:00Z', endTime: '2025-03-30T01:00:00Z' },
			{ credentials },
		);
		// Clocks went forward in between.
		expect(asked()).toEqual(['2025-03-30 02:00:00', '2025-03-30 04:00:01']);
	});

	it("by name means days of the workflow's zone", async () => {
		await start(0);
		jest.useFakeTimers({
			now: Date.UTC(2026, 2, 1, 2, 30),
			doNotFake: [
				'nextTick',
				'setImmediate',
				'setTimeout',
				'setInterval',
				'clearTimeout',
				'clearInterval',
				'queueMicrotask',
				'performance',
			],
		});
		try {
			await getMany(sandbox, { period: 'yesterday' }, { timezone: 'America/New_York' });
			await getMany(sandbox, { period: 'lastHour' }, { timezone: 'America/New_York' });
		} finally {
			jest.useRealTimers();
		}
		expect(readsOf(sandbox).map(({ fields }) => [fields.starttime, fields.endtime])).toEqual([
			['2026-02-27 13:00:00', '2026-02-28 13:00:00'],
			['2026-03-01 09:30:00', '2026-03-01 10:30:01'],
		]);
	});

	it('has both ends included', async () => {
		await start(0);
		for (const at of [WEEK.from, WEEK.from + 60]) {
			sandbox.add({ ...makeCalls({ count: 1, from: at, to: at })[0], number: at });
		}
		const window = { startTime: WEEK.from, endTime: WEEK.from + 60 };
		expect((await getMany(sandbox, window)).json).toHaveLength(2);
		expect((await getMany(sandbox, { ...window, endTime: WEEK.from + 59 })).json).toHaveLength(1);
		expect((await getMany(sandbox, { ...window, startTime: WEEK.from + 1 })).json).toHaveLength(1);
	});
});
