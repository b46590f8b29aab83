import { CALLS, clientOf, documentedFields, undocumented } from '../support/vendorPage';
import {
	INFIN8LINX_SECRETS,
	startInfin8linx,
	type Infin8linxRow,
	type Infin8linxSandbox,
} from './infin8linx';

interface Envelope {
	code: number;
	data: { page: number; per_page: number; total: number; data: Infin8linxRow[] };
}

let server: Infin8linxSandbox;
beforeAll(async () => {
	server = await startInfin8linx({ calls: CALLS });
});
afterAll(async () => await server.stop());

const { username, ip, appId: appid, accessKey: accesskey } = INFIN8LINX_SECRETS;
const cdrs = async (fields: Record<string, string>, login = { username }): Promise<Envelope> => {
	const window = { starttime: '2025-03-04 00:00:00', endtime: '2025-03-05 00:00:00' };
	const form = new URLSearchParams({ ...login, appid, accesskey, ...window, ...fields });
	return (await clientOf(server).post<Envelope>('/api/cdrs', form)).data;
};

describe('the fake bill interface', () => {
	it('wants exactly one of user name and address (1)', async () => {
		expect((await cdrs({})).code).toBe(1);
		expect((await cdrs({ username: '', ip })).code).toBe(1);
		expect((await cdrs({ ip })).code).toBe(1001);
		expect((await cdrs({ accesskey: 'wrong' })).code).toBe(1005);
	});

	it('nests the list twice, ten rows by default, with the fields of its page (2.2, 2.3)', async () => {
		const { data } = await cdrs({});
		expect(data).toMatchObject({ page: 1, per_page: 10, total: CALLS.length });
		expect(data.data).toHaveLength(10);
		const all = (await cdrs({ per_page: '1000' })).data.data;
		const fields = documentedFields('infin8linx', '2.3');
		expect(undocumented(all, fields)).toEqual([]);
		const sent = new Set(all.flatMap((row) => Object.keys(row)));
		expect(fields.filter((name) => !sent.has(name))).toEqual([]);
	});

	it('filters by the time when a number was dialled (2.1)', async () => {
		const all = (await cdrs({ per_page: '1000' })).data.data;
		const { starttime } = all[50];
		const within = (await cdrs({ starttime, endtime: starttime })).data.data;
		expect(within.map(({ id }) => id)).toEqual(
			all.filter((row) => row.starttime === starttime).map(({ id }) => id),
		);
	});

	it.each([
		['a number in another form', { callnumber: '+86138' }, 1008],
		['another direction than callin and callout', { context: 'in' }, 1001],
		['a time without seconds', { starttime: '2025-03-04 00:00' }, 1001],
	])('does not take %s (2.4)', async (_what, fields, code) => {
		expect((await cdrs(fields as unknown as Record<string, string>)).code).toBe(code);
	});
});
