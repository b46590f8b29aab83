// Where things are. Everything is found from this file, so a clone works wherever it lies.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const toolsDir = resolve(dirname(fileURLToPath(import.meta.url)), '..');
/** The package itself: where its package.json, nodes/, dist/ and examples/ are. */
export const repoDir = dirname(toolsDir);
/** The n8n that is used for trying out, with its own package.json and lockfile. */
export const n8nDir = join(toolsDir, 'n8n');
export const n8nBin = join(n8nDir, 'node_modules', 'n8n', 'bin', 'n8n');
