import type { IDataObject } from 'n8n-workflow';

import { beginExport, exported, FROM, idsIn, TO } from '../../support/exportScene';
import { thrownBy } from '../../support/fakePlatform';

describe('a long export', () => {
	const times = Array.from({ length: 400 }, (_, i) => FROM + ((i * 7919) % 86_400));
	const sorted = times
		.map((at, i) => ({ at, id: `r${i}` }))
		.sort((a, b) => a.at - b.at)
		.map(({ id }) => id);

	it('holds all records once, oldest first, and is handed on in small pieces', async () => {
		const { text, chunks, json, hints } = await exported({ times });
		expect(idsIn(text)).toEqual(sorted);
		expect(json.records).toBe(400);
		expect(Number(json.requests)).toBeGreaterThan(40);
		expect(chunks.length).toBeGreaterThan(2);
		for (const length of chunks.slice(0, -1)) {
			expect(length).toBeGreaterThanOrEqual(16_384);
			expect(length).toBeLessThan(20_000);
		}
		expect(hints).toEqual([]);
	});

	it('stops where an id comes again with another start, for such ids cannot tell records apart', async () => {
		const { work } = beginExport({
			rows: ({ from, to }, number) =>
				number === 1
					? Array.from({ length: 11 }, (_, i) => ({ id: `x${i}`, at: FROM + i }))
					: [
							{ id: 'moving', at: from },
							{ id: `r${from}`, at: to },
						],
			platform: {
				reply: (payload) => {
					const { rows } = payload as { rows: IDataObject[] };
					return { rows: rows.slice(0, 10), total: rows.length, pageSize: null };
				},
			},
		});
		await expect(work).rejects.toThrow('began at different times have the same id');
	});

	it('leaves out what lies outside of the period', async () => {
		const { text, json } = await exported({
			times: [FROM - 2, FROM, TO, TO + 1],
			platform: { clockToleranceSeconds: () => 5 },
		});
		expect(idsIn(text)).toEqual(['r1', 'r2']);
		expect(json.records).toBe(2);
	});

	it('stops where a start cannot be read, for such a record could be missing or come twice', async () => {
		const { work } = beginExport({
			times: [FROM + 1, NaN],
			rows: () => [
				{ id: 'late', at: FROM + 1 },
				{ id: 'timeless', at: null },
			],
			platform: {
				startOf: ({ at }) => (at === null ? null : Number(at)),
				mapRow: (row, id) => ({
					id,
					direction: 'unknown',
					outcome: null,
					started: row.at === null ? null : { instant: Number(row.at) },
				}),
			},
		});
		await expect(work).rejects.toThrow('the start times of 1 of 2 records cannot be read');
	});

	it.each([1, 5])('that is stopped after request %i is no file', async (last) => {
		const { work, connection } = beginExport({
			times,
			parameters: { options: { requestsAtOnce: 1 } },
			stopped: (requests) => requests >= last,
		});
		expect((await thrownBy(work)).message).toMatch(/stopped/);
		expect(connection.requests).toHaveLength(last);
	});

	it('says what was unusual, in versions of n8n that can show it', async () => {
		const lying = {
			rows: (_span: object, number: number) =>
				Array.from({ length: number === 1 ? 3 : 2 }, (_, i) => ({ id: `r${i}`, at: FROM + i })),
			platform: {
				reply: (payload: unknown) => ({
					rows: (payload as { rows: IDataObject[] }).rows.slice(0, 2),
					total: (payload as { total: number }).total,
					pageSize: null,
				}),
			},
		};
		const { hints, text } = await exported(lying);
		expect(hints).toEqual([
			'Fake PBX contradicted itself 1 time; those parts were read again until they added up.',
		]);
		expect(idsIn(text)).toEqual(['r0', 'r1']);
		expect((await exported({ ...lying, hasNoHints: true })).json.records).toBe(2);
	});

	it('has advice for when it fails, where records are handed over only once', async () => {
		const { work, place } = beginExport({ platform: { consumesOnRead: () => 'Gone.' } });
		await work;
		expect(place.advice).toBe('Gone.');
	});
});
