import type { IDataObject } from 'n8n-workflow';

import type { CommoSandbox } from '../sandbox/commo';
import { createRecordingFiles, type RecordingFiles } from '../sandbox/recordings';
import { startServer, type Sandbox } from '../sandbox/server';
import type { While1Sandbox } from '../sandbox/while1Voice';
import type { YeastarSandbox } from '../sandbox/yeastarPSeries';
import { startBinaryStorage } from '../support/binaryStorage';
import type * as Clock from '../support/clock';
import {
	RECORDING_KITS,
	startRecordingScene,
	type RecordingScene,
} from '../support/recordingScene';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const [commo, while1Voice, yeastar, itnio] = RECORDING_KITS;

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
afterEach(async () => await scene.stop());

/** A server of somebody else, with recordings on it. `localhost` is another host than 127.0.0.1. */
interface OtherHost extends Sandbox {
	files: RecordingFiles;
	/** Where it sends whoever asks. */
	redirect: string | undefined;
	address: string;
}

let other: OtherHost | undefined;
afterEach(async () => {
	await other?.stop();
	other = undefined;
});

const startOther = async (): Promise<OtherHost> => {
	const own = {
		files: createRecordingFiles(),
		redirect: undefined as string | undefined,
		address: '',
	};
	const server = await startServer(own, (app) => {
		app.get<{ Params: { '*': string } }>('/*', async ({ params }, reply) => {
			if (own.redirect !== undefined) return await reply.redirect(own.redirect);
			await own.files.send(reply, params['*'].split('/').pop() ?? '');
			return undefined;
		});
	});
	server.address = server.url.replace('127.0.0.1', 'localhost');
	other = server;
	return server;
};

/** Nothing that proves who asks: no token, no key, no hash, in no header and no field. */
const expectUnproved = (requests: Sandbox['requests'], secrets: string[]) => {
	expect(requests.length).toBeGreaterThan(0);
	for (const { headers, fields, path } of requests) {
		const given = JSON.stringify({ headers, fields, path });
		expect(headers.authorization).toBeUndefined();
		for (const secret of secrets) expect(given).not.toContain(secret);
		expect(Object.keys(fields)).toEqual([]);
	}
};

describe('a recording on another host', () => {
	const cases = RECORDING_KITS.map((own) => ({ own, name: own.kit.platform.name }));

	it.each(cases)('is refused as a URL for $name, and nothing is asked there', async ({ own }) => {
		await begin(own);
		const { address, requests } = await startOther();
		const { error, items } = await scene.download([{ recordingUrl: `${address}/a.wav` }]);
		expect(error?.message).toMatch(
			/^The recording is on localhost:\d+, which is not the host of the credential \(127\.0\.0\.1\)$/,
		);
		expect(error?.description).toContain("'Allowed Hosts'");
		expect(items).toEqual([]);
		expect(requests).toEqual([]);
	});

	it.each(cases)(
		'is downloaded for $name when allowed, without the credential',
		async ({ own }) => {
			await begin(own);
			const server = await startOther();
			const { error, items } = await scene.download([{ recordingUrl: `${server.address}/a.wav` }], {
				options: { allowedHosts: 'localhost' },
			});
			expect(error).toBeUndefined();
			expect(items[0].json.recordingChecksum).toBe(server.files.sha256('a.wav'));
			expectUnproved(server.requests, own.kit.secrets);
		},
	);

	it.each(cases)('is refused when $name redirects to it', async ({ own }) => {
		await begin(own);
		const server = await startOther();
		scene.sandbox.fault = (request) =>
			own.isFile(request)
				? { status: 302, headers: { location: `${server.address}/a.wav` } }
				: undefined;
		const { error, items } = await scene.download([record]);
		expect(error?.message).toContain('which is not the host of the credential');
		expect(items).toEqual([]);
		expect(server.requests).toEqual([]);
	});

	it.each(cases)(
		'gets no credential when $name redirects to it and it is allowed',
		async ({ own }) => {
			await begin(own);
			const server = await startOther();
			scene.sandbox.fault = (request) =>
				own.isFile(request)
					? { status: 307, headers: { location: `${server.address}/a.wav` } }
					: undefined;
			const { error, items } = await scene.download([record], {
				options: { allowedHosts: 'localhost' },
			});
			expect(error).toBeUndefined();
			expect(items[0].json.recordingChecksum).toBe(server.files.sha256('a.wav'));
			expectUnproved(server.requests, own.kit.secrets);
		},
	);

	it('gets no credential on another port of the same host either', async () => {
		await begin(while1Voice);
		const server = await startOther();
		const { items } = await scene.download([{ recordingUrl: `${server.url}/a.wav` }]);
		expect(items[0].json.recordingFound).toBe(true);
		expectUnproved(server.requests, while1Voice.kit.secrets);
	});

	it('may send back to the platform, which gets the credential again', async () => {
		await begin(while1Voice);
		const server = await startOther();
		server.redirect = String(record.recordingUrl);
		const { items } = await scene.download([{ recordingUrl: `${server.address}/a.wav` }], {
			options: { allowedHosts: 'localhost' },
		});
		expect(items[0].json.recordingChecksum).toBe(scene.files.sha256(scene.fileOf(record)));
		expectUnproved(server.requests, while1Voice.kit.secrets);
		expect(scene.fileRequests()[0].headers.authorization).toMatch(/^Bearer /);
	});

	it('that redirects for ever is given up', async () => {
		await begin(commo);
		const server = await startOther();
		server.redirect = `${server.address}/a.wav`;
		const { error } = await scene.download([{ recordingUrl: `${server.address}/a.wav` }], {
			options: { allowedHosts: 'localhost' },
		});
		expect(error?.message).toMatch(/redirects on and on instead of sending the recording/);
		expect(server.requests).toHaveLength(6);
	});

	it.each(['file:///etc/passwd', 'ftp://localhost/a.wav'])(
		'is no host at all in %s',
		async (location) => {
			await begin(commo);
			scene.sandbox.fault = (request) =>
				commo.isFile(request) ? { status: 302, headers: { location } } : undefined;
			const { error, items } = await scene.download([record], {
				options: { allowedHosts: 'localhost' },
			});
			expect(error?.message).toMatch(/A recording cannot be downloaded over (file|ftp):/);
			expect(items).toEqual([]);
		},
	);
});

