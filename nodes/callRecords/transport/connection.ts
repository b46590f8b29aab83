import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { InputError, type ApiRequest, type Platform, type Settings } from '../platform';
import { readCountry } from '../shape/e164';
import { withoutSlashes } from './address';
import { ZONE_EXAMPLE, zoneProblem } from './credential';
import { createPreparedCache, preparedKey } from './preparedCache';
import { redactor } from './redact';
import type { NodeContext, RequestReport } from './request';
import { createApiRequest } from './retry';
import { createThrottle, type Throttle } from './throttle';

/** A platform that can be asked: its credential opened and checked, its settings known. */
export interface Connection {
	platform: Platform;
	apiRequest: ApiRequest;
	settings: Settings;
	report: RequestReport;
	/** The time zone as the credential has it; empty where the platform is asked for it. */
	givenZone: string;
	pageSize: number;
	requestsAtOnce: number;
	/** For one request and its reply. */
	timeoutMs: number;
	/** The longest the user wants to wait between two tries. */
	longestWaitMs: number;
	/** What the user said of the platform's certificate; for requests that go without the credential. */
	ignoresCertificate: boolean;
	/** What pseudonyms are made with; empty where the user has none. Kept out of the settings, which are shown. */
	pseudonymKey: string;
	/** Takes the secrets of the credential out of a text. */
	redact(text: string): string;
	/** Nothing more is needed: what waits to be asked, or to be asked again, is given up. */
	end(): void;
}

