import type { IDataObject } from 'n8n-workflow';

import { while1Voice } from '../../../nodes/While1Voice/platform';
import { makeCalls } from '../../vendors/calls';
import { PROJECT_IDS, type While1Row } from '../../vendors/while1Row';
import type { Variants } from '../../vendors/variants';
import type { While1Sandbox } from '../../vendors/while1Voice';
import { runNode } from '../../support/engine';
import type { KitSandbox } from '../../support/kits';
import { while1VoiceKit } from '../../support/kits/while1Voice';

const FROM = Date.UTC(2025, 2, 3) / 1000;
const COUNT = 250;

type Matches = (row: While1Row) => boolean;

/** A transcribed outbound call with a reference: a row with something in every field that a filter looks at. */
const isRich: Matches = ({ direction, external_id, transcription_id }) =>
	direction === 'OUT' && external_id !== null && transcription_id !== null;

/** Of every filter the vendor documents, a value, and the rows it stands for. */
function casesFor(some: While1Row): Array<[string, unknown, Matches]> {
	const numbers = (row: While1Row) => [row.source, row.destination];
	const part = some.destination.slice(4, 8);
	const hour = ({ time }: While1Row) => time.slice(11, 16);
	const status = (word: string): [string, unknown, Matches] => [
		'call_status',
		word,
		({ call_status }) => call_status.replace(' ', '') === word.replace(' ', ''),
	];
	return [
		['project_id', '3', ({ project }) => PROJECT_IDS[project] === '3'],
		['project_id', 4, ({ project }) => PROJECT_IDS[project] === '4'],
		['user_id', '17', ({ user_id }) => user_id === 17],
		['user_id', '17, 20,', ({ user_id }) => user_id === 17 || user_id === 20],
		['user_id', [18, '19'], ({ user_id }) => user_id === 18 || user_id === 19],
		['inbound_route_id', '1,2', ({ inbound_route_id: id }) => id === '1' || id === '2'],
		['inbound_route_id', 3, ({ inbound_route_id }) => inbound_route_id === '3'],
		['direction', 'IN', ({ direction }) => direction === 'IN'],
		['direction', 'OUT', ({ direction }) => direction === 'OUT'],
		...['NO ANSWER', 'CONGESTION', 'FAILED', 'BUSY', 'ANSWERED'].map(status),
		['telephone_like', part, (row) => numbers(row).some((number) => number.includes(part))],
		['telephone', some.destination, (row) => numbers(row).includes(some.destination)],
		['telephone', some.source, (row) => numbers(row).includes(some.source)],
		['source', some.source, ({ source }) => source === some.source],
		['destination', ` ${some.destination} `, ({ destination }) => destination === some.destination],
		['hour_between', '09:00-17:30', (row) => hour(row) >= '09:00' && hour(row) <= '17:30'],
		['hour_between', '7 – 9:15', (row) => hour(row) >= '07:00' && hour(row) <= '09:15'],
		['hour_between', ['22:00', '23:59'], (row) => hour(row) >= '22:00'],
		['from_id', '29101', ({ id }) => Number(id) >= 29_101],
		['from_id', 29_200, ({ id }) => Number(id) >= 29_200],
		['uniqueid', some.uniqueid, ({ uniqueid }) => uniqueid === some.uniqueid],
		['linkedid', some.linkedid, ({ linkedid }) => linkedid === some.linkedid],
		['external_id', some.external_id, ({ external_id }) => external_id === some.external_id],
		['has_transcription', true, ({ transcription_id }) => transcription_id !== null],
		['has_monitor_file', 1, ({ monitor_files }) => monitor_files !== null],
		['has_recording_file', 'true', ({ recording_file }) => recording_file !== null],
	];
}

const NAMES = casesFor({ source: '', destination: '' } as While1Row).map(([name], i) => [name, i]);

