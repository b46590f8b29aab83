import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { makeCalls, type CallsOptions, type HappenedCall } from '../vendors/calls';
import type { Arrived, Fault } from '../vendors/server';
import type { CallTruth } from '../vendors/truth';
import { runNode, type EngineOptions, type EngineResult } from './engine';
import type { KitSandbox, PlatformKit } from './kits';
import type { KitAnswers } from './kits/kit';

/** One Monday; `even` calls all through it. */
export const DAY_FROM = Date.UTC(2025, 2, 3) / 1000;
export const DAY_TO = DAY_FROM + 86_399;

/** A platform's server with calls in it, and the node that reads them. */
export interface Scene {
	kit: PlatformKit;
	sandbox: KitSandbox;
	answers: KitAnswers;
	/** As n8n stores it: a renewed session token is written into it. */
	credentials: ICredentialDataDecryptedObject;
	/** What happened, oldest first. */
	calls: HappenedCall[];
	/** Records in one reply. */
	size: number;
	/** Requests for call records so far. */
	reads(): Arrived[];
	/** Lets something go wrong with requests for call records; `number` counts them from 1. */
	onRead(fault: (number: number, request: Arrived) => Fault | undefined): void;
	getMany(parameters?: IDataObject, more?: Partial<EngineOptions>): Promise<EngineResult>;
	stop(): Promise<void>;
}

export interface SceneOptions extends Partial<CallsOptions> {
	/** Records in one reply, where a request can choose. */
	size?: number;
	zone?: string;
	/** Calls as they truly were, in the legs of the platform. */
	truths?: CallTruth[];
}

export async function startScene(kit: PlatformKit, options: SceneOptions = {}): Promise<Scene> {
	const { pageSize } = kit.platform;
	const size = pageSize.fixed ? pageSize.default : Math.min(options.size ?? 20, pageSize.max);
	const calls = makeCalls({ count: 0, from: DAY_FROM, to: DAY_TO, shape: 'even', ...options });
	const sandbox = await kit.start({ calls, zone: options.zone, truths: options.truths });
	const credentials = kit.credentials(sandbox, options.zone);
	return {
		kit,
		sandbox,
		answers: kit.answers,
		credentials,
		calls,
		size,
		reads: () => sandbox.requests.filter((request) => sandbox.isRead(request)),
		onRead(fault) {
			let number = 0;
			sandbox.fault = (request) => (sandbox.isRead(request) ? fault(++number, request) : undefined);
		},
		getMany: async (parameters = {}, more = {}) =>
			await runNode({
				node: kit.node(),
				credential: kit.credential(),
				credentials,
				...more,
				parameters: {
					resource: 'callRecord',
					operation: 'getAll',
					period: 'custom',
					startTime: DAY_FROM,
					endTime: DAY_TO,
					returnAll: true,
					...parameters,
					options: {
						...(pageSize.fixed ? {} : { pageSize: size }),
						...((parameters.options as IDataObject | undefined) ?? {}),
					},
				},
			}),
		stop: async () => await sandbox.stop(),
	};
}

/** The vendor's ids of call records, sorted. */
export function idsOf(items: IDataObject[]): string[] {
	return items.map(({ platformRecordId }) => String(platformRecordId)).sort();
}
