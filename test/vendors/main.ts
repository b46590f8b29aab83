import { parseArgs } from 'node:util';

import { makeCall } from './calls';
import { findSandboxes, recentCalls } from './index';
import type { PlatformSandbox } from './sandbox';
import { createRandom } from './random';

/** Numbers of calls that happen while the servers run; those from before count from 1. */
const FIRST_LIVE = 1_000_001;

/** Starts all sandbox servers and says where they listen, a line of JSON each, then `ready`. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			'port-base': { type: 'string', default: '5700' },
			/** A new call on every platform each so many seconds; 0 = none. */
			'live-seconds': { type: 'string', default: '0' },
		},
	});
	const base = Number(values['port-base']);
	const servers: Array<Awaited<ReturnType<PlatformSandbox['start']>>> = [];
	for (const { platform, port, prefix, start } of await findSandboxes()) {
		const server = await start({ port: base + port, calls: recentCalls(prefix) });
		servers.push(server);
		console.log(JSON.stringify({ platform, url: server.url }));
	}
	const seconds = Number(values['live-seconds']);
	if (seconds > 0) {
		const random = createRandom(11);
		let number = FIRST_LIVE;
		setInterval(() => {
			const now = Math.floor(Date.now() / 1000);
			const call = makeCall(number++, now, random, '40');
			// A call shows up when it is over.
			for (const server of servers) {
				server.add({ ...call, start: now - call.ringSeconds - call.talkSeconds });
			}
		}, seconds * 1000);
	}
	console.log('ready');
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
