import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../call';
import type { Outcome } from '../../callRecord';

/** What a CRM's table of fields is filled from. */
export interface CrmCall {
	call: Call;
	/** Known: calls whose start cannot be read are left out, as every CRM but one demands it. */
	startedAt: string;
	/** The outside party's number, E.164 if known, and name. */
	customer: Party;
	/** The numbers of who called and of who was called. The company's side is its line, else the extension. */
	callingNumber: string | null;
	calledNumber: string | null;
	title: string;
	/** What else there is to know, a line each; free text comes last, so that it is what a limit cuts off. */
	lines: string[];
}

interface Party {
	number: string | null;
	name: string | null;
}

/** What only the user can know. */
export interface CrmContext {
	/** ISO 3166 code of the credential, as `readCountry` gives it: the numbers of people there are stored as national ones. */
	country?: string | null;
	/** The Bitrix24 user to whom calls belong, as `readBitrix24UserId` gives it. */
	bitrix24UserId?: number;
}

/** A CRM: what is posted for a call. */
export interface Crm {
	title: string;
	/** It has no value for a call whose direction is not known. */
	needsDirection: boolean;
	/** @throws InputError that names an option that this CRM cannot do without */
	body(call: CrmCall, context: CrmContext): IDataObject;
}

/** Where a field's value comes from. Null leaves the field out. */
export type Fields = Record<string, (call: CrmCall) => string | number | null>;

/** A CRM's words for each way in which a call can end. */
export type ByOutcome<Word> = Record<Outcome, Word>;

export function fill(fields: Fields, call: CrmCall): IDataObject {
	const values = Object.entries(fields).map(([field, read]) => [field, read(call)] as const);
	return Object.fromEntries(values.filter(([, value]) => value !== null));
}

/** Null where the start of the call cannot be read. */
export function toCrmCall(call: Call): CrmCall | null {
	if (call.startedAt === null) return null;
	const customer = customerOf(call);
	return {
		call,
		startedAt: call.startedAt,
		customer,
		callingNumber:
			call.direction === 'outbound'
				? (call.lineNumber ?? call.fromE164 ?? call.from)
				: (call.fromE164 ?? call.from),
		calledNumber:
			call.direction === 'inbound'
				? (call.lineNumber ?? call.toE164 ?? call.to)
				: (call.toE164 ?? call.to),
		title: titleOf(call, customer),
		lines: linesOf(call, customer),
	};
}

function customerOf(call: Call): Party {
	const name = call.direction === 'outbound' ? call.toName : call.fromName;
	return { number: call.externalNumber, name };
}

const WORDS: ByOutcome<string> = {
	answered: 'Answered',
	missed: 'Missed',
	noAnswer: 'No answer',
	busy: 'Busy',
	failed: 'Failed',
	canceled: 'Canceled',
	rejected: 'Rejected',
	voicemail: 'Voicemail',
	unknown: 'Unknown',
};

/** `Answered`, `No answer`, …: as a CRM's free text has it. */
export function outcomeWord({ call }: CrmCall): string {
	return WORDS[call.outcome];
}

/** Longer texts do not fit into the subject of any of the CRMs. */
const LONGEST_TITLE = 255;

/** `Missed call from Jane Doe (+40721234567)`, `Outbound call to +40721234567: busy`. */
function titleOf(call: Call, customer: Party): string {
	const who = shown(customer) ?? 'hidden number';
	const word = WORDS[call.outcome].toLowerCase();
	const isPlain = call.outcome === 'answered' || call.outcome === 'unknown';
	const end = isPlain ? '' : `: ${word}`;
	const inbound: Partial<Record<Outcome, string>> = {
		missed: `Missed call from ${who}`,
		voicemail: `Voicemail from ${who}`,
	};
	const titles = {
		inbound: inbound[call.outcome] ?? `Inbound call from ${who}${end}`,
		outbound: `Outbound call to ${who}${end}`,
		internal: `Internal call${end}`,
		unknown: `Call with ${who}${end}`,
	};
	return titles[call.direction].slice(0, LONGEST_TITLE);
}

function linesOf(call: Call, customer: Party): string[] {
	const agent = shown({ name: call.agentName, number: call.agentExtension });
	const lines: Array<[string, string | null]> = [
		['Outcome', WORDS[call.outcome]],
		['Customer', shown(customer)],
		['Agent', agent],
		['Queue', call.queue],
		['Line', call.lineNumber],
		['Started', call.startedAt],
		['Waited', call.direction === 'inbound' ? clock(call.waitSeconds) : null],
		['Talked', clock(call.talkSeconds)],
		['Path', call.path],
		['Recording', call.recordingUrl ?? call.recordingFile],
		['Call record', call.recordId],
		['Tags', call.tags],
		['Note', call.note],
		['Reference', call.externalReference],
	];
	return lines.filter(([, value]) => value !== null).map(([label, value]) => `${label}: ${value}`);
}

function shown({ name, number }: Party): string | null {
	if (name === null || name === number) return number;
	return number === null ? name : `${name} (${number})`;
}

/** `1:02:05`. */
function clock(seconds: number | null): string | null {
	if (seconds === null) return null;
	const two = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	return `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Lines of a text that the CRM shows as HTML. */
export function asHtml(lines: string[]): string {
	const escaped = lines.map((line) =>
		line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
	);
	return escaped.join('<br>');
}

/** A recording that a browser can fetch: CRMs refuse everything but https. */
export function httpsRecording({ call }: CrmCall): string | null {
	return call.recordingUrl?.startsWith('https://') ? call.recordingUrl : null;
}
