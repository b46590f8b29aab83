import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { toCallRecord, type CallRecord } from '../../../nodes/callRecords/callRecord';
import { InputError, type Settings } from '../../../nodes/callRecords/platform';
import { parseJson } from '../../../nodes/callRecords/transport/body';
import { threeCx } from '../../../nodes/ThreeCx/platform';
import type { ThreeCxSandbox } from '../../vendors/threeCx';
import { threeCxKit } from '../../support/kits/threeCx';
import { startScene, type Scene, type SceneOptions } from '../../support/reading';

export const settings = (zone = 'UTC'): Settings => ({
	platform: 'threeCx',
	host: 'pbx.example.3cx.eu',
	zone,
	baseUrl: 'https://pbx.example.3cx.eu',
	options: {},
	prepared: {},
});

/** The records of a reply, as it arrives: as JSON. */
export function recordsOf(rows: unknown[], zone?: string): CallRecord[] {
	const opened = threeCx.open(parseJson(JSON.stringify({ value: rows })));
	if (!('payload' in opened)) throw new Error('the reply was not opened');
	const reply = threeCx.reply(opened.payload);
	const ids = idsOf(reply.rows);
	return reply.rows.map((row, i) =>
		toCallRecord(threeCx.mapRow(row, ids[i], settings(zone)), settings(zone)),
	);
}

/** Rows without any id are those of an old build, of which the reader never sees a record. */
function idsOf(rows: IDataObject[]): string[] {
	try {
		return threeCx.recordIds(rows);
	} catch (error) {
		if (error instanceof InputError) return rows.map((_, i) => `none-${i}`);
		throw error;
	}
}

export interface ThreeCxScene extends Scene {
	pbx: ThreeCxSandbox;
}

export async function start(options: SceneOptions = {}): Promise<ThreeCxScene> {
	const scene = await startScene(threeCxKit, { count: 60, ...options });
	return { ...scene, pbx: scene.sandbox as unknown as ThreeCxSandbox };
}

/** What a user has stored who has just typed it. */
export const storedFor = (
	{ url }: { url: string },
	other: IDataObject = {},
): ICredentialDataDecryptedObject => ({
	...threeCxKit.credentials({ url } as Parameters<typeof threeCxKit.credentials>[0]),
	...(other as ICredentialDataDecryptedObject),
});
