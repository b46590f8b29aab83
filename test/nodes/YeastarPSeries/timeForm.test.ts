import type { IDataObject } from 'n8n-workflow';

import { makeCall, makeCalls } from '../../vendors/calls';
import { createRandom } from '../../vendors/random';
import type { Fault } from '../../vendors/server';
import {
	startYeastarPSeries,
	type Generation,
	type YeastarOptions,
	type YeastarSandbox,
} from '../../vendors/yeastarPSeries';
import { DAY, endpoints, FROM, getMany, idsOf, storedFor, TO, trueIds } from './scene';

let sandbox: YeastarSandbox;
afterEach(async () => await sandbox.stop());

const start = async (options: Partial<YeastarOptions> & { count?: number } = {}) => {
	const calls = makeCalls({ count: options.count ?? 60, from: FROM, to: TO, prefix: '40' });
	sandbox = await startYeastarPSeries({ calls, ...options });
};

/** The times of the requests that read, without those that try. */
const asked = () =>
	sandbox.requests
		.filter(({ path, fields }) => path.endsWith('/cdr/search') && fields.page_size !== '999')
		.map(({ fields }) => String(fields.start_time));

const FORMATS = [
	'YYYY/MM/DD',
	'MM/DD/YYYY',
	'DD/MM/YYYY',
	'YYYY-MM-DD',
	'MM-DD-YYYY',
	'DD-MM-YYYY',
].flatMap((dateFormat) => ([12, 24] as const).map((hours) => ({ dateFormat, hours })));

const inEpoch = /^\d{10}$/;

describe.each(['empty', 'refused'] as const)(
	'a PBX that answers times it does not understand with %s',
	(wrongTime) => {
		it.each(FORMATS)(
			'is asked in its display format: $dateFormat, $hours hours',
			async (format) => {
				await start({ generation: 'strings' });
				Object.assign(sandbox, { wrongTime, ...format });
				const { json, error } = await getMany(sandbox);
				expect(error).toBeUndefined();
				expect(idsOf(json)).toEqual(trueIds(sandbox));
				expect(asked().filter((time) => inEpoch.test(time))).toEqual([]);
			},
		);

		it.each<Generation>(['epoch', 'paging'])(
			'is asked in Unix seconds where its firmware understands them: %s',
			async (generation) => {
				await start({ generation });
				Object.assign(sandbox, { wrongTime, dateFormat: 'DD/MM/YYYY', hours: 12 });
				const { json, error } = await getMany(sandbox);
				expect(error).toBeUndefined();
				expect(idsOf(json)).toEqual(trueIds(sandbox));
				expect(asked().filter((time) => !inEpoch.test(time))).toEqual([]);
			},
		);
	},
);

