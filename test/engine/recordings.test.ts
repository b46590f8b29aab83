import type { IDataObject } from 'n8n-workflow';

import { startBinaryStorage } from '../support/binaryStorage';
import type * as Clock from '../support/clock';
import { expectUnproved, startOther, stopOthers } from '../support/otherHost';
import {
	recordingKit,
	RECORDING_KITS,
	startRecordingScene,
	type RecordingScene,
} from '../support/recordingScene';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const [commo, while1Voice] = ['commo', 'while1Voice'].map(recordingKit);

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
