import type { IDataObject } from 'n8n-workflow';

import type { CommoSandbox } from '../vendors/commo';
import type { While1Sandbox } from '../vendors/while1Voice';
import type { YeastarSandbox } from '../vendors/yeastarPSeries';
import { startBinaryStorage } from '../support/binaryStorage';
import type * as Clock from '../support/clock';
import { expectUnproved, startOther, stopOthers } from '../support/otherHost';
import {
	recordingKit,
	type RECORDING_KITS,
	startRecordingScene,
	type RecordingScene,
} from '../support/recordingScene';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const [commo, while1Voice, yeastar, itnio] = [
	'commo',
	'while1Voice',
	'yeastarPSeries',
	'itnioTech',
].map(recordingKit);

beforeAll(async () => {
	await startBinaryStorage();
});

let scene: RecordingScene;
let record: IDataObject;
const begin = async (own: (typeof RECORDING_KITS)[number]) => {
	scene = await startRecordingScene(own);
	[record] = scene.recorded;
	scene.sandbox.forget();
};
afterEach(async () => {
	await scene.stop();
	await stopOthers();
});

describe('Commo', () => {
	beforeEach(async () => await begin(commo));

	it('says that there is no such file: a result', async () => {
		const { items, error } = await scene.download([{ recordingFile: 'never-was.mp3' }]);
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({
			recordingFile: 'never-was.mp3',
			recordingFound: false,
			recordingReason: 'This recording does not exist or has been deleted',
		});
	});

	it('is asked for a new link when one has ended', async () => {
		let isFirst = true;
		scene.sandbox.fault = (request) => {
			if (!commo.isFile(request) || !isFirst) return undefined;
			isFirst = false;
			return { before: (scene.sandbox as unknown as CommoSandbox).endLinks };
		};
		const { items } = await scene.download([record]);
		expect(items[0].json.recordingFound).toBe(true);
		expect(scene.fileRequests()).toHaveLength(2);
	});

	it('renews a session that has ended', async () => {
		scene.sandbox.endSessions();
		const { items } = await scene.download([record]);
		expect(items[0].json.recordingFound).toBe(true);
	});

	it('gives a link to another host: that host has to be allowed', async () => {
		const server = await startOther();
		Object.assign(scene.sandbox, { linkBase: server.address });
		const refused = await scene.download([record]);
		expect(refused.error?.message).toContain('The recording is on localhost:');
		const { items } = await scene.download([record], { options: { allowedHosts: 'localhost' } });
		expect(items[0].json.recordingChecksum).toBe(server.files.sha256(scene.fileOf(record)));
		const given = JSON.stringify(server.requests);
		for (const secret of commo.kit.secrets) expect(given).not.toContain(secret);
	});
});

describe('While1 Voice', () => {
	beforeEach(async () => await begin(while1Voice));

	it('hands a file out by its name, where there is no URL', async () => {
		const { recordingFile } = record;
		const { items } = await scene.download([{ recordingFile }]);
		expect(items[0].json.recordingChecksum).toBe(scene.files.sha256(scene.fileOf(record)));
		expect(items[0].binary?.data.fileName).toBe(recordingFile);
		expect(scene.fileRequests()[0]).toMatchObject({
			path: '/tools/play-record',
			fields: { monitor: recordingFile, download: '1', fname: recordingFile },
		});
	});

	it('shows a login page to a wrong token', async () => {
		const { error, items } = await scene.download(
			[record],
			{},
			{
				credentials: { ...scene.credentials, apiToken: 'wrong' },
			},
		);
		expect(error?.message).toMatch(/sent a web page in place of the recording$/);
		expect(error?.description).toContain('login page');
		expect(items).toEqual([]);
	});

	it('sends next to nothing where there is no file', async () => {
		const { error } = await scene.download([{ recordingFile: 'never-was.mp3' }]);
		expect(error?.message).toMatch(/sent only 7 bytes in place of the recording$/);
		expect(error?.description).toContain('"no file"');
	});

	it('may have moved: the old host of a URL has to be allowed', async () => {
		(scene.sandbox as unknown as While1Sandbox).recordingBase = undefined;
		const { json } = await scene.getMany();
		const old = json.find(({ recordingUrl }) => recordingUrl !== null);
		const { error } = await scene.download([old ?? {}]);
		expect(error?.message).toContain('The recording is on old-host.example.com');
	});
});

