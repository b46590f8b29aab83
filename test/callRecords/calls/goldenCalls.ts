import type { Call } from '../../../nodes/callRecords/call';
import { CUSTOMER, LINE, type Scene } from './drawing';

/** What a call must say that has these legs; see `draw`. */
export interface Golden {
	title: string;
	scene?: Scene;
	legs: string[];
	call: Partial<Call>;
}

const OUT: Scene = { direction: 'outbound', from: 'Ann Lee (4005)' };
const INTERNAL: Scene = { direction: 'internal', from: 'Ann Lee (4005)' };
const BUCHAREST = { zone: 'Europe/Bucharest' };

/** Inbound: menus, queues, groups. */
const INBOUND: Golden[] = [
	{
		title: 'menu, queue, agent, survey',
		legs: [
			'IVR Welcome (6200)   |==',
			'IVR Main (6201)      |  =',
			'Queue Sales (6400)   |   .=======     | file=a.wav',
			'Ann Lee (4005)       |   .=======     | file=a.wav',
			'Satisfaction Survey  |           =    | by=caller',
		],
		call: {
			direction: 'inbound',
			outcome: 'answered',
			answeredBy: 'person',
			startedAt: '2026-06-30T09:00:00+03:00',
			answeredAt: '2026-06-30T09:00:40+03:00',
			endedAt: '2026-06-30T09:02:00+03:00',
			durationSeconds: 120,
			waitSeconds: 40,
			talkSeconds: 70,
			from: CUSTOMER,
			to: '6200',
			toName: 'Welcome',
			externalNumber: CUSTOMER,
			lineNumber: LINE,
			agentName: 'Ann Lee',
			agentExtension: '4005',
			queue: 'Sales',
			hangupBy: 'caller',
			hasRecording: true,
			recordingFile: 'a.wav',
			transferCount: 0,
			path: 'IVR Welcome (6200) > IVR Main (6201) > Queue Sales (6400) > Ann Lee (4005) > Satisfaction Survey',
		},
	},
	{
		title: 'menu, queue, nobody',
		legs: ['IVR Welcome (6200)   |==', 'Queue Sales (6400)   |  ......  | by=caller'],
		call: {
			outcome: 'missed',
			answeredBy: 'system',
			answeredAt: null,
			waitSeconds: 80,
			talkSeconds: 0,
			agentName: null,
			agentExtension: null,
			queue: 'Sales',
			hangupBy: 'caller',
			hasRecording: false,
			path: 'IVR Welcome (6200) > Queue Sales (6400)',
		},
	},
	{
		title: 'a menu only: answered, says its row',
		legs: ['IVR Welcome (6200)   |==='],
		call: {
			outcome: 'missed',
			answeredBy: 'system',
			answeredAt: null,
			durationSeconds: 30,
			waitSeconds: 30,
			talkSeconds: 0,
			path: 'IVR Welcome (6200)',
		},
	},
	{
		title: 'a menu and an announcement (closed today)',
		legs: ['IVR Welcome (6200)   |==', 'Play Prompt closed   |  ===  | by=caller'],
		call: {
			outcome: 'missed',
			answeredBy: 'system',
			waitSeconds: 50,
			talkSeconds: 0,
			hangupBy: 'caller',
			path: 'IVR Welcome (6200) > Play Prompt closed',
		},
	},
	{
		title: 'a direct call that is answered',
		legs: ['Ann Lee (4005)       |..====  | by=callee file=a.wav'],
		call: {
			outcome: 'answered',
			waitSeconds: 20,
			talkSeconds: 40,
			durationSeconds: 60,
			hangupBy: 'callee',
			recordingFile: 'a.wav',
			path: 'Ann Lee (4005)',
		},
	},
	{
		title: 'a direct call that nobody takes',
		legs: ['Ann Lee (4005)       |...'],
		call: { outcome: 'missed', answeredBy: null, waitSeconds: 30, talkSeconds: 0 },
	},
	{
		title: 'a queue that answers without an agent plays music only',
		legs: ['Queue Sales (6400)   |====='],
		call: { outcome: 'missed', answeredBy: 'system', talkSeconds: 0, waitSeconds: 50 },
	},
	{
		title: 'the first agent of a queue does not answer, the second does',
		legs: [
			'Queue Sales (6400)   |.....====',
			'Ann Lee (4005)       |...',
			'Bob Orr (4006)       |   ..====',
		],
		call: {
			outcome: 'answered',
			agentName: 'Bob Orr',
			agentExtension: '4006',
			waitSeconds: 50,
			talkSeconds: 40,
			transferCount: 0,
			path: 'Queue Sales (6400) > Ann Lee (4005) > Bob Orr (4006)',
		},
	},
	{
		title: 'two queues: given up in the first, answered in the second',
		legs: [
			'Queue Sales (6400)   |....',
			'Queue Support (6401) |    ..===',
			'Bob Orr (4006)       |    ..===',
		],
		call: {
			outcome: 'answered',
			queue: 'Sales',
			agentName: 'Bob Orr',
			waitSeconds: 60,
			path: 'Queue Sales (6400) > Queue Support (6401) > Bob Orr (4006)',
		},
	},
	{
		title: 'all agents reject, the caller gives up in the queue',
		legs: [
			'Queue Sales (6400)   |......  | by=caller',
			'Ann Lee (4005)       |..r',
			'Bob Orr (4006)       |   .r',
		],
		call: { outcome: 'missed', answeredBy: null, hangupBy: 'caller', agentName: null },
	},
	{
		title: 'an extension that is busy, and nothing else',
		legs: ['IVR Welcome (6200)   |==', 'Ann Lee (4005)       |  .b'],
		call: { outcome: 'busy', answeredBy: 'system', talkSeconds: 0, waitSeconds: 30 },
	},
	{
		title: 'the caller gives up while the last phone of the queue rings',
		legs: [
			'Queue Sales (6400)   |......',
			'Ann Lee (4005)       |...r',
			'Bob Orr (4006)       |   ...c',
		],
		call: { outcome: 'missed', answeredBy: null, waitSeconds: 60 },
	},
	{
		title: 'an extension that is busy, and an announcement that says so',
		legs: ['Ann Lee (4005)       |.b', 'Play Prompt busy     | =='],
		call: { outcome: 'busy', answeredBy: 'system', talkSeconds: 0 },
	},
	{
		title: 'the recording of the agent comes before the longer one of the queue',
		legs: [
			'Queue Sales (6400)   |.=====  | file=queue.wav',
			'Ann Lee (4005)       |...===  | file=agent.wav',
		],
		call: { recordingFile: 'agent.wav', talkSeconds: 30 },
	},
	{
		title: 'the caller gives up while a group rings',
		legs: ['RingGroup Office (6300) |...', 'Ann Lee (4005)          |...c'],
		call: { outcome: 'missed', answeredBy: null },
	},
	{
		title: 'two phones that stop ringing together: the one that began last says why',
		legs: ['Ann Lee (4005)       |..r', 'Bob Orr (4006)       | .b'],
		call: { outcome: 'busy', answeredBy: null },
	},
	{
		title: 'a trunk that fails at once',
		legs: ['Ann Lee (4005)       |.f'],
		call: { outcome: 'failed', answeredBy: null },
	},
	{
		title: 'queue leg and agent leg of the same minutes count once, though the agent answers later',
		legs: ['Queue Sales (6400)   |========', 'Ann Lee (4005)       |..======'],
		call: { talkSeconds: 60, waitSeconds: 20, durationSeconds: 80, outcome: 'answered' },
	},
	{
		title: 'two legs that name one recording are one recording',
		legs: [
			'Queue Sales (6400)   |.====  | file=same.wav',
			'Ann Lee (4005)       |.====  | file=same.wav',
		],
		call: { hasRecording: true, recordingFile: 'same.wav', talkSeconds: 40 },
	},
	{
		title: 'the recording is that of the longest talk',
		legs: [
			'Ann Lee (4005)       |.==          | file=short.wav',
			'Bob Orr (4006)       |   ======    | file=long.wav',
		],
		call: { recordingFile: 'long.wav', transferCount: 1 },
	},
	{
		title: 'the longest talk is not recorded, another is',
		legs: [
			'Ann Lee (4005)       |.==          | file=short.wav',
			'Bob Orr (4006)       |   ======',
		],
		call: { hasRecording: true, recordingFile: 'short.wav' },
	},
];

