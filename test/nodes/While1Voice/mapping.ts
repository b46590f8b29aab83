import type { IDataObject } from 'n8n-workflow';

import { parseJson } from '../../../nodes/callRecords/transport/body';
import { toCallRecord, type CallRecord } from '../../../nodes/callRecords/callRecord';
import type { Reply, Settings } from '../../../nodes/callRecords/platform';
import { while1Voice } from '../../../nodes/While1Voice/platform';

export const settings = (zone = 'Europe/Bucharest'): Settings => ({
	platform: 'while1Voice',
	host: 'pbx.example.com',
	zone,
	baseUrl: 'https://pbx.example.com',
	options: {},
	prepared: {},
});

/** The text of a reply, as it arrives, opened. */
export function replyOf(text: string): Reply {
	const opened = while1Voice.open(parseJson(text));
	if (!('payload' in opened)) throw new Error('the reply was not opened');
	return while1Voice.reply(opened.payload);
}

export function recordsOf(reply: Reply, zone?: string): CallRecord[] {
	const ids = while1Voice.recordIds(reply.rows);
	return reply.rows.map((row, i) =>
		toCallRecord(while1Voice.mapRow(row, ids[i], settings(zone)), settings(zone)),
	);
}

/** Rows in the platform's envelope, as text. */
export function answer(results: unknown, pagination: IDataObject = {}): string {
	const count = Array.isArray(results) ? results.length : 0;
	return JSON.stringify({
		has_error: false,
		messages: [],
		pagination: {
			row_count: count,
			page_size: 100,
			current_page: 1,
			max_page: Math.ceil(count / 100),
			...pagination,
		},
		results,
	});
}
