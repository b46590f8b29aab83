import { createHash } from 'node:crypto';

import { CALLS, clientOf, documentedFields, undocumented } from '../support/vendorPage';
import { startWhile1Voice, WHILE1_VOICE_SECRETS, type While1Sandbox } from './while1Voice';
import type { While1Row } from './while1Row';

interface Envelope {
	has_error: boolean;
	messages: string[];
	pagination: { row_count: number; page_size: number; max_page: number };
	results: While1Row[];
}

let server: While1Sandbox;
beforeAll(async () => {
	server = await startWhile1Voice({ calls: CALLS });
});
afterAll(async () => await server.stop());

const BETWEEN = ['2025-03-04 00:00:00', '2025-03-05 00:00:00'];
const headers = { Authorization: `Bearer ${WHILE1_VOICE_SECRETS.apiToken}` };

/** What PHP's `http_build_query` makes of the only parameters that are sent here. */
const phpQuery = (page: number, [from, to]: string[]) => {
	const encode = (text: string) => encodeURIComponent(text).replace(/%20/g, '+');
	const names = ['page', 'filters[date_between][0]', 'filters[date_between][1]'];
	return names.map((name, i) => `${encode(name)}=${encode([String(page), from, to][i])}`).join('&');
};
const hashOf = (query: string) =>
	createHash('md5').update(`${query}${WHILE1_VOICE_SECRETS.apiKey}`).digest('hex');

const read = async (page = 1, hash = hashOf(phpQuery(page, BETWEEN))): Promise<Envelope> => {
	const body = { page, filters: { date_between: BETWEEN }, api_hash: hash };
	return (await clientOf(server).post<Envelope>('/api/cdr', body, { headers })).data;
};

describe('the fake call list', () => {
	it('wants the token in the header and the hash of the parameters (3, 5)', async () => {
		expect((await read()).has_error).toBe(false);
		expect((await read(1, 'wrong')).messages).toEqual(['Invalid api_hash']);
		const { data } = await clientOf(server).post<Envelope>('/api/cdr', {});
		expect(data).toMatchObject({ has_error: true, messages: ['Invalid token'] });
	});

	it('takes JSON, a form and a query alike (2)', async () => {
		const query = phpQuery(1, BETWEEN);
		const whole = `${query}&api_hash=${hashOf(query)}`;
		const type = { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' };
		const client = clientOf(server);
		const json = await read();
		const form = await client.post<Envelope>('/api/cdr', whole, { headers: type });
		const get = await client.get<Envelope>(`/api/cdr?${whole}`, { headers });
		expect(form.data).toEqual(json);
		expect(get.data).toEqual(json);
	});

	it('sends pages of 100 rows with the fields of its page (6)', async () => {
		const { pagination, results } = await read();
		expect(pagination).toMatchObject({ row_count: CALLS.length, page_size: 100, max_page: 2 });
		expect(results.length + (await read(2)).results.length).toBe(CALLS.length);
		// The page has this one below its table, as only some installations send it.
		const fields = [...documentedFields('while1-voice', '6'), 'user_id'];
		expect(fields).toContain('linkedid');
		expect(undocumented(results, fields)).toEqual([]);
	});

	it('names a filter that it does not know (7)', async () => {
		const query = phpQuery(1, BETWEEN).replace(/date_between/g, 'day');
		const { data } = await clientOf(server).get<Envelope>(
			`/api/cdr?${query}&api_hash=${hashOf(query)}`,
			{ headers },
		);
		expect(data).toMatchObject({ has_error: true, messages: ['Invalid filter: day'], results: [] });
	});
});
