import type { IDataObject } from 'n8n-workflow';

import { text } from '../callRecords/callRecord';
import type { Push } from '../callRecords/platform';
import { mapRow } from './mapRow';

/** Keys come in camel case or lower case, by the edition of the platform (docs/vendors/push.md 2.2). */
function rowOf(sent: IDataObject): IDataObject {
	const lower = Object.fromEntries(
		Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]),
	);
	const { disnumber, type, ...row } = lower;
	return {
		...row,
		displaynumber: row.displaynumber ?? disnumber,
		direction: row.direction ?? type,
	};
}

export const push: Push = {
	method: 'POST',
	steps: [
		'In the console of the platform, open Voice > Settings > System Settings > Callback Configuration.',
		'Paste the Production URL of this node into CDR Callback URL. Leave the other two callback URLs as they are.',
		'Under Phone Number Masking, see that numbers are pushed unmasked: a masked number cannot be matched.',
		'Activate the workflow.',
	],
	read(sent) {
		const row = rowOf(sent);
		const id = text(row.id);
		// Call states, and encrypted forms of resellers, have no bill in them (docs/vendors/push.md 2.3).
		const isBill = text(row.starttime) !== null || text(row.destnumber) !== null;
		if (id === null || !isBill) return { kind: 'bad', reason: 'this is not the record of a call' };
		return { kind: 'callEnded', id, row };
	},
	joinedBy: 'id',
	isWhole: true,
	mapRow,
};
