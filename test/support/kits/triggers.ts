import type { INodeType } from 'n8n-workflow';

import { CommoTrigger } from '../../../nodes/Commo/CommoTrigger.node';
import { Infin8linxTrigger } from '../../../nodes/Infin8linx/Infin8linxTrigger.node';
import { ItnioTechTrigger } from '../../../nodes/ItnioTech/ItnioTechTrigger.node';
import { While1VoiceTrigger } from '../../../nodes/While1Voice/While1VoiceTrigger.node';
import { YeastarPSeriesTrigger } from '../../../nodes/YeastarPSeries/YeastarPSeriesTrigger.node';

/** The trigger node of each platform, by the platform's name. */
export const TRIGGERS: Record<string, new () => INodeType> = {
	commo: CommoTrigger,
	while1Voice: While1VoiceTrigger,
	infin8linx: Infin8linxTrigger,
	yeastarPSeries: YeastarPSeriesTrigger,
	itnioTech: ItnioTechTrigger,
};
