import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	IPollFunctions,
} from 'n8n-workflow';

import { pollCallRecords } from '../../nodes/callRecords/node/trigger';
import type { Platform } from '../../nodes/callRecords/platform';
import { fakeConnection, fakePlatform, type FakeRequest } from './fakePlatform';

export const HOUR = 3600;
export const DAY = 24 * HOUR;

export interface PollSetting {
	parameters?: IDataObject;
	platform?: Partial<Platform>;
	credentials?: ICredentialDataDecryptedObject;
	/** What n8n keeps, from an earlier poller. */
	state?: IDataObject;
	/** As durable cursors keep it: a plain copy for each poll, stored after it unless `isSlow`. */
	durable?: boolean;
	budgetMs?: number | null;
	/** In place of the platform's answer. */
	respond?(
		request: FakeRequest,
	): ReturnType<Parameters<typeof fakeConnection>[0]['respond']> | null;
	/** Another node in the same workflow, or the same one. */
	nodeId?: string;
	workflowId?: string;
}

let workflows = 0;

/** A trigger of the fake platform, whose calls a test adds. Times are those of `Date.now`. */
export function pollScene(setting: PollSetting = {}) {
	const calls: Array<IDataObject & { id: string; at: number }> = [];
	const said = { info: [] as string[], warn: [] as string[] };
	const connection = fakeConnection({
		credentials: setting.credentials ?? {
			baseUrl: 'http://pbx.example.com:8088/',
			timezone: 'UTC',
			sessionToken: 'token',
		},
		respond(request) {
			const other = setting.respond?.(request);
			if (other) return other;
			const { from, to, page, pageSize } = request.qs as Record<string, number>;
			const matching = calls.filter(({ at }) => at >= from && at <= to);
			const rows = matching.slice((page - 1) * pageSize, page * pageSize);
			return { body: { ok: { rows, total: matching.length } } };
		},
	});
	const platform: Platform = {
		...fakePlatform,
		reply: (payload) => ({
			...(payload as { rows: IDataObject[]; total: number }),
			pageSize: null,
		}),
		...setting.platform,
	};
	const workflowId = setting.workflowId ?? `workflow-${++workflows}`;
	const node = { ...connection.context.getNode(), id: setting.nodeId ?? 'node' } as INode;
	const watched: IDataObject = {};
	Object.defineProperty(watched, '__dataChanged', { value: false });
	Object.assign(watched, structuredClone(setting.state ?? {}));
	let kept = structuredClone(setting.state ?? {});
	const parameters: IDataObject = { emit: 'callRecords', ...setting.parameters };

	const run = async (mode: 'trigger' | 'manual') => {
		const copy = structuredClone(kept);
		const context = {
			...connection.context,
			getNode: () => node,
			getWorkflow: () => ({ id: workflowId }),
			getMode: () => mode,
			getNodeParameter: (name: string, normal: unknown) =>
				name in parameters ? parameters[name] : normal,
			getWorkflowStaticData: (type: string) =>
				type !== 'node' ? {} : setting.durable ? copy : watched,
			...(setting.budgetMs === null ? {} : { getPollBudgetMs: () => setting.budgetMs ?? 300_000 }),
			logger: {
				info: (text: string) => void said.info.push(text),
				warn: (text: string) => void said.warn.push(text),
			},
		} as unknown as IPollFunctions;
		const items = await pollCallRecords(context, platform);
		return { items: items?.[0].map(({ json }) => json) ?? null, copy };
	};
	let number = 0;
	return {
		calls,
		said,
		requests: connection.requests,
		node,
		/** A call that began then becomes visible. */
		add(at: number, more: IDataObject = {}): string {
			const id = `call-${++number}`;
			calls.push({ id, at, ...more });
			return id;
		},
		state: () => structuredClone(setting.durable ? kept : { ...watched }),
		poll: async () => {
			const { items, copy } = await run('trigger');
			kept = copy;
			return items;
		},
		/** A poll whose state n8n has not stored yet when the next one begins. */
		pollUnstored: async () => (await run('trigger')).items,
		fetchTestEvent: async () => (await run('manual')).items,
		workflowId,
	};
}
