// One running n8n.
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeForN8n } from './node24.mjs';
import { n8nBin } from './paths.mjs';
import { freePort, isFree } from './ports.mjs';
import { Problem } from './problem.mjs';
import { isRunning, readLines, signalGroup, start, stop } from './processes.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/**
 * @typedef {object} RunningN8n
 * @property {string} url
 * @property {number} pid changes with restart()
 * @property {() => Promise<void>} stop asks it to finish, with everything it started
 * @property {(signal?: NodeJS.Signals) => Promise<void>} kill at once, as a crash would: SIGKILL unless told
 * @property {() => Promise<void>} restart the same n8n again, after stop() or kill() or while it runs
 * @property {() => string} log the last lines it wrote
 * @property {Promise<void>} ended when the process now running is gone, whoever ended it
 */

/**
 * Starts n8n and waits until it answers.
 * @param {{ env: Record<string, string>, port?: number, patience?: number }} options env: from n8nEnv()
 * @returns {Promise<RunningN8n>}
 */
export async function startN8n({ env, port = Number(env.N8N_PORT), patience = 120_000 }) {
	const url = `http://127.0.0.1:${port}`;
	/** @type {string[]} */
	let lines = [];
	/** @type {ChildProcess} */
	let child;

	async function boot() {
		if (!(await isFree(port))) throw new Problem(`Port ${port} is taken.`);
		const brokerPort = Number(env.N8N_RUNNERS_BROKER_PORT);
		const broker = (await isFree(brokerPort)) ? brokerPort : await freePort();
		child = start(nodeForN8n(), [n8nBin, 'start'], {
			env: { ...env, N8N_PORT: String(port), N8N_RUNNERS_BROKER_PORT: String(broker) },
			cwd: env.N8N_USER_FOLDER,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		lines = record(child, env.N8N_USER_FOLDER);
		server.pid = /** @type {number} */ (child.pid);
		server.ended = new Promise((resolve) => child.once('close', () => resolve()));
		try {
			await answers({ child, url, patience });
		} catch (error) {
			await stop(child);
			const reason =
				lines.filter((line) => /error|refus|denied|EADDR|cannot|failed/i.test(line)).at(-1) ??
				lines.at(-1) ??
				'it said nothing';
			throw new Problem(
				`n8n did not start: ${reason.trim()}`,
				new Error(`${error}\n${lines.join('\n')}`),
			);
		}
	}

	/** @type {RunningN8n} */
	const server = {
		url,
		pid: 0,
		ended: Promise.resolve(),
		log: () => lines.join('\n'),
		stop: () => stop(child, 20_000),
		async kill(signal = 'SIGKILL') {
			signalGroup(child, signal);
			await server.ended;
		},
		async restart() {
			await stop(child, 20_000);
			await boot();
		},
	};
	await boot();
	return server;
}

/**
 * Keeps the last lines at hand, and all of them in a file.
 * @param {ChildProcess} child @param {string} userFolder
 */
function record(child, userFolder) {
	/** @type {string[]} */
	const lines = [];
	const dir = join(userFolder, '.n8n');
	mkdirSync(dir, { recursive: true });
	const file = createWriteStream(join(dir, 'console.log'), { flags: 'a' });
	file.on('error', () => {});
	for (const stream of [child.stdout, child.stderr]) {
		if (!stream) continue;
		readLines(stream, (line) => {
			file.write(`${line}\n`);
			if (!line.trim()) return;
			lines.push(line);
			if (lines.length > 200) lines.shift();
			if (process.env.DEBUG) process.stderr.write(`[n8n] ${line}\n`);
		});
	}
	child.once('close', () => file.end());
	return lines;
}

/** @param {{ child: ChildProcess, url: string, patience: number }} options */
async function answers({ child, url, patience }) {
	const deadline = Date.now() + patience;
	while (Date.now() < deadline) {
		if (!isRunning(child)) throw new Error(`n8n ended with ${child.exitCode ?? child.signalCode}`);
		// healthz speaks before the database is migrated and the workflows are active; readiness waits for both.
		const ready = await fetch(`${url}/healthz/readiness`).then(
			(reply) => reply.ok,
			() => false,
		);
		if (ready) return;
		await sleep(100);
	}
	throw new Error(`n8n did not answer within ${patience / 1000} s`);
}
