import { HookContext, WebhookContext } from 'n8n-core';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INodeType,
	IWebhookData,
} from 'n8n-workflow';

import { additionalData, makeWorkflow } from './engine';

export interface ReceiverOptions {
	node: INodeType;
	credential: ICredentialType;
	credentials: ICredentialDataDecryptedObject;
	parameters?: IDataObject;
	/** `manual`: "Listen for test event". */
	mode?: 'webhook' | 'manual';
}

export interface Receiver {
	url: string;
	/** The items of each time that the workflow was started. */
	started: IDataObject[][];
	/** What the node wrote to the log. */
	warnings: string[];
	/** What the node threw. */
	errors: Error[];
	/** As n8n does it when the workflow is activated. */
	activate(): Promise<boolean>;
	/** Until the workflow was started so many times. */
	until(starts: number): Promise<IDataObject[][]>;
	stop(): Promise<void>;
}

/** As n8n reads bodies: up to 16 MB, JSON parsed, a body that is no JSON refused with 422. */
const MOST_BYTES = 16 * 1024 * 1024;

let receivers = 0;

/** A webhook node behind real HTTP, in n8n's own contexts. */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
	const workflow = makeWorkflow({ ...options, parameters: options.parameters ?? {} });
	// What a node remembers of events, it remembers in its process.
	workflow.id = `receiver-${++receivers}`;
	const node = workflow.getNode('Node')!;
	const [webhookDescription] = options.node.description.webhooks!;
	const data = () => additionalData(options.credential, options.credentials);
	const waiting: Array<() => void> = [];
	const receiver: Receiver = {
		url: '',
		started: [],
		warnings: [],
		errors: [],
		async activate() {
			const context = new HookContext(workflow, node, data(), 'trigger', 'activate');
			return await options.node.webhookMethods!.default!.checkExists.call(context);
		},
		async until(starts) {
			while (receiver.started.length < starts) {
				await new Promise<void>((resolve) => waiting.push(resolve));
			}
			return receiver.started;
		},
		stop: async () => await app.close(),
	};

	const run = async (request: FastifyRequest, reply: FastifyReply) => {
		const response = Object.assign(reply.raw, {
			status(code: number) {
				reply.raw.statusCode = code;
				return reply.raw;
			},
		});
		const httpRequest = { headers: request.headers, query: request.query, rawBody: request.body };
		const context = new WebhookContext(
			workflow,
			node,
			Object.assign(data(), { httpRequest, httpResponse: response }) as never,
			options.mode ?? 'webhook',
			{ webhookDescription } as unknown as IWebhookData,
			[],
			null,
		);
		const warn = (text: string) => void receiver.warnings.push(text);
		Object.defineProperty(context, 'logger', { value: { warn, info: warn, error: warn } });
		const { workflowData } = await options.node.webhook!.call(context);
		if (workflowData) receiver.started.push(workflowData[0].map(({ json }) => json));
		for (const wake of waiting.splice(0)) wake();
	};

	const app = fastify({ forceCloseConnections: true, bodyLimit: MOST_BYTES });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.route({
		method: webhookDescription.httpMethod as 'GET' | 'POST',
		url: '/webhook',
		async handler(request, reply) {
			if (isJson(request) && !isParsed(request.body)) return await reply.code(422).send();
			reply.hijack();
			await run(request, reply).catch((error: Error) => {
				receiver.errors.push(error);
				if (!reply.raw.writableEnded) reply.raw.writeHead(500).end();
			});
			return await reply;
		},
	});
	receiver.url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/webhook`;
	return receiver;
}

const isJson = ({ headers }: FastifyRequest) =>
	headers['content-type']?.split(';')[0] === 'application/json';

function isParsed(body: unknown): boolean {
	try {
		JSON.parse(String(body));
		return true;
	} catch {
		return false;
	}
}
