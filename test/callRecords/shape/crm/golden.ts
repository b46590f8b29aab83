import type { GoldenName } from './goldenCalls';

/**
 * What each CRM is sent for each golden call, written by hand from the pages that docs/destinations name, not by the
 * product. A row is in the order of its header; null: the field is not sent. No row: the CRM does not get the call.
 */
type Value = string | number | null;
interface Golden {
	header: string[];
	rows: Partial<Record<GoldenName, Value[]>>;
}

const ID = 'yeastarPSeries:pbx.example.com:1001';
const JANE = '+40721234567';
const LINE = '+40312345678';
const UK = '+442079460958';

/** HubSpot's own outcomes. */
const CONNECTED = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';
const NO_ANSWER = '73a0d17f-1163-4015-bdd5-ec830791da20';
const BUSY = '9d9162e7-6cf3-4944-bf63-4dff82258764';
const LEFT_VOICEMAIL = 'b2cf5968-551e-4856-9783-52b3da59a7d0';

/** Subjects are the same everywhere. */
export const TITLES: Partial<Record<GoldenName, string>> = {
	answered: 'Inbound call from Jane Doe (+40721234567)',
	missed: 'Missed call from Jane Doe (+40721234567)',
	voicemail: 'Voicemail from Jane Doe (+40721234567)',
	hiddenCaller: 'Missed call from hidden number',
	maskedNumber: 'Inbound call from 138****1234',
	late: 'Inbound call from Jane Doe (+40721234567)',
	repeatedHour: 'Inbound call from Jane Doe (+40721234567)',
	repeatedHourFirst: 'Inbound call from Jane Doe (+40721234567)',
	rejected: 'Inbound call from Jane Doe (+40721234567): rejected',
	overAnHour: 'Outbound call to Smith & <Sons> (+442079460958)',
	busy: 'Outbound call to +40721234567: busy',
	noAnswer: 'Outbound call to +40721234567: no answer',
	failed: 'Outbound call to +40721234567: failed',
	canceled: 'Outbound call to +40721234567: canceled',
	leftMessage: 'Outbound call to +40721234567: voicemail',
	noNumber: 'Outbound call to hidden number: no answer',
	talkUnknown: 'Inbound call from Jane Doe (+40721234567)',
	unknownDirection: 'Call with Jane Doe',
};

const T0 = '2026-03-04T07:15:00.000Z';

// prettier-ignore
export const hubspot: Golden = {
	header: ['hs_timestamp', 'hs_call_direction', 'hs_call_status', 'hs_call_disposition', 'hs_call_duration', 'hs_call_from_number', 'hs_call_to_number'],
	rows: {
		answered: [T0, 'INBOUND', 'COMPLETED', CONNECTED, '72000', JANE, LINE],
		missed: [T0, 'INBOUND', 'MISSED', null, '0', JANE, LINE],
		voicemail: [T0, 'INBOUND', 'MISSED', null, '0', JANE, LINE],
		hiddenCaller: [T0, 'INBOUND', 'MISSED', null, '0', 'anonymous', LINE],
		maskedNumber: [T0, 'INBOUND', 'COMPLETED', CONNECTED, '72000', '138****1234', LINE],
		late: ['2026-02-28T04:59:30.000Z', 'INBOUND', 'COMPLETED', CONNECTED, '72000', JANE, LINE],
		repeatedHour: ['2026-10-25T01:30:00.000Z', 'INBOUND', 'COMPLETED', CONNECTED, '72000', JANE, LINE],
		repeatedHourFirst: ['2026-10-25T00:30:00.000Z', 'INBOUND', 'COMPLETED', CONNECTED, '72000', JANE, LINE],
		rejected: [T0, 'INBOUND', 'CANCELED', null, '0', JANE, LINE],
		overAnHour: [T0, 'OUTBOUND', 'COMPLETED', CONNECTED, '3725000', LINE, UK],
		busy: [T0, 'OUTBOUND', 'BUSY', BUSY, '0', LINE, JANE],
		noAnswer: [T0, 'OUTBOUND', 'NO_ANSWER', NO_ANSWER, '0', LINE, JANE],
		failed: [T0, 'OUTBOUND', 'FAILED', null, '0', LINE, JANE],
		canceled: [T0, 'OUTBOUND', 'CANCELED', null, '0', LINE, JANE],
		leftMessage: [T0, 'OUTBOUND', 'COMPLETED', LEFT_VOICEMAIL, '0', LINE, JANE],
		noNumber: [T0, 'OUTBOUND', 'NO_ANSWER', NO_ANSWER, '0', '4005', null],
		talkUnknown: [T0, 'INBOUND', null, null, null, JANE, LINE],
		unknownDirection: [T0, null, 'COMPLETED', CONNECTED, '72000', JANE, LINE],
	},
};

