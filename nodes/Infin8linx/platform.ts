import type { IDataObject } from 'n8n-workflow';

import { asRow, text, whole } from '../callRecords/callRecord';
import { InputError, type Envelope, type Platform, type Reply } from '../callRecords/platform';
import { formatWall, type Seconds } from '../callRecords/time';
import { errorCodes, SUCCESS } from './errorCodes';
import { filters } from './filters';
import { mapRow, recordIds, startOf } from './mapRow';

/** A list, or a count that can contradict a missing one; anything else cannot be told from lost records. */
function open(body: unknown): Envelope {
	const { code: given, msg, data } = asRow(body);
	const code = whole(given);
	if (code === null) return { unrecognised: true };
	const { data: rows, total } = asRow(data);
	const isAnswer = code === SUCCESS && (Array.isArray(rows) || whole(total) !== null);
	return isAnswer ? { payload: data } : { apiError: { code: String(code), text: text(msg) } };
}

function reply(payload: unknown): Reply {
	const { data: rows, total, per_page } = asRow(payload);
	return {
		rows: Array.isArray(rows) ? rows.map(asRow) : [],
		total: whole(total),
		pageSize: whole(per_page),
	};
}

type ReadFilter = (given: string, filter: string) => string;

const asItIs: ReadFilter = (given) => given;

/** Digits only: the platform refuses other numbers with code 1008, which does not say which one it means. */
const digits: ReadFilter = (given, filter) => {
	if (/^\d+$/.test(given)) return given;
	throw new InputError(
		filter,
		`The filter '${filter}' takes digits only, not "${given}"`,
		'Write the number as it stands in the records, without + or spaces.',
	);
};

function oneOf(allowed: string[]): ReadFilter {
	return (given, filter) => {
		if (allowed.includes(given)) return given;
		throw new InputError(filter, `The filter '${filter}' has to be one of ${allowed.join(', ')}`);
	};
}

const FILTERS: Record<string, ReadFilter> = {
	context: oneOf(['callin', 'callout']),
	callmethod: oneOf(['2', '3', '4', '5', '6']),
	callnumber: digits,
	disnumber: digits,
	extnumber: digits,
	memberid: asItIs,
	userid: asItIs,
};

/** Only what is chosen is sent: an omitted parameter means "any" (docs/vendors/infin8linx.md 2). */
function readFilters(given: IDataObject): IDataObject {
	const read = filters.map(({ name, displayName }): [string, string | undefined] => {
		const value = given[name] ?? '';
		const chosen = text(value);
		if (chosen !== null) return [name, FILTERS[name](chosen, displayName)];
		if (typeof value === 'string') return [name, undefined];
		throw new InputError(
			displayName,
			`The filter '${displayName}' (${name}) takes one value, as text`,
			'To filter by several values, use one node for each.',
		);
	});
	return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

export const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/**
 * Whether the end of a range belongs to it is not documented (docs/vendors/infin8linx.md 6). So a second more is asked
 * for: no call is lost between two ranges if it does not, and what comes twice or lies outside is dropped if it does.
 */
const END_MARGIN: Seconds = 1;

/** The bill interface with the data of both sides, `/api/cdrs` of Infin8linx (docs/vendors/infin8linx.md). */
export const infin8linx: Platform = {
	name: 'infin8linx',
	title: 'Infin8linx',
	credentialType: 'infin8linxApi',
	clock: () => 'wall',
	clockToleranceSeconds: () => END_MARGIN,
	// The vendor names no maximum; what a reply says of its own size is believed.
	pageSize: { default: 100, max: 1000 },
	requestsAtOnce: { default: 2, max: 10 },
	filters,
	options: [
		{
			displayName: 'Body Format',
			name: 'bodyFormat',
			type: 'options',
			options: [
				{ name: 'Form Data', value: 'formData' },
				{ name: 'URL-Encoded', value: 'urlencoded' },
			],
			default: 'urlencoded',
			description: 'How the request is encoded. The platform does not say which one it wants.',
		},
	],
	readFilters,
	request: ({ range, page, pageSize, filters: chosen }, { options }) => ({
		method: 'POST',
		url: '/api/cdrs',
		headers: { 'content-type': options.bodyFormat === 'formData' ? MULTIPART : FORM },
		body: {
			starttime: formatWall(range.from),
			endtime: formatWall(range.to + END_MARGIN),
			page,
			per_page: pageSize,
			...chosen,
		},
	}),
	open,
	errorCodes,
	reply,
	recordIds,
	startOf,
	mapRow,
};
