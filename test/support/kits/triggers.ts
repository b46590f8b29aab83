import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { ROOT } from '../package';

type NodeClass = new () => INodeType;

const NODES = join(ROOT, 'nodes');

/** Folders of platforms that can be followed. */
export const PLATFORM_FOLDERS = readdirSync(NODES).filter((folder) =>
	existsSync(join(NODES, folder, `${folder}Trigger.node.ts`)),
);

const triggerIn = (folder: string): NodeClass =>
	Object.values(
		jest.requireActual<Record<string, NodeClass>>(join(NODES, folder, `${folder}Trigger.node.ts`)),
	)[0];

/** The poll trigger of each platform, by the platform's name. */
export const TRIGGERS: Record<string, NodeClass> = Object.fromEntries(
	PLATFORM_FOLDERS.map(triggerIn).map((trigger) => [
		new trigger().description.name.replace(/Trigger$/, ''),
		trigger,
	]),
);
