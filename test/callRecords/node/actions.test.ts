import type { IDataObject } from 'n8n-workflow';

import { executeCallRecords } from '../../../nodes/callRecords/node/actions';
import type { Platform } from '../../../nodes/callRecords/platform';
import type * as Clock from '../../support/clock';
import { executeContext, fakeConnection, fakePlatform, thrownBy } from '../../support/fakePlatform';
import { FROM, getMany, idsOf, TO } from '../../support/getManyScene';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

/** Not in order, as some platforms send them. */
const TIMES = [5, 3, 9, 1, 7].map((hours) => FROM + hours * 3600);

describe('getting many', () => {
	it.each([
		['newestFirst', ['r2', 'r4', 'r0', 'r1', 'r3']],
		['oldestFirst', ['r3', 'r1', 'r0', 'r4', 'r2']],
	])('gives all, %s', async (order, ids) => {
		const { work, hints } = await getMany({ times: TIMES, parameters: { options: { order } } });
		const output = await work;
		expect(idsOf(output)).toEqual(ids);
		expect(output[0].map(({ pairedItem }) => pairedItem)).toEqual(Array(5).fill({ item: 0 }));
		expect(hints).toEqual([]);
	});

	it.each([
		['newestFirst', ['r2', 'r4']],
		['oldestFirst', ['r4', 'r2']],
	])('gives the newest of a limit, %s, and says that there are more', async (order, ids) => {
		const parameters = { returnAll: false, limit: 2, options: { order } };
		const { work, hints } = await getMany({ times: TIMES, parameters });
		expect(idsOf(await work)).toEqual(ids);
		expect(hints).toEqual([
			'Showing the newest 2 of 5 call legs. Turn on Return All to get all of them.',
		]);
	});

	it('does not speak of a limit that cut nothing', async () => {
		const parameters = { returnAll: false, limit: 5 };
		const { work, hints } = await getMany({ times: TIMES, parameters });
		expect(idsOf(await work)).toHaveLength(5);
		expect(hints).toEqual([]);
	});

	it('leaves it to n8n to speak of a limit where nobody counts', async () => {
		const { work, hints } = await getMany({
			times: TIMES,
			parameters: { returnAll: false, limit: 3 },
			platform: {
				reply: (payload) => ({
					rows: (payload as { rows: IDataObject[] }).rows,
					total: null,
					pageSize: null,
				}),
			},
		});
		expect(idsOf(await work)).toHaveLength(3);
		expect(hints).toEqual([]);
	});

	it('gives the rows of the platform, or both', async () => {
		const original = await getMany({ times: TIMES, parameters: { output: 'original' } });
		expect((await original.work)[0][0].json).toEqual({ id: 'r2', at: TIMES[2] });
		const both = await getMany({ times: TIMES, parameters: { output: 'both' } });
		expect((await both.work)[0][0].json).toMatchObject({
			platformRecordId: 'r2',
			original: { id: 'r2', at: TIMES[2] },
		});
	});

	it('reads for every item, and says which one a record belongs to', async () => {
		const { work, connection } = await getMany({ times: TIMES, items: 2 });
		const [output] = await work;
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			...Array<object>(5).fill({ item: 0 }),
			...Array<object>(5).fill({ item: 1 }),
		]);
		expect(connection.requests).toHaveLength(2);
	});

	it('tells what it did when it is asked to', async () => {
		const { work } = await getMany({ times: TIMES, parameters: { options: { addReport: true } } });
		const [output] = await work;
		expect(output).toHaveLength(6);
		expect(output[5]).toMatchObject({
			json: { report: { platform: 'fake', records: 5, vendorTotal: 5, requests: 1 } },
			pairedItem: { item: 0 },
		});
		const calm = await getMany({ times: TIMES, parameters: { options: { addReport: 'true' } } });
		expect((await calm.work)[0]).toHaveLength(5);
	});

	it('hands its filters on as the platform reads them', async () => {
		const filters: IDataObject[] = [];
		const { work } = await getMany({
			times: TIMES,
			parameters: { filters: { did: '1' } },
			platform: {
				readFilters: (given) => ({ ...given, read: true }),
				request(question, settings) {
					filters.push(question.filters);
					return fakePlatform.request(question, settings);
				},
			},
		});
		await work;
		expect(filters).toEqual([{ did: '1', read: true }]);
	});

	it('works in versions of n8n that know neither hints nor cancelling', async () => {
		const connection = fakeConnection({
			respond: () => ({
				body: {
					ok: [
						{ id: 'a', at: FROM },
						{ id: 'b', at: FROM - 1 },
					],
				},
			}),
		});
		const { context } = executeContext(connection, {
			period: 'custom',
			startTime: FROM - 1,
			endTime: TO,
			limit: 1,
			options: { pageSize: 3 },
		});
		Object.assign(context, {
			addExecutionHints: undefined,
			getExecutionCancelSignal: undefined,
		});
		expect(idsOf(await executeCallRecords(context, fakePlatform))).toEqual(['a']);
	});
});

