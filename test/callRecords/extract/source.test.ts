import type { IDataObject } from 'n8n-workflow';

import type { Platform } from '../../../nodes/callRecords/platform';
import {
	byStart,
	clockRange,
	latestBefore,
	recordSource,
	shape,
} from '../../../nodes/callRecords/extract/source';
import { IncompleteRead } from '../../../nodes/callRecords/extract/verdict';
import { connect, type Connection } from '../../../nodes/callRecords/transport/connection';
import { wallOf } from '../../../nodes/callRecords/time';
import { fakeConnection, fakePlatform, thrownBy } from '../../support/fakePlatform';

const BERLIN = 'Europe/Berlin';
const at = (...time: [number, number, number, number, number?, number?]) => {
	const [year, month, ...rest] = time;
	return Date.UTC(year, month - 1, ...(rest as [number, number])) / 1000;
};
/** 02:00 to 02:59:59 comes twice, first in summer time. */
const FIRST = at(2025, 10, 26, 0);
const SECOND = at(2025, 10, 26, 1);

async function connected(
	platform: Partial<Platform>,
	respond: Parameters<typeof fakeConnection>[0]['respond'] = () => ({ body: { ok: [] } }),
): Promise<Connection> {
	const { context } = fakeConnection({
		respond,
		credentials: { baseUrl: 'http://pbx.example.com', timezone: BERLIN, sessionToken: 'token' },
	});
	return await connect(context, { ...fakePlatform, ...platform }, {}, { isStopped: () => false });
}

const WALL: Partial<Platform> = {
	clock: () => 'wall',
	startOf: ({ at: wall }) => (wall === null ? null : Number(wall)),
	mapRow: (row, id) => ({
		id,
		direction: 'unknown',
		outcome: null,
		started: row.at === null ? null : { wall: Number(row.at) },
	}),
};

describe('a window', () => {
	it('is what was asked for where the platform counts instants', async () => {
		const window = { from: FIRST, to: SECOND };
		expect(clockRange(window, await connected({}))).toEqual(window);
	});

	it('is as much wider as the clock of the platform may be off', async () => {
		const window = { from: FIRST, to: SECOND };
		expect(clockRange(window, await connected({ clockToleranceSeconds: () => 60 }))).toEqual({
			from: FIRST - 60,
			to: SECOND + 60,
		});
	});

	it('is wall time where the platform counts that, and holds both passes of a repeated hour', async () => {
		const connection = await connected(WALL);
		const noon = at(2025, 7, 1, 10);
		expect(clockRange({ from: noon, to: noon + 59 }, connection)).toEqual({
			from: noon + 7200,
			to: noon + 7259,
		});
		expect(clockRange({ from: FIRST + 1800, to: SECOND + 600 }, connection)).toEqual({
			from: at(2025, 10, 26, 2),
			to: at(2025, 10, 26, 2, 59) + 59,
		});
	});
});

describe('the last instant before a time on the clock', () => {
	it('is the second before', async () => {
		expect(latestBefore(SECOND, await connected({}))).toBe(SECOND - 1);
		const noon = at(2025, 7, 1, 12);
		expect(latestBefore(noon, await connected(WALL))).toBe(noon - 7200 - 1);
	});

	it('is in the second pass of an hour that comes twice', async () => {
		expect(latestBefore(at(2025, 10, 26, 2, 30), await connected(WALL))).toBe(SECOND + 1799);
	});
});

