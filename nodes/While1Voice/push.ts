import type { IDataObject } from 'n8n-workflow';

import { text } from '../callRecords/callRecord';
import { readFields } from '../callRecords/fields';
import type { Push } from '../callRecords/platform';
import { fields } from './fields';
import { mapRow } from './mapRow';

/** Events that end a call, and what each of them says by its name (docs/vendors/push.md 5.2). */
const ENDS = new Map<unknown, IDataObject>([
	['queue_answer_end', { direction: 'IN', call_status: 'ANSWERED' }],
	['missed_calls', { direction: 'IN', call_status: 'NO ANSWER' }],
	['outgoing_end', { direction: 'OUT' }],
]);

/** `epoch.sequence`, with the name of the system in front on some installations. */
const UNIQUE_ID = /^[\w.-]*\d\.\d+$/;

/** An event has no times, no durations and no `linkedid` (docs/vendors/push.md 5.3). */
function rowOf(sent: IDataObject, id: string, known: IDataObject): IDataObject {
	const outside = text(sent.remote_number) ?? text(sent.telephone);
	const sides =
		known.direction === 'IN'
			? { source: outside, destination: text(sent.dnid) }
			: { destination: outside };
	return { uniqueid: id, linkedid: id, ...known, ...sides, qname: text(sent.queue) };
}

export const push: Push = {
	method: 'GET',
	steps: [
		'On the PBX, open Edit Project of the project whose calls you want.',
		'Paste the Production URL of this node into the address for sendEvent.',
		'Repeat it for every other project.',
		'Activate the workflow. Calls that were answered without a queue have no end event: only the other trigger finds them.',
	],
	read(sent) {
		const event = text(sent.event);
		if (event === null) return { kind: 'bad', reason: 'the request names no event' };
		const known = ENDS.get(event);
		if (known === undefined) return { kind: 'other' };
		const id = text(sent.uniqueid);
		if (id === null || !UNIQUE_ID.test(id)) {
			return { kind: 'bad', reason: 'the event has no uniqueid' };
		}
		return { kind: 'callEnded', id, row: rowOf(sent, id, known) };
	},
	joinedBy: 'uniqueid',
	isWhole: false,
	filtersOfEvent: (id) => readFields(fields, { uniqueid: id }),
	filtersOfCall: (callId) => readFields(fields, { linkedid: callId }),
	mapRow,
};
