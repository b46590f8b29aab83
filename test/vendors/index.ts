import { makeCalls, type HappenedCall } from './calls';
import { COMMO_SECRETS, startCommo } from './commo';
import { INFIN8LINX_SECRETS, startInfin8linx } from './infin8linx';
import { ITNIO_SECRETS, startItnioTech } from './itnioTech';
import type { Sandbox } from './server';
import { WHILE1_VOICE_SECRETS, startWhile1Voice } from './while1Voice';
import { startYeastarPSeries, YEASTAR_SECRETS } from './yeastarPSeries';

/** How to start one platform's server with some tens of thousands of calls up to now. */
interface PlatformSandbox {
	platform: string;
	/** Servers listen on the port base plus this number. */
	port: number;
	start(port: number): Promise<Sandbox & { add(call: HappenedCall): void }>;
}

const DAY = 86_400;

function recentCalls(count: number, days: number, prefix: string) {
	const now = Math.floor(Date.now() / 1000);
	return makeCalls({
		count,
		from: now - days * DAY,
		to: now - 60,
		prefix,
		shape: 'office',
		seed: 7,
	});
}

export const SANDBOXES: PlatformSandbox[] = [
	{
		platform: 'commo',
		port: 1,
		start: async (port) => await startCommo({ port, calls: recentCalls(30_000, 60, '86') }),
	},
	{
		platform: 'while1Voice',
		port: 2,
		start: async (port) => await startWhile1Voice({ port, calls: recentCalls(30_000, 60, '40') }),
	},
	{
		platform: 'infin8linx',
		port: 3,
		start: async (port) => await startInfin8linx({ port, calls: recentCalls(30_000, 60, '86') }),
	},
	{
		platform: 'yeastarPSeries',
		port: 4,
		start: async (port) =>
			await startYeastarPSeries({ port, calls: recentCalls(30_000, 60, '40') }),
	},
	{
		platform: 'itnioTech',
		port: 5,
		start: async (port) => await startItnioTech({ port, calls: recentCalls(30_000, 60, '86') }),
	},
];

export { COMMO_SECRETS, INFIN8LINX_SECRETS, ITNIO_SECRETS, WHILE1_VOICE_SECRETS, YEASTAR_SECRETS };
