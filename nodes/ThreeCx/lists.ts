import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { text } from '../callRecords/callRecord';
import { loadEntries } from '../callRecords/node/lists';
import type { ApiRequest } from '../callRecords/platform';
import { get, reply } from './api';
import { threeCx } from './platform';

/** The most that an entity set of some PBXs gives (docs/vendors/3cx.md 3). */
const PAGE_SIZE = 100;
const MOST_PAGES = 50;

/** Rows hold passwords, too, so that the fields are always named, `Id` among them (docs/vendors/3cx.md 6). */
async function readAll(
	apiRequest: ApiRequest,
	set: string,
	fields: string,
): Promise<IDataObject[]> {
	const rows: IDataObject[] = [];
	for (let page = 0; page < MOST_PAGES; page++) {
		const skip = `$top=${PAGE_SIZE}&$skip=${page * PAGE_SIZE}`;
		const answer = await apiRequest(get(`${set}?$select=Id,Number,${fields}&${skip}`));
		const { rows: more } = reply('payload' in answer ? answer.payload : null);
		rows.push(...more);
		if (more.length < PAGE_SIZE) break;
	}
	return rows;
}

function entry({ Number: number, Name, FirstName, LastName }: IDataObject): INodePropertyOptions {
	const value = text(number) ?? '';
	const names = [Name, FirstName, LastName].map(text).filter((name) => name !== null);
	return { value, name: [value, ...names].join(' ') };
}

/** The extensions and queues whose number or name holds what was typed. */
async function searchNumbers(
	context: ILoadOptionsFunctions,
	typed = '',
): Promise<INodeListSearchResult> {
	const wanted = typed.trim().toLowerCase();
	const entries = await loadEntries(context, threeCx, async (apiRequest) => [
		...(await readAll(apiRequest, 'Users', 'FirstName,LastName')).map(entry),
		...(await readAll(apiRequest, 'Queues', 'Name')).map(entry),
	]);
	const results = entries.filter(({ name }) => name.toLowerCase().includes(wanted));
	return { results: results.map(({ name, value }) => ({ name, value: String(value) })) };
}

export const lists = {
	listSearch: {
		async searchNumbers(this: ILoadOptionsFunctions, filter?: string) {
			return await searchNumbers(this, filter);
		},
	},
};
