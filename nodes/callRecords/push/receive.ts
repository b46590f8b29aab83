import { createHash, timingSafeEqual } from 'crypto';

import type { IDataObject } from 'n8n-workflow';

import type { Push, PushSignature } from '../platform';
import { parseJson } from '../transport/body';

/** What arrived, before anything of it is trusted. */
export interface PushRequest {
	headers: Record<string, string | string[] | undefined>;
	/** As it was sent; null where there was none. */
	body: Buffer | null;
	query: unknown;
}

export type Received =
	{ kind: 'callEnded'; id: string; row: IDataObject } | { kind: 'other' } | Rejected;

export interface Rejected {
	kind: 'rejected';
	/** 400: cannot be read. 401: the signature. 413: too large. 415: not JSON. */
	status: 400 | 401 | 413 | 415;
	/** For the log. Quotes nothing that was sent. */
	reason: string;
}

/** An event of a call takes about a kilobyte. */
const MOST_BYTES = 256 * 1024;
/** Ids are short; what is longer is none. */
const LONGEST_ID = 200;
/** One vendor sends JSON as text; a missing content type says nothing. */
const JSON_TYPES = ['', 'application/json', 'text/json', 'text/plain'];

/** What can be said of a request without reading it. Costs nothing. */
export function refuse({ method }: Push, request: PushRequest): Rejected | null {
	if (method === 'GET') return null;
	const type = headerOf(request, 'content-type').split(';')[0].trim().toLowerCase();
	if (!JSON_TYPES.includes(type)) return rejected(415, 'the content type is not JSON');
	const bytes = request.body?.length ?? 0;
	if (bytes > MOST_BYTES) return rejected(413, `a body of ${bytes} bytes is no event of a call`);
	if (bytes === 0) return rejected(400, 'the body is empty');
	return null;
}

/**
 * What a request says that was not refused.
 * @param secret null: the signature is not checked
 */
export function receive(push: Push, request: PushRequest, secret: string | null): Received {
	const { method, signature } = push;
	if (signature && secret !== null && !isSigned(signature, request, secret)) {
		const isMissing = headerOf(request, signature.header) === '';
		return rejected(401, `the signature ${isMissing ? 'is missing' : 'is wrong'}`);
	}
	const sent = method === 'GET' ? request.query : parseJson(String(request.body));
	if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
		return rejected(400, 'the body is no JSON object');
	}
	const event = push.read(sent as IDataObject);
	if (event.kind === 'bad') return rejected(400, event.reason);
	if (event.kind === 'other') return event;
	if (event.id.length > LONGEST_ID) return rejected(400, 'the id of the call is too long');
	return { ...event, row: flat(event.row) };
}

/** In constant time, whatever the length of what was sent. An empty secret signs nothing. */
function isSigned(signature: PushSignature, request: PushRequest, secret: string): boolean {
	if (secret === '' || request.body === null) return false;
	const digest = (text: string) => createHash('sha256').update(text).digest();
	const expected = digest(signature.sign(secret, request.body));
	return timingSafeEqual(expected, digest(headerOf(request, signature.header)));
}

function headerOf({ headers }: PushRequest, name: string): string {
	const value = headers[name];
	return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim();
}

/** A row has plain values, and lists of them. Anything deeper is none of the vendor's, and nobody could store it. */
function flat(row: IDataObject): IDataObject {
	const isPlain = (value: unknown) => typeof value !== 'object' || value === null;
	const entries = Object.entries(row).filter(
		([, value]) => isPlain(value) || (Array.isArray(value) && value.every(isPlain)),
	);
	return Object.fromEntries(entries);
}

function rejected(status: Rejected['status'], reason: string): Rejected {
	return { kind: 'rejected', status, reason };
}