const GROUPS_AND_MAILBOXES: Golden[] = [
	{
		title: 'a ring group of which one member has a leg',
		legs: ['RingGroup Office (6300) |..====', 'Ann Lee (4005)          |..===='],
		call: {
			outcome: 'answered',
			agentName: 'Ann Lee',
			talkSeconds: 40,
			waitSeconds: 20,
			transferCount: 0,
			path: 'RingGroup Office (6300) > Ann Lee (4005)',
		},
	},
	{
		title: 'a ring group that rings three phones at once',
		legs: [
			'RingGroup Office (6300) |..====',
			'Ann Lee (4005)          |..c',
			'Bob Orr (4006)          |..====',
			'Cy Fox (4007)           |..c',
		],
		call: {
			outcome: 'answered',
			agentName: 'Bob Orr',
			talkSeconds: 40,
			path: 'RingGroup Office (6300) > Bob Orr (4006)',
		},
	},
	{
		title: 'a ring group without legs of its members: one of them answered',
		legs: ['RingGroup Office (6300) |..===='],
		call: { outcome: 'answered', answeredBy: 'person', agentName: null, talkSeconds: 40 },
	},
	{
		title: 'a ring group that nobody answers',
		legs: ['IVR Welcome (6200)      |==', 'RingGroup Office (6300) |  ...'],
		call: { outcome: 'missed', answeredBy: 'system', waitSeconds: 50 },
	},
	{
		title: 'a voicemail that takes a message',
		legs: [
			'Queue Sales (6400)      |...',
			'Voicemail Sales (6500)  |   .v  | file=message.wav by=caller',
		],
		call: {
			outcome: 'voicemail',
			answeredBy: 'voicemail',
			answeredAt: null,
			talkSeconds: 0,
			waitSeconds: 40,
			agentName: null,
			recordingFile: 'message.wav',
			path: 'Queue Sales (6400) > Voicemail Sales (6500)',
		},
	},
	{
		title: 'a voicemail whose row says answered',
		legs: ['Ann Lee (4005)          |...', 'Voicemail Ann (4005)    |   ==='],
		call: { outcome: 'voicemail', answeredBy: 'voicemail', talkSeconds: 0, waitSeconds: 60 },
	},
	{
		title: 'the mailbox of an extension, in the row of the extension',
		legs: ['Ann Lee (4005)          |...v'],
		call: { outcome: 'voicemail', answeredBy: 'voicemail', talkSeconds: 0 },
	},
	{
		title: 'a person answers after a voicemail was reached',
		legs: ['Voicemail Sales (6500)  |==', 'Ann Lee (4005)          |  .==='],
		call: { outcome: 'answered', answeredBy: 'person', talkSeconds: 30, waitSeconds: 30 },
	},
	{
		title: 'a conference room',
		legs: ['IVR Welcome (6200)      |=', 'Conference Team (6900)  | ====='],
		call: {
			outcome: 'answered',
			talkSeconds: 50,
			agentName: null,
			path: 'IVR Welcome (6200) > Conference Team (6900)',
		},
	},
];

