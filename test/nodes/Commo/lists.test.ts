import { LoadOptionsContext } from 'n8n-core';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { CommoApi } from '../../../credentials/CommoApi.credentials';
import { Commo } from '../../../nodes/Commo/Commo.node';
import { COMMO_SECRETS, startCommo, type CommoSandbox } from '../../vendors/commo';
import { HTML } from '../../vendors/server';
import { commoCredentials } from '../../support/commo';
import { additionalData, makeWorkflow } from '../../support/engine';

let sandbox: CommoSandbox;
beforeEach(async () => {
	sandbox = await startCommo({ calls: [] });
});
afterEach(async () => await sandbox.stop());

/** What the drop-down of the filter shows, asked for as n8n's editor does. */
async function extensions(other: IDataObject = {}): Promise<INodePropertyOptions[]> {
	const credentials = commoCredentials(sandbox, other);
	const node = new Commo();
	const credential = new CommoApi();
	const parameters = { resource: 'callRecord', operation: 'getAll' };
	const workflow = makeWorkflow({ node, credential, credentials, parameters });
	const data = additionalData(credential, credentials);
	const context = new LoadOptionsContext(workflow, workflow.getNode('Node')!, data, '/filters');
	return await node.methods.loadOptions.getExtensions.call(context);
}

/** The service answers with these entries. */
const answerWith = (result: unknown) => {
	sandbox.fault = ({ fields }) =>
		fields.service === 'App.Sip_Sipnum.GetSipnumberInfo'
			? { rewrite: () => ({ ret: 200, data: { status: 0, desc: 'ok', result }, msg: '' }) }
			: undefined;
};

describe('the extensions of the account', () => {
	it('are listed with what they are chosen by, and never with their SIP passwords', async () => {
		const list = await extensions();
		expect(list.slice(0, 3)).toEqual([
			{ value: '8001', name: '8001 (registered)' },
			{ value: '8002', name: '8002' },
			{ value: '8003', name: '8003 (registered)' },
		]);
		expect(list).toHaveLength(8);
		expect(JSON.stringify(list)).not.toContain(COMMO_SECRETS.sipPassword);
	});

	it('are asked for once, those that are disabled included, since they have calls too', async () => {
		await extensions();
		expect(sandbox.requests.map(({ fields }) => [fields.service, fields.status])).toEqual([
			['App.Sip_Auth.Login', undefined],
			['App.Sip_Sipnum.GetSipnumberInfo', '3'],
		]);
	});

	it('are in the order of their numbers', async () => {
		answerWith(
			['801', '8001', '90', '10000'].map((extnumber) => ({ extnumber, register: 'nreg' })),
		);
		expect((await extensions()).map(({ value }) => value)).toEqual(['90', '801', '8001', '10000']);
	});

	it('leave out what has no number', async () => {
		answerWith([{ extnumber: '' }, {}, null, 'x', { extnumber: 8001, register: 7 }]);
		expect(await extensions()).toEqual([{ value: '8001', name: '8001' }]);
		answerWith([]);
		expect(await extensions()).toEqual([]);
	});

	it.each<[string, IDataObject, string]>([
		['the login is refused', { accessKey: 'wrong' }, 'does not know this App ID'],
		['the credential is not complete', { baseUrl: '' }, "The credential has no 'Base URL'"],
	])('say why they are not there when %s', async (_why, other, says) => {
		await expect(extensions(other)).rejects.toThrow(says);
	});

	it('say why they are not there when another server answers', async () => {
		sandbox.fault = () => ({ body: HTML });
		await expect(extensions()).rejects.toThrow('is not Commo');
	});
});
