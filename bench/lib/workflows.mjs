// What is measured: workflows of a start by hand and the nodes under test, and the credential they use.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { repoDir } from '../../tools/lib/paths.mjs';

/** @typedef {{ platform: string, url: string, from: number, to: number }} Target */

const credentialTypes = { commo: 'commoApi', itnioTech: 'itnioTechApi' };
const pageSizes = { commo: 1000, itnioTech: 100 };

/** @param {import('../../tools/lib/client.mjs').Client} client @param {Target} target */
export async function createCredential(client, { platform, url }) {
	const text = await readFile(join(repoDir, 'examples', 'sandbox-credentials.json'), 'utf8');
	const example = JSON.parse(text).find(
		(/** @type {{ type: string }} */ { type }) => type === credentialTypes[platform],
	);
	const name = `${platform} (bench)`;
	const data = { ...example.data, baseUrl: url };
	return await client.credentials.create({ name, type: example.type, data });
}

const iso = (/** @type {number} */ seconds) => new Date(seconds * 1000).toISOString();
const wall = (/** @type {number} */ seconds) =>
	iso(seconds + 8 * 3600)
		.slice(0, 19)
		.replace('T', ' ');

/**
 * @param {string} name @param {{ type: string, version: number, parameters: object }[]} steps
 * @param {Target} target @param {{ id: string, name: string }} credential
 */
function chain(name, steps, { platform }, { id, name: credentialName }) {
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		...steps.map(({ type, version, parameters }, i) => ({
			name: `Step ${i + 1}`,
			type,
			typeVersion: version,
			parameters,
			...(i === 0 && {
				credentials: { [credentialTypes[platform]]: { id, name: credentialName } },
			}),
		})),
	].map((node, i) => ({ ...node, id: `${name}-${i}`, position: [i * 200, 0] }));
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map((node, i) => [
				node.name,
				{ main: [[{ node: nodes[i + 1].name, type: 'main', index: 0 }]] },
			]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** @param {Target} target @param {{ id: string, name: string }} credential @param {object} [more] */
export function exportWorkflow(target, credential, more = {}) {
	const parameters = {
		resource: 'callRecord',
		operation: 'export',
		period: 'custom',
		startTime: iso(target.from),
		endTime: iso(target.to),
		...more,
	};
	const type = `n8n-nodes-call-records.${target.platform}`;
	return chain('Export', [{ type, version: 1, parameters }], target, credential);
}

/** @param {Target} target @param {{ id: string, name: string }} credential @param {string} recording */
export function downloadWorkflow(target, credential, recording) {
	const parameters = { resource: 'recording', operation: 'download', recording };
	const type = `n8n-nodes-call-records.${target.platform}`;
	return chain('Download', [{ type, version: 1, parameters }], target, credential);
}

/** The same file as n8n's own nodes make it: page after page, then the rows of all pages, then a CSV file. */
export function httpWorkflow(
	/** @type {Target} */ target,
	/** @type {{ id: string, name: string }} */ credential,
) {
	const { url, parameters, rows } = httpRequests[target.platform](target);
	const steps = [
		{
			type: 'n8n-nodes-base.httpRequest',
			version: 4.2,
			parameters: {
				method: 'POST',
				url,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: credentialTypes[target.platform],
				sendBody: true,
				...parameters,
			},
		},
		{
			type: 'n8n-nodes-base.splitOut',
			version: 1,
			parameters: { fieldToSplitOut: rows, options: {} },
		},
		{ type: 'n8n-nodes-base.convertToFile', version: 1.1, parameters: { operation: 'csv' } },
	];
	return chain('HTTP Request', steps, target, credential);
}

/** @param {string} parameter @param {string} complete */
const pagination = (parameter, complete) => ({
	pagination: {
		pagination: {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: {
				parameters: [{ type: 'body', name: parameter, value: '={{ $pageCount + 1 }}' }],
			},
			paginationCompleteWhen: 'other',
			completeExpression: complete,
		},
	},
});

/** @type {Record<string, (target: Target) => { url: string, parameters: object, rows: string }>} */
const httpRequests = {
	commo: ({ url, from, to }) => ({
		url: `${url}/`,
		rows: 'data.result.bills',
		parameters: {
			contentType: 'form-urlencoded',
			bodyParameters: {
				parameters: Object.entries({
					service: 'App.Sip_Cdr.GetBill',
					starttime: wall(from),
					endtime: wall(to),
					syncflag: '3',
					direction: '3',
					callmethod: '0',
					itemsperpage: String(pageSizes.commo),
				}).map(([name, value]) => ({ name, value })),
			},
			options: pagination(
				'currentpage',
				'={{ $response.body.data.result.bills.length < $response.body.data.result.itemsperpage }}',
			),
		},
	}),
	itnioTech: ({ url, from, to }) => ({
		url: `${url}/v3/cc/record/query`,
		rows: 'data.records',
		parameters: {
			contentType: 'json',
			specifyBody: 'json',
			jsonBody: JSON.stringify({
				current: 1,
				size: pageSizes.itnioTech,
				params: { startTime: wall(from), endTime: wall(to) },
			}),
			options: pagination(
				'current',
				'={{ $response.body.data.current >= $response.body.data.pages }}',
			),
		},
	}),
};
