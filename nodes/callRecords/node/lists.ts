import type {
	IDataObject,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { ApiRequest, Platform, Settings } from '../platform';
import { connect } from '../transport/connection';
import { explain } from './explain';

/** The entries of a drop-down, asked of the platform and sorted by name. */
export async function loadList(
	context: ILoadOptionsFunctions,
	platform: Platform,
	request: IHttpRequestOptions,
	read: (payload: unknown) => INodePropertyOptions[],
): Promise<INodePropertyOptions[]> {
	return await loadEntries(context, platform, async (apiRequest) => {
		const answer = await apiRequest(request);
		return 'payload' in answer ? read(answer.payload) : [];
	});
}

/** As `loadList`, for a list that takes more than one request: one of several pages, or asked for in several ways. */
export async function loadEntries(
	context: ILoadOptionsFunctions,
	platform: Platform,
	load: (apiRequest: ApiRequest, settings: Settings) => Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
	try {
		const options = (context.getCurrentNodeParameter('options') ?? {}) as IDataObject;
		const { timeout, longestWait } = options;
		const { apiRequest, settings } = await connect(
			context,
			platform,
			{ timeout, longestWait },
			{ isForLists: true, isStopped: () => false },
		);
		const entries = await load(apiRequest, settings);
		return entries
			.filter(({ value }) => value !== '')
			.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
	} catch (error) {
		throw explain(error, { node: context.getNode(), platform });
	}
}