describe('before it takes it that there are no calls', () => {
	const nextDay = { startTime: TO + DAY, endTime: TO + 2 * DAY };

	it('the node has found one, in the form in which it asks', async () => {
		await start({ generation: 'strings' });
		const { json, error } = await getMany(sandbox, nextDay);
		expect([json, error]).toEqual([[], undefined]);
		expect(endpoints(sandbox)).toEqual([
			'get_token',
			'system/information',
			'cdr/list',
			'cdr/search',
			'cdr/search',
			'cdr/search',
		]);
	});

	it('it asks no more than needed: once in a process, and again after new firmware or another format', async () => {
		await start({ generation: 'epoch' });
		await getMany(sandbox, nextDay);
		const again = async () => {
			sandbox.forget();
			const { error } = await getMany(sandbox, nextDay);
			expect(error).toBeUndefined();
			return endpoints(sandbox);
		};
		const known = ['system/information', 'cdr/search'];
		const anew = ['system/information', 'cdr/list', 'cdr/search', 'cdr/search'];
		expect(await again()).toEqual(known);
		sandbox.dateFormat = 'DD/MM/YYYY';
		expect(await again()).toEqual(anew);
		sandbox.generation = 'paging';
		expect(await again()).toEqual(anew);
		expect(await again()).toEqual(known);
	});

	it('it asks once for all items', async () => {
		await start();
		const { json } = await getMany(sandbox, {}, { items: [{}, {}, {}] });
		expect(json).toHaveLength(3 * sandbox.store.size);
		const all = endpoints(sandbox);
		expect(all.filter((name) => name === 'system/information')).toHaveLength(1);
		expect(all.filter((name) => name === 'cdr/list')).toHaveLength(1);
	});

	it.each(['null', 'missing', 'list', 'errorCode'] as const)(
		'a PBX without any calls has none, and later has some: %s',
		async (empty) => {
			await start({ generation: 'strings', calls: [] });
			sandbox.variants.empty = empty;
			for (let run = 0; run < 2; run++) {
				const { json, error } = await getMany(sandbox);
				expect([json, error]).toEqual([[], undefined]);
			}
			sandbox.add(makeCall(1, FROM + 100, createRandom(1), '40'));
			expect(idsOf((await getMany(sandbox)).json)).toEqual(trueIds(sandbox));
		},
	);

	const searched = () =>
		sandbox.requests.filter(({ path }) => path.endsWith('/cdr/search')).at(-1)!.fields.from;

	it('it goes on to the old records where there are no new ones', async () => {
		const legacyCalls = makeCalls({ count: 30, from: FROM, to: TO, prefix: '40' });
		await start({ generation: 'paging', calls: [], legacyCalls });
		const { json, error } = await getMany(sandbox);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(legacyCalls.length);
		expect(searched()).toBe('legacy');
	});

	it.each<[string, () => object]>([
		['finds none of its calls', () => ({ errcode: 0, data: null })],
		['is not known', () => ({ errcode: 40002, invalid_param_list: [{ field: 'from' }] })],
	])('it goes on without a name where the new list %s', async (_what, answer) => {
		await start({ generation: 'paging' });
		sandbox.fault = ({ path, fields }) =>
			path.endsWith('/cdr/search') && fields.from === 'new' ? { rewrite: answer } : undefined;
		expect(idsOf((await getMany(sandbox)).json)).toEqual(trueIds(sandbox));
		expect(searched()).toBeUndefined();
	});

	it('it asks every search for the list that has the calls, unless the user chose one', async () => {
		const old = makeCalls({ count: 12, from: FROM, to: TO, prefix: '40' });
		await start({ generation: 'paging', legacyCalls: old });
		expect(idsOf((await getMany(sandbox)).json)).toEqual(trueIds(sandbox));
		expect(searched()).toBe('new');
		expect((await getMany(sandbox, { filters: { from: 'legacy' } })).json).toHaveLength(12);
		expect(searched()).toBe('legacy');
	});

	it('calls of other days show that the PBX did not look at the times', async () => {
		await start({ generation: 'strings' });
		const other = {
			errcode: 0,
			data: [{ ...sandbox.store.all()[0].row, timestamp: FROM - 9 * DAY }],
		};
		sandbox.fault = ({ path, fields }) =>
			path.endsWith('/cdr/search') && inEpoch.test(String(fields.start_time))
				? { rewrite: () => other }
				: undefined;
		expect(idsOf((await getMany(sandbox)).json)).toEqual(trueIds(sandbox));
		expect(asked().filter((time) => inEpoch.test(time))).toEqual([]);
	});

	it('it stops where neither form finds the newest call', async () => {
		await start();
		sandbox.fault = ({ path }): Fault | undefined =>
			path.endsWith('/cdr/search') ? { rewrite: () => ({ errcode: 0, data: null }) } : undefined;
		const { json, error } = await getMany(sandbox);
		expect(json).toEqual([]);
		expect(error?.message).toContain('does not find its own newest call');
		expect(error?.description).toContain("'Time Format'");
	});
});

