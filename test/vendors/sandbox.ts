import type { HappenedCall } from './calls';
import type { Sandbox } from './server';

/** How one platform's server is started by whoever starts them all. */
export interface PlatformSandbox {
	platform: string;
	/** Servers listen on the port base plus this number. */
	port: number;
	/** The country prefix of customers' numbers. */
	prefix: string;
	start(options: {
		port: number;
		calls: HappenedCall[];
	}): Promise<Sandbox & { add(call: HappenedCall): void }>;
}