const TRANSFERS: Golden[] = [
	{
		title: 'a blind transfer',
		legs: ['Ann Lee (4005)       |.====', 'Bob Orr (4006)       |     .====='],
		call: {
			agentName: 'Ann Lee',
			transferCount: 1,
			talkSeconds: 90,
			waitSeconds: 10,
			durationSeconds: 110,
			path: 'Ann Lee (4005) > Bob Orr (4006)',
		},
	},
	{
		title: 'a blind transfer that nobody takes, and back',
		legs: [
			'Ann Lee (4005)       |.====',
			'Bob Orr (4006)       |     ...',
			'Ann Lee (4005)       |        .==',
		],
		call: {
			transferCount: 0,
			talkSeconds: 60,
			path: 'Ann Lee (4005) > Bob Orr (4006) > Ann Lee (4005)',
		},
	},
	{
		title: 'an attended transfer: Ann asks Bob while the caller waits',
		legs: [
			'Ann Lee (4005)       |.========',
			'Bob Orr (4006)       |     .===       | dir=internal from="Ann Lee (4005)"',
			'Bob Orr (4006)       |         =====',
		],
		call: {
			agentName: 'Ann Lee',
			from: CUSTOMER,
			transferCount: 1,
			talkSeconds: 130,
			durationSeconds: 140,
			path: 'Ann Lee (4005) > Bob Orr (4006)',
		},
	},
	{
		title: 'Ann only asks Bob: no transfer',
		legs: [
			'Ann Lee (4005)       |.=========',
			'Bob Orr (4006)       |    .===         | dir=internal from="Ann Lee (4005)"',
		],
		call: { transferCount: 0, talkSeconds: 90, path: 'Ann Lee (4005)' },
	},
	{
		title: 'Bob joins the talk, and all hang up together',
		legs: ['Ann Lee (4005)       |.=========', 'Bob Orr (4006)       |     .===='],
		call: { transferCount: 0, talkSeconds: 90 },
	},
	{
		title: 'Ann asks Bob, who does not answer',
		legs: [
			'Ann Lee (4005)       |.=========',
			'Bob Orr (4006)       |    ...          | dir=internal from="Ann Lee (4005)"',
		],
		call: { transferCount: 0, talkSeconds: 90, outcome: 'answered', path: 'Ann Lee (4005)' },
	},
	{
		title: 'three people, and the first again',
		legs: [
			'Ann Lee (4005)       |.==',
			'Bob Orr (4006)       |   .==',
			'Cy Fox (4007)        |      .==',
			'Ann Lee (4005)       |         .==',
		],
		call: { transferCount: 3, talkSeconds: 80, agentName: 'Ann Lee', agentExtension: '4005' },
	},
	{
		title: 'a transfer into a queue',
		legs: [
			'Ann Lee (4005)       |.==',
			'Queue Support (6401) |   ..====',
			'Bob Orr (4006)       |   ..====',
		],
		call: {
			queue: 'Support',
			transferCount: 1,
			talkSeconds: 60,
			waitSeconds: 10,
			path: 'Ann Lee (4005) > Queue Support (6401) > Bob Orr (4006)',
		},
	},
	{
		title: 'two people whose talks overlap: no second is counted twice',
		legs: ['Ann Lee (4005)       |.=====', 'Bob Orr (4006)       |   .======'],
		call: { talkSeconds: 90, transferCount: 1, durationSeconds: 100 },
	},
	{
		title: 'forwarded to a mobile: an outside number that stands in for a person',
		legs: ['Ann Lee (4005)       |..', '0500000024           |  ..====   | by=callee'],
		call: {
			outcome: 'answered',
			answeredBy: 'person',
			agentName: null,
			agentExtension: null,
			externalNumber: CUSTOMER,
			talkSeconds: 40,
			waitSeconds: 40,
			hangupBy: 'callee',
			path: 'Ann Lee (4005) > 0500000024',
		},
	},
	{
		title: 'forwarded to a mobile by a leg that goes out',
		legs: ['IVR Welcome (6200)   |=', '0500000024           | .===    | dir=outbound'],
		call: {
			direction: 'inbound',
			outcome: 'answered',
			externalNumber: CUSTOMER,
			agentExtension: null,
			talkSeconds: 30,
		},
	},
	{
		title: 'forwarded to a mobile that does not answer: missed, not noAnswer',
		legs: ['IVR Welcome (6200)   |=', '0500000024           | ...    | dir=outbound'],
		call: { direction: 'inbound', outcome: 'missed', externalNumber: CUSTOMER, waitSeconds: 40 },
	},
	{
		title: 'a caller without a number, forwarded to a mobile: the mobile is not the customer',
		scene: { from: 'Anonymous' },
		legs: ['Ann Lee (4005)       |..', '0500000024           |  .===   | dir=outbound'],
		call: { outcome: 'answered', externalNumber: null, fromName: 'Anonymous' },
	},
];

