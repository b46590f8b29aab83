// n8n's command line: one process for each call, about four seconds each. With an n8n running, client.mjs is quicker.
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeForN8n } from './node24.mjs';
import { n8nBin } from './paths.mjs';
import { freePort } from './ports.mjs';
import { Problem } from './problem.mjs';
import { run } from './processes.mjs';
import { readRun } from './runData.mjs';

/**
 * @param {string[]} args @param {Record<string, string>} env
 */
async function n8n(args, env) {
	// Another n8n may be running on the usual port for code runners. The output itself is logged as "info".
	const own = { N8N_RUNNERS_BROKER_PORT: String(await freePort()), N8N_LOG_LEVEL: 'info' };
	return await run(nodeForN8n(), [n8nBin, ...args], {
		env: { ...env, ...own },
		cwd: env.N8N_USER_FOLDER,
	});
}

/**
 * Imports files that n8n exported, all of them in one process. Ids are kept; what has the same id is replaced.
 * @param {{ kind: 'credentials' | 'workflow', files: string[], env: Record<string, string> }} options
 */
export async function importJson({ kind, files, env }) {
	if (files.length === 0) return;
	const dir = await mkdtemp(join(tmpdir(), 'n8n-import-'));
	try {
		await Promise.all(files.map((file, index) => copyFile(file, join(dir, `${index}.json`))));
		const { code, stdout, stderr } = await n8n(
			[`import:${kind}`, '--separate', `--input=${dir}`],
			env,
		);
		// A file that cannot be used is skipped with a warning, and the exit code stays 0.
		const imported = Number(/Successfully imported (\d+)/.exec(stdout)?.[1] ?? 0);
		if (code !== 0 || imported === 0)
			throw new Problem(
				`n8n did not import the ${kind} files: ${lastLine(stderr + stdout)}`,
				new Error(stdout + stderr),
			);
	} finally {
		await rm(dir, { recursive: true, force: true });
	}
}

/**
 * Runs a workflow in a process of its own and waits for the end.
 * @param {{ id: string, env: Record<string, string> }} options
 * @returns {Promise<import('./runData.mjs').Run>}
 * @throws {Problem} when the workflow failed or could not be run
 */
export async function executeWorkflow({ id, env }) {
	const { code, stdout, stderr } = await n8n(['execute', `--id=${id}`, '--rawOutput'], env);
	// The result is indented JSON between lines about other things.
	const result = /^\{\n[^]*?^\}$/m.exec(stdout)?.[0];
	if (code !== 0 || !result)
		throw new Problem(
			`Workflow ${id} failed: ${messageIn(stdout + stderr)}`,
			new Error(stdout + stderr),
		);
	const run = readRun(JSON.parse(result));
	if (run.error) throw new Problem(`Workflow ${id} failed: ${run.error.message}`);
	return run;
}

/** @param {string} output */
const lastLine = (output) => output.trim().split('\n').at(-1)?.trim() ?? 'no reason given';

/** @param {string} output of a failed "n8n execute": some headings, then the message, then a stack */
function messageIn(output) {
	const lines = output
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line && !/^=+$/.test(line));
	const heading = lines.lastIndexOf('Execution error:');
	return heading >= 0 ? lines[heading + 1] : lastLine(output);
}