describe('what the PBX does not say', () => {
	it.each([
		[['system_date_format']],
		[['system_time_format']],
		[['system_time']],
		[['timestamp']],
		[['system_date_format', 'system_time_format']],
		[['system_date_format', 'system_time_format', 'system_time', 'timestamp']],
	])('%j is seen at its times', async (silentAbout) => {
		await start({ generation: 'strings' });
		Object.assign(sandbox, { silentAbout, dateFormat: 'DD/MM/YYYY', hours: 12 });
		const credentials = storedFor(sandbox, { timezone: 'Europe/Bucharest' });
		const { json, error } = await getMany(sandbox, {}, { credentials });
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(trueIds(sandbox));
	});

	it('is asked of the user where day and month are the same number', async () => {
		const calls = makeCalls({ count: 5, from: FROM, to: FROM + 3600, prefix: '40' });
		await start({ generation: 'strings', calls });
		sandbox.silentAbout = ['system_date_format', 'system_time'];
		const credentials = storedFor(sandbox, { timezone: 'Europe/Bucharest' });
		const { error } = await getMany(sandbox, {}, { credentials });
		expect(error?.description).toContain("'Date Format'");
		const options = { dateFormat: 'MM/DD/YYYY' };
		const { json } = await getMany(sandbox, { options }, { credentials });
		expect(idsOf(json)).toEqual(trueIds(sandbox));
	});

	it('is learnt from the format that the PBX asks for', async () => {
		const calls = makeCalls({ count: 5, from: FROM, to: FROM + 3600, prefix: '40' });
		await start({ generation: 'strings', calls });
		sandbox.silentAbout = ['system_date_format', 'system_time'];
		const valid_msg = 'start_time format invalid, valid format: 01/02/2006 15:04:05';
		const refusal = { errcode: 40002, invalid_param_list: [{ field: 'start_time', valid_msg }] };
		sandbox.fault = ({ path, fields }) =>
			path.endsWith('/cdr/search') && inEpoch.test(String(fields.start_time))
				? { rewrite: () => refusal }
				: undefined;
		const credentials = storedFor(sandbox, { timezone: 'Europe/Bucharest' });
		const { json, error } = await getMany(sandbox, {}, { credentials });
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(trueIds(sandbox));
	});

	it.each([10001, 10005, 10009])(
		'needs a Time Zone when system/information is refused with %i',
		async (code) => {
			await start({ generation: 'strings' });
			sandbox.refuse['system/information'] = code;
			const { error } = await getMany(sandbox);
			expect(error?.message).toBe('The PBX does not report its time zone');
			expect(error?.description).toContain("'Time Zone'");
			const credentials = storedFor(sandbox, { timezone: 'Europe/Bucharest' });
			const { json } = await getMany(sandbox, {}, { credentials });
			expect(idsOf(json)).toEqual(trueIds(sandbox));
		},
	);
});