const DAY = '2026-03-04';

// prettier-ignore
export const salesforce: Golden = {
	header: ['ActivityDate', 'CallType', 'CallDurationInSeconds', 'CallDisposition'],
	rows: {
		answered: [DAY, 'Inbound', 72, 'Answered'],
		missed: [DAY, 'Inbound', 0, 'Missed'],
		voicemail: [DAY, 'Inbound', 0, 'Voicemail'],
		hiddenCaller: [DAY, 'Inbound', 0, 'Missed'],
		maskedNumber: [DAY, 'Inbound', 72, 'Answered'],
		late: ['2026-02-27', 'Inbound', 72, 'Answered'],
		repeatedHour: ['2026-10-25', 'Inbound', 72, 'Answered'],
		repeatedHourFirst: ['2026-10-25', 'Inbound', 72, 'Answered'],
		rejected: [DAY, 'Inbound', 0, 'Rejected'],
		overAnHour: [DAY, 'Outbound', 3725, 'Answered'],
		busy: [DAY, 'Outbound', 0, 'Busy'],
		noAnswer: [DAY, 'Outbound', 0, 'No answer'],
		failed: [DAY, 'Outbound', 0, 'Failed'],
		canceled: [DAY, 'Outbound', 0, 'Canceled'],
		leftMessage: [DAY, 'Outbound', 0, 'Voicemail'],
		noNumber: [DAY, 'Outbound', 0, 'No answer'],
		talkUnknown: [DAY, 'Inbound', null, 'Unknown'],
		unknownDirection: [DAY, null, 72, 'Answered'],
	},
};

const START = '2026-03-04T09:15:00+02:00';
const DONE = 'Completed';
const NOBODY = 'No response/Busy';

// prettier-ignore
export const zoho: Golden = {
	header: ['Call_Type', 'Call_Start_Time', 'Call_Duration', 'Outgoing_Call_Status', 'Call_Result', 'Caller_ID', 'Dialled_Number'],
	rows: {
		answered: ['Inbound', START, '01:12', null, null, JANE, LINE],
		missed: ['Missed', START, null, null, null, JANE, LINE],
		voicemail: ['Missed', START, null, null, null, JANE, LINE],
		hiddenCaller: ['Missed', START, null, null, null, 'anonymous', LINE],
		maskedNumber: ['Inbound', START, '01:12', null, null, '138****1234', LINE],
		late: ['Inbound', '2026-02-27T23:59:30-05:00', '01:12', null, null, JANE, LINE],
		repeatedHour: ['Inbound', '2026-10-25T03:30:00+02:00', '01:12', null, null, JANE, LINE],
		repeatedHourFirst: ['Inbound', '2026-10-25T03:30:00+03:00', '01:12', null, null, JANE, LINE],
		rejected: ['Missed', START, null, null, null, JANE, LINE],
		overAnHour: ['Outbound', START, '62:05', DONE, null, LINE, UK],
		busy: ['Outbound', START, '00:00', DONE, NOBODY, LINE, JANE],
		noAnswer: ['Outbound', START, '00:00', DONE, NOBODY, LINE, JANE],
		failed: ['Outbound', START, '00:00', DONE, null, LINE, JANE],
		canceled: ['Outbound', START, '00:00', DONE, null, LINE, JANE],
		leftMessage: ['Outbound', START, '00:00', DONE, null, LINE, JANE],
		noNumber: ['Outbound', START, '00:00', DONE, NOBODY, '4005', null],
		talkUnknown: ['Inbound', START, '00:00', null, null, JANE, LINE],
	},
};

