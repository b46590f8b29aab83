import { readFileSync } from 'node:fs';

import type { IDataObject } from 'n8n-workflow';

import { changed, endedWith, RECORD, unanswered, type GoldenCase } from './goldenRow';

/** The vendor's own example of a reply, letter for letter as its documentation page prints it. */
export const SEED = readFileSync(`${__dirname}/getBill.txt`, 'utf8');

const seedRow = (JSON.parse(SEED) as { data: { result: { bills: IDataObject[] } } }).data.result
	.bills[0];

const INBOUND = { direction: 'callin', displaynumber: '13800000001', destnumber: '02180000001' };
const CAME_IN = {
	direction: 'inbound' as const,
	fromKind: 'external' as const,
	toKind: 'person' as const,
	from: '13800000001',
	to: '02180000001',
	externalNumber: '13800000001',
	lineNumber: '02180000001',
};

const BUCHAREST = 'Europe/Bucharest';
/** A call on a day when clocks in Bucharest change. */
const on = (day: string, start: string, answer: string, end: string, duration: number) => ({
	starttime: `${day} ${start}`,
	answertime: `${day} ${answer}`,
	endtime: `${day} ${end}`,
	duration,
});
const at = (started: string, answered: string, ended: string, durationSeconds: number) => ({
	startedAt: started,
	answeredAt: answered,
	endedAt: ended,
	durationSeconds,
});

