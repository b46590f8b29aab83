// Installs the n8n of tools/n8n: exactly what its lockfile says, once, and again only when that changed or was interrupted.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { every } from './every.mjs';
import { holdLock } from './lock.mjs';
import { nodeForN8n, nodeHeadersDir, withNodeInPath } from './node24.mjs';
import { nodeGypOfNpm, npmCi } from './npm.mjs';
import { n8nBin, n8nDir } from './paths.mjs';
import { Problem } from './problem.mjs';
import { run } from './processes.mjs';

const lockfile = join(n8nDir, 'package-lock.json');
const modules = join(n8nDir, 'node_modules');
// Inside node_modules, and written last: npm ci begins by deleting the folder, so a half-made installation never has it.
const marker = join(modules, '.ready.json');
const bytesNeeded = 3.5e9;
const MB = 1e6;

/** What an installation depends on: the lockfile, and the machine its native modules are built for. */
async function wanted() {
	const hash = createHash('sha256')
		.update(await readFile(lockfile))
		.digest('hex');
	return JSON.stringify({
		lockfile: hash,
		node: process.versions.node.split('.')[0],
		machine: `${process.platform}-${process.arch}`,
	});
}

const isReady = async () =>
	existsSync(marker) && (await readFile(marker, 'utf8')) === (await wanted()) && existsSync(n8nBin);

/**
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<{ installed: boolean, seconds: number }>} installed: false when there was nothing to do
 */
export async function installN8n({ log = () => {} } = {}) {
	const begun = Date.now();
	const seconds = () => Math.round((Date.now() - begun) / 1000);
	if (await isReady()) return { installed: false, seconds: seconds() };
	const release = await holdLock(join(n8nDir, '.cache', 'installing.lock'), () =>
		log('Another run is installing n8n: waiting for it …'),
	);
	try {
		if (await isReady()) return { installed: false, seconds: seconds() };
		log('Installing n8n, once: about 2,100 packages and 2.7 GB; this takes some minutes.');
		await installPackages({ log, seconds });
		await buildSqlite({ log, seconds });
		await writeFile(marker, await wanted());
		log(`n8n is installed (${seconds()} s).`);
		return { installed: true, seconds: seconds() };
	} finally {
		await release();
	}
}

/** @param {{ log: (line: string) => void, seconds: () => number }} options */
async function installPackages({ log, seconds }) {
	await rm(modules, { recursive: true, force: true });
	await mkdir(modules, { recursive: true });
	const freeBefore = await freeBytes();
	if (freeBefore < bytesNeeded) {
		throw new Problem(
			`n8n needs about ${(bytesNeeded / 1e9).toFixed(1)} GB of disk space, and only ${(freeBefore / 1e9).toFixed(1)} GB are free where this folder is: free some space and try again.`,
		);
	}
	const packages = await packagesOfThisMachine();
	let answers = 0;
	const stopReporting = every(5000, async () => {
		const there = await countExisting(packages);
		const written = Math.max(0, Math.round((freeBefore - (await freeBytes())) / MB));
		const number = (/** @type {number} */ value) => value.toLocaleString('en');
		log(
			there === 0
				? `  ${seconds()} s: looking packages up, ${number(answers)} answers of the npm registry so far`
				: `  ${seconds()} s: ${number(there)} of ${number(packages.length)} packages, ${number(written)} MB written`,
		);
	});
	try {
		// The scripts of 2,300 packages are not run. The one module that has to be built is built below.
		await npmCi({ cwd: n8nDir, what: 'Installing n8n', onFetch: () => answers++ });
	} finally {
		await stopReporting();
	}
}

/** @param {{ log: (line: string) => void, seconds: () => number }} options */
async function buildSqlite({ log, seconds }) {
	const node = nodeForN8n();
	const headers = nodeHeadersDir();
	const dir = join(modules, 'sqlite3');
	const env = { ...withNodeInPath(), ...(headers && { npm_config_nodedir: headers }) };
	const stopReporting = every(10_000, async () =>
		log(`  ${seconds()} s: building the database module`),
	);
	try {
		const built = await run(node, [nodeGyp(), 'rebuild'], { cwd: dir, env });
		if (built.code === 0) return;
		// Nothing to compile with: the module's own script fetches a finished one.
		log('  No compiler found here: fetching the finished database module …');
		const fetched = await run(node, [join(modules, 'prebuild-install', 'bin.js'), '-r', 'napi'], {
			cwd: dir,
			env,
		});
		if (fetched.code === 0) return;
		throw new Problem(
			'The database module of n8n (sqlite3) could not be built nor downloaded: install a C++ compiler, make and Python, and try again.',
			new Error(built.stderr.slice(-4000) + fetched.stderr),
		);
	} finally {
		await stopReporting();
	}
}

const nodeGyp = () => nodeGypOfNpm() ?? join(modules, 'node-gyp', 'bin', 'node-gyp.js');

/** The folders npm will fill here, those for other systems left out. */
async function packagesOfThisMachine() {
	/** @type {Record<string, { os?: string | string[], cpu?: string | string[], libc?: string[] }>} */
	const entries = JSON.parse(await readFile(lockfile, 'utf8')).packages;
	// Of the packages made for one C library only those for the usual one are counted: this is for the progress line only.
	const fits = (/** @type {string | string[] | undefined} */ list, /** @type {string} */ here) =>
		!list || [list].flat().includes(here);
	return Object.entries(entries)
		.filter(
			([path, entry]) =>
				path &&
				fits(entry.os, process.platform) &&
				fits(entry.cpu, process.arch) &&
				fits(entry.libc, 'glibc'),
		)
		.map(([path]) => join(n8nDir, path, 'package.json'));
}

/** @param {string[]} paths */
async function countExisting(paths) {
	const found = await Promise.all(
		paths.map((path) =>
			stat(path).then(
				() => 1,
				() => 0,
			),
		),
	);
	return found.reduce((/** @type {number} */ sum, one) => sum + one, 0);
}

async function freeBytes() {
	const { bavail, bsize } = await statfs(dirname(modules));
	return bavail * bsize;
}
