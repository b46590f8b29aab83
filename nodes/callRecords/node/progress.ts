import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { text } from '../callRecord';

const EVERY_MS = 10_000;

/**
 * Shows that a long export is alive: every ten seconds a line in n8n's log and, when somebody runs the workflow by hand,
 * in the console of the browser. It says how many records are written and which day is reached.
 * @returns takes what was written next, oldest first
 */
export function createProgress(
	context: Pick<IExecuteFunctions, 'logger' | 'sendMessageToUI' | 'getNode'>,
): (items: IDataObject[]) => void {
	let records = 0;
	let day: string | null = null;
	let shownMs = Date.now();
	return (items) => {
		records += items.length;
		// The platform's own rows have no start of a known name.
		day = text(items[items.length - 1]?.startedAt)?.slice(0, 10) ?? day;
		if (Date.now() - shownMs < EVERY_MS) return;
		shownMs = Date.now();
		const reached = day === null ? '' : `, ${day} reached`;
		const line = `${context.getNode().name}: ${records} records written${reached}`;
		context.logger.info(line);
		context.sendMessageToUI?.(line);
	};
}
