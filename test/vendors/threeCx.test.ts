import { CALLS, clientOf, DAY_FROM, documentedFields, undocumented } from '../support/vendorPage';
import { startThreeCx, THREE_CX_SECRETS, type ThreeCxSandbox } from './threeCx';
import type { ThreeCxRow } from './threeCxRow';

let server: ThreeCxSandbox;
beforeEach(async () => {
	server = await startThreeCx({ calls: CALLS });
});
afterEach(async () => await server.stop());

interface Answer {
	access_token?: string;
	expires_in?: number;
	error?: string | { code: string; message: string };
	value?: ThreeCxRow[];
}

const login = async (client_secret = THREE_CX_SECRETS.clientSecret) => {
	const form = { grant_type: 'client_credentials', client_id: THREE_CX_SECRETS.clientId };
	const body = new URLSearchParams({ ...form, client_secret });
	return await clientOf(server).post<Answer>('/connect/token', body);
};
const get = async (path: string, token: string | undefined) =>
	await clientOf(server).get<Answer>(`/xapi/v1/${path}`, {
		headers: { Authorization: `Bearer ${token}` },
	});
const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '');
const ARGUMENTS = [
	`periodFrom=${iso(DAY_FROM)}`,
	`periodTo=${iso(DAY_FROM + 86_400)}`,
	"sourceType=0,sourceFilter='',destinationType=0,destinationFilter=''",
	"callsType=0,callTimeFilterType=0,callTimeFilterFrom='0:00:0',callTimeFilterTo='0:00:0'",
	'hidePcalls=false',
];
const callLog = async (token: string | undefined, given = ARGUMENTS, query = '$top=500') =>
	await get(`ReportCallLogData/Pbx.GetCallLogData(${given.join(',')})?${query}`, token);

describe('the fake 3CX', () => {
	it('gives a token for a minute, and one at a time (2.1 to 2.3)', async () => {
		const { data } = await login();
		expect(data.expires_in).toBe(60);
		expect((await callLog(data.access_token)).status).toBe(200);
		const second = await login();
		const { status, data: nothing } = await callLog(data.access_token);
		expect([status, nothing]).toEqual([401, '']);
		expect((await callLog(second.data.access_token)).status).toBe(200);
	});

	it('refuses a wrong key with HTTP 400 (2.4)', async () => {
		const { status, data } = await login('wrong');
		expect([status, data.error]).toEqual([400, 'invalid_client']);
	});

	it('sends legs with the fields of its page, null ones left out (4.3, 4.6)', async () => {
		const { data: token } = await login();
		const { data } = await callLog(token.access_token);
		const rows = data.value ?? [];
		expect(rows).toHaveLength(CALLS.length);
		const fields = [...documentedFields('3cx', '4.6'), 'SourceType', 'DestinationType'];
		expect(fields).toContain('MainCallHistoryId');
		// Written as `ActionDn…` on the page.
		expect(undocumented(rows, [...fields, 'ActionDnType'])).toEqual([]);
		expect(rows.flatMap((row) => Object.values(row)).includes(null as never)).toBe(false);
		for (const { StartTime } of rows) expect(StartTime).toMatch(/^2025-03-04T[\d:.]+Z$/);
	});

	it('answers 404 to any other set of arguments, and to other query options (3, 4.1, 4.2)', async () => {
		const { data: token } = await login();
		const ask = async (given: string[], query?: string) =>
			(await callLog(token.access_token, given, query)).status;
		expect(await ask(ARGUMENTS.slice(1))).toBe(404);
		expect(await ask([...ARGUMENTS].reverse())).toBe(404);
		expect(await ask([ARGUMENTS[0].replace('Z', '.000Z'), ...ARGUMENTS.slice(1)])).toBe(404);
		expect(await ask(ARGUMENTS, '$top=5&$count=true')).toBe(404);
	});

	it('names the limit of `$top`, and has a code for a missing recording (3, 5)', async () => {
		const { data: token } = await login();
		const { status, data } = await callLog(token.access_token, ARGUMENTS, '$top=1001');
		expect([status, JSON.stringify(data)]).toEqual([400, expect.stringContaining("'1000'")]);
		const lost = await get('Recordings/Pbx.DownloadRecording(recId=1)', token.access_token);
		expect([lost.status, lost.data.error]).toEqual([
			400,
			{ code: '400', message: 'WARNINGS.XAPI.FILE_NOT_FOUND' },
		]);
	});
});
