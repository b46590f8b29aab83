import type { Call } from '../../../nodes/callRecords/call';
import type { CallRecord } from '../../../nodes/callRecords/callRecord';

/** A record of an answered inbound call; `given` replaces fields. */
export function aRecord(given: Partial<CallRecord> = {}): CallRecord {
	return {
		recordId: 'yeastarPSeries:pbx.example.com:1001',
		platform: 'yeastarPSeries',
		platformRecordId: '1001',
		callId: '1001',
		direction: 'inbound',
		outcome: 'answered',
		outcomeRaw: 'ANSWERED',
		from: '0721234567',
		fromName: 'Jane Doe',
		fromE164: '+40721234567',
		to: '+40312345678',
		toName: null,
		toE164: '+40312345678',
		fromKind: 'external',
		toKind: 'unknown',
		externalNumber: '+40721234567',
		lineNumber: '+40312345678',
		startedAt: '2026-03-04T09:15:00+02:00',
		answeredAt: '2026-03-04T09:15:12+02:00',
		endedAt: '2026-03-04T09:16:24+02:00',
		timeIsAmbiguous: false,
		durationSeconds: 84,
		talkSeconds: 72,
		ringSeconds: 12,
		agentName: 'Ann Lee',
		agentExtension: '4005',
		queue: 'Sales',
		hangupBy: 'customer',
		hangupCause: 'NORMAL_CLEARING',
		hasRecording: true,
		recordingFile: '20260304-0721234567-4005.wav',
		recordingUrl: null,
		externalReference: null,
		tags: null,
		note: null,
		transcription: null,
		...given,
	};
}

/** An answered inbound call; `given` replaces fields. */
export function aCall(given: Partial<Call> = {}): Call {
	return {
		...aRecord(),
		legCount: 1,
		waitSeconds: 12,
		answeredBy: 'person',
		transferCount: 0,
		path: 'Queue Sales (6400) > Ann Lee (4005)',
		isComplete: true,
		...given,
	};
}
