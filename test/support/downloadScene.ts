import type { Readable } from 'node:stream';

import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Place } from '../../nodes/callRecords/node/explain';
import { recordingDownload } from '../../nodes/callRecords/node/operations/recordingDownload';
import type { Platform, Recordings } from '../../nodes/callRecords/platform';
import { wavFile } from '../vendors/recordings';
import { fakeFiles, type FileAnswer } from './fakeFiles';
import { fakePlatform, thrownBy } from './fakePlatform';

export const WAV = Buffer.concat([...wavFile('a.wav', 30_000).chunks()]);
export const HOST = 'https://pbx.example.com:8088';

export interface DownloadSetting {
	parameters?: IDataObject;
	input?: INodeExecutionData;
	platform?: Partial<Platform>;
	recordings?: Partial<Recordings> | null;
	respond?(url: URL, number: number): FileAnswer;
	stopped?: (requests: number) => boolean;
	store?(file: Readable): Promise<IBinaryData>;
}

/** Where the platform has to be asked for a link; the answer is its text. */
export const ASKED: Partial<Recordings> = {
	find: (recording) => ({
		apiRequest: { method: 'GET', url: `/link/${recording}` },
		missing: ['gone7'],
		link: (payload) => (typeof payload === 'string' ? { url: payload } : null),
	}),
};

/** The download of one recording, the second item of the fake platform's node. */
export async function beginDownload(setting: DownloadSetting = {}) {
	const recordings: Recordings = {
		options: [],
		isAuthenticated: true,
		find: (recording) => ({ url: `/rec/${recording}` }),
		...setting.recordings,
	};
	const platform: Platform = {
		...fakePlatform,
		...(setting.recordings === null ? {} : { recordings }),
		...setting.platform,
	};
	const files = await fakeFiles({
		platform: { ...platform, prepare: undefined },
		respond: setting.respond ?? (() => ({ body: WAV })),
		store: setting.store,
	});
	// Questions to the platform are answered by the same servers, and read as text.
	const { helpers } = files.context;
	const proved = helpers.httpRequestWithAuthentication as (
		...given: unknown[]
	) => Promise<{ body: AsyncIterable<Buffer> }>;
	Object.assign(helpers, {
		async httpRequestWithAuthentication(
			type: string,
			options: IDataObject,
			more: unknown,
		): Promise<unknown> {
			const reply = await proved.call(files.context, type, options, more);
			if (options.encoding !== 'text') return reply;
			const chunks: Buffer[] = [];
			for await (const chunk of reply.body) chunks.push(chunk);
			return { ...reply, body: Buffer.concat(chunks).toString('utf8') };
		},
	});
	const parameters: IDataObject = { recording: 'a.wav', ...setting.parameters };
	Object.assign(files.context, {
		getInputData: () => [{ json: {} }, setting.input ?? { json: { call: 7 } }],
		getNodeParameter: (name: string, _item: number, normal: unknown) =>
			name in parameters ? parameters[name] : normal,
	});
	const place: Place = { node: files.context.getNode(), platform, itemIndex: 1 };
	const run = { isStopped: () => setting.stopped?.(files.requests.length) ?? false };
	return {
		...files,
		place,
		start: async () => await recordingDownload.execute(files.context, platform, run, 1, place),
	};
}

export async function get(setting: DownloadSetting = {}) {
	const scene = await beginDownload(setting);
	const [item, ...others] = await scene.start();
	expect(others).toEqual([]);
	const paths = scene.requests.map(({ url }) => url.replace(HOST, ''));
	return { ...scene, item, paths };
}

export async function failed(setting: DownloadSetting = {}) {
	const scene = await beginDownload(setting);
	return { ...scene, error: await thrownBy(scene.start()) };
}
