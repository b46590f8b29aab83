// npm start: a real n8n with this package in it, a sandbox instead of phone systems, and every example run once.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RestError, createClient, localOwner } from './lib/client.mjs';
import { n8nEnv } from './lib/env.mjs';
import {
	callTable,
	exportsOf,
	follows,
	pushAddresses,
	putExamples,
	readExamples,
	recordsOf,
	startsByHand,
} from './lib/examples.mjs';
import { installN8n } from './lib/install.mjs';
import { linkPackage } from './lib/link.mjs';
import { holdLock } from './lib/lock.mjs';
import { repoDir } from './lib/paths.mjs';
import { isFree } from './lib/ports.mjs';
import { buildPackage, installDependencies } from './lib/prepare.mjs';
import { Problem, explain } from './lib/problem.mjs';
import { stopAll } from './lib/processes.mjs';
import { assertPortsFree, defaultPortBase, startSandbox } from './lib/sandbox.mjs';
import { startN8n } from './lib/server.mjs';
import { table } from './lib/table.mjs';

const columns = ['startedAt', 'direction', 'outcome', 'from', 'to', 'durationSeconds', 'recordId'];
const recordsShown = 5;
const secondsBetweenCalls = 15;

const help = `npm start -- [options]
  --once                    run the examples, say what came out, and end
  --only <text>             only the workflows with this text in their name
  --port <number>           where n8n listens (5678)
  --sandbox-port-base <n>   the sandbox listens on the ports after this one (${defaultPortBase})`;

const log = (/** @type {string} */ line) => console.log(line);

function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				only: { type: 'string', default: '' },
				port: { type: 'string', default: '5678' },
				'sandbox-port-base': { type: 'string', default: String(defaultPortBase) },
				help: { type: 'boolean', short: 'h', default: false },
			},
		});
		return {
			...values,
			port: portNumber(values.port),
			portBase: portNumber(values['sandbox-port-base']),
		};
	} catch (error) {
		if (error instanceof Problem) throw error;
		throw new Problem(
			`${error instanceof Error ? error.message.split('. ')[0] : error}; "npm start -- --help" shows the options.`,
		);
	}
}

/** @param {string} text */
function portNumber(text) {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1 || port > 65_000)
		throw new Problem(`"${text}" is not a port: give a number from 1 to 65000.`);
	return port;
}

/** @param {import('./lib/client.mjs').Client} client @param {import('./lib/client.mjs').Workflow} workflow */
async function runExample(client, workflow) {
	log('');
	let run;
	try {
		run = await client.workflows.run(String(workflow.id));
	} catch (error) {
		// n8n refuses, for one, a workflow with a node that it does not know. The others are still worth running.
		if (!(error instanceof RestError)) throw error;
		log(`✗ ${workflow.name}: ${error.message}`);
		return false;
	}
	const records = recordsOf(run);
	const files = exportsOf(workflow, run).map(({ json }) => json);
	if (run.status !== 'success') {
		const where = run.error?.node ? ` in "${run.error.node}"` : '';
		log(
			`✗ ${workflow.name}: ${run.status}${where}: ${run.error?.message ?? 'no reason given'}${run.error?.description ? ` ${run.error.description}` : ''}`,
		);
		return false;
	}
	for (const { fileName, records: count, bytes } of files) {
		log(
			`✓ ${workflow.name}: ${count.toLocaleString('en')} call records, ${bytes.toLocaleString('en')} bytes, in ${fileName}`,
		);
	}
	if (files.length > 0) return true;
	if (records.length === 0) {
		log(`✗ ${workflow.name}: no call records came out`);
		return false;
	}
	log(
		`✓ ${workflow.name}: ${records.length.toLocaleString('en')} call records in ${(run.milliseconds / 1000).toFixed(1)} s`,
	);
	log(table(records.slice(0, recordsShown), columns).replace(/^/gm, '    '));
	if (records.length > recordsShown)
		log(`    … and ${(records.length - recordsShown).toLocaleString('en')} more`);
	return true;
}

async function main() {
	const options = readOptions();
	if (options.help) return log(help);
	// n8n keeps its data in ".n8n" of its user folder, which git does not track: credentials and results stay between starts.
	const userFolder = repoDir;
	const release = await holdLock(join(userFolder, '.n8n', 'start.lock'), (holder) => {
		throw new Problem(
			`"npm start" is running already (process ${holder}): end that one first, with Ctrl-C.`,
		);
	});
	try {
		await play(options, userFolder);
	} finally {
		await stopAll();
		await release();
	}
}

/** @param {ReturnType<typeof readOptions>} options @param {string} userFolder */
async function play({ port, portBase, only, once }, userFolder) {
	if (!(await isFree(port))) {
		throw new Problem(
			`Port ${port} is taken: end what listens there, or choose another port with "npm start -- --port ${port === 5690 ? 5790 : 5690}".`,
		);
	}
	await assertPortsFree(portBase);
	await installDependencies({ log });
	await buildPackage({ log });
	await installN8n({ log });
	const examples = await readExamples({ portBase, only });
	await linkPackage({ userFolder, packageDir: repoDir });
	log('Starting the sandbox and n8n …');
	const [sandbox, n8n] = await Promise.all([
		startSandbox({
			portBase,
			liveSeconds: once ? 0 : secondsBetweenCalls,
			pushTo: pushAddresses(examples.workflows, port),
		}),
		startN8n({ env: n8nEnv({ userFolder, port }), port }),
	]);
	const client = createClient(n8n);
	await client.login().catch((error) => {
		throw new Problem(
			`The account of the n8n in .n8n/ has another password than ${localOwner.password}: delete the folder .n8n to begin anew.`,
			error,
		);
	});
	const workflows = await putExamples(client, examples);
	let failed = 0;
	for (const workflow of workflows.filter(startsByHand)) {
		if (!(await runExample(client, workflow))) failed++;
	}
	log('');
	if (failed > 0) process.exitCode = 1;
	if (once)
		return log(
			failed === 0
				? 'Every example workflow brought call records.'
				: `${failed} of the example workflows failed.`,
		);
	const following = workflows.filter(follows);
	for (const { id } of following) await client.workflows.activate(String(id));
	if (following.length > 0) {
		log(
			`${following.length} workflows follow new calls: the sandbox makes one every ${secondsBetweenCalls} seconds, and within a minute it is in the data table "${callTable}".`,
		);
	}
	log(`n8n:       ${n8n.url}   ${localOwner.email} / ${localOwner.password}`);
	for (const { platform, url } of sandbox.servers) log(`sandbox:   ${url}   ${platform}`);
	log('Ctrl-C ends everything.');
	await Promise.race([n8n.ended, sandbox.ended]);
	throw new Problem(
		`n8n or the sandbox ended by itself; n8n's last words: ${n8n.log().split('\n').at(-1)}`,
	);
}

let stopping = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
	process.on(signal, () => {
		// A second Ctrl-C does not wait; what still runs is killed on the way out.
		if (stopping) process.exit(130);
		stopping = true;
		log('\nStopping …');
		void stopAll().then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
	});
}

try {
	await main();
} catch (error) {
	if (!stopping) {
		console.error(explain(error));
		process.exitCode = 1;
	}
}