describe('While1 Voice filters', () => {
	let sandbox: KitSandbox & While1Sandbox;

	beforeAll(async () => {
		const calls = makeCalls({ count: COUNT, from: FROM, to: FROM + 86_399, prefix: '40' });
		sandbox = (await while1VoiceKit.start({ calls })) as KitSandbox & While1Sandbox;
	});
	afterAll(async () => await sandbox.stop());
	beforeEach(() => sandbox.forget());

	const get = async (filters: IDataObject, options: IDataObject = {}) =>
		await runNode({
			node: while1VoiceKit.node(),
			credential: while1VoiceKit.credential(),
			credentials: while1VoiceKit.credentials(sandbox),
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
	const some = () => sandbox.truth(isRich)[0];

	it('are those the vendor documents', () => {
		const tested = new Set(casesFor(some()).map(([name]) => name));
		expect(while1Voice.filters.map(({ name }) => name).sort()).toEqual([...tested].sort());
	});

	it.each(NAMES)('%s (case %i) lets exactly the matching records through', async (_name, i) => {
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

	it.each(['json', 'form', 'xml'])('all together arrive as %s', async (bodyFormat) => {
		const row = some();
		const filters = {
			project_id: PROJECT_IDS[row.project],
			user_id: `${row.user_id}`,
			direction: 'OUT',
			call_status: 'ANSWERED',
			telephone_like: row.destination,
			telephone: row.destination,
			source: row.source,
			destination: row.destination,
			hour_between: '00:00-23:59',
			from_id: row.id,
			uniqueid: row.uniqueid,
			linkedid: row.linkedid,
			external_id: row.external_id,
			has_transcription: true,
			has_monitor_file: row.monitor_files !== null,
			has_recording_file: row.recording_file !== null,
		};
		const { json, error } = await get(filters, { bodyFormat });
		expect(error).toBeUndefined();
		expect(json.map(({ platformRecordId }) => platformRecordId)).toEqual([String(row.id)]);
		const types = {
			json: 'application/json',
			form: 'application/x-www-form-urlencoded',
			xml: 'text/xml',
		};
		const [{ method, headers }] = sandbox.requests;
		expect(method).toBe('POST');
		expect(headers['content-type']).toBe(types[bodyFormat as keyof typeof types]);
	});

	it.each([
		{},
		{ direction: '', call_status: '', user_id: '', hour_between: ' ', from_id: '' },
		{ user_id: [], inbound_route_id: ['', null], telephone: null },
		{ has_transcription: false, has_monitor_file: 0, has_recording_file: 'false' },
	])('%j filter nothing', async (filters) => {
		const { json, error } = await get(filters as IDataObject);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(COUNT);
		const sent = sandbox.requests.map(({ fields }) => fields.filters as object);
		expect(new Set(sent.flatMap(Object.keys))).toEqual(new Set(['date_between']));
	});

	it('go with action=read where the PBX wants it, and the hash covers it', async () => {
		const { json, error } = await get({ direction: 'IN' }, { action: 'read' });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(sandbox.truth(({ direction }) => direction === 'IN').length);
		for (const { fields } of sandbox.requests) expect(fields.action).toBe('read');
	});

	it('send times with seconds, on the clock of the PBX, and one second more than asked for', async () => {
		await get({});
		const [{ fields }] = sandbox.requests;
		expect(fields).toEqual({
			page: 1,
			filters: { date_between: ['2025-03-03 02:00:00', '2025-03-04 02:00:00'] },
			api_hash: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
		});
	});

	it.each([
		['Call Status', { call_status: 'MISSED' }],
		['Call Status', { call_status: ['BUSY', 'FAILED'] }],
		['Direction', { direction: 'inbound' }],
		['Direction', { direction: true }],
		['Project ID', { project_id: '3,4' }],
		['Project ID', { project_id: 'Sales' }],
		['Project ID', { project_id: [3] }],
		['User IDs', { user_id: 'ana-pop' }],
		['User IDs', { user_id: '17;18' }],
		['User IDs', { user_id: [17, { id: 18 }] }],
		['User IDs', { user_id: 1.5 }],
		['Inbound Route IDs', { inbound_route_id: '1,-2' }],
		['Telephone', { telephone: { number: '1' } }],
		['Telephone Like', { telephone_like: ['0722'] }],
		['Source', { source: '07\ud83d22' }],
		['Destination', { destination: true }],
		['Hour Between', { hour_between: '9:00' }],
		['Hour Between', { hour_between: '17:30-09:00' }],
		['Hour Between', { hour_between: '09:00-24:00' }],
		['Hour Between', { hour_between: '09:00-12:00-17:00' }],
		['Hour Between', { hour_between: ['09:00', null] }],
		['From ID', { from_id: '29056x' }],
		['From ID', { from_id: -1 }],
		['From ID', { from_id: 2 ** 60 }],
		['Unique ID', { uniqueid: 1710401324.48 }],
		['Unique ID', { uniqueid: '1710401324' }],
		['Linked ID', { linkedid: 'abc' }],
		['External ID', { external_id: {} }],
		['Has Transcription', { has_transcription: 'maybe' }],
		['Has Monitor File', { has_monitor_file: 2 }],
		['Has Recording File', { has_recording_file: ['true', 'false'] }],
	])('%s: refuses %j before anything is asked', async (name, filters) => {
		const { json, error } = await get(filters as unknown as IDataObject);
		expect(error?.message).toContain(`'${name}'`);
		expect(json).toEqual([]);
		expect(sandbox.requests).toEqual([]);
	});
});

describe('While1 Voice pages', () => {
	const sizes = [0, 1, 99, 100, 101, 730];
	const meanings: Array<Partial<Pick<While1Sandbox, 'rowCount' | 'behindLastPage'> & Variants>> = [
		{},
		{ direction: 'up', end: 'exclusive' },
		{ rowCount: 'zero' },
		{ rowCount: 'page', behindLastPage: 'lastPage' },
	];
	const cases = sizes.flatMap((count) => meanings.map((meaning) => ({ count, meaning })));

	it.each(cases)('$count records, with $meaning, come all and once', async ({ count, meaning }) => {
		const calls = makeCalls({ count, from: FROM, to: FROM + 6 * 86_400, shape: 'office' });
		const sandbox = await while1VoiceKit.start({ calls });
		Object.assign(sandbox, meaning);
		Object.assign(sandbox.variants, meaning);
		const { json, error } = await runNode({
			node: while1VoiceKit.node(),
			credential: while1VoiceKit.credential(),
			credentials: while1VoiceKit.credentials(sandbox),
			parameters: {
				resource: 'callRecord',
				period: 'custom',
				startTime: FROM,
				endTime: FROM + 6 * 86_400,
				returnAll: true,
			},
		});
		expect(error).toBeUndefined();
		expect(json.map(({ platformRecordId }) => platformRecordId).sort()).toEqual(
			sandbox.ids().sort(),
		);
		if (count < 100) expect(sandbox.requests).toHaveLength(1);
		await sandbox.stop();
	});

	it.each(meanings)(
		'with %j, more than a page in one second comes all and once',
		async (meaning) => {
			const second = FROM + 3600;
			const calls = makeCalls({ count: 350, from: second, to: second });
			const sandbox = await while1VoiceKit.start({ calls });
			Object.assign(sandbox, meaning);
			const { json, error } = await runNode({
				node: while1VoiceKit.node(),
				credential: while1VoiceKit.credential(),
				credentials: while1VoiceKit.credentials(sandbox),
				parameters: {
					resource: 'callRecord',
					period: 'custom',
					startTime: second,
					endTime: second,
					returnAll: true,
				},
			});
			expect(error).toBeUndefined();
			expect(json.map(({ platformRecordId }) => platformRecordId).sort()).toEqual(
				sandbox.ids().sort(),
			);
			await sandbox.stop();
		},
	);
});
