import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { download, type DownloadOptions } from '../../../nodes/callRecords/recordings/download';
import { InputError, type RecordingLink } from '../../../nodes/callRecords/platform';
import { mp3File, wavFile } from '../../vendors/recordings';
import { fakeFiles, type FakeFilesOptions, type FileAnswer } from '../../support/fakeFiles';
import { thrownBy } from '../../support/fakePlatform';

const WAV = Buffer.concat([...wavFile('a.wav', 30_000).chunks()]);
const MP3 = Buffer.concat([...mp3File('a.mp3', 30_000).chunks()]);
const FROM = 'Fake PBX at pbx.example.com:8088';

interface Setting extends Partial<FakeFilesOptions> {
	link?: Partial<RecordingLink>;
	download?: Partial<DownloadOptions>;
}

async function begin(answer: FileAnswer, { link, download: own, ...more }: Setting = {}) {
	const files = await fakeFiles({ respond: () => answer, ...more });
	const work = download(
		files.context,
		files.connection,
		{ url: 'rec/a.wav', ...link },
		{ recording: 'a.wav', allowedHosts: [], missing: ['none'], isStopped: () => false, ...own },
	);
	return { files, work };
}

async function get(answer: FileAnswer, setting: Setting = {}) {
	const { files, work } = await begin(answer, setting);
	return { found: await work, ...files };
}

/** What it comes to when nothing is stored; the connection has to be closed then. */
async function problemOf(answer: FileAnswer, setting: Setting = {}) {
	const { found, stored, requests } = await get(answer, setting);
	expect(stored).toEqual([]);
	expect(requests.map(({ body }) => body.destroyed)).toEqual([true]);
	if (!('problem' in found)) throw new Error(`no problem, but ${JSON.stringify(found)}`);
	return found.problem;
}

describe('a recording', () => {
	it('is stored, and told what it is', async () => {
		const chunks = [WAV.subarray(0, 700), WAV.subarray(700)];
		const { found, stored, requests } = await get({ body: chunks });
		expect(found).toEqual({
			file: {
				binary: { data: 'stored', fileName: 'a.wav', mimeType: 'audio/wav' },
				bytes: 30_000,
				checksum: createHash('sha256').update(WAV).digest('hex'),
				fileName: 'a.wav',
				mimeType: 'audio/wav',
			},
		});
		expect(stored[0].content.equals(WAV)).toBe(true);
		expect(requests[0].body.destroyed).toBe(true);
	});

	it.each([
		['the platform', { fileName: 'call 7.wav' }, 'b.wav', { file: 'c.wav' }, 'call 7.wav'],
		['what was asked for', {}, 'folder/b.wav?token=x.mp3#y', { file: 'c.wav' }, 'b.wav'],
		['the server', {}, 'id-7', { file: 'c.wav' }, 'c.wav'],
		['the address', { url: 'rec/d%C3%A9.wav?x=y.wav' }, 'id-7', {}, 'dé.wav'],
		['what was asked for, where none has an ending', { url: 'get/7' }, 'id-7#x', {}, 'id-7.wav'],
	])('is named by %s', async (_who, link, recording, { file }: { file?: string }, name) => {
		const headers: IDataObject = file ? { 'content-disposition': `inline; filename=${file}` } : {};
		const { stored } = await get({ body: WAV, headers }, { link, download: { recording } });
		expect(stored[0]).toMatchObject({ fileName: name, mimeType: 'audio/wav' });
	});

	it('is what its bytes say, and else what the server says', async () => {
		const first = await get({ body: MP3, headers: { 'content-type': 'audio/wav' } });
		expect(first.stored[0]).toMatchObject({ fileName: 'a.mp3', mimeType: 'audio/mpeg' });
		const body = Buffer.alloc(600, 7);
		const second = await get({ body, headers: { 'content-type': 'audio/gsm' } });
		expect(second.stored[0]).toMatchObject({ fileName: 'a.gsm', mimeType: 'audio/x-gsm' });
	});

	it.each([
		[127, false],
		[128, true],
		[511, true],
		[512, true],
		[513, true],
	])('of %i bytes is one: %s', async (length, isOne) => {
		const body = MP3.subarray(0, length);
		const { found } = await get({ body });
		expect('file' in found).toBe(isOne);
	});

	it.each([
		['shorter than the server says', { 'content-length': '30001' }, 'with 30000 of 30001 bytes'],
		['damaged', { 'content-md5': 'AAAA' }, 'came in damaged: its checksum'],
	])('that is %s is none', async (_what, headers, words) => {
		const problem = await problemOf({
			body: [WAV.subarray(0, 20_000), WAV.subarray(20_000)],
			headers,
		});
		expect(problem.kind).toBe('temporary');
		expect(problem.message).toMatch(new RegExp(`^The recording from ${FROM} came in`));
		expect(problem.message).toContain(words);
		expect(problem.description).toBe(
			'Try again later; if it stays, the file is damaged on the server.',
		);
	});

	it('that is shorter than its own header says is none', async () => {
		const problem = await problemOf({ body: WAV.subarray(0, 20_000) });
		expect(problem.message).toContain('came in with 20000 of at least 29999 bytes');
	});

	it.each([
		['at once', []],
		['in its first bytes', WAV.subarray(0, 300)],
		['in the middle', [WAV.subarray(0, 600), WAV.subarray(600, 5000)]],
	])('that is cut off %s is none', async (_when, body) => {
		expect(await problemOf({ body, breaks: true })).toMatchObject({
			kind: 'temporary',
			message: `The recording from ${FROM} was cut off before it was whole`,
		});
	});

	it('is compared from its first byte to its last', async () => {
		const digest = createHash('md5').update(WAV).digest('base64');
		const body = [WAV.subarray(0, 600), WAV.subarray(600, 5000), WAV.subarray(5000)];
		const headers = { 'content-length': '30000', 'content-md5': digest };
		expect((await get({ body, headers })).found).toHaveProperty('file');
	});

	it('that is not stored is an error of the storage', async () => {
		const { work, files } = await begin(
			{ body: WAV },
			{ store: async () => await Promise.reject(new Error('disk full')) },
		);
		expect((await thrownBy(work)).message).toContain('did not take the file');
		expect(files.requests[0].body.destroyed).toBe(true);
	});
});

