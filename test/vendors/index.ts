import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { makeCalls } from './calls';
import type { PlatformSandbox } from './sandbox';

const DAY = 86_400;

/** Every server in this folder, in the order of their ports. */
export async function findSandboxes(): Promise<PlatformSandbox[]> {
	const files = readdirSync(__dirname).filter((file) => /^[a-z]\w+\.ts$/.test(file));
	const found: PlatformSandbox[] = [];
	for (const file of files.filter((name) => name !== 'main.ts')) {
		const { sandbox } = (await import(join(__dirname, file))) as { sandbox?: PlatformSandbox };
		if (sandbox) found.push(sandbox);
	}
	return found.sort((a, b) => a.port - b.port);
}

/** Some tens of thousands of calls up to now. */
export function recentCalls(prefix: string) {
	const now = Math.floor(Date.now() / 1000);
	return makeCalls({
		count: 30_000,
		from: now - 60 * DAY,
		to: now - 60,
		prefix,
		shape: 'office',
		seed: 7,
	});
}
