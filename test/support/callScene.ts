import type { IDataObject } from 'n8n-workflow';

import type { CallTruth } from '../vendors/truth';
import { createOffice } from './office';
import { KITS, type PlatformKit } from './kits';
import { DAY_FROM, DAY_TO, startScene, type Scene, type SceneOptions } from './reading';
import type { EngineOptions, EngineResult } from './engine';

/** Kits of platforms that write legs, and of those where a call is one row. */
export const WITH_LEGS = KITS.filter(({ platform }) => platform.legs !== undefined);
export const WITHOUT_LEGS = KITS.filter(({ platform }) => platform.legs === undefined);

export const named = (kits: PlatformKit[]) => kits.map((kit) => ({ kit, name: kit.platform.name }));

export interface CallScene extends Scene {
	truths: CallTruth[];
	/** An operation on calls, of the day unless the parameters say otherwise. */
	readCalls(parameters?: IDataObject, more?: Partial<EngineOptions>): Promise<EngineResult>;
}

/** Two days of an office around the day that is read, nights included, so that calls lie across its ends. */
export function officeDays(zone: string, callsPerDay = 50): CallTruth[] {
	const from = DAY_FROM - 12 * 3600;
	return createOffice({ seed: 11, zone, from, days: 2, callsPerDay, allHours: true }).calls;
}

/** A platform's server with calls as they truly were, and the node that reads them. */
export async function startCallScene(
	kit: PlatformKit,
	truths: CallTruth[],
	options: SceneOptions = {},
): Promise<CallScene> {
	const scene = await startScene(kit, { ...options, truths });
	return {
		...scene,
		truths,
		readCalls: async (parameters = {}, more = {}) =>
			await scene.getMany({ resource: 'call', output: 'call', ...parameters }, more),
	};
}

export const isOfDay = ({ startedAt }: CallTruth): boolean =>
	startedAt >= DAY_FROM && startedAt <= DAY_TO;

/** Seconds in which somebody talked. */
export const talkOf = ({ talks }: CallTruth): number =>
	talks.reduce((sum, { from, to }) => sum + to - from, 0);

export const instantOf = (iso: unknown): number => Date.parse(String(iso)) / 1000;