export const GOLDEN: GoldenCase[] = [
	{
		name: "the vendor's own example: a group call that nobody answered",
		row: seedRow,
		record: {
			...RECORD,
			recordId: 'commo:voice.example.com:4434:22670',
			platformRecordId: '22670',
			callId: '22670',
			outcome: 'noAnswer',
			outcomeRaw: '10020',
			from: '2190170001',
			to: '13387525701',
			externalNumber: '13387525701',
			lineNumber: '2190170001',
			startedAt: '2019-09-27T14:58:37+08:00',
			answeredAt: null,
			endedAt: '2019-09-27T14:59:05+08:00',
			durationSeconds: 28,
			talkSeconds: 0,
			agentExtension: null,
			fromKind: 'unknown',
			hangupBy: 'callee',
			hangupCause: '10020',
			hasRecording: false,
			recordingFile: null,
			externalReference: null,
		},
	},
	changed('an extension called a customer', {}),
	changed('a customer called a line', INBOUND, CAME_IN),
	unanswered('a customer called and nobody answered', INBOUND, { ...CAME_IN, outcome: 'missed' }),
	unanswered('nobody answered, said with an empty time', { answertime: '' }, {}),
	unanswered(
		'a time that was never set, as epoch zero in China',
		{ answertime: '1970-01-01 08:00:00' },
		{},
	),
	unanswered('a time that was never set, as zeros', { answertime: '0000-00-00 00:00:00' }, {}),
	endedWith(10002, 'canceled', 'call cancelled'),
	endedWith(10003, 'rejected', 'refused'),
	endedWith(10004, 'failed', 'outbound line failed'),
	endedWith(10006, 'busy', 'busy'),
	endedWith(10008, 'failed', 'extension not registered'),
	endedWith(10009, 'failed', 'destination unreachable'),
	endedWith(10013, 'failed', 'extension does not exist'),
	endedWith(10027, 'failed', 'number changed'),
	endedWith(10005, 'noAnswer', 'user did not answer in time'),
	endedWith(10017, 'noAnswer', 'a code with two meanings in two lists'),
	endedWith(10999, 'noAnswer', 'a code nobody knows'),
	changed(
		'an answered call keeps its cause, whatever it is',
		{ hangupcause: 10006 },
		{ outcomeRaw: '10006', hangupCause: '10006' },
	),
	changed('the caller hung up', { hangupdirection: 10040 }, { hangupBy: 'caller' }),
	changed(
		'the caller hung up, in the older list of codes',
		{ hangupdirection: 10014 },
		{ hangupBy: 'caller' },
	),
	changed(
		'the callee hung up, in the older list of codes',
		{ hangupdirection: 10015 },
		{ hangupBy: 'callee' },
	),
	changed('somebody hung up, and no list says who', { hangupdirection: 10031 }, { hangupBy: null }),
	changed(
		'one extension called another',
		{ callmethod: 1, destnumber: '8002', displaynumber: '8001', customuuid: '0' },
		{
			direction: 'internal',
			toKind: 'person',
			from: '8001',
			to: '8002',
			externalNumber: null,
			lineNumber: null,
			externalReference: null,
		},
	),
	changed(
		'answered and hung up within the same second',
		{ billsec: 0, endtime: '2025-03-04 09:15:08', duration: 8 },
		{ endedAt: '2025-03-04T09:15:08+08:00', durationSeconds: 8, talkSeconds: 0 },
	),
	changed('talk time without the time of the answer', { answertime: null }, { answeredAt: null }),
	unanswered(
		'nothing is said of talk time or answer',
		{ billsec: undefined },
		{ outcome: 'unknown', talkSeconds: null },
	),
	changed('numbers as text', {
		id: '90001',
		duration: '80',
		billsec: '72',
		callmethod: '3',
		hangupdirection: '10041',
		hangupcause: '10001',
	}),
	changed(
		'an id that JavaScript cannot count to',
		{ id: '900719925474099312' },
		{
			recordId: 'commo:voice.example.com:4434:900719925474099312',
			platformRecordId: '900719925474099312',
			callId: '900719925474099312',
		},
	),
	changed(
		'a number with its country',
		{ destnumber: '+40721234567' },
		{ to: '+40721234567', toE164: '+40721234567', externalNumber: '+40721234567' },
	),
	changed(
		'a number with the international prefix',
		{ ...INBOUND, displaynumber: '0040721234567' },
		{ ...CAME_IN, from: '0040721234567', fromE164: '+40721234567', externalNumber: '+40721234567' },
	),
	changed(
		'no number is shown: the extension called',
		{ displaynumber: '' },
		{ from: '8001', lineNumber: null },
	),
	changed(
		'a hidden caller',
		{ ...INBOUND, displaynumber: '' },
		{ ...CAME_IN, from: null, externalNumber: null },
	),
	changed(
		'no extension took part',
		{ extnumber: '' },
		{ fromKind: 'unknown', agentExtension: null },
	),
	unanswered(
		'a customer called a menu, and no extension took part',
		{ ...INBOUND, extnumber: '' },
		{ ...CAME_IN, toKind: 'unknown', outcome: 'missed', agentExtension: null },
	),
	changed(
		'a direction nobody knows',
		{ direction: 'callback' },
		{
			direction: 'unknown',
			fromKind: 'unknown',
			toKind: 'unknown',
			from: '02180000001',
			externalNumber: null,
			lineNumber: '02180000001',
		},
	),
	changed(
		'the installation says nothing of recordings',
		{ recordfilename: undefined, downloadip: undefined },
		{ hasRecording: null, recordingFile: null },
	),
	changed(
		'the call is still going on',
		{ endtime: '', duration: 8, billsec: 0 },
		{ endedAt: null, durationSeconds: 8, talkSeconds: 0 },
	),
	changed('no readable start', { starttime: '' }, { startedAt: null }),
	changed('it ended before it was answered', { endtime: '2025-03-04 09:15:07' }, { endedAt: null }),
	changed(
		'text of any kind',
		{ customuuid: '👩‍💼 أحمد <b>"x"</b>\\n', extnumber: ' 8001 ' },
		{ externalReference: '👩‍💼 أحمد <b>"x"</b>\\n' },
	),
	changed('fields the documentation does not know', {
		recordurl: 'http://x/y.mp3',
		ext: '7',
		uuid: null,
	}),
	changed(
		'before clocks go back',
		on('2025-10-26', '02:59:50', '02:59:58', '03:01:10', 80),
		at('2025-10-26T02:59:50+03:00', '2025-10-26T02:59:58+03:00', '2025-10-26T03:01:10+03:00', 80),
		BUCHAREST,
	),
	changed(
		'across the moment in which clocks go back',
		on('2025-10-26', '03:59:50', '03:59:58', '03:01:10', 80),
		at('2025-10-26T03:59:50+03:00', '2025-10-26T03:59:58+03:00', '2025-10-26T03:01:10+02:00', 80),
		BUCHAREST,
	),
	changed(
		'in the second pass of the repeated hour, as its end shows',
		on('2025-10-26', '03:59:50', '03:59:58', '04:01:10', 80),
		at('2025-10-26T03:59:50+02:00', '2025-10-26T03:59:58+02:00', '2025-10-26T04:01:10+02:00', 80),
		BUCHAREST,
	),
	changed(
		'in the repeated hour, and nothing says in which pass',
		on('2025-10-26', '03:30:00', '03:30:08', '03:31:20', 80),
		{
			...at(
				'2025-10-26T03:30:00+03:00',
				'2025-10-26T03:30:08+03:00',
				'2025-10-26T03:31:20+03:00',
				80,
			),
			timeIsAmbiguous: true,
		},
		BUCHAREST,
	),
	changed(
		'across the moment in which clocks go forward',
		on('2025-03-30', '02:59:50', '02:59:58', '04:01:10', 80),
		at('2025-03-30T02:59:50+02:00', '2025-03-30T02:59:58+02:00', '2025-03-30T04:01:10+03:00', 80),
		BUCHAREST,
	),
	changed(
		'in the zone of the credential',
		{},
		at('2025-03-04T09:15:00-03:30', '2025-03-04T09:15:08-03:30', '2025-03-04T09:16:20-03:30', 80),
		'America/St_Johns',
	),
];
