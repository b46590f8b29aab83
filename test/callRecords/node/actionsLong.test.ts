import type { IDataObject } from 'n8n-workflow';

import { executeCallRecords } from '../../../nodes/callRecords/node/actions';
import type { Platform } from '../../../nodes/callRecords/platform';
import { wallOf } from '../../../nodes/callRecords/time';
import { executeContext, fakeConnection, fakePlatform } from '../../support/fakePlatform';
import { FROM, getMany, idsOf, TO } from '../../support/getManyScene';

describe('getting more than a reply holds', () => {
	/** Every 1000 seconds one, newest last. */
	const many = Array.from({ length: 80 }, (_, i) => FROM + i * 1000);
	const newest = (count: number) => many.slice(-count).map((_, i) => `r${80 - count + i}`);

	it.each([
		['newestFirst', newest(80).reverse()],
		['oldestFirst', newest(80)],
	])('gives all, %s', async (order, ids) => {
		const { work, hints } = await getMany({ times: many, parameters: { options: { order } } });
		expect(idsOf(await work)).toEqual(ids);
		expect(hints).toEqual([]);
	});

	it.each([
		['newestFirst', newest(25).reverse()],
		['oldestFirst', newest(25)],
	])('reads no more than a limit needs, %s', async (order, ids) => {
		const parameters = { returnAll: false, limit: 25, options: { order, requestsAtOnce: 1 } };
		const all = await getMany({ times: many, parameters: { options: { requestsAtOnce: 1 } } });
		await all.work;
		const { work, hints, connection } = await getMany({ times: many, parameters });
		expect(idsOf(await work)).toEqual(ids);
		expect(hints[0]).toContain('the newest 25 of 80 call legs');
		expect(connection.requests.length).toBeLessThan(all.connection.requests.length / 2);
	});

	it('speaks of a limit that is as long as what was read', async () => {
		const times = Array.from({ length: 20 }, (_, i) => (i < 10 ? FROM + i : TO - i));
		const { work, hints } = await getMany({
			times,
			parameters: { returnAll: false, limit: 10, options: { requestsAtOnce: 1 } },
		});
		expect(idsOf(await work)).toHaveLength(10);
		expect(hints[0]).toContain('the newest 10 of 20 call legs');
	});

	it('has no more handed over than a limit lets through, where that happens only once', async () => {
		const { work, connection } = await getMany({
			times: many,
			parameters: { returnAll: false, limit: 25 },
			platform: { consumesOnRead: () => 'What was handed over is gone.' },
		});
		expect(idsOf(await work)).toHaveLength(25);
		expect(connection.requests.map(({ qs }) => (qs as IDataObject).pageSize)).toEqual([10, 10, 5]);
	});

	it('leaves out what lies outside of the period, and calls it no cut', async () => {
		const { work, hints } = await getMany({
			times: [FROM - 3, FROM - 1, FROM, TO, TO + 2],
			platform: {
				clockToleranceSeconds: () => 5,
				mapRow: (row, id) => ({
					id,
					direction: 'unknown',
					outcome: null,
					started: { instant: Number(row.at) },
				}),
			},
		});
		expect(idsOf(await work)).toEqual(['r3', 'r2']);
		expect(hints).toEqual([]);
	});

	it('gives the newest of an hour that comes twice, though the clock shows them as older', async () => {
		const zone = 'Europe/Berlin';
		const first = Date.UTC(2025, 9, 26, 0, 50) / 1000;
		const second = Date.UTC(2025, 9, 26, 1, 30) / 1000;
		const instants = [first - 7200, first, second];
		const rows = instants.map((at, i) => ({ id: `r${i}`, at }));
		const connection = fakeConnection({
			credentials: { baseUrl: 'http://pbx.example.com', timezone: zone, sessionToken: '' },
			respond({ qs }) {
				const { from, to, page } = qs as Record<string, number>;
				const matching = rows.filter(
					({ at }) => wallOf(at, zone) >= from && wallOf(at, zone) <= to,
				);
				return { body: { ok: { rows: matching.slice(page - 1, page), total: matching.length } } };
			},
		});
		const platform: Platform = {
			...fakePlatform,
			clock: () => 'wall',
			startOf: ({ at }) => wallOf(Number(at), zone),
			reply: (payload) => ({
				...(payload as { rows: IDataObject[]; total: number }),
				pageSize: null,
			}),
		};
		const { context } = executeContext(connection, {
			period: 'custom',
			startTime: first - 7200,
			endTime: second + 7200,
			limit: 1,
			options: { pageSize: 1, requestsAtOnce: 1 },
		});
		expect(idsOf(await executeCallRecords(context, platform))).toEqual(['r2']);
	});
});
