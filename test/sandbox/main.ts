import { parseArgs } from 'node:util';

import { SANDBOXES } from './index';

/** Starts all sandbox servers and says where they listen, a line of JSON each, then `ready`. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { 'port-base': { type: 'string', default: '5700' } } });
	const base = Number(values['port-base']);
	for (const { platform, port, start } of SANDBOXES) {
		const { url } = await start(base + port);
		console.log(JSON.stringify({ platform, url }));
	}
	console.log('ready');
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
