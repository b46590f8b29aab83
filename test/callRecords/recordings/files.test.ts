import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { readBinaryField, storeFile } from '../../../nodes/callRecords/recordings/files';
import { InputError } from '../../../nodes/callRecords/platform';
import { fakeFiles, type FakeFilesOptions } from '../../support/fakeFiles';
import { executeContext, fakeConnection, thrownBy } from '../../support/fakePlatform';

async function* chunksOf(texts: string[], failure?: Error) {
	for (const text of texts) yield await Promise.resolve(Buffer.from(text));
	if (failure) throw failure;
}

const files = async (store?: FakeFilesOptions['store']) =>
	await fakeFiles({ respond: () => ({}), store });

describe('a file', () => {
	it('is stored as it comes, with its length and checksum', async () => {
		const { context, stored } = await files();
		const found = await storeFile(context, chunksOf(['ab', 'ü', 'c']), 'a.wav', 'audio/wav');
		expect(found).toEqual({
			binary: { data: 'stored', fileName: 'a.wav', mimeType: 'audio/wav' },
			bytes: 5,
			checksum: createHash('sha256').update('abüc').digest('hex'),
		});
		expect(stored).toEqual([
			{ content: Buffer.from('abüc'), fileName: 'a.wav', mimeType: 'audio/wav' },
		]);
	});

	it('may be empty', async () => {
		const { context } = await files();
		const { bytes } = await storeFile(context, chunksOf([]), 'a', 'text/csv');
		expect(bytes).toBe(0);
	});

	it('is asked for no faster than it is stored', async () => {
		let made = 0;
		async function* many() {
			for (; made < 1000; made++) yield await Promise.resolve(Buffer.alloc(65_536));
		}
		const { context } = await files(async (file) => {
			for await (const chunk of file) {
				if (chunk) break;
			}
			return { data: '', mimeType: '' };
		});
		await thrownBy(storeFile(context, many(), 'a', 'b'));
		expect(made).toBeLessThan(50);
	});

	it('that breaks off fails with the reason it broke off for, and leaves nothing', async () => {
		const { context, stored } = await files();
		const reason = new Error('cut off');
		const error = await thrownBy(storeFile(context, chunksOf(['ab'], reason), 'a', 'b'));
		expect(error).toBe(reason);
		expect(stored).toEqual([]);
	});

	it.each([
		['No space left', 'It says: "No space left". Check the free space'],
		[undefined, 'Check the free space and the limits of where n8n keeps binary data.'],
	])('that is not stored says so: %s', async (message, description) => {
		const { context } = await files(async () => await Promise.reject({ message }));
		const error = await thrownBy(storeFile(context, chunksOf(['ab']), 'a', 'b'));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe("n8n's binary data storage did not take the file");
		expect(error.description).toMatch(new RegExp(`^${description.replace(/[.()]/g, '\\$&')}`));
	});

	it('whose storage fails in the middle, as n8n writes it, says so', async () => {
		const { context, stored } = await files(async (file) => {
			const disk = new Writable({
				write: (_chunk, _encoding, done) => done(new Error('ENOSPC: no space left on device')),
			});
			await pipeline(file, disk);
			return { data: 'stored', mimeType: '' };
		});
		const error = await thrownBy(storeFile(context, chunksOf(['ab', 'cd', 'ef']), 'a', 'b'));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe("n8n's binary data storage did not take the file");
		expect(error.description).toMatch(/^It says: "ENOSPC: no space left on device"\. Check/);
		expect(stored).toEqual([]);
	});

	it('whose storage fails at the very end is none', async () => {
		const { context } = await files(async (file) => {
			for await (const chunk of file) if (!chunk) break;
			throw new Error('quota exceeded');
		});
		const error = await thrownBy(storeFile(context, chunksOf(['ab', 'cd']), 'a', 'b'));
		expect(error.message).toBe("n8n's binary data storage did not take the file");
		expect(error.description).toMatch(/^It says: "quota exceeded"\. Check/);
	});

	it('that storage took in part only is none', async () => {
		const { context } = await files(async (file) => {
			for await (const chunk of file) if (chunk) break;
			return { data: 'stored', mimeType: '' };
		});
		const error = await thrownBy(storeFile(context, chunksOf(['ab', 'cd']), 'a', 'b'));
		expect(error.message).toBe("n8n's binary data storage did not take the file");
		expect(error.description).toMatch(/^Check the free space/);
	});

	it('that nobody wants any more is asked for no further', async () => {
		let isReleased = false;
		async function* endless() {
			try {
				for (;;) yield await Promise.resolve(Buffer.alloc(65_536));
			} finally {
				isReleased = true;
			}
		}
		const { context } = await files(async (file) => {
			for await (const chunk of file) if (chunk) break;
			return { data: 'stored', mimeType: '' };
		});
		await thrownBy(storeFile(context, endless(), 'a', 'b'));
		await new Promise(setImmediate);
		expect(isReleased).toBe(true);
	});
});

describe('the field that gets a file', () => {
	const read = (parameters: object): string => {
		const { context } = executeContext(fakeConnection({ respond: () => ({ body: '' }) }), {
			...parameters,
		});
		return readBinaryField(context as IExecuteFunctions, 0);
	};

	it.each([
		[{}, 'data'],
		[{ binaryPropertyName: ' sound ' }, 'sound'],
	])('with %j is %s', (parameters, name) => expect(read(parameters)).toBe(name));

	it.each(['', '  ', 5, null])('may not be %j', (binaryPropertyName) => {
		let error: unknown;
		try {
			read({ binaryPropertyName });
		} catch (thrown) {
			error = thrown;
		}
		expect(error).toBeInstanceOf(InputError);
		expect(error).toMatchObject({
			parameter: 'Put Output File in Field',
			message: "'Put Output File in Field' is empty",
			advice: 'Name the field that gets the file, usually data.',
		});
	});
});
