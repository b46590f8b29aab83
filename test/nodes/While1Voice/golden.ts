import { readFileSync } from 'node:fs';

import type { IDataObject } from 'n8n-workflow';

import { changed, outbound, RECORD, unanswered, type GoldenCase } from './goldenRow';

/** The vendor's own example of a reply, letter for letter as its page prints it, with a brace too many at its end. */
const PRINTED = readFileSync(`${__dirname}/cdr.txt`, 'utf8');
export const SEED = PRINTED.slice(0, PRINTED.lastIndexOf('}'));

const seedRow = (JSON.parse(SEED) as { results: IDataObject[] }).results[0];

const URLS = 'https://old.example.com/monitor';

/** A call of ten minutes that began at a time which clocks in Bucharest show twice on 2025-10-26. */
const repeated = (uniqueid: unknown) => ({
	uniqueid: uniqueid as string,
	time: '2025-10-26 03:30:00',
	time_end: '2025-10-26 03:40:00',
	duration: '00:10:00',
});

export const GOLDEN: GoldenCase[] = [
	{
		name: "the vendor's own example: an outbound call that failed",
		row: seedRow,
		record: {
			...RECORD,
			recordId: 'while1Voice:pbx.example.com:29056',
			platformRecordId: '29056',
			callId: '1710401324.480',
			direction: 'outbound',
			outcome: 'failed',
			outcomeRaw: 'FAILED',
			from: '0312285000',
			fromName: 'John Doe',
			fromKind: 'person',
			toKind: 'external',
			to: '0700000000',
			externalNumber: '0700000000',
			lineNumber: '0312285000',
			startedAt: '2024-03-14T09:28:44+02:00',
			endedAt: '2024-03-14T09:29:00+02:00',
			durationSeconds: 15,
			talkSeconds: 0,
			ringSeconds: 0,
			queue: null,
			hangupCause: '34',
			hasRecording: false,
			recordingFile: null,
			recordingUrl: null,
		},
	},
	changed('an inbound call that an agent of a queue answered', {}),
	outbound('an outbound call that was answered'),
	changed('an id as a number', { id: 30001 }),
	unanswered('nobody answered an inbound call: missed', {}, {}),
	unanswered(
		'nobody answered, and no queue either: who was called is unknown',
		{ qname: null },
		{ toKind: 'unknown', queue: null },
	),
	changed(
		'a menu that answered names neither a user nor a queue',
		{ code: 'inbound_ivr', user_fullname: null, qname: null, dstchannel_formatted: '' },
		{ toKind: 'menu', agentName: null, agentExtension: null, queue: null },
	),
	changed(
		'a queue that answered without a user',
		{ user_fullname: null, dstchannel_formatted: '' },
		{ toKind: 'queue', agentName: null, agentExtension: null },
	),
	changed('a user who answered behind a menu', { code: 'inbound_ivr' }),
	unanswered(
		'NOANSWER without its space means the same',
		{ call_status: 'NOANSWER' },
		{ outcomeRaw: 'NOANSWER' },
	),
	outbound(
		'nobody answered an outbound call: noAnswer',
		{ call_status: 'NO ANSWER', bill_duration: '00:00:00' },
		{ outcome: 'noAnswer', outcomeRaw: 'NO ANSWER', talkSeconds: 0 },
	),
	unanswered('busy', { call_status: 'BUSY' }, { outcome: 'busy', outcomeRaw: 'BUSY' }),
	unanswered(
		'congestion: failed',
		{ call_status: 'CONGESTION' },
		{ outcome: 'failed', outcomeRaw: 'CONGESTION' },
	),
	unanswered('failed', { call_status: 'FAILED' }, { outcome: 'failed', outcomeRaw: 'FAILED' }),
	unanswered(
		'a status nobody documents stays unknown',
		{ call_status: 'CHANUNAVAIL' },
		{ outcome: 'unknown', outcomeRaw: 'CHANUNAVAIL' },
	),
	unanswered('no status', { call_status: null }, { outcome: 'unknown', outcomeRaw: null }),
	unanswered(
		'ANSWERED, but not a second of talk: nobody knows',
		{ call_status: 'ANSWERED' },
		{ outcome: 'unknown', outcomeRaw: 'ANSWERED' },
	),
	changed(
		'NO ANSWER, but talk: what was said counts',
		{ call_status: 'NO ANSWER' },
		{ outcomeRaw: 'NO ANSWER' },
	),
	changed(
		'more than 99 hours',
		{
			time_end: '2025-03-09 12:19:05',
			duration: '123:04:05',
			bill_duration: '123:04:00',
			ring_time: '00:00:05',
		},
		{
			endedAt: '2025-03-09T12:19:05+02:00',
			durationSeconds: 443_045,
			talkSeconds: 443_040,
			ringSeconds: 5,
		},
	),
	changed(
		'durations in another form are unknown, and so is who answered',
		{ duration: '80', bill_duration: 72, ring_time: '00:75:00' },
		{ durationSeconds: null, talkSeconds: null, ringSeconds: null, outcome: 'unknown' },
	),
	changed('a caller without a name', { caller_id: '<0722000001>' }, { fromName: null }),
	changed('an empty name', { caller_id: '"" <0722000001>' }, { fromName: null }),
	changed(
		'the number as its own name',
		{ caller_id: '"0722000001" <0722000001>' },
		{ fromName: null },
	),
	changed('a bare number', { caller_id: '0722000001' }, { fromName: null }),
	changed('a name without quotes', { caller_id: 'Ioana Pop <0722000001>' }),
	changed(
		'quotes and brackets inside a name',
		{ caller_id: '"Zoë "Zed" <Łukasz>" <0722000001>' },
		{ fromName: 'Zoë "Zed" <Łukasz>' },
	),
	changed(
		'escaped quotes inside a name',
		{ caller_id: '"Zoë \\"Zed\\" \\\\o/" <0722000001>' },
		{ fromName: 'Zoë "Zed" \\o/' },
	),
	changed(
		'a name from right to left',
		{ caller_id: '"أحمد 📞" <0722000001>' },
		{ fromName: 'أحمد 📞' },
	),
	changed(
		'a number with its country',
		{ source: '+40722000001' },
		{ from: '+40722000001', fromE164: '+40722000001', externalNumber: '+40722000001' },
	),
	outbound(
		'a number with the international prefix',
		{ destination: '0044 20 7946 0000' },
		{ to: '0044 20 7946 0000', toE164: '+442079460000', externalNumber: '+442079460000' },
	),
	changed(
		'a withheld number',
		{ source: '', caller_id: '"Anonymous" <anonymous>' },
		{ from: null, fromName: 'Anonymous', externalNumber: null },
	),
	changed(
		'monitored in two legs: the first is the recording',
		{
			recording_file: null,
			recording_url: null,
			monitor_files: 'm-1.mp3\nm-2.mp3',
			monitor_urls: `${URLS}/m-1.mp3\r\n${URLS}/m-2.mp3`,
		},
		{ recordingFile: 'm-1.mp3', recordingUrl: `${URLS}/m-1.mp3` },
	),
	changed('recorded and monitored: the recording counts', {
		monitor_files: 'm-1.mp3',
		monitor_urls: `${URLS}/m-1.mp3`,
	}),
	changed(
		'a firmware without recordings',
		{
			recording_file: undefined,
			recording_url: undefined,
			monitor_files: undefined,
			monitor_urls: undefined,
		},
		{ hasRecording: null, recordingFile: null, recordingUrl: null },
	),
	changed(
		'a leg of a call that was transferred',
		{ linkedid: '1741072440.1190', transfers: '8002' },
		{ callId: '1741072440.1190' },
	),
	changed('a call without related calls', { linkedid: '' }, { callId: '30001' }),
	changed(
		'a related call whose id came as a number has lost its zeros, so it is not used',
		{ linkedid: 1741072500.12 },
		{ callId: '30001' },
	),
	outbound(
		'the agent on an old SIP channel',
		{ channel_formatted: 'SIP/8001' },
		{ agentExtension: '8001' },
	),
	outbound(
		'a local channel is no phone',
		{ channel_formatted: 'Local/0700000000@from-internal' },
		{ agentExtension: null },
	),
	outbound(
		'without a user, the channel may be a trunk',
		{ user_fullname: null },
		{ fromKind: 'unknown', agentName: null, agentExtension: null },
	),
	changed(
		'a direction nobody documents',
		{ direction: 'LOCAL' },
		{
			direction: 'unknown',
			fromKind: 'unknown',
			toKind: 'unknown',
			externalNumber: null,
			lineNumber: null,
			agentExtension: null,
		},
	),
	changed('no hangup cause', { call_status_info: 'DS:ANSWER' }, { hangupCause: null }),
	changed(
		'what comes after the call',
		{
			external_id: 'crm-5512',
			comments: 'asked for a quote,\n"soon"',
			transcription_id: '9',
			transcription_text: 'Bună ziua.',
		},
		{
			externalReference: 'crm-5512',
			note: 'asked for a quote,\n"soon"',
			transcription: 'Bună ziua.',
		},
	),
	changed('fields that only some installations send', { user_id: 17, project_alias: 'my' }),
	changed('the repeated hour, before clocks go back: uniqueid says it', repeated('1761438600.7'), {
		startedAt: '2025-10-26T03:30:00+03:00',
		endedAt: '2025-10-26T03:40:00+03:00',
		durationSeconds: 600,
	}),
	changed('the repeated hour, after clocks went back: uniqueid says it', repeated('1761442200.7'), {
		startedAt: '2025-10-26T03:30:00+02:00',
		endedAt: '2025-10-26T03:40:00+02:00',
		durationSeconds: 600,
	}),
	changed(
		'the repeated hour, with the name of the system in front',
		repeated('pbx-1-1761442200.7'),
		{
			startedAt: '2025-10-26T03:30:00+02:00',
			endedAt: '2025-10-26T03:40:00+02:00',
			durationSeconds: 600,
		},
	),
	...[null, '1761442199.7', 1761442200.7, '1761449400.7'].map((uniqueid) =>
		changed(
			`the repeated hour with a uniqueid of ${JSON.stringify(uniqueid)}: ambiguous`,
			repeated(uniqueid),
			{
				startedAt: '2025-10-26T03:30:00+03:00',
				endedAt: '2025-10-26T03:40:00+03:00',
				durationSeconds: 600,
				timeIsAmbiguous: true,
			},
		),
	),
	changed(
		'a call across the hour that spring skips',
		{
			uniqueid: '1743295800.7',
			time: '2025-03-30 02:50:00',
			time_end: '2025-03-30 04:05:00',
			duration: '00:15:00',
		},
		{
			startedAt: '2025-03-30T02:50:00+02:00',
			endedAt: '2025-03-30T04:05:00+03:00',
			durationSeconds: 900,
		},
	),
	changed(
		'a PBX with another clock',
		{ uniqueid: '1741076100.1201' },
		{ startedAt: '2025-03-04T09:15:00+01:00', endedAt: '2025-03-04T09:16:20+01:00' },
		'Europe/Berlin',
	),
	changed(
		'an end before the start is none',
		{ time_end: '2025-03-04 09:14:59' },
		{ endedAt: null },
	),
	changed('an end that is no time', { time_end: '0000-00-00 00:00:00' }, { endedAt: null }),
];