describe('what is asked for', () => {
	beforeEach(async () => await begin(commo));

	it('may be typed: the name of a file', async () => {
		const { items } = await scene.download([{}], { recording: record.recordingFile });
		expect(items[0].json.recordingChecksum).toBe(scene.files.sha256(scene.fileOf(record)));
	});

	it.each([{ a: 1 }, ['a.wav']])('may not be %j', async (recording) => {
		const { error } = await scene.download([{ recording }], {
			recording: '={{ $json.recording }}',
		});
		expect(error?.message).toBe("'Recording' has to be a file name or a URL");
		expect(scene.sandbox.requests).toEqual([]);
	});

	it('has to have a field to go into, and hosts that are hosts', async () => {
		const noField = await scene.download([record], { binaryPropertyName: ' ' });
		expect(noField.error?.message).toContain("'Put Output File in Field'");
		const noHost = await scene.download([record], { options: { allowedHosts: 'me@localhost' } });
		expect(noHost.error?.message).toContain("'Allowed Hosts'");
		expect(scene.sandbox.requests).toEqual([]);
	});

	it('keeps what else the item has', async () => {
		const { items } = await scene.download([{ ...record, more: { than: 'this' } }]);
		expect(items[0].json.more).toEqual({ than: 'this' });
	});

	it('is whole by its own header where the server does not say how long it is', async () => {
		scene.files.fault = () => ({ length: 'none' });
		scene.files.sizes.set('x.wav', 30_000);
		const server = await startOther();
		server.files.sizes.set('x.wav', 30_000);
		server.files.fault = () => ({ length: 'none' });
		const url = { recordingUrl: `${server.url}/x.wav` };
		expect((await scene.download([url])).json[0].recordingBytes).toBe(30_000);
		server.files.fault = () => ({ length: 'none', endAfter: 15_000 });
		const { error, items } = await scene.download([url]);
		expect(error?.message).toMatch(/came in with 15000 of at least 29999 bytes/);
		expect(items).toEqual([]);
	});
});

describe('Commo', () => {
	beforeEach(async () => await begin(commo));

	it('says that there is no such file: a result', async () => {
		const { items, error } = await scene.download([{ recordingFile: 'never-was.mp3' }]);
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({
			recordingFile: 'never-was.mp3',
			recordingFound: false,
			recordingReason: 'Commo has no such recording, or not any more',
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
