import { makeCall, type HappenedCall } from './calls';
import { createRandom } from './random';
import type { Store } from './store';

/** How often things happen to a list while it is read, per request. */
export interface DriftRates {
	/** Rows that appear at the newest end. */
	head: number;
	/** Rows that appear somewhere earlier, as calls do that become visible when they end. */
	late: number;
	deleted: number;
	/** Rows that get other values in fields that change. */
	changed: number;
}

/** The mixes and rates in which readers were compared. */
export const MIXES: Record<string, DriftRates> = {
	head: { head: 2, late: 0, deleted: 0, changed: 0.5 },
	'head and late': { head: 2, late: 0.2, deleted: 0, changed: 0.5 },
	'head and deletes': { head: 2, late: 0, deleted: 0.2, changed: 0.5 },
	'all three': { head: 2, late: 0.2, deleted: 0.2, changed: 0.5 },
	quiet: { head: 0.1, late: 0.01, deleted: 0.01, changed: 0.05 },
};

interface Changing {
	store: Store<object>;
	add(call: HappenedCall): void;
	ids(): string[];
}

export interface Drift {
	/** Lets happen what happens between two requests. */
	step(): void;
	/** Ids of the rows that were there from the first step to the last. */
	stable(): string[];
	/** Ids of every row that was there at any time. */
	ever(): Set<string>;
}

export interface DriftOptions {
	rates: DriftRates;
	seed: number;
	/** Where late rows fall. Unix seconds. */
	from: number;
	to: number;
	/** Head rows follow from here on, a second apart. */
	headFrom: number;
	/** The fields of a row that change later, and what to. */
	later: Record<string, unknown>;
}

/** A list that changes under its reader. The same seed lets the same happen at the same step. */
export function createDrift(sandbox: Changing, options: DriftOptions): Drift {
	const { rates, from, to, later } = options;
	const random = createRandom(options.seed);
	const before = sandbox.ids();
	const ever = new Set(before);
	let added = 1_000_000;
	let head = options.headFrom;

	const times = (rate: number) => Math.floor(rate) + (random.chance(rate % 1) ? 1 : 0);
	const add = (start: number) => sandbox.add(makeCall(added++, start, random, '86'));
	const anyRow = () => random.pick(sandbox.store.all());

	return {
		step() {
			for (let i = times(rates.head); i > 0; i--) add(head++);
			for (let i = times(rates.late); i > 0; i--) add(random.whole(from, to));
			for (let i = times(rates.deleted); i > 0 && sandbox.store.size > 0; i--) {
				sandbox.store.remove(anyRow().number);
			}
			for (let i = times(rates.changed); i > 0 && sandbox.store.size > 0; i--) {
				sandbox.store.change(anyRow().number, later);
			}
			for (const id of sandbox.ids()) ever.add(id);
		},
		stable() {
			const now = new Set(sandbox.ids());
			return before.filter((id) => now.has(id));
		},
		ever: () => ever,
	};
}