const FROM = '2026-03-04 07:15:00';
const TO = '2026-03-04 07:16:24';

// prettier-ignore
export const pipedrive: Golden = {
	header: ['outcome', 'from_phone_number', 'to_phone_number', 'start_time', 'end_time', 'duration'],
	rows: {
		answered: ['connected', JANE, LINE, FROM, TO, '72'],
		missed: ['no_answer', JANE, LINE, FROM, TO, '0'],
		voicemail: ['no_answer', JANE, LINE, FROM, TO, '0'],
		hiddenCaller: ['no_answer', 'anonymous', LINE, FROM, TO, '0'],
		maskedNumber: ['connected', '138****1234', LINE, FROM, TO, '72'],
		late: ['connected', JANE, LINE, '2026-02-28 04:59:30', '2026-02-28 05:00:54', '72'],
		repeatedHour: ['connected', JANE, LINE, '2026-10-25 01:30:00', '2026-10-25 01:31:24', '72'],
		repeatedHourFirst: ['connected', JANE, LINE, '2026-10-25 00:30:00', '2026-10-25 00:31:24', '72'],
		rejected: ['no_answer', JANE, LINE, FROM, TO, '0'],
		overAnHour: ['connected', LINE, UK, FROM, '2026-03-04 08:17:17', '3725'],
		busy: ['busy', LINE, JANE, FROM, TO, '0'],
		noAnswer: ['no_answer', LINE, JANE, FROM, TO, '0'],
		failed: ['no_answer', LINE, JANE, FROM, TO, '0'],
		canceled: ['no_answer', LINE, JANE, FROM, TO, '0'],
		leftMessage: ['left_voicemail', LINE, JANE, FROM, TO, '0'],
		noNumber: ['no_answer', '4005', 'unknown', FROM, '2026-03-04 07:15:20', '0'],
		talkUnknown: ['no_answer', JANE, LINE, FROM, TO, null],
		unknownDirection: ['connected', JANE, LINE, FROM, TO, '72'],
	},
};

// prettier-ignore
export const bitrix24: Golden = {
	header: ['PHONE_NUMBER', 'TYPE', 'CALL_START_DATE', 'DURATION', 'STATUS_CODE', 'FAILED_REASON'],
	rows: {
		answered: [JANE, 2, START, 72, '200', `Answered (${ID})`],
		missed: [JANE, 2, START, 0, '304', `Missed (${ID})`],
		voicemail: [JANE, 2, START, 0, '304', `Voicemail (${ID})`],
		hiddenCaller: ['anonymous', 2, START, 0, '304', `Missed (${ID})`],
		maskedNumber: ['138****1234', 2, START, 72, '200', `Answered (${ID})`],
		late: [JANE, 2, '2026-02-27T23:59:30-05:00', 72, '200', `Answered (${ID})`],
		repeatedHour: [JANE, 2, '2026-10-25T03:30:00+02:00', 72, '200', `Answered (${ID})`],
		repeatedHourFirst: [JANE, 2, '2026-10-25T03:30:00+03:00', 72, '200', `Answered (${ID})`],
		rejected: [JANE, 2, START, 0, '603', `Rejected (${ID})`],
		overAnHour: [UK, 1, START, 3725, '200', `Answered (${ID})`],
		busy: [JANE, 1, START, 0, '486', `Busy (${ID})`],
		noAnswer: [JANE, 1, START, 0, '480', `No answer (${ID})`],
		failed: [JANE, 1, START, 0, 'OTHER', `Failed (${ID})`],
		canceled: [JANE, 1, START, 0, '603-S', `Canceled (${ID})`],
		leftMessage: [JANE, 1, START, 0, '480', `Voicemail (${ID})`],
		noNumber: ['anonymous', 1, START, 0, '480', `No answer (${ID})`],
		talkUnknown: [JANE, 2, START, 0, 'OTHER', `Unknown (${ID})`],
	},
};
