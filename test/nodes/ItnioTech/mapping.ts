import { parseJson } from '../../../nodes/callRecords/transport/body';
import { toCallRecord, type CallRecord } from '../../../nodes/callRecords/callRecord';
import type { Reply, Settings } from '../../../nodes/callRecords/platform';
import { itnioTech } from '../../../nodes/ItnioTech/platform';

export const settings = (zone = 'Asia/Shanghai', timeFormat = 'plain'): Settings => ({
	platform: 'itnioTech',
	host: 'api.itniotech.com',
	zone,
	baseUrl: 'https://api.itniotech.com',
	options: { timeFormat },
	prepared: {},
});

/** The text of a reply, as it arrives, opened. */
export function replyOf(text: string): Reply {
	const opened = itnioTech.open(parseJson(text));
	if (!('payload' in opened)) throw new Error('the reply was not opened');
	return itnioTech.reply(opened.payload);
}

export function recordsOf(reply: Reply, zone?: string): CallRecord[] {
	const ids = itnioTech.recordIds(reply.rows);
	return reply.rows.map((row, i) =>
		toCallRecord(itnioTech.mapRow(row, ids[i], settings(zone)), settings(zone)),
	);
}

/** Rows in the platform's envelope, as text. */
export function answer(records: unknown[]): string {
	const data = { total: records.length, size: 100, current: 1, searchCount: true, pages: 1 };
	return JSON.stringify({ status: 0, reason: 'success', data: { ...data, records } });
}
