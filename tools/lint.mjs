// npm run lint: n8n's own rules over what n8n loads, ours over everything, and the formatting.
import { spawnSync } from 'node:child_process';

import { repoDir } from './lib/paths.mjs';

/**
 * n8n-node checks every TypeScript file with the rules for nodes, tests too, and wants eslint.config.mjs untouched. With
 * this flag ESLint takes the configuration nearest to a file, and test/ and bench/ have one that leaves them out.
 */
const nearestConfig = { ESLINT_FLAGS: 'unstable_config_lookup_from_file' };

const steps = [
	{ args: ['n8n-node', 'lint'], env: nearestConfig },
	{ args: ['eslint', '--config', 'eslint.strict.config.mjs', '.'], env: {} },
	{ args: ['prettier', '--check', '--log-level', 'warn', '.'], env: {} },
];

for (const { args, env } of steps) {
	const { status } = spawnSync('npx', ['--no-install', ...args], {
		cwd: repoDir,
		env: { ...process.env, ...env },
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	// All are run, so that one run shows everything.
	if (status !== 0) process.exitCode = 1;
}
