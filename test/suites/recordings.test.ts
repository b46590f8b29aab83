import type { IDataObject } from 'n8n-workflow';

import type { FileFault } from '../vendors/recordings';
import type { Fault } from '../vendors/server';
import { startBinaryStorage, type BinaryStorage } from '../support/binaryStorage';
import type * as Clock from '../support/clock';
import type { EngineResult } from '../support/engine';
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

describe.each(RECORDING_KITS.map((own) => ({ own, name: own.kit.platform.name })))(
	'recordings of $name',
	({ own }) => {
		const { title } = own.kit.platform;
		let scene: RecordingScene;
		let storage: BinaryStorage;
		let before: string[];
		let record: IDataObject;
		let file: string;
		beforeAll(async () => {
			storage = await startBinaryStorage();
			scene = await startRecordingScene(own);
			[record] = scene.recorded;
			file = scene.fileOf(record);
		});
		afterAll(async () => await scene.stop());
		beforeEach(() => {
			scene.sandbox.fault = undefined;
			scene.files.fault = undefined;
			scene.sandbox.forget();
			before = storage.files();
		});

		const newFiles = () => storage.files().filter((name) => !before.includes(name));

		/** Silence is only waited for where there is some: time passes quickly here. */
		const patience = ({ silentAfter }: FileFault) => ({
			options: { timeout: silentAfter === undefined ? 3_600_000 : 60_000 },
		});

		/** What goes wrong with each attempt to get a file; the last entry goes on for ever. */
		const spoil = (...faults: Array<FileFault | undefined>) => {
			let attempt = 0;
			scene.files.fault = () => faults[Math.min(attempt++, faults.length - 1)];
		};
		const answerWith = (...faults: Array<Fault | undefined>) => {
			let attempt = 0;
			scene.sandbox.fault = (request) =>
				own.isFile(request) ? faults[Math.min(attempt++, faults.length - 1)] : undefined;
		};

		const expectWhole = async ({ items, error }: EngineResult) => {
			expect(error).toBeUndefined();
			const content = await storage.read(items[0].binary?.data);
			const { bytes, mimeType } = scene.files.file(file);
			expect(content.equals(Buffer.concat([...scene.files.file(file).chunks()]))).toBe(true);
			expect(items[0].json).toEqual({
				...record,
				recordingFound: true,
				recordingFileName: scene.nameOf(file),
				recordingMimeType: mimeType,
				recordingBytes: bytes,
				recordingChecksum: scene.files.sha256(file),
			});
		};
		const expectOneError = ({ items, error }: EngineResult, message: RegExp) => {
			expect(error?.message).toMatch(message);
			expect(error?.message).toContain(title);
			expect(error?.description).toMatch(/\w{3,} .*\w\./);
			expect(items).toEqual([]);
			expect(newFiles()).toEqual([]);
		};

		it('come as files, one for each call record, named and typed rightly', async () => {
			const { items, error } = await scene.download(scene.recorded);
			expect(error).toBeUndefined();
			expect(items).toHaveLength(scene.recorded.length);
			for (const [i, { json, binary, pairedItem }] of items.entries()) {
				const name = scene.fileOf(scene.recorded[i]);
				expect(json).toMatchObject({
					...scene.recorded[i],
					recordingFound: true,
					recordingChecksum: scene.files.sha256(name),
				});
				expect(binary?.data).toMatchObject({
					fileName: scene.nameOf(name),
					mimeType: scene.files.file(name).mimeType,
					bytes: scene.files.file(name).bytes,
				});
				expect(pairedItem).toEqual({ item: i });
			}
			expect(scene.sandbox.requests.some((request) => scene.sandbox.isRead(request))).toBe(false);
		});

		it('are asked for with the credential only where files want it', async () => {
			await scene.download([record]);
			const [request] = scene.fileRequests();
			const given = own.kit.answers?.proofs.filter(
				(proof) => proof in request.fields || proof in request.headers,
			);
			expect(given?.filter((proof) => proof !== 'api_hash')).toEqual(own.proofs);
		});

		it('that a call has not got are a result, and cost no request', async () => {
			const items = [
				scene.unrecorded[0],
				{ any: 'thing' },
				{ recordingFile: '', recordingUrl: null },
			];
			const { items: found, error } = await scene.download(items);
			expect(error).toBeUndefined();
			expect(found.map(({ json }) => json)).toEqual(
				items.map((json) => ({
					...json,
					recordingFound: false,
					recordingReason: 'This call has no recording',
				})),
			);
			expect(found.some(({ binary }) => binary !== undefined)).toBe(false);
			expect(scene.sandbox.requests).toEqual([]);
		});

		it.each([{ status: 404 }, { status: 410 }])(
			'that are not there any more (%j) are a result',
			async (fault) => {
				answerWith(fault);
				const { items, error } = await scene.download([record]);
				expect(error).toBeUndefined();
				expect(items[0].json).toMatchObject({
					...record,
					recordingFound: false,
					recordingReason: expect.stringContaining('does not exist') as unknown,
				});
				expect(items[0].binary).toBeUndefined();
			},
		);

		it('come in the field that is named, beside what the item has', async () => {
			const { items } = await scene.download([record], { binaryPropertyName: 'sound' });
			expect(Object.keys(items[0].binary ?? {})).toEqual(['sound']);
		});

		it.each<[string, FileFault]>([
			['cut off by the connection', { resetAfter: 9000 }],
			['cut off by the connection at once', { resetAfter: 0 }],
			['shorter than the server says', { endAfter: 9000 }],
			['cut off between chunks', { resetAfter: 9000, length: 'chunked' }],
			['silent in the middle', { silentAfter: 9000 }],
			['damaged, by its checksum', { damaged: true, headers: { 'content-md5': 'AAAA' } }],
		])('are tried again when they are %s', async (_what, fault) => {
			spoil(fault, fault, undefined);
			await expectWhole(await scene.download([record], patience(fault)));
			expect(scene.fileRequests()).toHaveLength(3);
		});

		it.each<[string, FileFault, RegExp]>([
			['cut off', { resetAfter: 9000 }, /was cut off before it was whole/],
			['shorter than the server says', { endAfter: 9000 }, /cut off|of \d+ bytes/],
			['silent', { silentAfter: 9000 }, /stopped coming for 60 s before it was whole/],
			[
				'damaged',
				{ damaged: true, headers: { digest: 'sha-256=AAAA' } },
				/came in damaged: its checksum/,
			],
		])('that stay %s end with one error, and no file', async (_what, fault, message) => {
			spoil(fault);
			expectOneError(await scene.download([record], patience(fault)), message);
			expect(scene.fileRequests()).toHaveLength(5);
		});

		it.each<[string, Fault]>([
			['HTTP 500', { status: 500 }],
			['HTTP 429', { status: 429, headers: { 'retry-after': '3' } }],
			['a connection that breaks at once', { reset: 'before' }],
		])('are tried again after %s', async (_what, fault) => {
			answerWith(fault, fault, undefined);
			await expectWhole(await scene.download([record]));
		});

		it.each<[string, Fault, RegExp]>([
			['a web page', { status: 200 }, /sent a web page in place of the recording/],
			[
				'a web page called sound',
				{ status: 200, headers: { 'content-type': 'audio/mpeg' } },
				/sent a web page in place of the recording/,
			],
			[
				'an error in JSON',
				{
					status: 200,
					body: '{"oops":"no such thing"}',
					headers: { 'content-type': 'application/json' },
				},
				/sent an error text in place of the recording/,
			],
			[
				'next to nothing',
				{ status: 200, body: 'no file', headers: { 'content-type': 'audio/wav' } },
				/sent only 7 bytes in place of the recording/,
			],
			[
				'nothing',
				{ status: 200, body: '' },
				/sent (only 0 bytes|a web page) in place of the recording/,
			],
			[
				'a header without sound',
				{ status: 200, body: 'RIFF$\0\0\0WAVEfmt ', headers: { 'content-type': 'audio/wav' } },
				/sent only 16 bytes in place of the recording/,
			],
			[
				'something else',
				{
					status: 200,
					body: '%PDF-1.7 '.repeat(200),
					headers: { 'content-type': 'application/pdf' },
				},
				/sent something that is no sound file in place of the recording/,
			],
			['HTTP 403', { status: 403 }, /HTTP 403/],
			['HTTP 400', { status: 400 }, /did not send the recording \(HTTP 400\)/],
		])('are an error when the server sends %s', async (_what, fault, message) => {
			answerWith(fault);
			expectOneError(await scene.download([record]), message);
		});

		it('go on with the next one after a failed one, if they may', async () => {
			answerWith({ status: 400 }, undefined);
			const { items } = await scene.download([record, record], {}, { continueOnFail: true });
			expect(items[0].json.error).toContain('HTTP 400');
			expect(items[1].json.recordingFound).toBe(true);
		});

		it('stop at once when the run is stopped, and leave nothing', async () => {
			const stopped = new AbortController();
			scene.files.fault = () => {
				setImmediate(() => stopped.abort());
				return { silentAfter: 9000 };
			};
			await scene.download([record, record], {}, { signal: stopped.signal }).catch(() => undefined);
			await new Promise((resolve) => setTimeout(resolve, 300));
			expect(newFiles()).toEqual([]);
			expect(scene.fileRequests()).toHaveLength(1);
		});

		it('show no secret', async () => {
			const texts: string[] = [];
			const note = ({ items, error }: EngineResult) =>
				texts.push(
					JSON.stringify(items.map(({ json }) => json)),
					JSON.stringify(error ?? null),
					`${error?.message} ${error?.description}`,
				);
			note(await scene.download(scene.recorded.slice(0, 2)));
			for (const fault of [
				{ status: 403 },
				{ status: 200 },
				{ status: 302 },
				{ reset: 'before' as const },
			]) {
				answerWith(fault);
				note(await scene.download([record]));
			}
			answerWith(undefined);
			const tokens = scene.sandbox.requests
				.flatMap(({ fields, headers }) => [
					fields.token,
					fields.access_token,
					headers.authorization,
				])
				.filter((token) => token !== undefined)
				.map((token) => String(token).replace(/^Bearer /, ''));
			for (const secret of [...own.kit.secrets, ...tokens]) {
				for (const text of texts) expect(text).not.toContain(secret);
			}
		});
	},
);
