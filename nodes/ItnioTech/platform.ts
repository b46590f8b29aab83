import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { asRow, text, whole } from '../callRecords/callRecord';
import { propertiesOf, readFields } from '../callRecords/fields';
import {
	InputError,
	type Envelope,
	type Platform,
	type Recordings,
	type Reply,
} from '../callRecords/platform';
import { hasDaylightSaving, formatWall, toIso, type Seconds } from '../callRecords/time';
import { errorCodes, SUCCESS } from './errorCodes';
import { fields } from './fields';
import { mapRow, recordIds, sendsInstants, startOf } from './mapRow';
import { push } from './push';

const JSON_TYPE = 'application/json;charset=UTF-8';

/**
 * The platform answers for 93 days (docs/vendors/itnio-tech.md 3). The reader asks for one second more, and whether both
 * ends count is not said.
 */
const MAX_SPAN_SECONDS = 93 * 86_400 - 1;
/** Rows carry wall time: in the repeated hour of autumn, one looks an hour older than the instant that was asked for. */
const REPEATED_HOUR: Seconds = 3600;
/** The vendor's table calls `data` a list, its sample shows an object (docs/vendors/itnio-tech.md 9). */
function dataOf(body: IDataObject): IDataObject {
	return asRow(Array.isArray(body.data) ? body.data[0] : body.data);
}

/** A reason may repeat the signature of the request. */
const SIGNATURE = /\b[0-9a-f]{32}\b/gi;

/** `status` comes as text and as a number. Data is a list, a count that contradicts a missing one, or settings. */
function open(body: unknown): Envelope {
	const envelope = asRow(body);
	const code = text(envelope.status);
	if (code === null || !/^-?\d+$/.test(code)) return { unrecognised: true };
	const data = dataOf(envelope);
	const isSettings = 'groupName' in data || 'labelName' in data;
	const isData = isSettings || Array.isArray(data.records) || whole(data.total) !== null;
	if (code === SUCCESS && isData) return { payload: data };
	// Web servers' own error pages also have a `status`: that of HTTP.
	if (!(code in errorCodes) && !('reason' in envelope)) return { unrecognised: true };
	return { apiError: { code, text: text(envelope.reason)?.replace(SIGNATURE, '•••') ?? null } };
}

function reply(payload: unknown): Reply {
	const { records, total, size, searchCount } = asRow(payload);
	return {
		rows: Array.isArray(records) ? records.map(asRow) : [],
		// Not counted is sent as 0.
		total: searchCount === false && whole(total) === 0 ? null : whole(total),
		pageSize: whole(size),
	};
}

/** A request for one of the platform's lists or reports. */
export function post(url: string, body: IDataObject): IHttpRequestOptions {
	return { method: 'POST', url, headers: { 'content-type': JSON_TYPE }, body };
}

/** No source says what host the path of a recording is on (docs/vendors/itnio-tech.md 5), so the user has to. */
const recordings: Recordings = {
	options: [
		{
			displayName: 'Recording Base URL',
			name: 'recordingBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://recordings.example.com',
			description:
				'The address that the path of a recording is to be added to. The platform does not document it: ask its support. It does not get the credential.',
		},
	],
	isAuthenticated: false,
	find(recording, { options }) {
		const base = text(options.recordingBaseUrl)?.replace(/\/+$/, '') ?? '';
		if (!/^https?:\/\/[^/?#]/i.test(base)) {
			throw new InputError(
				'Recording Base URL',
				"The option 'Recording Base URL' is missing, or is no web address",
				'ITNIO Tech gives only the path of a recording. Ask its support for the address that belongs in front, and enter it in the options.',
			);
		}
		const path = recording.replace(/^\/+/, '').split('/').map(encodeURIComponent).join('/');
		return { url: `${base}/${path}`, isChosen: true };
	},
};

/** The call records of ITNIO Tech's call centre (docs/vendors/itnio-tech.md). */
export const itnioTech: Platform = {
	name: 'itnioTech',
	title: 'ITNIO Tech',
	credentialType: 'itnioTechApi',
	clock: (settings) => (sendsInstants(settings) ? 'epoch' : 'wall'),
	clockToleranceSeconds: (settings) =>
		sendsInstants(settings) && hasDaylightSaving(settings.zone) ? REPEATED_HOUR : 0,
	pageSize: { default: 100, max: 100 },
	maxRangeSeconds: MAX_SPAN_SECONDS,
	requestsAtOnce: { default: 2, max: 10 },
	filters: propertiesOf(fields),
	options: [
		{
			displayName: 'Time Format',
			name: 'timeFormat',
			type: 'options',
			options: [
				{
					name: 'ISO 8601 with Offset',
					value: 'iso',
					description: 'As in 2025-01-08T00:00:00+08:00',
				},
				{
					name: 'Plain',
					value: 'plain',
					description: "As in 2025-01-08 00:00:00, on the clock of the credential's time zone",
				},
			],
			default: 'plain',
			description:
				'How requests carry times. The documentation of the platform shows both; try the other one if it does not accept a parameter (code -22).',
		},
	],
	readFilters: (given) => readFields(fields, given),
	request: ({ range, page, pageSize, filters: chosen }, settings) => {
		const written = (time: Seconds) =>
			sendsInstants(settings) ? toIso(time, settings.zone) : formatWall(time);
		return post('/v3/cc/record/query', {
			current: page,
			size: pageSize,
			params: { startTime: written(range.from), endTime: written(range.to), ...chosen },
		});
	},
	open,
	errorCodes,
	reply,
	recordIds,
	startOf,
	mapRow,
	recordings,
	push,
};
