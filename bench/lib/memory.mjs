// Resident memory of a process over time.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const MB = 1e6;

/** @param {number} pid @returns {Promise<number>} megabytes */
export async function residentMemory(pid) {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / MB;
}

const LONGEST_REST_SECONDS = 120;

/**
 * What n8n takes without work: right after it has started, and once it has given back what starting took. That happens
 * after half a minute or later, and not at all where nothing else happens, so it is waited for, but not for ever.
 * @param {number} pid @returns {Promise<{ started: number, idle: number }>} megabytes
 */
export async function restingMemory(pid) {
	await sleep(5000);
	const started = await residentMemory(pid);
	let idle = started;
	for (let i = 0; i < LONGEST_REST_SECONDS && idle > started * 0.8; i++) {
		await sleep(1000);
		idle = await residentMemory(pid);
	}
	await sleep(5000);
	return { started, idle: await residentMemory(pid) };
}

/** @param {number} pid @param {number} [every] milliseconds */
export function watchMemory(pid, every = 250) {
	const begun = Date.now();
	/** @type {{ at: number, mb: number }[]} */
	const samples = [];
	let isOver = false;
	const watching = (async () => {
		while (!isOver) {
			const mb = await residentMemory(pid).catch(() => NaN);
			if (Number.isNaN(mb)) break;
			samples.push({ at: (Date.now() - begun) / 1000, mb });
			await sleep(every);
		}
	})();
	return {
		samples,
		stop: async () => {
			isOver = true;
			await watching;
			return summary(samples);
		},
	};
}

/** @param {{ at: number, mb: number }[]} samples */
function summary(samples) {
	const most = Math.max(...samples.map(({ mb }) => mb));
	const tenths = Array.from({ length: 10 }, (_, i) => {
		const part = samples.slice(
			Math.floor((i * samples.length) / 10),
			Math.max(1, Math.floor(((i + 1) * samples.length) / 10)),
		);
		return Math.round(Math.max(...part.map(({ mb }) => mb)));
	});
	return { most, tenths, seconds: samples.at(-1)?.at ?? 0 };
}