const OUTBOUND: Golden[] = [
	{
		title: 'an outbound call that is answered',
		scene: OUT,
		legs: ['0722000111           |..====  | reference=deal-7'],
		call: {
			outcome: 'answered',
			agentName: 'Ann Lee',
			agentExtension: '4005',
			externalNumber: CUSTOMER,
			waitSeconds: 20,
			externalReference: 'deal-7',
			path: 'Ann Lee (4005) > 0722000111',
		},
	},
	{
		title: 'outbound: busy, then again',
		scene: OUT,
		legs: ['0722000111           |.b', '0722000111           |  ..===='],
		call: {
			outcome: 'answered',
			agentName: 'Ann Lee',
			waitSeconds: 40,
			talkSeconds: 40,
			transferCount: 0,
			path: 'Ann Lee (4005) > 0722000111',
		},
	},
	{
		title: 'outbound: no answer on the first trunk, busy on the second',
		scene: OUT,
		legs: ['0722000111           |...', '0722000111           |    .b'],
		call: { outcome: 'busy', answeredBy: null, agentName: 'Ann Lee', talkSeconds: 0 },
	},
	{
		title: 'outbound, nobody answers: the agent is known all the same',
		scene: OUT,
		legs: ['0722000111           |...', '0722000111           |    ...'],
		call: { outcome: 'noAnswer', agentExtension: '4005', waitSeconds: 70 },
	},
	{
		title:
			'click to dial: the agent’s phone is rung first, and no talk before the customer answers',
		scene: OUT,
		legs: [
			'Ann Lee (4005)       |.=======  | from="Ann Lee (4005)"',
			'0722000111           |  ..====  | by=callee',
		],
		call: {
			outcome: 'answered',
			answeredAt: '2026-06-30T09:00:40+03:00',
			talkSeconds: 40,
			waitSeconds: 40,
			transferCount: 0,
			agentExtension: '4005',
			path: 'Ann Lee (4005) > 0722000111',
		},
	},
	{
		title: 'click to dial: the agent answers, the customer does not',
		scene: OUT,
		legs: ['Ann Lee (4005)       |.=====', '0722000111           |  ....'],
		call: { outcome: 'noAnswer', answeredBy: null, talkSeconds: 0, waitSeconds: 60 },
	},
	{
		title: 'click to dial: the system’s leg to the agent names nobody',
		scene: OUT,
		legs: ['Ann Lee (4005)       |.===  | from=0210000000', '0722000111           |  .=='],
		call: { agentName: 'Ann Lee', agentExtension: '4005', outcome: 'answered' },
	},
	{
		title: 'outbound, then given to a colleague',
		scene: OUT,
		legs: ['0722000111           |.====', 'Bob Orr (4006)       |     .===='],
		call: {
			transferCount: 1,
			talkSeconds: 80,
			agentName: 'Ann Lee',
			externalNumber: CUSTOMER,
			path: 'Ann Lee (4005) > 0722000111 > Bob Orr (4006)',
		},
	},
	{
		title: 'an internal call',
		scene: INTERNAL,
		legs: ['Bob Orr (4006)       |.===='],
		call: {
			direction: 'internal',
			outcome: 'answered',
			externalNumber: null,
			agentName: 'Ann Lee',
			path: 'Ann Lee (4005) > Bob Orr (4006)',
		},
	},
	{
		title: 'an internal call that goes on to a voicemail',
		scene: INTERNAL,
		legs: ['Bob Orr (4006)       |..', 'Voicemail Bob (4006)  |  ..v'],
		call: { outcome: 'voicemail', agentName: 'Ann Lee', talkSeconds: 0 },
	},
	{
		title: 'an internal call that nobody takes',
		scene: INTERNAL,
		legs: ['Bob Orr (4006)       |..', 'Cy Fox (4007)        |  ..'],
		call: { outcome: 'noAnswer', agentName: 'Ann Lee', waitSeconds: 40 },
	},
];

