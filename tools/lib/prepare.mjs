// Brings a fresh clone, or one with changes, to where it can be used: dependencies and dist/.
import { existsSync } from 'node:fs';
import { lstat, readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { every } from './every.mjs';
import { npm, npmCi } from './npm.mjs';
import { repoDir } from './paths.mjs';
import { Problem } from './problem.mjs';

const changedAt = (/** @type {string} */ path) =>
	stat(path).then(
		({ mtimeMs }) => mtimeMs,
		() => 0,
	);

/** @param {string} dir @returns {Promise<number>} when the newest file below was changed */
async function newest(dir) {
	const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
	const times = await Promise.all(
		entries.map((entry) =>
			entry.isDirectory() ? newest(join(dir, entry.name)) : changedAt(join(dir, entry.name)),
		),
	);
	return Math.max(0, ...times);
}

/** @param {{ log: (line: string) => void }} options */
export async function installDependencies({ log }) {
	// "npm ci" empties the folder first: where node_modules is a link, that would be a folder of somebody else's.
	const link = await lstat(join(repoDir, 'node_modules')).catch(() => undefined);
	if (link?.isSymbolicLink()) return;
	// npm writes this file last, so an interrupted installation counts as none.
	const installed = await changedAt(join(repoDir, 'node_modules', '.package-lock.json'));
	if (installed > 0 && installed >= (await changedAt(join(repoDir, 'package-lock.json')))) return;
	log('Installing the dependencies of this repository …');
	let answers = 0;
	const stopReporting = every(10_000, async () =>
		log(`  … ${answers} answers of the npm registry so far`),
	);
	try {
		await npmCi({ cwd: repoDir, what: 'Installing the dependencies', onFetch: () => answers++ });
	} finally {
		await stopReporting();
	}
}

/** @param {{ log: (line: string) => void }} options */
export async function buildPackage({ log }) {
	const sources = ['nodes', 'credentials', 'icons'].map((name) => newest(join(repoDir, name)));
	const settings = ['package.json', 'tsconfig.json'].map((name) => changedAt(join(repoDir, name)));
	const changed = Math.max(...(await Promise.all([...sources, ...settings])));
	const manifest = JSON.parse(await readFile(join(repoDir, 'package.json'), 'utf8'));
	const parts = [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])];
	const complete = parts.every((file) => existsSync(join(repoDir, file)));
	if (complete && (await newest(join(repoDir, 'dist'))) >= changed) return;
	log('Building the package …');
	try {
		await npm(['run', 'build'], { cwd: repoDir, what: 'The build' });
	} catch (error) {
		// The compiler writes files also when it complains; they must not pass for a build next time.
		await rm(join(repoDir, 'dist'), { recursive: true, force: true });
		const output =
			error instanceof Problem && error.cause instanceof Error ? error.cause.message : '';
		const mistake = output.split('\n').find((line) => /error TS\d+/.test(line));
		throw mistake ? new Problem(`The build failed: ${mistake.trim()}`, error) : error;
	}
}