/** What the items of one run share. */
export interface Run {
	throttle?: Throttle;
	/** What the platform was asked before reading, by what it was asked with. */
	prepared?: Map<string, Partial<Settings>>;
	/** No call records are going to be read, so nothing has to be asked before. */
	isForLists?: boolean;
	/** One of many like it, as a poll: what the platform was asked before reading holds for an hour. */
	isRepeated?: boolean;
	isStopped(): boolean;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_LONGEST_WAIT_SECONDS = 60;

/** Of polls, in this process. Its keys are hashes. */
const preparedBefore = createPreparedCache();

/**
 * @throws InputError when an option or a field of the credential cannot be used; nothing has been asked then
 */
export async function connect(
	context: NodeContext,
	platform: Platform,
	given: IDataObject,
	run: Run,
	itemIndex?: number,
): Promise<Connection> {
	const limits = readLimits(platform, given);
	const stored = await context.getCredentials(platform.credentialType, itemIndex);
	const credentials: ICredentialDataDecryptedObject = { ...stored };
	const settings = readSettings(platform, credentials, given);
	const report: RequestReport = { requests: 0, retries: 0, logins: 0 };
	run.throttle ??= createThrottle(limits.requestsAtOnce, platform.requestsPerMinute, () =>
		run.isStopped(),
	);
	let isOver = false;
	const apiRequest = createApiRequest(context, platform, credentials, {
		...limits,
		throttle: run.throttle,
		report,
		isStopped: () => isOver || run.isStopped(),
	});
	const key = preparedKey(credentialId(context, platform), settings);
	const prepared = { ...settings, ...(await prepare(platform, apiRequest, settings, run, key)) };
	if (prepared.zone === '' && !run.isForLists) throw noZone();
	return {
		...limits,
		platform,
		apiRequest: run.isRepeated ? forgetting(apiRequest, key) : apiRequest,
		settings: prepared,
		report,
		givenZone: settings.zone,
		ignoresCertificate: credentials.allowUnauthorizedCerts === true,
		pseudonymKey: String(credentials.pseudonymKey ?? ''),
		redact: redactor(credentials),
		end() {
			isOver = true;
		},
	};
}

type Limits = Pick<Connection, 'pageSize' | 'requestsAtOnce' | 'timeoutMs' | 'longestWaitMs'>;

function readLimits({ pageSize, requestsAtOnce }: Platform, given: IDataObject): Limits {
	const longestWait = Number(given.longestWait ?? DEFAULT_LONGEST_WAIT_SECONDS);
	const limits = {
		pageSize: wholeOption(given.pageSize, 'Page Size', pageSize.default, pageSize.max),
		requestsAtOnce: wholeOption(
			given.requestsAtOnce,
			'Concurrent Requests',
			requestsAtOnce.default,
			requestsAtOnce.max,
		),
		timeoutMs: wholeOption(given.timeout, 'Timeout', DEFAULT_TIMEOUT_MS, 3_600_000),
		longestWaitMs: longestWait * 1000,
	};
	if (longestWait >= 0) return limits;
	throw new InputError(
		'Maximum Wait (Seconds)',
		"'Maximum Wait (Seconds)' has to be a number of seconds, 0 or more",
	);
}

function readSettings(
	platform: Platform,
	credentials: ICredentialDataDecryptedObject,
	options: IDataObject,
): Settings {
	const baseUrl = checkedBaseUrl(credentials.baseUrl);
	return {
		platform: platform.name,
		host: new URL(baseUrl).host,
		baseUrl,
		zone: checkedZone(credentials.timezone),
		country: readCountry(credentials.country),
		options,
		prepared: {},
	};
}

function credentialId(context: NodeContext, { credentialType }: Platform): string {
	const { id, credentials } = context.getNode();
	return `${credentialType}:${credentials?.[credentialType]?.id ?? id}`;
}

/** What the platform has to be asked before reading; once in a run, not for every item, and once for many polls. */
async function prepare(
	platform: Platform,
	apiRequest: ApiRequest,
	settings: Settings,
	run: Run,
	key: string,
): Promise<Partial<Settings>> {
	if (!platform.prepare || run.isForLists) return {};
	run.prepared ??= new Map();
	const known = run.prepared.get(key) ?? (run.isRepeated ? preparedBefore.get(key) : undefined);
	const prepared = known ?? (await platform.prepare(apiRequest, settings));
	run.prepared.set(key, prepared);
	if (run.isRepeated && !known) preparedBefore.set(key, prepared);
	return prepared;
}

/** What was learnt of the platform may be why a request fails: the next poll asks again. */
function forgetting(apiRequest: ApiRequest, key: string): ApiRequest {
	return async (...request) => {
		let isAnswered = false;
		return await apiRequest(...request)
			.then((answer) => {
				isAnswered = true;
				return answer;
			})
			.finally(() => {
				if (!isAnswered) preparedBefore.delete(key);
			});
	};
}

/** A whole number from 1 to `max`, or the default when nothing is given. */
export function wholeOption(given: unknown, name: string, normal: number, max: number): number {
	if (given === undefined || given === null || given === '') return normal;
	const number = Number(given);
	if (!Number.isInteger(number) || number < 1 || number > max) {
		throw new InputError(name, `'${name}' has to be a whole number from 1 to ${max}`);
	}
	return number;
}

function checkedBaseUrl(given: unknown): string {
	const address = typeof given === 'string' ? withoutSlashes(given) : '';
	const example = 'Enter it in the credential, like https://pbx.example.com:8088.';
	if (address === '') throw new InputError('Base URL', "The credential has no 'Base URL'", example);
	// Behind ? or # comes a page of the web interface, not an address that paths can be added to.
	if (!/^https?:\/\/[^/?#][^?#]*$/i.test(address) || !URL.canParse(address)) {
		throw new InputError(
			'Base URL',
			"The 'Base URL' of the credential is not the web address of a server",
			example,
		);
	}
	return address;
}

/** An empty zone is left to the platform's `prepare`. */
function checkedZone(given: unknown): string {
	const problem = zoneProblem(given);
	if (problem) throw new InputError('Time Zone', problem.message, problem.description);
	return typeof given === 'string' ? given.trim() : '';
}

function noZone(): InputError {
	return new InputError(
		'Time Zone',
		"The credential has no 'Time Zone'",
		`Enter the one of the platform's clock. ${ZONE_EXAMPLE}`,
	);
}
