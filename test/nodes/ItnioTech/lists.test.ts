import { LoadOptionsContext } from 'n8n-core';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { ItnioTechApi } from '../../../credentials/ItnioTechApi.credentials';
import { ItnioTech } from '../../../nodes/ItnioTech/ItnioTech.node';
import { itnioTech } from '../../../nodes/ItnioTech/platform';
import { ITNIO_SECRETS, startItnioTech, type ItnioTechSandbox } from '../../vendors/itnioTech';
import { additionalData, makeWorkflow } from '../../support/engine';
import { storedFor } from './scene';

let sandbox: ItnioTechSandbox;
beforeEach(async () => {
	sandbox = await startItnioTech({ calls: [] });
});
afterEach(async () => await sandbox.stop());

type Method = keyof ItnioTech['methods']['loadOptions'];

/** What n8n shows in a drop-down, while the node's filters are set as given. */
async function load(method: Method, chosen: IDataObject = {}): Promise<INodePropertyOptions[]> {
	const node = new ItnioTech();
	const credential = new ItnioTechApi();
	const stored = storedFor(sandbox);
	const workflow = makeWorkflow({ node, credential, credentials: stored, parameters: {} });
	const data = additionalData(credential, stored);
	data.currentNodeParameters = { filters: chosen } as never;
	const context = new LoadOptionsContext(workflow, workflow.getNode('Node')!, data, 'parameters');
	return await node.methods.loadOptions[method].call(context);
}

const SALES = [
	{ value: 900, name: 'Ana Pop (Sales)' },
	{ value: 902, name: 'Chidi Eze (Sales)' },
	{ value: 904, name: 'Elif Kaya (Sales)' },
	{ value: 906, name: 'Grace Kim (Sales)' },
];
const SUPPORT = [
	{ value: 901, name: 'Bo Chen (Support)' },
	{ value: 903, name: 'Dana Ortiz (Support)' },
	{ value: 905, name: 'Farid Haddad (Support)' },
	{ value: 907, name: 'Hugo Silva (Support)' },
];
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

it('every drop-down of the filters has its method', () => {
	const named = itnioTech.filters.flatMap(
		({ typeOptions }) => typeOptions?.loadOptionsMethod ?? [],
	);
	expect(named.sort()).toEqual(Object.keys(new ItnioTech().methods.loadOptions).sort());
});

describe('agent groups', () => {
	it('are listed with their ids', async () => {
		expect(await load('getAgentGroups')).toEqual([
			{ value: 7, name: 'Sales' },
			{ value: 12, name: 'Support' },
		]);
	});

	it('keep ids that JavaScript cannot hold as numbers', async () => {
		sandbox.fault = () => ({
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: '{"status":"0","data":{"pages":1,"records":[{"voiceGroupId":9007199254740993,"groupName":"a"}]}}',
		});
		expect(await load('getAgentGroups')).toEqual([{ value: '9007199254740993', name: 'a' }]);
	});
});

describe('agents', () => {
	it('are listed, without their passwords', async () => {
		const agents = await load('getAgents');
		expect(agents).toEqual([...SALES, ...SUPPORT].sort(byName));
		expect(JSON.stringify(agents)).not.toContain(ITNIO_SECRETS.seatPassword);
	});

	it('are those of the chosen group', async () => {
		expect(await load('getAgents', { voiceGroupId: 12 })).toEqual(SUPPORT);
		expect(await load('getAgents', { voiceGroupId: '7' })).toEqual(SALES);
	});

	it('are all listed, also when they take several pages', async () => {
		sandbox.agentPage = 3;
		expect(await load('getAgents')).toEqual([...SALES, ...SUPPORT].sort(byName));
		expect(sandbox.requests.map(({ fields }) => fields.current)).toEqual([1, 2, 3]);
	});

	it('are asked for with a time range where the platform wants one', async () => {
		sandbox.agentsNeedRange = true;
		expect(await load('getAgents', { voiceGroupId: 7 })).toEqual(SALES);
		const asked = sandbox.requests.map(({ fields }) => Object.keys(fields.params as object));
		expect(asked).toEqual([['voiceGroupId'], ['voiceGroupId', 'strTime', 'endTime']]);
	});

	it('cannot be listed when the platform refuses both ways, and the error says so', async () => {
		sandbox.refuseAll = '-22';
		await expect(load('getAgents')).rejects.toThrow(
			'ITNIO Tech does not accept a parameter (code -22)',
		);
	});
});

describe('tags', () => {
	it('are those of the chosen group', async () => {
		expect(await load('getTags', { voiceGroupId: 7 })).toEqual([
			{ value: 'cold', name: 'cold' },
			{ value: 'hot', name: 'hot' },
			{ value: 'vip', name: 'vip' },
		]);
		expect(await load('getTags', { voiceGroupId: '12' })).toEqual([
			{ value: 'callback', name: 'callback' },
		]);
	});

	it.each([{}, { voiceGroupId: '' }, { voiceGroupId: '={{ $json.group }}' }])(
		'need a group, which %j does not name',
		async (chosen) => {
			await expect(load('getTags', chosen)).rejects.toThrow(
				"choose one under 'Agent Group Name or ID' first",
			);
			expect(sandbox.requests).toEqual([]);
		},
	);
});

it.each(['getAgentGroups', 'getAgents', 'getTags'] as const)(
	'%s says why the platform refuses',
	async (method) => {
		sandbox.isBlocked = true;
		await expect(load(method, { voiceGroupId: 7 })).rejects.toThrow(
			'ITNIO Tech does not allow requests from the address of this n8n server',
		);
	},
);
