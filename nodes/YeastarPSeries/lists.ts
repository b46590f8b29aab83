import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { text, whole } from '../callRecords/callRecord';
import { loadEntries } from '../callRecords/node/lists';
import type { ApiRequest } from '../callRecords/platform';
import { query, reply } from './envelope';
import { yeastarPSeries } from './platform';

const PAGE_SIZE = 1000;
const MOST_PAGES = 50;

/** How firmware says that it does not have this menu (docs/vendors/yeastar-p-series.md 3.2). */
const NO_SUCH_MENU = ['10001', '10009', '40001', '40002', '60001'];

/** All entries of a list; a PBX that does not know pages gives the same one again and again. */
async function readAll(
	apiRequest: ApiRequest,
	endpoint: string,
	key: string,
): Promise<IDataObject[]> {
	const found = new Map<string, IDataObject>();
	for (let page = 1; page <= MOST_PAGES; page++) {
		const answer = await apiRequest(query(endpoint, { page, page_size: PAGE_SIZE }));
		const { rows, total } = reply('payload' in answer ? answer.payload : null);
		const before = found.size;
		for (const row of rows) found.set(text(row[key]) ?? '', row);
		if (found.size === before || rows.length < PAGE_SIZE) break;
		if (total !== null && found.size >= total) break;
	}
	return [...found.values()];
}

/**
 * The extension groups by the menu that the search itself refers to, else by their own list
 * (docs/vendors/yeastar-p-series.md 8).
 */
async function getExtensionGroups(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadEntries(context, yeastarPSeries, async (apiRequest) => {
		const answer = await apiRequest(
			query('system/get_menuoptions', { menu: 'ext_group' }),
			NO_SUCH_MENU,
		);
		const { rows: entries } = reply('payload' in answer ? answer.payload : null);
		if (entries.length > 0) return entries.map((entry) => group(entry.value, entry.text));
		const groups = await readAll(apiRequest, 'extensiongroup/list', 'id');
		return groups.map(({ id, name }) => group(id, name));
	});
}

function group(id: unknown, name: unknown): INodePropertyOptions {
	const value = whole(id) ?? '';
	return { value, name: text(name) ?? String(value) };
}

/** The extensions whose number or name holds what was typed. */
async function searchExtensions(
	context: ILoadOptionsFunctions,
	typed?: string,
): Promise<INodeListSearchResult> {
	const wanted = (typed ?? '').trim().toLowerCase();
	const results = await loadEntries(context, yeastarPSeries, async (apiRequest) =>
		(await readAll(apiRequest, 'extension/list', 'number'))
			.map(extension)
			.filter(({ name }) => name.toLowerCase().includes(wanted)),
	);
	return { results: results.map(({ name, value }) => ({ name, value: String(value) })) };
}

function extension(row: IDataObject): INodePropertyOptions {
	const number = text(row.number) ?? '';
	const name = text(row.caller_id_name);
	return { value: number, name: name === null || name === number ? number : `${number} ${name}` };
}

/** The drop-downs of the node and of its trigger. */
export const lists = {
	loadOptions: {
		async getExtensionGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return await getExtensionGroups(this);
		},
	},
	listSearch: {
		async searchExtensions(
			this: ILoadOptionsFunctions,
			filter?: string,
		): Promise<INodeListSearchResult> {
			return await searchExtensions(this, filter);
		},
	},
};
