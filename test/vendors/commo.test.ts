import { CALLS, clientOf, documentedFields, undocumented } from '../support/vendorPage';
import { COMMO_SECRETS, startCommo, type CommoRow, type CommoSandbox } from './commo';

interface Envelope {
	ret: number;
	msg: string;
	data: {
		status: number;
		result: { token: string; totalitems: number; bills: CommoRow[]; downurl: string };
		errors: { code: string };
	};
}

let server: CommoSandbox;
beforeEach(async () => {
	server = await startCommo({ calls: CALLS });
});
afterEach(async () => await server.stop());

const call = async (fields: Record<string, string | number>): Promise<Envelope> => {
	const text = Object.entries(fields).map(([name, value]): [string, string] => [name, `${value}`]);
	const form = new URLSearchParams(text);
	return (await clientOf(server).post<Envelope>('/', form)).data;
};
const login = async () => {
	const { appId: appid, accessKey: accesskey } = COMMO_SECRETS;
	return (await call({ service: 'App.Sip_Auth.Login', appid, accesskey })).data.result.token;
};
const ALL = { starttime: '2025-03-04 00:00:00', endtime: '2025-03-05 00:00:00', syncflag: 3 };
const getBill = async (fields: Record<string, string | number> = {}) =>
	await call({ service: 'App.Sip_Cdr.GetBill', token: await login(), ...ALL, ...fields });

describe('the fake Common API', () => {
	it('gives a token for the login data, and 600 for an ended one (2.1)', async () => {
		expect(await login()).toMatch(/^[0-9a-f]{32}$/);
		expect(await getBill({ token: 'ended' })).toMatchObject({ ret: 600, data: [] });
	});

	it('sends bills with the fields of its page, and all of them (3.1)', async () => {
		const { ret, data } = await getBill({ callmethod: 0, itemsperpage: 1000 });
		expect([ret, data.status, data.result.totalitems]).toEqual([200, 0, CALLS.length]);
		expect(data.result.bills).toHaveLength(CALLS.length);
		const fields = documentedFields('commo', '3.1');
		expect(fields).toContain('recordfilename');
		expect(undocumented(data.result.bills, fields)).toEqual([]);
		expect(fields.filter((name) => !(name in data.result.bills[0]))).toEqual([]);
	});

	it('falls into the traps: API calls only by default, each bill once with syncflag 1 (3)', async () => {
		const { bills } = (await getBill({ itemsperpage: 1000 })).data.result;
		expect(new Set(bills.map(({ callmethod }) => callmethod))).toEqual(new Set([3]));
		const drain = async () =>
			(await getBill({ syncflag: 1, callmethod: 0, itemsperpage: 1000 })).data.result.bills;
		expect(await drain()).toHaveLength(CALLS.length);
		expect(await drain()).toEqual([]);
	});

	it('pages from 1, ten bills at a time, and takes no more than 1000 (3.2)', async () => {
		const first = (await getBill({ callmethod: 0 })).data.result.bills;
		const second = (await getBill({ callmethod: 0, currentpage: 2 })).data.result.bills;
		expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(20);
		expect(await getBill({ itemsperpage: 1001 })).toMatchObject({ ret: 400, data: [] });
	});

	it('links to a recording without a token, and says 1029 of a file that is missing (4)', async () => {
		const { bills } = (await getBill({ callmethod: 0, itemsperpage: 1000 })).data.result;
		const { recordfilename: filename } = bills.find((bill) => bill.recordfilename !== '')!;
		const ask = async (name: string) =>
			await call({ service: 'App.Sip_Cdr.GetRecodeFile', token: await login(), filename: name });
		const { downurl } = (await ask(filename)).data.result;
		expect((await clientOf(server).get(downurl)).status).toBe(200);
		expect((await ask('none.mp3')).data).toMatchObject({ status: 1, errors: { code: '1029' } });
	});
});
