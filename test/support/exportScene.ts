import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Place } from '../../nodes/callRecords/node/explain';
import { recordExport } from '../../nodes/callRecords/node/operations/recordExport';
import type { Platform } from '../../nodes/callRecords/platform';
import { executeContext, fakeConnection, fakePlatform } from './fakePlatform';

export const FROM = Date.UTC(2025, 2, 4) / 1000;
export const TO = FROM + 86_399;

export interface ExportSetting {
	/** When calls began, in the order in which the platform sends them. */
	times?: number[];
	parameters?: IDataObject;
	platform?: Partial<Platform>;
	/** In place of the rows that the platform has in a part. */
	rows?(range: { from: number; to: number }, number: number): IDataObject[] | undefined;
	/** Asked with how many requests there were so far. */
	stopped?: (requests: number) => boolean;
	hasNoHints?: boolean;
}

/** The export of a platform that has these calls, by the third item of its node. */
export function beginExport({
	times = [FROM + 7200, FROM + 3600],
	parameters,
	...setting
}: ExportSetting = {}) {
	const rows = times.map((at, i) => ({ id: `r${i}`, at, note: 'ä' }));
	const connection = fakeConnection({
		respond({ number, qs }) {
			const { from, to, page, pageSize } = qs as Record<string, number>;
			const matching = rows.filter(({ at }) => at >= from && at <= to);
			const sent = setting.rows?.({ from, to }, number);
			return {
				body: {
					ok: sent
						? { rows: sent, total: sent.length }
						: {
								rows: matching.slice((page - 1) * pageSize, page * pageSize),
								total: matching.length,
							},
				},
			};
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
		{ period: 'custom', startTime: FROM, endTime: TO, ...parameters },
		{ timezone: 'Europe/Berlin' },
	);
	const chunks: number[] = [];
	let content = Buffer.alloc(0);
	Object.assign(context.helpers, {
		async prepareBinaryData(
			file: Readable,
			fileName: string,
			mimeType: string,
		): Promise<IBinaryData> {
			file.on('data', (chunk: Buffer) => chunks.push(chunk.length));
			content = await buffer(file);
			return { data: 'stored', fileName, mimeType };
		},
	});
	if (setting.hasNoHints) Object.assign(context, { addExecutionHints: undefined });
	const place: Place = { node: context.getNode(), platform, itemIndex: 2 };
	const run = { isStopped: () => setting.stopped?.(connection.requests.length) ?? false };
	const work = recordExport.execute(context, platform, run, 2, place);
	return { work, hints, connection, place, chunks, content: () => content };
}

export async function exported(setting: ExportSetting = {}) {
	const { work, ...rest } = beginExport(setting);
	const [item, ...others]: INodeExecutionData[] = await work;
	expect(others).toEqual([]);
	return { ...rest, item, json: item.json, text: rest.content().toString('utf8') };
}

/** The cells of a CSV file in which no cell holds a delimiter or a line break. */
export const cells = (text: string, delimiter = ',') =>
	text
		.replace(/\r\n$/, '')
		.split('\r\n')
		.map((line) => line.split(delimiter).map((cell) => cell.replace(/^"(.*)"$/, '$1')));
export const idsIn = (text: string) => {
	const [head, ...lines] = cells(text);
	return lines.map((line) => line[head.indexOf('recordId')].split(':').pop());
};
