// n8n's own REST interface, the one its editor uses: as much of it as trying out and testing needs.
import { setTimeout as sleep } from 'node:timers/promises';
import { dataTablesOf } from './dataTables.mjs';
import { Problem } from './problem.mjs';
import { readRun } from './runData.mjs';

/** @typedef {import('./runData.mjs').Run} Run */
/** @typedef {{ id?: string, name: string, nodes: any[], connections: object, settings?: object, active?: boolean, [key: string]: any }} Workflow */
/** @typedef {{ id: string, name: string, type: string, data: Record<string, unknown> }} Credential */

/** A reply that is not a success. */
export class RestError extends Error {
	/** @param {string} request @param {number} status @param {string} message @param {unknown} body */
	constructor(request, status, message, body) {
		super(`n8n answered ${status} to ${request}: ${message}`);
		this.status = status;
		// Not enumerable: it holds n8n's own stack, which would be printed with every error.
		Object.defineProperty(this, 'body', { value: body });
	}
}

/** The account that owns a local n8n. It listens on 127.0.0.1 only, so the password is no secret. */
export const localOwner = {
	email: 'owner@example.com',
	password: 'Records-123',
	firstName: 'Local',
	lastName: 'Owner',
};

/** How a run ended; before that it is new, running, waiting … */
const finished = ['success', 'error', 'crashed', 'canceled'];

/**
 * @param {{ url: string }} options
 */