describe('what there is not', () => {
	it.each([404, 410])('HTTP %i is a result', async (status) => {
		const { found, requests } = await get({ status, body: '<html>' });
		expect(found).toEqual({
			missing: `This recording does not exist or has been deleted (HTTP ${status})`,
		});
		expect(requests[0].body.destroyed).toBe(true);
	});

	it('a code that means so is a result', async () => {
		expect((await get({ body: '{"no":"none","words":"x"}' })).found).toEqual({
			missing: 'This recording does not exist or has been deleted',
		});
	});
});

describe('a status that is no success', () => {
	const NOT_SENT = {
		kind: 'unknown',
		description: 'Check that the recording can be played on the platform itself.',
	};

	it.each([300, 304, 400, 402, 451])('HTTP %i says that it was not sent', async (status) => {
		expect(await problemOf({ status, body: 'no' })).toEqual({
			...NOT_SENT,
			message: `${FROM} did not send the recording (HTTP ${status})`,
			httpCode: String(status),
		});
	});

	it.each([
		[429, 'rate', 'asks for fewer requests'],
		[500, 'temporary', 'is not able to answer now'],
		[503, 'temporary', 'is not able to answer now'],
	])('HTTP %i may be gone the next time', async (status, kind, words) => {
		const headers = { 'retry-after': '3' };
		expect(await problemOf({ status, body: 'no', headers })).toMatchObject({
			kind,
			message: `${FROM} ${words} (HTTP ${status})`,
			retryAfterMs: 3000,
		});
	});

	it.each([401, 403])('HTTP %i is about the credential only where it was shown', async (status) => {
		expect(await problemOf({ status, body: 'no' })).toMatchObject({
			kind: 'credentials',
			message: `${FROM} denies access (HTTP ${status})`,
		});
		const elsewhere = await problemOf(
			{ status, body: 'no' },
			{ link: { url: 'https://rec.example.com/a.wav', isChosen: true } },
		);
		expect(elsewhere).toMatchObject({
			...NOT_SENT,
			message: `Fake PBX at rec.example.com did not send the recording (HTTP ${status})`,
		});
	});

	it('is told of a file that came in part: HTTP 206 is a success', async () => {
		expect((await get({ status: 206, body: WAV })).found).toHaveProperty('file');
	});
});

