import { createServer } from 'node:net';

/**
 * @param {number} port 0 for any
 * @returns {Promise<number>} the port, when it can be listened on; else 0
 */
function tryPort(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(0));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

export const isFree = async (/** @type {number} */ port) => (await tryPort(port)) !== 0;

/** A port nobody listens on right now. */
export const freePort = () => tryPort(0);
