import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../call';
import type { RecordWithRow } from '../calls/readCalls';
import type { ReadRecord } from '../extract/source';
import { InputError } from '../platform';
import { maskRecord, type Mask } from '../shape/personalData';

/** What an item of a call record holds. */
export type RecordOutput = 'callRecord' | 'original' | 'both';
/** What an item of a call holds, before the shapes of CRMs. */
export type CallOutput = 'call' | 'original' | 'both';

const ORIGINAL = {
	name: 'Original',
	value: 'original',
	description: "The platform's own rows, untouched",
};

export const callOutput: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Call',
			value: 'call',
			description: 'One item per call, with the same fields for every phone system',
		},
		{
			name: 'Call and Original',
			value: 'both',
			description: "The call, with the platform's own rows in the field original",
		},
		ORIGINAL,
	],
	default: 'call',
	description: 'What each item holds',
};

export const recordOutput: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Call Leg',
			value: 'callRecord',
			description: 'One item per leg, with the same fields for every phone system',
		},
		{
			name: 'Call Leg and Original',
			value: 'both',
			description: "The leg, with the platform's own row in the field original",
		},
		ORIGINAL,
	],
	default: 'callRecord',
	description: 'What each item holds',
};

export function readRecordOutput(value: unknown): RecordOutput {
	if (value === 'callRecord' || value === 'original' || value === 'both') return value;
	throw new InputError('Output', "'Output' has to be callRecord, original or both");
}

export function readCallOutput(value: unknown): CallOutput {
	if (value === 'call' || value === 'original' || value === 'both') return value;
	throw new InputError('Output', "'Output' has to be call, original or both");
}

/** One call record as the user wants to see it. */
export function recordItem(
	{ record, row }: ReadRecord,
	output: RecordOutput,
	mask: Mask,
): IDataObject {
	if (output === 'original') return row;
	const masked = maskRecord(record, mask);
	return { ...masked, ...(output === 'both' ? { original: row } : {}) };
}

/**
 * The items of one call as the user wants to see them: one, or with `original` one for each row of the platform.
 * @param call with its legs, where rows are to be shown
 */
export function callItems(call: Call, output: CallOutput, includeLegs: boolean): IDataObject[] {
	const { legs, ...rest } = call;
	const rows = (legs ?? []).map(({ original }: RecordWithRow) => original ?? {});
	if (output === 'original') return rows;
	const shown: IDataObject = { ...rest };
	if (includeLegs) shown.legs = (legs ?? []).map(withoutRow);
	if (output === 'both') shown.original = rows;
	return [shown];
}

function withoutRow(leg: RecordWithRow): IDataObject {
	const { original, ...record } = leg;
	return original === undefined ? { ...leg } : record;
}
