import { LoadOptionsContext } from 'n8n-core';

import { YeastarPSeriesApi } from '../../../credentials/YeastarPSeriesApi.credentials';
import { YeastarPSeries } from '../../../nodes/YeastarPSeries/YeastarPSeries.node';
import { yeastarPSeries } from '../../../nodes/YeastarPSeries/platform';
import {
	startYeastarPSeries,
	YEASTAR_SECRETS,
	type YeastarSandbox,
} from '../../vendors/yeastarPSeries';
import { additionalData, makeWorkflow } from '../../support/engine';
import { endpoints, storedFor } from './scene';

let sandbox: YeastarSandbox;
beforeEach(async () => {
	sandbox = await startYeastarPSeries({ calls: [] });
});
afterEach(async () => await sandbox.stop());

const node = new YeastarPSeries();

function context(other = {}) {
	const credential = new YeastarPSeriesApi();
	const stored = storedFor(sandbox, other);
	const workflow = makeWorkflow({ node, credential, credentials: stored, parameters: {} });
	const data = additionalData(credential, stored);
	data.currentNodeParameters = {};
	return new LoadOptionsContext(workflow, workflow.getNode('Node')!, data, 'parameters');
}

const groups = async (other = {}) =>
	await node.methods.loadOptions.getExtensionGroups.call(context(other));
const extensions = async (typed?: string) =>
	await node.methods.listSearch.searchExtensions.call(context(), typed);

const GROUPS = [
	{ value: 1, name: 'Default_All_Extensions' },
	{ value: 7, name: 'Sales' },
	{ value: 12, name: 'Support' },
];

it('every drop-down of the filters has its method', () => {
	const named = yeastarPSeries.filters.flatMap(({ typeOptions, modes }) => [
		typeOptions?.loadOptionsMethod,
		...(modes ?? []).map((mode) => mode.typeOptions?.searchListMethod),
	]);
	const methods = [
		...Object.keys(node.methods.loadOptions),
		...Object.keys(node.methods.listSearch),
	];
	expect(new Set(named.filter((name) => name !== undefined))).toEqual(new Set(methods));
});

describe('extension groups', () => {
	it('come from the menu that the search refers to, and nothing else is asked', async () => {
		expect(await groups()).toEqual(GROUPS);
		expect(endpoints(sandbox)).toEqual(['get_token', 'system/get_menuoptions']);
	});

	it.each([10001, 40002, 10009, 60001])(
		'come from their own list where the menu is refused with %i',
		async (code) => {
			sandbox.refuse['system/get_menuoptions'] = code;
			expect(await groups()).toEqual(GROUPS);
		},
	);

	it('come from their own list where the menu is empty', async () => {
		sandbox.fault = ({ path }) =>
			path.endsWith('get_menuoptions')
				? { rewrite: () => ({ errcode: 0, errmsg: 'SUCCESS', data: null }) }
				: undefined;
		expect(await groups()).toEqual(GROUPS);
	});

	it('leave out what has no id', async () => {
		sandbox.fault = ({ path }) =>
			path.endsWith('get_menuoptions')
				? { rewrite: () => ({ errcode: 0, data: [{ text: 'a' }, null, { value: '3' }, 'x'] }) }
				: undefined;
		expect(await groups()).toEqual([{ value: 3, name: '3' }]);
	});

	it('say why they cannot be had', async () => {
		sandbox.refuse['system/get_menuoptions'] = 10005;
		await expect(groups()).rejects.toThrow('does not permit this API client to do that');
		const refused = groups({ clientSecret: 'wrong-secret-19c2' });
		await expect(refused).rejects.toThrow("'Client ID' or 'Client Secret' is wrong");
		await expect(refused).rejects.not.toThrow(YEASTAR_SECRETS.clientId);
	});
});

describe('extensions', () => {
	it('are listed with their names', async () => {
		const { results } = await extensions();
		expect(results).toHaveLength(8);
		expect(results[0]).toEqual({ value: '8001', name: '8001 Ana Pop' });
	});

	it('are found by number and by name', async () => {
		expect((await extensions('8004')).results.map(({ value }) => value)).toEqual(['8004']);
		expect((await extensions(' ana ')).results.map(({ value }) => value)).toEqual(['8001', '8004']);
		expect((await extensions('nobody')).results).toEqual([]);
	});

	it('come in pages, also from a PBX that knows no pages', async () => {
		const rows = Array.from({ length: 2500 }, (_, i) => ({ number: String(10_000 + i) }));
		for (const knowsPages of [true, false]) {
			sandbox.forget();
			sandbox.fault = ({ path, fields }) => {
				if (!path.endsWith('extension/list')) return undefined;
				const first = (Number(fields.page) - 1) * 1000;
				const data = knowsPages ? rows.slice(first, first + 1000) : rows;
				return { rewrite: () => ({ errcode: 0, errmsg: 'SUCCESS', data }) };
			};
			const { results } = await extensions();
			expect(results.map(({ value }) => value)).toEqual(rows.map(({ number }) => number));
			expect(endpoints(sandbox).filter((name) => name === 'extension/list')).toHaveLength(
				knowsPages ? 3 : 2,
			);
		}
	});
});
