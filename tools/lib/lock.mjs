// One at a time, between processes: a file that holds the id of the process which made it.
import { rmSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './problem.mjs';

/**
 * @param {string} file
 * @param {(holder: number) => void} [onWait] called once when another process holds it; throw here instead of waiting
 * @returns {Promise<() => Promise<void>>} gives the lock back
 */
export async function holdLock(file, onWait = () => {}) {
	await mkdir(dirname(file), { recursive: true });
	for (let waited = false; ; waited = true) {
		try {
			await writeFile(file, String(process.pid), { flag: 'wx' });
			const giveBack = () => rmSync(file, { force: true });
			process.once('exit', giveBack);
			return async () => {
				process.off('exit', giveBack);
				giveBack();
			};
		} catch (error) {
			if (codeOf(error) !== 'EEXIST') throw error;
		}
		const holder = await holderOf(file);
		if (!isAlive(holder)) {
			await rm(file, { force: true });
			continue;
		}
		if (!waited) onWait(holder);
		await sleep(1000);
	}
}

/** @param {string} file */
async function holderOf(file) {
	const read = async () => Number(await readFile(file, 'utf8').catch(() => ''));
	const holder = await read();
	if (holder) return holder;
	// The file exists for an instant before the id is in it: worth a second look.
	await sleep(200);
	return await read();
}

/** @param {number} pid */
function isAlive(pid) {
	if (!pid || pid === process.pid) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, as somebody else.
		return codeOf(error) === 'EPERM';
	}
}