export function createClient({ url }) {
	let cookie = '';

	/**
	 * @param {string} method @param {string} path @param {object} [body]
	 * @returns {Promise<any>}
	 */
	async function call(method, path, body) {
		const reply = await fetchAgain(`${url}/rest${path}`, {
			method,
			headers: {
				// n8n binds a session to the browser that opened it.
				'browser-id': 'tools',
				...(cookie && { cookie }),
				...(body && { 'content-type': 'application/json' }),
			},
			body: body && JSON.stringify(body),
		});
		const session = reply.headers.getSetCookie().find((text) => text.startsWith('n8n-auth='));
		if (session) cookie = session.split(';')[0];
		const text = await reply.text();
		/** @type {any} */
		let answer;
		try {
			answer = JSON.parse(text);
		} catch {
			answer = { message: text.slice(0, 200) };
		}
		if (!reply.ok)
			throw new RestError(
				`${method} ${path}`,
				reply.status,
				answer?.message ?? 'no reason given',
				answer,
			);
		return answer && 'data' in answer ? answer.data : answer;
	}

	const credentials = {
		/** @returns {Promise<{ id: string, name: string, type: string }[]>} */
		list: () => call('GET', '/credentials'),
		/** @param {{ name: string, type: string, data: object }} credential */
		create: ({ name, type, data }) => call('POST', '/credentials', { name, type, data }),
		/** @param {string} id @param {{ name: string, type: string, data: object }} credential */
		update: (id, { name, type, data }) => call('PATCH', `/credentials/${id}`, { name, type, data }),
		/** @param {string} id */
		get: (id) => call('GET', `/credentials/${id}?includeData=true`),
		/** @param {string} id */
		delete: (id) => call('DELETE', `/credentials/${id}`),
		/**
		 * What the editor does when a credential is saved: does the platform accept it?
		 * @param {{ id: string, name: string, type: string, data: object }} credential
		 * @returns {Promise<{ status: 'OK' | 'Error', message: string }>}
		 */
		test: (credential) => call('POST', '/credentials/test', { credentials: credential }),
	};

	const workflows = {
		/** @returns {Promise<Workflow[]>} without nodes and connections */
		list: () => call('GET', '/workflows'),
		/** @param {string} id @returns {Promise<Workflow>} */
		get: (id) => call('GET', `/workflows/${id}`),
		/** @param {Workflow} workflow keeps its id, if it has one @returns {Promise<Workflow>} */
		create: (workflow) => call('POST', '/workflows', writable(workflow)),
		/** @param {string} id @param {Partial<Workflow>} changes @returns {Promise<Workflow>} */
		update: (id, changes) =>
			call('PATCH', `/workflows/${id}`, { ...writable(changes), id: undefined }),
		/** @param {Workflow} workflow with an id: created, or brought up to date */
		async put(workflow) {
			const { exists } = await call('GET', `/workflows/${workflow.id}/exists`);
			return exists
				? await workflows.update(/** @type {string} */ (workflow.id), workflow)
				: await workflows.create(workflow);
		},
		/**
		 * Publishes the version last saved, and waits until its triggers run: each polling trigger has then polled once.
		 * @param {string} id
		 * @throws {Problem} when a trigger could not be activated
		 */
		async activate(id) {
			const { versionId } = await workflows.get(id);
			await call('POST', `/workflows/${id}/activate`, { versionId });
			const { status, triggers } = await settled(id);
			if (status === 'published') return;
			const reasons = triggers
				.filter(({ errorMessage }) => errorMessage)
				.map(({ errorMessage }) => errorMessage);
			throw new Problem(`Workflow ${id} was not activated: ${reasons.join('; ') || status}`);
		},
		/** @param {string} id waits until its triggers have stopped */
		async deactivate(id) {
			await call('POST', `/workflows/${id}/deactivate`, {});
			await settled(id);
		},
		/** @param {string} id n8n deletes archived workflows only; archiving deactivates */
		async delete(id) {
			await call('POST', `/workflows/${id}/archive`, {});
			await settled(id);
			return await call('DELETE', `/workflows/${id}`);
		},
		/**
		 * Runs the saved workflow by hand and waits for the end.
		 * @param {string} id
		 * @param {{ trigger?: string, patience?: number }} [options] trigger: a node's name; else the Manual Trigger, else any trigger
		 * @returns {Promise<Run>} also when it failed: look at status and error
		 */
		async run(id, { trigger, patience } = {}) {
			const name = trigger ?? startOf(await workflows.get(id));
			if (!name) throw new Problem(`Workflow ${id} has no trigger to start from.`);
			const { executionId } = await call('POST', `/workflows/${id}/run`, {
				triggerToStartFrom: { name },
			});
			return await executions.wait(executionId, { patience });
		},
	};

	/**
	 * n8n answers before it (de)activates triggers, which happens in the background.
	 * @param {string} id
	 * @returns {Promise<{ status: string, triggers: { nodeId: string, status: string, errorMessage: string | null }[] }>}
	 */
	async function settled(id) {
		for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(50)) {
			const publication = await call('GET', `/workflows/${id}/publication-status`);
			if (publication.status !== 'in_progress') return publication;
		}
		throw new Problem(`The triggers of workflow ${id} were not (de)activated within two minutes.`);
	}

	const executions = {
		/**
		 * Newest first, without their data.
		 * @param {{ workflowId?: string, status?: string[], limit?: number }} [filter]
		 * @returns {Promise<{ id: string, status: string, mode: string, workflowId: string, startedAt: string, stoppedAt: string }[]>}
		 */
		async list({ limit = 100, ...filter } = {}) {
			const query = new URLSearchParams({ limit: String(limit), filter: JSON.stringify(filter) });
			return (await call('GET', `/executions?${query}`)).results;
		},
		/** @param {string} id @returns {Promise<Run>} */
		get: async (id) => readRun(await call('GET', `/executions/${id}`)),
		/** @param {string} id @param {{ patience?: number }} [options] @returns {Promise<Run>} */
		async wait(id, { patience = 300_000 } = {}) {
			const deadline = Date.now() + patience;
			for (let pause = 20; Date.now() < deadline; pause = Math.min(pause * 1.5, 500)) {
				const run = await executions.get(id);
				if (finished.includes(run.status)) return run;
				await sleep(pause);
			}
			throw new Problem(`Execution ${id} did not end within ${patience / 1000} s.`);
		},
		/** @param {string} id */
		stop: (id) => call('POST', `/executions/${id}/stop`),
	};

	return {
		call,
		/** Logs in as the local owner, who is created in a new n8n. */
		async login(owner = localOwner) {
			const { userManagement } = await call('GET', '/settings');
			if (userManagement?.showSetupOnFirstLoad) return await call('POST', '/owner/setup', owner);
			return await call('POST', '/login', {
				emailOrLdapLoginId: owner.email,
				password: owner.password,
			});
		},
		/** @param {string} id of binary data, as an item has it @returns {Promise<string>} */
		async text(id) {
			const query = new URLSearchParams({ id, action: 'download' });
			const reply = await fetch(`${url}/rest/binary-data?${query}`, {
				headers: { cookie, 'browser-id': 'tools' },
			});
			if (!reply.ok) throw new Problem(`n8n answered ${reply.status} when asked for a file.`);
			return await reply.text();
		},
		/** @returns {Promise<import('n8n-workflow').INodeTypeDescription[]>} of all node types, each version that differs */
		async nodeTypes() {
			const reply = await fetchAgain(`${url}/types/nodes.json`, {
				method: 'GET',
				headers: { cookie, 'browser-id': 'tools' },
			});
			return await reply.json();
		},
		credentials,
		workflows,
		executions,
		dataTables: dataTablesOf(call),
	};
}

/**
 * A busy n8n may close a connection just as it is used again; what only reads can be asked for once more.
 * @param {string} address @param {RequestInit} init
 */
async function fetchAgain(address, init) {
	try {
		return await fetch(address, init);
	} catch (error) {
		if (init.method !== 'GET') throw error;
		return await fetch(address, init);
	}
}

/** @typedef {ReturnType<typeof createClient>} Client */

/** Exports carry more than n8n accepts back. @param {Partial<Workflow>} workflow */
function writable({ id, name, nodes, connections, settings, pinData, meta }) {
	return { id, name, nodes, connections, settings, pinData, meta };
}

/** @param {Pick<Workflow, 'nodes'>} workflow @returns {string | undefined} the name of the node a run by hand starts from */
function startOf({ nodes }) {
	const enabled = nodes.filter((node) => !node.disabled);
	const manual = enabled.find((node) => node.type === 'n8n-nodes-base.manualTrigger');
	return (manual ?? enabled.find((node) => /trigger$/i.test(node.type)))?.name;
}
