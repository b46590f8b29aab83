import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';

import { InputError, type Platform } from '../platform';
import { IncompleteRead } from '../extract/verdict';
import type { Connection } from '../transport/connection';
import { formatWall, toIso, type TimeRange } from '../time';

/** Where in the work something went wrong, as far as it was known by then. */
export interface Place {
	node: INode;
	platform: Platform;
	itemIndex?: number;
	connection?: Connection;
	/** Instants. */
	window?: TimeRange;
	/** What the user has to know besides, whatever goes wrong from here on. */
	advice?: string;
}

const INCOMPLETE =
	'Nothing was returned, because records might be missing. Try again; if the error stays, report it to the platform with this period.';

/** Whatever went wrong, as an error that says what happened, for which platform and window, and what to do. */
export function explain(error: unknown, place: Place): NodeApiError | NodeOperationError {
	const { node, platform, itemIndex, connection, window, advice } = place;
	if (error instanceof NodeApiError) {
		const period = window && connection ? `Period: ${named(window, connection)}.` : '';
		error.description = [error.description, period, advice].filter(Boolean).join(' ');
		if (itemIndex !== undefined) error.context.itemIndex = itemIndex;
		return error;
	}
	if (error instanceof NodeOperationError) return error;
	if (error instanceof InputError) {
		return new NodeOperationError(node, error.message, { description: error.advice, itemIndex });
	}
	if (error instanceof IncompleteRead && connection) {
		const { from, to } = error.range;
		const part =
			platform.clock(connection.settings) === 'wall'
				? `${formatWall(from)} to ${formatWall(to)} (${connection.settings.zone})`
				: named(error.range, connection);
		return new NodeOperationError(
			node,
			`${platform.title} did not give a complete answer for ${part}: ${error.message}`,
			{
				description: [error.advice ?? INCOMPLETE, advice].filter(Boolean).join(' '),
				itemIndex,
			},
		);
	}
	// Not foreseen. Its message is our own code's or n8n's; a request library's error never comes this far.
	const { message } = error as { message?: unknown };
	return new NodeOperationError(node, `${platform.title}: ${String(message)}`, {
		description: advice,
		itemIndex,
	});
}

function named(window: TimeRange, { settings }: Connection): string {
	return `${toIso(window.from, settings.zone)} to ${toIso(window.to, settings.zone)}`;
}

/** What an item becomes that failed while the node may go on. */
export function failureItem(error: NodeApiError | NodeOperationError): IDataObject {
	return {
		error: error.message,
		...(error.description ? { description: error.description } : {}),
	};
}
