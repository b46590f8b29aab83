// The package as npm would publish it.
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { repoDir } from './paths.mjs';
import { Problem } from './problem.mjs';
import { run } from './processes.mjs';

/**
 * Packs the built package and unpacks it again.
 * @param {string} dir an empty folder to work in
 * @returns {Promise<string>} the unpacked package
 */
export async function packAndUnpack(dir) {
	await mkdir(dir, { recursive: true });
	await npm(['pack', '--ignore-scripts', '--pack-destination', dir], {
		cwd: repoDir,
		what: 'Packing the package',
	});
	const tarball = (await readdir(dir)).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Problem('npm packed nothing.');
	const { code, stderr } = await run('tar', ['-xzf', tarball], { cwd: dir });
	if (code !== 0) throw new Problem(`The packed package cannot be unpacked: ${stderr.trim()}`);
	return join(dir, 'package');
}
