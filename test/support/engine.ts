import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	type IAuthenticate,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** Runs a node in n8n's own engine: real parameters and expressions, the real credential class, real HTTP. */
export interface EngineOptions {
	node: INodeType;
	credential: ICredentialType;
	/** The stored credential. A renewed session token is written into it, as n8n does. */
	credentials: ICredentialDataDecryptedObject;
	parameters: IDataObject;
	/** Input items; one empty item when left out. */
	items?: IDataObject[];
	/** The workflow's time zone. */
	timezone?: string;
	continueOnFail?: boolean;
	signal?: AbortSignal;
}

export interface EngineResult {
	items: INodeExecutionData[];
	json: IDataObject[];
	hints: string[];
	error?: Error & { description?: string | null; failure?: unknown; httpCode?: string | null };
	run: IRun;
}

class Start {
	description = {
		displayName: 'Start',
		name: 'start',
		group: ['input'],
		version: 1,
		description: 'Hands the test items on',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	};

	async execute(this: { getInputData(): INodeExecutionData[] }) {
		return [this.getInputData()];
	}
}

/** What n8n keeps and does with a credential (its CredentialsHelper), around one credential class. */
function credentialsHelper(
	credential: ICredentialType,
	stored: ICredentialDataDecryptedObject,
	logsInAlways = false,
) {
	const expirable = credential.properties.find(({ typeOptions }) => typeOptions?.expirable)?.name;
	const defaults = Object.fromEntries(
		credential.properties.map(({ name, default: value }) => [name, value]),
	);
	return {
		getParentTypes: () => [],
		getDecrypted: async () => ({ ...defaults, ...stored }) as ICredentialDataDecryptedObject,
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => credential.properties,
		async preAuthentication(
			helpers: IHttpRequestHelper,
			data: ICredentialDataDecryptedObject,
			_type: string,
			_node: INode,
			isExpired: boolean,
		) {
			if (!expirable || !credential.preAuthentication) return undefined;
			if (data[expirable] !== '' && !isExpired && !logsInAlways) return undefined;
			const output = (await credential.preAuthentication.call(helpers, data)) as IDataObject;
			if (output[expirable] === undefined) return undefined;
			Object.assign(data, output);
			Object.assign(stored, data);
			return data;
		},
		async authenticate(
			data: ICredentialDataDecryptedObject,
			_type: string,
			request: IHttpRequestOptions,
		) {
			const authenticate = credential.authenticate as IAuthenticate | undefined;
			return typeof authenticate === 'function' ? await authenticate(data, request) : request;
		},
	};
}

export function additionalData(
	credential: ICredentialType,
	stored: ICredentialDataDecryptedObject,
	logsInAlways = false,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: credentialsHelper(credential, stored, logsInAlways),
		hooks: new ExecutionLifecycleHooks('manual', '1', { id: '1', name: 'test' } as never),
		executionId: '1',
		variables: {},
		setExecutionStatus: () => undefined,
		webhookWaitingBaseUrl: 'http://localhost/waiting',
		formWaitingBaseUrl: 'http://localhost/form',
	} as unknown as IWorkflowExecuteAdditionalData;
}

export function makeWorkflow(options: EngineOptions): Workflow {
	const { description } = options.node;
	const name = description.name;
	const types: Record<string, INodeType> = {
		'test.start': new Start() as unknown as INodeType,
		[`test.${name}`]: options.node,
	};
	return new Workflow({
		id: 'test-workflow',
		name: 'test',
		active: false,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'test.start',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'node',
				name: 'Node',
				type: `test.${name}`,
				typeVersion: 1,
				position: [200, 0],
				parameters: options.parameters as INode['parameters'],
				credentials: { [options.credential.name]: { id: 'credential-1', name: 'Test' } },
				...(options.continueOnFail ? { onError: 'continueRegularOutput' as const } : {}),
			},
		],
		connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		nodeTypes: {
			getByName: (type: string) => types[type],
			getByNameAndVersion: (type: string) => types[type],
			getKnownTypes: () => ({}),
		},
		settings: { timezone: options.timezone ?? 'UTC', executionOrder: 'v1' },
	});
}

export async function runNode(options: EngineOptions): Promise<EngineResult> {
	const workflow = makeWorkflow(options);
	const data = additionalData(options.credential, options.credentials);
	const input = (options.items ?? [{}]).map((json) => ({
		json: json as INodeExecutionData['json'],
	}));
	const execute = new WorkflowExecute(
		data,
		'manual',
		createRunExecutionData({
			executionData: {
				contextData: {},
				nodeExecutionStack: [
					{ node: workflow.getNode('Start')!, data: { main: [input] }, source: null },
				],
				metadata: {},
				waitingExecution: {},
				waitingExecutionSource: {},
			} as never,
		}),
	);
	const running = execute.processRunExecutionData(workflow);
	options.signal?.addEventListener('abort', () => running.cancel());
	const run = await running;
	const ran = run.data.resultData.runData.Node?.[0];
	const items = (ran?.data?.main?.[0] ?? []) as INodeExecutionData[];
	return {
		items,
		json: items.map(({ json }) => json),
		hints: (ran?.hints ?? []).map(({ message }) => message),
		error: (ran?.error ?? run.data.resultData.error) as EngineResult['error'],
		run,
	};
}