describe('Yeastar P-Series', () => {
	beforeEach(async () => await begin(yeastar));

	it('is asked nothing but for the file', async () => {
		await scene.download([record]);
		expect(scene.sandbox.requests.map(({ path }) => path.replace(/[^/]+\.wav$/, ''))).toEqual([
			'/openapi/v1.0/recording/download',
			'/api/download/',
		]);
	});

	it('says in JSON that the session has ended, at the first step or the second', async () => {
		scene.sandbox.endSessions();
		expect((await scene.download([record])).json[0].recordingFound).toBe(true);
		let isFirst = true;
		scene.sandbox.fault = (request) => {
			if (!yeastar.isFile(request) || !isFirst) return undefined;
			isFirst = false;
			return { before: scene.sandbox.endSessions };
		};
		expect((await scene.download([record])).json[0].recordingFound).toBe(true);
	});

	it('is asked for a new link when one has ended', async () => {
		let isFirst = true;
		scene.sandbox.fault = (request) => {
			if (!yeastar.isFile(request) || !isFirst) return undefined;
			isFirst = false;
			return { before: (scene.sandbox as unknown as YeastarSandbox).endLinks };
		};
		expect((await scene.download([record])).json[0].recordingFound).toBe(true);
	});

	it('says that there is no such file: a result', async () => {
		const { json } = await scene.download([{ recordingFile: 'never-was.wav' }]);
		expect(json[0]).toMatchObject({ recordingFound: false });
	});

	it('converts to mp3 for one at a time, whichever execution asks', async () => {
		const names = scene.recorded.slice(0, 4).map(({ recordingFile }) => ({
			recordingFile: String(recordingFile).replace(/wav$/, 'mp3'),
		}));
		const runs = await Promise.all(names.map(async (item) => await scene.download([item])));
		for (const [i, { json, error }] of runs.entries()) {
			expect(error).toBeUndefined();
			expect(json[0].recordingChecksum).toBe(scene.files.sha256(names[i].recordingFile));
		}
		expect(scene.files.mostAtOnce).toBe(1);
		expect(scene.fileRequests()).toHaveLength(4);
		const asked = scene.sandbox.requests.filter(({ path }) => path.endsWith('/recording/download'));
		expect(asked).toHaveLength(4);
	});
});

describe('ITNIO Tech', () => {
	beforeEach(async () => await begin(itnio));

	it.each(['', 'recordings.example.com', 'ftp://recordings.example.com', 'https://'])(
		'wants to know where recordings are, and takes no "%s" for it',
		async (recordingBaseUrl) => {
			const { error, items } = await scene.download([record], { options: { recordingBaseUrl } });
			expect(error?.message).toBe(
				"The option 'Recording Base URL' is missing, or is no web address",
			);
			expect(error?.description).toContain('Ask its support');
			expect(items).toEqual([]);
			expect(scene.sandbox.requests).toEqual([]);
		},
	);

	it('needs no further leave for the host that the user typed', async () => {
		const server = await startOther();
		const { items } = await scene.download([record], {
			options: { recordingBaseUrl: `${server.address}/cc/` },
		});
		const name = String(record.recordingFile);
		expect(items[0].json.recordingChecksum).toBe(server.files.sha256(name.split('/').pop() ?? ''));
		expect(server.requests[0].path).toBe(`/cc/${name}`);
		expectUnproved(server.requests, itnio.kit.secrets);
	});
});
