import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { YeastarPSeriesApi } from '../../../credentials/YeastarPSeriesApi.credentials';
import { YeastarPSeries } from '../../../nodes/YeastarPSeries/YeastarPSeries.node';
import { YEASTAR_SECRETS, type YeastarSandbox } from '../../vendors/yeastarPSeries';
import type { YeastarRow } from '../../vendors/yeastarRow';
import { runNode, type EngineOptions, type EngineResult } from '../../support/engine';

export const DAY = 86_400;
/** A Monday. */
export const FROM = Date.UTC(2025, 2, 3) / 1000;
export const TO = FROM + DAY - 1;

export function storedFor(
	sandbox: YeastarSandbox,
	other: IDataObject = {},
): ICredentialDataDecryptedObject {
	return {
		baseUrl: sandbox.url,
		clientId: YEASTAR_SECRETS.clientId,
		clientSecret: YEASTAR_SECRETS.clientSecret,
		timezone: '',
		...other,
	} as ICredentialDataDecryptedObject;
}

const kept = new WeakMap<YeastarSandbox, ICredentialDataDecryptedObject>();

/** The credential of a sandbox as n8n keeps it from run to run, with the session that the last one left. */
function keptFor(sandbox: YeastarSandbox): ICredentialDataDecryptedObject {
	const stored = kept.get(sandbox) ?? storedFor(sandbox);
	kept.set(sandbox, stored);
	return stored;
}

/** All records of a window of instants. */
export async function getMany(
	sandbox: YeastarSandbox,
	parameters: IDataObject = {},
	more: Partial<EngineOptions> = {},
): Promise<EngineResult> {
	return await runNode({
		node: new YeastarPSeries(),
		credential: new YeastarPSeriesApi(),
		credentials: keptFor(sandbox),
		...more,
		parameters: {
			resource: 'callRecord',
			operation: 'getAll',
			period: 'custom',
			startTime: FROM,
			endTime: TO,
			returnAll: true,
			...parameters,
		},
	});
}

const idOf = ({ new_id, id }: Partial<YeastarRow>) => String(new_id ?? id);

export const idsOf = (items: IDataObject[]) =>
	items.map(({ platformRecordId }) => String(platformRecordId)).sort();

export const trueIds = (
	sandbox: YeastarSandbox,
	matches: (row: YeastarRow) => boolean = () => true,
) => sandbox.truth(matches).map(idOf).sort();

/** What was asked, in order: endpoints without the path of the API. */
export const endpoints = ({ requests }: YeastarSandbox) =>
	requests.map(({ path }) => path.replace('/openapi/v1.0/', ''));

const LOGINS = ['get_token', 'refresh_token'];

/** The logins among them. */
export const loginsOf = (sandbox: YeastarSandbox) =>
	endpoints(sandbox).filter((name) => LOGINS.includes(name));

/** Fills places of the PBX, as other programs with the same client do. */
export function takePlaces(sandbox: YeastarSandbox, count: number): void {
	const { clientId, clientSecret } = YEASTAR_SECRETS;
	for (let i = 0; i < count; i++) sandbox.tokens.login(clientId, clientSecret);
}

/** No secret of the credential, and no token, in anything a user is shown. */
export function expectSilence(
	shown: unknown,
	credentials: ICredentialDataDecryptedObject = {},
): void {
	const text = JSON.stringify(shown) ?? '';
	const { accessToken, refreshToken, sessionOwner } = credentials;
	for (const secret of [
		...Object.values(YEASTAR_SECRETS),
		accessToken,
		refreshToken,
		sessionOwner,
	]) {
		if (secret) expect(text).not.toContain(String(secret));
	}
	expect(text).not.toMatch(/canary[0-9a-f]{26}/);
}
