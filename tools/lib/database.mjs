// A look into n8n's database, for what its REST interface does not show.
import { join } from 'node:path';
import { nodeForN8n } from './node24.mjs';
import { Problem } from './problem.mjs';
import { run } from './processes.mjs';

// node:sqlite is in Node 22 and later, so the Node of n8n is asked.
const reader = `
const { DatabaseSync } = require('node:sqlite');
const [file, sql] = process.argv.slice(1);
console.log(JSON.stringify(new DatabaseSync(file, { readOnly: true }).prepare(sql).all()));
`;

/**
 * @param {string} userFolder @param {string} sql
 * @returns {Promise<Record<string, any>[]>}
 */
export async function query(userFolder, sql) {
	const file = join(userFolder, '.n8n', 'database.sqlite');
	const { code, stdout, stderr } = await run(nodeForN8n(), [
		'--no-warnings',
		'-e',
		reader,
		file,
		sql,
	]);
	if (code !== 0)
		throw new Problem(
			`n8n's database cannot be read: ${stderr.split('\n').find((line) => line.includes('Error')) ?? stderr}`,
		);
	return JSON.parse(stdout);
}

/**
 * What triggers remember with durable cursors, which are kept beside the workflow. Without, see staticData of the workflow.
 * @param {string} userFolder
 * @returns {Promise<{ workflowId: string, nodeId: string, cursor: any }[]>}
 */
export async function durableCursors(userFolder) {
	const rows = await query(userFolder, 'SELECT * FROM poller_state');
	return rows.map(({ workflowId, nodeId, cursor }) => ({
		workflowId,
		nodeId,
		cursor: JSON.parse(cursor),
	}));
}
