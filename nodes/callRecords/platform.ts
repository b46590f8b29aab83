import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import type { MappedRow, Origin } from './callRecord';
import type { Seconds, TimeRange } from './time';

/**
 * What a platform has to say, in pure functions and tables. The reader, the requester and the nodes know platforms
 * only through this contract; a new platform is one folder that fulfils it, and one credential.
 */
export interface Platform {
	/** The action node's name, and the first part of every record id. */
	name: string;
	/** As people call it; used in messages. */
	title: string;
	credentialType: string;
	/** The hidden expirable credential field that holds the session token, where this credential works with one. */
	sessionField?(credentials: ICredentialDataDecryptedObject): string | undefined;
	/** The platform keeps one session at a time: a login ends the one before it. */
	hasOneSession?: boolean;
	/**
	 * What the reader counts in: `wall` where requests carry times without an offset, `epoch` where they carry instants.
	 */
	clock(settings: Settings): 'wall' | 'epoch';
	/** Records in one reply. `max` is the vendor's limit; `fixed` where a request cannot choose. */
	pageSize: { default: number; max: number; fixed?: boolean };
	/** The longest range the vendor answers in one request. */
	maxRangeSeconds?: Seconds;
	/**
	 * By how much the platform's clock may be off from what is known of it. So much more is asked for on both sides of
	 * the window, and what lies outside it is left out.
	 */
	clockToleranceSeconds?(settings: Settings): Seconds;
	/** How many requests the platform bears at once, and in a minute, when the user says nothing. */
	requestsAtOnce: { default: number; max: number };
	requestsPerMinute?: number;
	/** Every filter the vendor documents, named as the vendor names it. */
	filters: INodeProperties[];
	/** Names of filters that a trigger does not offer, since they contradict following or mean nothing there. */
	excludedTriggerFilters?: string[];
	/** Options that only this platform needs. */
	options: INodeProperties[];
	/**
	 * The filters as the request carries them.
	 * @throws InputError naming the filter
	 */
	readFilters(given: IDataObject): IDataObject;
	/**
	 * Given where, under these filters, the platform marks what it sends and does not send it again: what a user
	 * has to know when a run fails. No reply may be thrown away then, and no request repeated.
	 */
	consumesOnRead?(filters: IDataObject): string | undefined;
	/**
	 * What has to be asked once before reading, as the PBX's time format.
	 * @returns settings that replace or add to those of the credential and the node
	 */
	prepare?(apiRequest: ApiRequest, settings: Settings): Promise<Partial<Settings>>;
	/** The request for one page of a range. Its `url` is a path below the credential's base URL. */
	request(page: PageRequest, settings: Settings): IHttpRequestOptions;
	/** Opens the envelope every endpoint of the platform answers in. */
	open(body: unknown): Envelope;
	/**
	 * What the vendor's API error codes mean. A code that is not in the table is `unknown`. An entry like `HTTP 403` says
	 * what a status means where the reply has no code, or none that is in the table; it does not hold for logins.
	 */
	errorCodes: Record<string, ErrorMeaning>;
	/** The rows of an opened reply. */
	reply(payload: unknown): Reply;
	/**
	 * The stable id of each row of one reply: the vendor's, or made of fields that never change. Rows of one reply that
	 * the vendor means to be different have different ids.
	 */
	recordIds(rows: IDataObject[]): string[];
	/** When the call of a row began, on the platform's clock; null when it cannot be read. */
	startOf(row: IDataObject, settings: Settings): Seconds | null;
	mapRow(row: IDataObject, id: string, settings: Settings): MappedRow;
	/** How recordings are fetched. Left out where the platform gives none. */
	recordings?: Recordings;
	/** Left out where a call always is one row. */
	legs?: Legs;
	/** Left out where the platform sends nothing by itself. */
	push?: Push;
}

/** What the platform sends by itself when a call has ended (docs/vendors/push.md). */
export interface Push {
	/** How the platform sends: JSON in a body, or the query of a GET. */
	method: 'GET' | 'POST';
	/** What an administrator does in the vendor's console, in order; each a sentence of the node's panel. */
	steps: readonly string[];
	signature?: PushSignature;
	/** @param sent the JSON object of the body, or the fields of the query */
	read(sent: IDataObject): PushEvent;
	/** The field that holds the same id in the row of an event and in the rows that are read. */
	joinedBy: string;
	/** The event is the whole record: nothing has to be looked up to know the call. */
	isWhole: boolean;
	/** Filters that find rows by the id. Left out: rows are looked up around the start of the call. */
	filtersOfEvent?(id: string): IDataObject;
	/** Filters that find all legs of a call. Left out: they are among the rows that have the id. */
	filtersOfCall?(callId: string): IDataObject;
	/** As `mapRow` of the platform, of the row of an event. An empty `zone` is unknown: times are left out then. */
	mapRow(row: IDataObject, id: string, settings: Settings): MappedRow;
}

export interface PushSignature {
	/** In lower case. */
	header: string;
	/** The field of the credential that holds the secret. */
	secretField: string;
	secretLabel: string;
	/** What the header has to hold, for the body as it was sent, byte for byte. */
	sign(secret: string, body: Buffer): string;
}

