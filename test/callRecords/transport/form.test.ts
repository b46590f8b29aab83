import type { IHttpRequestOptions } from 'n8n-workflow';

import { contentType, withFields } from '../../../nodes/callRecords/transport/form';

const secret = { token: 'a b&ü=1' };
const post = (request: object): IHttpRequestOptions => ({ method: 'POST', url: '/', ...request });

describe('fields added to a request', () => {
	const body = { service: 'X', page: 1, all: false, none: null, missing: undefined };

	it('are encoded as the content type says: multipart', async () => {
		const request = post({
			body,
			headers: { 'Content-Type': 'multipart/form-data', accept: '*/*' },
		});
		const { headers, body: sent } = withFields(request, secret);
		expect(Object.keys(headers!).sort()).toEqual(['accept', 'content-type']);
		expect(headers!['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		const read = await new Response(String(sent), {
			headers: { 'content-type': String(headers!['content-type']) },
		}).formData();
		expect(Object.fromEntries(read)).toEqual({ service: 'X', page: '1', all: 'false', ...secret });
	});

	it.each([
		['said', { headers: { 'CONTENT-TYPE': 'application/x-www-form-urlencoded; charset=utf-8' } }],
		['not said', {}],
	])('are urlencoded where that is %s', (_name, more) => {
		const { headers, body: sent } = withFields(post({ body, ...more }), secret);
		expect(headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' });
		expect(Object.fromEntries(new URLSearchParams(String(sent)))).toEqual({
			service: 'X',
			page: '1',
			all: 'false',
			...secret,
		});
	});

	it('stay JSON where the content type says so', () => {
		const headers = { 'Content-Type': 'application/json' };
		expect(withFields(post({ body: { nested: { a: [1] } }, headers }), secret)).toMatchObject({
			headers,
			body: { nested: { a: [1] }, ...secret },
		});
	});

	it('go into the query of a request without a body', () => {
		expect(withFields({ url: '/', qs: { a: 1 } }, secret)).toEqual({
			url: '/',
			qs: { a: 1, ...secret },
		});
		expect(withFields({ method: 'GET', url: '/' }, secret).qs).toEqual(secret);
	});

	it.each([
		['text', 'service=X&token=old'],
		['URL parameters', new URLSearchParams('service=X&token=old')],
	])('replace what is there in %s', (_name, given) => {
		const sent = withFields(post({ body: given }), secret).body;
		expect(typeof sent).toBe(typeof given);
		expect([...new URLSearchParams(String(sent))]).toEqual([
			['service', 'X'],
			['token', secret.token],
		]);
		expect(String(given)).toBe('service=X&token=old');
	});

	it.each([
		[{}, { 'content-type': 'application/x-www-form-urlencoded' }],
		[
			{ 'Content-Type': 'Application/X-WWW-Form-Urlencoded; charset=utf-8', accept: '*/*' },
			{ 'content-type': 'application/x-www-form-urlencoded', accept: '*/*' },
		],
	])('keep the content type of text: %j', (headers, sent) => {
		expect(withFields(post({ body: 'service=X', headers }), secret).headers).toEqual(sent);
	});

	it('leave the headers of URL parameters alone', () => {
		const headers = { accept: '*/*' };
		const request = withFields(post({ body: new URLSearchParams('a=1'), headers }), secret);
		expect(request.headers).toEqual(headers);
	});

	it.each([undefined, null, 5])('are all there is where the body is %j', (none) => {
		const sent = withFields(post({ body: none }), secret).body;
		expect([...new URLSearchParams(String(sent))]).toEqual([['token', secret.token]]);
		const json = { 'content-type': 'application/json' };
		expect(withFields(post({ body: none, headers: json }), secret).body).toEqual(secret);
	});

	it('go into a body that has a field named append', () => {
		const sent = withFields(post({ body: { append: 'x' } }), secret).body;
		expect([...new URLSearchParams(String(sent)).keys()]).toEqual(['append', 'token']);
	});

	it('go into the forms of older request options', () => {
		expect(withFields(post({ form: { service: 'X' } }), secret)).toMatchObject({
			form: { service: 'X', ...secret },
		});
		expect(withFields(post({ formData: { service: 'X' } }), secret)).toMatchObject({
			formData: { service: 'X', ...secret },
		});
	});

	it('are appended to a body that takes them itself', () => {
		const form = new FormData();
		form.append('service', 'X');
		expect(withFields(post({ body: form }), secret).body).toBe(form);
		expect(Object.fromEntries(form)).toEqual({ service: 'X', ...secret });
	});

	it('leave the given request as it was, so that it can be sent again', () => {
		const request = post({ body: { ...body }, headers: { 'content-type': 'multipart/form-data' } });
		const before = structuredClone(request);
		withFields(request, secret);
		expect(request).toEqual(before);
	});
});

it.each([
	[{ 'Content-Type': 'Text/HTML; charset=utf-8', a: 1 }, 'text/html', { a: 1 }],
	[{ a: 1 }, '', { a: 1 }],
	[{ 'content-type': null }, '', {}],
	[undefined, '', {}],
])('the content type of %j is "%s"', (headers, type, others) => {
	expect(contentType(headers as never)).toEqual({ type, others });
});
