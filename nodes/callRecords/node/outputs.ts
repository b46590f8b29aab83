import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Call } from '../call';
import type { RecordWithRow } from '../calls/readCalls';
import type { ReadRecord } from '../extract/source';
import { InputError } from '../platform';
import { CRMS, isCrm, leftOut, toCrm, type CrmName, type LeftOut } from '../shape/crm';
import { readBitrix24UserId } from '../shape/crm/bitrix24';
import type { CrmContext } from '../shape/crm/crm';
import { maskRecord, type Mask } from '../shape/personalData';

/** What an item of a call record holds. */
export type RecordOutput = 'callRecord' | 'original' | 'both';
/** What an item of a call holds in a file, which has no use for the shapes of CRMs. */
export type PlainOutput = 'call' | 'original' | 'both';
export type CallOutput = PlainOutput | CrmName;

const ORIGINAL = {
	name: 'Original',
	value: 'original',
	description: "The platform's own rows, untouched",
};

const plainChoices = [
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
];

/** Lint wants lists of five and more in the order of the alphabet. */
const callChoices = [
	...plainChoices,
	{
		name: 'For Bitrix24',
		value: 'bitrix24',
		description: 'The bodies of its two requests for a call',
	},
	{ name: 'For HubSpot', value: 'hubspot', description: 'The body of a new call in HubSpot' },
	{
		name: 'For Pipedrive',
		value: 'pipedrive',
		description: 'The body of a new call log in Pipedrive',
	},
	{
		name: 'For Salesforce',
		value: 'salesforce',
		description: 'The fields of a Task in Salesforce',
	},
	{ name: 'For Zoho', value: 'zoho', description: 'The body of a new call in Zoho CRM' },
].sort((a, b) => a.name.localeCompare(b.name));

function outputOf(options: INodePropertyOptions[], usual = 'call'): INodeProperties {
	return {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options,
		default: usual,
		description: 'What each item holds',
	};
}

export const callOutput = outputOf(callChoices);

export const plainOutput = outputOf(plainChoices);

/** Options of CRM outputs. */
export const crmOptions: INodeProperties[] = [
	{
		displayName: 'Bitrix24 User ID',
		name: 'bitrix24UserId',
		type: 'string',
		default: '',
		displayOptions: { show: { '/output': ['bitrix24'] } },
		description: 'The ID of the Bitrix24 user to whom the calls belong. Bitrix24 demands one.',
	},
];

const recordChoices: INodePropertyOptions[] = [
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
];

export const recordOutput = outputOf(recordChoices, 'callRecord');

export function readRecordOutput(value: unknown): RecordOutput {
	if (value === 'callRecord' || value === 'original' || value === 'both') return value;
	throw new InputError('Output', "'Output' has to be callRecord, original or both");
}

export function readPlainOutput(value: unknown): PlainOutput {
	if (value === 'call' || value === 'original' || value === 'both') return value;
	throw new InputError('Output', "'Output' has to be call, original or both");
}

export function readCallOutput(value: unknown): CallOutput {
	if (isCrm(value)) return value;
	if (value === 'call' || value === 'original' || value === 'both') return value;
	const crms = Object.keys(CRMS).join(', ');
	throw new InputError('Output', `'Output' has to be call, original, both or one of ${crms}`);
}

/** What the shapes of CRMs need to know besides the call. @throws InputError that names an option that is missing */
export function readCrmContext(
	output: CallOutput,
	options: IDataObject,
	country: string | null,
): CrmContext {
	const userId = output === 'bitrix24' ? readBitrix24UserId(options.bitrix24UserId) : undefined;
	return { country, bitrix24UserId: userId };
}

/** One call record as the user wants to see it. */
export function recordItem(
	{ record, row }: ReadRecord,
	output: RecordOutput,
	mask: Mask,
): IDataObject {
	if (output === 'original') return row;
	const item: RecordWithRow = maskRecord(record, mask);
	if (output === 'both') item.original = row;
	return asItem(item);
}

/** Makes items of calls, and counts those that a CRM does not get. */
export interface CallShaper {
	/** With `original` one item for each row of the platform, else one, or none where the CRM does not get the call. */
	items(call: Call): IDataObject[];
	/** Sentences for the user about what was left out. */
	hints(): string[];
	/** What has to be kept of the legs until then. */
	keepLegs: boolean;
	keepRows: boolean;
}

export function createCallShaper(choice: {
	output: CallOutput;
	includeLegs: boolean;
	crm: CrmContext;
}): CallShaper {
	const { output, includeLegs, crm } = choice;
	const skipped: Partial<Record<LeftOut, number>> = {};
	const crmItems = (name: CrmName, call: Call): IDataObject[] => {
		const item = toCrm(name, call, crm);
		if (item !== null) return [{ ...item }];
		const reason = leftOut(name, call) ?? 'noStart';
		skipped[reason] = (skipped[reason] ?? 0) + 1;
		return [];
	};
	return {
		items: (call) =>
			isCrm(output) ? crmItems(output, call) : plainItems(call, output, includeLegs),
		hints: () =>
			Object.entries(skipped).map(([reason, count]) => LEFT_OUT[reason as LeftOut](count)),
		keepLegs: includeLegs && !isCrm(output),
		keepRows: output === 'original' || output === 'both',
	};
}

const LEFT_OUT: Record<LeftOut, (count: number) => string> = {
	internal: (count) =>
		`${counted(count, 'internal call')} left out: a CRM logs calls with customers.`,
	noStart: (count) => `${counted(count, 'call')} left out: the platform gives no readable start.`,
	noDirection: (count) =>
		`${counted(count, 'call')} left out: the platform does not say whether they came in or went out.`,
};

function counted(count: number, noun: string): string {
	return count === 1 ? `1 ${noun} was` : `${count} ${noun}s were`;
}

/** Objects of plain values, which their types, being closed, do not say. */
function asItem(record: RecordWithRow | Call): IDataObject {
	return record as (RecordWithRow | Call) & IDataObject;
}

/** @param call with its legs, where rows or legs are to be shown */
function plainItems(call: Call, output: PlainOutput, includeLegs: boolean): IDataObject[] {
	// As it is, for a copy of so many fields takes longer than all else.
	if (output === 'call' && (includeLegs || call.legs === undefined)) return [asItem(call)];
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