/** Times, and what rows leave open. */
const TIMES: Golden[] = [
	{
		title: 'over midnight',
		scene: { ...BUCHAREST, start: '2026-06-30T23:59:40+03:00' },
		legs: ['IVR Welcome (6200)   |==', 'Ann Lee (4005)       |  .==='],
		call: {
			startedAt: '2026-06-30T23:59:40+03:00',
			answeredAt: '2026-07-01T00:00:10+03:00',
			endedAt: '2026-07-01T00:00:40+03:00',
			durationSeconds: 60,
			waitSeconds: 30,
		},
	},
	{
		title: 'into the hour that autumn repeats: the clock goes back, the call does not',
		scene: { ...BUCHAREST, start: '2026-10-25T03:59:40+03:00' },
		legs: ['IVR Welcome (6200)   |==', 'Ann Lee (4005)       |  .==='],
		call: {
			startedAt: '2026-10-25T03:59:40+03:00',
			answeredAt: '2026-10-25T03:00:10+02:00',
			endedAt: '2026-10-25T03:00:40+02:00',
			durationSeconds: 60,
			waitSeconds: 30,
			talkSeconds: 30,
			path: 'IVR Welcome (6200) > Ann Lee (4005)',
		},
	},
	{
		title: 'out of the hour that spring skips',
		scene: { ...BUCHAREST, start: '2026-03-29T02:59:40+02:00' },
		legs: ['IVR Welcome (6200)   |==', 'Ann Lee (4005)       |  .==='],
		call: {
			startedAt: '2026-03-29T02:59:40+02:00',
			answeredAt: '2026-03-29T04:00:10+03:00',
			durationSeconds: 60,
			waitSeconds: 30,
		},
	},
	{
		title: 'one of its times has two readings',
		legs: ['IVR Welcome (6200)   |==', 'Ann Lee (4005)       |  .===  | ambiguous=1'],
		call: { timeIsAmbiguous: true },
	},
	{
		title: 'a leg that begins an hour after the first',
		legs: ['Ann Lee (4005)       |.==', `Bob Orr (4006)       |${' '.repeat(360)}.==`],
		call: { durationSeconds: 3630, talkSeconds: 40, transferCount: 1, legCount: 2 },
	},
	{
		title: 'the row does not say when it was answered: the talk ends with the leg',
		legs: ['IVR Welcome (6200)   |==', 'Ann Lee (4005)       |  .===  | answerUnknown=1'],
		call: { outcome: 'answered', answeredAt: null, talkSeconds: 30, waitSeconds: 30 },
	},
	{
		title: 'the talk of one leg is not known: neither is that of the call',
		legs: [
			'Ann Lee (4005)       |.==',
			'Bob Orr (4006)       |   .==  | talkUnknown=1 endUnknown=1',
		],
		call: { outcome: 'answered', talkSeconds: null, endedAt: null, durationSeconds: null },
	},
	{
		title: 'a leg whose ending is not known',
		legs: ['IVR Welcome (6200)   |==', 'Ann Lee (4005)       |  ...u'],
		call: { outcome: 'unknown', answeredBy: 'system', talkSeconds: 0, waitSeconds: null },
	},
	{
		title: 'a leg whose ending and talk are not known',
		legs: ['IVR Welcome (6200)   |==', 'Ann Lee (4005)       |  ...u  | talkUnknown=1'],
		call: { outcome: 'unknown', talkSeconds: null, waitSeconds: null },
	},
];

