import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { filters } from '../../../nodes/YeastarPSeries/filters';
import { makeCalls } from '../../vendors/calls';
import {
	startYeastarPSeries,
	TRUNK,
	type Generation,
	type YeastarSandbox,
} from '../../vendors/yeastarPSeries';
import { membersOf, numberIn, type YeastarRow } from '../../vendors/yeastarRow';
import { DAY, endpoints, FROM, getMany, idsOf, TO, trueIds } from './scene';

const calls = makeCalls({ count: 500, from: FROM, to: TO, seed: 3, prefix: '40' });
const caller = `+${calls.find(({ direction }) => direction === 'inbound')!.customer}`;

const from = (row: YeastarRow) => numberIn(row.call_from);
const to = (row: YeastarRow) => numberIn(row.call_to);
const codes = (row: YeastarRow) =>
	(row.call_note?.disposition_code_list ?? []).map(({ id }) => String(id));
const line = (row: YeastarRow, did: string) =>
	did === `${row.did_number}:${row.src_trunk}` || did === `${row.did_name}:${row.src_trunk}`;

type Case = [IDataObject, (row: YeastarRow) => boolean, Generation?];

/** Of every filter the vendor documents, a value, and the rows it stands for. */
const TRUTH: Case[] = [
	[{ call_from: '8001' }, (row) => from(row) === '8001'],
	[{ call_from: 8001 }, (row) => from(row) === '8001'],
	[{ call_from: ` ${caller} ` }, (row) => from(row) === caller],
	[{ call_from: { __rl: true, mode: 'list', value: '8003' } }, (row) => from(row) === '8003'],
	[
		{ call_from: { __rl: true, mode: 'number', value: '8003' } },
		(row) => from(row) === '8003',
		'strings',
	],
	[{ call_to: '6400' }, (row) => to(row) === '6400'],
	[{ call_to: { __rl: true, mode: 'list', value: '8002' } }, (row) => to(row) === '8002'],
	...['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'VOICEMAIL'].map((status): Case => [
		{ status },
		(row) => row.disposition === status,
	]),
	[{ status: 'no answer' }, (row) => row.disposition === 'NO ANSWER', 'strings'],
	...[7, '12'].map((group): Case => [
		{ extension_group: group },
		(row) => [from(row), to(row)].some((number) => membersOf(Number(group)).includes(number)),
	]),
	[{ did: `02180000001:${TRUNK}` }, (row) => line(row, `02180000001:${TRUNK}`)],
	[{ did: `Line 2:${TRUNK}` }, (row) => line(row, `Line 2:${TRUNK}`)],
	[
		{ did: ` 02180000001:${TRUNK} , Line 3:${TRUNK}` },
		(row) => line(row, `02180000001:${TRUNK}`) || line(row, `Line 3:${TRUNK}`),
	],
	[{ did: [`Line 3:${TRUNK}`] }, (row) => line(row, `Line 3:${TRUNK}`)],
	[{ disposition_code_list: '3' }, (row) => codes(row).includes('3')],
	[{ disposition_code_list: 8 }, (row) => codes(row).includes('8')],
	[{ disposition_code_list: '3, 8' }, (row) => codes(row).length > 0],
	[{ call_note_remark: 'quote' }, (row) => row.call_note?.remark.includes('quote') ?? false],
	[{ pin_code: '4711' }, (row) => row.pin_code === '4711'],
	[{ pin_code: 4711 }, (row) => row.pin_code === '4711'],
	[{ call_from: '800', enable_fuzzy_search: true }, (row) => from(row).includes('800'), 'epoch'],
	[{ call_to: '03', enable_fuzzy_search: 1 }, (row) => to(row).includes('03'), 'strings'],
	[
		{ call_from: '8001', status: 'ANSWERED' },
		(row) => from(row) === '8001' && row.disposition === 'ANSWERED',
	],
];

const sandboxes = new Map<Generation, YeastarSandbox>();
beforeAll(async () => {
	for (const generation of ['strings', 'epoch', 'paging'] as const) {
		sandboxes.set(generation, await startYeastarPSeries({ calls, generation }));
	}
});
afterAll(async () => {
	for (const sandbox of sandboxes.values()) await sandbox.stop();
});
beforeEach(() => sandboxes.forEach((sandbox) => sandbox.forget()));

