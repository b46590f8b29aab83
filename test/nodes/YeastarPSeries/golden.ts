import { readFileSync } from 'node:fs';

import type { IDataObject } from 'n8n-workflow';

import { DIRECTIONS, OUTCOMES, TIMES } from './goldenCalls';
import {
	CAME_IN,
	changed,
	INBOUND,
	IS_NEW,
	leg,
	NEW,
	NO_AGENT,
	RECORD,
	type GoldenCase,
} from './goldenRow';

/** The vendor's own example of a reply, letter for letter as its documentation page prints it. */
export const SEED = readFileSync(`${__dirname}/cdrSearch.txt`, 'utf8');

const seedRows = (JSON.parse(SEED) as { data: IDataObject[] }).data;

/** What the three calls of the example have in common: extension 2005 of a PBX in UTC+8 called out. */
const seedRecord = {
	...RECORD,
	from: '2005',
	fromName: 'Kristin Hale',
	to: '21000',
	toE164: null,
	externalNumber: '21000',
	lineNumber: '2005',
	agentName: 'Kristin Hale',
	hasRecording: false,
	recordingFile: null,
};

const SEED_CASES: GoldenCase[] = [
	{
		name: "the vendor's example 1: answered at once",
		zone: 'Asia/Shanghai',
		row: seedRows[0],
		record: {
			...seedRecord,
			recordId: 'yeastarPSeries:pbx.example.com:8088:2710',
			platformRecordId: '2710',
			callId: '202205301453416CEAB',
			to: '1000',
			externalNumber: '1000',
			startedAt: '2022-05-30T14:53:41+08:00',
			answeredAt: '2022-05-30T14:53:41+08:00',
			endedAt: '2022-05-30T14:53:48+08:00',
			durationSeconds: 7,
			talkSeconds: 7,
			ringSeconds: 0,
			hangupBy: 'caller',
			hangupCause: 'src hangup',
		},
	},
	{
		name: "the vendor's example 2: busy extension, no duration in the row",
		zone: 'Asia/Shanghai',
		row: seedRows[1],
		record: {
			...seedRecord,
			recordId: 'yeastarPSeries:pbx.example.com:8088:2711',
			platformRecordId: '2711',
			callId: '2022053014550020730',
			outcome: 'noAnswer',
			outcomeRaw: 'NO ANSWER',
			startedAt: '2022-05-30T14:55:00+08:00',
			answeredAt: null,
			endedAt: null,
			durationSeconds: null,
			talkSeconds: 0,
			ringSeconds: null,
			hangupBy: null,
			hangupCause: 'dst extension_busy_no_forward',
		},
	},
	{
		name: "the vendor's example 3: answered after 2 seconds, recorded",
		zone: 'Asia/Shanghai',
		row: seedRows[2],
		record: {
			...seedRecord,
			recordId: 'yeastarPSeries:pbx.example.com:8088:2712',
			platformRecordId: '2712',
			callId: '202205301455494E686',
			startedAt: '2022-05-30T14:55:49+08:00',
			answeredAt: '2022-05-30T14:55:51+08:00',
			endedAt: '2022-05-30T14:56:43+08:00',
			durationSeconds: 54,
			talkSeconds: 52,
			ringSeconds: 2,
			hasRecording: true,
			recordingFile: '20220530145555-1653893749.6-2005-21000-Outbound.wav',
		},
	},
];

/** An inbound call through menu and queue to a person, as a PBX of new firmware gave it. */
const LEGS: GoldenCase[] = [
	leg(
		'6AE7B0D5-00000308',
		'leg 1: the menu',
		{
			call_to: 'IVR Main<6200>',
			duration: 13,
			ring_duration: undefined,
			talk_duration: 13,
			reason: undefined,
		},
		{
			...NO_AGENT,
			to: '6200',
			toName: 'IVR Main',
			toKind: 'menu',
			answeredAt: '2026-11-02T09:13:25+02:00',
			endedAt: '2026-11-02T09:13:38+02:00',
			durationSeconds: 13,
			talkSeconds: 13,
			ringSeconds: 0,
			hangupBy: null,
			hangupCause: null,
		},
	),
	leg(
		'6AE7B0D5-00000309',
		'leg 2: the queue',
		{ call_to: 'Queue Support<6400>', duration: 85, ring_duration: 11, talk_duration: 74 },
		{
			...NO_AGENT,
			to: '6400',
			toName: 'Queue Support',
			toKind: 'queue',
			queue: 'Support',
			answeredAt: '2026-11-02T09:13:36+02:00',
			endedAt: '2026-11-02T09:14:50+02:00',
			durationSeconds: 85,
			talkSeconds: 74,
			ringSeconds: 11,
		},
	),
	leg(
		'6AE7B0D5-0000030A',
		'leg 3: the person, with the recording',
		{ duration: 85, ring_duration: 11, talk_duration: 74, record_file: 'a.wav' },
		{
			answeredAt: '2026-11-02T09:13:36+02:00',
			endedAt: '2026-11-02T09:14:50+02:00',
			durationSeconds: 85,
			talkSeconds: 74,
			ringSeconds: 11,
			hasRecording: true,
			recordingFile: 'a.wav',
		},
	),
];