describe('the records of a window', () => {
	const sourceOf = async (
		rows: IDataObject[],
		window: { from: number; to: number },
		platform: Partial<Platform> = {},
		filters: IDataObject = {},
	) => {
		const asked: IDataObject[] = [];
		const connection = await connected(platform, ({ qs }) => {
			asked.push(qs as IDataObject);
			return { body: { ok: rows } };
		});
		return { asked, source: recordSource(connection, window, filters, (call) => call) };
	};
	const idsOf = async (...given: Parameters<typeof sourceOf>) => {
		const { source } = await sourceOf(...given);
		const page = await source.page({ from: 0, to: 1 }, 1, 10);
		if (page === 'tooMuch') throw new Error('too much');
		return page.rows.map((row) => row.item()?.id ?? null);
	};

	it('are asked for as the reader says, and come as records and as rows', async () => {
		const rows = [{ id: 'a', at: FIRST }];
		const { source, asked } = await sourceOf(rows, { from: FIRST, to: SECOND });
		const page = await source.page({ from: FIRST, to: FIRST + 9 }, 2, 7);
		expect(asked).toEqual([{ from: FIRST, to: FIRST + 9, page: 2, pageSize: 7 }]);
		if (page === 'tooMuch') throw new Error('too much');
		expect(page).toMatchObject({ total: null, pageSize: null, hasMore: null });
		expect(page.rows).toMatchObject([{ id: 'a', at: FIRST }]);
		expect(page.rows[0].item()).toMatchObject({
			id: 'a',
			started: FIRST,
			record: { platformRecordId: 'a', startedAt: '2025-10-26T02:00:00+02:00' },
			row: rows[0],
		});
		expect(source).toMatchObject({ pageSize: 10, maxRange: undefined, consumesOnRead: false });
	});

	it('carry what else the platform says', async () => {
		const { source } = await sourceOf(
			[],
			{ from: FIRST, to: SECOND },
			{
				maxRangeSeconds: 99,
				reply: () => ({ rows: [], total: 7, pageSize: 5, hasMore: true }),
			},
		);
		expect(await source.page({ from: 0, to: 1 }, 1, 7)).toEqual({
			rows: [],
			total: 7,
			pageSize: 5,
			hasMore: true,
		});
		expect(source.maxRange).toBe(99);
	});

	const undated = [
		{ id: 'a', at: 5 },
		{ id: 'b', at: null },
	];

	it('say when they began, where that can be read', async () => {
		const { source } = await sourceOf(undated, { from: 0, to: 9 }, WALL);
		const page = await source.page({ from: 0, to: 1 }, 1, 7);
		if (page === 'tooMuch') throw new Error('too much');
		expect(page.rows).toMatchObject([
			{ id: 'a', at: 5 },
			{ id: 'b', at: null },
		]);
		expect(page.rows.map((row) => row.item()?.started)).toEqual([5 - 3600, null]);
	});

	it.each([
		[null, 'at: null'],
		[
			'30/06/2026 09:37:17 PM, Europe/Berlin, or so it seems',
			'at: "30/06/2026 09:37:17 PM, Europe/Berlin, ',
		],
		[undefined, 'at: is missing'],
	])('are an error where their start %p cannot be read, if asked for', async (at, shown) => {
		const connection = await connected(
			{ ...WALL, startOf: (row) => (typeof row.at === 'number' ? row.at : null) },
			() => ({
				body: {
					ok: [
						{ id: 'a', at: 5 },
						{ id: 'b', at },
					],
				},
			}),
		);
		const read = async (filters: IDataObject) =>
			await recordSource(connection, { from: 0, to: 9 }, filters, (call) => call, 'error').page(
				{ from: 0, to: 1 },
				1,
				7,
			);
		const error = await thrownBy(read({}));
		expect(error).toBeInstanceOf(IncompleteRead);
		expect(error.message).toBe(`the start times of 1 of 2 records cannot be read (${shown})`);
	});

	it('are too much where the platform says so', async () => {
		const connection = await connected({}, () => ({ body: { no: 'much' } }));
		const source = recordSource(connection, { from: 0, to: 1 }, {}, (call) => call);
		expect(await source.page({ from: 0, to: 1 }, 1, 7)).toBe('tooMuch');
	});

	it('are asked for only once where they are handed over once', async () => {
		let requests = 0;
		const connection = await connected(
			{ consumesOnRead: ({ once }) => (once ? 'Gone.' : undefined) },
			() => (++requests > 1 ? { body: { ok: [] } } : new Error('socket hang up')),
		);
		const source = recordSource(connection, { from: 0, to: 1 }, { once: true }, (call) => call);
		expect(source.consumesOnRead).toBe(true);
		await thrownBy(source.page({ from: 0, to: 1 }, 1, 7));
		expect(requests).toBe(1);
		expect(recordSource(connection, { from: 0, to: 1 }, {}, (call) => call).consumesOnRead).toBe(
			false,
		);
	});

	const rowsAt = (...times: number[]) => times.map((time, i) => ({ id: `r${i}`, at: time }));

	it('that lie outside are left out where more was asked for', async () => {
		const rows = rowsAt(FIRST - 1, FIRST, SECOND, SECOND + 1);
		const window = { from: FIRST, to: SECOND };
		expect(await idsOf(rows, window, { clockToleranceSeconds: () => 5 })).toEqual([
			null,
			'r1',
			'r2',
			null,
		]);
		// Where no more was asked for, what comes is what the platform takes for inside.
		expect(await idsOf(rows, window)).toEqual(['r0', 'r1', 'r2', 'r3']);
		const once = { clockToleranceSeconds: () => 5, consumesOnRead: () => 'Gone.' };
		expect(await idsOf(rows, window, once)).toEqual(['r0', 'r1', 'r2', 'r3']);
	});

	it('that have no time are kept', async () => {
		const rows = [{ id: 'a', at: null }];
		expect(
			await idsOf(rows, { from: 5, to: 9 }, { ...WALL, clockToleranceSeconds: () => 5 }),
		).toEqual(['a']);
	});

	const wall = (hour: number, minute: number) => at(2025, 10, 26, hour, minute);

	it('of a window that ends in an hour that comes twice are sorted out by instant', async () => {
		const known: Partial<Platform> = {
			...WALL,
			startOf: ({ at: instant }) => wallOf(Number(instant), BERLIN),
			mapRow: (row, id) => ({
				id,
				direction: 'unknown',
				outcome: null,
				started: { instant: Number(row.at) },
			}),
		};
		const rows = rowsAt(FIRST + 600, FIRST + 2400, SECOND + 600, SECOND + 2400);
		const inFirst = { from: FIRST - 3600, to: FIRST + 1800 };
		expect(await idsOf(rows, inFirst, known)).toEqual(['r0', null, null, null]);
		const inSecond = { from: SECOND + 1800, to: SECOND + 7200 };
		expect(await idsOf(rows, inSecond, known)).toEqual([null, null, null, 'r3']);
		const around = { from: FIRST - 3600, to: SECOND + 7200 };
		expect(await idsOf(rows, around, known)).toEqual(['r0', 'r1', 'r2', 'r3']);
	});

	it('are kept if one of two readings of their start is inside', async () => {
		const rows = rowsAt(wall(2, 10), wall(2, 40), wall(1, 0), wall(4, 0));
		const inFirst = { from: FIRST - 7200, to: FIRST + 1800 };
		expect(await idsOf(rows, inFirst, WALL)).toEqual(['r0', null, 'r2', null]);
		const inSecond = { from: SECOND + 1800, to: SECOND + 7200 };
		expect(await idsOf(rows, inSecond, WALL)).toEqual([null, 'r1', null, 'r3']);
	});

	it('of a window that neither begins nor ends in such an hour are all kept', async () => {
		const rows = rowsAt(wall(1, 0) - 1, wall(2, 30), wall(4, 0) + 1);
		const window = { from: wall(1, 0) - 7200, to: wall(4, 0) - 3600 };
		expect(await idsOf(rows, window, WALL)).toEqual(['r0', 'r1', 'r2']);
	});
});

describe('a call', () => {
	const row = { id: 'a' };
	const record = { recordId: 'fake:a' } as never;
	const call = { id: 'a', started: 1, record, row };

	it('is shown as a record, as the platform sent it, or as both', () => {
		expect(shape(call, 'callRecord')).toEqual({ recordId: 'fake:a' });
		expect(shape(call, 'original')).toEqual({ id: 'a' });
		expect(shape(call, 'both')).toEqual({ recordId: 'fake:a', original: { id: 'a' } });
	});

	it('comes after those that began before it, and in one second after lower numbers', () => {
		const calls = [
			{ id: '10', started: 5 },
			{ id: '9', started: 5 },
			{ id: '1', started: 6 },
			{ id: '99', started: 4 },
			{ id: '11', started: 5 },
		];
		expect([...calls].sort(byStart).map(({ id }) => id)).toEqual(['99', '9', '10', '11', '1']);
		expect(
			[...calls]
				.reverse()
				.sort(byStart)
				.map(({ id }) => id),
		).toEqual(['99', '9', '10', '11', '1']);
	});
});
