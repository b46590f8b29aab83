import { createHmac } from 'node:crypto';

import type { HappenedCall } from './calls';
import { commoRow } from './commo';
import { itnioRow } from './itnioRow';
import { while1Row } from './while1Row';
import { formatWall, wallOf } from './wall';
import { yeastarRows } from './yeastarRow';

/** The secret of the webhook, as the web portal of a P-Series shows it. */
export const WEBHOOK_SECRET = 'canarywebhooksecret0c1f5a7d93b26e';

/** What a vendor sends when a call ends (docs/vendors/push.md), without the address. */
export interface PushMessage {
	method: 'GET' | 'POST';
	query?: Record<string, string>;
	headers: Record<string, string>;
	body?: string;
}

type Pusher = (call: HappenedCall, zone?: string) => PushMessage;

const json = (value: unknown): PushMessage => ({
	method: 'POST',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(value),
});

/** The header of a P-Series for a body. */
export function signedBy(secret: string, message: PushMessage): PushMessage {
	const signature = createHmac('sha256', secret)
		.update(message.body ?? '')
		.digest('base64');
	return { ...message, headers: { ...message.headers, 'x-signature': signature } };
}

/** Numbers come bare, and empty fields as "" (docs/vendors/push.md 1.3). */
const yeastar: Pusher = (call, zone = 'Europe/Bucharest') => {
	const row = yeastarRows(call, { isLegacy: false, hasLegs: false })[0];
	const message = {
		call_id: row.call_id,
		time_start: formatWall(wallOf(call.start, zone)),
		call_from: row.call_from_number,
		call_to: row.call_to_number,
		call_duration: row.duration ?? 0,
		talk_duration: row.talk_duration ?? 0,
		src_trunk_name: row.src_trunk ?? '',
		dst_trunk_name: row.dst_trunk ?? ' ',
		pin_code: row.pin_code ?? '',
		status: row.disposition,
		type: row.call_type,
		recording: row.record_file ?? '',
		did_number: row.did_number ?? '',
		did_name: row.did_name ?? '',
		uid: row.uid,
	};
	const event = { type: 30012, sn: '3631A2000001', msg: JSON.stringify(message) };
	return signedBy(WEBHOOK_SECRET, json(event));
};

/** The edition of 2025; `disnumber` for the number shown (docs/vendors/push.md 2.2). */
const commo: Pusher = (call, zone = 'Asia/Shanghai') => {
	const { displaynumber, ...row } = commoRow(call, zone);
	return json({ ...row, disnumber: displaynumber, type: row.direction, recordurl: '' });
};

/** Without `keyId`, and with four names of its own (docs/vendors/push.md 4). */
const itnio: Pusher = (call, zone = 'Asia/Shanghai') => {
	const row = itnioRow(call, zone);
	return json({
		callSessionId: row.callSessionId,
		called: row.encryptCalled,
		calledInfo: row.calledInfo,
		caller: row.caller,
		ccode: row.ccode,
		agentName: row.seatName,
		agentGroupName: row.sipGroupName,
		callDuration: row.callDuration,
		callType: row.callType,
		hangupCode: row.hangupCode,
		hangupReason: row.hangupReason,
		hangingDirection: row.hangingDirection,
		labels: row.labelNameList ?? [],
		remark: row.remark,
		callStartTime: row.callStartTime,
		answerTime: row.calledAnswerTime,
		callEndTime: row.calledHangupTime,
		voiceUrl: row.voiceUrl,
	});
};

/** A GET without a time of the call (docs/vendors/push.md 5). */
const while1: Pusher = (call, zone = 'Europe/Bucharest') => {
	const row = while1Row(call, zone);
	const isInbound = row.direction === 'IN';
	const ended = call.talkSeconds > 0 ? 'queue_answer_end' : 'missed_calls';
	return {
		method: 'GET',
		headers: {},
		query: {
			event: isInbound ? ended : 'outgoing_end',
			direction: row.direction,
			project_id: '12',
			remote_number: isInbound ? row.source : row.destination,
			dnid: isInbound ? row.destination : '',
			queue: row.qname ?? '',
			uniqueid: row.uniqueid,
		},
	};
};

/** By the platform's name. One platform documents no push. */
export const PUSHERS: Record<string, Pusher> = {
	commo,
	itnioTech: itnio,
	while1Voice: while1,
	yeastarPSeries: yeastar,
};

/** Sends it. @returns the status of the answer, or null where there was none */
export async function send(address: string, message: PushMessage): Promise<number | null> {
	const url = new URL(address);
	for (const [name, value] of Object.entries(message.query ?? {}))
		url.searchParams.set(name, value);
	const { method, headers, body } = message;
	const answer = await fetch(url, { method, headers, body }).catch(() => null);
	await answer?.body?.cancel();
	return answer?.status ?? null;
}
