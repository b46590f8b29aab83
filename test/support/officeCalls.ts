import type { Call } from '../../nodes/callRecords/call';
import type { Outcome } from '../../nodes/callRecords/callRecord';
import { oneCall } from './statisticsCall';
import type { OfficeCall } from './office';

/** What a platform does not say of any call. */
export interface Unsaid {
	waitSeconds?: boolean;
	talkSeconds?: boolean;
	/** The start of the talk follows from the end then. */
	answeredAt?: boolean;
	number?: boolean;
}

const OUTCOMES: Record<OfficeCall['ending'], Outcome> = {
	answered: 'answered',
	missed: 'missed',
	gaveUp: 'missed',
	voicemail: 'voicemail',
	noAnswer: 'noAnswer',
	busy: 'busy',
	failed: 'failed',
	canceled: 'canceled',
	rejected: 'rejected',
};

/** The call as the package gives it, with times in the platform's zone, which need not be the workflow's. */
export function callOf(truth: OfficeCall, unsaid: Unsaid = {}, offsetMinutes = 120): Call {
	const iso = (instant: number) => isoAt(instant, offsetMinutes);
	const [talk] = truth.talks;
	return oneCall({
		id: truth.id,
		direction: truth.direction,
		outcome: OUTCOMES[truth.ending],
		startedAt: iso(truth.startedAt),
		answeredAt: talk && !unsaid.answeredAt ? iso(talk.from) : null,
		endedAt: iso(truth.endedAt),
		durationSeconds: truth.endedAt - truth.startedAt,
		talkSeconds: unsaid.talkSeconds ? null : talk ? truth.endedAt - talk.from : 0,
		waitSeconds: unsaid.waitSeconds ? null : truth.waitSeconds,
		externalNumber: unsaid.number ? null : truth.customer,
		from: truth.direction === 'inbound' ? truth.customer : (truth.agent?.extension ?? null),
		fromName: truth.direction === 'inbound' ? truth.customerName : (truth.agent?.name ?? null),
		lineNumber: truth.line,
		queue: truth.queue,
		agentName: truth.agent?.name ?? null,
		agentExtension: truth.agent?.extension ?? null,
		transferCount: Math.max(0, truth.talks.length - 1),
	});
}

/** ISO 8601 with a fixed offset. */
function isoAt(instant: number, offsetMinutes = 0): string {
	const clock = new Date((instant + offsetMinutes * 60) * 1000).toISOString().slice(0, 19);
	const minutes = Math.abs(offsetMinutes);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${clock}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
