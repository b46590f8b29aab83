/** Digits behind a point or an exponent are part of a fraction, which is a number however long it is. */
const LONG_NUMBER = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

function isEscaped(text: string, at: number): boolean {
	let backslashes = 0;
	while (text[at - 1 - backslashes] === '\\') backslashes++;
	return backslashes % 2 === 1;
}

/** Where the text that opens at `quote` has ended. */
function endOfText(text: string, quote: number): number {
	let end = text.indexOf('"', quote + 1);
	while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
	return end === -1 ? text.length : end + 1;
}

/** Searched by hand: a pattern for quoted text needs stack for each of its characters, and some notes are long. */
function quoteLongNumbers(text: string): string {
	const pieces: string[] = [];
	let at = 0;
	while (at < text.length) {
		const quote = text.indexOf('"', at);
		const outside = quote === -1 ? text.slice(at) : text.slice(at, quote);
		pieces.push(
			outside.replace(LONG_NUMBER, (digits) =>
				Number.isSafeInteger(Number(digits)) ? digits : `"${digits}"`,
			),
		);
		at = quote === -1 ? text.length : endOfText(text, quote);
		if (quote !== -1) pieces.push(text.slice(quote, at));
	}
	return pieces.join('');
}

/**
 * Parses JSON without losing ids: a whole number that JavaScript cannot hold exactly becomes text, digit for digit.
 * @returns undefined when the text is not JSON
 */
export function parseJson(text: string): unknown {
	const exact = /\d{16}/.test(text) ? quoteLongNumbers(text) : text;
	try {
		return JSON.parse(exact) as unknown;
	} catch {
		return undefined;
	}
}

export type Fields = Record<string, string>;

/** Fields as `application/x-www-form-urlencoded`. */
export function urlencoded(fields: Fields): string {
	return new URLSearchParams(fields).toString();
}

/** Fields as `multipart/form-data`, in text, so that a request can be sent again. */
export function multipart(fields: Fields): { body: string; contentType: string } {
	const values = Object.values(fields).join('');
	let boundary = '----call-records-form';
	while (values.includes(boundary)) boundary += '-';
	const parts = Object.entries(fields).map(
		([name, value]) =>
			`--${boundary}\r\nContent-Disposition: form-data; name="${name.replace(/"/g, '%22')}"\r\n\r\n${value}\r\n`,
	);
	return {
		body: `${parts.join('')}--${boundary}--\r\n`,
		contentType: `multipart/form-data; boundary=${boundary}`,
	};
}

/** A reply of the largest page takes a few megabytes; what is longer is none. */
const MOST_REPLY_BYTES = 64 * 1024 * 1024;

/** A reply that does not end, or that was packed to grow. */
export class ReplyTooLarge extends Error {
	constructor(readonly mostBytes: number) {
		super(`the reply is larger than ${mostBytes} bytes`);
	}
}

/**
 * The text of a reply that n8n hands over as a stream, counted as it is unpacked: n8n itself takes any length.
 * @returns what n8n has read already as it is
 * @throws ReplyTooLarge after `mostBytes`; no more of it is read then
 */
export async function readReply(body: unknown, mostBytes = MOST_REPLY_BYTES): Promise<unknown> {
	if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body)) return body;
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of body as AsyncIterable<Uint8Array>) {
		bytes += chunk.byteLength;
		if (bytes > mostBytes) throw new ReplyTooLarge(mostBytes);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks)
		.toString('utf8')
		.replace(/^\uFEFF/, '');
}
