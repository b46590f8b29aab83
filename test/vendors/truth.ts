import type { HappenedCall } from './calls';

/** Who talks in an office. */
export interface Agent {
	name: string;
	extension: string;
}

/**
 * A call as it truly was, before any platform split it into legs: what comes out of the legs is compared with it.
 * Instants are Unix seconds, durations whole seconds.
 */
export interface CallTruth {
	id: string;
	direction: 'inbound' | 'outbound' | 'internal';
	/** How it ended. `gaveUp`: in the queue; `missed`: at the phone that rang. */
	ending:
		| 'answered'
		| 'missed'
		| 'gaveUp'
		| 'voicemail'
		| 'noAnswer'
		| 'busy'
		| 'failed'
		| 'canceled'
		| 'rejected';
	startedAt: number;
	endedAt: number;
	/** From the start until a person answered, else until the end. */
	waitSeconds: number;
	/** How much of the wait the caller heard the menu. */
	menuSeconds: number;
	/** One after another, without a gap; empty unless it was answered. */
	talks: Array<{ agent: Agent; from: number; to: number }>;
	/** In E.164; null in internal calls, and where the caller withheld it. */
	customer: string | null;
	customerName: string | null;
	line: string | null;
	queue: string | null;
	/** Inbound: the first who talked, else null. Else: who dialled. */
	agent: Agent | null;
	/** The other side of an internal call. */
	colleague: Agent | null;
}

const ENDS: Record<CallTruth['ending'], HappenedCall['end']> = {
	answered: 'answered',
	missed: 'unanswered',
	gaveUp: 'canceled',
	voicemail: 'voicemail',
	noAnswer: 'unanswered',
	busy: 'busy',
	failed: 'failed',
	canceled: 'canceled',
	rejected: 'rejected',
};

const digits = (number: string | null) => (number ?? '').replace(/^\+/, '');

/** The call for a platform that writes one row of it. `number` counts the calls. */
export function happenedOf(call: CallTruth, number: number): HappenedCall {
	const isAnswered = call.ending === 'answered';
	const agent = call.agent ?? { name: '', extension: '' };
	return {
		number,
		start: call.startedAt,
		ringSeconds: call.waitSeconds,
		talkSeconds: isAnswered ? call.endedAt - call.startedAt - call.waitSeconds : 0,
		direction: call.direction,
		end: ENDS[call.ending],
		extension: agent.extension,
		agent: agent.name,
		otherExtension: call.colleague?.extension ?? '',
		customer: digits(call.customer),
		customerName: call.customerName ?? '',
		line: digits(call.line),
		group: 7,
		recorded: isAnswered,
		hungUpBy: call.ending === 'gaveUp' || call.ending === 'canceled' ? 'caller' : 'callee',
		method: 3,
		reference: null,
		tag: null,
		note: null,
	};
}
