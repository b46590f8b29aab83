import type { IDataObject } from 'n8n-workflow';

import { threeCx } from '../../../nodes/ThreeCx/platform';
import type * as Clock from '../../support/clock';
import { idsOf } from '../../support/reading';
import { expectErrorCodes } from '../../support/contract';
import { start, storedFor, type ThreeCxScene } from './scene';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

let scene: ThreeCxScene;
beforeEach(async () => {
	scene = await start();
});
afterEach(async () => await scene.stop());

const paths = () => scene.pbx.requests.map(({ path }) => path.replace(/\(.*/, ''));
const CALL_LOG = '/xapi/v1/ReportCallLogData/Pbx.GetCallLogData';
const NEWEST = '/xapi/v1/LastCdrAndChatMessageTimestamp';

it('every error of 3CX is told in words', () => {
	expectErrorCodes(threeCx, {
		credentials: ['invalid_client', 'HTTP 403'],
		expired: ['HTTP 401'],
		input: ['TOP_LIMIT', 'HTTP 404', 'HTTP 405'],
		temporary: ['HTTP 500'],
		tooMuch: ['HTTP 504'],
	});
});

describe('a request for call records', () => {
	it('has the eleven arguments of the contract in their order, and no total or order is asked for', async () => {
		await scene.getMany();
		const [read] = scene.reads();
		expect(read.path).toBe(
			`${CALL_LOG}(periodFrom=2025-03-03T00:00:00Z,periodTo=2025-03-04T00:00:00Z,sourceType=0,sourceFilter='',destinationType=0,destinationFilter='',callsType=0,callTimeFilterType=0,callTimeFilterFrom='0:00:0',callTimeFilterTo='0:00:0',hidePcalls=false)`,
		);
		for (const { fields } of scene.reads()) expect(Object.keys(fields)).toEqual(['$top']);
	});

	it('has a page above 1 only inside a second', async () => {
		const full = await start({ count: 0 });
		for (let i = 1; i <= 45; i++) {
			full.pbx.add({ ...scene.calls[0], number: i, start: Date.UTC(2025, 2, 3, 9) / 1000 });
		}
		const { json, error } = await full.getMany();
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(full.sandbox.ids().sort());
		const paged = full.reads().filter(({ fields }) => '$skip' in fields);
		expect(paged.length).toBeGreaterThan(1);
		for (const { path } of paged) {
			const [, from, to] = /periodFrom=(.*?),periodTo=(.*?),/.exec(path)!;
			expect(Date.parse(to) - Date.parse(from)).toBe(1000);
		}
		await full.stop();
	});

	it('never touches the old view of calls, which brings a PBX down', async () => {
		await scene.getMany();
		await scene.getMany({ resource: 'call', operation: 'getAll' });
		expect(new Set(paths())).toEqual(new Set(['/connect/token', NEWEST, CALL_LOG]));
	});

	it('is halved where the period takes 3CX too long', async () => {
		scene.pbx.mostDays = 0.3;
		const { json, error } = await scene.getMany({ options: { pageSize: 100 } });
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(scene.sandbox.ids().sort());
	});

	it('for more rows than the PBX sends ends with the limit that it names', async () => {
		scene.pbx.mostRows = 100;
		const { error } = await scene.getMany({ options: { pageSize: 500 } });
		expect(error?.message).toBe('3CX does not send so many records at a time (code TOP_LIMIT)');
		expect(error?.description).toContain("Lower 'Page Size'");
		expect(error?.description).toContain("The limit of '100' for Top query has been exceeded.");
	});
});

describe('the probe for the newest call', () => {
	it('asks for one row around it', async () => {
		const { error } = await scene.getMany();
		expect(error).toBeUndefined();
		expect(paths().slice(0, 3)).toEqual(['/connect/token', NEWEST, CALL_LOG]);
		const newest = scene.calls[scene.calls.length - 1].start;
		const probe = scene.pbx.requests[2];
		expect(probe.fields.$top).toBe('1');
		const [, from, to] = /periodFrom=(.*?),periodTo=(.*?),/.exec(probe.path)!;
		expect(Date.parse(from) / 1000).toBe(newest - 1);
		expect(Date.parse(to) / 1000).toBe(newest + 1);
	});

	it.each(['callRecord', 'call'])(
		'stops where 3CX finds none of its calls: %s',
		async (resource) => {
			scene.pbx.role = 'blind';
			const { error, json } = await scene.getMany({ resource });
			expect(json).toEqual([]);
			expect(error?.message).toBe(
				'3CX finds none of its calls, though it names the time of the newest one',
			);
			expect(error?.description).toContain('role System Owner in the department DEFAULT');
			expect(scene.reads()).toEqual([]);
		},
	);

	it('finds the call before one that is still going on', async () => {
		scene.pbx.running = scene.calls[scene.calls.length - 1].start + 3600;
		const { json, error } = await scene.getMany();
		expect(error).toBeUndefined();
		expect(json).toHaveLength(60);
	});

	it('is left out on a PBX that names no newest call, or has none', async () => {
		scene.pbx.namesNewest = false;
		expect((await scene.getMany()).json).toHaveLength(60);
		expect(paths().slice(0, 3)).toEqual(['/connect/token', NEWEST, CALL_LOG]);
		const empty = await start({ count: 0 });
		expect(await empty.getMany()).toMatchObject({ json: [], error: undefined });
		await empty.stop();
	});

	it('proves nothing where 3CX takes too long for it', async () => {
		Object.assign(scene.pbx, { role: 'blind', mostDays: 0 });
		const { error } = await scene.getMany();
		expect(error?.message).not.toContain('finds none of its calls');
	});
});

describe('refusals', () => {
	it('of a role that is too low name role and department', async () => {
		scene.pbx.role = 'admin';
		const { error } = await scene.getMany();
		expect(error?.message).toBe('3CX does not permit this (HTTP 403)');
		expect(error?.description).toContain('role System Owner in the department DEFAULT');
	});

	it('of a build before Update 6 say so', async () => {
		scene.pbx.isOld = true;
		const { error, json } = await scene.getMany();
		expect(json).toEqual([]);
		expect(error?.message).toBe('This 3CX is older than V20 Update 6');
		expect(error?.description).toContain('Update 3CX.');
	});

	it('of a request that a build does not know name the update', async () => {
		scene.onRead(() => ({ status: 404, body: '' }));
		const { error } = await scene.getMany();
		expect(error?.message).toBe('3CX does not know this request (HTTP 404)');
		expect(error?.description).toContain('V20 Update 6 or later');
	});
});

describe('filters', () => {
	const asked = async (filters: IDataObject) => {
		const { json, error } = await scene.getMany({ filters });
		expect(error).toBeUndefined();
		return { json, path: scene.reads()[0].path };
	};
	const agent = () => scene.calls.find(({ direction }) => direction === 'inbound')!.extension;

	it('are the arguments that choose calls', () => {
		expect(threeCx.filters.map(({ name }) => name)).toEqual([
			'callsType',
			'destinationFilter',
			'hidePcalls',
			'sourceFilter',
		]);
	});

	it.each([
		['destinationFilter', 'to'],
		['sourceFilter', 'from'],
	])('%s is sent in quotes, from the list or plain', async (name, side) => {
		const number = agent();
		for (const given of [
			number,
			{ mode: 'list', value: number },
			{ mode: 'number', value: number },
		]) {
			const { json, path } = await asked({ [name]: given });
			expect(path).toContain(`${name}='${number}'`);
			expect(json.length).toBeGreaterThan(0);
			expect(json.every((record) => record[side] === number)).toBe(true);
		}
	});

	it('a quote in a number is doubled, and a plus stays one', async () => {
		const { path } = await asked({ sourceFilter: "+1'5" });
		expect(path).toContain("sourceFilter='%2B1''5'");
	});

	it.each([
		['1', true],
		['2', false],
	])('callsType %s', async (value, isAnswered) => {
		const { json, path } = await asked({ callsType: value });
		expect(path).toContain(`callsType=${value},`);
		expect(json.length).toBeGreaterThan(0);
		for (const { outcome } of json) {
			expect(['answered', 'voicemail'].includes(String(outcome))).toBe(isAnswered);
		}
	});

	it('hidePcalls is sent, and keeps calls whole', async () => {
		expect((await asked({ hidePcalls: true })).path).toContain('hidePcalls=true');
	});

	it('that cannot be right stop before anything is asked', async () => {
		const { error } = await scene.getMany({ filters: { sourceFilter: '2005, 2006' } });
		expect(error?.message).toContain("'Source' (sourceFilter) takes one number without spaces");
		expect(scene.pbx.requests).toEqual([]);
	});
});

describe('a recording', () => {
	const download = async (recording: string) =>
		await scene.getMany({ resource: 'recording', operation: 'download', recording });

	it('that is not there any more is a result', async () => {
		const { json: calls } = await scene.getMany();
		const { recordingFile } = calls.find(({ hasRecording }) => hasRecording === true)!;
		scene.pbx.lost.add(String(recordingFile));
		const { json, error } = await download(String(recordingFile));
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({
			recordingFound: false,
			recordingReason: '3CX has no such recording',
		});
	});

	it('is named by digits', async () => {
		const { error } = await download('2005/x.wav');
		expect(error?.message).toBe("'Recording' is not the ID of a recording");
	});

	it('comes with a new token where the old one was replaced', async () => {
		const { json: calls } = await scene.getMany();
		const { recordingFile } = calls.find(({ hasRecording }) => hasRecording === true)!;
		scene.pbx.endSessions();
		const { json, error } = await download(String(recordingFile));
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ recordingFound: true });
		expect(scene.pbx.logins).toBe(2);
	});
});

it('the zone of the credential is only what times are printed in', async () => {
	const credentials = storedFor(scene.sandbox, { timezone: '' });
	const { json } = await scene.getMany({}, { credentials });
	expect(json).toHaveLength(60);
	expect(String(json[0].startedAt)).toMatch(/\+00:00$/);
});
