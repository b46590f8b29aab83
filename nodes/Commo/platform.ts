import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { asRow, text, whole } from '../callRecords/callRecord';
import {
	InputError,
	type Envelope,
	type Platform,
	type Recordings,
	type Reply,
} from '../callRecords/platform';
import { formatWall } from '../callRecords/time';
import { errorCodes } from './errorCodes';
import { filters } from './filters';
import { mapRow, recordIds, startOf } from './mapRow';

export const FORM = 'application/x-www-form-urlencoded';
export const MULTIPART = 'multipart/form-data';

function open(body: unknown): Envelope {
	const { ret, data, msg } = asRow(body);
	const code = whole(ret);
	if (code === null) return { unrecognised: true };
	const answer = asRow(data);
	if (code !== 200) return { apiError: { code: String(code), text: text(msg) } };
	const status = whole(answer.status);
	const hasResult = typeof answer.result === 'object' && answer.result !== null;
	if (status === 0 && hasResult) return { payload: answer.result };
	if (status === null || status === 0) return { unrecognised: true };
	const errors = asRow(answer.errors);
	const words = [answer.desc, errors.codemsg].map(text).filter((word) => word !== null);
	return { apiError: { code: text(errors.code) ?? '?', text: words.join(': ') || null } };
}

/** @throws Error when a success comes without records and without saying that there are none */
function reply(payload: unknown): Reply {
	const result = asRow(payload);
	const total = whole(result.totalitems);
	const { bills } = result;
	const saysNone =
		(Array.isArray(payload) && payload.length === 0) || (total === 0 && (bills ?? null) === null);
	if (!Array.isArray(bills) && !saysNone) {
		throw new Error("the answer holds no list 'bills', so records may be missing");
	}
	return {
		rows: Array.isArray(bills) ? bills.map(asRow) : [],
		total,
		pageSize: whole(result.itemsperpage),
	};
}

/** `8001,8002` or a list; digits only, for a letter makes the platform answer with an error that names nothing. */
function readExtensions(given: unknown): string | undefined {
	const list = (Array.isArray(given) ? given : String(given ?? '').split(','))
		.map((extension) => String(extension).trim())
		.filter((extension) => extension !== '');
	const wrong = list.find((extension) => !/^\d+$/.test(extension));
	if (wrong !== undefined) {
		throw new InputError(
			'Extension',
			`The filter 'Extension' (extnumber) takes digits only, not "${wrong}"`,
			'Use extension numbers, like 8001 or 8001,8002.',
		);
	}
	return list.length > 0 ? list.join(',') : undefined;
}

function readCode(given: unknown, name: string, allowed: number[], normal: number): number {
	if (given === undefined || given === null || given === '') return normal;
	const code = Number(given);
	if (!allowed.includes(code)) {
		throw new InputError(name, `The filter '${name}' has to be one of ${allowed.join(', ')}`);
	}
	return code;
}

/** What the platform assumes of an omitted parameter is a trap (docs/vendors/commo.md 3), so these are always sent. */
function readFilters(given: IDataObject): IDataObject {
	const destination = text(given.destnumber);
	if (destination !== null && !/^\+?\d+$/.test(destination)) {
		throw new InputError(
			'Destination Number',
			`The filter 'Destination Number' (destnumber) takes digits only, not "${destination}"`,
		);
	}
	const read: IDataObject = {
		syncflag: readCode(given.syncflag, 'Query State', [1, 2, 3], 3),
		direction: readCode(given.direction, 'Direction', [1, 2, 3], 3),
		callmethod: readCode(given.callmethod, 'Call Method', [0, 1, 2, 3, 4, 5, 6], 0),
		extnumber: readExtensions(given.extnumber),
		destnumber: destination,
		userid: text(given.userid),
		memberid: text(given.memberid),
		chengshudu: text(given.chengshudu),
		customuuid: text(given.customuuid),
	};
	return Object.fromEntries(
		Object.entries(read).filter(([, value]) => value !== null && value !== undefined),
	);
}

/** One request to the single address of the platform; `service` says what it is for. */
export function serviceRequest(service: string, fields: IDataObject, bodyFormat: unknown) {
	return {
		method: 'POST' as const,
		url: '/',
		headers: { 'content-type': bodyFormat === 'urlencoded' ? FORM : MULTIPART },
		body: { service, ...fields },
	};
}

const bodyFormat: INodeProperties = {
	displayName: 'Body Format',
	name: 'bodyFormat',
	type: 'options',
	options: [
		{ name: 'Form Data', value: 'formData', description: 'As the platform documents it' },
		{ name: 'URL-Encoded', value: 'urlencoded' },
	],
	default: 'formData',
	description: 'How the request is encoded. Some installations only take one of them.',
};

/**
 * A link is asked for, and then fetched without a token (docs/vendors/commo.md 4). It ends after some hours and is
 * never kept, so when it ends does not matter. Code 1029 is inferred there, not documented.
 */
const recordings: Recordings = {
	options: [bodyFormat],
	isAuthenticated: false,
	find: (recording, { options }) => ({
		apiRequest: serviceRequest(
			'App.Sip_Cdr.GetRecodeFile',
			{ filename: recording },
			options.bodyFormat,
		),
		missing: ['1029'],
		link(payload) {
			const url = text(asRow(payload).downurl);
			return url === null ? null : { url };
		},
	}),
};

/** Commo, the Common API of Infin8linx (docs/vendors/commo.md). */
export const commo: Platform = {
	name: 'commo',
	title: 'Commo',
	credentialType: 'commoApi',
	sessionField: ({ authentication }) => (authentication === 'token' ? undefined : 'sessionToken'),
	clock: () => 'wall',
	pageSize: { default: 1000, max: 1000 },
	requestsAtOnce: { default: 2, max: 10 },
	filters,
	// What is handed over once is lost with the run that fails (docs/vendors/commo.md 3).
	excludedTriggerFilters: ['syncflag'],
	options: [bodyFormat],
	readFilters,
	consumesOnRead: ({ syncflag }) =>
		syncflag === 1
			? "The platform has marked the records that this run was given: get them with 'Query State' = 'Queried Already'."
			: undefined,
	request: ({ range, page, pageSize, filters: chosen }, { options }) =>
		serviceRequest(
			'App.Sip_Cdr.GetBill',
			{
				starttime: formatWall(range.from),
				endtime: formatWall(range.to),
				currentpage: page,
				itemsperpage: pageSize,
				...chosen,
			},
			options.bodyFormat,
		),
	open,
	errorCodes,
	reply,
	recordIds,
	startOf,
	mapRow,
	recordings,
};
