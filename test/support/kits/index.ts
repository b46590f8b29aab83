import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { PlatformKit } from './kit';

export type { KitAnswers, KitSandbox, PlatformKit } from './kit';

const OTHERS = ['index.ts', 'kit.ts', 'pushTriggers.ts', 'triggers.ts'];

const isKit = (value: unknown): value is PlatformKit =>
	typeof value === 'object' && value !== null && 'platform' in value && 'credentials' in value;

/** Every platform that has a kit in this folder: suites that hold for all of them run over this list. */
export const KITS: PlatformKit[] = readdirSync(__dirname)
	.filter((file) => !OTHERS.includes(file))
	.flatMap((file) =>
		Object.values(jest.requireActual<object>(join(__dirname, file))).filter(isKit),
	);
