import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { redactor } from '../errors';
import { InputError, type ApiRequest, type Platform, type Settings } from '../platform';
import { isZone } from '../time';
import { createThrottle, type Throttle } from './throttle';
import { createApiRequest, type NodeContext, type RequestReport } from './request';

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
	/** For one request. */
	timeoutMs: number;
	/** The longest the user wants to wait between two tries. */
	longestWaitMs: number;
	/** What the user said of the platform's certificate; for requests that go without the credential. */
	ignoresCertificate: boolean;
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
	isStopped(): boolean;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_LONGEST_WAIT_SECONDS = 60;

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
	const pageSize = wholeOption(
		given.pageSize,
		'Page Size',
		platform.pageSize.default,
		platform.pageSize.max,
	);
	const requestsAtOnce = wholeOption(
		given.requestsAtOnce,
		'Requests at Once',
		platform.requestsAtOnce.default,
		platform.requestsAtOnce.max,
	);
	const timeoutMs = wholeOption(given.timeout, 'Timeout', DEFAULT_TIMEOUT_MS, 3_600_000);
	const longestWait = Number(given.longestWait ?? DEFAULT_LONGEST_WAIT_SECONDS);
	if (!(longestWait >= 0)) {
		throw new InputError('Longest Wait', "'Longest Wait' has to be a number of seconds, 0 or more");
	}
	const stored = await context.getCredentials(platform.credentialType, itemIndex);
	const credentials: ICredentialDataDecryptedObject = { ...stored };
	const baseUrl = checkedBaseUrl(credentials.baseUrl);
	const zone = checkedZone(credentials.timezone);
	const report: RequestReport = { requests: 0, retries: 0, logins: 0 };
	run.throttle ??= createThrottle(requestsAtOnce, platform.requestsPerMinute, () =>
		run.isStopped(),
	);
	const longestWaitMs = longestWait * 1000;
	let isOver = false;
	const apiRequest = createApiRequest(context, platform, credentials, {
		throttle: run.throttle,
		timeoutMs,
		longestWaitMs,
		report,
		isStopped: () => isOver || run.isStopped(),
	});
	const settings: Settings = {
		platform: platform.name,
		host: new URL(baseUrl).host,
		baseUrl,
		zone,
		options: given,
		prepared: {},
	};
	const prepared = { ...settings, ...(await prepare(platform, apiRequest, settings, run)) };
	if (prepared.zone === '' && !run.isForLists) {
		throw new InputError(
			'Time Zone',
			"The credential has no 'Time Zone'",
			`Enter the one of the platform's clock. ${ZONE_EXAMPLE}`,
		);
	}
	return {
		platform,
		apiRequest,
		settings: prepared,
		report,
		givenZone: zone,
		pageSize,
		requestsAtOnce,
		timeoutMs,
		longestWaitMs,
		ignoresCertificate: credentials.allowUnauthorizedCerts === true,
		redact: redactor(credentials),
		end() {
			isOver = true;
		},
	};
}

/** What the platform has to be asked before reading; once in a run, not for every item. */
async function prepare(
	platform: Platform,
	apiRequest: ApiRequest,
	settings: Settings,
	run: Run,
): Promise<Partial<Settings>> {
	if (!platform.prepare || run.isForLists) return {};
	run.prepared ??= new Map();
	const key = JSON.stringify(settings);
	const prepared = run.prepared.get(key) ?? (await platform.prepare(apiRequest, settings));
	run.prepared.set(key, prepared);
	return prepared;
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
	const address = typeof given === 'string' ? given.trim().replace(/\/+$/, '') : '';
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

const ZONE_EXAMPLE = 'It is an IANA name, like Europe/Bucharest or Asia/Shanghai.';

/** An empty zone is left to the platform's `prepare`. */
function checkedZone(given: unknown): string {
	const zone = typeof given === 'string' ? given.trim() : '';
	if (zone !== '' && !isZone(zone)) {
		throw new InputError(
			'Time Zone',
			`The 'Time Zone' of the credential, "${zone}", is not a time zone`,
			ZONE_EXAMPLE,
		);
	}
	return zone;
}
