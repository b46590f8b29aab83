// npm run test:mutation [-- file…]: does a test fail when a line is wrong? File by file, each with the tests made for it.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

import { repoDir } from './lib/paths.mjs';
import { table } from './lib/table.mjs';

/** Mutants that have to be noticed, of a hundred. */
const ENOUGH = 85;
const reports = join(repoDir, 'reports', 'mutation');
const cache = join(repoDir, '.cache', 'mutation');

/** Tables of words that n8n shows, and files of types only. */
const NOT_MUTATED = /[dD]escription\.ts$|callRecords\/node\/operation\.ts$/;

/** What makes a platform: most have it in one file. */
const PLATFORM_FILES = new Set(['platform.ts', 'row.ts', 'display.ts']);

/** Tests that start n8n's engine take seconds for each mutant, and every file has tests that do without. */
const NEEDS_ENGINE =
	/support\/(engine|reading|callCentre|credentialTest|httpRequest)'|vendors\/server'|n8n-core/;

const files = (/** @type {string} */ folder) =>
	readdirSync(join(repoDir, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
		join(folder, file),
	);

const tests = files('test')
	.filter((file) => file.endsWith('.test.ts'))
	.map((file) => ({ file, text: readFileSync(join(repoDir, file), 'utf8') }));

/** Whether a test starts the engine, by itself or by what it imports. @param {string} file @returns {boolean} */
function needsEngine(file) {
	const text = readFileSync(join(repoDir, file), 'utf8');
	if (NEEDS_ENGINE.test(text)) return true;
	return [...text.matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)'/gm)]
		.map(([, path]) => `${join(file, '..', path)}.ts`)
		.some(
			(path) => path.startsWith('test/') && existsSync(join(repoDir, path)) && needsEngine(path),
		);
}

/** @param {string} source */
function testsOf(source) {
	const [, folder, ...inside] = source.replace(/\.ts$/, '').split('/');
	const name = inside.join('/');
	const isPlatform = folder !== 'callRecords';
	const quick = tests.filter(({ file, text }) => {
		if (needsEngine(file)) return false;
		if (isPlatform) return file.includes(`/nodes/${folder}/`);
		const isNamedAfterIt = new RegExp(`/callRecords/${name}([A-Z]\\w*)?\\.test\\.ts$`).test(file);
		// The reader is tested as a whole.
		if (name.startsWith('read/') && file.includes('/callRecords/read/')) return true;
		return text.includes(`/callRecords/${name}'`) || isNamedAfterIt;
	});
	return quick.map(({ file }) => file).filter((file) => isPlatform || !file.includes('/nodes/'));
}

/** @param {string} source @param {string} name */
async function mutate(source, name) {
	const stryker = join(
		createRequire(import.meta.url).resolve('@stryker-mutator/core/package.json'),
		'../bin/stryker.js',
	);
	const arguments_ = ['run', '-m', source, '--incrementalFile', join(cache, `${name}.json`)];
	const run = spawn(process.execPath, [stryker, ...arguments_], {
		cwd: repoDir,
		env: { ...process.env, MUTATION_TESTS: testsOf(source).join(',') },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let said = '';
	run.stdout.on('data', (chunk) => (said += chunk));
	const code = await new Promise((resolve) => run.on('close', resolve));
	writeFileSync(join(reports, `${name}.log`), said);
	if (code !== 0) throw new Error(`${source}: Stryker failed, see reports/mutation/${name}.log`);
	return JSON.parse(readFileSync(join(reports, 'mutation.json'), 'utf8'));
}

/** @param {{ files: Record<string, { mutants: { status: string }[] }> }} report */
function scoreOf(report) {
	const mutants = Object.values(report.files).flatMap((file) => file.mutants);
	const count = (/** @type {string[]} */ ...states) =>
		mutants.filter(({ status }) => states.includes(status)).length;
	return { killed: count('Killed', 'Timeout'), survived: count('Survived', 'NoCoverage') };
}

const percent = (/** @type {{ killed: number, survived: number }} */ { killed, survived }) =>
	killed + survived === 0 ? 100 : (100 * killed) / (killed + survived);

const wanted = process.argv.slice(2);
const sources = files('nodes')
	.filter((file) => file.includes('/callRecords/') || PLATFORM_FILES.has(basename(file)))
	.filter((file) => file.endsWith('.ts') && !NOT_MUTATED.test(file))
	.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
	.sort();

for (const folder of [reports, cache]) mkdirSync(folder, { recursive: true });
const sum = { killed: 0, survived: 0 };
const rows = [];
for (const source of sources) {
	const begun = Date.now();
	const name = source.replace(/\.ts$/, '').replaceAll('/', '-');
	const report = await mutate(source, name);
	writeFileSync(join(reports, `${name}.json`), JSON.stringify(report));
	const score = scoreOf(report);
	sum.killed += score.killed;
	sum.survived += score.survived;
	const seconds = Math.round((Date.now() - begun) / 1000);
	const row = { file: source, ...score, score: percent(score).toFixed(1), seconds };
	rows.push(row);
	console.log(`${row.score} % of ${score.killed + score.survived}  ${source}  (${seconds} s)`);
}
console.log(table(rows, ['file', 'killed', 'survived', 'score', 'seconds'], { width: 60 }));
console.log(`${percent(sum).toFixed(1)} % of ${sum.killed + sum.survived} mutants noticed`);
if (existsSync(join(reports, 'mutation.json')) && percent(sum) < ENOUGH) process.exitCode = 1;
