import { createHash } from 'node:crypto';

import { CALLS, clientOf, documentedFields, undocumented } from '../support/vendorPage';
import type { ItnioRow } from './itnioRow';
import { ITNIO_SECRETS, startItnioTech, type ItnioTechSandbox } from './itnioTech';

interface Envelope {
	status: number | string;
	data: { total: number; size: number; pages: number; records: ItnioRow[] };
}

let server: ItnioTechSandbox;
beforeAll(async () => {
	server = await startItnioTech({ calls: CALLS });
});
afterAll(async () => await server.stop());

const signed = (seconds = Math.floor(Date.now() / 1000)) => {
	const { apiKey, apiSecret } = ITNIO_SECRETS;
	const sign = createHash('md5').update(`${apiKey}${apiSecret}${seconds}`).digest('hex');
	return { 'Api-Key': apiKey, Timestamp: String(seconds), Sign: sign };
};
const query = async (asked: object = {}, headers: Record<string, string> = signed()) => {
	const params = { startTime: '2025-03-04 00:00:00', endTime: '2025-03-05 00:00:00' };
	const body = { current: 1, size: 100, params, ...asked };
	return (await clientOf(server).post<Envelope>('/v3/cc/record/query', body, { headers })).data;
};
const statusOf = async (...of: Parameters<typeof query>) => String((await query(...of)).status);

describe('the fake call centre API', () => {
	it('takes a signature of key, secret and seconds in either case, and no old one (2)', async () => {
		expect(await statusOf()).toBe('0');
		expect(await statusOf({}, { ...signed(), Sign: signed().Sign.toUpperCase() })).toBe('0');
		expect(await statusOf({}, { ...signed(), Sign: 'wrong' })).toBe('-1');
		expect(await statusOf({}, signed(1_700_000_000))).toBe('-16');
	});

	it('sends pages of rows with the fields of its page (3.2, 3.3)', async () => {
		const { data } = await query();
		const next = await query({ current: 2 });
		expect(data).toMatchObject({ total: CALLS.length, size: 100, pages: 2 });
		expect(data.records.length + next.data.records.length).toBe(CALLS.length);
		const fields = documentedFields('itnio-tech', '3.3');
		expect(fields).toContain('callSessionId');
		expect(undocumented(data.records, fields)).toEqual([]);
	});

	it('takes plain and ISO times for the same window (3.4)', async () => {
		const plain = { startTime: '2025-03-04 09:00:00', endTime: '2025-03-04 12:00:00' };
		const iso = { startTime: '2025-03-04T09:00:00+08:00', endTime: '2025-03-04T12:00:00+08:00' };
		const rows = (await query({ params: plain })).data.records;
		expect(rows.length).toBeGreaterThan(0);
		expect((await query({ params: iso })).data.records).toEqual(rows);
	});

	it('takes no more than 100 rows and 93 days (3.1)', async () => {
		const long = { startTime: '2025-01-01 00:00:00', endTime: '2025-05-01 00:00:00' };
		expect(await statusOf({ size: 101 })).toBe('-22');
		expect(await statusOf({ params: long })).toBe('-76');
	});
});
