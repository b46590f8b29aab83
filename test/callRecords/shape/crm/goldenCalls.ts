import type { Call } from '../../../../nodes/callRecords/call';
import { aCall } from '../calls';

const unanswered = {
	answeredAt: null,
	talkSeconds: 0,
	answeredBy: null,
	agentName: null,
	agentExtension: null,
	hasRecording: false,
	recordingFile: null,
} as const;

const missed = { ...unanswered, outcome: 'missed', path: 'Queue Sales (6400)' } as const;

const outbound = {
	direction: 'outbound',
	from: '4005',
	fromName: 'Ann Lee',
	fromE164: null,
	to: '0721234567',
	toName: null,
	toE164: '+40721234567',
	fromKind: 'person',
	toKind: 'external',
	queue: null,
	waitSeconds: 12,
	path: 'Ann Lee (4005) > 0721234567',
	hasRecording: false,
	recordingFile: null,
} as const;

const notReached = {
	...outbound,
	answeredAt: null,
	talkSeconds: 0,
	answeredBy: null,
} as const;

/** One call of each kind that CRMs treat differently, or people get wrong. */
export const goldenCalls = {
	answered: aCall({ recordingUrl: 'https://pbx.example.com/r/1001.mp3' }),
	missed: aCall(missed),
	voicemail: aCall({ ...missed, outcome: 'voicemail', answeredBy: 'voicemail' }),
	/** The caller hid the number. */
	hiddenCaller: aCall({
		...missed,
		from: 'anonymous',
		fromName: null,
		fromE164: null,
		externalNumber: null,
	}),
	/** The platform masks the customer's number. */
	maskedNumber: aCall({
		from: '138****1234',
		fromName: null,
		fromE164: null,
		externalNumber: '138****1234',
	}),
	/** Read three days after it happened, shortly before midnight, west of Greenwich. */
	late: aCall({
		startedAt: '2026-02-27T23:59:30-05:00',
		answeredAt: '2026-02-27T23:59:42-05:00',
		endedAt: '2026-02-28T00:00:54-05:00',
	}),
	/** 03:30 happens twice on this night; this is the second time. */
	repeatedHour: aCall({
		startedAt: '2026-10-25T03:30:00+02:00',
		answeredAt: '2026-10-25T03:30:12+02:00',
		endedAt: '2026-10-25T03:31:24+02:00',
	}),
	repeatedHourFirst: aCall({
		startedAt: '2026-10-25T03:30:00+03:00',
		answeredAt: '2026-10-25T03:30:12+03:00',
		endedAt: '2026-10-25T03:31:24+03:00',
		timeIsAmbiguous: true,
	}),
	rejected: aCall({ ...missed, outcome: 'rejected' }),
	overAnHour: aCall({
		...outbound,
		to: '0044 20 7946 0958',
		toName: 'Smith & <Sons>',
		toE164: '+442079460958',
		externalNumber: '+442079460958',
		endedAt: '2026-03-04T10:17:17+02:00',
		durationSeconds: 3737,
		talkSeconds: 3725,
	}),
	busy: aCall({ ...notReached, outcome: 'busy' }),
	noAnswer: aCall({ ...notReached, outcome: 'noAnswer' }),
	failed: aCall({ ...notReached, outcome: 'failed' }),
	canceled: aCall({ ...notReached, outcome: 'canceled' }),
	leftMessage: aCall({ ...notReached, outcome: 'voicemail' }),
	/** The platform says neither what was dialled nor when it ended. */
	noNumber: aCall({
		...notReached,
		outcome: 'noAnswer',
		to: null,
		toE164: null,
		externalNumber: null,
		lineNumber: null,
		endedAt: null,
		durationSeconds: 20,
	}),
	/** Answered, but for how long is not known. */
	talkUnknown: aCall({ talkSeconds: null, outcome: 'unknown' }),
	unknownDirection: aCall({ direction: 'unknown', externalNumber: null }),
	internal: aCall({ direction: 'internal', from: '4005', to: '4006', externalNumber: null }),
	/** The row has no readable start. */
	noStart: aCall({ startedAt: null }),
} satisfies Record<string, Call>;

export type GoldenName = keyof typeof goldenCalls;
