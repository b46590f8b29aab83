import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { commo } from '../../../nodes/Commo/platform';
import { makeCalls } from '../../vendors/calls';
import { startCommo, type CommoRow, type CommoSandbox } from '../../vendors/commo';
import { getMany, ids, readsOf } from '../../support/commo';

const FROM = Date.UTC(2025, 2, 3) / 1000;
const calls = makeCalls({ count: 400, from: FROM, to: FROM + 86_399, seed: 3 });

let sandbox: CommoSandbox;
beforeAll(async () => {
	sandbox = await startCommo({ calls });
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

const one = calls.find(({ direction }) => direction === 'outbound')!;
const referenced = calls.find(({ reference }) => reference !== null)!;
const TRUTH: Array<[IDataObject, (row: CommoRow) => boolean]> = [
	[{}, () => true],
	...[1, 2, 3, 4, 5, 6].map((method): [IDataObject, (row: CommoRow) => boolean] => [
		{ callmethod: method },
		(row) => row.callmethod === method,
	]),
	[{ callmethod: 0 }, () => true],
	[{ direction: 1 }, (row) => row.direction === 'callin'],
	[{ direction: 2 }, (row) => row.direction === 'callout'],
	[{ direction: 3 }, () => true],
	[{ extnumber: ['8001'] }, (row) => row.extnumber === '8001'],
	[{ extnumber: ['8001', '8003'] }, (row) => ['8001', '8003'].includes(row.extnumber)],
	[{ extnumber: '8001, 8003 ,' }, (row) => ['8001', '8003'].includes(row.extnumber)],
	[{ extnumber: 8002 }, (row) => row.extnumber === '8002'],
	[{ extnumber: [8002] }, (row) => row.extnumber === '8002'],
	[{ extnumber: [] }, () => true],
	[{ extnumber: '' }, () => true],
	[{ destnumber: '02180000001' }, (row) => row.destnumber === '02180000001'],
	[{ destnumber: ` ${one.customer} ` }, (row) => row.destnumber === one.customer],
	[{ destnumber: '' }, () => true],
	[{ userid: 'E5' }, (row) => row.userid === 'E5'],
	[{ memberid: 'M7' }, (row) => row.memberid === 'M7'],
	[{ chengshudu: '2' }, (row) => row.chengshudu === '2'],
	[{ chengshudu: 2 }, (row) => row.chengshudu === '2'],
	[
		{ customuuid: referenced.reference! },
		(row: CommoRow) => row.customuuid === referenced.reference,
	],
	[{ syncflag: 3 }, () => true],
	[
		{ direction: 2, callmethod: '3', extnumber: ['8001', '8002'], syncflag: '3' },
		(row) =>
			row.direction === 'callout' &&
			row.callmethod === 3 &&
			['8001', '8002'].includes(row.extnumber),
	],
	[{ destnumber: '999' }, () => false],
];

describe.each(['formData', 'urlencoded'])('filters sent as %s', (bodyFormat) => {
	it.each(TRUTH)('%j get exactly the records that match', async (given, matches) => {
		const parameters = { filters: given, output: 'original', options: { bodyFormat } };
		const { json, error } = await getMany(sandbox, parameters);
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(ids(sandbox.truth(matches)));
		const [{ headers }] = readsOf(sandbox);
		expect(headers['content-type']).toContain(
			bodyFormat === 'formData' ? 'multipart/form-data' : 'application/x-www-form-urlencoded',
		);
	});
});

it('has records on both sides of every filter, so that none of the above is true by chance', () => {
	const cut = TRUTH.slice(1, -1).filter(([given, matches]) => {
		const count = sandbox.truth(matches).length;
		return count === 0 || (count === calls.length && !isOpen(given));
	});
	expect(cut).toEqual([]);
});

/** Filters that ask for everything. */
function isOpen(given: IDataObject): boolean {
	const [[, value]] = Object.entries(given);
	return value === '' || value === 0 || value === 3 || (Array.isArray(value) && value.length === 0);
}

describe('the query state', () => {
	it.each([
		['a page', 400, {}],
		['many pages', 2500, { pageSize: 1000 }],
		['many small pages', 400, { pageSize: 7, requestsAtOnce: 5 }],
	])('1 gets what nobody has got yet, once, in %s', async (_name, count, options) => {
		const own = await startCommo({ calls: makeCalls({ count, from: FROM, to: FROM + 86_399 }) });
		const read = async (syncflag: number) => {
			const { json, error } = await getMany(own, {
				filters: { syncflag },
				output: 'original',
				options,
			});
			expect(error).toBeUndefined();
			return ids(json);
		};
		const all = ids(own.truth(() => true));
		expect(await read(2)).toEqual([]);
		expect(await read(1)).toEqual(all);
		expect(await read(1)).toEqual([]);
		expect(await read(2)).toEqual(all);
		expect(await read(3)).toEqual(all);
		await own.stop();
	});

	it('1 with a limit takes no more than the limit, and the rest stays', async () => {
		const own = await startCommo({ calls });
		const { json, hints } = await getMany(own, {
			filters: { syncflag: 1 },
			returnAll: false,
			limit: 30,
			output: 'original',
		});
		expect(json).toHaveLength(30);
		// Which ones the platform hands over first is not known.
		expect(hints[0]).toContain('Showing 30 of 400 call legs.');
		const rest = await getMany(own, { filters: { syncflag: 1 }, output: 'original' });
		expect(ids([...json, ...rest.json])).toEqual(ids(own.truth(() => true)));
		await own.stop();
	});

	it('1 exports everything, once', async () => {
		const own = await startCommo({ calls });
		const { json, error } = await getMany(own, {
			operation: 'export',
			format: 'jsonl',
			filters: { syncflag: 1 },
			options: { pageSize: 150 },
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ records: 400, requests: 3 }]);
		await own.stop();
	});

	it('1 returns records in the order asked for', async () => {
		const own = await startCommo({ calls });
		own.variants.direction = 'up';
		const { json } = await getMany(own, { filters: { syncflag: 1 }, options: { pageSize: 50 } });
		const times = json.map(({ startedAt }) => String(startedAt));
		expect(times).toEqual([...times].sort().reverse());
		await own.stop();
	});

	it('1 does not ask again when an answer is lost, for the platform has marked what was in it', async () => {
		const own = await startCommo({ calls });
		let number = 0;
		own.fault = ({ fields }) =>
			fields.service === 'App.Sip_Cdr.GetBill' && ++number === 2 ? { reset: 'middle' } : undefined;
		const { json, error } = await getMany(own, {
			filters: { syncflag: 1 },
			options: { pageSize: 100 },
		});
		expect(json).toEqual([]);
		expect(readsOf(own)).toHaveLength(2);
		expect(error?.message).toMatch(/did not answer|closed the connection/);
		expect(error?.description).toContain("'Query State' = 'Queried Already'");
		await own.stop();
	});

	it('1 reads on when the session ends in between, for then nothing was handed over', async () => {
		const own = await startCommo({ calls });
		let number = 0;
		own.fault = ({ fields }) =>
			fields.service === 'App.Sip_Cdr.GetBill' && ++number === 2
				? { before: () => own.endSessions() }
				: undefined;
		const { json, error } = await getMany(own, {
			filters: { syncflag: 1 },
			output: 'original',
			options: { pageSize: 100 },
		});
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(ids(own.truth(() => true)));
		await own.stop();
	});

	it('1 stops with an error where the platform the platform sends the same records again', async () => {
		const own = await startCommo({ calls });
		let first: unknown;
		own.fault = ({ fields }) =>
			fields.service === 'App.Sip_Cdr.GetBill'
				? { rewrite: (answer) => (first ??= answer) }
				: undefined;
		const { json, error } = await getMany(own, {
			filters: { syncflag: 1 },
			options: { pageSize: 100 },
		});
		expect(json).toEqual([]);
		expect(error?.message).toContain('the platform sends the same records again');
		expect(readsOf(own).length).toBeLessThan(5);
		await own.stop();
	});
});

describe('filters that cannot be right', () => {
	it.each([
		[{ extnumber: '80a1' }, 'Extension Names or IDs', '80a1'],
		[{ extnumber: ['8001', 'reception'] }, 'Extension Names or IDs', 'reception'],
		[{ extnumber: '8001;8002' }, 'Extension Names or IDs', '8001;8002'],
		[{ destnumber: '+40 721' }, 'Destination Number', '+40 721'],
		[{ destnumber: 'anna' }, 'Destination Number', 'anna'],
		[{ syncflag: 4 }, 'Query State', '1, 2, 3'],
		[{ direction: 'in' }, 'Direction', '1, 2, 3'],
		[{ callmethod: 7 }, 'Call Method', '0, 1, 2, 3, 4, 5, 6'],
	])('%j are refused by name, and nothing is asked', async (given, name, says) => {
		const { error, json } = await getMany(sandbox, { filters: given });
		expect(json).toEqual([]);
		expect(error?.message).toContain(`'${name}'`);
		expect(error?.message).toContain(says);
		expect(sandbox.requests).toEqual([]);
	});
});

it('always sends what the platform would assume otherwise', async () => {
	await getMany(sandbox, {});
	expect(readsOf(sandbox)[0].fields).toMatchObject({
		syncflag: '3',
		direction: '3',
		callmethod: '0',
		currentpage: '1',
		itemsperpage: '1000',
	});
});

it("has every parameter of the vendor's page that narrows the list, with the values of its page", () => {
	expect(commo.filters.map(({ name }) => name).sort()).toEqual([
		'callmethod',
		'chengshudu',
		'customuuid',
		'destnumber',
		'direction',
		'extnumber',
		'memberid',
		'syncflag',
		'userid',
	]);
	const values = (name: string) =>
		(commo.filters.find((filter) => filter.name === name)!.options as INodePropertyOptions[])
			.map(({ value }) => value)
			.sort();
	expect(values('callmethod')).toEqual([0, 1, 2, 3, 4, 5, 6]);
	expect(values('direction')).toEqual([1, 2, 3]);
	expect(values('syncflag')).toEqual([1, 2, 3]);
	expect(commo.readFilters({})).toEqual({ syncflag: 3, direction: 3, callmethod: 0 });
});
