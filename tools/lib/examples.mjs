// The example workflows: read from examples/, put into an n8n, run.
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repoDir } from './paths.mjs';
import { Problem } from './problem.mjs';
import { withPorts } from './sandbox.mjs';

/** @typedef {import('./client.mjs').Workflow} Workflow */
/** @typedef {import('./client.mjs').Credential} Credential */
/** @typedef {import('./client.mjs').Client} Client */
/** @typedef {import('./runData.mjs').Run} Run */

const manualTrigger = 'n8n-nodes-base.manualTrigger';

/**
 * @param {{ portBase: number, only?: string }} options only: part of a workflow's name
 * @returns {Promise<{ credentials: Credential[], workflows: Workflow[] }>}
 */
export async function readExamples({ portBase, only = '' }) {
	const dir = join(repoDir, 'examples', 'workflows');
	const files = existsSync(dir)
		? (await readdir(dir)).filter((name) => name.endsWith('.json')).sort()
		: [];
	if (files.length === 0)
		throw new Problem(
			'There are no example workflows: examples/workflows/ is empty, restore it from git.',
		);
	/** @type {Workflow[]} */
	const workflows = await Promise.all(files.map((file) => readJson(join(dir, file), portBase)));
	const wanted = workflows.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
	if (wanted.length === 0)
		throw new Problem(
			`No example workflow has "${only}" in its name; there are: ${workflows.map(({ name }) => name).join(', ')}.`,
		);
	const credentials = await readJson(
		join(repoDir, 'examples', 'sandbox-credentials.json'),
		portBase,
	);
	return { credentials, workflows: wanted };
}

/** @param {string} file @param {number} portBase */
async function readJson(file, portBase) {
	let text;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		throw new Problem(`${file} cannot be read: restore it from git.`, error);
	}
	try {
		return JSON.parse(withPorts(text, portBase));
	} catch (error) {
		throw new Problem(
			`${file} is not valid JSON: ${error instanceof Error ? error.message : error}`,
			error,
		);
	}
}

/**
 * Creates what is not there and updates what is. Workflows keep their ids; credentials are known by name, because n8n gives them ids of its own.
 * @param {Client} client
 * @param {{ credentials: Credential[], workflows: Workflow[] }} examples
 * @returns {Promise<Workflow[]>} the workflows, as they are in n8n now
 */
export async function putExamples(client, { credentials, workflows }) {
	const known = await client.credentials.list();
	/** @type {Map<string, string>} */
	const ids = new Map();
	for (const credential of credentials) {
		const same = known.find(
			({ name, type }) => name === credential.name && type === credential.type,
		);
		const { id } = same
			? await client.credentials.update(same.id, credential)
			: await client.credentials.create(credential);
		ids.set(credential.id, id);
	}
	if (workflows.some(usesTable)) await makeTable(client);
	const stored = [];
	for (const workflow of workflows) {
		stored.push(
			await client.workflows.put({
				...workflow,
				nodes: workflow.nodes.map((node) => withCredentialIds(node, ids)),
			}),
		);
	}
	return stored;
}

/** The data table that the trigger examples write to. */
export const callTable = 'Calls';

/** @param {Workflow} workflow */
const usesTable = ({ nodes }) =>
	nodes.some(({ parameters }) => parameters?.dataTableId?.value === callTable);

/** Makes the table with a column for each field of a call, unless it is there. @param {Client} client */
async function makeTable(client) {
	if ((await client.dataTables.list()).some(({ name }) => name === callTable)) return;
	const file = join(repoDir, 'dist', 'nodes', 'callRecords', 'call.js');
	const { CALL_FIELDS } = createRequire(import.meta.url)(file);
	/** @type {Record<string, 'number' | 'boolean'>} */
	const types = {
		durationSeconds: 'number',
		talkSeconds: 'number',
		ringSeconds: 'number',
		timeIsAmbiguous: 'boolean',
		hasRecording: 'boolean',
		legCount: 'number',
		waitSeconds: 'number',
		transferCount: 'number',
		isComplete: 'boolean',
	};
	await client.dataTables.create(
		callTable,
		[...CALL_FIELDS, 'change'].map((/** @type {string} */ name) => ({
			name,
			type: types[name] ?? 'string',
		})),
	);
}

/** Nodes of n8n's that work without an account anywhere. */
const nodesWithoutAccount = [
	'dataTable',
	'filter',
	'limit',
	'manualTrigger',
	'merge',
	'scheduleTrigger',
	'set',
	'stickyNote',
	'summarize',
].map((name) => `n8n-nodes-base.${name}`);

/** Needs a phone system and nothing else, so that it can run as it is. @param {Workflow} workflow */
const standsAlone = ({ nodes }) =>
	nodes.every(({ type }) => isOwn(type) || nodesWithoutAccount.includes(type));

/** @param {string} type of a node */
export const isOwn = (type) => type.startsWith('n8n-nodes-call-records.');

/** @param {any} node */
export const isOwnTrigger = ({ type }) => isOwn(type) && type.endsWith('Trigger');

/** @param {Workflow} workflow */
export const follows = (workflow) => standsAlone(workflow) && workflow.nodes.some(isOwnTrigger);

/** @param {any} node @param {Map<string, string>} ids */
function withCredentialIds(node, ids) {
	if (!node.credentials) return node;
	const credentials = Object.fromEntries(
		Object.entries(node.credentials).map(([type, reference]) => [
			type,
			{ ...reference, id: ids.get(reference.id) ?? reference.id },
		]),
	);
	return { ...node, credentials };
}

/** @param {Workflow} workflow */
export const startsByHand = (workflow) =>
	standsAlone(workflow) && workflow.nodes.some((node) => node.type === manualTrigger);

/**
 * The call records of a run: of the node that ran last and gave out any.
 * @param {Run} run
 * @returns {Record<string, any>[]}
 */
export function recordsOf({ nodes, lastNode }) {
	const names = Object.keys(nodes).reverse();
	if (lastNode) names.unshift(lastNode);
	for (const name of names) {
		const records = nodes[name].items.map(({ json }) => json).filter((json) => 'recordId' in json);
		if (records.length > 0) return records;
	}
	return [];
}

/**
 * What exports gave out: one item with a file each.
 * @param {Workflow} workflow @param {Run} run
 */
export const exportsOf = ({ nodes }, run) =>
	nodes
		.filter(({ parameters }) => parameters?.operation === 'export')
		.flatMap(({ name }) => run.nodes[name]?.items ?? []);
