import type { IDataObject } from 'n8n-workflow';

import { asRow, whole } from '../callRecords/callRecord';
import { propertiesOf, readFields } from '../callRecords/fields';
import type { Envelope, Platform, Recordings, Reply } from '../callRecords/platform';
import { formatWall } from '../callRecords/time';
import { FORM_TYPE, JSON_TYPE } from './apiHash';
import { apiErrorOf, errorCodes, TITLE } from './errorCodes';
import { fields } from './fields';
import { mapRow, recordIds, startOf } from './mapRow';
import { push } from './push';

const PAGE_SIZE = 100;

/** The content type of each body format. `text/xml` is what the vendor's page names, though it holds a form (2). */
const CONTENT_TYPES = new Map<unknown, string>([
	['json', JSON_TYPE],
	['form', FORM_TYPE],
	['xml', 'text/xml'],
]);

/** The envelope of every endpoint; `has_error` decides, whatever the HTTP status (7). */
function open(body: unknown): Envelope {
	const { has_error: hasError, messages, results, pagination } = asRow(body);
	const isRefused = ![undefined, null, false, 0, '', '0', 'false'].includes(hasError as string);
	if (isRefused) return { apiError: apiErrorOf(messages) };
	const isEmpty = isNothing(results) && whole(asRow(pagination).row_count) === 0;
	return isList(results) || isEmpty ? { payload: body } : { unrecognised: true };
}

/** No list in place of an empty one. On its own it may be a damaged answer, so the count has to say 0 as well. */
function isNothing(results: unknown): boolean {
	return (results ?? '') === '';
}

/**
 * `row_count` is the total where everything else agrees with it: the documented example says 0 beside one result, so
 * nobody knows what else it may mean (6, 11.7). Where it does not, `max_page` says whether there is more.
 */
function reply(payload: unknown): Reply {
	const { results, pagination } = asRow(payload);
	const rows = rowsOf(results);
	const { row_count, page_size, current_page, max_page } = asRow(pagination);
	const pageSize = whole(page_size);
	const count = whole(row_count);
	const pages = whole(max_page);
	const agrees = pages === null || pages === Math.ceil((count ?? 0) / (pageSize || PAGE_SIZE));
	return {
		rows,
		total: count !== null && count >= rows.length && agrees ? count : null,
		pageSize,
		hasMore: pages ? pages > Math.max(1, whole(current_page) ?? 1) : undefined,
	};
}

/** A list with gaps is an object in PHP's JSON. Anything else is not taken for an empty call list. */
function isList(results: unknown): results is object {
	if (typeof results !== 'object' || results === null) return false;
	return Object.keys(results).every((key) => /^\d+$/.test(key));
}

function rowsOf(results: unknown): IDataObject[] {
	return isList(results) ? Object.values(results).map(asRow) : [];
}

/** A request for one page of call records. */
export function cdrRequest(
	page: number,
	chosen: IDataObject,
	bodyFormat: unknown,
	action?: unknown,
) {
	return {
		method: 'POST' as const,
		url: '/api/cdr',
		headers: { 'content-type': CONTENT_TYPES.get(bodyFormat) ?? JSON_TYPE },
		body: { ...(action === 'read' ? { action } : {}), page, filters: chosen },
	};
}

/**
 * Where only the name of a file is known, the page that plays it hands it out (docs/vendors/while1-voice.md 10). The
 * URL of a call record is used as it is.
 */
const recordings: Recordings = {
	options: [],
	isAuthenticated: true,
	find(recording) {
		const name = encodeURIComponent(recording);
		return { url: `/tools/play-record?monitor=${name}&download=1&fname=${name}` };
	},
};

/** While1 Voice (docs/vendors/while1-voice.md). */
export const while1Voice: Platform = {
	name: 'while1Voice',
	title: TITLE,
	credentialType: 'while1VoiceApi',
	clock: () => 'wall',
	pageSize: { default: PAGE_SIZE, max: PAGE_SIZE, fixed: true },
	requestsAtOnce: { default: 2, max: 5 },
	filters: propertiesOf(fields),
	options: [
		{
			displayName: 'Action',
			name: 'action',
			type: 'options',
			options: [
				{ name: 'None', value: '' },
				{ name: 'Read', value: 'read' },
			],
			default: '',
			description:
				'A parameter that older installations want in every request. Leave it at None unless the PBX asks for an action.',
		},
		{
			displayName: 'Body Format',
			name: 'bodyFormat',
			type: 'options',
			options: [
				{ name: 'Form', value: 'form', description: 'URL-encoded, as PHP writes it' },
				{
					name: 'Form (XML Content Type)',
					value: 'xml',
					description: 'The same form as text/xml, the content type that the documentation names',
				},
				{ name: 'JSON', value: 'json' },
			],
			default: 'json',
			description: 'How the request is encoded. Change it only if the PBX does not accept JSON.',
		},
	],
	readFilters: (given) => readFields(fields, given),
	request: ({ range, page, filters: chosen }, { options }) => {
		const date_between = [formatWall(range.from), formatWall(range.to)];
		return cdrRequest(page, { date_between, ...chosen }, options.bodyFormat, options.action);
	},
	open,
	errorCodes,
	reply,
	recordIds,
	startOf,
	mapRow,
	recordings,
	legs: { settleSeconds: 60 },
	push,
};
