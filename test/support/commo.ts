import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { CommoApi } from '../../credentials/CommoApi.credentials';
import { Commo } from '../../nodes/Commo/Commo.node';
import { COMMO_SECRETS, type CommoSandbox } from '../vendors/commo';
import type { Arrived } from '../vendors/server';
import { runNode, type EngineOptions, type EngineResult } from './engine';

/** What a user has stored to reach the sandbox. */
export function commoCredentials(
	sandbox: Pick<CommoSandbox, 'url'>,
	more: IDataObject = {},
): ICredentialDataDecryptedObject {
	return {
		baseUrl: sandbox.url,
		authentication: 'login',
		appId: COMMO_SECRETS.appId,
		accessKey: COMMO_SECRETS.accessKey,
		timezone: 'Asia/Shanghai',
		...more,
	} as ICredentialDataDecryptedObject;
}

/** Runs Call Record → Get Many over all that may ever have been, unless the parameters say otherwise. */
export async function getMany(
	sandbox: Pick<CommoSandbox, 'url'>,
	parameters: IDataObject = {},
	more: Partial<EngineOptions> = {},
): Promise<EngineResult> {
	return await runNode({
		node: new Commo(),
		credential: new CommoApi(),
		credentials: commoCredentials(sandbox),
		...more,
		parameters: {
			resource: 'callRecord',
			operation: 'getAll',
			period: 'custom',
			startTime: '2025-01-01T00:00:00Z',
			endTime: '2025-12-31T23:59:59Z',
			returnAll: true,
			...parameters,
		},
	});
}

/** The requests for call records, without logins. */
export function readsOf(sandbox: CommoSandbox): Arrived[] {
	return sandbox.requests.filter(({ fields }) => fields.service === 'App.Sip_Cdr.GetBill');
}

/** The vendor's ids, sorted. */
export function ids(rows: Array<{ id?: unknown; platformRecordId?: unknown }>): string[] {
	return rows.map(({ id, platformRecordId }) => String(id ?? platformRecordId)).sort();
}
