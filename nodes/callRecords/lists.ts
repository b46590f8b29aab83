import type {
	IDataObject,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodePropertyOptions,
} from 'n8n-workflow';

import { connect } from './connection';
import { explain } from './explain';
import type { Platform } from './platform';

/** The entries of a drop-down, asked of the platform and sorted by name. */
export async function loadList(
	context: ILoadOptionsFunctions,
	platform: Platform,
	request: IHttpRequestOptions,
	read: (payload: unknown) => INodePropertyOptions[],
): Promise<INodePropertyOptions[]> {
	try {
		const options = (context.getCurrentNodeParameter('options') ?? {}) as IDataObject;
		const { timeout, longestWait } = options;
		const { ask } = await connect(
			context,
			platform,
			{ timeout, longestWait },
			{ isStopped: () => false },
		);
		const answer = await ask(request);
		const entries = 'payload' in answer ? read(answer.payload) : [];
		return entries
			.filter(({ value }) => value !== '')
			.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
	} catch (error) {
		throw explain(error, { node: context.getNode(), platform });
	}
}
