import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import type { Problem } from '../errors';
import { InputError, type RecordingLink } from '../platform';
import type { Connection } from '../transport/connection';
import { startDeadline } from '../transport/deadline';
import { cancelSignalOf, endingBy, sendingProblem } from '../transport/request';
import { LONGEST_LOGIN_MS } from '../transport/tokens';
import { checkHost, isOwnAddress } from './hosts';
import type { Body, OpenBody } from './incoming';

export interface Reply extends OpenBody {
	url: URL;
	response: IN8nHttpFullResponse;
	/** The credential went along. */
	isAuthenticated: boolean;
}

const REDIRECTS = [301, 302, 303, 307, 308];
const MAX_REDIRECTS = 5;

/**
 * Asks for the file a link leads to. Redirects are followed here and not by n8n, since each address decides anew
 * whether it may be gone to at all, and whether the credential goes along.
 * @throws InputError when a host comes up that the user has not allowed
 */
export async function openLink(
	context: IExecuteFunctions,
	connection: Connection,
	link: RecordingLink,
	allowedHosts: string[],
): Promise<Reply | { problem: Problem }> {
	const { baseUrl } = connection.settings;
	let url = addressOf(link.url, baseUrl);
	const allowed = link.isChosen ? [...allowedHosts, url.host] : allowedHosts;
	for (let redirects = 0; ; redirects++) {
		checkHost(url, baseUrl, allowed);
		const sent = await send(context, connection, url);
		if ('problem' in sent) return sent;
		const { statusCode, headers } = sent.response;
		const { location } = headers as { location?: unknown };
		if (!REDIRECTS.includes(statusCode) || typeof location !== 'string') return sent;
		sent.close();
		if (redirects >= MAX_REDIRECTS || !URL.canParse(location, url.href)) {
			return { problem: strayed(connection, url) };
		}
		url = new URL(location, url);
	}
}

/** A path is one below the base URL, which may itself have a path. */
function addressOf(link: string, baseUrl: string): URL {
	const isPath = !/^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(link);
	const address = isPath ? `${baseUrl}/${link.replace(/^\//, '')}` : link;
	if (URL.canParse(address, baseUrl)) return new URL(address, baseUrl);
	throw new InputError(
		'Recording',
		"'Recording' leads to something that is no web address",
		'Give the recordingFile or recordingUrl of a call record.',
	);
}

async function send(
	context: IExecuteFunctions,
	connection: Connection,
	url: URL,
): Promise<Reply | { problem: Problem }> {
	const { platform, settings, timeoutMs, ignoresCertificate, report, redact } = connection;
	const isOwn = isOwnAddress(url, settings.baseUrl);
	const isAuthenticated = isOwn && platform.recordings?.isAuthenticated === true;
	const request: IHttpRequestOptions = {
		url: url.href,
		// The length of the file is compared with what the server says, which is that of what it sends.
		headers: { accept: 'audio/*, */*;q=0.5', 'accept-encoding': 'identity' },
		timeout: timeoutMs,
		encoding: 'stream',
		returnFullResponse: true,
		// n8n logs in once more when a session token is refused with HTTP 401.
		ignoreHttpStatusErrors:
			isAuthenticated && platform.sessionField ? { ignore: true, except: [401] } : true,
		disableFollowRedirect: true,
	};
	report.requests++;
	const ofRun = cancelSignalOf(context);
	// A login may come first.
	const deadline = startDeadline(timeoutMs + (isAuthenticated ? LONGEST_LOGIN_MS : 0), ofRun);
	const closing = new AbortController();
	// The run ends what comes in later, too; the deadline is that of the beginning.
	const abortSignal = AbortSignal.any(
		[closing.signal, deadline.signal, ofRun].filter((signal) => signal !== undefined),
	);
	const answer = isAuthenticated
		? context.helpers.httpRequestWithAuthentication.call(
				endingBy(context, abortSignal),
				platform.credentialType,
				request,
			)
		: context.helpers.httpRequest({
				...request,
				abortSignal,
				skipSslCertificateValidation: isOwn && ignoresCertificate,
			});
	return await deadline
		.race(answer as Promise<IN8nHttpFullResponse>)
		.then(
			(response) => {
				const body = response.body as Body & IDataObject;
				const close = () => {
					body.destroy();
					closing.abort();
				};
				return { url, response, body, close, isAuthenticated };
			},
			(error: unknown) => ({
				problem: sendingProblem(error, platform, { baseUrl: url.origin }, timeoutMs, redact),
			}),
		)
		.finally(() => deadline.end());
}

function strayed({ platform }: Connection, url: URL): Problem {
	return {
		kind: 'unknown',
		message: `${platform.title} at ${url.host} redirects on and on instead of sending the recording`,
		description: 'Open the recording in a browser; perhaps the platform wants a login there.',
	};
}
