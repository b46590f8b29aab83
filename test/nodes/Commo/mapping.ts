import { toCallRecord, type CallRecord } from '../../../nodes/callRecords/callRecord';
import { parseJson } from '../../../nodes/callRecords/transport/body';
import type { Reply, Settings } from '../../../nodes/callRecords/platform';
import { commo } from '../../../nodes/Commo/platform';

export const settings = (zone = 'Asia/Shanghai'): Settings => ({
	platform: 'commo',
	host: 'voice.example.com:4434',
	zone,
	baseUrl: 'http://voice.example.com:4434',
	options: {},
	prepared: {},
});

/** The text of a reply, as it arrives, opened. */
export function replyOf(text: string): Reply {
	const opened = commo.open(parseJson(text));
	if (!('payload' in opened)) throw new Error('the reply was not opened');
	return commo.reply(opened.payload);
}

export function recordsOf(reply: Reply, zone?: string): CallRecord[] {
	const ids = commo.recordIds(reply.rows);
	return reply.rows.map((row, i) =>
		toCallRecord(commo.mapRow(row, ids[i], settings(zone)), settings(zone)),
	);
}

/** Rows in the platform's envelope, as text. */
export function answer(bills: unknown, total: unknown = (bills as unknown[]).length): string {
	return JSON.stringify({
		ret: 200,
		data: {
			status: 0,
			desc: 'get success',
			result: { totalitems: total, currentpage: 1, itemsperpage: 1000, bills },
			reqtime: 1_741_051_300,
			rsptime: 1_741_051_300,
		},
		msg: '',
	});
}
