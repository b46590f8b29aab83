import { CAME_IN, changed, INBOUND, NO_AGENT, unanswered, type GoldenCase } from './goldenRow';

/** How calls ended, and what is known of how long they took. */
export const OUTCOMES: GoldenCase[] = [
	unanswered('NO ANSWER', 'noAnswer'),
	unanswered('BUSY', 'busy'),
	unanswered('FAILED', 'failed'),
	unanswered('VOICEMAIL', 'voicemail'),
	unanswered('CONGESTION', 'unknown', {}, { talkSeconds: null }),
	unanswered(
		'NO ANSWER',
		'noAnswer',
		{ duration: 20, ring_duration: 20, talk_duration: 0 },
		{ durationSeconds: 20, ringSeconds: 20, endedAt: '2026-11-02T08:13:40+02:00' },
	),
	unanswered('NO ANSWER', 'missed', INBOUND, CAME_IN),
	unanswered(
		'VOICEMAIL',
		'voicemail',
		{ ...INBOUND, duration: 30, talk_duration: 12 },
		{ ...CAME_IN, durationSeconds: 30, endedAt: '2026-11-02T08:13:50+02:00' },
	),
	unanswered('BUSY', 'busy', { talk_duration: 12 }, { talkSeconds: null }),
	changed(
		'answered, and no durations at all: left out because they are zero',
		{ duration: undefined, ring_duration: undefined, talk_duration: undefined },
		{
			answeredAt: '2026-11-02T08:13:20+02:00',
			endedAt: null,
			durationSeconds: null,
			talkSeconds: null,
			ringSeconds: 0,
		},
	),
	changed(
		'answered for no time',
		{ duration: 9, talk_duration: undefined },
		{ endedAt: '2026-11-02T08:13:29+02:00', durationSeconds: 9, talkSeconds: null },
	),
	changed(
		'answered, but when cannot be known',
		{ ring_duration: undefined },
		{ answeredAt: null, ringSeconds: null },
	),
	changed('no disposition, but they spoke', { disposition: undefined }, { outcomeRaw: null }),
	changed(
		'the misspelling of an older page',
		{ disposition: 'ANSWERD' },
		{ outcomeRaw: 'ANSWERD' },
	),
	changed(
		'lower case',
		{ disposition: 'answered', call_type: 'outbound' },
		{ outcomeRaw: 'answered' },
	),
	changed(
		'the caller hung up',
		{ reason: 'src hangup ' },
		{ hangupBy: 'caller', hangupCause: 'src hangup' },
	),
	changed('no reason', { reason: undefined }, { hangupBy: null, hangupCause: null }),
];

/** Who called whom, and which side is an extension. */
export const DIRECTIONS: GoldenCase[] = [
	changed('inbound', INBOUND, CAME_IN),
	changed(
		'inbound to a ring group by its number alone',
		{ ...INBOUND, call_to: '6300' },
		{ ...CAME_IN, ...NO_AGENT, to: '6300', toName: null, toKind: 'unknown' },
	),
	changed(
		'inbound, forwarded to a mobile phone through a trunk',
		{ ...INBOUND, call_to: '0744123', dst_trunk: 'sip-main' },
		{ ...CAME_IN, ...NO_AGENT, to: '0744123', toName: null },
	),
	changed(
		'inbound, recorded with the line as its destination',
		{ ...INBOUND, call_to: '5550', did_number: '5550' },
		{
			...CAME_IN,
			...NO_AGENT,
			to: '5550',
			toName: null,
			toKind: 'unknown',
			lineNumber: '5550',
		},
	),
	changed(
		'outbound for a caller from outside: no extension is known',
		{ call_from: '+15550100777', src_trunk: 'sip-main' },
		{
			...NO_AGENT,
			from: '+15550100777',
			fromName: null,
			fromE164: '+15550100777',
			fromKind: 'unknown',
		},
	),
	changed(
		'internal',
		{ call_type: 'Internal', call_to: '2006', dst_trunk: undefined, dod_number: undefined },
		{
			direction: 'internal',
			to: '2006',
			toE164: null,
			toKind: 'person',
			externalNumber: null,
			lineNumber: null,
		},
	),
	changed(
		'a call type nobody knows',
		{ call_type: 'Conference' },
		{
			...NO_AGENT,
			direction: 'unknown',
			fromKind: 'unknown',
			toKind: 'unknown',
			externalNumber: null,
		},
	),
];

const NO_TIMESTAMP = { timestamp: undefined };

/** Zones, and rows without an instant. */
export const TIMES: GoldenCase[] = [
	changed(
		'the zone of the PBX, in summer and winter',
		{ timestamp: 1785651200 },
		{
			startedAt: '2026-08-02T09:13:20+03:00',
			answeredAt: '2026-08-02T09:13:29+03:00',
			endedAt: '2026-08-02T09:14:01+03:00',
		},
		{ zone: 'Europe/Bucharest' },
	),
	changed(
		'a zone with half an hour',
		{},
		{
			startedAt: '2026-11-02T11:43:20+05:30',
			answeredAt: '2026-11-02T11:43:29+05:30',
			endedAt: '2026-11-02T11:44:01+05:30',
		},
		{ zone: 'UTC+5:30' },
	),
	changed(
		'no timestamp: the time as the PBX displays it',
		NO_TIMESTAMP,
		{},
		{ dateFormat: 'MM/DD/YYYY' },
	),
	changed(
		'no timestamp, day before month, 12 hours',
		{ ...NO_TIMESTAMP, time: '02/11/2026 08:13:20 AM' },
		{},
		{ dateFormat: 'DD/MM/YYYY' },
	),
	changed(
		'no timestamp and nobody knows the format: no time is better than a wrong one',
		NO_TIMESTAMP,
		{ startedAt: null, answeredAt: null, endedAt: null },
	),
	changed(
		'no timestamp, in the hour that comes twice',
		{ ...NO_TIMESTAMP, time: '10/25/2026 03:30:00' },
		{
			startedAt: '2026-10-25T03:30:00+03:00',
			answeredAt: '2026-10-25T03:30:09+03:00',
			endedAt: '2026-10-25T03:30:41+03:00',
			timeIsAmbiguous: true,
		},
		{ dateFormat: 'MM/DD/YYYY', zone: 'Europe/Bucharest' },
	),
	changed(
		'milliseconds instead of seconds are no time',
		{ timestamp: 1793600000000 },
		{ startedAt: null, answeredAt: null, endedAt: null },
	),
];
