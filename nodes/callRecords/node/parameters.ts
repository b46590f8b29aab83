import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { InputError } from '../platform';
import type { Output } from '../extract/source';
import type { Order } from '../extract/windowReader';
import { parseTime, periodRange, type Period, type Seconds, type TimeRange } from '../time';

/** The window of instants an item asks for, both ends included. */
export function readPeriod(context: IExecuteFunctions, itemIndex: number): TimeRange {
	const zone = context.getTimezone();
	const period = context.getNodeParameter('period', itemIndex, 'last24Hours') as Period;
	if (period !== 'custom') return periodRange(period, DateTime.now().setZone(zone));
	const from = readTime(context.getNodeParameter('startTime', itemIndex, ''), 'Start Time', zone);
	const to = readTime(context.getNodeParameter('endTime', itemIndex, ''), 'End Time', zone);
	if (to < from) {
		throw new InputError(
			'End Time',
			"'End Time' is before 'Start Time'",
			'Swap them, or choose a period by name.',
		);
	}
	return { from, to };
}

function readTime(value: unknown, name: string, zone: string): Seconds {
	if (value === '' || value === null || value === undefined) {
		throw new InputError(name, `'${name}' is empty`, 'Choose a time, or a period by name.');
	}
	const time = parseTime(value, zone);
	if (!time) {
		throw new InputError(
			name,
			`'${name}' cannot be read as a time`,
			'Use ISO 8601, like 2026-11-01T00:00:00+02:00.',
		);
	}
	return Math.floor(time.toSeconds());
}

/** Undefined = all. */
export function readLimit(context: IExecuteFunctions, itemIndex: number): number | undefined {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) return undefined;
	const limit = Number(context.getNodeParameter('limit', itemIndex, 50));
	if (!Number.isInteger(limit) || limit < 1) {
		throw new InputError('Limit', "'Limit' has to be a whole number, 1 or more");
	}
	return limit;
}

export function readOutput(value: unknown): Output {
	if (value === 'callRecord' || value === 'original' || value === 'both') return value;
	throw new InputError('Output', "'Output' has to be callRecord, original or both");
}

export function readOrder(options: IDataObject): Order {
	const { order = 'newestFirst' } = options;
	if (order === 'newestFirst' || order === 'oldestFirst') return order;
	throw new InputError('Order', "'Order' has to be newestFirst or oldestFirst");
}