describe('Yeastar P-Series filters', () => {
	const cases = TRUTH.map(([given, matches, firmware]) => ({ given, matches, firmware }));

	it.each(cases)('$given get exactly the records that match', async (wanted) => {
		const { given, matches, firmware = 'paging' } = wanted;
		const sandbox = sandboxes.get(firmware)!;
		const expected = trueIds(sandbox, matches);
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(sandbox.store.size);
		const { json, error } = await getMany(sandbox, { filters: given });
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(expected);
	});

	it('are all of the above, and no others', () => {
		const tested = new Set(TRUTH.flatMap(([given]) => Object.keys(given)));
		expect([...tested, 'from'].sort()).toEqual(filters.map(({ name }) => name).sort());
	});

	it.each(['', null, undefined, { __rl: true, mode: 'list', value: '' }])(
		'that are %j are not sent',
		async (empty) => {
			const sandbox = sandboxes.get('paging')!;
			const given = Object.fromEntries(filters.map(({ name }) => [name, empty]));
			const { call_from, call_to, ...plain } = given;
			const others = typeof empty === 'object' && empty !== null ? {} : plain;
			const { json, error } = await getMany(sandbox, {
				filters: { call_from, call_to, ...others },
			});
			expect(error).toBeUndefined();
			expect(idsOf(json)).toEqual(trueIds(sandbox));
			const names = sandbox.requests.flatMap(({ fields }) => Object.keys(fields));
			expect(names.filter((name) => name in given)).toEqual([]);
		},
	);

	it.each([
		['new', 20],
		['legacy', 12],
	])('tell the two lists of an upgraded PBX apart: %s', async (from, count) => {
		const [old, young] = [12, 20].map((some) => calls.slice(0, some));
		const sandbox = await startYeastarPSeries({ calls: young, legacyCalls: old, hasLegs: false });
		const { json, error } = await getMany(sandbox, { filters: { from } });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(count);
		const isLegacy = (id: unknown) => /^\d{4}$/.test(String(id));
		for (const { platformRecordId } of json)
			expect(isLegacy(platformRecordId)).toBe(from === 'legacy');
		await sandbox.stop();
	});

	it('off is sent too: it may be on for the whole PBX', async () => {
		const sandbox = sandboxes.get('epoch')!;
		const { json } = await getMany(sandbox, {
			filters: { call_from: '800', enable_fuzzy_search: false },
		});
		expect(json).toEqual([]);
		expect(sandbox.requests.at(-1)!.fields.enable_fuzzy_search).toBe('0');
	});

	it('with spaces, slashes and plus signs arrive as they are', async () => {
		const sandbox = sandboxes.get('paging')!;
		let url = '';
		sandbox.fault = ({ path, fields }) => {
			if (path.endsWith('/cdr/search')) url = String(fields.status);
			return undefined;
		};
		await getMany(sandbox, { filters: { status: 'NO ANSWER', call_from: '+40 '.trim() } });
		sandbox.fault = undefined;
		expect(url).toBe('NO ANSWER');
		expect(sandbox.requests.at(-1)!.fields.call_from).toBe('+40');
	});

	it.each<[string, IDataObject, string]>([
		['Caller', { call_from: '2005, 2006' }, 'call_from'],
		['Caller', { call_from: 'Dana<2005>' }, 'call_from'],
		['Caller', { call_from: ['2005'] }, 'call_from'],
		['Callee', { call_to: { number: 5 } }, 'call_to'],
		['Callee', { call_to: { __rl: true, mode: 'number', value: '20 05' } }, 'call_to'],
		['Status', { status: 'MISSED' }, 'status'],
		['Status', { status: ['BUSY'] }, 'status'],
		['Extension Group', { extension_group: 'Sales' }, 'extension_group'],
		['Extension Group', { extension_group: 0 }, 'extension_group'],
		['Extension Group', { extension_group: 1.5 }, 'extension_group'],
		['DID Numbers', { did: '02180000001' }, 'did'],
		['DID Numbers', { did: { a: 1 } }, 'did'],
		['Disposition Code IDs', { disposition_code_list: '3,Sale' }, 'disposition_code_list'],
		['Remark', { call_note_remark: {} }, 'call_note_remark'],
		['Records Of', { from: 'old' }, 'from'],
		['PIN Code', { pin_code: [] }, 'pin_code'],
		['Fuzzy Search', { enable_fuzzy_search: 'perhaps' }, 'enable_fuzzy_search'],
		['Fuzzy Search', { enable_fuzzy_search: { toString: 'x' } }, 'enable_fuzzy_search'],
	])('%s does not take %j: nothing is asked', async (name, given, field) => {
		const sandbox = sandboxes.get('paging')!;
		const { json, error } = await getMany(sandbox, { filters: given });
		expect(json).toEqual([]);
		expect(error?.message).toContain(`The filter '${name}' (${field}) takes `);
		expect(sandbox.requests).toEqual([]);
	});

	it('offer the values that the vendor documents', () => {
		const status = filters.find(({ name }) => name === 'status') as INodeProperties;
		const values = (status.options as INodePropertyOptions[]).map(({ value }) => value);
		expect(values.sort()).toEqual(['ANSWERED', 'BUSY', 'FAILED', 'NO ANSWER', 'VOICEMAIL']);
	});

	it('that nothing matches give no records, in one request', async () => {
		const sandbox = sandboxes.get('paging')!;
		await getMany(sandbox);
		for (const empty of ['null', 'missing', 'list', 'errorCode'] as const) {
			sandbox.forget();
			sandbox.variants.empty = empty;
			const { json, error } = await getMany(sandbox, { filters: { call_from: '999' } });
			expect([json, error]).toEqual([[], undefined]);
			expect(endpoints(sandbox).filter((name) => name === 'cdr/search')).toHaveLength(1);
		}
		sandbox.variants.empty = 'null';
	});

	it('and a limit give the newest that match', async () => {
		const sandbox = sandboxes.get('paging')!;
		const { json } = await getMany(sandbox, {
			filters: { status: 'BUSY' },
			returnAll: false,
			limit: 5,
			startTime: FROM - DAY,
		});
		const newest = sandbox.truth(({ disposition }) => disposition === 'BUSY').slice(-5);
		const starts = newest.map(({ timestamp }) => timestamp).reverse();
		expect(json.map(({ startedAt }) => Date.parse(String(startedAt)) / 1000)).toEqual(starts);
	});
});
