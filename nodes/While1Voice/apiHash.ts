import { createHash } from 'crypto';

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { parseJson } from '../callRecords/transport/body';
import { contentType } from '../callRecords/transport/form';
import { phpParameters, phpQuery } from './phpQuery';

/** n8n's HTTP Request node passes the request options of older n8n versions. */
type AnyRequest = IHttpRequestOptions & { uri?: string; form?: unknown; formData?: unknown };
type Parameters = Record<string, unknown>;
type Sign = (parameters: Parameters) => Parameters;

export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';

const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/** md5 of the parameters as PHP writes them, with the key behind them as it is (docs/vendors/while1-voice.md 5). */
export function apiHash(parameters: object, key: string): string {
	return createHash('md5')
		.update(phpQuery(parameters) + key, 'utf8')
		.digest('hex');
}

/**
 * The request with `api_hash` as its last parameter, or without one where there is no key. The hash and what is sent
 * are made of the same object, and a form is passed as finished text: nothing on the way can write it otherwise.
 */
export function withHash(request: IHttpRequestOptions, key: string): IHttpRequestOptions {
	const sign: Sign = (parameters) =>
		key === '' ? parameters : { ...parameters, api_hash: apiHash(parameters, key) };
	const { form, formData, ...rest }: AnyRequest = request;
	const { type, others } = contentType(request.headers);
	const fields = form ?? formData ?? (isForm(request.body, type) ? request.body : undefined);
	// Without a key there is nothing to agree with, so only our own forms have to be encoded.
	if (key === '' && (fields === undefined || !isPlain(request.body))) return request;
	if (WITHOUT_BODY.has((request.method ?? 'GET').toUpperCase())) return inAddress(request, sign);
	if (fields !== undefined) {
		const headers = { ...others, 'content-type': type === 'text/xml' ? type : FORM_TYPE };
		return { ...rest, headers, body: phpQuery(sign(formParameters(fields))) };
	}
	const { body = {} } = request;
	return typeof body === 'string'
		? { ...request, body: JSON.stringify(sign(unsigned(exactJson(body)))) }
		: { ...request, body: sign(unsigned(body)) as IDataObject };
}

function isForm(body: unknown, type: string): boolean {
	if (type.endsWith('json')) return false;
	return type !== '' || typeof body === 'string' || body instanceof URLSearchParams;
}

/** GET requests carry everything in the address: what stands there and what comes as query parameters. */
function inAddress(request: AnyRequest, sign: Sign): IHttpRequestOptions {
	const where = request.url === undefined ? 'uri' : 'url';
	const [path, query = ''] = String(request[where] ?? '').split('?');
	// What is not an endpoint, as the address of a recording, stays as it is (10).
	if (!path.includes('/api/')) return request;
	const fields = [...new URLSearchParams(query), ...Object.entries(request.qs ?? {})];
	const parameters = unsigned(phpParameters(fields));
	return { ...request, [where]: `${path}?${phpQuery(sign(parameters))}`, qs: {} };
}

function formParameters(fields: unknown): Parameters {
	const isText = typeof fields === 'string' || fields instanceof URLSearchParams;
	const pairs = isText ? [...new URLSearchParams(fields)] : Object.entries(unsigned(fields));
	return unsigned(phpParameters(pairs));
}

/** The parameters without the hash of an earlier try, which is no part of its own input. */
function unsigned(given: unknown): Parameters {
	if (!isPlain(given)) {
		throw new Error(
			"A body of this kind cannot be given the api_hash that 'API Key' demands. Send JSON or URL-encoded fields",
		);
	}
	return Object.fromEntries(Object.entries(given).filter(([name]) => name !== 'api_hash'));
}

/** By its prototype, which is another one where n8n has made the object in a sandbox. */
function isPlain(value: unknown): value is Parameters {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	const prototype = Object.getPrototypeOf(value) as object | null;
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * JSON text as an object, if JavaScript writes it as it was. A number or an order that would come out differently is
 * refused, for the hash would be that of another request (5.3).
 */
export function exactJson(text: string): unknown {
	const parsed = parseJson(text);
	if (parsed === undefined)
		throw new Error('The body is not JSON, so it cannot be given an api_hash');
	const before = tokens(text);
	const after = tokens(JSON.stringify(parsed));
	const changed = before.findIndex((token, i) => token !== after[i]);
	if (changed >= 0) {
		throw new Error(
			`The body cannot be given an api_hash, for ${before[changed].slice(0, 40)} would be sent differently. Send long numbers and fractions as text, and use no numbers as names`,
		);
	}
	return parsed;
}

/** The words of JSON text, spaces and ways of escaping aside. */
function tokens(text: string): string[] {
	const found = text.match(/"(?:[^"\\]|\\.)*"|[-\w.+]+|[^\s"]/g) ?? [];
	return found.map((token) => (token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token));
}
