import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import {
	asRow,
	text,
	unanswered,
	whole,
	type MappedRow,
	type Direction,
	type Outcome,
} from '../callRecords/callRecord';
import { stableIds } from '../callRecords/ids';
import {
	InputError,
	type Envelope,
	type Platform,
	type Recordings,
	type Reply,
	type Settings,
} from '../callRecords/platform';
import { toE164 } from '../callRecords/shape/e164';
import { parseJson } from '../callRecords/transport/body';
import {
	formatWall,
	instantsOf,
	parseWall,
	settleTimes,
	toIso,
	wallOf,
	type Moment,
	type Seconds,
} from '../callRecords/time';
import {
	DIGITS,
	DIRECTIONS,
	HANGUP_BY,
	errorCodes,
	SUCCESS,
	UNANSWERED,
	USUAL_DIGITS,
} from './codes';
import { filters } from './filters';
import { readFilters } from './readFilters';

export const JSON_TYPE = 'application/json;charset=UTF-8';

/** The platform answers for 93 days; whether both ends count is not said, so the range is a second shorter (3). */
const MAX_SPAN_SECONDS = 93 * 86_400;

/** Times of a request as text of the platform's wall clock, or as instants with an offset. */
function sendsInstants({ options: { timeFormat = 'plain' } }: Settings): boolean {
	if (timeFormat === 'plain' || timeFormat === 'iso') return timeFormat === 'iso';
	throw new InputError('Time Format', "'Time Format' has to be plain or iso");
}

/**
 * A moment of a row: wall time as a rule (docs/vendors/itnio-tech.md 3). The vendor's older records carry offsets (6),
 * so a time that states one is taken by it.
 */
function moment(value: unknown): Moment {
	const wall = parseWall(value);
	if (wall !== null) return { wall };
	const given = text(value) ?? '';
	const instant = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(given)
		? Date.parse(given)
		: NaN;
	return Number.isNaN(instant) ? null : { instant: Math.floor(instant / 1000) };
}

function startOf(row: IDataObject, settings: Settings): Seconds | null {
	const start = moment(row.callStartTime);
	if (start === null) return null;
	if (sendsInstants(settings)) {
		return 'instant' in start ? start.instant : instantsOf(start.wall, settings.zone)[0];
	}
	return 'wall' in start ? start.wall : wallOf(start.instant, settings.zone);
}

/**
 * Whether somebody answered. The reason, the talk time and the time of the answer may contradict each other: a stated
 * answer with talk time is an answer, also of a call that ended as a failed transfer; else the reason decides.
 * Null = the row does not say.
 */
function isAnswered(row: IDataObject): boolean | null {
	const talk = whole(row.callDuration);
	const talked = talk !== null && talk > 0;
	const hasAnswer = moment(row.calledAnswerTime) !== null;
	if (talked && hasAnswer) return true;
	if ((whole(row.hangupReason) ?? -1) in UNANSWERED) return false;
	if (talked || hasAnswer) return true;
	return talk === 0 ? false : null;
}

function unansweredOutcome(row: IDataObject, direction: Direction): Outcome {
	const reason = UNANSWERED[whole(row.hangupReason) ?? -1];
	if (reason === undefined || (reason.byDirection && direction !== 'unknown')) {
		return unanswered(direction);
	}
	return reason.outcome;
}

/** From start to end by the row's own times; talking and ringing tell the repeated hour of autumn from the first. */
function durationOf(
	times: Pick<MappedRow, 'started' | 'answered' | 'ended'>,
	row: IDataObject,
	zone: string,
) {
	const talk = whole(row.callDuration);
	const { started, ended } = settleTimes(
		{
			started: times.started,
			answered: times.answered ?? null,
			ended: times.ended ?? null,
			durationSeconds: talk === null ? null : talk + (whole(row.ringDuration) ?? 0),
		},
		zone,
	);
	return started === null || ended === null || ended < started ? null : ended - started;
}

/**
 * The customer's number in E.164 where `ccode`, as in `86(China)`, proves it: the number begins with that country's
 * code, and is longer than that country's national numbers. Hidden digits (`861380****001`) prove nothing.
 */
function provenBy(ccode: unknown, number: string | null): string | null {
	const country = /^\+?(\d{1,4})(?:\D|$)/.exec(text(ccode) ?? '')?.[1];
	if (country === undefined || number === null || !/^\d+$/.test(number)) return null;
	const isWhole = number.length >= (DIGITS[country] ?? USUAL_DIGITS);
	return isWhole && number.startsWith(country) ? toE164(`+${number}`) : null;
}

/** The list, or what the vendor also sends as text: a JSON list, or one tag (docs/vendors/itnio-tech.md 3). */
function tagsOf({ labelNameList, labelName }: IDataObject): string | null {
	const join = (list: unknown) =>
		Array.isArray(list)
			? list
					.map(text)
					.filter((tag) => tag !== null)
					.join(', ') || null
			: null;
	const given = text(labelName);
	const parsed = given === null ? null : parseJson(given);
	const isPlain = typeof parsed !== 'object';
	return join(labelNameList) ?? (isPlain ? given : join(parsed));
}

function recordingOf({ voiceUrl, voiceUrlList }: IDataObject): string | null {
	const files: unknown[] = Array.isArray(voiceUrlList) ? voiceUrlList : [];
	return text(voiceUrl) ?? files.map(text).find((file) => file !== null) ?? null;
}

function mapRow(row: IDataObject, id: string, { zone }: Settings): MappedRow {
	const direction = DIRECTIONS[whole(row.callType) ?? 0] ?? 'unknown';
	const from = text(row.caller);
	const to = text(row.called) ?? text(row.encryptCalled);
	const answered = isAnswered(row);
	const recording = recordingOf(row);
	const times = {
		started: moment(row.callStartTime),
		answered: answered === true ? moment(row.calledAnswerTime) : null,
		ended: moment(row.calledHangupTime),
	};
	return {
		id,
		callId: text(row.callSessionId),
		direction,
		outcome: answered === null ? null : answered ? 'answered' : unansweredOutcome(row, direction),
		outcomeRaw: text(row.hangupReason),
		from,
		fromE164: direction === 'inbound' ? provenBy(row.ccode, from) : null,
		to,
		toE164: direction === 'outbound' ? provenBy(row.ccode, to) : null,
		lineNumber: direction === 'unknown' ? null : direction === 'inbound' ? to : from,
		...times,
		durationSeconds: durationOf(times, row, zone),
		talkSeconds: answered === false ? 0 : whole(row.callDuration),
		ringSeconds: whole(row.ringDuration),
		agentName: text(row.seatName),
		queue: text(row.sipGroupName),
		hangupBy: HANGUP_BY[whole(row.hangingDirection) ?? -1] ?? null,
		hangupCause: text(row.hangupCode),
		hasRecording: 'voiceUrl' in row || 'voiceUrlList' in row ? recording !== null : null,
		recordingFile: recording,
		tags: tagsOf(row),
		note: text(row.remark),
	};
}

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
				'ITNIO Tech gives only the path of a recording. ApiRequest its support for the address that belongs in front, and enter it in the options.',
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
	pageSize: { default: 100, max: 100 },
	maxRangeSeconds: MAX_SPAN_SECONDS,
	requestsAtOnce: { default: 2, max: 10 },
	filters,
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
	readFilters,
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
	recordIds: (rows) =>
		stableIds(rows, (row) => text(row.keyId), ['callSessionId', 'callStartTime', 'caller']),
	startOf,
	mapRow,
	recordings,
};
