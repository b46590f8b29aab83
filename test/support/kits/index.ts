import { commoKit } from './commo';
import { infin8linxKit } from './infin8linx';
import type { PlatformKit } from './kit';

export type { KitSandbox, PlatformKit } from './kit';

/** Every platform of the package: suites that hold for all of them run over this list. */
export const KITS: PlatformKit[] = [commoKit, infin8linxKit];
