import type { IDataObject } from 'n8n-workflow';

import type { RecordingFiles } from '../vendors/recordings';
import type { Arrived } from '../vendors/server';
import type { EngineOptions, EngineResult } from './engine';
import { commoKit } from './kits/commo';
import { itnioTechKit } from './kits/itnioTech';
import type { KitSandbox, PlatformKit } from './kits/kit';
import { while1VoiceKit } from './kits/while1Voice';
import { yeastarPSeriesKit } from './kits/yeastarPSeries';
import { startScene, type Scene } from './reading';

/** What is particular to the recordings of a platform. */
export interface RecordingKit {
	kit: PlatformKit;
	/** Whether a request asked for a file itself. */
	isFile(request: Arrived): boolean;
	options?(sandbox: KitSandbox): IDataObject;
	arrange?(sandbox: KitSandbox): void;
	/** The fields or headers (in lower case) with which a file is asked for; none where files are open. */
	proofs: string[];
	/** The name in a call record is below a folder. */
	hasFolders?: boolean;
}

const below =
	(folder: string) =>
	({ path }: Arrived) =>
		path.startsWith(folder);

export const RECORDING_KITS: RecordingKit[] = [
	{ kit: commoKit, isFile: below('/rec/'), proofs: [] },
	{
		kit: while1VoiceKit,
		isFile: ({ path }) => path.startsWith('/monitor/') || path === '/tools/play-record',
		arrange: (sandbox) => Object.assign(sandbox, { recordingBase: sandbox.url }),
		proofs: ['authorization'],
	},
	{ kit: yeastarPSeriesKit, isFile: below('/api/download/'), proofs: ['access_token'] },
	{
		kit: itnioTechKit,
		isFile: below('/files/'),
		options: ({ url }) => ({ recordingBaseUrl: `${url}/files/` }),
		proofs: [],
		hasFolders: true,
	},
];

export interface RecordingScene extends Scene {
	files: RecordingFiles;
	/** The call records, as a node before this one hands them on. */
	recorded: IDataObject[];
	unrecorded: IDataObject[];
	/** The name of the file of a call record, as the sandbox knows it. */
	fileOf(record: IDataObject): string;
	/** Requests for files so far. */
	fileRequests(): Arrived[];
	download(
		items: IDataObject[],
		parameters?: IDataObject,
		more?: Partial<EngineOptions>,
	): Promise<EngineResult>;
}

export async function startRecordingScene(own: RecordingKit, count = 30): Promise<RecordingScene> {
	const scene = await startScene(own.kit, { count });
	const { sandbox, kit } = scene;
	own.arrange?.(sandbox);
	const { json } = await scene.getMany();
	return {
		...scene,
		files: (sandbox as KitSandbox & { recordings: RecordingFiles }).recordings,
		recorded: json.filter(({ hasRecording }) => hasRecording === true),
		unrecorded: json.filter(({ hasRecording }) => hasRecording === false),
		fileOf: ({ recordingFile }) => String(recordingFile),
		fileRequests: () => sandbox.requests.filter((request) => own.isFile(request)),
		download: async (items, parameters = {}, more = {}) =>
			await scene.getMany(
				{
					resource: 'recording',
					operation: 'download',
					...parameters,
					options: {
						pageSize: undefined,
						...own.options?.(sandbox),
						...((parameters.options as IDataObject | undefined) ?? {}),
					},
				},
				{ items, ...more, node: kit.node() },
			),
	};
}
