/**
 * Time that passes only when somebody sleeps. Put in n8n-workflow's place of `sleep`, it resolves at once, in the order
 * of real sleeps, and `Date.now` moves on by what was slept; so a wait of a minute costs nothing and can be measured.
 *
 * jest.mock('n8n-workflow', () => require('../support/clock').withVirtualSleep(jest.requireActual('n8n-workflow')));
 */
interface Sleeper {
	until: number;
	wake(): void;
}

const realNow = Date.now.bind(Date);
let skipped = 0;
let sleepers: Sleeper[] = [];
let isDue = false;

const now = () => realNow() + skipped;

function wakeNext(): void {
	isDue = false;
	const until = Math.min(...sleepers.map((sleeper) => sleeper.until));
	skipped += Math.max(0, until - now());
	const awake = sleepers.filter((sleeper) => sleeper.until <= until);
	sleepers = sleepers.filter((sleeper) => sleeper.until > until);
	for (const { wake } of awake) wake();
	plan();
}

function plan(): void {
	if (isDue || sleepers.length === 0) return;
	isDue = true;
	setImmediate(wakeNext);
}

async function sleep(ms: number): Promise<void> {
	await new Promise<void>((wake) => {
		sleepers.push({ until: now() + ms, wake });
		plan();
	});
}

/** n8n-workflow with a `sleep` that takes no time. */
export function withVirtualSleep<T extends object>(actual: T): T {
	Date.now = now;
	return { ...actual, sleep };
}

/** Milliseconds that were slept since the start: the time a user would have waited. */
export function sleptMs(): number {
	return skipped;
}
