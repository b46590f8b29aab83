// Running a workflow in n8n without looking at its data, which may be large, and finding the file it made.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('../../tools/lib/client.mjs').Client} Client */

/** @param {Client} client @param {import('../../tools/lib/client.mjs').Workflow} workflow */
export async function startRun(client, workflow) {
	const { id } = await client.workflows.create(workflow);
	const { executionId } = await client.call('POST', `/workflows/${id}/run`, {
		triggerToStartFrom: { name: 'Start' },
	});
	return { workflowId: String(id), executionId: String(executionId) };
}

/**
 * @param {Client} client @param {{ workflowId: string, executionId: string }} run
 * @param {{ isAlive?: () => boolean, every?: number }} [options]
 * @returns {Promise<string>} how it ended; "crashed" when n8n itself did
 */
export async function statusAtEnd(
	client,
	{ workflowId },
	{ isAlive = () => true, every = 250 } = {},
) {
	while (isAlive()) {
		const list = await client.executions.list({ workflowId, limit: 1 }).catch(() => []);
		const status = list[0]?.status;
		if (status && !['new', 'running', 'waiting'].includes(status)) return status;
		await sleep(every);
	}
	return 'crashed';
}

/** Every file in n8n's storage of binary data, also half-written ones. @param {string} userFolder */
export async function storedFiles(userFolder) {
	const entries = await readdir(join(userFolder, '.n8n'), { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile() && entry.parentPath.includes('binary_data'))
		.map((entry) => join(entry.parentPath, entry.name));
}

/** @param {string} userFolder @param {string} binaryId as the item has it */
export async function storedFile(userFolder, binaryId) {
	const name = binaryId.split('/').at(-1);
	const file = (await storedFiles(userFolder)).find((path) => path.endsWith(String(name)));
	if (!file) throw new Error(`n8n has no file ${binaryId}`);
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const chunk of createReadStream(file)) {
		hash.update(chunk);
		bytes += chunk.length;
	}
	return { file, bytes, sha256: hash.digest('hex') };
}