describe('what goes wrong', () => {
	it('is an error that names the period and the item', async () => {
		const { work } = await getMany({ times: TIMES, items: 2, failing: 2 });
		const error = await thrownBy(work);
		expect(error.message).toBe('Fake PBX does not accept a filter (code odd)');
		expect(error.description).toContain('Period: ');
		expect(error.context.itemIndex).toBe(1);
	});

	it('becomes an item where the node may go on', async () => {
		const { work } = await getMany({ times: TIMES, items: 3, failing: 2, continueOnFail: true });
		const [output] = await work;
		expect(output).toHaveLength(11);
		expect(output[5]).toEqual({
			json: {
				error: 'Fake PBX does not accept a filter (code odd)',
				description: expect.stringContaining('Check the filters.') as string,
			},
			pairedItem: { item: 1 },
		});
	});

	it('ends what else is being asked', async () => {
		const connection = fakeConnection({
			respond({ number, qs }) {
				const { from, to } = qs as Record<string, number>;
				const rows = Array.from({ length: 10 }, (_, i) => ({ id: `${from}-${i}`, at: from + i }));
				if (number === 1) return { body: { ok: { rows, total: 40 } } };
				return { body: { no: to === TO ? 'down' : 'odd' } };
			},
		});
		const platform: Platform = {
			...fakePlatform,
			reply: (payload) => ({
				...(payload as { rows: IDataObject[]; total: number }),
				pageSize: null,
			}),
		};
		const { context } = executeContext(connection, {
			period: 'custom',
			startTime: FROM,
			endTime: TO,
			returnAll: true,
		});
		expect((await thrownBy(executeCallRecords(context, platform))).message).toContain('(code odd)');
		const before = connection.requests.length;
		for (let i = 0; i < 200; i++) await new Promise((resolve) => setImmediate(resolve));
		expect(connection.requests).toHaveLength(before);
	});

	it('comes with what the platform advises about lists that are handed over once', async () => {
		const { work } = await getMany({
			times: TIMES,
			failing: 1,
			platform: { consumesOnRead: () => 'What was handed over is gone.' },
		});
		expect((await thrownBy(work)).description).toContain('What was handed over is gone.');
	});

	it.each([
		[{ operation: 'delete' }, "There is no operation 'delete' for 'callRecord'"],
		[{ resource: 'recording', operation: 'getAll' }, "'getAll' for 'recording'"],
		[{ resource: 'fax' }, "There is no operation 'getAll' for 'fax'"],
		[{ limit: 0, returnAll: false }, "'Limit' has to be"],
		[{ output: 'csv' }, "'Output' has to be"],
		[{ options: { order: 'up' } }, "'Order' has to be"],
	])('%j is refused before anything is asked', async (parameters, message) => {
		const { work, connection } = await getMany({ times: TIMES, parameters });
		expect((await thrownBy(work)).message).toContain(message);
		expect(connection.requests).toEqual([]);
	});
});

describe('a run that is cancelled', () => {
	it('is no success with fewer records', async () => {
		const { work, connection } = await getMany({
			times: Array.from({ length: 60 }, (_, i) => FROM + i * 1000),
			parameters: { options: { requestsAtOnce: 1 } },
			cancelled: (requests) => requests > 2,
		});
		expect((await thrownBy(work)).message).toMatch(/stopped/);
		expect(connection.requests).toHaveLength(3);
	});

	it('does not begin with the next item', async () => {
		const { work, connection } = await getMany({
			times: TIMES,
			items: 3,
			cancelled: (requests) => requests > 0,
			continueOnFail: true,
		});
		const [output] = await work;
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(connection.requests).toHaveLength(1);
	});
});

describe('a recording', () => {
	it('is downloaded by the other resource of the node', async () => {
		const connection = fakeConnection({ respond: () => ({ body: {} }) });
		const { context } = executeContext(connection, {
			resource: 'recording',
			operation: 'download',
			recording: null,
		});
		const platform: Platform = {
			...fakePlatform,
			recordings: { options: [], isAuthenticated: true, find: (url) => ({ url }) },
		};
		expect(await executeCallRecords(context, platform)).toEqual([
			[
				{
					json: { recordingFound: false, recordingReason: 'This call has no recording' },
					pairedItem: { item: 0 },
				},
			],
		]);
	});
});
