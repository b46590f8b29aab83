import type { IDataObject } from 'n8n-workflow';

import { asRow, text, whole } from '../callRecords/callRecord';
import { bodyFormat, contentTypeOf, propertiesOf, readFields } from '../callRecords/fields';
import type { Envelope, Platform, Recordings, Reply } from '../callRecords/platform';
import { formatWall } from '../callRecords/time';
import { errorCodes } from './errorCodes';
import { fields } from './fields';
import { mapRow, recordIds, startOf } from './mapRow';
import { push } from './push';

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

/** One request to the single address of the platform; `service` says what it is for. */
export function serviceRequest(service: string, parameters: IDataObject, format: unknown) {
	return {
		method: 'POST' as const,
		url: '/',
		headers: { 'content-type': contentTypeOf(format, 'formData') },
		body: { service, ...parameters },
	};
}

const encoding = bodyFormat(
	'formData',
	'How the request is encoded. Form Data is what the platform documents; some installations only take one of the two.',
);

/**
 * A link is asked for, and then fetched without a token (docs/vendors/commo.md 4). It ends after some hours and is
 * never kept, so when it ends does not matter. Code 1029 is inferred there, not documented.
 */
const recordings: Recordings = {
	options: [encoding],
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
	filters: propertiesOf(fields),
	// What is handed over once is lost with the run that fails (docs/vendors/commo.md 3).
	excludedTriggerFilters: ['syncflag'],
	options: [encoding],
	readFilters: (given) => readFields(fields, given),
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
	push,
};
