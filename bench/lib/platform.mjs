// Starts a platform's sandbox beside, and asks it things.
import { fork } from 'node:child_process';
import { join } from 'node:path';

import { repoDir } from '../../tools/lib/paths.mjs';

/**
 * @typedef {object} BenchPlatform
 * @property {string} url
 * @property {number} from Unix seconds
 * @property {number} to
 * @property {(question: string, given?: unknown) => Promise<any>} ask
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} name @param {number} count
 * @returns {Promise<BenchPlatform>}
 */
export async function startPlatform(name, count) {
	const child = fork(join(repoDir, 'bench', 'lib', 'platform.ts'), [name, String(count)], {
		execArgv: ['--import', 'tsx', '--max-old-space-size=8192', '--no-warnings'],
		cwd: repoDir,
	});
	/** @type {Map<number, (answer: unknown) => void>} */
	const waiting = new Map();
	const closed = new Promise((resolve) => child.once('close', resolve));
	const started = new Promise((resolve, reject) => {
		child.on('message', (/** @type {any} */ message) => {
			if (message.url) resolve(message);
			else waiting.get(message.id)?.(message.answer);
		});
		void closed.then(() => reject(new Error('The sandbox ended')));
	});
	const { url, from, to } = /** @type {any} */ (await started);
	let asked = 0;
	return {
		url,
		from,
		to,
		ask: async (question, given) => {
			const id = ++asked;
			return await new Promise((resolve) => {
				waiting.set(id, resolve);
				child.send({ id, question, given });
			});
		},
		stop: async () => {
			child.kill();
			await closed;
		},
	};
}
