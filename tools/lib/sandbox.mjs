// The sandbox: servers on this machine that speak the platforms' APIs (test/vendors), so that nothing real is needed to try things.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repoDir } from './paths.mjs';
import { isFree } from './ports.mjs';
import { Problem } from './problem.mjs';
import { readLines, start, stop } from './processes.mjs';

/** The ports that examples/ is written for are this base + 1, + 2, … */
export const defaultPortBase = 5700;
const portsUsed = readdirSync(join(repoDir, 'nodes')).filter((folder) =>
	existsSync(join(repoDir, 'nodes', folder, `${folder}.node.ts`)),
).length;

/** @typedef {{ platform: string, url: string }} SandboxServer */
/**
 * @typedef {object} Sandbox
 * @property {SandboxServer[]} servers
 * @property {number} portBase
 * @property {() => Promise<void>} stop
 * @property {Promise<void>} ended
 */

/**
 * @param {{ portBase?: number, patience?: number, liveSeconds?: number }} [options] liveSeconds: a new call on every platform each so many seconds
 * @returns {Promise<Sandbox>}
 */
export async function startSandbox({
	portBase = defaultPortBase,
	patience = 30_000,
	liveSeconds = 0,
} = {}) {
	if (!existsSync(join(repoDir, 'test', 'vendors', 'main.ts')))
		throw new Problem(
			'The sandbox is missing: test/vendors/main.ts is not there, restore it from git.',
		);
	await assertPortsFree(portBase);
	const child = start(
		process.execPath,
		[
			...['--import', 'tsx', 'test/vendors/main.ts'],
			...['--port-base', String(portBase), '--live-seconds', String(liveSeconds)],
		],
		{
			cwd: repoDir,
			env: ownEnvironment(),
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	/** @type {SandboxServer[]} */
	const servers = [];
	/** @type {string[]} */
	const complaints = [];
	if (child.stderr) {
		readLines(child.stderr, (line) => {
			if (line.trim()) complaints.push(line.trim());
			if (complaints.length > 50) complaints.shift();
		});
	}
	const ended = new Promise((/** @type {(value: void) => void} */ resolve) =>
		child.once('close', () => resolve()),
	);
	const ready = new Promise((/** @type {(value: boolean) => void} */ resolve) => {
		if (child.stdout) {
			readLines(child.stdout, (line) => {
				if (line.startsWith('{')) servers.push(JSON.parse(line));
				else if (line.trim() === 'ready') resolve(true);
			});
		}
		void ended.then(() => resolve(false));
		setTimeout(() => resolve(false), patience).unref();
	});
	if (!(await ready)) {
		await stop(child);
		const reason =
			complaints.find((line) => /error/i.test(line)) ?? complaints.at(-1) ?? 'it said nothing';
		throw new Problem(`The sandbox did not start: ${reason}`, new Error(complaints.join('\n')));
	}
	return { servers, portBase, ended, stop: () => stop(child) };
}

/** @param {number} portBase */
export async function assertPortsFree(portBase) {
	for (let port = portBase + 1; port <= portBase + portsUsed; port++) {
		if (!(await isFree(port))) {
			throw new Problem(
				`Port ${port}, which the sandbox needs, is taken: end what listens there, or choose other ports with "npm start -- --sandbox-port-base ${portBase + 100}".`,
			);
		}
	}
}

/** Under "node --test" a child would report to the test runner instead of talking to us. */
function ownEnvironment() {
	const { NODE_TEST_CONTEXT, ...env } = process.env;
	return env;
}

/** A base whose ports are free, for tests that run beside other things. */
export async function freePortBase() {
	for (let base = 20_000; base < 60_000; base += 100) {
		const ports = Array.from({ length: portsUsed }, (_, index) => base + index + 1);
		if ((await Promise.all(ports.map(isFree))).every(Boolean)) return base;
	}
	throw new Problem('No free ports were found for the sandbox.');
}

/**
 * Text written for the default ports, made to fit the sandbox that runs.
 * @param {string} text @param {number} portBase
 */
export function withPorts(text, portBase) {
	return text.replace(/127\.0\.0\.1:(\d+)/g, (whole, digits) => {
		const place = Number(digits) - defaultPortBase;
		return place > 0 && place < 100 ? `127.0.0.1:${portBase + place}` : whole;
	});
}
