// npm test: unit, property, engine and package tests. Works alone on a fresh clone: what is missing is installed and built.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

import { repoDir } from './lib/paths.mjs';
import { buildPackage, installDependencies } from './lib/prepare.mjs';
import { explain } from './lib/problem.mjs';

const log = (/** @type {string} */ line) => console.log(line);

try {
	await installDependencies({ log });
	await buildPackage({ log });
	// Its package.json exports the path only without the ending.
	const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
	const run = spawn(process.execPath, [jest, ...process.argv.slice(2)], {
		cwd: repoDir,
		stdio: 'inherit',
	});
	run.on('exit', (code) => {
		process.exitCode = code ?? 1;
	});
} catch (error) {
	console.error(explain(error));
	process.exitCode = 1;
}
