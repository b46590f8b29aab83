// Running npm, and telling in one sentence why it failed.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './processes.mjs';
import { Problem } from './problem.mjs';

/** The npm that started us, if one did: it need not be the first in PATH. */
function npmCommand() {
	const cli = npmCli();
	// On Windows npm is a .cmd file, which only a shell can start.
	return cli
		? { command: process.execPath, prefix: [cli], shell: false }
		: { command: 'npm', prefix: [], shell: process.platform === 'win32' };
}

/** @returns {string | undefined} npm's own JavaScript file */
function npmCli() {
	const started = process.env.npm_execpath;
	if (started && /npm-cli\.c?js$/.test(started)) return started;
	const bin = dirname(process.execPath);
	const beside = [join(bin, 'node_modules'), join(bin, '..', 'lib', 'node_modules')].map((dir) =>
		join(dir, 'npm', 'bin', 'npm-cli.js'),
	);
	return beside.find((file) => existsSync(file));
}

/** npm's node-gyp: newer than the one a package brings along, and so fit for the Python that is here. */
export function nodeGypOfNpm() {
	const cli = npmCli();
	const file = cli && join(dirname(cli), '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
	return file && existsSync(file) ? file : undefined;
}

const network = [
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'ECONNRESET',
	'ETIMEDOUT',
	'ERR_SOCKET_TIMEOUT',
	'ENETUNREACH',
	'EHOSTUNREACH',
	'EPIPE',
];
const certificates = [
	'SELF_SIGNED_CERT_IN_CHAIN',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'CERT_HAS_EXPIRED',
];

/**
 * @param {string} what what was being done, as the end of "… failed"
 * @param {string} output what npm said
 */
function npmProblem(what, output) {
	const code = /npm (?:error|ERR!) (?:code|errno) ([A-Z][A-Z0-9_]+)/.exec(output)?.[1] ?? '';
	const is = (/** @type {string[]} */ ...codes) => codes.includes(code);
	const sentence = () => {
		if (is(...network))
			return `${what} failed because the npm registry cannot be reached (${code}): check the network, or the proxy in "npm config list", and try again.`;
		if (is(...certificates))
			return `${what} failed because the certificate of the npm registry is not trusted here (${code}): set "npm config set cafile" to your proxy's certificate and try again.`;
		if (is('ENOSPC'))
			return `${what} failed because the disk is full: free some space and try again.`;
		if (is('EACCES', 'EPERM', 'EROFS'))
			return `${what} failed because a folder may not be written to (${code}): check who owns this folder and npm's cache ("npm config get cache") and try again.`;
		if (is('E401', 'E403', 'ENEEDAUTH'))
			return `${what} failed because the npm registry refused access (${code}): check "npm config get registry" and log in to it.`;
		if (is('E404', 'ETARGET', 'ENOVERSIONS'))
			return `${what} failed because the npm registry in use lacks a package (${code}): check "npm config get registry".`;
		if (is('EINTEGRITY'))
			return `${what} failed because a download was damaged: run "npm cache verify" and try again.`;
		if (is('EUSAGE'))
			return `${what} failed because package.json and package-lock.json do not belong together: restore both from git.`;
		return undefined;
	};
	const lastWords = output
		.split('\n')
		.map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
		.filter((line) => line && !/^A complete log|^npm (warn|http|verbose)/.test(line));
	return new Problem(
		sentence() ?? `${what} failed: ${lastWords.slice(0, 2).join(' ') || 'npm said nothing'}.`,
		new Error(output.slice(-4000)),
	);
}

/**
 * Runs npm and throws a Problem when it fails.
 * @param {string[]} args
 * @param {{ cwd: string, what: string, onLine?: (line: string, end: () => void) => void }} options
 */
export async function npm(args, { cwd, what, onLine }) {
	const { command, prefix, shell } = npmCommand();
	const result = await run(command, [...prefix, ...args], {
		cwd,
		env: forOwnFolder(process.env),
		shell,
		onLine,
	});
	if (result.code !== 0) throw npmProblem(what, result.stderr + result.stdout);
	return result;
}

/**
 * Installs exactly what the lockfile in a folder says.
 * @param {{ cwd: string, what: string, onFetch?: () => void }} options onFetch: called for each answer of the registry
 */
export async function npmCi({ cwd, what, onFetch = () => {} }) {
	const args = [
		// Both lockfiles here were made like this; said again because an npm that started us passes on its own settings.
		...['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--legacy-peer-deps'],
		...['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=http'],
		...[
			'--fetch-retries=3',
			'--fetch-retry-mintimeout=1000',
			'--fetch-retry-maxtimeout=5000',
			'--fetch-timeout=60000',
		],
	];
	const patience = 15_000;
	let silentSince = 0;
	let cutOff = '';
	try {
		return await npm(args, {
			cwd,
			what,
			// Without a network npm tries each of 2,000 packages several times before it gives up. It need not.
			onLine(line, end) {
				const failure = /^npm http fetch .* failed with ([A-Z_]+)$/.exec(line)?.[1];
				if (!failure) {
					if (!line.startsWith('npm http')) return;
					silentSince = 0;
					onFetch();
					return;
				}
				silentSince ||= Date.now();
				if (Date.now() - silentSince < patience || !network.includes(failure)) return;
				cutOff = failure;
				end();
			},
		});
	} catch (error) {
		throw cutOff ? npmProblem(what, `npm error code ${cutOff}`) : error;
	}
}

/**
 * An npm started by npm inherits where the outer one works ("npm_config_local_prefix", "npm_package_…"), and would work there too.
 * @param {NodeJS.ProcessEnv} env
 */
function forOwnFolder(env) {
	const inherited =
		/^npm_(package_|lifecycle_|command$|config_(local_prefix|prefix|global_prefix|json|dry_run|silent|loglevel)$)/i;
	return Object.fromEntries(Object.entries(env).filter(([name]) => !inherited.test(name)));
}
