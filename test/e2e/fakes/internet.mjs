// The services of others, as far as the examples use them: n8n's process is given a proxy, and every host it asks for
// is answered here, or refused. Nothing leaves the machine.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

import fastify from 'fastify';

const pem = (/** @type {string} */ name) =>
	fileURLToPath(new URL(`tls/${name}.pem`, import.meta.url));

/**
 * @typedef {object} Service
 * @property {string[]} hosts
 * @property {(app: import('fastify').FastifyInstance) => void} routes
 * @property {(problem: { status: number, message: string }) => object} problem how this vendor says no
 */

/**
 * @param {Service[]} services
 * @returns {Promise<{ env: Record<string, string>, refused: string[], stop: () => Promise<void> }>} env: for the process
 *   that is to live in here; refused: every request that a service said no to, and why
 */
export async function startInternet(services) {
	/** @type {string[]} */
	const refused = [];
	/** @type {Map<string, import('fastify').FastifyInstance>} */
	const apps = new Map();
	for (const service of services) {
		const app = await appOf(service, refused);
		for (const host of service.hosts) apps.set(host, app);
	}
	const inside = createHttps({ key: readFileSync(pem('key')), cert: readFileSync(pem('cert')) });
	inside.on('request', (request, response) => {
		const app = apps.get(request.headers.host ?? '');
		if (app) return app.routing(request, response);
		refused.push(`nobody is ${request.headers.host}`);
		response.writeHead(502).end();
	});
	inside.listen(0, '127.0.0.1');
	await once(inside, 'listening');
	const proxy = createHttp();
	proxy.on('connect', (request, socket) => {
		const tunnel = connect(portOf(inside), '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			tunnel.pipe(socket).pipe(tunnel);
		});
		for (const end of [tunnel, socket]) end.on('error', () => tunnel.destroy());
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	const address = `http://127.0.0.1:${portOf(proxy)}`;
	const around = '127.0.0.1,localhost';
	return {
		env: {
			...{ HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: around },
			...{ http_proxy: address, https_proxy: address, no_proxy: around },
			NODE_EXTRA_CA_CERTS: pem('cert'),
		},
		refused,
		async stop() {
			for (const server of [proxy, inside]) {
				server.closeAllConnections();
				server.close();
			}
			for (const app of new Set(apps.values())) await app.close();
		},
	};
}

/** @param {import('node:net').Server} server */
const portOf = (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port;

/** A service without n8n and network, as the fakes' own tests use it. @param {Service} service @param {string[]} refused */
export async function appOf({ hosts, routes, problem }, refused) {
	// Nothing is made to fit: a number that comes as text is text.
	const app = fastify({
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true } },
	});
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => done(null, body));
	app.setErrorHandler(async (error, request, reply) => {
		const { statusCode: status = 500, message } = /** @type {import('fastify').FastifyError} */ (
			error
		);
		refused.push(`${hosts[0]}: ${request.method} ${request.url}: ${status} ${message}`);
		return await reply.code(status).send(problem({ status, message }));
	});
	app.setNotFoundHandler(() => {
		throw refusal(404, 'there is no such address');
	});
	routes(app);
	await app.ready();
	return app;
}

/** An error that the service answers in its own words. @param {number} status @param {string} message */
export function refusal(status, message) {
	return Object.assign(new Error(message), { statusCode: status });
}

/** An object with these fields, all of them wanted but those whose name ends in "?", and no others. */
export function exactly(/** @type {Record<string, object>} */ fields) {
	const names = Object.keys(fields);
	return {
		type: 'object',
		additionalProperties: false,
		required: names.filter((name) => !name.endsWith('?')),
		properties: Object.fromEntries(
			names.map((name) => [name.replace(/\?$/, ''), /** @type {object} */ (fields[name])]),
		),
	};
}

export const text = { type: 'string', minLength: 1 };
export const E164 = { type: 'string', pattern: '^\\+?[\\d]{3,15}$' };