/** Platforms that write one row a call. */
const ONE_ROW: Golden[] = [
	{
		title: 'one row: kinds are not known, so it was a person',
		legs: ['? 0210000000         |..====  | agent="Ann Lee" queue=Sales'],
		call: {
			outcome: 'answered',
			answeredBy: 'person',
			queue: 'Sales',
			agentName: 'Ann Lee',
			waitSeconds: 20,
			path: 'Queue Sales > Ann Lee',
		},
	},
	{
		title: 'one row that nobody took keeps the agent it rang',
		legs: ['? 0210000000         |..  | agent="Ann Lee"'],
		call: { outcome: 'missed', agentName: 'Ann Lee', waitSeconds: 20, talkSeconds: 0 },
	},
	{
		title: 'one row of a double call: the agent’s side is in the same row',
		scene: OUT,
		legs: ['0722000111           |...===  | by=agent file=double.mp3'],
		call: { outcome: 'answered', legCount: 1, hangupBy: 'agent', recordingFile: 'double.mp3' },
	},
	{
		title: 'one row without a direction',
		scene: { direction: 'unknown' },
		legs: ['? 0210000000         |.===='],
		call: {
			direction: 'unknown',
			outcome: 'answered',
			externalNumber: null,
			path: '0722000111 > 0210000000',
		},
	},
];

export const GOLDEN: Golden[] = [
	...INBOUND,
	...GROUPS_AND_MAILBOXES,
	...TRANSFERS,
	...OUTBOUND,
	...TIMES,
	...ONE_ROW,
];
