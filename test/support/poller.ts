import { PollContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INodeType,
	Workflow,
} from 'n8n-workflow';

import { additionalData, makeWorkflow } from './engine';

export interface PollerOptions {
	node: INodeType;
	credential: ICredentialType;
	credentials: ICredentialDataDecryptedObject;
	parameters: IDataObject;
	/** Keep the trigger's memory as durable cursors do: a plain copy for each poll, stored after it. */
	durable?: boolean;
	budgetMs?: number;
}

export interface Poller {
	workflow: Workflow;
	/** What n8n keeps for the node. */
	state(): IDataObject;
	/** One poll as n8n does it; the items, or null. Throws what the node throws. */
	poll(): Promise<IDataObject[] | null>;
	/** "Fetch Test Event". */
	fetchTestEvent(): Promise<IDataObject[] | null>;
	/** The same trigger after n8n was started again, with what it had stored. */
	restarted(): Poller;
}

/** A trigger node in n8n's own poll context, with its memory kept between polls as n8n does. */
export function createPoller(options: PollerOptions, stored: IDataObject = {}): Poller {
	const workflow = makeWorkflow(options);
	const node = workflow.getNode('Node')!;
	const staticData = workflow.getStaticData('node', node);
	Object.assign(staticData, JSON.parse(JSON.stringify(stored)));
	let durable = JSON.parse(JSON.stringify(stored)) as IDataObject;
	const data = additionalData(options.credential, options.credentials);

	const run = async (mode: 'trigger' | 'manual') => {
		const snapshot = JSON.parse(JSON.stringify(durable)) as IDataObject;
		const context = new PollContext(
			workflow,
			node,
			data,
			mode,
			'activate',
			undefined,
			undefined,
			undefined,
			undefined,
			() => (options.durable ? snapshot : staticData),
			() => options.budgetMs ?? 300_000,
		);
		const result = await options.node.poll!.call(context);
		if (options.durable && mode === 'trigger') durable = snapshot;
		return result?.[0].map(({ json }) => json) ?? null;
	};
	const state = () =>
		JSON.parse(JSON.stringify(options.durable ? durable : staticData)) as IDataObject;
	return {
		workflow,
		state,
		poll: async () => await run('trigger'),
		fetchTestEvent: async () => await run('manual'),
		restarted: () => createPoller(options, state()),
	};
}
