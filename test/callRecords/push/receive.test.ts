import fc from 'fast-check';

import { push as yeastar } from '../../../nodes/YeastarPSeries/push';
import { push as while1 } from '../../../nodes/While1Voice/push';
import { push as commo } from '../../../nodes/Commo/push';
import { push as itnio } from '../../../nodes/ItnioTech/push';
import { receive, refuse, type PushRequest } from '../../../nodes/callRecords/push/receive';

const SECRET = '0123456789abcdef0123456789abcdef';
const JSON_HEADERS = { 'content-type': 'application/json' };

const request = (body: string | null, headers: PushRequest['headers'] = JSON_HEADERS) => ({
	headers,
	body: body === null ? null : Buffer.from(body),
	query: {},
});
const signed = (body: string, signature: string | undefined) =>
	request(body, { ...JSON_HEADERS, 'x-signature': signature });

/** Made with: printf '%s' "$body" | openssl dgst -sha256 -hmac "$secret" -binary | base64 */
const VECTORS: Array<[secret: string, body: string, signature: string]> = [
	[
		SECRET,
		String.raw`{"type":30012,"sn":"3631A2000001","msg":"{\"call_id\":\"1793600000.12\"}"}`,
		'Og8WJlwK9ie4a2aRRxt5OxjhrEHImkrBKfUE1o2G6VM=',
	],
	[
		SECRET,
		String.raw`{"type":30012,"sn":"3631A2000001","msg":"{\"call_id\":\"1793600000.6\",\"call_from\":\"Zoë 王\"}"}`,
		'ifm0vS2BDwlRxBBo/j39T27FUvucVRer8qVj+OjSsto=',
	],
	[
		SECRET,
		String.raw`{"type": 30012, "sn": "3631A2000001", "msg": "{\"call_id\":\"1793600000.12\"}"}`,
		'NvIrJ3e68d3SAZhH1gf8PWjvg6+yK7AdBIUHGaEphnc=',
	],
	['S3cr3t!ü', '{"type":30012}\n', 'LKe/Oi+SB2RuWTpyuAfowT80v/E5kHJgyh352qgfMVI='],
];
const [[, BODY, SIGNATURE]] = VECTORS;

describe('the signature', () => {
	it.each(VECTORS)('is that of openssl, over the bytes (%#)', (secret, body, signature) => {
		expect(yeastar.signature?.sign(secret, Buffer.from(body))).toBe(signature);
		expect(receive(yeastar, signed(body, signature), secret)).not.toMatchObject({ status: 401 });
	});

	it('lets a signed event through', () => {
		expect(receive(yeastar, signed(BODY, SIGNATURE), SECRET)).toEqual({
			kind: 'callEnded',
			id: '1793600000.12',
			row: { call_id: '1793600000.12' },
		});
	});

	it.each([
		['missing', undefined],
		['empty', ''],
		['of another body', VECTORS[2][2]],
		['in hexadecimal', Buffer.from(SIGNATURE, 'base64').toString('hex')],
		['cut short', SIGNATURE.slice(0, -2)],
		['followed by more', `${SIGNATURE}=`],
		['in other letters', SIGNATURE.toLowerCase()],
	])('is refused when it is %s', (_, signature) => {
		const answer = receive(yeastar, signed(BODY, signature), SECRET);
		expect(answer).toMatchObject({ kind: 'rejected', status: 401 });
	});

	it('does not fit a body that a proxy wrote anew', () => {
		const rewritten = JSON.stringify(JSON.parse(BODY), null, 1);
		expect(JSON.parse(rewritten)).toEqual(JSON.parse(BODY));
		expect(receive(yeastar, signed(rewritten, SIGNATURE), SECRET)).toMatchObject({ status: 401 });
	});

	it('never fits an empty secret, and is not looked at without a check', () => {
		const ofNothing = yeastar.signature?.sign('', Buffer.from(BODY));
		expect(receive(yeastar, signed(BODY, ofNothing), '')).toMatchObject({ status: 401 });
		expect(receive(yeastar, request(BODY), null)).toMatchObject({ kind: 'callEnded' });
	});

	it('is checked before anything is read', () => {
		expect(receive(yeastar, signed('{', 'x'), SECRET)).toMatchObject({ status: 401 });
	});

	it('fits no other byte', () => {
		const bytes = Buffer.from(BODY);
		fc.assert(
			fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
				const body = Buffer.from(bytes);
				body[at] ^= flip;
				const tampered = { ...signed(BODY, SIGNATURE), body };
				expect(receive(yeastar, tampered, SECRET)).toMatchObject({ status: 401 });
			}),
		);
	});
});

describe('what cannot be an event', () => {
	it.each([
		['5 MB', 'x'.repeat(5 * 1024 * 1024), JSON_HEADERS, 413],
		['nothing', null, JSON_HEADERS, 400],
		['no bytes', '', JSON_HEADERS, 400],
		['a form', 'id=1&starttime=2', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
		['an upload', 'x', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
		['XML', '<id/>', { 'content-type': 'text/xml' }, 415],
	])('is refused unread: %s', (_, body, headers, status) => {
		expect(refuse(commo, request(body, headers))).toMatchObject({ kind: 'rejected', status });
	});

	it.each(['application/json', 'Application/JSON; charset=utf-8', 'text/plain', undefined])(
		'is not decided by the content type %s',
		(type) => expect(refuse(commo, request('{}', { 'content-type': type }))).toBeNull(),
	);

	const deep = (levels: number) =>
		`{"id":1,"starttime":${'['.repeat(levels)}${']'.repeat(levels)}}`;

	it.each([
		['half of a body', '{"id":"1","star'],
		['a list', '[{"id":1}]'],
		['null', 'null'],
		['text', '"id"'],
		['an object without an id', '{"starttime":"2026-11-02 08:13:20"}'],
		['an id that is an object', '{"id":{},"starttime":"2026-11-02 08:13:20"}'],
		['an encrypted form', '{"id":"1","json_params":"U2FsdGVk"}'],
		['100,000 levels', deep(100_000)],
		['an endless id', `{"starttime":"2026-11-02 08:13:20","id":"${'9'.repeat(5000)}"}`],
	])('is refused with 400: %s', (_, body) => {
		expect(receive(commo, request(body), null)).toMatchObject({ kind: 'rejected', status: 400 });
	});

	it('gives no row anything deeper than a list, and no prototype', () => {
		const body = `{"id":1,"starttime":"2026-11-02 08:13:20","deep":{"a":1},"list":[[1]],"tags":["a"],"__proto__":{"b":1}}`;
		const received = receive(commo, request(body), null);
		const row = 'row' in received ? received.row : null;
		expect(row).toMatchObject({ id: 1, tags: ['a'] });
		expect(Object.keys(row ?? {})).not.toEqual(expect.arrayContaining(['deep']));
		expect(row).not.toHaveProperty('list');
		expect(row).not.toHaveProperty('b');
	});

	it('throws nothing, whatever is sent', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.json(), fc.string()),
				fc.dictionary(fc.string(), fc.string()),
				(body, query) => {
					for (const push of [commo, itnio, yeastar, while1]) {
						const { kind } = receive(push, { headers: {}, body: Buffer.from(body), query }, null);
						expect(['callEnded', 'other', 'rejected']).toContain(kind);
					}
				},
			),
		);
	});

	it('keeps every digit of a long id', () => {
		const body = '{"id":12345678901234567890,"starttime":"2026-11-02 08:13:20"}';
		expect(receive(commo, request(body), null)).toMatchObject({ id: '12345678901234567890' });
	});
});
