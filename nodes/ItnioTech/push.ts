import type { IDataObject } from 'n8n-workflow';

import { text } from '../callRecords/callRecord';
import type { Push } from '../callRecords/platform';
import { mapRow } from './mapRow';

/** Fields that a row has under another name (docs/vendors/push.md 4.1). */
const ROW_FIELDS: Record<string, string> = {
	agentName: 'seatName',
	agentGroupName: 'sipGroupName',
	answerTime: 'calledAnswerTime',
	callEndTime: 'calledHangupTime',
};

function rowOf({ labels, ...sent }: IDataObject): IDataObject {
	const named = Object.entries(sent).map(([name, value]) => [ROW_FIELDS[name] ?? name, value]);
	const tags = Array.isArray(labels) ? { labelNameList: labels } : { labelName: labels };
	return { ...(Object.fromEntries(named) as IDataObject), ...(labels === undefined ? {} : tags) };
}

export const push: Push = {
	method: 'POST',
	steps: [
		'In the console of the platform, open Account Management > Voice Application.',
		'Paste the Production URL of this node into "cc-http push address".',
		'Activate the workflow.',
	],
	read(sent) {
		const row = rowOf(sent);
		const id = text(row.callSessionId);
		if (id === null) return { kind: 'bad', reason: 'the record of a call has no callSessionId' };
		return { kind: 'callEnded', id, row };
	},
	joinedBy: 'callSessionId',
	isWhole: true,
	mapRow,
};
