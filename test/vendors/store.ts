import type { HappenedCall } from './calls';

/** A row of a platform, and when its call began on the platform's clock. */
export interface Stored<R> {
	at: number;
	/** When it began and when it ended, in Unix seconds. */
	instant: number;
	ended: number;
	/** Orders rows of one second, and tells which is newer. */
	number: number;
	row: R;
}

/** The rows a sandbox server holds, kept in the order in which their calls began. Tests change them while they are read. */
export interface Store<R> {
	readonly size: number;
	all(): Array<Stored<R>>;
	/** Rows whose call began from `from` to `to`, both included, oldest first. */
	between(from: number, to: number): Array<Stored<R>>;
	insert(stored: Stored<R>): void;
	/** Takes out the row with that number. */
	remove(number: number): void;
	change(number: number, change: Partial<R>): void;
}

export function createStore<R extends object>(rows: Array<Stored<R>>): Store<R> {
	const sorted = [...rows].sort((a, b) => a.at - b.at || a.number - b.number);
	const firstFrom = (at: number) => {
		let low = 0;
		let high = sorted.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (sorted[middle].at < at) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	return {
		get size() {
			return sorted.length;
		},
		all: () => sorted,
		between: (from, to) => sorted.slice(firstFrom(from), firstFrom(to + 1)),
		insert(stored) {
			sorted.splice(firstFrom(stored.at + 1), 0, stored);
		},
		remove(number) {
			const index = sorted.findIndex((stored) => stored.number === number);
			if (index >= 0) sorted.splice(index, 1);
		},
		change(number, change) {
			const stored = sorted.find((candidate) => candidate.number === number);
			if (stored) Object.assign(stored.row, change);
		},
	};
}

/** A call's row, and what a store knows of it besides. `at` as its platform's clock shows the start. */
export function storedCall<R>(call: HappenedCall, at: number, row: R): Stored<R> {
	const ended = call.start + call.ringSeconds + call.talkSeconds;
	return { at, instant: call.start, ended, number: call.number, row };
}
