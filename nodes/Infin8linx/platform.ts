import { asRow, text, whole } from '../callRecords/callRecord';
import { bodyFormat, contentTypeOf, propertiesOf, readFields } from '../callRecords/fields';
import type { Envelope, Platform, Reply } from '../callRecords/platform';
import { formatWall } from '../callRecords/time';
import { errorCodes, SUCCESS } from './errorCodes';
import { fields } from './fields';
import { mapRow, recordIds, startOf } from './mapRow';

/** A list, or a count that can contradict a missing one; anything else may be lost records. */
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

/** The bill interface with the data of both sides, `/api/cdrs` of Infin8linx (docs/vendors/infin8linx.md). */
export const infin8linx: Platform = {
	name: 'infin8linx',
	title: 'Infin8linx',
	credentialType: 'infin8linxApi',
	clock: () => 'wall',
	// The vendor names no maximum; what a reply says of its own size counts.
	pageSize: { default: 100, max: 1000 },
	requestsAtOnce: { default: 2, max: 10 },
	filters: propertiesOf(fields),
	options: [
		bodyFormat(
			'urlencoded',
			'How the request is encoded. The platform does not say which one it wants.',
		),
	],
	readFilters: (given) => readFields(fields, given),
	request: ({ range, page, pageSize, filters: chosen }, { options }) => ({
		method: 'POST',
		url: '/api/cdrs',
		headers: { 'content-type': contentTypeOf(options.bodyFormat, 'urlencoded') },
		body: {
			starttime: formatWall(range.from),
			endtime: formatWall(range.to),
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
