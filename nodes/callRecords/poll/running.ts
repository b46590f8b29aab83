import type { PollState } from './pollState';

/** Polls that are under way in this process: n8n starts the next one regardless. */
export interface RunningPolls {
	/** False when a poll of this trigger is under way. */
	begin(trigger: string, budgetMs: number): boolean;
	end(trigger: string): void;
}

export function createRunningPolls(): RunningPolls {
	/** When each of them is given up, in milliseconds. */
	const until = new Map<string, number>();
	return {
		begin(trigger, budgetMs) {
			const now = Date.now();
			if ((until.get(trigger) ?? 0) > now) return false;
			until.set(trigger, now + budgetMs);
			return true;
		},
		end(trigger) {
			until.delete(trigger);
		},
	};
}

/**
 * Baselines that n8n may not have kept: with durable cursors it does not store what the poll of an activation leaves
 * behind, and calls between that poll and the next would be taken for known.
 */
export interface PendingBaselines {
	/** The state to go on from; a baseline that n8n did keep is forgotten here. */
	stateOf(trigger: string, stored: PollState | null): PollState | null;
	keep(trigger: string, state: PollState): void;
}

export function createPendingBaselines(): PendingBaselines {
	const baselines = new Map<string, PollState>();
	return {
		stateOf(trigger, stored) {
			if (stored) baselines.delete(trigger);
			return stored ?? baselines.get(trigger) ?? null;
		},
		keep(trigger, state) {
			baselines.set(trigger, state);
		},
	};
}

/**
 * Polls whose state n8n may still be storing: with durable cursors it does so after the poll has ended, and a poll that
 * begins before that would emit the same calls again.
 */
export interface PendingCommits {
	isPending(trigger: string, stored: PollState | null): boolean;
	add(trigger: string, state: PollState): void;
}

const COMMIT_MS = 30_000;

export function createPendingCommits(): PendingCommits {
	const commits = new Map<string, { polls: number; until: number }>();
	return {
		isPending(trigger, stored) {
			const latest = commits.get(trigger);
			if (!latest) return false;
			const isPending = (stored?.polls ?? 0) < latest.polls && Date.now() < latest.until;
			if (!isPending) commits.delete(trigger);
			return isPending;
		},
		add(trigger, { polls }) {
			commits.set(trigger, { polls, until: Date.now() + COMMIT_MS });
		},
	};
}
