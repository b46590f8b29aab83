import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { asRow, text, whole } from '../callRecords/callRecord';
import { InputError } from '../callRecords/platform';

/** A phone number: of an extension, from the list, or any other. */
function phoneNumber(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchExtensions', searchable: true },
			},
			{ displayName: 'By Number', name: 'number', type: 'string', placeholder: 'e.g. 2005' },
		],
		description,
	};
}

/**
 * The filters of `cdr/search`, named as the vendor names them (docs/vendors/yeastar-p-series.md 4.2), and `from` of
 * `cdr/list` (4.1).
 */
export const filters: INodeProperties[] = [
	phoneNumber(
		'Caller',
		'call_from',
		'The number that called: an extension like 2005, or an outside number as the PBX shows it. Together with Callee, only calls between the two are returned; for all calls of an extension, use two nodes.',
	),
	phoneNumber(
		'Callee',
		'call_to',
		'The number that was called: an extension, a queue or menu like 6400, or an outside number as it was dialled',
	),
	{
		displayName: 'DID Numbers',
		name: 'did',
		type: 'string',
		default: '',
		placeholder: 'e.g. +15550100999:sip-main',
		description:
			'The numbers of the company that were called, each as number:trunk or name:trunk, separated by commas. Needs newer firmware; an older one ignores it and returns all calls.',
	},
	{
		displayName: 'Disposition Code IDs',
		name: 'disposition_code_list',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3,8',
		description:
			'IDs of disposition codes that agents gave the calls in call notes, separated by commas. Needs newer firmware; an older one ignores it and returns all calls.',
	},
	{
		displayName: 'Extension Group Name or ID',
		name: 'extension_group',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getExtensionGroups' },
		default: '',
		description:
			'Only calls of the members of this group. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Fuzzy Search',
		name: 'enable_fuzzy_search',
		type: 'boolean',
		default: false,
		description:
			'Whether Caller and Callee may be part of a number. For older firmware; a newer one may ignore it, since there it is a setting of the whole PBX.',
	},
	{
		displayName: 'PIN Code',
		name: 'pin_code',
		type: 'string',
		default: '',
		description:
			'The PIN that was entered for a call through a restricted outbound route. Needs the newest firmware; an older one ignores it and returns all calls.',
	},
	{
		displayName: 'Records Of',
		name: 'from',
		type: 'options',
		options: [
			{ name: 'New Firmware', value: 'new', description: 'Made since x.21.0.117' },
			{ name: 'Old Firmware', value: 'legacy', description: 'Made on x.21.0.66 or earlier' },
		],
		default: 'legacy',
		description:
			'On a PBX that was upgraded, which of its two lists of records to search. Documented for the list of records only; most PBXs search the new one when nothing is said.',
	},
	{
		displayName: 'Remark',
		name: 'call_note_remark',
		type: 'string',
		default: '',
		description:
			'Text of the remark in the call note. Needs newer firmware; an older one ignores it and returns all calls.',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Answered', value: 'ANSWERED' },
			{ name: 'Busy', value: 'BUSY' },
			{ name: 'Failed', value: 'FAILED' },
			{ name: 'No Answer', value: 'NO ANSWER' },
			{ name: 'Voicemail', value: 'VOICEMAIL' },
		],
		default: 'ANSWERED',
		description: 'How the call, or the leg of it, ended',
	},
];

/** Of an upgraded PBX (docs/vendors/yeastar-p-series.md 4.1). */
const LISTS = ['new', 'legacy'];

const STATUSES = ['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'VOICEMAIL'];

function isEmpty(given: unknown): boolean {
	return given === undefined || given === null || given === '';
}

function wrong(name: string, field: string, takes: string, advice?: string): InputError {
	return new InputError(name, `The filter '${name}' (${field}) takes ${takes}`, advice);
}

/** As text; @throws InputError for what is no text. */
function readText(given: unknown, name: string, field: string): string | undefined {
	if (isEmpty(given)) return undefined;
	const read = text(given);
	if (read !== null) return read;
	if (typeof given === 'string') return undefined;
	throw wrong(name, field, 'a text');
}

/** From the list, by number, or plain as an expression gives it. */
function readNumber(given: unknown, name: string, field: string): string | undefined {
	const value = '__rl' in asRow(given) ? asRow(given).value : given;
	const number = readText(value, name, field);
	// The PBX compares what it is given: with a space or a second number in it, it would find nothing.
	if (number !== undefined && !/^[^\s,;<>]+$/.test(number)) {
		throw wrong(
			name,
			field,
			`one number without spaces, not "${number}"`,
			'Use one node for each number.',
		);
	}
	return number;
}

/** Several values with commas between them, or a list of them. */
function readList(
	given: unknown,
	name: string,
	field: string,
	pattern: RegExp,
	takes: string,
): string | undefined {
	if (isEmpty(given)) return undefined;
	const entries = Array.isArray(given)
		? given
		: String(readText(given, name, field) ?? '').split(',');
	const values = entries.map((entry) => text(entry)).filter((value) => value !== null);
	const misfit = values.find((value) => !pattern.test(value));
	if (misfit !== undefined) throw wrong(name, field, `${takes}, not "${misfit}"`);
	return values.length > 0 ? values.join(',') : undefined;
}

function readChoice(
	value: string | undefined,
	name: string,
	field: string,
	allowed: string[],
): string | undefined {
	if (value === undefined || allowed.includes(value)) return value;
	throw wrong(name, field, `one of ${allowed.join(', ')}`);
}

function readGroup(given: unknown): number | undefined {
	if (isEmpty(given)) return undefined;
	const id = whole(given);
	if (id !== null && id > 0) return id;
	throw wrong('Extension Group', 'extension_group', 'the ID of a group, a whole number');
}

function readFuzzy(given: unknown): number | undefined {
	if (isEmpty(given)) return undefined;
	const said = typeof given === 'boolean' ? String(given) : text(given);
	if (said === 'true' || said === '1') return 1;
	if (said === 'false' || said === '0') return 0;
	throw wrong('Fuzzy Search', 'enable_fuzzy_search', 'true or false');
}

/** Only what was given is sent: an empty value would be compared with. */
export function readFilters(given: IDataObject): IDataObject {
	const codes = 'disposition_code_list';
	const read: IDataObject = {
		call_from: readNumber(given.call_from, 'Caller', 'call_from'),
		call_to: readNumber(given.call_to, 'Callee', 'call_to'),
		extension_group: readGroup(given.extension_group),
		status: readChoice(
			readText(given.status, 'Status', 'status')?.toUpperCase(),
			'Status',
			'status',
			STATUSES,
		),
		did: readList(
			given.did,
			'DID Numbers',
			'did',
			/^[^:]+:[^:]+$/,
			'number:trunk or name:trunk, separated by commas',
		),
		[codes]: readList(given[codes], 'Disposition Code IDs', codes, /^\d+$/, 'IDs in digits'),
		call_note_remark: readText(given.call_note_remark, 'Remark', 'call_note_remark'),
		pin_code: readText(given.pin_code, 'PIN Code', 'pin_code'),
		from: readChoice(readText(given.from, 'Records Of', 'from'), 'Records Of', 'from', LISTS),
		enable_fuzzy_search: readFuzzy(given.enable_fuzzy_search),
	};
	return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
