import { CALLS, clientOf, DAY_FROM, documentedFields, undocumented } from '../support/vendorPage';
import { startYeastarPSeries, YEASTAR_SECRETS, type YeastarSandbox } from './yeastarPSeries';
import type { YeastarRow } from './yeastarRow';

interface Envelope {
	errcode: number;
	access_token: string;
	access_token_expire_time: number;
	refresh_token: string;
	refresh_token_expire_time: number;
	total_number: number;
	data: YeastarRow[] | null;
}

let server: YeastarSandbox;
beforeEach(async () => {
	server = await startYeastarPSeries({ calls: CALLS });
});
afterEach(async () => await server.stop());

const post = async (endpoint: string, body: object): Promise<Envelope> =>
	(await clientOf(server).post<Envelope>(`/openapi/v1.0/${endpoint}`, body)).data;
const login = async (secret = YEASTAR_SECRETS.clientSecret) =>
	await post('get_token', { username: YEASTAR_SECRETS.clientId, password: secret });
const search = async (token: string, params: object = {}): Promise<Envelope> => {
	const times = { start_time: DAY_FROM, end_time: DAY_FROM + 86_400 };
	const all = { access_token: token, page_size: 10_000, ...times, ...params };
	const client = clientOf(server);
	return (await client.get<Envelope>('/openapi/v1.0/cdr/search', { params: all })).data;
};

describe('the fake P-Series PBX', () => {
	it('gives pairs of tokens that last half an hour and a day, and renews both (2.1 to 2.4)', async () => {
		const first = await login();
		expect(first).toMatchObject({
			errcode: 0,
			access_token_expire_time: 1800,
			refresh_token_expire_time: 86_400,
		});
		const second = await post('refresh_token', { refresh_token: first.refresh_token });
		expect(second.access_token).not.toBe(first.access_token);
		expect((await search(second.access_token)).errcode).toBe(0);
		expect((await search(first.access_token)).errcode).toBe(10004);
	});

	it('has eight places for tokens (2.5)', async () => {
		for (let place = 1; place <= 8; place++) expect((await login()).errcode).toBe(0);
		expect((await login()).errcode).toBe(60002);
	});

	it('blocks the address after five wrong logins (2.6)', async () => {
		for (let attempt = 1; attempt <= 5; attempt++) expect((await login('wrong')).errcode).toBe(-1);
		expect((await login()).errcode).toBe(70004);
	});

	it('sends rows with the fields of its page, empty and zero ones left out (4.2, 4.4)', async () => {
		const { access_token: token } = await login();
		const { errcode, total_number: total, data } = await search(token);
		const rows = data ?? [];
		expect([errcode, total]).toEqual([0, rows.length]);
		expect(new Set(rows.map(({ call_id: id }) => id)).size).toBe(CALLS.length);
		const fields = documentedFields('yeastar-p-series', '4.4');
		expect(fields).toContain('record_file');
		expect(undocumented(rows, fields)).toEqual([]);
		expect(rows.flatMap((row) => Object.values(row)).filter((v) => v === 0 || v === '')).toEqual(
			[],
		);
	});

	it('answers a time in another format with success and no rows (4.3)', async () => {
		const { access_token: token } = await login();
		const wrong = { start_time: '2025-03-04 00:00:00', end_time: '2025-03-05 00:00:00' };
		const { errcode, data } = await search(token, wrong);
		expect([errcode, data ?? []]).toEqual([0, []]);
	});

	it('wants a User-Agent (1.3)', async () => {
		const { access_token: token } = await login();
		const { data } = await clientOf(server).get<Envelope>('/openapi/v1.0/system/information', {
			params: { access_token: token },
			headers: { 'User-Agent': '' },
		});
		expect(data.errcode).toBe(40002);
	});
});
