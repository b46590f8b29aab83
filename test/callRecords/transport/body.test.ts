import { Readable } from 'node:stream';

import fc from 'fast-check';

import {
	multipart,
	parseJson,
	readReply,
	ReplyTooLarge,
	urlencoded,
} from '../../../nodes/callRecords/transport/body';

describe('JSON with ids in it', () => {
	it('is what JSON.parse gives, where no number is too long', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
				const text = JSON.stringify(value);
				fc.pre(!/(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/.test(text));
				expect(parseJson(text)).toEqual(JSON.parse(text));
			}),
			{ numRuns: 1000 },
		);
	});

	it('keeps every digit of whole numbers, as text where JavaScript cannot hold them', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (id) => {
				const { read } = parseJson(`{"read": ${id} , "x":[${id},1]}`) as { read: unknown };
				const isSafe = Number.isSafeInteger(Number(id));
				expect(read).toBe(isSafe ? Number(id) : String(id));
			}),
			{ numRuns: 1000 },
		);
	});

	it.each([
		['a number inside text', '{"a":"id 12345678901234567890","b":12345678901234567890}'],
		['text with quotes and backslashes', '{"a":"\\"12345678901234567890\\\\","b":1}'],
	])('leaves %s alone', (_name, text) => {
		expect((parseJson(text) as { a: string }).a).toBe((JSON.parse(text) as { a: string }).a);
	});

	it.each([
		['0.12345678901234567890', Number('0.1234567890123456789')],
		['-12345678901234567890.5', Number('-12345678901234567890.5')],
		['1234567890123456789e3', Number('1234567890123456789e3')],
		['1.5e-1234567890123456789', 0],
		['1e0000000000000000002', 100],
	])('leaves the fraction %s a number', (text, expected) => {
		expect(parseJson(`[${text}]`)).toEqual([expected]);
	});

	it('reads long text next to a long number', () => {
		const note = 'x\\"'.repeat(10_000_000);
		expect(parseJson(`{"note":"${note}","id":12345678901234567890}`)).toEqual({
			note: 'x"'.repeat(10_000_000),
			id: '12345678901234567890',
		});
	});

	it.each([
		'',
		'<!DOCTYPE html><html></html>',
		'{"ret":200,"data":',
		"{'ret':200}",
		'undefined',
		'NaN',
		'12345678901234567890"',
	])('knows that %j is none', (text) => {
		expect(parseJson(text)).toBeUndefined();
	});
});

const value = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constant('a\r\n------call-records-form--\r\nb'),
	fc.constant(
		'a\r\n------call-records-form-\r\nContent-Disposition: form-data; name="token"\r\n\r\nb',
	),
);
const fields = fc.dictionary(fc.stringMatching(/^[a-z]\w{0,8}$/), value, {
	maxKeys: 6,
	noNullPrototype: true,
});

describe('fields as a form', () => {
	it('are read back by a decoder of forms', async () => {
		await fc.assert(
			fc.asyncProperty(fields, async (given) => {
				expect(Object.fromEntries(new URLSearchParams(urlencoded(given)))).toEqual(given);
				const { body, contentType } = multipart(given);
				const read = await new Response(body, {
					headers: { 'content-type': contentType },
				}).formData();
				// No field more, whatever a value holds.
				expect(Object.fromEntries(read)).toEqual(given);
			}),
			{ numRuns: 500 },
		);
	});

	it('may have quotes in their names, which end no name', async () => {
		const { body, contentType } = multipart({ 'a"; b="c': '1', '""': '2' });
		const read = await new Response(body, { headers: { 'content-type': contentType } }).formData();
		expect(Object.fromEntries(read)).toEqual({ 'a"; b="c': '1', '""': '2' });
	});
});

describe('a reply that comes in pieces', () => {
	const inPieces = (text: string, size: number) => {
		const bytes = Buffer.from(text);
		const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
			bytes.subarray(i * size, (i + 1) * size),
		);
		return Readable.from(pieces);
	};

	it('is read as it was sent, wherever it was cut', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.string({ unit: 'grapheme' }),
				fc.integer({ min: 1, max: 9 }),
				async (text, size) => {
					expect(await readReply(inPieces(text, size))).toBe(text.replace(/^\uFEFF/, ''));
				},
			),
		);
	});

	it('loses the mark at its beginning', async () => {
		expect(await readReply(inPieces('\uFEFF{}', 2))).toBe('{}');
	});

	it.each([
		[10, 10, 'whole'],
		[11, 10, 'refused'],
	])('of %i bytes where %i may come is %s', async (length, most, outcome) => {
		const body = inPieces('x'.repeat(length), 3);
		const error: unknown = await readReply(body, most).catch((thrown: unknown) => thrown);
		expect(error instanceof ReplyTooLarge ? 'refused' : 'whole').toBe(outcome);
		expect(body.destroyed).toBe(true);
	});

	it.each(['text', undefined, null, { a: 1 }, 5])(
		'that n8n has read already stays %j',
		async (body) => {
			expect(await readReply(body)).toBe(body);
		},
	);
});
