/**
 * What each heuristic of the reader saves: the same reads as `bench/reader.ts`, from a copy of the reader in which one
 * line is changed so that the heuristic does nothing.
 *
 *     node bench/readerWithout.mjs [--records 4000] [--limits]
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const EXTRACT = 'nodes/callRecords/extract';

/** Name, file, the line, and the line without the heuristic. */
const HEURISTICS = [
	['nothing left out', 'sizing.ts', '', ''],
	[
		'the end that a reply shows',
		'sizing.ts',
		"if (direction === 'unsorted') return null;",
		'return null;',
	],
	[
		'lists that are only roughly sorted',
		'sizing.ts',
		"if (third < 2) return { direction: 'unsorted', isExact };",
		"if (third >= 0) return { direction: 'unsorted', isExact };",
	],
	[
		'hours of the week',
		'hourlyRate.ts',
		'return blend(calls[hour], seconds[hour], ofDay);',
		'return mean + 0 * ofDay * hour;',
	],
	[
		'room for chance',
		'sizing.ts',
		'return Math.min(0.85, Math.max(0.5, 1 - 2.5 / Math.sqrt(capacity)));',
		'return 1 + 0 * capacity;',
	],
	[
		'samples of uncounted lists',
		'samples.ts',
		'add: (range, times) => void samples.push({ range, times }),',
		'add: () => undefined,',
	],
	['growth after empty slices', 'windowReader.ts', 'const GROWTH = 4;', 'const GROWTH = 1;'],
];

function bench(file, line, without) {
	const folder = mkdtempSync(join(tmpdir(), 'reader-'));
	try {
		for (const part of ['nodes', 'bench', 'test/vendors', 'package.json', 'tsconfig.json']) {
			cpSync(join(ROOT, part), join(folder, part), { recursive: true });
		}
		symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
		const path = join(folder, EXTRACT, file);
		const source = readFileSync(path, 'utf8');
		if (!source.includes(line)) throw new Error(`${file} has no line: ${line}`);
		writeFileSync(path, source.replace(line, without));
		const options = ['tsx', 'bench/reader.ts', ...process.argv.slice(2)];
		return execFileSync('npx', options, { cwd: folder, encoding: 'utf8' });
	} finally {
		rmSync(folder, { recursive: true });
	}
}

for (const [name, file, line, without] of HEURISTICS) {
	console.log(`\n${name}\n\n${bench(file, line, without)}`);
}
