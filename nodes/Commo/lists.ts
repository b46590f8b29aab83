import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { asRow, text } from '../callRecords/callRecord';
import { loadList } from '../callRecords/node/lists';
import { commo, serviceRequest } from './platform';

/** The extensions of the account. The reply also holds their SIP passwords, which are left where they are. */
async function getExtensions(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const request = serviceRequest('App.Sip_Sipnum.GetSipnumberInfo', { status: 3 }, 'formData');
	return await loadList(context, commo, request, (payload) =>
		(Array.isArray(payload) ? payload : []).map((entry) => {
			const { extnumber, register } = asRow(entry);
			const number = text(extnumber) ?? '';
			return { value: number, name: register === 'reg' ? `${number} (registered)` : number };
		}),
	);
}

/** The drop-downs of the node and of its trigger. */
export const lists = {
	loadOptions: {
		async getExtensions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return await getExtensions(this);
		},
	},
};
