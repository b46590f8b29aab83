import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { text } from '../../callRecord';
import { toNodeApiError, type Problem } from '../../errors';
import { download, type Downloaded, type DownloadOptions } from '../../recordings/download';
import { readBinaryField } from '../../recordings/files';
import { readAllowedHosts } from '../../recordings/hosts';
import { InputError, type RecordingLink, type Recordings } from '../../platform';
import { connect, type Connection, type Run } from '../../transport/connection';
import { wait } from '../../transport/throttle';
import { tooLong } from '../../transport/retry';
import type { Execute, Operation } from '../operation';
import { downloadOptions, recordingFields } from '../fileDescription';
import { optionsCollection, requestOptions } from '../properties';

const TRIES = 5;
const FIRST_WAIT_MS = 500;
/** How servers refuse a link that has ended, besides saying that there is nothing. */
const ENDED = ['401', '403'];

/** The recording of one call as a file; where there is none, the item says so and the run goes on. */
const execute: Execute = async (context, platform, run, itemIndex, place) => {
	const { recordings } = platform;
	if (!recordings) throw new InputError('Resource', `${platform.title} gives no recordings`);
	const recording = readRecording(context.getNodeParameter('recording', itemIndex, ''));
	const field = readBinaryField(context, itemIndex);
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const allowedHosts = readAllowedHosts(options.allowedHosts);
	const input = context.getInputData()[itemIndex];
	const item = (json: IDataObject, binary: INodeExecutionData['binary']): INodeExecutionData => ({
		json: { ...input.json, ...json },
		...(binary ? { binary } : {}),
		pairedItem: { item: itemIndex },
	});
	if (recording === null) {
		return [
			item({ recordingFound: false, recordingReason: 'This call has no recording' }, input.binary),
		];
	}
	// What a platform is asked before reading is about call records.
	run.isForLists = true;
	const connection = await connect(context, platform, options, run, itemIndex);
	Object.assign(place, { connection });
	const address = urlOf(input.json, recording) ?? recording;
	const found = await inTurn(
		recordings,
		connection,
		recording,
		async () =>
			await persist(context, connection, recordings, run, address, {
				recording,
				allowedHosts,
				missing: [],
				isStopped: () => run.isStopped(),
			}),
	);
	if ('missing' in found) {
		return [item({ recordingFound: false, recordingReason: found.missing }, input.binary)];
	}
	const { fileName, mimeType, bytes, checksum, binary } = found.file;
	return [
		item(
			{
				recordingFound: true,
				recordingFileName: fileName,
				recordingMimeType: mimeType,
				recordingBytes: bytes,
				recordingChecksum: checksum,
			},
			{ ...input.binary, [field]: binary },
		),
	];
};

/** Null when the call has none. */
function readRecording(given: unknown): string | null {
	if (given === null || given === undefined || typeof given === 'boolean') return null;
	if (typeof given === 'string' || typeof given === 'number') return text(given);
	throw new InputError(
		'Recording',
		"'Recording' has to be a file name or a URL",
		'Give the recordingFile or recordingUrl of a call record.',
	);
}

/** A call record that names the file may name its URL as well, which leads there without asking. */
function urlOf({ recordingFile, recordingUrl }: IDataObject, recording: string): string | null {
	return text(recordingFile) === recording ? text(recordingUrl) : null;
}

/**
 * Tries until the file is there, or trying again cannot help. Each try begins with asking where the file is, since
 * links end.
 */
async function persist(
	context: IExecuteFunctions,
	connection: Connection,
	recordings: Recordings,
	run: Run,
	address: string,
	options: DownloadOptions,
): Promise<Exclude<Downloaded, { problem: Problem }>> {
	const { report, longestWaitMs } = connection;
	let isRenewed = false;
	for (let attempt = 1; ; attempt++) {
		const { outcome, wasAsked } = await attemptOnce(
			context,
			connection,
			recordings,
			address,
			options,
		);
		const problem = 'problem' in outcome ? outcome.problem : null;
		const mayHaveEnded =
			problem?.kind === 'expired' ||
			(wasAsked &&
				(problem === null ? 'missing' in outcome : ENDED.includes(problem.httpCode ?? '')));
		if (mayHaveEnded && !isRenewed) {
			isRenewed = true;
			attempt--;
			continue;
		}
		if (!('problem' in outcome)) return outcome;
		const mayHelp = outcome.problem.kind === 'temporary' || outcome.problem.kind === 'rate';
		if (!mayHelp || attempt >= TRIES || run.isStopped()) {
			throw toNodeApiError(context.getNode(), outcome.problem);
		}
		const pause = Math.max(outcome.problem.retryAfterMs ?? 0, FIRST_WAIT_MS * 2 ** (attempt - 1));
		if (pause > longestWaitMs)
			throw toNodeApiError(context.getNode(), tooLong(outcome.problem, pause));
		report.retries++;
		await wait(pause, () => run.isStopped());
	}
}

async function attemptOnce(
	context: IExecuteFunctions,
	connection: Connection,
	recordings: Recordings,
	address: string,
	options: DownloadOptions,
): Promise<{ outcome: Downloaded; wasAsked: boolean }> {
	const found: ReturnType<Recordings['find']> = /^https?:\/\//i.test(address)
		? { url: address }
		: recordings.find(address, connection.settings);
	if ('url' in found) {
		const { missing = options.missing } = found;
		const outcome = await download(context, connection, found, { ...options, missing });
		return { outcome, wasAsked: false };
	}
	const answer = await connection.apiRequest(found.apiRequest, found.missing);
	const link: RecordingLink | null =
		'payload' in answer && answer.rejected === undefined ? found.link(answer.payload) : null;
	if (link === null) {
		const missing = 'This recording does not exist or has been deleted';
		return { outcome: { missing }, wasAsked: false };
	}
	const { missing } = found;
	return {
		outcome: await download(context, connection, link, { ...options, missing }),
		wasAsked: true,
	};
}

/** The last of those that wait for each platform that bears one download at a time, whichever execution it is of. */
const lastInTurn = new Map<string, Promise<unknown>>();

async function inTurn<T>(
	recordings: Recordings,
	{ settings }: Connection,
	recording: string,
	work: () => Promise<T>,
): Promise<T> {
	if (recordings.isOneAtATime?.(recording) !== true) return await work();
	const before = lastInTurn.get(settings.host) ?? Promise.resolve();
	const mine = before.catch(() => undefined).then(work);
	lastInTurn.set(settings.host, mine);
	return await mine.finally(() => {
		if (lastInTurn.get(settings.host) === mine) lastInTurn.delete(settings.host);
	});
}

export const recordingDownload: Operation = {
	value: 'download',
	name: 'Download',
	description: 'Download the recording of a call as a file',
	action: ({ title }) => `Download a recording from ${title}`,
	properties: (platform) => [
		...recordingFields,
		optionsCollection([
			...downloadOptions,
			...requestOptions(platform).filter(
				({ name }) => name === 'timeout' || name === 'longestWait',
			),
			...(platform.recordings?.options ?? []),
		]),
	],
	execute,
};
