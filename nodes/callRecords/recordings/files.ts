import { Hash, createHash } from 'crypto';

import { NodeOperationError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../platform';

export interface StoredFile {
	binary: IBinaryData;
	bytes: number;
	/** SHA-256 of the file, in hexadecimal. */
	checksum: string;
}

/**
 * Gives a file to n8n as it comes in, at the pace at which n8n stores it, so that no more than a chunk of it is held.
 * If `chunks` fails, n8n drops what it has stored so far, and the failure is thrown as it was.
 */
export async function storeFile(
	context: IExecuteFunctions,
	chunks: AsyncIterable<Uint8Array>,
	fileName: string,
	mimeType: string,
): Promise<StoredFile> {
	const hash = createHash('sha256');
	let bytes = 0;
	let isWhole = false;
	let failure: { error: unknown } | undefined;

	// A storage that fails throws its error in at `yield`: that is no failure of `chunks`.
	const noted = async function* () {
		try {
			for await (const chunk of chunks) yield chunk;
		} catch (error) {
			failure = { error };
			throw new NodeOperationError(context.getNode(), 'The file broke off');
		}
	};
	const measured = async function* () {
		for await (const chunk of noted()) {
			bytes += chunk.byteLength;
			hash.update(chunk);
			yield chunk;
		}
		isWhole = true;
	};
	// n8n takes a stream of Node. A hash is one, and its class makes streams of anything that comes in chunks.
	const stored = await context.helpers
		.prepareBinaryData(Hash.from(measured()), fileName, mimeType)
		.then(
			(binary) => ({ binary }),
			(error: unknown) => ({ error }),
		);
	if (failure) throw failure.error;
	if ('error' in stored || !isWhole) {
		const { message } = ('error' in stored ? stored.error : {}) as { message?: unknown };
		throw new NodeOperationError(
			context.getNode(),
			"n8n's binary data storage did not take the file",
			{
				description: `${message === undefined ? '' : `It says: "${String(message)}". `}Check the free space and the limits of where n8n keeps binary data.`,
			},
		);
	}
	return { binary: stored.binary, bytes, checksum: hash.digest('hex') };
}

/** The field of the item that gets the file. */
export function readBinaryField(context: IExecuteFunctions, itemIndex: number): string {
	const given = context.getNodeParameter('binaryPropertyName', itemIndex, 'data');
	const name = typeof given === 'string' ? given.trim() : '';
	if (name !== '') return name;
	throw new InputError(
		'Put Output File in Field',
		"'Put Output File in Field' is empty",
		'Name the field that gets the file, usually data.',
	);
}
