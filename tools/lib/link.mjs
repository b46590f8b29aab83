// Puts a package where n8n keeps the community packages a user installed, so that its nodes have their real names.
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { n8nDir } from './paths.mjs';
import { Problem } from './problem.mjs';

/**
 * Copies what npm would publish. A link to the repository would do for finding the nodes, but Node then looks for n8n-workflow
 * beside the repository and finds the one the tests use: a second copy, whose error classes n8n does not recognise.
 * @param {{ userFolder: string, packageDir: string }} options packageDir: the repository, or an unpacked tarball
 * @returns {Promise<string>} where the package is now
 */
export async function linkPackage({ userFolder, packageDir }) {
	const manifest = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
	for (const file of [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])]) {
		if (!existsSync(join(packageDir, file)))
			throw new Problem(
				`${manifest.name} is not built: ${file} is missing, run "npm run build" first.`,
			);
	}
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	const target = join(modules, manifest.name);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	const published = ['package.json', manifest.main, ...(manifest.files ?? ['dist'])].filter(
		Boolean,
	);
	for (const name of published) {
		const from = join(packageDir, name);
		if (existsSync(from)) await cp(from, join(target, name), { recursive: true });
	}
	await linkLibrariesOfN8n(modules);
	return target;
}

/**
 * n8n lets a package find these through NODE_PATH, which comes last; in a user folder inside this repository the
 * repository's own node_modules would come first. So they are put where they are found before that: n8n's own ones.
 * @param {string} modules
 */
async function linkLibrariesOfN8n(modules) {
	for (const name of ['n8n-workflow', 'luxon', 'lodash', 'moment', 'p-limit', 'zod']) {
		const nested = join(n8nDir, 'node_modules', 'n8n', 'node_modules', name);
		const target = existsSync(nested) ? nested : join(n8nDir, 'node_modules', name);
		const link = join(modules, name);
		await rm(link, { recursive: true, force: true });
		if (existsSync(target)) await symlink(target, link, 'junction');
	}
}
