import type { IDataObject } from 'n8n-workflow';

import { CAME_IN, changed, INCOMING, unanswered, type GoldenCase } from './goldenRow';

/** The vendor's own example, as its documentation page prints it. */
const SEED: IDataObject = {
	keyId: 50180345,
	callSessionId: '25010316113064799',
	called: null,
	encryptCalled: '8613242926514',
	calledInfo:
		'{"calledInfo1":null,"calledInfo5":null,"calledInfo10":null,"calledInfo4":null,"calledInfo3":null,"calledInfo2":null,"calledInfo9":null,"calledInfo8":null,"calledInfo7":null,"calledInfo6":null}',
	caller: '8613200000003',
	region: null,
	seatName: 'seatName',
	sipGroupName: 'tele-basic-test',
	callDuration: 47,
	callType: 3,
	hangupReason: 1,
	hangupCode: '1',
	callStartTime: '2025-01-03 16:10:39',
	calledAnswerTime: '2025-01-03 16:10:43',
	calledHangupTime: '2025-01-03 16:11:30',
	voiceUrl: 'agent-call-record-250103/25010316113064799.wav',
	voiceUrlList: ['agent-call-record-250103/25010316113064799.wav'],
	createTime: '2025-01-03 16:11:30',
	updateTime: '2025-01-03 16:11:30',
	ccode: '86(China)',
	hangingDirection: 1,
	labelName: '[]',
	labelNameList: [],
	remark: '11111',
	callId: '250103161038410100100',
	brandId: 101,
	brandName: 'ITNIO',
	errorReason: 'sucess call(200)',
	ringDuration: 4,
	mediaDetected: null,
};

const HIDDEN = { called: null, encryptCalled: '861380****001' };
const IS_HIDDEN = { to: '861380****001', toE164: null, externalNumber: '861380****001' };
const MISSED = { ...INCOMING, hangupReason: 8 };
const GROUP_CALL = { callType: 1 };

/** An outgoing call to a number, with the country code that the row states. */
function dialled(ccode: string | undefined, number: string, e164: string | null): GoldenCase {
	return changed(
		`${number} with country code ${ccode}: ${e164 === null ? 'not proven' : 'proven'}`,
		{ ccode, called: number, encryptCalled: number },
		{ to: number, toE164: e164, externalNumber: e164 ?? number },
	);
}

const BERLIN = 'Europe/Berlin';
const times = (start: string, answer: string | null, end: string) => ({
	callStartTime: start,
	calledAnswerTime: answer,
	calledHangupTime: end,
});
const at = (startedAt: string, answeredAt: string | null, endedAt: string) => ({
	startedAt,
	answeredAt,
	endedAt,
});

