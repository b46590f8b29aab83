/**
 * What statistics cost on top of reading: node --expose-gc --import tsx bench/statistics.ts [calls] [groupBy,…] [pieces]
 * The calls are made in batches, outside of the time that is measured.
 */
import { createStatistics } from '../nodes/callRecords/statistics/figures';
import { GROUP_KEYS, type GroupKey } from '../nodes/callRecords/statistics/options';
import { toIso } from '../nodes/callRecords/time';
import { createRandom } from '../test/vendors/random';
import { oneCall } from '../test/support/statisticsCall';

const ZONE = 'Europe/Bucharest';
const BATCH = 500;
const SECONDS_APART = 12;
const FROM = Date.parse('2025-01-01T00:00:00Z') / 1000;

const [calls = '1000000', keys = '', pieces] = process.argv.slice(2);
const wanted = Number(calls);
const groupBy = keys
	.split(',')
	.filter((key): key is GroupKey => (GROUP_KEYS as readonly string[]).includes(key));
const random = createRandom(1);
const to = FROM + wanted * SECONDS_APART;
const statistics = createStatistics({
	groupBy,
	zone: ZONE,
	period: { from: FROM, to },
	now: to,
});

/** A text in one piece, as it comes out of JSON; V8 puts one that was just joined together when it is first read. */
const flat = (text: string) => (pieces ? text : Buffer.from(text, 'latin1').toString('latin1'));
const iso = (instant: number) => flat(toIso(instant, ZONE));

function batch(first: number) {
	return Array.from({ length: BATCH }, (_, i) => {
		const start = FROM + (first + i) * SECONDS_APART;
		const isAnswered = random.chance(0.85);
		const waitSeconds = random.whole(0, 60);
		const talkSeconds = isAnswered ? random.whole(5, 600) : 0;
		return oneCall({
			id: String(first + i),
			direction: random.chance(0.7) ? 'inbound' : 'outbound',
			outcome: isAnswered ? 'answered' : 'missed',
			externalNumber: `+4072${random.whole(1_000_000, 1_200_000)}`,
			startedAt: iso(start),
			answeredAt: isAnswered ? iso(start + waitSeconds) : null,
			endedAt: iso(start + waitSeconds + talkSeconds),
			waitSeconds,
			talkSeconds,
			agentName: `Agent ${random.whole(1, 200)}`,
			queue: `Queue ${random.whole(1, 8)}`,
		});
	});
}

/**
 * Of each batch, by the clock. A batch takes less than the slice of time that the system gives a process, so on a busy
 * machine the batch in the middle is one that was not interrupted.
 */
const microseconds: number[] = [];
const measured = (calls: number, work: () => void) => {
	const begin = process.hrtime.bigint();
	work();
	microseconds.push(Number(process.hrtime.bigint() - begin) / 1000 / calls);
};
const heap: number[] = [];
for (let first = 0; first < wanted; first += BATCH) {
	const made = batch(first);
	measured(BATCH, () => made.forEach((call) => statistics.add(call)));
	if ((first + BATCH) % (wanted / 10) === 0) {
		globalThis.gc?.();
		heap.push(Math.round(process.memoryUsage().heapUsed / 1e5) / 10);
	}
}
const groups = statistics.result().length;
const sorted = [...microseconds].sort((a, b) => a - b);
const middle = sorted[sorted.length >> 1].toFixed(2);
const mean = (sorted.reduce((sum, time) => sum + time, 0) / sorted.length).toFixed(2);
console.log(
	`${wanted} calls, by ${groupBy.join(', ') || 'nothing'}, ${groups} groups: ${middle} µs a call (mean ${mean}); ` +
		`heap in MB after each tenth: ${heap.join(', ')}`,
);
