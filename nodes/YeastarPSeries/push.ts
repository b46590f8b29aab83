import { createHmac } from 'crypto';

import type { IDataObject } from 'n8n-workflow';

import { asRow, text, whole } from '../callRecords/callRecord';
import type { Push } from '../callRecords/platform';
import { parseJson } from '../callRecords/transport/body';
import { mapRow } from './mapRow';

/** "New CDR". Other events say that a call rings or that an extension is busy (docs/vendors/push.md 1.4). */
const NEW_CDR = 30_012;

/** Fields of an event, and what they are called in a row (docs/vendors/push.md 1.3). */
const ROW_FIELDS: Record<string, string> = {
	call_id: 'call_id',
	uid: 'uid',
	time_start: 'time',
	call_from: 'call_from',
	call_to: 'call_to',
	call_duration: 'duration',
	talk_duration: 'talk_duration',
	src_trunk_name: 'src_trunk',
	dst_trunk_name: 'dst_trunk',
	pin_code: 'pin_code',
	status: 'disposition',
	type: 'call_type',
	recording: 'record_file',
	did_number: 'did_number',
	did_name: 'did_name',
};

/** Empty is `""` or a blank, which a row leaves out. */
function rowOf(message: IDataObject): IDataObject {
	const named = Object.entries(ROW_FIELDS).map(([sent, name]) => [name, message[sent]] as const);
	return Object.fromEntries(named.filter(([, value]) => text(value) !== null));
}

/** What an event says is JSON as text, an object, or stands beside the type (docs/vendors/push.md 1.3). */
function messageOf({ msg, ...beside }: IDataObject): IDataObject {
	if (msg === undefined) return { ...beside, type: null };
	return asRow(typeof msg === 'string' ? parseJson(msg) : msg);
}

export const push: Push = {
	method: 'POST',
	steps: [
		'On the web portal of the PBX, open Integrations > API > Webhook Event Push and add a webhook.',
		'Paste the Production URL of this node, choose the method POST, and tick the event "(30012) Call End Details Notification".',
		'Copy the secret that the PBX shows into the Webhook Secret of the credential.',
		'Activate the workflow.',
	],
	signature: {
		header: 'x-signature',
		secretField: 'webhookSecret',
		secretLabel: 'Webhook Secret',
		// docs/vendors/push.md 1.2
		sign: (secret, body) => createHmac('sha256', secret).update(body).digest('base64'),
	},
	read(sent) {
		if (whole(sent.type) !== NEW_CDR) return { kind: 'other' };
		const row = rowOf(messageOf(sent));
		const id = text(row.call_id);
		if (id === null) return { kind: 'bad', reason: 'the event of a call has no call_id' };
		return { kind: 'callEnded', id, row };
	},
	joinedBy: 'call_id',
	// A row for each leg, of which the event knows nothing.
	isWhole: false,
	mapRow(row, id, settings) {
		const { time, ...rest } = row;
		const known = settings.zone === '' ? rest : { ...rest, time };
		const prepared = { ...settings.prepared, dateFormat: 'YYYY-MM-DD' };
		return mapRow(known, id, { ...settings, prepared });
	},
};
