// node bench/export.mjs [--platform commo|itnioTech] [--records 1000000] [--compress] [--cancel] [--http]
// Exports all records of a sandbox inside a real n8n: is the file complete, how much memory does it take, how soon does it stop?
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { stopAll } from '../tools/lib/processes.mjs';
import { setUpStage } from '../tools/lib/stage.mjs';
import { restingMemory, watchMemory } from './lib/memory.mjs';
import { startPlatform } from './lib/platform.mjs';
import { startRun, statusAtEnd, storedFile, storedFiles } from './lib/runs.mjs';
import { createCredential, exportWorkflow, httpWorkflow } from './lib/workflows.mjs';

const { values } = parseArgs({
	options: {
		platform: { type: 'string', default: 'itnioTech' },
		records: { type: 'string', default: '1000000' },
		compress: { type: 'boolean', default: false },
		cancel: { type: 'boolean', default: false },
		http: { type: 'boolean', default: false },
	},
});
const { platform, compress } = values;
const sandbox = await startPlatform(platform, Number(values.records));
const stage = await setUpStage({ log: () => {} });
const { client, n8n, userFolder } = stage;
const target = { ...sandbox, platform };
const show = (/** @type {object} */ figures) => console.log(JSON.stringify(figures));

try {
	const credential = await createCredential(client, target);
	if (values.cancel) await measureCancel(credential);
	else if (values.http) await measureHttp(credential, await restingMemory(n8n.pid));
	else await measureExport(credential, await restingMemory(n8n.pid));
} finally {
	await stage.tearDown();
	await sandbox.stop();
	await stopAll();
}

async function measureExport(credential, rest) {
	const memory = watchMemory(n8n.pid);
	const run = await startRun(client, exportWorkflow(target, credential, { compress }));
	const status = await statusAtEnd(client, run);
	const { most, tenths, seconds } = await memory.stop();
	const { items, error } = await client.executions.get(run.executionId);
	assert.equal(status, 'success', `${error?.message} ${error?.description}`);
	const [{ json, binary }] = items;
	const { records, requests, bytes, checksum } = json;
	const file = await storedFile(userFolder, binary.data.id);
	assert.deepEqual({ bytes, sha256: checksum }, { bytes: file.bytes, sha256: file.sha256 });
	const truth = await sandbox.ask('truth');
	assert.equal(records, truth.records);
	if (!compress) {
		assert.deepEqual({ bytes, sha256: checksum }, { bytes: truth.bytes, sha256: truth.sha256 });
	}
	show({
		what: `export, ${platform}${compress ? ', gzip' : ''}`,
		records,
		isComplete: true,
		requests,
		megabytes: Math.round(bytes / 1e6),
		seconds: Math.round(seconds),
		...memoryFigures(rest, most, tenths),
	});
}

async function measureCancel(credential) {
	const run = await startRun(client, exportWorkflow(target, credential, { compress }));
	await sleep(15_000);
	const { requests: before } = await sandbox.ask('requests');
	assert.ok(before > 10, 'the export has not begun');
	assert.ok((await storedFiles(userFolder)).length > 0, 'nothing has been written yet');
	const begun = Date.now();
	await client.executions.stop(run.executionId);
	const status = await statusAtEnd(client, run, { every: 20 });
	const statusMs = Date.now() - begun;
	let quietSince = Date.now();
	let last = (await sandbox.ask('requests')).requests;
	while (Date.now() - quietSince < 3000) {
		await sleep(20);
		const { requests } = await sandbox.ask('requests');
		if (requests > last) quietSince = Date.now();
		last = requests;
	}
	show({
		what: `cancel, ${platform}`,
		status,
		statusMs,
		lastRequestMs: Math.max(0, quietSince - begun),
		filesLeft: (await storedFiles(userFolder)).length,
	});
}

async function measureHttp(credential, rest) {
	const memory = watchMemory(n8n.pid);
	let isAlive = true;
	void n8n.ended.then(() => (isAlive = false));
	const run = await startRun(client, httpWorkflow(target, credential));
	const status = await statusAtEnd(client, run, { isAlive: () => isAlive });
	const { most, tenths, seconds } = await memory.stop();
	const { requests } = await sandbox.ask('requests');
	show({
		what: `HTTP Request, Split Out, Convert to File, ${platform}`,
		records: Number(values.records),
		status,
		lastWords: isAlive
			? undefined
			: n8n
					.log()
					.split('\n')
					.find((line) => /heap|memory/i.test(line)),
		requests,
		seconds: Math.round(seconds),
		...memoryFigures(rest, most, tenths),
	});
}

/** In megabytes: n8n just started and at rest, at most, and the most in each tenth of the time. */
function memoryFigures({ started, idle }, most, tenths) {
	return {
		started: Math.round(started),
		idle: Math.round(idle),
		most: Math.round(most),
		growth: Math.round(most - idle),
		overTime: tenths.map((mb) => Math.round(mb)),
	};
}
