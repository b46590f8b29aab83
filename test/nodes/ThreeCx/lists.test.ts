import { LoadOptionsContext } from 'n8n-core';

import { ThreeCxApi } from '../../../credentials/ThreeCxApi.credentials';
import { ThreeCx } from '../../../nodes/ThreeCx/ThreeCx.node';
import { threeCx } from '../../../nodes/ThreeCx/platform';
import { SIP_PASSWORD } from '../../vendors/threeCx';
import { additionalData, makeWorkflow } from '../../support/engine';
import { start, storedFor, type ThreeCxScene } from './scene';

let scene: ThreeCxScene;
beforeEach(async () => {
	scene = await start({ count: 0 });
});
afterEach(async () => await scene.stop());

const node = new ThreeCx();

function context() {
	const credential = new ThreeCxApi();
	const stored = storedFor(scene.sandbox);
	const workflow = makeWorkflow({ node, credential, credentials: stored, parameters: {} });
	const data = additionalData(credential, stored);
	data.currentNodeParameters = {};
	return new LoadOptionsContext(workflow, workflow.getNode('Node')!, data, 'parameters');
}

const search = async (typed?: string) =>
	await node.methods.listSearch.searchNumbers.call(context(), typed);

it('every drop-down of the filters has its method', () => {
	const named = threeCx.filters.flatMap(({ modes }) =>
		(modes ?? []).flatMap((mode) => mode.typeOptions?.searchListMethod ?? []),
	);
	expect(new Set(named)).toEqual(new Set(Object.keys(node.methods.listSearch)));
});

it('extensions and queues are in one list, by number, and nothing else is asked for', async () => {
	const { results } = await search();
	expect(results).toHaveLength(10);
	expect(results).toEqual(
		expect.arrayContaining([
			{ name: '8003 Chidi Eze', value: '8003' },
			{ name: '8001 Ana Pop', value: '8001' },
			{ name: '8002 Support', value: '8002' },
		]),
	);
	const asked = scene.pbx.requests.slice(1);
	expect(asked.map(({ fields }) => fields.$select)).toEqual([
		'Id,Number,FirstName,LastName',
		'Id,Number,Name',
	]);
	expect(JSON.stringify(results)).not.toContain(SIP_PASSWORD);
});

it.each([
	['chidi', ['8003']],
	[' 8004', ['8004']],
	['supp', ['8002']],
	['nobody', []],
])('%s finds %j', async (typed, numbers) => {
	expect((await search(typed)).results.map(({ value }) => value)).toEqual(numbers);
});

it('a list of more than one page is read to its end', async () => {
	const many = Array.from({ length: 230 }, (_, i) => ({
		Id: i,
		Number: String(3000 + i),
		Name: '',
	}));
	scene.sandbox.fault = ({ path, fields }) =>
		path.endsWith('/Queues')
			? {
					status: 200,
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({
						value: many.slice(Number(fields.$skip), Number(fields.$skip) + Number(fields.$top)),
					}),
				}
			: undefined;
	expect((await search()).results).toHaveLength(238);
});