describe('what the user says', () => {
	const read = async (options: IDataObject, credential: IDataObject = {}) => {
		const credentials = storedFor(sandbox, credential);
		const result = await getMany(sandbox, { options }, { credentials });
		return result.error?.message ?? idsOf(result.json);
	};

	it('is done: the display format on new firmware', async () => {
		await start({ generation: 'paging', count: 300 });
		Object.assign(sandbox, { dateFormat: 'DD/MM/YYYY', hours: 12 });
		const options = { timeFormat: 'displayFormat', pageSize: 50 };
		expect(await read(options, { timezone: 'Europe/Bucharest' })).toEqual(trueIds(sandbox));
		expect(asked().length).toBeGreaterThan(6);
		expect(asked().filter((time) => !/^\d\d\/03\/2025 \d\d:\d\d:\d\d [AP]M$/.test(time))).toEqual(
			[],
		);
	});

	it('is done: Unix seconds and a time zone need no information', async () => {
		await start({ generation: 'epoch' });
		sandbox.refuse['system/information'] = 10005;
		const zone = { timezone: 'Europe/Bucharest' };
		expect(await read({ timeFormat: 'epoch' }, zone)).toEqual(trueIds(sandbox));
		expect(endpoints(sandbox)).not.toContain('system/information');
	});

	it('is done: formats of its own', async () => {
		await start({ generation: 'strings' });
		sandbox.silentAbout = ['system_date_format', 'system_time_format', 'system_time'];
		const options = { timeFormat: 'displayFormat', dateFormat: 'MM/DD/YYYY', hourFormat: '24' };
		const zone = { timezone: 'Europe/Bucharest' };
		expect(await read(options, zone)).toEqual(trueIds(sandbox));
	});

	it.each<[Generation, IDataObject, string]>([
		['strings', { timeFormat: 'epoch' }, "'Date Format' MM/DD/YYYY and 'Hour Format' 24 Hours"],
		['strings', { timeFormat: 'displayFormat', dateFormat: 'YYYY/MM/DD' }, 'MM/DD/YYYY'],
		['strings', { dateFormat: 'YYYY/MM/DD' }, 'MM/DD/YYYY'],
		['strings', { timeFormat: 'displayFormat', hourFormat: '12' }, '24 Hours'],
		['epoch', { timeFormat: 'displayFormat', hourFormat: '12' }, 'Unix Seconds'],
		['paging', { timeFormat: 'displayFormat', dateFormat: 'DD-MM-YYYY' }, 'Unix Seconds'],
	])('is not believed where it would find nothing: %s %j', async (generation, options, works) => {
		await start({ generation });
		const { json, error } = await getMany(sandbox, { options });
		expect(json).toEqual([]);
		expect(error?.message).toContain("'Time Format'");
		expect(error?.description).toContain(works);
	});

	it.each([
		[{ timeFormat: 'iso' }, "'Time Format' has to be"],
		[{ dateFormat: 'DD.MM.YYYY' }, "'Date Format' has to be"],
		[{ hourFormat: 13 }, "'Hour Format' has to be"],
	])('is refused where it makes no sense, and nothing is asked: %j', async (options, says) => {
		await start();
		const { error } = await getMany(sandbox, { options });
		expect(error?.message).toContain(says);
		expect(sandbox.requests).toEqual([]);
	});
});

describe('the zone of the PBX', () => {
	it.each([
		['Asia/Kolkata', '+05:30'],
		['Asia/Kathmandu', '+05:45'],
		['America/Phoenix', '-07:00'],
		['Asia/Shanghai', '+08:00'],
		['UTC', '+00:00'],
	])('is asked of it: %s', async (zone, offset) => {
		for (const generation of ['strings', 'paging'] as const) {
			await start({ zone, generation });
			const { json } = await getMany(sandbox);
			expect(idsOf(json)).toEqual(trueIds(sandbox));
			const instants = sandbox.truth(() => true).map(({ timestamp }) => timestamp);
			const got = json.map(({ startedAt }) => Date.parse(String(startedAt)) / 1000);
			expect(got.sort()).toEqual(instants.sort());
			expect(json.filter(({ startedAt }) => !String(startedAt).endsWith(offset))).toEqual([]);
			if (generation === 'strings') await sandbox.stop();
		}
	});

	it('that is only known as an offset of today loses no call of the other half of the year', async () => {
		const halves = [Date.UTC(2025, 0, 15) / 1000, Date.UTC(2025, 6, 15) / 1000];
		for (const from of halves) {
			const calls = makeCalls({ count: 400, from: from - DAY, to: from + 2 * DAY, shape: 'even' });
			await start({ generation: 'strings', calls });
			const [startTime, endTime] = [from, from + DAY - 1];
			const { json, error } = await getMany(sandbox, { startTime, endTime });
			expect(error).toBeUndefined();
			const inside = ({ timestamp }: { timestamp: number }) =>
				timestamp >= startTime && timestamp <= endTime;
			expect(idsOf(json)).toEqual(trueIds(sandbox, inside));
			await sandbox.stop();
		}
		await start();
	});
});
