// npm run build && node --expose-gc bench/grouping.mjs [--calls 400000] [--days 30]
// Groups the legs of a busy PBX into calls: nanoseconds of CPU a leg, and how much memory the open calls hold.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { repoDir } from '../tools/lib/paths.mjs';

const load = createRequire(import.meta.url);
const built = (/** @type {string} */ name) => load(join(repoDir, 'dist/nodes/callRecords', name));
const { toCallRecord } = built('callRecord.js');
const { createCallGrouper } = built('calls/groupCalls.js');

const { values } = parseArgs({
	options: {
		calls: { type: 'string', default: '400000' },
		days: { type: 'string', default: '30' },
	},
});
const [calls, days] = [Number(values.calls), Number(values.days)];
const PAGE = 1000;
const START = Date.UTC(2026, 5, 1) / 1000;
const STEP = (days * 86_400) / calls;

const ORIGIN = {
	platform: 'yeastarPSeries',
	host: 'pbx.example.com:8088',
	zone: 'Europe/Bucharest',
};
const NUMBERS = { queue: '6400', menu: '6200' };
const NAMES = { queue: 'Sales', menu: 'Welcome' };

let made = 0;
function leg(call, toKind, after, ring, talk) {
	const started = START + Math.floor(call * STEP) + after;
	const id = `68${(++made).toString(16).padStart(8, '0')}`;
	const isPerson = toKind === 'person';
	const agent = `40${call % 90}`;
	return toCallRecord(
		{
			id,
			callId: `${START}.${call}`,
			direction: 'inbound',
			outcome: 'answered',
			outcomeRaw: 'ANSWERED',
			from: '0722000111',
			fromKind: 'external',
			toKind,
			to: isPerson ? agent : NUMBERS[toKind],
			toName: isPerson ? 'Ann Lee' : NAMES[toKind],
			lineNumber: '0210000000',
			started: { instant: started },
			answered: { instant: started + ring },
			ended: { instant: started + ring + talk },
			durationSeconds: ring + talk,
			talkSeconds: talk,
			ringSeconds: ring,
			agentName: isPerson ? 'Ann Lee' : null,
			agentExtension: isPerson ? agent : null,
			queue: toKind === 'queue' ? 'Sales' : null,
			recordingFile: isPerson ? `${id}.wav` : null,
		},
		ORIGIN,
	);
}

/** Six rows for the one, four for the next, one for most: two and a half a call. */
function legsOf(call) {
	if (call % 10 < 6) return [leg(call, 'person', 0, 9, 60)];
	const queued = [
		leg(call, 'menu', 0, 0, 13),
		leg(call, 'queue', 13, 11, 74),
		leg(call, 'person', 13, 11, 74),
	];
	if (call % 10 < 8) return [...queued, leg(call, 'announcement', 98, 0, 4)];
	return [
		...queued,
		leg(call, 'menu', 98, 0, 5),
		leg(call, 'person', 103, 6, 40),
		leg(call, 'announcement', 149, 0, 4),
	].slice(0, call % 2 === 0 ? 6 : 5);
}

function* pages() {
	let page = [];
	for (let call = 0; call < calls; call++) {
		page.push(...legsOf(call));
		if (page.length < PAGE) continue;
		yield page;
		page = [];
	}
	yield page;
}

function heap() {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed / 1e6;
}

const grouper = createCallGrouper({ readAt: START + 40 * 86_400, settleSeconds: 60 });
const before = heap();
let microseconds = 0;
let grouped = 0;
let mostHeld = 0;
let page = 0;
/** CPU time, with that of the collector's threads: a busy machine changes it little. */
function timed(work) {
	const before = process.cpuUsage();
	grouped += work().length;
	const { user, system } = process.cpuUsage(before);
	microseconds += user + system;
}
for (const records of pages()) {
	timed(() => grouper.add(records));
	if (++page % 100 === 0) mostHeld = Math.max(mostHeld, heap() - before);
}
timed(() => grouper.end());
console.log({
	calls: grouped,
	legs: made,
	nanosecondsPerLeg: Math.round((microseconds * 1000) / made),
	mostHeldMB: Math.round(mostHeld),
	leftMB: Math.round(heap() - before),
});
