import type { IDataObject } from 'n8n-workflow';

import type { RecordingFiles } from '../vendors/recordings';
import type { Arrived } from '../vendors/server';
import type { EngineOptions, EngineResult } from './engine';
import { KITS } from './kits';
import type { KitRecordings, KitSandbox, PlatformKit } from './kits/kit';
import { startScene, type Scene } from './reading';

export interface RecordingKit extends KitRecordings {
	kit: PlatformKit;
}

/** The platforms that give recordings. */
export const RECORDING_KITS: RecordingKit[] = KITS.flatMap((kit) =>
	kit.recordings ? [{ kit, ...kit.recordings }] : [],
);

export function recordingKit(platform: string): RecordingKit {
	const found = RECORDING_KITS.find(({ kit }) => kit.platform.name === platform);
	if (!found) throw new Error(`no recordings: ${platform}`);
	return found;
}

export interface RecordingScene extends Scene {
	files: RecordingFiles;
	/** The call records, as a node before this one hands them on. */
	recorded: IDataObject[];
	unrecorded: IDataObject[];
	/** The name of the file of a call record, as the sandbox knows it. */
	fileOf(record: IDataObject): string;
	/** What n8n calls it: an id is given the ending of its type. */
	nameOf(file: string): string;
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
		nameOf(file) {
			const name = file.split('/').pop() ?? '';
			return name.includes('.') ? name : `${name}.wav`;
		},
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
