import type { IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../errors';
import type { RecordingLink } from '../platform';
import { parseJson } from '../transport/body';
import type { Connection } from '../transport/connection';
import { httpProblem, apiErrorProblem } from '../transport/problems';
import {
	HEAD_BYTES,
	audioFileName,
	audioTypeOf,
	decoded,
	dispositionName,
	textAt,
	wavLength,
} from './audio';
import { createComparison, expectationOf } from './expectation';
import { storeFile, type StoredFile } from './files';
import {
	BrokenDownload,
	MOST_RECORDING_BYTES,
	readHead,
	readOn,
	watched,
	type Head,
	type Incoming,
} from './incoming';
import { openLink, type Reply } from './links';

/** A recording that n8n has got, whole. */
export interface Recording extends StoredFile {
	fileName: string;
	mimeType: string;
}

export type Downloaded = { file: Recording } | { missing: string } | { problem: Problem };

export interface DownloadOptions {
	/** As the user gave it. */
	recording: string;
	allowedHosts: string[];
	/** Codes of API errors that mean that there is no such recording. */
	missing: readonly string[];
	isStopped(): boolean;
}

const GONE = [404, 410];
/** Less is no sound, whatever it begins with: headers alone are nearly as long. */
const LEAST_BYTES = 128;
const LONGEST_ERROR_TEXT = 65_536;

/**
 * Downloads the file that a link leads to, straight into n8n's binary data storage. It is handed on only if it is
 * sound, as long as the server says, and with the checksum that the server gives.
 * @throws InputError when the link leads to a host that the user has not allowed
 */
export async function download(
	context: IExecuteFunctions,
	connection: Connection,
	link: RecordingLink,
	options: DownloadOptions,
): Promise<Downloaded> {
	const reply = await openLink(context, connection, link, options.allowedHosts);
	if ('problem' in reply) return reply;
	const from = `${connection.platform.title} at ${reply.url.host}`;
	const incoming = watched(reply, from, connection.timeoutMs, options.isStopped);
	return await receive(context, connection, link, options, reply, incoming)
		.catch((error: unknown) => {
			if (error instanceof BrokenDownload) return { problem: error.problem };
			throw error;
		})
		.finally(() => incoming.stop());
}

async function receive(
	context: IExecuteFunctions,
	connection: Connection,
	link: RecordingLink,
	options: DownloadOptions,
	reply: Reply,
	incoming: Incoming,
): Promise<Downloaded> {
	const { statusCode, headers } = reply.response;
	if (GONE.includes(statusCode)) {
		return { missing: `This recording does not exist or has been deleted (HTTP ${statusCode})` };
	}
	if (statusCode >= 300) return await refused(connection, options, reply, incoming);
	const head = await readHead(incoming, HEAD_BYTES);
	const type = audioTypeOf(head.bytes, String(headers['content-type'] ?? ''));
	if (type === null || head.bytes.length < LEAST_BYTES) {
		return await noSound(connection, options, reply, head, incoming);
	}
	const { mimeType } = type;
	const names = [
		link.fileName,
		options.recording.split(/[?#]/)[0],
		dispositionName(headers['content-disposition']),
		decoded(reply.url.pathname),
	];
	const fileName = audioFileName(names, type);
	const chunks = checked(connection, reply, head, incoming);
	return {
		file: { ...(await storeFile(context, chunks, fileName, mimeType)), fileName, mimeType },
	};
}

/** Hands the file on, and breaks off at its end if it is not what the server said it would be. */
async function* checked(
	{ platform }: Connection,
	{ url, response }: Reply,
	head: Head,
	incoming: Incoming,
): AsyncGenerator<Buffer> {
	const from = `${platform.title} at ${url.host}`;
	const comparison = createComparison(expectationOf(response.headers), wavLength(head.bytes));
	comparison.add(head.bytes);
	yield head.bytes;
	while (!head.isAll) {
		const { value, done } = await incoming.next();
		if (done) break;
		comparison.add(value);
		if (comparison.received() > MOST_RECORDING_BYTES) throw new BrokenDownload(tooLarge(from));
		yield value;
	}
	const contradiction = comparison.contradiction();
	if (contradiction !== null) {
		throw new BrokenDownload({
			kind: 'temporary',
			message: `The recording from ${from} ${contradiction}`,
			description: 'Try again later; if it stays, the file is damaged on the server.',
		});
	}
}

/** Not fetched again: it would only be as large. */
function tooLarge(from: string): Problem {
	return {
		kind: 'unknown',
		message: `The recording from ${from} is larger than ${MOST_RECORDING_BYTES / 1024 ** 3} GB`,
		description: 'Check that it can be played on the platform itself.',
	};
}

/** Servers that say no with the status of a success: in JSON, on a page, or with next to nothing. */
async function noSound(
	{ platform, redact }: Connection,
	{ missing }: DownloadOptions,
	{ url, response }: Reply,
	head: Head,
	incoming: Incoming,
): Promise<Downloaded> {
	const from = `${platform.title} at ${url.host}`;
	const problem = (what: string, description: string, words = ''): Downloaded => ({
		problem: {
			kind: 'unknown',
			message: `${from} sent ${what} in place of the recording`,
			description: words ? `${description} The server says: "${words}"` : description,
		},
	});
	const contentType = String(response.headers['content-type'] ?? '').toLowerCase();
	const kind = textAt(head.bytes);
	if (kind === 'data') {
		const { bytes } = await readOn(incoming, head.bytes, LONGEST_ERROR_TEXT);
		const text = bytes.toString('utf8');
		const opened = platform.open(parseJson(text) ?? {});
		if ('apiError' in opened) {
			const { apiError } = opened;
			if (missing.includes(apiError.code))
				return { missing: 'This recording does not exist or has been deleted' };
			return { problem: apiErrorProblem(platform, apiError, redact) };
		}
		return problem('an error text', 'Check that the recording still exists.', shown(text, redact));
	}
	if (kind === 'page' || contentType.startsWith('text/html')) {
		return problem(
			'a web page',
			'It may be a login page: check that the credential may read recordings, and that the recording still exists.',
		);
	}
	if (head.bytes.length < HEAD_BYTES) {
		const words = /^[\x20-\x7e\s]+$/.test(head.bytes.toString('latin1'))
			? shown(head.bytes.toString('latin1'), redact)
			: '';
		return problem(
			`only ${head.bytes.length} bytes`,
			'There may be no recording of this call, or not any more.',
			words,
		);
	}
	return problem(
		'something that is no sound file',
		'Check that the recording can be played on the platform itself.',
	);
}

/** Servers that say no with the status of an error, and perhaps say in their own words that there is no such file. */
async function refused(
	connection: Connection,
	{ missing }: DownloadOptions,
	reply: Reply,
	incoming: Incoming,
): Promise<Downloaded> {
	const { bytes } = await readOn(incoming, Buffer.alloc(0), LONGEST_ERROR_TEXT);
	const opened = connection.platform.open(parseJson(bytes.toString('utf8')) ?? {});
	return 'apiError' in opened && missing.includes(opened.apiError.code)
		? { missing: `${connection.platform.title} has no such recording` }
		: { problem: statusProblem(connection, reply) };
}

function shown(text: string, redact: (text: string) => string): string {
	return redact(text).replace(/\s+/g, ' ').trim().slice(0, 200);
}

function statusProblem(
	{ platform }: Connection,
	{ url, response, isAuthenticated }: Reply,
): Problem {
	const { statusCode } = response;
	const problem = httpProblem(platform, { baseUrl: url.origin }, response, false);
	if (problem.kind === 'rate' || problem.kind === 'temporary') return problem;
	// Only where the credential was shown can it be the wrong one.
	if (problem.kind === 'credentials' && isAuthenticated) return problem;
	return {
		kind: 'unknown',
		message: `${platform.title} at ${url.host} did not send the recording (HTTP ${statusCode})`,
		description: 'Check that the recording can be played on the platform itself.',
		httpCode: String(statusCode),
	};
}
