// node bench/libreoffice.mjs [--soffice <path>]: hostile values written as the export writes CSV, read by LibreOffice, and compared.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { parse } from 'csv-parse/sync';

import { repoDir } from '../tools/lib/paths.mjs';
import { buildPackage, installDependencies } from '../tools/lib/prepare.mjs';
import { run } from '../tools/lib/processes.mjs';
import { FORMULAS, HOSTILE, NUMBERS, randomTexts } from './lib/hostile.mjs';

const { values } = parseArgs({
	options: { soffice: { type: 'string', default: 'soffice' } },
});
const log = (/** @type {string} */ line) => console.log(line);

await installDependencies({ log });
await buildPackage({ log });
const { csvLine } = createRequire(import.meta.url)(
	join(repoDir, 'dist', 'nodes', 'callRecords', 'files', 'csv.js'),
);
const dir = await mkdtemp(join(tmpdir(), 'libreoffice-'));
const texts = [...HOSTILE, ...FORMULAS, ...NUMBERS, ...randomTexts(5000)];
const isNumber = (/** @type {string} */ text) => /^[\s$+-]*\d[\d\s.,:/eE+%$-]*$/.test(text);

try {
	await compare('quoted fields as text', { quotedAsText: true });
	await compare('quoted fields as text, semicolons', { quotedAsText: true, delimiter: ';' });
	await compare('as LibreOffice opens it by itself, all but numbers', {
		only: (text) => !isNumber(text),
	});
	await compare("numbers with 'Keep Numbers as Text in Excel'", {
		only: (text) => NUMBERS.includes(text),
		excelText: true,
	});
} finally {
	await rm(dir, { recursive: true, force: true });
}

/**
 * @param {string} what
 * @param {{ quotedAsText?: boolean, delimiter?: string, excelText?: boolean, only?: (text: string) => boolean }} options
 */
async function compare(
	what,
	{ quotedAsText = false, delimiter = ',', excelText = false, only = () => true },
) {
	const style = { delimiter, guardFormulas: true, excelText };
	const chosen = texts.filter(only);
	const lines = chosen.map((text, i) => csvLine([String(i), text, 'end'], style));
	await writeFile(join(dir, 'calls.csv'), lines.join(''));
	const written = parse(lines.join(''), { delimiter });
	const read = parse(await throughLibreOffice({ quotedAsText, delimiter }), {
		relax_column_count: true,
	});
	// An apostrophe guards; LibreOffice shows it. It keeps one kind of line end within a cell.
	const expected = excelText ? chosen : written.map((/** @type {string[]} */ row) => row[1]);
	const changed = expected.flatMap((/** @type {string} */ text, /** @type {number} */ i) =>
		read[i]?.[1] === text.replace(/\r\n?/g, '\n')
			? []
			: [`${JSON.stringify(text)} -> ${JSON.stringify(read[i]?.[1])}`],
	);
	log(`${what}: ${chosen.length} values, ${changed.length} changed, ${read.length} rows`);
	for (const line of changed.slice(0, 10)) log(`    ${line}`);
	if (changed.length > 0 || read.length !== chosen.length) process.exitCode = 1;
}

/** Opens the file and saves it again: what stands in cells as text is quoted then, and formulas are what they give. */
async function throughLibreOffice({ quotedAsText, delimiter }) {
	const into = join(dir, 'out');
	const { code, stdout, stderr } = await run(
		values.soffice,
		[
			`-env:UserInstallation=${pathToFileURL(join(dir, 'profile')).href}`,
			'--headless',
			`--infilter=CSV:${delimiter.charCodeAt(0)},34,76,1,,0,${quotedAsText}`,
			'--convert-to',
			'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false',
			'--outdir',
			into,
			join(dir, 'calls.csv'),
		],
		{ cwd: dir },
	);
	if (code !== 0) throw new Error(`LibreOffice did not open the file: ${stderr || stdout}`);
	return await readFile(join(into, 'calls.csv'), 'utf8');
}
