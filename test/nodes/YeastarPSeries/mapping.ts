import type { IDataObject } from 'n8n-workflow';

import { parseJson } from '../../../nodes/callRecords/transport/body';
import { toCallRecord, type CallRecord } from '../../../nodes/callRecords/callRecord';
import type { Reply, Settings } from '../../../nodes/callRecords/platform';
import { yeastarPSeries } from '../../../nodes/YeastarPSeries/platform';

export const settings = (zone = 'Etc/GMT-2', prepared: IDataObject = {}): Settings => ({
	platform: 'yeastarPSeries',
	host: 'pbx.example.com:8088',
	zone,
	baseUrl: 'https://pbx.example.com:8088',
	options: {},
	prepared: { timeForm: 'epoch', ...prepared },
});

/** The text of a reply, as it arrives, opened. */
export function replyOf(text: string): Reply {
	const opened = yeastarPSeries.open(parseJson(text));
	if (!('payload' in opened)) throw new Error('the reply was not opened');
	return yeastarPSeries.reply(opened.payload);
}

export function recordsOf(reply: Reply, zone?: string, prepared?: IDataObject): CallRecord[] {
	const known = settings(zone, prepared);
	const ids = yeastarPSeries.recordIds(reply.rows);
	return reply.rows.map((row, i) => toCallRecord(yeastarPSeries.mapRow(row, ids[i], known), known));
}

/** Rows in the platform's envelope, as text. */
export function answer(data: unknown, total: unknown = (data as unknown[]).length): string {
	return JSON.stringify({ errcode: 0, errmsg: 'SUCCESS', total_number: total, data });
}