const PARTIES: GoldenCase[] = [
	changed('a bare number', { call_from: '2005' }, { fromName: null, agentName: null }),
	changed('number<number>', { call_from: '2005<2005>' }, { fromName: null, agentName: null }),
	changed('<number>', { call_from: '<2005>' }, { fromName: null, agentName: null }),
	changed('a number as a number', { call_from: 2005 }, { fromName: null, agentName: null }),
	changed(
		'a name with brackets, right to left and a picture in it',
		{ call_from: '<b>أحمد</b> 📞<2005>' },
		{ fromName: '<b>أحمد</b> 📞', agentName: '<b>أحمد</b> 📞' },
	),
	changed(
		'a destination without a number',
		{ ...INBOUND, call_to: 'Play Prompt welcome' },
		{ ...CAME_IN, ...NO_AGENT, to: null, toName: 'Play Prompt welcome', toKind: 'announcement' },
	),
	changed(
		'a caller that withholds its number',
		{ ...INBOUND, call_from: 'Anonymous<anonymous>' },
		{
			...CAME_IN,
			from: null,
			fromName: 'Anonymous<anonymous>',
			fromE164: null,
			externalNumber: null,
		},
	),
	changed(
		'international prefix 00',
		{ call_to: '0040744123456' },
		{ to: '0040744123456', toE164: '+40744123456', externalNumber: '+40744123456' },
	),
	changed(
		'a national number stays as it is',
		{ call_to: '0744123456' },
		{ to: '0744123456', toE164: null, externalNumber: '0744123456' },
	),
];

const NEW_ROWS: GoldenCase[] = [
	changed('new firmware', NEW, IS_NEW),
	changed(
		'fields of their own come before what is written together',
		{ ...NEW, call_from: 'Dana<999>', call_to: 'x<1>', call_to_name: 'Ana Pop' },
		{ ...IS_NEW, toName: 'Ana Pop' },
	),
	changed(
		'empty fields of their own',
		{ ...NEW, call_from_number: '', call_from_name: ' ' },
		IS_NEW,
	),
	changed(
		'empty texts instead of fields left out',
		{ ...NEW, did_number: '', src_trunk: '', pin_code: '', call_note: '', record_file: ' ' },
		{ ...IS_NEW, hasRecording: false, recordingFile: null },
	),
	changed(
		'a call note with codes and a remark',
		{
			...NEW,
			call_note: {
				id: '20261102081320-0FA8E',
				group_id: 1,
				disposition_code_list: [
					{ id: 3, name: 'Sale', description: '' },
					{ id: 8, name: 'Call back', description: 'within a day' },
				],
				remark: 'wants an offer',
				agent_name: 'Dana Ortiz',
			},
		},
		{ ...IS_NEW, note: 'wants an offer', tags: 'Sale, Call back' },
	),
	changed(
		'a call note as text',
		{ ...NEW, call_note: 'wants an offer' },
		{ ...IS_NEW, note: 'wants an offer' },
	),
	changed('numbers as text', {
		timestamp: '1793600000',
		duration: '41',
		ring_duration: '9',
		talk_duration: '32',
		id: '4101',
	}),
	changed(
		'neither id nor new_id: a hash of what does not change',
		{ id: undefined },
		{
			recordId: 'yeastarPSeries:pbx.example.com:8088:f11da47c7daf66a7805f7ef6',
			platformRecordId: 'f11da47c7daf66a7805f7ef6',
		},
	),
	changed('no id of the call at all', { uid: undefined }, { callId: '4101' }),
];

export const GOLDEN: GoldenCase[] = [
	...SEED_CASES,
	changed('the worked example of the contract', {}),
	...LEGS,
	...PARTIES,
	...NEW_ROWS,
	...OUTCOMES,
	...DIRECTIONS,
	...TIMES,
];
