import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type * as Clock from '../../support/clock';
import { ASKED, failed, get, HOST, WAV, type DownloadSetting } from '../../support/downloadScene';
import type { FileAnswer } from '../../support/fakeFiles';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

describe('a recording', () => {
	it('is added to its item, with what the file is', async () => {
		const binary = { data: { data: 'other', mimeType: 'text/plain' } };
		const { item, place, paths } = await get({
			parameters: { binaryPropertyName: 'sound' },
			input: { json: { call: 7 }, binary },
		});
		expect(item).toEqual({
			json: {
				call: 7,
				recordingFound: true,
				recordingFileName: 'a.wav',
				recordingMimeType: 'audio/wav',
				recordingBytes: 30_000,
				recordingChecksum: createHash('sha256').update(WAV).digest('hex'),
			},
			binary: {
				...binary,
				sound: { data: 'stored', fileName: 'a.wav', mimeType: 'audio/wav' },
			},
			pairedItem: { item: 1 },
		});
		expect(paths).toEqual(['/base/rec/a.wav']);
		expect(place.connection?.platform.title).toBe('Fake PBX');
	});

	it('is found by a number as by a name', async () => {
		expect((await get({ parameters: { recording: 7 } })).paths).toEqual(['/base/rec/7']);
	});

	it.each([null, undefined, '', ' ', true, false])(
		'%j is none: the item says so, keeps its files, and nothing is asked',
		async (recording) => {
			const binary = { data: { data: 'other', mimeType: 'text/plain' } };
			const { item, requests } = await get({
				parameters: { recording },
				input: { json: { call: 7 }, binary },
			});
			expect(item).toEqual({
				json: {
					call: 7,
					recordingFound: false,
					recordingReason: 'This call has no recording',
				},
				binary,
				pairedItem: { item: 1 },
			});
			expect(requests).toEqual([]);
			expect((await get({ parameters: { recording } })).item).not.toHaveProperty('binary');
		},
	);

	it.each<[IDataObject, string, string]>([
		[{ recording: {} }, "'Recording' has to be a file name or a URL", 'Give the recordingFile'],
		[{ recording: ['a.wav'] }, "'Recording' has to be a file name or a URL", 'recordingUrl'],
		[{ binaryPropertyName: '' }, "'Put Output File in Field' is empty", ''],
		[{ options: { allowedHosts: 'user@host' } }, "'Allowed Hosts'", ''],
		[{ options: { timeout: -1 } }, "'Timeout'", ''],
	])('with %j is refused before anything is asked', async (parameters, message, advice) => {
		const { error, requests } = await failed({ parameters });
		expect(error.message).toContain(message);
		expect((error as { advice?: string }).advice ?? '').toContain(advice);
		expect(error).toHaveProperty('parameter');
		expect(requests).toEqual([]);
	});

	it('cannot be had of a platform that gives none', async () => {
		const { error } = await failed({ recordings: null, platform: { recordings: undefined } });
		expect(error.message).toBe('Fake PBX gives no recordings');
	});

	it('needs nothing that is asked before call records are read', async () => {
		const { item } = await get({
			platform: { prepare: async () => await Promise.reject(new Error('asked before')) },
		});
		expect(item.json.recordingFound).toBe(true);
	});

	it.each([
		['https://PBX.example.com:8088/x/b.wav', '/x/b.wav'],
		['HTTPS://pbx.example.com:8088/x/b.wav', '/x/b.wav'],
	])('is at its URL, %s', async (recording, path) => {
		const { paths } = await get({ parameters: { recording }, recordings: ASKED });
		expect(paths.map((url) => new URL(url, HOST).pathname)).toEqual([path]);
	});

	it('is at a URL without a certificate, on a host that is allowed', async () => {
		const { requests } = await get({
			parameters: {
				recording: 'http://files.example.com/b.wav',
				options: { allowedHosts: 'files.example.com' },
			},
			recordings: ASKED,
		});
		expect(requests.map(({ url, isAuthenticated }) => [url, isAuthenticated])).toEqual([
			['http://files.example.com/b.wav', false],
		]);
	});

	it('is asked for by a name that only ends like a URL', async () => {
		const { paths } = await get({ parameters: { recording: 'see-https://a.wav' } });
		expect(paths).toHaveLength(1);
		expect(paths[0]).toMatch(/^\/base\/rec\/see-https:/);
	});

	it.each<[IDataObject, string[]]>([
		[{ recordingFile: 'a.wav', recordingUrl: `${HOST}/direct/a.wav` }, ['/direct/a.wav']],
		[{ recordingFile: 'b.wav', recordingUrl: `${HOST}/direct/b.wav` }, ['/base/rec/a.wav']],
		[{ recordingFile: 'a.wav', recordingUrl: '' }, ['/base/rec/a.wav']],
		[{ recordingFile: 'a.wav' }, ['/base/rec/a.wav']],
	])('is, with %j in its call record, at %j', async (json, expected) => {
		expect((await get({ input: { json } })).paths).toEqual(expected);
	});
});

