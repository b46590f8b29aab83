import { changed, NEVER, type GoldenCase } from './goldenRow';

const UNANSWERED = { answertime: '', endtime: '2025-03-04 09:15:40', duration: 30, billsec: 0 };
const NOBODY = {
	answeredAt: null,
	endedAt: '2025-03-04T09:15:40+08:00',
	durationSeconds: 30,
	talkSeconds: 0,
};

/** Side a, a mobile phone, was called ten seconds before the customer. */
const DOUBLE = {
	callmethod: '4',
	extnumber: '',
	anumber: '13800000009',
	astarttime: '2025-03-04 09:15:00',
	aanswertime: '2025-03-04 09:15:09',
	aendtime: '2025-03-04 09:16:19',
	aduration: 79,
	abillsec: 70,
};

const BERLIN = 'Europe/Berlin';
const inOctober = (start: string, answer: string, end: string, duration: number, talk: number) => ({
	starttime: `2025-10-26 ${start}`,
	answertime: `2025-10-26 ${answer}`,
	endtime: `2025-10-26 ${end}`,
	duration,
	billsec: talk,
});

export const GOLDEN: GoldenCase[] = [
	{
		name: "the vendor's own example: times of side a without a double call",
		row: {
			aanswertime: '',
			abillsec: 0,
			aduration: 2,
			aendtime: '2020-06-10 16:04:59',
			answertime: '',
			anumber: '',
			astarttime: '2020-06-10 16:04:57',
			billsec: 0,
			callnumber: '81599955',
			clientip: '',
			context: 'callout',
			disnumber: '917045100378',
			downloadip: '',
			duration: 2,
			endtime: '2020-06-10 16:04:59',
			extnumber: '',
			hangupdirection: 'callee',
			id: 123456,
			starttime: '2020-06-10 16:04:57',
		},
		record: {
			...NEVER,
			recordId: 'infin8linx:platform.infin8linx.com:123456',
			platform: 'infin8linx',
			platformRecordId: '123456',
			callId: '123456',
			direction: 'outbound',
			outcome: 'noAnswer',
			from: '917045100378',
			fromE164: null,
			to: '81599955',
			toE164: null,
			fromKind: 'unknown',
			toKind: 'external',
			externalNumber: '81599955',
			lineNumber: '917045100378',
			startedAt: '2020-06-10T16:04:57+08:00',
			answeredAt: null,
			endedAt: '2020-06-10T16:04:59+08:00',
			timeIsAmbiguous: false,
			durationSeconds: 2,
			talkSeconds: 0,
			agentExtension: null,
			hangupBy: 'callee',
			externalReference: null,
		},
	},
	changed('an extension called a customer', {}),
	changed(
		'a double call: side a is who spoke with the customer, the record is about the customer',
		{ ...DOUBLE, userid: 'E17', memberid: 'M204' },
		{ from: '13800000009', agentExtension: null, externalReference: 'M204' },
	),
	changed(
		'a double call by a number',
		{ ...DOUBLE, callmethod: 4 },
		{
			from: '13800000009',
			agentExtension: null,
		},
	),
	changed(
		'a double call without the number of side a',
		{ ...DOUBLE, anumber: '' },
		{
			agentExtension: null,
		},
	),
	changed(
		'a double call that side a answered and the customer did not',
		{ ...DOUBLE, ...UNANSWERED },
		{ ...NOBODY, outcome: 'noAnswer', from: '13800000009', agentExtension: null },
	),
	changed(
		'a double call that side a did not answer, so that the customer was never dialled',
		{
			...DOUBLE,
			starttime: '',
			answertime: '',
			endtime: '',
			duration: 0,
			billsec: 0,
			aanswertime: '',
			aendtime: '2025-03-04 09:15:30',
			aduration: 30,
			abillsec: 0,
		},
		{
			outcome: 'noAnswer',
			from: '13800000009',
			agentExtension: null,
			startedAt: '2025-03-04T09:15:00+08:00',
			answeredAt: null,
			endedAt: '2025-03-04T09:15:30+08:00',
			durationSeconds: 30,
			talkSeconds: 0,
		},
	),
	changed(
		'a double call that says it came in: who called whom is not turned around',
		{ ...DOUBLE, context: 'callin' },
		{
			direction: 'inbound',
			fromKind: 'external',
			toKind: 'unknown',
			externalNumber: '02180000001',
			lineNumber: '13800000001',
			agentExtension: null,
		},
	),
	changed(
		'side a filled in a call that is no double call',
		{ ...DOUBLE, callmethod: '3' },
		{
			fromKind: 'unknown',
			agentExtension: null,
		},
	),
	changed('side a filled in a call that does not say how it was made', {
		...DOUBLE,
		callmethod: undefined,
		extnumber: '8001',
	}),
	changed('a row without the newer fields', {
		callmethod: undefined,
		userid: undefined,
		memberid: undefined,
	}),
	changed(
		'a customer called and was answered',
		{ context: 'callin', disnumber: '13800000001', callnumber: '02180000001' },
		{
			direction: 'inbound',
			fromKind: 'external',
			toKind: 'person',
			from: '13800000001',
			to: '02180000001',
			externalNumber: '13800000001',
			lineNumber: '02180000001',
		},
	),
	changed(
		'a customer called and nobody answered',
		{ ...UNANSWERED, context: 'callin', disnumber: '13800000001', callnumber: '02180000001' },
		{
			...NOBODY,
			direction: 'inbound',
			outcome: 'missed',
			fromKind: 'external',
			toKind: 'person',
			from: '13800000001',
			to: '02180000001',
			externalNumber: '13800000001',
			lineNumber: '02180000001',
		},
	),
	changed(
		'a customer called without showing a number',
		{ context: 'callin', disnumber: '', callnumber: '02180000001' },
		{
			direction: 'inbound',
			fromKind: 'external',
			toKind: 'person',
			from: null,
			to: '02180000001',
			externalNumber: null,
			lineNumber: '02180000001',
		},
	),
	changed('nobody answered an extension', UNANSWERED, { ...NOBODY, outcome: 'noAnswer' }),
	changed(
		'a zero date is no answer',
		{ ...UNANSWERED, answertime: '0000-00-00 00:00:00' },
		{
			...NOBODY,
			outcome: 'noAnswer',
		},
	),
	changed(
		'a predictive call with a member',
		{ callmethod: '5', memberid: 'crm-88' },
		{
			externalReference: 'crm-88',
		},
	),
	changed('a member that nobody set', { memberid: '0' }),
	changed(
		'no number shown: the extension is who called',
		{ disnumber: '' },
		{
			from: '8001',
			lineNumber: null,
		},
	),
	changed(
		'a number with a plus',
		{ callnumber: '+8613800000001' },
		{
			to: '+8613800000001',
			toE164: '+8613800000001',
			externalNumber: '+8613800000001',
		},
	),
	changed(
		'a number with the international prefix',
		{ callnumber: '0085221234567' },
		{
			to: '0085221234567',
			toE164: '+85221234567',
			externalNumber: '+85221234567',
		},
	),
	changed(
		'a direction the vendor does not document',
		{ context: 'callthrough' },
		{
			direction: 'unknown',
			fromKind: 'unknown',
			toKind: 'unknown',
			externalNumber: null,
			lineNumber: null,
		},
	),
	changed(
		'a direction the vendor does not document, and no answer',
		{ ...UNANSWERED, context: '' },
		{
			...NOBODY,
			direction: 'unknown',
			fromKind: 'unknown',
			toKind: 'unknown',
			outcome: 'unknown',
			externalNumber: null,
			lineNumber: null,
		},
	),
	changed('hung up by the caller', { hangupdirection: 'caller' }, { hangupBy: 'caller' }),
	changed(
		"hung up by a code of the vendor's other interface",
		{ hangupdirection: '10041' },
		{
			hangupBy: null,
		},
	),
	changed('the duration is the waiting time, as the vendor describes it', { duration: 9 }),
	changed('numbers as text', { id: '700200', duration: '69', billsec: '60' }),
	changed(
		'an id that JavaScript cannot hold as a number',
		{ id: '90071992547409931' },
		{
			recordId: 'infin8linx:platform.infin8linx.com:90071992547409931',
			platformRecordId: '90071992547409931',
			callId: '90071992547409931',
		},
	),
	changed(
		'answered and ended in the same second',
		{ endtime: '2025-03-04 09:15:19', billsec: 0 },
		{
			endedAt: '2025-03-04T09:15:19+08:00',
			durationSeconds: 9,
			talkSeconds: 0,
		},
	),
	changed(
		'not said whether anybody answered',
		{ ...UNANSWERED, billsec: undefined },
		{
			...NOBODY,
			outcome: 'unknown',
			talkSeconds: null,
		},
	),
	changed(
		'an answered call without an end: its duration may be the waiting time',
		{ endtime: '' },
		{
			endedAt: null,
			durationSeconds: null,
		},
	),
	changed(
		'an unanswered call without an end',
		{ ...UNANSWERED, endtime: '' },
		{
			...NOBODY,
			outcome: 'noAnswer',
			endedAt: null,
		},
	),
	changed(
		'emoji, right-to-left text and HTML stay as they are',
		{ memberid: '📞 عميل <b>1</b>', disnumber: '=1+1' },
		{ externalReference: '📞 عميل <b>1</b>', from: '=1+1', lineNumber: '=1+1' },
	),
	changed(
		'in the repeated hour, with nothing that tells the two readings apart',
		inOctober('02:30:00', '02:30:09', '02:31:09', 69, 60),
		{
			startedAt: '2025-10-26T02:30:00+02:00',
			answeredAt: '2025-10-26T02:30:09+02:00',
			endedAt: '2025-10-26T02:31:09+02:00',
			timeIsAmbiguous: true,
		},
		BERLIN,
	),
	changed(
		'in the repeated hour, the second time, as the end tells',
		inOctober('02:30:00', '02:30:09', '03:10:09', 2409, 2400),
		{
			startedAt: '2025-10-26T02:30:00+01:00',
			answeredAt: '2025-10-26T02:30:09+01:00',
			endedAt: '2025-10-26T03:10:09+01:00',
			durationSeconds: 2409,
			talkSeconds: 2400,
		},
		BERLIN,
	),
	changed(
		'in the repeated hour, begun the first time, as the talk tells where the duration is the waiting time',
		inOctober('02:30:00', '02:30:09', '03:10:09', 9, 6000),
		{
			startedAt: '2025-10-26T02:30:00+02:00',
			answeredAt: '2025-10-26T02:30:09+02:00',
			endedAt: '2025-10-26T03:10:09+01:00',
			// Of the answer, nothing but the talk says which time it was.
			timeIsAmbiguous: true,
			durationSeconds: 6009,
			talkSeconds: 6000,
		},
		BERLIN,
	),
];
