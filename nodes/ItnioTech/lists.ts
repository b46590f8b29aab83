import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { asRow, text, whole } from '../callRecords/callRecord';
import { loadEntries } from '../callRecords/node/lists';
import { InputError, type ApiRequest } from '../callRecords/platform';
import { parseJson } from '../callRecords/transport/body';
import { formatWall, wallOf } from '../callRecords/time';
import { itnioTech, post } from './platform';

const DAY = 86_400;
const PAGE_SIZE = 100;
/** Ten thousand entries: more than anybody looks through. */
const MAX_PAGES = 100;

/**
 * Some brands want a time range of 32 days at most to list agents, and answer -22 without it
 * (docs/vendors/itnio-tech.md 4).
 */
const WANTS_RANGE = '-22';
const AGENT_RANGE_DAYS = 31;

/** All entries of a list; null when the platform refuses to give it, or answers with one of the codes `expected`. */
async function everyPage(
	apiRequest: ApiRequest,
	url: string,
	params: IDataObject,
	...expected: string[]
): Promise<IDataObject[] | null> {
	const rows: IDataObject[] = [];
	for (let current = 1; current <= MAX_PAGES; current++) {
		const answer = await apiRequest(post(url, { current, size: PAGE_SIZE, params }), expected);
		if ('tooMuch' in answer || answer.rejected !== undefined) return null;
		const { records, pages } = asRow(answer.payload);
		const page = Array.isArray(records) ? records.map(asRow) : [];
		rows.push(...page);
		const isLast = page.length === 0 || current >= (whole(pages) ?? 0);
		if (isLast) break;
	}
	return rows;
}

function refused(list: string): InputError {
	return new InputError(
		list,
		`ITNIO Tech does not give out the list for '${list}'`,
		'Switch to Expression and enter what you look for.',
	);
}

/** The agent group that is chosen as a filter, as the platform takes it. */
function chosenGroup(context: ILoadOptionsFunctions): string | null {
	const { voiceGroupId } = asRow(context.getCurrentNodeParameter('filters'));
	const id = text(voiceGroupId);
	return id !== null && /^\d+$/.test(id) ? id : null;
}

/** A number where JavaScript can hold it, as `seatId` and `voiceGroupId` are sent. */
function idOf(value: unknown): string | number {
	return whole(value) ?? text(value) ?? '';
}

async function getAgentGroups(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadEntries(context, itnioTech, async (apiRequest) => {
		const groups = await everyPage(apiRequest, '/v3/cc/seatGroup/query', {});
		if (groups === null) throw refused('Agent Group Name or ID');
		return groups.map(({ voiceGroupId, groupName }) => ({
			value: idOf(voiceGroupId),
			name: text(groupName) ?? text(voiceGroupId) ?? '',
		}));
	});
}

/** The agents, those of the chosen group when there is one. The reply also holds their passwords, which stay there. */
async function getAgents(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const group = chosenGroup(context);
	const params: IDataObject = group === null ? {} : { voiceGroupId: idOf(group) };
	return await loadEntries(context, itnioTech, async (apiRequest, { zone }) => {
		const now = wallOf(Math.floor(Date.now() / 1000), zone);
		const range = {
			strTime: formatWall(now - AGENT_RANGE_DAYS * DAY),
			endTime: formatWall(now),
		};
		const agents =
			(await everyPage(apiRequest, '/v3/cc/seat/query', params, WANTS_RANGE)) ??
			(await everyPage(apiRequest, '/v3/cc/seat/query', { ...params, ...range }));
		if (agents === null) throw refused('Agent Names or IDs');
		return agents.map(({ keyId, name, account, groupName }) => {
			const known = text(name) ?? text(account) ?? text(keyId) ?? '';
			const where = text(groupName);
			return { value: idOf(keyId), name: where === null ? known : `${known} (${where})` };
		});
	});
}

/** The tags of the chosen group: the only place where the platform lists any (docs/vendors/itnio-tech.md 4). */
async function getTags(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const voiceGroupId = chosenGroup(context);
	return await loadEntries(context, itnioTech, async (apiRequest) => {
		if (voiceGroupId === null) {
			throw new InputError(
				'Tag Names or IDs',
				"Tags belong to an agent group: choose one under 'Agent Group Name or ID' first",
				"Add the filter 'Agent Group Name or ID', or switch to Expression and enter the tags.",
			);
		}
		const answer = await apiRequest({
			method: 'GET',
			url: '/v3/cc/seatGroup/basicSettingResp',
			qs: { voiceGroupId },
		});
		if ('tooMuch' in answer) throw refused('Tag Names or IDs');
		const { labelName } = asRow(answer.payload);
		const tags = typeof labelName === 'string' ? parseJson(labelName) : labelName;
		return (Array.isArray(tags) ? tags : []).map((tag) => {
			const name = text(tag) ?? '';
			return { value: name, name };
		});
	});
}

/** The drop-downs of the node and of its trigger. */
export const lists = {
	loadOptions: {
		async getAgentGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return await getAgentGroups(this);
		},
		async getAgents(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return await getAgents(this);
		},
		async getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return await getTags(this);
		},
	},
};
