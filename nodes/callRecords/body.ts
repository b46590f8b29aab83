/** Digits behind a point or an exponent are part of a fraction, which is a number however long it is. */
const TEXT_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * Parses JSON without losing ids: a whole number that JavaScript cannot hold exactly becomes text, digit for digit.
 * @returns undefined when the text is not JSON
 */
export function parseJson(text: string): unknown {
	const exact = /\d{16}/.test(text)
		? text.replace(TEXT_OR_LONG_NUMBER, (found) =>
				found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
			)
		: text;
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
