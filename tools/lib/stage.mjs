// Everything an end-to-end test needs: a fresh user folder, the packed package in it, the sandbox, a running n8n, a client that is logged in.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from './client.mjs';
import { n8nEnv } from './env.mjs';
import { pushAddresses, putExamples, readExamples } from './examples.mjs';
import { installN8n } from './install.mjs';
import { linkPackage } from './link.mjs';
import { packAndUnpack } from './pack.mjs';
import { freePort } from './ports.mjs';
import { buildPackage, installDependencies } from './prepare.mjs';
import { stopAll } from './processes.mjs';
import { freePortBase, startSandbox } from './sandbox.mjs';
import { startN8n } from './server.mjs';

/**
 * @typedef {object} Stage
 * @property {import('./client.mjs').Client} client logged in; stays so when n8n is restarted
 * @property {import('./server.mjs').RunningN8n} n8n
 * @property {import('./sandbox.mjs').Sandbox} sandbox
 * @property {import('./client.mjs').Workflow[]} workflows the examples, as they are in n8n
 * @property {Record<string, string>} env
 * @property {string} userFolder
 * @property {() => Promise<void>} tearDown stops and removes everything
 */

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * @param {{ durableCursors?: boolean, liveSeconds?: number, extra?: Record<string, string>, log?: (line: string) => void }} [options] liveSeconds: how often a new call happens in the sandbox; extra: more environment for n8n
 * @returns {Promise<Stage>}
 */
export async function setUpStage({
	durableCursors = false,
	liveSeconds = 0,
	extra = {},
	log = console.log,
} = {}) {
	await installDependencies({ log });
	await buildPackage({ log });
	await installN8n({ log });
	const userFolder = await mkdtemp(join(tmpdir(), 'call-records-e2e-'));
	/** @type {(() => Promise<unknown>)[]} */
	const undo = [() => rm(userFolder, { recursive: true, force: true, maxRetries: 5 })];
	const tearDown = async () => {
		for (const step of undo.splice(0).reverse()) await step();
		for (const signal of signals) process.off(signal, abandon);
	};
	/** @type {Promise<void> | undefined} */
	let abandoning;
	// Interrupted, often twice, while something still starts: first all processes, then what they write to.
	const abandon = () => {
		abandoning ??= stopAll()
			.then(tearDown)
			.finally(() => process.exit(130));
	};
	for (const signal of signals) process.on(signal, abandon);
	try {
		await linkPackage({ userFolder, packageDir: await packAndUnpack(join(userFolder, 'packed')) });
		const [portBase, port] = [await freePortBase(), await freePort()];
		const examples = await readExamples({ portBase });
		const pushTo = pushAddresses(examples.workflows, port);
		const sandbox = await startSandbox({ portBase, liveSeconds, pushTo });
		undo.push(sandbox.stop);
		const env = n8nEnv({ userFolder, port, durableCursors, extra });
		const n8n = await startN8n({ env, port });
		undo.push(n8n.stop);
		const client = createClient(n8n);
		await client.login();
		const workflows = await putExamples(client, examples);
		return { client, n8n, sandbox, workflows, env, userFolder, tearDown };
	} catch (error) {
		await tearDown();
		throw error;
	}
}
