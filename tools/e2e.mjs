// npm run test:e2e [-- <part of a file name> …]: tests in a real n8n, against the sandbox. One file after the other, each with its own n8n.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { installN8n } from './lib/install.mjs';
import { repoDir, toolsDir } from './lib/paths.mjs';
import { buildPackage, installDependencies } from './lib/prepare.mjs';
import { Problem, explain } from './lib/problem.mjs';

const folders = [join(toolsDir, 'e2e'), join(repoDir, 'test', 'e2e')];

/** @param {string[]} wanted parts of names; none means all */
async function testFiles(wanted) {
	const found = await Promise.all(
		folders.map(async (dir) => (await readdir(dir).catch(() => [])).map((name) => join(dir, name))),
	);
	const files = found.flat().filter((file) => file.endsWith('.test.mjs'));
	const chosen = files.filter(
		(file) => wanted.length === 0 || wanted.some((part) => file.includes(part)),
	);
	if (chosen.length > 0) return chosen;
	const names = files.map((file) => relative(repoDir, file)).join(', ');
	throw new Problem(
		`No test file has "${wanted.join('" or "')}" in its name; there are: ${names}.`,
	);
}

try {
	const files = await testFiles(process.argv.slice(2));
	// The long steps come first: a test's own output is only shown when the test has ended.
	const log = (/** @type {string} */ line) => console.log(line);
	await installDependencies({ log });
	await buildPackage({ log });
	await installN8n({ log });
	// In our process group, so that a Ctrl-C reaches the tests, which then clean up.
	const tests = spawn(
		process.execPath,
		['--test', '--test-concurrency=1', '--test-reporter=spec', ...files],
		{
			cwd: repoDir,
			stdio: 'inherit',
		},
	);
	process.on('SIGINT', () => {});
	process.on('SIGTERM', () => tests.kill('SIGTERM'));
	process.exitCode = await new Promise((resolve) =>
		tests.once('close', (code) => resolve(code ?? 1)),
	);
} catch (error) {
	console.error(explain(error));
	process.exitCode = 1;
}
