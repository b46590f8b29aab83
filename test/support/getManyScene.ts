import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

import type { IDataObject } from 'n8n-workflow';

import { executeCallRecords } from '../../nodes/callRecords/node/actions';
import type { Platform } from '../../nodes/callRecords/platform';
import { executeContext, fakeConnection, fakePlatform } from './fakePlatform';

export const FROM = 1_741_048_500;
export const TO = FROM + 86_399;

export interface GetManySetting {
	/** When calls began, in the order in which the platform sends them. */
	times: number[];
	parameters?: IDataObject;
	platform?: Partial<Platform>;
	items?: number;
	continueOnFail?: boolean;
	/** The number of the request that fails. */
	failing?: number;
	/** Asked with how many requests there were so far. */
	cancelled?: (requests: number) => boolean;
}

/** Get Many of a platform that has these calls. */
export async function getMany(setting: GetManySetting) {
	const { times, parameters = {}, items, continueOnFail } = setting;
	let rows = times.map((at, i) => ({ id: `r${i}`, at }));
	const connection = fakeConnection({
		respond({ number, qs }) {
			if (number === setting.failing) return { body: { no: 'odd', words: 'hm' } };
			const { from, to, page, pageSize } = qs as Record<string, number>;
			const matching = rows.filter(({ at }) => at >= from && at <= to);
			const sent = matching.slice((page - 1) * pageSize, page * pageSize);
			if (setting.platform?.consumesOnRead) rows = rows.filter((row) => !sent.includes(row));
			return { body: { ok: { rows: sent, total: matching.length } } };
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
	const { context, hints } = executeContext(
		connection,
		{
			resource: 'callRecord',
			period: 'custom',
			startTime: FROM,
			endTime: TO,
			returnAll: true,
			...parameters,
		},
		{
			items,
			continueOnFail,
			cancelled: () => setting.cancelled?.(connection.requests.length) ?? false,
		},
	);
	Object.assign(context.helpers, {
		async prepareBinaryData(file: Readable, fileName: string, mimeType: string) {
			file.resume();
			await finished(file);
			return { data: 'stored', fileName, mimeType };
		},
	});
	const work = executeCallRecords(context, platform);
	return { work, hints, connection };
}

export const idsOf = (output: Array<Array<{ json: IDataObject }>>) =>
	output[0].map(({ json }) => json.platformRecordId);
