import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { asRow, text } from '../callRecords/callRecord';
import type { ApiError, Envelope, Reply } from '../callRecords/platform';
import type { Seconds, TimeRange } from '../callRecords/time';

export const get = (path: string): IHttpRequestOptions => ({
	method: 'GET',
	url: `/xapi/v1/${path}`,
});

/** With a fraction, or with encoded colons, some builds ignore the window (docs/vendors/3cx.md 4.4). */
const instant = (at: Seconds) => `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;

const quoted = (value: unknown) =>
	`'${encodeURIComponent((text(value) ?? '').replace(/'/g, "''"))}'`;

/**
 * All eleven arguments, in the order of the documentation; neither `$count` nor `$orderby`, which lose rows
 * (docs/vendors/3cx.md 3, 4.1, 4.2).
 */
export function callLog(
	{ from, to }: TimeRange,
	filters: IDataObject,
	top: number,
	skip = 0,
): IHttpRequestOptions {
	const arguments_ = [
		`periodFrom=${instant(from)},periodTo=${instant(to)}`,
		`sourceType=0,sourceFilter=${quoted(filters.sourceFilter)}`,
		`destinationType=0,destinationFilter=${quoted(filters.destinationFilter)}`,
		`callsType=${text(filters.callsType) ?? 0}`,
		"callTimeFilterType=0,callTimeFilterFrom='0:00:0',callTimeFilterTo='0:00:0'",
		`hidePcalls=${filters.hidePcalls === true}`,
	];
	const page = skip > 0 ? `$top=${top}&$skip=${skip}` : `$top=${top}`;
	return get(`ReportCallLogData/Pbx.GetCallLogData(${arguments_.join(',')})?${page}`);
}

/** The login answers with a token, everything else with a list or an error (docs/vendors/3cx.md 2.1, 3, 7). */
export function open(body: unknown): Envelope {
	if (typeof body !== 'object' || body === null || Array.isArray(body))
		return { unrecognised: true };
	const { error, error_description: words } = asRow(body);
	if (error !== undefined) return { apiError: errorOf(error, words) };
	const isAnswer = ['value', '@odata.context', 'access_token'].some((name) => name in body);
	return isAnswer ? { payload: body } : { unrecognised: true };
}

/** The code is often empty, or the HTTP status; the word after `WARNINGS.XAPI.` says more (docs/vendors/3cx.md 7). */
function errorOf(error: unknown, description: unknown): ApiError {
	if (typeof error === 'string') return { code: error, text: text(description) };
	const { code: given, message } = asRow(error);
	const words = text(message) ?? '';
	const [, word] = /WARNINGS\.XAPI\.(\w+)/.exec(words) ?? [];
	const code = text(given) ?? '';
	const named = /limit of '\d+' for Top query/i.test(words) ? 'TOP_LIMIT' : word;
	return { code: named ?? (/^\d{3}$/.test(code) ? `HTTP ${code}` : code), text: text(message) };
}

/**
 * There is no total (docs/vendors/3cx.md 4.3).
 * @throws Error when the rows are something else than a list, which is not to be taken for "no records"
 */
export function reply(payload: unknown): Reply {
	const { value } = asRow(payload);
	if (!Array.isArray(value) && Object.keys(Object(value ?? {})).length > 0) {
		throw new Error('the answer holds call records in a form that is not documented');
	}
	return { rows: Array.isArray(value) ? value.map(asRow) : [], total: null, pageSize: null };
}
