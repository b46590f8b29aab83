// Child processes that never outlive us: each is the head of its own process group, and the group is what gets stopped.
// (A Ctrl-C in a terminal reaches the foreground group only, so what stops is decided here and not by chance.)
import { spawn, spawnSync } from 'node:child_process';
import { Problem, codeOf } from './problem.mjs';

const windows = process.platform === 'win32';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const running = new Set();

/**
 * @param {string} command @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {ChildProcess}
 */
export function start(command, args, options = {}) {
	const child = spawn(command, args, { detached: !windows, windowsHide: true, ...options });
	running.add(child);
	child.once('close', () => running.delete(child));
	child.once('error', () => running.delete(child));
	return child;
}

/**
 * Runs to the end and collects the output.
 * @param {string} command @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { onLine?: (line: string, end: () => void) => void }} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function run(command, args, { onLine, ...options } = {}) {
	return new Promise((resolve, reject) => {
		const child = start(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
		const output = { stdout: '', stderr: '' };
		for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
			const stream = child[name];
			if (!stream) continue;
			stream.setEncoding('utf8');
			stream.on('data', (text) => (output[name] += text));
			if (onLine) readLines(stream, (line) => onLine(line, () => signalGroup(child, 'SIGTERM')));
		}
		child.once('error', (error) => {
			reject(
				codeOf(error) === 'ENOENT'
					? new Problem(`"${command}" could not be started: it was not found.`, error)
					: error,
			);
		});
		child.once('close', (code, signal) => resolve({ code: code ?? (signal ? 1 : 0), ...output }));
	});
}

/**
 * @param {NodeJS.ReadableStream} stream @param {(line: string) => void} onLine
 */
export function readLines(stream, onLine) {
	let rest = '';
	stream.setEncoding('utf8');
	stream.on('data', (text) => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) onLine(line.replace(/\r$/, ''));
	});
	stream.on('end', () => rest && onLine(rest));
}

/** @param {ChildProcess} child */
export const isRunning = (child) =>
	child.exitCode === null && child.signalCode === null && child.pid !== undefined;

/**
 * Signals the whole group of a child. A group that is gone already is fine.
 * @param {ChildProcess} child @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
	if (child.pid === undefined) return;
	if (windows) {
		// Windows has no signals to speak of: the tree is ended.
		spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		if (codeOf(error) !== 'ESRCH') throw error;
	}
}

/**
 * Asks a child and all its children to stop, and insists after a while.
 * @param {ChildProcess} child @param {number} [patience] milliseconds
 */
export async function stop(child, patience = 10_000) {
	if (isRunning(child)) {
		const closed = new Promise((resolve) => child.once('close', resolve));
		signalGroup(child, 'SIGTERM');
		const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patience);
		await closed;
		clearTimeout(timer);
	}
	// The head may be gone while a helper it started still runs.
	if (!windows) signalGroup(child, 'SIGKILL');
}

/**
 * Stops everything started here that still runs.
 * @param {number} [patience] milliseconds
 */
export async function stopAll(patience = 5000) {
	await Promise.all([...running].map((child) => stop(child, patience)));
}

const killAll = () => {
	for (const child of running) signalGroup(child, 'SIGKILL');
};

// The last safety net: whatever way this process ends (short of a SIGKILL), nothing stays behind.
process.on('exit', killAll);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
	const onSignal = () => {
		// Who listens too, ends things in an orderly way. Otherwise the signal does what it always does.
		if (process.listenerCount(signal) > 1) return;
		killAll();
		process.off(signal, onSignal);
		process.kill(process.pid, signal);
	};
	process.on(signal, onSignal);
}