describe('an answer that is no sound', () => {
	it('in the words of the platform is its apiError', async () => {
		expect(await problemOf({ body: '{"no":"login","words":"the-password is wrong"}' })).toEqual({
			kind: 'credentials',
			message: 'Fake PBX does not know you (code login)',
			description:
				'Correct the fields of the credential and test it again. The platform says: "••• is wrong"',
		});
	});

	it('may be long: a apiError in several pieces is read whole', async () => {
		const words = 'x'.repeat(3000);
		const text = `{"words":"${words}","no":"gone"}`;
		const body = [text.slice(0, 900), text.slice(900, 2000), text.slice(2000)];
		expect((await problemOf({ body })).kind).toBe('expired');
	});

	it('in other JSON is shown, shortened and without secrets', async () => {
		const text = `{ "oops":\n\t"the-password ${'y'.repeat(300)}" }`;
		const problem = await problemOf({ body: text });
		expect(problem).toMatchObject({
			kind: 'unknown',
			message: `${FROM} sent an error text in place of the recording`,
		});
		const [, words] = /^Check that the recording still exists\. The server says: "(.*)"$/s.exec(
			problem.description ?? '',
		)!;
		expect(words).toHaveLength(200);
		expect(words).toMatch(/^\{ "oops": "••• y+$/);
	});

	it('of the platform, but without a apiError, is an error text too', async () => {
		for (const body of ['{"ok":[]}', '[1, 2', ' {"half":']) {
			const { message, description } = await problemOf({ body });
			expect(message).toContain('sent an error text');
			expect(description).toContain(`The server says: "${body.trim()}"`);
		}
	});

	it.each([
		['begins like one', { body: ' <!DOCTYPE html>' }],
		['is called one', { body: 'Please log in', headers: { 'content-type': 'Text/HTML; x=y' } }],
	])('on a page that %s may be a login', async (_what, answer) => {
		expect(await problemOf(answer)).toEqual({
			kind: 'unknown',
			message: `${FROM} sent a web page in place of the recording`,
			description:
				'It may be a login page: check that the credential may read recordings, and that the recording still exists.',
		});
	});

	it.each([
		['no file,\r\n sorry', 'The server says: "no file, sorry"'],
		['no\0file', ''],
		['', ''],
		['x'.repeat(300), `The server says: "${'x'.repeat(200)}"`],
	])('of few bytes is told with its words: %j', async (body, words) => {
		const what = 'There may be no recording of this call, or not any more.';
		expect(await problemOf({ body })).toEqual({
			kind: 'unknown',
			message: `${FROM} sent only ${body.length} bytes in place of the recording`,
			description: words ? `${what} ${words}` : what,
		});
	});

	it('shows no secret of few bytes', async () => {
		expect((await problemOf({ body: 'not with the-password' })).description).toContain(
			'"not with •••"',
		);
	});

	it.each([512, 5000])('of %i bytes is something else', async (length) => {
		expect(await problemOf({ body: '%PDF'.repeat(length / 4) })).toEqual({
			kind: 'unknown',
			message: `${FROM} sent something that is no sound file in place of the recording`,
			description: 'Check that the recording can be played on the platform itself.',
		});
	});
});

describe('a download', () => {
	it('from a host that nobody allowed is refused by the parameter', async () => {
		const { work } = await begin({ body: WAV }, { link: { url: 'https://rec.example.com/a' } });
		expect(await thrownBy(work)).toBeInstanceOf(InputError);
	});

	it('from a host that the user allowed works', async () => {
		const { found } = await get(
			{ body: WAV },
			{
				link: { url: 'https://rec.example.com/a' },
				download: { allowedHosts: ['rec.example.com'] },
			},
		);
		expect(found).toHaveProperty('file');
	});

	it('that nobody answers has a problem', async () => {
		const { found } = await get(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
		expect(found).toMatchObject({
			problem: { kind: 'temporary', message: `${FROM} closed the connection` },
		});
	});

	it('of a run that is stopped is given up', async () => {
		const { files, work } = await begin({ body: [] }, { download: { isStopped: () => true } });
		await work;
		expect(files.requests[0].body.destroyed).toBe(true);
		expect(files.stored).toEqual([]);
	});
});
