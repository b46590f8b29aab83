// Where messages go: Slack, Telegram, a mail server, and a receiver of signed webhooks.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { refusal } from './internet.mjs';

/** @typedef {{ status: number, message: string }} Problem */
/** @typedef {import('fastify').FastifyInstance} App */

/** Slack's Web API, chat.postMessage: errors come with status 200. @param {{ token: string, channel: string }} account */
export function createSlack({ token, channel }) {
	/** @type {string[]} */
	const messages = [];
	const scopes = new Set(['chat:write']);
	return {
		messages,
		scopes,
		hosts: ['slack.com'],
		problem: (/** @type {Problem} */ { message }) => ({ ok: false, error: message }),
		routes(/** @type {App} */ app) {
			app.post('/api/chat.postMessage', async ({ headers, body }) => {
				const sent = /** @type {Record<string, any>} */ (body);
				if (headers.authorization !== `Bearer ${token}`)
					return { ok: false, error: 'invalid_auth' };
				if (!scopes.has('chat:write')) {
					return { ok: false, error: 'missing_scope', needed: 'chat:write', provided: '' };
				}
				if (sent.channel !== channel) return { ok: false, error: 'channel_not_found' };
				if (!sent.text) return { ok: false, error: 'no_text' };
				messages.push(sent.text);
				return { ok: true, channel, ts: '1503435956.000247', message: { text: sent.text } };
			});
		},
	};
}

/** Telegram's Bot API, sendMessage; "Formatting options", HTML style. @param {{ token: string, chat: string }} account */
export function createTelegram({ token, chat }) {
	/** @type {string[]} */
	const messages = [];
	return {
		messages,
		hosts: ['api.telegram.org'],
		problem: (/** @type {Problem} */ { status, message }) => ({
			ok: false,
			error_code: status,
			description: message,
		}),
		routes(/** @type {App} */ app) {
			const schema = {
				body: {
					type: 'object',
					required: ['chat_id', 'text'],
					properties: {
						chat_id: { const: chat },
						text: { type: 'string', minLength: 1, maxLength: 4096 },
						parse_mode: { const: 'HTML' },
					},
				},
			};
			app.post(`/bot${token}/sendMessage`, { schema }, async ({ body }) => {
				const { text: sent } = /** @type {{ text: string }} */ (body);
				if (/<|>|&(?!(lt|gt|amp|quot);)/.test(sent))
					throw refusal(400, "Bad Request: can't parse entities");
				messages.push(sent);
				return { ok: true, result: { message_id: messages.length, text: sent } };
			});
		},
	};
}

/** The server of the example: checks what its note says that a server has to check. @param {{ secret: string }} own */
export function createReceiver({ secret }) {
	/** @type {Map<string, Record<string, any>>} by Idempotency-Key */
	const calls = new Map();
	/** @type {string[]} the keys of all that came, those that came again included */
	const deliveries = [];
	return {
		calls,
		deliveries,
		hosts: ['calls.example.com'],
		problem: (/** @type {Problem} */ { message }) => ({ message }),
		routes(/** @type {App} */ app) {
			app.removeContentTypeParser('application/json');
			app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) =>
				done(null, body),
			);
			app.post('/new', async ({ headers, body }, reply) => {
				const raw = /** @type {string} */ (body);
				const stamp = String(headers['x-timestamp']);
				const signature = Buffer.from(String(headers['x-signature']), 'hex');
				const wanted = createHmac('sha256', secret).update(`${stamp}.${raw}`).digest();
				if (signature.length !== wanted.length || !timingSafeEqual(signature, wanted))
					throw refusal(401, 'the signature is wrong');
				if (Math.abs(Date.now() / 1000 - Number(stamp)) > 300) throw refusal(401, 'too old');
				const call = JSON.parse(raw);
				const key = String(headers['idempotency-key']);
				if (key !== call.recordId) throw refusal(400, 'the key is not that of the call');
				deliveries.push(key);
				calls.set(key, call);
				return await reply.code(204).send();
			});
		},
	};
}

