import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { multipart, urlencoded, type Fields } from './body';

/** What n8n's HTTP Request node passes: it works with the request options of older n8n versions. */
interface LegacyForm {
	form?: IDataObject;
	formData?: IDataObject;
}

/** A body that takes further fields itself, as the form-data library's. */
interface Appendable {
	append(name: string, value: string): void;
}

/**
 * The request with `fields` in its form, whatever form it has: the fields of our own requests, which are encoded here
 * as their content type says, or a body that somebody else built. A GET request gets them in its query.
 */
export function withFields(request: IHttpRequestOptions, fields: Fields): IHttpRequestOptions {
	const legacy = request as IHttpRequestOptions & LegacyForm;
	if (legacy.form)
		return { ...request, form: { ...legacy.form, ...fields } } as IHttpRequestOptions;
	if (legacy.formData) {
		return { ...request, formData: { ...legacy.formData, ...fields } } as IHttpRequestOptions;
	}
	if ((request.method ?? 'GET') === 'GET') return { ...request, qs: { ...request.qs, ...fields } };
	const { body } = request;
	const { type, others } = contentType(request.headers);
	if (body instanceof URLSearchParams) return { ...request, body: extended(body, fields) };
	if (typeof body === 'string') {
		// Stays text: of URL parameters, n8n's HTTP Request node would send none.
		return {
			...request,
			body: extended(new URLSearchParams(body), fields).toString(),
			headers: { ...others, 'content-type': type || 'application/x-www-form-urlencoded' },
		};
	}
	if (isAppendable(body)) {
		for (const [name, value] of Object.entries(fields)) body.append(name, value);
		return request;
	}
	const all = { ...plainFields(body), ...fields };
	if (type.startsWith('multipart/')) {
		const encoded = multipart(all);
		return {
			...request,
			body: encoded.body,
			headers: { ...others, 'content-type': encoded.contentType },
		};
	}
	if (type === 'application/json')
		return { ...request, body: { ...(body as IDataObject), ...fields } };
	return {
		...request,
		body: urlencoded(all),
		headers: { ...others, 'content-type': 'application/x-www-form-urlencoded' },
	};
}

function extended(given: URLSearchParams, fields: Fields): URLSearchParams {
	const parameters = new URLSearchParams(given);
	for (const [name, value] of Object.entries(fields)) parameters.set(name, value);
	return parameters;
}

function isAppendable(body: unknown): body is Appendable {
	return (
		typeof body === 'object' && body !== null && typeof (body as Appendable).append === 'function'
	);
}

function plainFields(body: unknown): Fields {
	if (typeof body !== 'object' || body === null) return {};
	return Object.fromEntries(
		Object.entries(body as IDataObject)
			.filter(([, value]) => value !== undefined && value !== null)
			.map(([name, value]) => [name, String(value)]),
	);
}

/** The content type alone and in lower case, and the headers without it. */
export function contentType(headers: IDataObject = {}): { type: string; others: IDataObject } {
	const name = Object.keys(headers).find((header) => header.toLowerCase() === 'content-type');
	const others = Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name));
	const type = String((name && headers[name]) ?? '').toLowerCase();
	return { type: type.split(';')[0], others };
}