/** `other`: rightly sent, but not the end of a call. `bad`: not of this platform, or without the id of the call. */
export type PushEvent =
	| {
			kind: 'callEnded';
			id: string;
			/** Named as the rows that are read are. */
			row: IDataObject;
	  }
	| { kind: 'other' }
	| { kind: 'bad'; reason: string };

/** The platform writes a row for each leg of a call: a menu, a queue, each person that talked. */
export interface Legs {
	/** How long after the end of a call its last legs may be written. */
	settleSeconds: Seconds;
	/** Filters under which a call keeps all its legs, as they choose between lists and not between legs. */
	keepsCallsWhole?: readonly string[];
}

/** How a recording, as a call record names it, becomes a file. */
export interface Recordings {
	/** Options of the download that only this platform needs. */
	options: INodeProperties[];
	/**
	 * Where the file of a recording (`recordingFile`, `recordingUrl`) is, or what has to be asked to learn it.
	 * @throws InputError naming the option that is missing
	 */
	find(recording: string, settings: Settings): RecordingLink | RecordingLookup;
	/** Files on the platform's own host are asked for with the credential. Other hosts never get it. */
	isAuthenticated: boolean;
	/** The platform bears only one such download at a time. */
	isOneAtATime?(recording: string): boolean;
}

export interface RecordingLookup {
	apiRequest: IHttpRequestOptions;
	/** Codes of API errors that mean that there is no such recording. */
	missing: readonly string[];
	/** The link in the answer; null when there is none. */
	link(payload: unknown): RecordingLink | null;
}

export interface RecordingLink {
	/** With protocol and host, or a path below the credential's base URL. */
	url: string;
	/** The name of the file, where it is better than that of the recording or the URL. */
	fileName?: string | null;
	/** The host is one that the user typed for this purpose, so it need not be allowed once more. */
	isChosen?: boolean;
	/** Codes of API errors that, in place of the file, mean that there is no such recording. */
	missing?: readonly string[];
}

export interface Settings extends Origin {
	/** Without a trailing slash. */
	baseUrl: string;
	/** The node's options. */
	options: IDataObject;
	/** What `prepare` found out. */
	prepared: IDataObject;
}

export interface PageRequest {
	/** On the platform's clock, both ends included. */
	range: TimeRange;
	/** From 1. */
	page: number;
	pageSize: number;
	/** As `readFilters` returned them. */
	filters: IDataObject;
}

export interface Reply {
	rows: IDataObject[];
	/** How many records the vendor says match the request; null when it does not say. */
	total: number | null;
	/** The page size the server worked with, when it says so. */
	pageSize: number | null;
	/** Whether the vendor says that there are more pages. Left out where it says nothing of it: a reply may be cut short. */
	hasMore?: boolean;
}

/**
 * credentials: stop, somebody has to correct them. expired: the session token is renewed and the request repeated;
 * on a platform without sessions it is repeated once, as every request is authenticated anew. blocked: stop, trying again
 * makes it worse. rate and temporary: wait and try again. input: stop, a parameter is wrong.
 * tooMuch: ask for less at a time. empty: an answer that means "no records". unknown: stop.
 */
export type ErrorKind =
	| 'credentials'
	| 'expired'
	| 'blocked'
	| 'rate'
	| 'temporary'
	| 'input'
	| 'tooMuch'
	| 'empty'
	| 'unknown';

export interface ErrorMeaning {
	kind: ErrorKind;
	/** What happened, as the end of a sentence that begins with the platform's name. */
	means: string;
	/** What the user can do. */
	advice?: string;
	/** How long to wait at least before trying again, where a shorter wait cannot help. */
	waitSeconds?: Seconds;
}

export interface ApiError {
	code: string;
	/** The vendor's own words, if any. Never shown without redaction. */
	text: string | null;
}

/** `unrecognised`: valid JSON, but not this platform's envelope. */
export type Envelope = { payload: unknown } | { apiError: ApiError } | { unrecognised: true };

/**
 * One request with everything that goes with it. `tooMuch` is the one API error that its caller always has to deal with;
 * others come back as `rejected`, with what the platform `said`, when their codes are `expected`, and are thrown as errors when they are not. What is
 * unrepeatable is not sent again when nobody knows whether the platform has acted on it.
 */
export type ApiRequest = (
	request: IHttpRequestOptions,
	expected?: readonly string[],
	isUnrepeatable?: boolean,
) => Promise<{ payload: unknown; rejected?: string; said?: string | null } | { tooMuch: string }>;

/** A parameter that cannot be used. `parameter` as the user sees it. */
export class InputError extends Error {
	constructor(
		readonly parameter: string,
		message: string,
		readonly advice?: string,
	) {
		super(message);
	}
}

/** Thrown by a credential when the platform rejects a login. */
export class LoginRejected extends Error {
	constructor(
		readonly apiError: ApiError,
		message: string,
		/** Where the code means something at a login that it does not mean elsewhere. */
		readonly meaning?: ErrorMeaning,
	) {
		super(message);
	}
}
