import type { Stored } from '../store';
import type { CallTruth } from '../truth';
import type { YeastarRow } from '../yeastarRow';

const MENU = { word: 'IVR', name: 'Welcome', number: '6200' };
const GROUP = { word: 'RingGroup', name: 'Front', number: '6300' };
const MAILBOX = { word: 'Voicemail', name: 'Office', number: '6600' };
/** Numbers of queues begin here, in the order in which they are first met. */
const FIRST_QUEUE = 6400;

/** As unanswered calls end; a queue that somebody left is `NO ANSWER`, as one that nobody took. */
const DISPOSITIONS: Record<CallTruth['ending'], string> = {
	answered: 'ANSWERED',
	missed: 'NO ANSWER',
	gaveUp: 'NO ANSWER',
	voicemail: 'VOICEMAIL',
	noAnswer: 'NO ANSWER',
	busy: 'BUSY',
	failed: 'FAILED',
	canceled: 'NO ANSWER',
	rejected: 'BUSY',
};

interface Party {
	/** As the unsplit field shows it: the type word stands only there. */
	shown: string;
	number: string;
	name: string;
}

interface Leg {
	to: Party;
	from?: Party;
	start: number;
	ring: number;
	talk: number;
	disposition: string;
	recording?: string;
}

/**
 * The rows of calls as a P-Series with new firmware writes them: one for each menu, queue and person that a caller met,
 * all with the same `call_id` and `uid`, each with a `new_id` of its own, without `reason`.
 */
export function createYeastarLegs(): (call: CallTruth) => Array<Stored<YeastarRow>> {
	const queues = new Map<string, string>();
	let rows = 0;
	let calls = 0;
	const queueOf = (name: string): Party => {
		const number = queues.get(name) ?? String(FIRST_QUEUE + queues.size);
		queues.set(name, number);
		return typed({ word: 'Queue', name, number });
	};
	return (call) => {
		const stamp = new Date(call.startedAt * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
		const common = {
			uid: `${stamp}${(++calls).toString(16).toUpperCase().padStart(5, '0')}`,
			call_id: `${call.startedAt}.${calls}`,
			call_type: { inbound: 'Inbound', outbound: 'Outbound', internal: 'Internal' }[call.direction],
			...(call.direction === 'inbound'
				? { did_number: call.line ?? '', src_trunk: 'sip-main' }
				: {}),
			...(call.direction === 'outbound'
				? { dod_number: call.line ?? '', dst_trunk: 'sip-main' }
				: {}),
		};
		const legs = call.direction === 'inbound' ? inboundLegs(call, queueOf) : [dialledLeg(call)];
		return legs.map((leg) => ({
			at: leg.start,
			instant: leg.start,
			ended: leg.start + leg.ring + leg.talk,
			number: ++rows,
			row: { ...common, ...rowOf(leg, call), new_id: `${common.call_id}-${rows}` },
		}));
	};
}

const typed = ({ word, name, number }: typeof MENU): Party => ({
	shown: `${word} ${name}<${number}>`,
	number,
	name,
});
const person = ({ name, extension }: { name: string; extension: string }): Party => ({
	shown: `${name}<${extension}>`,
	number: extension,
	name,
});
const outside = ({ customer, customerName }: CallTruth): Party => {
	const number = customer ?? 'anonymous';
	return { shown: `${customerName ?? ''}<${number}>`, number, name: customerName ?? '' };
};

function inboundLegs(call: CallTruth, queueOf: (name: string) => Party): Leg[] {
	const rung = call.startedAt + call.menuSeconds;
	const ring = call.waitSeconds - call.menuSeconds;
	const menu: Leg[] =
		call.menuSeconds > 0
			? [
					{
						to: typed(MENU),
						start: call.startedAt,
						ring: 0,
						talk: call.menuSeconds,
						disposition: 'ANSWERED',
					},
				]
			: [];
	const isAnswered = call.talks.length > 0;
	const [first] = call.talks;
	const target = call.queue === null ? typed(GROUP) : queueOf(call.queue);
	const waited: Leg = {
		to: target,
		start: rung,
		ring,
		talk: isAnswered ? first.to - first.from : 0,
		disposition: isAnswered ? 'ANSWERED' : 'NO ANSWER',
	};
	if (call.ending === 'voicemail') {
		const mailbox = { to: typed(MAILBOX), disposition: 'VOICEMAIL' };
		const message = call.endedAt - call.startedAt - call.waitSeconds;
		// Where the wait lasts until the end, the message is a part of it.
		return message > 0
			? [...menu, waited, { ...mailbox, start: call.endedAt - message, ring: 0, talk: message }]
			: [...menu, { ...mailbox, start: rung, ring: 0, talk: ring }];
	}
	const talks = call.talks.map(({ agent, from, to }, i): Leg => ({
		to: person(agent),
		start: i === 0 ? rung : from,
		ring: i === 0 ? ring : 0,
		talk: to - from,
		disposition: 'ANSWERED',
		recording: `${call.startedAt}.${call.id}-${i}.wav`,
	}));
	// A phone that was called directly has no leg besides that of whoever took it.
	return [...menu, ...(call.queue !== null || !isAnswered ? [waited] : []), ...talks];
}

function dialledLeg(call: CallTruth): Leg {
	const dialled = call.agent ?? { name: '', extension: '' };
	return {
		from: person(dialled),
		to: call.colleague ? person(call.colleague) : outside({ ...call, customerName: null }),
		start: call.startedAt,
		ring: call.waitSeconds,
		talk: call.ending === 'answered' ? call.endedAt - call.startedAt - call.waitSeconds : 0,
		disposition: DISPOSITIONS[call.ending],
	};
}

/** Fields that are zero or empty are left out, as the PBX does. */
function rowOf(leg: Leg, call: CallTruth): YeastarRow {
	const from = leg.from ?? outside(call);
	const row = {
		timestamp: leg.start,
		call_from: from.shown,
		call_to: leg.to.shown,
		call_from_number: from.number,
		call_from_name: from.name,
		call_to_number: leg.to.number,
		call_to_name: leg.to.name,
		duration: leg.ring + leg.talk,
		ring_duration: leg.ring,
		talk_duration: leg.talk,
		disposition: leg.disposition,
		record_file: leg.recording ?? '',
	};
	const filled = Object.entries(row).filter(([, value]) => value !== 0 && value !== '');
	return Object.fromEntries(filled) as unknown as YeastarRow;
}
