import { commoKit } from './commo';
import { infin8linxKit } from './infin8linx';
import { itnioTechKit } from './itnioTech';
import type { PlatformKit } from './kit';
import { while1VoiceKit } from './while1Voice';
import { yeastarPSeriesKit } from './yeastarPSeries';

export type { KitAnswers, KitSandbox, PlatformKit } from './kit';

/** Every platform of the package: suites that hold for all of them run over this list. */
export const KITS: PlatformKit[] = [
	commoKit,
	while1VoiceKit,
	infin8linxKit,
	yeastarPSeriesKit,
	itnioTechKit,
];
