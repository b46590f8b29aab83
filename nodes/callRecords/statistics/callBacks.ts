import type { Seconds } from '../time';

/** What became of a call that nobody answered. `open`: nobody called back, and the hours are not over. */
export type CallBack =
	{ kind: 'calledBack'; seconds: Seconds } | { kind: 'notCalledBack' | 'open' };

interface Pending<Subject> {
	number: string;
	ended: Seconds;
	subject: Subject;
	settled: boolean;
}

export interface CallBacks<Subject> {
	/** A call that no person answered. */
	unanswered(number: string, ended: Seconds, subject: Subject): void;
	/** A call with this number, either way, that a person answered. */
	answered(number: string, started: Seconds): void;
	/** No call will come that began before `start`. */
	advance(start: Seconds): void;
	/** After the last call: settles what is left. */
	finish(): void;
}

/** How many entries in front may be settled before the queue is cut. */
const SETTLED_IN_FRONT = 1024;

/**
 * Pairs unanswered calls with the first answered call that began after their end. Each is settled once, and only those of
 * the last `withinSeconds` are held.
 */
export function createCallBacks<Subject>(options: {
	withinSeconds: Seconds;
	now: Seconds;
	settle: (subject: Subject, callBack: CallBack) => void;
}): CallBacks<Subject> {
	const { withinSeconds, now, settle } = options;
	const byNumber = new Map<string, Set<Pending<Subject>>>();
	let queue: Array<Pending<Subject>> = [];
	let front = 0;

	const close = (pending: Pending<Subject>, callBack: CallBack) => {
		const ofNumber = byNumber.get(pending.number);
		ofNumber?.delete(pending);
		if (ofNumber?.size === 0) byNumber.delete(pending.number);
		pending.settled = true;
		settle(pending.subject, callBack);
	};
	const expire = (pending: Pending<Subject>) =>
		close(pending, { kind: pending.ended + withinSeconds > now ? 'open' : 'notCalledBack' });

	return {
		unanswered(number, ended, subject) {
			const pending = { number, ended, subject, settled: false };
			const ofNumber = byNumber.get(number);
			if (ofNumber) ofNumber.add(pending);
			else byNumber.set(number, new Set([pending]));
			queue.push(pending);
		},
		answered(number, started) {
			const ofNumber = byNumber.get(number);
			if (!ofNumber) return;
			for (const pending of ofNumber) {
				const seconds = started - pending.ended;
				if (seconds > 0 && seconds <= withinSeconds)
					close(pending, { kind: 'calledBack', seconds });
			}
		},
		advance(start) {
			while (front < queue.length) {
				const pending = queue[front];
				if (!pending.settled && pending.ended + withinSeconds >= start) break;
				if (!pending.settled) expire(pending);
				front++;
			}
			if (front > SETTLED_IN_FRONT && front * 2 > queue.length) {
				queue = queue.slice(front);
				front = 0;
			}
		},
		finish() {
			for (const pending of queue.slice(front)) if (!pending.settled) expire(pending);
			queue = [];
			front = 0;
		},
	};
}