export const GOLDEN: GoldenCase[] = [
	{
		name: "the vendor's own example: an outgoing call that the agent hung up",
		row: SEED,
		record: {
			recordId: 'itnioTech:api.itniotech.com:50180345',
			platform: 'itnioTech',
			platformRecordId: '50180345',
			callId: '25010316113064799',
			direction: 'outbound',
			outcome: 'answered',
			outcomeRaw: '1',
			from: '8613200000003',
			fromName: null,
			fromE164: null,
			to: '8613242926514',
			toName: null,
			toE164: '+8613242926514',
			fromKind: 'person',
			toKind: 'external',
			externalNumber: '+8613242926514',
			lineNumber: '8613200000003',
			startedAt: '2025-01-03T16:10:39+08:00',
			answeredAt: '2025-01-03T16:10:43+08:00',
			endedAt: '2025-01-03T16:11:30+08:00',
			timeIsAmbiguous: false,
			durationSeconds: 51,
			talkSeconds: 47,
			ringSeconds: 4,
			agentName: 'seatName',
			agentExtension: null,
			queue: 'tele-basic-test',
			hangupBy: 'agent',
			hangupCause: '1',
			hasRecording: true,
			recordingFile: 'agent-call-record-250103/25010316113064799.wav',
			recordingUrl: null,
			externalReference: null,
			tags: null,
			note: '11111',
			transcription: null,
		},
	},
	changed('an agent called a customer', {}),
	changed('a customer whose number is hidden', HIDDEN, IS_HIDDEN),
	changed('a number that stands in the second field only', {
		called: null,
		encryptCalled: '8613800000001',
	}),
	changed('a customer called a line', INCOMING, CAME_IN),
	changed(
		'a customer called a line from hidden digits',
		{ ...INCOMING, caller: '861390****002' },
		{ ...CAME_IN, from: '861390****002', fromE164: null, externalNumber: '861390****002' },
	),
	changed(
		'a group call put through to an agent',
		{ ...GROUP_CALL, hangupReason: 3 },
		{
			outcomeRaw: '3',
		},
	),
	changed(
		'a customer called a line, and the row does not say who answered',
		{ ...INCOMING, seatName: null },
		{ ...CAME_IN, toKind: 'unknown', agentName: null },
	),
	changed(
		'an outgoing call without an agent',
		{ seatName: null },
		{ fromKind: 'unknown', agentName: null },
	),
	changed(
		'a kind of call that is not documented',
		{ callType: 7 },
		{
			direction: 'unknown',
			fromKind: 'unknown',
			toKind: 'unknown',
			toE164: null,
			externalNumber: null,
			lineNumber: null,
		},
	),
	unanswered(0, 'noAnswer', 'outgoing and not answered (0)'),
	unanswered(2, 'noAnswer', 'a group call that ended while the agent was rung (2)', GROUP_CALL),
	unanswered(
		2,
		'missed',
		'an incoming call that ended while it was transferred (2)',
		{ ...INCOMING, hangupReason: 2 },
		{ ...CAME_IN, outcomeRaw: '2' },
	),
	unanswered(4, 'failed', 'the call failed (4)'),
	unanswered(5, 'failed', 'the operator of the called party has no service (5)'),
	unanswered(6, 'failed', 'the called party is out of area (6)'),
	unanswered(7, 'busy', 'the called party is busy (7)'),
	unanswered(8, 'missed', 'incoming and not answered (8)', MISSED, { ...CAME_IN, outcomeRaw: '8' }),
	unanswered(
		8,
		'missed',
		'incoming and not answered, so no agent',
		{ ...MISSED, seatName: '' },
		{ ...CAME_IN, toKind: 'queue', outcomeRaw: '8', agentName: null },
	),
	unanswered(
		0,
		'noAnswer',
		'not answered, though the row does not say which way it went',
		{ callType: null },
		{
			direction: 'unknown',
			fromKind: 'unknown',
			toKind: 'unknown',
			toE164: null,
			externalNumber: null,
			lineNumber: null,
		},
	),
	unanswered(2, 'noAnswer', 'the customer answered, but the agent was only rung: nobody talked', {
		...GROUP_CALL,
		calledAnswerTime: '2025-03-04 09:15:12',
	}),
	unanswered(1, 'noAnswer', 'hung up before anybody answered'),
	unanswered(11, 'noAnswer', 'a reason that nobody knows'),
	changed(
		'answered by one agent, then lost on the way to another (2)',
		{ ...INCOMING, hangupReason: 2 },
		{ ...CAME_IN, outcomeRaw: '2' },
	),
	changed(
		'answered and hung up within the same second',
		{ callDuration: 0, calledHangupTime: '2025-03-04 09:15:09' },
		{ endedAt: '2025-03-04T09:15:09+08:00', durationSeconds: 9, talkSeconds: 0 },
	),
	changed(
		'talk time without the time of the answer',
		{ calledAnswerTime: null },
		{
			answeredAt: null,
		},
	),
	changed('an answer without talk time', { callDuration: null }, { talkSeconds: null }),
	changed(
		'hung up after the answer, but nothing says when or for how long',
		{ callDuration: undefined, calledAnswerTime: undefined },
		{ outcome: 'unknown', answeredAt: null, talkSeconds: null },
	),
	changed('the agent hung up', { hangingDirection: 1 }, { hangupBy: 'agent' }),
	changed('nobody hung up, or the system', { hangingDirection: 3 }, { hangupBy: null }),
	changed('who hung up is not said', { hangingDirection: null }, { hangupBy: null }),
	changed('several tags', { labelNameList: ['hot', 'vip'] }, { tags: 'hot, vip' }),
	changed(
		'tags as text only',
		{ labelNameList: null, labelName: '["cold", "vip"]' },
		{
			tags: 'cold, vip',
		},
	),
	changed(
		'a tag that is no list',
		{ labelNameList: undefined, labelName: 'callback' },
		{
			tags: 'callback',
		},
	),
	changed('no tags, as empty lists', { labelNameList: [], labelName: '[]' }, { tags: null }),
	changed('no tags, as null', { labelNameList: null, labelName: null }, { tags: null }),
	changed('a note', { remark: 'wants "more",\nsoon 📞' }, { note: 'wants "more",\nsoon 📞' }),
	changed(
		'not recorded',
		{ voiceUrl: null, voiceUrlList: [] },
		{
			hasRecording: false,
			recordingFile: null,
		},
	),
	changed('a recording in the list only', { voiceUrl: null }),
	changed(
		'nothing said of a recording',
		{ voiceUrl: undefined, voiceUrlList: undefined },
		{ hasRecording: null, recordingFile: null },
	),
	changed(
		'numbers as text',
		{
			keyId: '61000001',
			callDuration: '60',
			ringDuration: '9',
			callType: '3',
			hangupReason: '1',
			hangingDirection: '0',
			voiceGroupId: '12',
		},
		{},
	),
	changed(
		'text as numbers',
		{ callSessionId: 2503040915, caller: 862180000001, hangupCode: 200 },
		{
			callId: '2503040915',
		},
	),
	changed('an agent with a name in Arabic', { seatName: ' أحمد ' }, { agentName: 'أحمد' }),
	changed('an agent with a name in HTML', { seatName: '<b>Bob</b>' }, { agentName: '<b>Bob</b>' }),
	changed('no session', { callSessionId: null }, { callId: '61000001' }),
	dialled('86', '8613800000001', '+8613800000001'),
	dialled('1(United States)', '12125550123', '+12125550123'),
	dialled('40(Romania)', '40721000001', '+40721000001'),
	dialled('65(Singapore)', '6561234567', '+6561234567'),
	// National numbers that begin like the code of their own country.
	dialled('91(India)', '9123456789', null),
	dialled('39(Italy)', '3931234567', null),
	dialled('55(Brazil)', '55912345678', null),
	dialled('65(Singapore)', '65123456', null),
	dialled('40(Romania)', '8613800000001', null),
	dialled('', '8613800000001', null),
	dialled(undefined, '8613800000001', null),
	dialled('86(China)', '013800000001', null),
	// These prove themselves.
	dialled('', '+8613800000001', '+8613800000001'),
	dialled('', '008613800000001', '+8613800000001'),
	changed(
		'times with an offset, as the vendor has them in older records',
		times('2025-03-04T04:15:00+03:00', '2025-03-04T01:15:09Z', '2025-03-04T09:16:09+0800'),
	),
	changed(
		'a call that lasts over midnight',
		times('2025-12-31 23:59:50', '2025-12-31 23:59:59', '2026-01-01 00:00:59'),
		at('2025-12-31T23:59:50+08:00', '2025-12-31T23:59:59+08:00', '2026-01-01T00:00:59+08:00'),
	),
	changed(
		'a call from before the hour that is skipped in spring to after it',
		times('2025-03-30 01:59:50', '2025-03-30 01:59:59', '2025-03-30 03:00:59'),
		at('2025-03-30T01:59:50+01:00', '2025-03-30T01:59:59+01:00', '2025-03-30T03:00:59+02:00'),
		BERLIN,
	),
	changed(
		'a call that begins in the first pass of the hour that is repeated in autumn, and ends in the second',
		times('2025-10-26 02:59:50', '2025-10-26 02:59:59', '2025-10-26 02:00:59'),
		at('2025-10-26T02:59:50+02:00', '2025-10-26T02:59:59+02:00', '2025-10-26T02:00:59+01:00'),
		BERLIN,
	),
	changed(
		'a call in the repeated hour that may be in either pass',
		times('2025-10-26 02:15:00', '2025-10-26 02:15:09', '2025-10-26 02:16:09'),
		{
			...at('2025-10-26T02:15:00+02:00', '2025-10-26T02:15:09+02:00', '2025-10-26T02:16:09+02:00'),
			timeIsAmbiguous: true,
		},
		BERLIN,
	),
	changed(
		'no time of the end',
		{ calledHangupTime: null },
		{ endedAt: null, durationSeconds: null },
	),
	changed(
		'a time that the calendar does not have',
		{ callStartTime: '2025-02-30 09:15:00' },
		{ startedAt: null, durationSeconds: null },
	),
];
