import { createRandom } from '../vendors/random';

/**
 * Three weeks of a phone system: a call becomes visible after it ended and was published
 * (95 % within a minute, 4 % within 30 minutes, 0.9 % within 12 hours, 0.1 % within 5 days).
 */
export interface LateCall {
	id: string;
	start: number;
	/** When the platform begins to return it. */
	visible: number;
}

export interface CallCentre {
	/** In the order in which they began. */
	calls: LateCall[];
	/** Calls visible at `now` that began within the range, oldest first. */
	between(from: number, to: number, now: number): LateCall[];
}

const DAY = 86_400;

export function createCallCentre(options: {
	perDay: number;
	days: number;
	from: number;
	seed: number;
}): CallCentre {
	const random = createRandom(options.seed);
	const gauss = () =>
		Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
	const calls = Array.from({ length: options.perDay * options.days }, () => {
		const start = options.from + random.whole(0, options.days * DAY - 1);
		const length = random.chance(0.3) ? 0 : Math.min(4 * 3600, Math.exp(4.6 + 1.2 * gauss()));
		const share = random.next();
		const longest = share < 0.95 ? 60 : share < 0.99 ? 1800 : share < 0.999 ? 43_200 : 5 * DAY;
		return { id: '', start, visible: Math.ceil(start + length + random.next() * longest) };
	}).sort((a, b) => a.start - b.start);
	calls.forEach((call, i) => (call.id = `c${i}`));
	const firstFrom = (at: number) => {
		let low = 0;
		let high = calls.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (calls[middle].start < at) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	return {
		calls,
		between: (from, to, now) =>
			calls.slice(firstFrom(from), firstFrom(to + 1)).filter(({ visible }) => visible <= now),
	};
}
