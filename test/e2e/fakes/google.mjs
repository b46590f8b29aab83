// Google Sheets API v4, values and properties of one spreadsheet, and the tokens of service accounts (RFC 7523).
import { createPublicKey, createVerify } from 'node:crypto';

import { refusal } from './internet.mjs';

/** @typedef {import('fastify').FastifyInstance} App */

const SCOPE = 'https://www.googleapis.com/auth/spreadsheets';

/** What a cell becomes of a text that a user would enter: a phone number loses its plus and its zeros. */
const entered = (/** @type {unknown} */ value) =>
	typeof value === 'string' && /^\+?\d+$/.test(value) ? Number(value) : value;

/** `Calls!B2:D9`; rows and columns count from 0, the end is inclusive and may be open. @param {string} range */
function readRange(range) {
	const parts = /^'?([^'!]+)'?(?:!([A-Z]*)(\d*)(?::([A-Z]*)(\d*))?)?$/.exec(range);
	if (!parts) throw refusal(400, `Unable to parse range: ${range}`);
	const [, sheet, left = '', top = '', right = left, bottom = top] = parts;
	const column = (/** @type {string} */ letters, /** @type {number} */ otherwise) =>
		letters
			? [...letters].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1
			: otherwise;
	return {
		sheet,
		left: column(left, 0),
		top: top ? Number(top) - 1 : 0,
		right: column(right, Infinity),
		bottom: bottom ? Number(bottom) - 1 : Infinity,
	};
}

/** @param {{ email: string, privateKey: string, spreadsheet: string, sheets: Record<string, unknown[][]> }} account */
export function createGoogle({ email, privateKey, spreadsheet, sheets }) {
	const token = 'google-token';
	const key = createPublicKey(privateKey);
	const root = `/v4/spreadsheets/${spreadsheet}`;
	const rowsOf = (/** @type {string} */ name) => {
		if (!sheets[name]) throw refusal(400, `Unable to parse range: ${name}`);
		return sheets[name];
	};
	const write = (
		/** @type {string} */ range,
		/** @type {unknown[][]} */ values,
		/** @type {string} */ option,
	) => {
		if (option !== 'RAW' && option !== 'USER_ENTERED')
			throw refusal(400, "'valueInputOption' is required but not specified");
		const { sheet, left, top } = readRange(range);
		const rows = rowsOf(sheet);
		for (const [y, line] of values.entries()) {
			const row = (rows[top + y] ??= []);
			for (const [x, value] of line.entries()) {
				// Null leaves a cell as it is.
				if (value !== null) row[left + x] = option === 'RAW' ? value : entered(value);
			}
		}
		return { updatedRange: range, updatedRows: values.length };
	};
	return {
		sheets,
		hosts: ['sheets.googleapis.com', 'oauth2.googleapis.com', 'www.googleapis.com'],
		problem: (/** @type {{ status: number, message: string }} */ { status, message }) => ({
			error: { code: status, message, status: 'INVALID_ARGUMENT' },
		}),
		routes(/** @type {App} */ app) {
			app.addContentTypeParser(
				'application/x-www-form-urlencoded',
				{ parseAs: 'string' },
				(_, body, done) =>
					done(null, Object.fromEntries(new URLSearchParams(/** @type {string} */ (body)))),
			);
			app.addHook('onRequest', async ({ url, headers }) => {
				if (!url.startsWith('/token') && headers.authorization !== `Bearer ${token}`)
					throw refusal(401, 'Request had invalid authentication credentials.');
			});
			app.post('/token', async ({ body }) => {
				const { assertion = '' } = /** @type {Record<string, string>} */ (body);
				const [head, claims, signature] = assertion.split('.');
				const isSigned = createVerify('RSA-SHA256')
					.update(`${head}.${claims}`)
					.verify(key, signature, 'base64url');
				const { iss, scope } = JSON.parse(Buffer.from(claims, 'base64url').toString());
				if (!isSigned || iss !== email) throw refusal(400, 'Invalid JWT Signature.');
				if (!String(scope).split(' ').includes(SCOPE)) throw refusal(403, 'insufficient scopes');
				return { access_token: token, expires_in: 3600, token_type: 'Bearer' };
			});
			app.get(root, async () => ({
				sheets: Object.keys(sheets).map((title, sheetId) => ({
					properties: {
						...{ sheetId, title, index: sheetId },
						gridProperties: { rowCount: 1000, columnCount: 26 },
					},
				})),
			}));
			app.get(`${root}/values/:range`, async ({ params }) => {
				const { range } = /** @type {{ range: string }} */ (params);
				const { sheet, left, top, right, bottom } = readRange(range);
				const values = rowsOf(sheet)
					.slice(top, bottom + 1)
					.map((row) => Array.from(row ?? [], (value) => value ?? '').slice(left, right + 1));
				return { range, majorDimension: 'ROWS', ...(values.length > 0 ? { values } : {}) };
			});
			app.put(`${root}/values/:range`, async ({ params, query, body }) => {
				const { valueInputOption } = /** @type {Record<string, string>} */ (query);
				const { values } = /** @type {{ values: unknown[][] }} */ (body);
				return write(/** @type {any} */ (params).range, values, valueInputOption);
			});
			app.post(`${root}/*`, async ({ params, query, body }) => {
				const action = /** @type {Record<string, string>} */ (params)['*'];
				const sent = /** @type {any} */ (body);
				if (action === 'values:batchUpdate') {
					return {
						responses: sent.data.map((/** @type {any} */ { range, values }) =>
							write(range, values, sent.valueInputOption),
						),
					};
				}
				const append = /^values\/(.+):append$/.exec(decodeURIComponent(action));
				if (!append) throw refusal(404, 'there is no such address');
				const { sheet, left } = readRange(append[1]);
				const letters = String.fromCharCode(65 + left);
				const { valueInputOption } = /** @type {Record<string, string>} */ (query);
				return write(
					`${sheet}!${letters}${rowsOf(sheet).length + 1}`,
					sent.values,
					valueInputOption,
				);
			});
			app.post(`${root}:batchUpdate`, async () => ({ replies: [] }));
		},
	};
}