/**
 * OpenAI's API. Create transcription: multipart, a file of a known kind, a model. Create chat completion: a model that
 * first asks for the calls of today, and then says how many it was given.
 * @param {{ key: string }} account
 */
export function createOpenAi({ key }) {
	/** @type {number[]} bytes of each file that came */
	const files = [];
	/** @type {any[]} what tools gave the model */
	const toolResults = [];
	return {
		files,
		toolResults,
		hosts: ['api.openai.com'],
		problem: (/** @type {Problem} */ { message }) => ({
			error: { message, type: 'invalid_request_error', code: null },
		}),
		routes(/** @type {App} */ app) {
			app.addHook('onRequest', async ({ headers }) => {
				if (headers.authorization !== `Bearer ${key}`) throw refusal(401, 'Incorrect API key');
			});
			app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_, body, done) =>
				done(null, body),
			);
			app.post('/v1/audio/transcriptions', { bodyLimit: 25 * 2 ** 20 }, async ({ body }) => {
				const form = /** @type {Buffer} */ (body).toString('latin1');
				if (!/name="model"\r\n\r\n(whisper-1|gpt-4o(-mini)?-transcribe)\r\n/.test(form))
					throw refusal(400, 'you must provide a model parameter');
				const file = /name="file"; filename="[^"]+\.(wav|mp3|ogg)"[^]*?\r\n\r\n([^]*?)\r\n--/.exec(
					form,
				);
				if (!file) throw refusal(400, 'Invalid file format.');
				files.push(file[2].length);
				return { text: `Recording <${files.length}> & more` };
			});
			app.post('/v1/chat/completions', { bodyLimit: 25 * 2 ** 20 }, async ({ body }) => {
				const { model, messages, tools } = /** @type {any} */ (body);
				const result = messages.find((/** @type {any} */ { role }) => role === 'tool');
				const tool = tools.find(
					(/** @type {any} */ one) => one.function.name === 'Calls',
				)?.function;
				if (!tool?.parameters?.properties?.startTime) throw refusal(400, 'no tool for calls');
				if (result) toolResults.push(JSON.parse(result.content));
				const now = new Date();
				const period = { startTime: new Date(now.getTime() - 86_400_000), endTime: now };
				const message = result
					? { role: 'assistant', content: `There were ${toolResults.at(-1).length} calls.` }
					: {
							role: 'assistant',
							content: null,
							tool_calls: [
								{
									...{ id: 'call_1', type: 'function' },
									function: { name: tool.name, arguments: JSON.stringify(period) },
								},
							],
						};
				return {
					...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model },
					choices: [{ index: 0, message, finish_reason: result ? 'stop' : 'tool_calls' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				};
			});
		},
	};
}

/** A mail server that takes every mail: RFC 5321, without extensions. */
export async function startMailServer() {
	/** @type {{ to: string[], data: string }[]} */
	const mails = [];
	const server = createServer((socket) => {
		let mail = { to: /** @type {string[]} */ ([]), data: '' };
		let rest = '';
		let isData = false;
		socket.write('220 mail.example.com\r\n');
		socket.on('error', () => socket.destroy());
		socket.on('data', (chunk) => {
			rest += chunk.toString('latin1');
			for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
				const line = rest.slice(0, end);
				rest = rest.slice(end + 2);
				if (isData && line !== '.') {
					mail.data += `${line}\n`;
					continue;
				}
				if (isData) {
					isData = false;
					mails.push(mail);
					mail = { to: [], data: '' };
				}
				const to = /^RCPT TO:<(.+?)>/i.exec(line);
				if (to) mail.to.push(to[1]);
				isData = /^DATA$/i.test(line);
				socket.write(isData ? '354 go on\r\n' : '250 fine\r\n');
				if (/^QUIT$/i.test(line)) socket.end();
			}
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return { mails, port, stop: () => server.close() };
}
