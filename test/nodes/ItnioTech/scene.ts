import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { ItnioTechApi } from '../../../credentials/ItnioTechApi.credentials';
import { ItnioTech } from '../../../nodes/ItnioTech/ItnioTech.node';
import { ITNIO_SECRETS, type ItnioTechSandbox } from '../../vendors/itnioTech';
import { runNode, type EngineResult } from '../../support/engine';

export const DAY = 86_400;

export function storedFor(
	sandbox: ItnioTechSandbox,
	other: IDataObject = {},
): ICredentialDataDecryptedObject {
	return {
		baseUrl: sandbox.url,
		apiKey: ITNIO_SECRETS.apiKey,
		apiSecret: ITNIO_SECRETS.apiSecret,
		timezone: 'Asia/Shanghai',
		...other,
	} as ICredentialDataDecryptedObject;
}

/** All records of a window of instants. */
export async function getMany(
	sandbox: ItnioTechSandbox,
	[from, to]: [number, number],
	parameters: IDataObject = {},
	credential: IDataObject = {},
	items?: IDataObject[],
): Promise<EngineResult> {
	return await runNode({
		items,
		node: new ItnioTech(),
		credential: new ItnioTechApi(),
		credentials: storedFor(sandbox, credential),
		parameters: {
			resource: 'callRecord',
			operation: 'getAll',
			period: 'custom',
			startTime: from,
			endTime: to,
			returnAll: true,
			...parameters,
		},
	});
}

export const idsOf = (items: IDataObject[]) =>
	items.map(({ platformRecordId }) => String(platformRecordId)).sort();

export const allIds = (sandbox: ItnioTechSandbox) =>
	sandbox
		.truth(() => true)
		.map(({ keyId }) => String(keyId))
		.sort();
