// The half of n8n's package scanner that needs no network: the rules it applies before a package may be verified,
// over the source as in the repository and over what a user would install.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const repo = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'call-records-pack-'));
try {
	const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: repo,
		encoding: 'utf8',
	});
	const [{ filename, files }] = JSON.parse(packed);
	execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);

	const strays = files
		.map(({ path }) => path)
		.filter((path) => !/^(dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/.test(path));
	if (strays.length > 0) throw new Error(`the package ships more than dist: ${strays.join(', ')}`);

	const results = {
		source: await analyzePackage(repo, SOURCE_FILE_PATTERNS),
		package: await analyzePackage(join(folder, 'package'), ['**/*.js', 'package.json']),
	};
	for (const [what, { passed, message, details }] of Object.entries(results)) {
		if (!passed) throw new Error(`the scanner rejects the ${what}: ${message}\n${details ?? ''}`);
		console.log(`scanner: ${what} passed`);
	}
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
