import { parseArgs } from 'node:util';

import { makeCall, type HappenedCall } from './calls';
import { findSandboxes, recentCalls } from './index';
import { PUSHERS, send } from './push';
import type { PlatformSandbox } from './sandbox';
import { createRandom } from './random';

/** Numbers of calls that happen while the servers run; those from before count from 1. */
const FIRST_LIVE = 1_000_001;

type Server = Awaited<ReturnType<PlatformSandbox['start']>>;

/** The server, which also sends each call that is added, as its vendor does. Nobody need listen. */
function pushing(server: Server, platform: string, addresses: string[]): Server {
	const add = (call: HappenedCall) => {
		server.add(call);
		for (const address of addresses) void send(address, PUSHERS[platform](call));
	};
	return { ...server, add };
}

/** Starts all sandbox servers and says where they listen, a line of JSON each, then `ready`. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			'port-base': { type: 'string', default: '5700' },
			/** A new call on every platform each so many seconds; 0 = none. */
			'live-seconds': { type: 'string', default: '0' },
			/** Where a platform sends calls that end, as `commo=http://…`; any number of times. */
			'push-to': { type: 'string', multiple: true, default: [] },
		},
	});
	const base = Number(values['port-base']);
	const servers: Server[] = [];
	for (const { platform, port, prefix, start } of await findSandboxes()) {
		const server = await start({ port: base + port, calls: recentCalls(prefix) });
		const addresses = values['push-to']
			.filter((given) => given.startsWith(`${platform}=`))
			.map((given) => given.slice(platform.length + 1));
		servers.push(pushing(server, platform, addresses));
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
