// The package as npm would publish it, in a real n8n, against the sandbox.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { parse } from 'csv-parse/sync';
import { NodeHelpers } from 'n8n-workflow';

import { callTable, exportsOf, recordsOf, startsByHand } from '../lib/examples.mjs';
import { repoDir } from '../lib/paths.mjs';
import { explain } from '../lib/problem.mjs';
import { setUpStage } from '../lib/stage.mjs';

const manifest = JSON.parse(await readFile(join(repoDir, 'package.json'), 'utf8'));

/** What is promised of every call: the columns, as the built package itself lists them. */
function promisedColumns() {
	const require = createRequire(join(repoDir, 'package.json'));
	return /** @type {string[]} */ (require('./dist/nodes/callRecords/call.js').CALL_FIELDS);
}

/** Paths into an object, down to what is no object. @returns {string[]} */
const pathsOf = (/** @type {unknown} */ value, path = '') =>
	typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, `${path}.${key}`))
		: [path];

/**
 * What a node is given that n8n does not show for it: a wrong name, or a parameter of another operation.
 * @param {any} node @param {import('n8n-workflow').INodeTypeDescription} type
 */
function unknownParameters(node, type) {
	const { properties } = type;
	const shown = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, type);
	const known = new Set(pathsOf(shown));
	return pathsOf(node.parameters).filter((path) => !known.has(path));
}

/**
 * The calls of a run, also those that it wrote into files.
 * @param {import('../lib/client.mjs').Client} client
 * @param {import('../lib/client.mjs').Workflow} workflow @param {import('../lib/runData.mjs').Run} run
 * @returns {Promise<Record<string, unknown>[]>}
 */
async function allRecordsOf(client, workflow, run) {
	const written = [];
	for (const { json, binary } of exportsOf(workflow, run)) {
		const text = await client.text(binary?.data.id);
		assert.equal(createHash('sha256').update(text).digest('hex'), json.checksum);
		const rows = parse(text, { columns: true });
		assert.equal(rows.length, json.records);
		written.push(...rows);
	}
	return [...recordsOf(run), ...written];
}

describe('the package in a real n8n', () => {
	/** @type {import('../lib/stage.mjs').Stage} */
	let stage;

	before(async () => {
		try {
			stage = await setUpStage();
		} catch (error) {
			// The reporter prints every property of an error; the sentence is what matters.
			throw process.env.DEBUG ? error : explain(error);
		}
	});
	after(() => stage?.tearDown());

	it('has every node under its published name', async () => {
		const here = (await stage.client.nodeTypes()).map(({ name }) => name);
		const own = here.filter((name) => name.startsWith(`${manifest.name}.`));
		const promised = manifest.n8n.nodes.map((/** @type {string} */ file) => {
			const name = /([^/]+)\.node\.js$/.exec(file)?.[1] ?? file;
			return `${manifest.name}.${name[0].toLowerCase()}${name.slice(1)}`;
		});
		for (const name of promised)
			assert.ok(own.includes(name), `${name} is missing; there are: ${own.join(', ')}`);
	});

	it('knows every node and parameter of every example', async () => {
		const types = await stage.client.nodeTypes();
		for (const { name: workflow, nodes } of stage.workflows) {
			const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
			assert.match(notes[0]?.parameters.content ?? '', /\*\*Set\*\*/, `${workflow}: no note`);
			for (const node of nodes) {
				const where = `${workflow}: ${node.name}`;
				const known = types.find(
					({ name, version }) => name === node.type && [version].flat().includes(node.typeVersion),
				);
				assert.ok(known, `${where}: there is no ${node.type} ${node.typeVersion}`);
				assert.deepEqual(unknownParameters(node, known), [], where);
				const issues = NodeHelpers.getNodeParametersIssues(known.properties, node, known);
				assert.equal(issues, null, `${where}: ${JSON.stringify(issues)}`);
			}
		}
	});

	it('accepts the sandbox credentials when n8n tests them', async (test) => {
		for (const { id, name } of await stage.client.credentials.list()) {
			await test.test(name, async () => {
				const { status, message } = await stage.client.credentials.test(
					await stage.client.credentials.get(id),
				);
				assert.equal(status, 'OK', message);
			});
		}
	});

	it('runs every example workflow', async (test) => {
		const columns = promisedColumns();
		for (const workflow of stage.workflows.filter(startsByHand)) {
			await test.test(workflow.name, async () => {
				const run = await stage.client.workflows.run(String(workflow.id));
				assert.equal(
					run.status,
					'success',
					`${run.error?.node}: ${run.error?.message} ${run.error?.description ?? ''}`,
				);
				const records = await allRecordsOf(stage.client, workflow, run);
				assert.ok(records.length > 0, 'no call records came out');
				for (const record of records) {
					const missing = columns.filter((name) => !(name in record));
					assert.deepEqual(missing, [], `columns missing in ${record.recordId}`);
					for (const name of ['recordId', 'platform', 'startedAt'])
						assert.ok(record[name], `${name} is empty in ${JSON.stringify(record)}`);
				}
				assert.equal(
					new Set(records.map(({ recordId }) => recordId)).size,
					records.length,
					'a record came twice',
				);
			});
		}
	});

	it('leaves no double in the table when it runs again', async () => {
		const ids = async () =>
			(await stage.client.dataTables.rows(callTable)).map(({ recordId }) => recordId);
		const before = await ids();
		const run = await stage.client.workflows.run('exampleAllInOne1');
		assert.equal(run.status, 'success', run.error?.message);
		const after = await ids();
		assert.ok(before.length > 0);
		assert.equal(new Set(after).size, after.length);
		assert.equal(after.length, before.length);
	});
});
