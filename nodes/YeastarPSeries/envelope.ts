import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { asRow, text, whole } from '../callRecords/callRecord';
import type { Envelope, Reply } from '../callRecords/platform';

/** Without it, the PBX returns 40002 (docs/vendors/yeastar-p-series.md 1.3). */
export const USER_AGENT = 'OpenAPI';

const API = '/openapi/v1.0';

/**
 * A query. It is written into the address, with every space as `%20`: a server need not read `+` as a space, and
 * misses the time or the status then.
 */
export function query(endpoint: string, fields: IDataObject = {}): IHttpRequestOptions {
	const pairs = Object.entries(fields).map(
		([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
	);
	const query = pairs.length > 0 ? `?${pairs.join('&')}` : '';
	return {
		method: 'GET',
		url: `${API}/${endpoint}${query}`,
		headers: { 'User-Agent': USER_AGENT },
	};
}

/** A request without a token: one that gets a token. */
export function tokenRequest(endpoint: string, body: IDataObject): IHttpRequestOptions {
	return {
		method: 'POST',
		url: `${API}/${endpoint}`,
		headers: { 'User-Agent': USER_AGENT, 'content-type': 'application/json' },
		body,
	};
}

/**
 * The envelope of every endpoint (docs/vendors/yeastar-p-series.md 3.1). What it holds besides stands beside `errcode`.
 */
export function open(body: unknown): Envelope {
	const { errcode, errmsg, invalid_param_list: invalid } = asRow(body);
	const code = text(errcode);
	if (code === null || !/^-?\d+$/.test(code)) return { unrecognised: true };
	if (code === '0') return { payload: body };
	const fields = Array.isArray(invalid) ? invalid.map(invalidParameter) : [];
	const words = [text(errmsg), ...fields].filter((word) => word !== null);
	return { apiError: { code, text: words.join(', ') || null } };
}

/** `start_time (format)`, or in the PBX's own words; the value itself is the user's own, and may be a secret. */
function invalidParameter(entry: unknown): string | null {
	const { field, validation_type: rule, valid_msg: words } = asRow(entry);
	const name = text(field);
	const broken = text(words) ?? text(rule);
	return name !== null && broken !== null ? `${name} (${broken})` : name;
}

/**
 * `data` is left out, or null, where there is nothing (docs/vendors/yeastar-p-series.md 4.3).
 * @throws Error when it is something else than a list, which is not to be taken for "no records"
 */
export function reply(payload: unknown): Reply {
	const { data, total_number: total } = asRow(payload);
	if (!Array.isArray(data) && Object.keys(Object(data ?? {})).length > 0) {
		throw new Error('the answer holds call records in a form that is not documented');
	}
	return {
		rows: Array.isArray(data) ? data.map(asRow) : [],
		total: whole(total),
		pageSize: null,
	};
}