describe('a link to a recording', () => {
	const linked = (answers: Array<FileAnswer | string>, more: Partial<DownloadSetting> = {}) => ({
		recordings: ASKED,
		respond: (_url: URL, number: number): FileAnswer => {
			const answer = answers[Math.min(number, answers.length) - 1];
			return typeof answer === 'string' ? { body: JSON.stringify({ ok: answer }) } : answer;
		},
		...more,
	});

	it('is asked for, and then followed', async () => {
		const { item, paths } = await get(linked([`${HOST}/files/1.wav`, { body: WAV }]));
		expect(paths).toEqual(['/base/link/a.wav', '/files/1.wav']);
		expect(item.json.recordingFound).toBe(true);
	});

	it.each<[string, FileAnswer]>([
		['is no text', { body: '{"ok":{}}' }],
		['is refused as missing', { body: '{"no":"gone7","words":"x"}' }],
		['says that there is nothing', { body: '{"no":"none"}' }],
		['says that it is too much', { body: '{"no":"much"}' }],
	])('is not to be had where the answer %s', async (_what, answer) => {
		const { item, requests } = await get({ ...linked([answer]), input: { json: { a: 1 } } });
		expect(item).toEqual({
			json: {
				a: 1,
				recordingFound: false,
				recordingReason: 'This recording does not exist or has been deleted',
			},
			pairedItem: { item: 1 },
		});
		expect(requests).toHaveLength(1);
	});

	it('that is refused otherwise is an error', async () => {
		const { error } = await failed(linked([{ body: '{"no":"odd"}' }]));
		expect(error.message).toContain('(code odd)');
	});

	it.each([401, 403, 404, 410])('is asked for once more when it has ended (%i)', async (status) => {
		const link = `${HOST}/files/1.wav`;
		const { item, paths, connection } = await get(
			linked([link, { status }, `${HOST}/files/2.wav`, { body: WAV }]),
		);
		expect(paths).toEqual(['/base/link/a.wav', '/files/1.wav', '/base/link/a.wav', '/files/2.wav']);
		expect(item.json.recordingFound).toBe(true);
		expect(connection.report.retries).toBe(0);
	});

	it('is asked for no third time', async () => {
		const link = `${HOST}/files/1.wav`;
		const gone = await get(linked([link, { status: 404 }, link, { status: 404 }]));
		expect(gone.item.json).toMatchObject({
			recordingFound: false,
			recordingReason: 'This recording does not exist or has been deleted (HTTP 404)',
		});
		expect(gone.requests).toHaveLength(4);
		const denied = await failed(linked([link, { status: 403 }, link, { status: 403 }]));
		expect(denied.error.message).toContain('HTTP 403');
		expect(denied.requests).toHaveLength(4);
	});

	it('is asked for anew at every try, five of them after the one that had ended', async () => {
		const link = `${HOST}/files/1.wav`;
		const { error, requests } = await failed(
			linked([
				link,
				{ status: 403 },
				link,
				{ status: 503 },
				link,
				{ status: 503 },
				link,
				{ status: 503 },
				link,
				{ status: 503 },
				link,
				{ status: 503 },
			]),
		);
		expect(error.message).toContain('HTTP 503');
		expect(requests).toHaveLength(12);
	});
});

describe('a recording without a link', () => {
	it.each([404, 410])('is not there (%i), and is not asked for again', async (status) => {
		const { item, requests } = await get({ respond: () => ({ status }) });
		expect(item.json.recordingFound).toBe(false);
		expect(requests).toHaveLength(1);
	});

	it.each([401, 403])('that is refused (%i) is an error at once', async (status) => {
		const { error, requests } = await failed({ respond: () => ({ status }) });
		expect(error.message).toContain(`HTTP ${status}`);
		expect(requests).toHaveLength(1);
	});

	it('is asked for once more with a new session, and no third time', async () => {
		const over = { body: '{"no":"gone"}' };
		const { item, requests } = await get({
			respond: (_url, number) => (number === 1 ? over : { body: WAV }),
		});
		expect(item.json.recordingFound).toBe(true);
		expect(requests).toHaveLength(2);
		const ended = await failed({ respond: () => over });
		expect(ended.error.message).toContain('does not accept the session token');
		expect(ended.requests).toHaveLength(2);
	});
});
