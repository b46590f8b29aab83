// node bench/recording.mjs [--megabytes 200]: downloads a large recording inside a real n8n. Memory, and what a broken connection leaves.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { stopAll } from '../tools/lib/processes.mjs';
import { setUpStage } from '../tools/lib/stage.mjs';
import { residentMemory, restingMemory, watchMemory } from './lib/memory.mjs';
import { startPlatform } from './lib/platform.mjs';
import { startRun, statusAtEnd, storedFile, storedFiles } from './lib/runs.mjs';
import { createCredential, downloadWorkflow } from './lib/workflows.mjs';

const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '200' } } });
const bytes = Number(values.megabytes) * 1e6;
const platform = 'commo';
const sandbox = await startPlatform(platform, 100);
const stage = await setUpStage({ log: () => {} });
const { client, n8n, userFolder } = stage;
const target = { ...sandbox, platform };
const cut = { resetAfter: bytes / 2 };

try {
	const credential = await createCredential(client, target);
	const recording = await sandbox.ask('recording', bytes);
	const workflow = downloadWorkflow(target, credential, recording.name);
	await restingMemory(n8n.pid);
	// The first download loads what downloading takes; the second shows what a file takes.
	for (const what of ['first download', 'second download']) {
		await measure(what, workflow, recording);
	}
	await sandbox.ask('spoil', { fault: cut, times: 2 });
	await measure('cut at half, twice', workflow, recording);
	await sandbox.ask('spoil', { fault: cut, times: 1000 });
	const before = await storedFiles(userFolder);
	const run = await startRun(client, workflow);
	const status = await statusAtEnd(client, run);
	const { error, items } = await client.executions.get(run.executionId);
	const filesLeft = (await storedFiles(userFolder)).length - before.length;
	assert.deepEqual({ status, items, filesLeft }, { status: 'error', items: [], filesLeft: 0 });
	console.log(
		JSON.stringify({ what: 'cut at half, always', status, error: error?.message, filesLeft }),
	);
} finally {
	await stage.tearDown();
	await sandbox.stop();
	await stopAll();
}

async function measure(what, workflow, recording) {
	await sleep(10_000);
	const idle = await residentMemory(n8n.pid);
	const memory = watchMemory(n8n.pid, 50);
	const run = await startRun(client, workflow);
	const status = await statusAtEnd(client, run);
	const { most, seconds } = await memory.stop();
	const { items, error } = await client.executions.get(run.executionId);
	assert.equal(status, 'success', error?.message);
	const [{ json, binary }] = items;
	const file = await storedFile(userFolder, binary.data.id);
	assert.deepEqual(
		{ bytes: file.bytes, sha256: file.sha256, told: json.recordingChecksum },
		{ bytes, sha256: recording.sha256, told: recording.sha256 },
	);
	const whole = (/** @type {number} */ number) => Math.round(number);
	console.log(
		JSON.stringify({
			what,
			megabytes: bytes / 1e6,
			isWhole: true,
			seconds: whole(seconds * 10) / 10,
			idle: whole(idle),
			most: whole(most),
			growth: whole(most - idle),
		}),
	);
}
