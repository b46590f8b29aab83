import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { ROOT } from '../package';

type NodeClass = new () => INodeType;

const NODES = join(ROOT, 'nodes');

const fileOf = (folder: string) => join(NODES, folder, `${folder}PushTrigger.node.ts`);

/** The push trigger of each platform that has one, by the platform's name. */
export const PUSH_TRIGGERS: Record<string, NodeClass> = Object.fromEntries(
	readdirSync(NODES)
		.filter((folder) => existsSync(fileOf(folder)))
		.flatMap((folder) =>
			Object.values(jest.requireActual<Record<string, NodeClass>>(fileOf(folder))),
		)
		.map((trigger) => [new trigger().description.name.replace(/PushTrigger$/, ''), trigger]),
);
