import type { IDataObject } from 'n8n-workflow';

import { infin8linx } from '../../../nodes/Infin8linx/platform';
import { makeCalls } from '../../vendors/calls';
import { type Infin8linxRow, type Infin8linxSandbox } from '../../vendors/infin8linx';
import { runNode } from '../../support/engine';
import { infin8linxKit } from '../../support/kits/infin8linx';
import type { KitSandbox } from '../../support/kits';

const FROM = Date.UTC(2025, 2, 3) / 1000;
const COUNT = 300;

type Matches = (row: Infin8linxRow, method: string) => boolean;

/** Of every filter the vendor documents, a value, and the rows it stands for. */
function casesFor(some: Infin8linxRow): Array<[string, unknown, Matches]> {
	return [
		['context', 'callin', ({ context }) => context === 'callin'],
		['context', 'callout', ({ context }) => context === 'callout'],
		...['2', '3', '4', '5', '6'].map((value): [string, unknown, Matches] => [
			'callmethod',
			value,
			(_row, method) => method === value,
		]),
		['callmethod', 4, (_row, method) => method === '4'],
		['callnumber', some.callnumber, ({ callnumber }) => callnumber === some.callnumber],
		['disnumber', some.disnumber, ({ disnumber }) => disnumber === some.disnumber],
		['disnumber', ` ${some.disnumber} `, ({ disnumber }) => disnumber === some.disnumber],
		['extnumber', '8003', ({ extnumber }) => extnumber === '8003'],
		['extnumber', 8003, ({ extnumber }) => extnumber === '8003'],
		['memberid', 'M7', ({ memberid }) => memberid === 'M7'],
		['userid', 'E5', ({ userid }) => userid === 'E5'],
	];
}

describe('Infin8linx filters', () => {
	let sandbox: KitSandbox & Infin8linxSandbox;

	beforeAll(async () => {
		const calls = makeCalls({ count: COUNT, from: FROM, to: FROM + 86_399 });
		sandbox = (await infin8linxKit.start({ calls })) as KitSandbox & Infin8linxSandbox;
	});
	afterAll(async () => await sandbox.stop());
	beforeEach(() => sandbox.forget());

	const get = async (filters: IDataObject, options: IDataObject = {}) =>
		await runNode({
			node: infin8linxKit.node(),
			credential: infin8linxKit.credential(),
			credentials: infin8linxKit.credentials(sandbox),
			parameters: {
				resource: 'callRecord',
				operation: 'getAll',
				period: 'custom',
				startTime: FROM,
				endTime: FROM + 86_399,
				returnAll: true,
				output: 'callRecord',
				filters,
				options,
			},
		});

	const sorted = (ids: unknown[]) => ids.map(String).sort();
	const some = () => sandbox.truth(({ context }) => context === 'callout')[0];

	it('are those the vendor documents', () => {
		const tested = new Set(casesFor(some()).map(([name]) => name));
		expect(infin8linx.filters.map(({ name }) => name).sort()).toEqual([...tested].sort());
	});

	it.each(
		casesFor({ callnumber: '', disnumber: '' } as Infin8linxRow).map(([name], i) => [name, i]),
	)('%s (case %i) lets exactly the matching records through', async (_name, i) => {
		const [name, value, matches] = casesFor(some())[Number(i)];
		const expected = sandbox.truth(matches);
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(COUNT);
		const { json, error } = await get({ [name]: value as string });
		expect(error).toBeUndefined();
		expect(sorted(json.map(({ platformRecordId }) => platformRecordId))).toEqual(
			sorted(expected.map(({ id }) => id)),
		);
	});

	it('narrow each other', async () => {
		const expected = sandbox.truth(
			({ context, extnumber }, method) =>
				context === 'callout' && extnumber === '8003' && method === '2',
		);
		expect(expected.length).toBeGreaterThan(0);
		const { json } = await get({ context: 'callout', extnumber: '8003', callmethod: '2' });
		expect(sorted(json.map(({ platformRecordId }) => platformRecordId))).toEqual(
			sorted(expected.map(({ id }) => id)),
		);
	});

	it.each([{}, { context: '', callmethod: '', userid: '', memberid: '' }, { extnumber: null }])(
		'%j filter nothing',
		async (filters) => {
			const { json } = await get(filters as IDataObject);
			expect(json).toHaveLength(COUNT);
		},
	);

	it.each(['urlencoded', 'formData'])('arrive in a body that is %s', async (bodyFormat) => {
		const expected = sandbox.truth(({ context }) => context === 'callin');
		const { json } = await get({ context: 'callin' }, { bodyFormat });
		expect(json).toHaveLength(expected.length);
		const types = {
			urlencoded: 'application/x-www-form-urlencoded',
			formData: 'multipart/form-data',
		};
		for (const { headers } of sandbox.requests) {
			expect(headers['content-type']).toContain(types[bodyFormat as keyof typeof types]);
		}
	});

	it.each([
		['Call Direction', { context: 'inbound' }],
		['Call Direction', { context: 'CALLIN' }],
		['Call Method', { callmethod: '1' }],
		['Call Method', { callmethod: 0 }],
		['Called Number', { callnumber: '+8613800000001' }],
		['Called Number', { callnumber: '138 0000 0001' }],
		['Calling Number', { disnumber: 'anonymous' }],
		['Extension Number', { extnumber: '8001,8002' }],
		['Extension Number', { extnumber: ['8001'] }],
		['Member ID', { memberid: { id: 1 } }],
		['User ID', { userid: true }],
	])('%s: refuses %j before anything is asked', async (name, filters) => {
		const { json, error } = await get(filters as unknown as IDataObject);
		expect(error?.message).toContain(`'${name}'`);
		expect(json).toEqual([]);
		expect(sandbox.requests).toEqual([]);
	});
});
