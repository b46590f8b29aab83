import type { HappenedCall } from './calls';
import type { Stored } from './store';
import type { CallTruth } from './truth';

/** A row of the call log (docs/vendors/3cx.md 4.6). Null fields are left out when it is sent. */
export interface ThreeCxRow {
	CdrId?: string;
	CallHistoryId?: string;
	MainCallHistoryId?: string;
	CallId: number;
	Indent: number;
	SegmentId: number;
	SubrowDescNumber: number;
	StartTime: string;
	SourceType: number;
	SourceDn: string;
	SourceCallerId: string;
	SourceDisplayName: string;
	DestinationType: number;
	DestinationDn: string;
	DestinationCallerId: string;
	DestinationDisplayName: string;
	ActionType: number;
	ActionDnType: number;
	RingingDuration: string;
	TalkingDuration: string;
	CallCost: number;
	Answered: boolean;
	Direction?: string;
	CallType?: string;
	Status?: string;
	RecordingUrl?: string;
	Reason: string;
	SrcRecId?: number;
	DstRecId?: number;
	QualityReport: boolean;
	Recordings?: Array<{ Id: number; Transcription?: string }>;
	Transcription?: string;
	Summary?: string;
}

const TRUNK = '10000';
/** Instants have microseconds: what lies within a second still belongs to it. */
const FRACTIONS = ['.000000', '.302658', '.999999', ''];

const guid = (kind: number, number: number) =>
	`00000000-01dd-${kind.toString(16).padStart(4, '0')}-9fb6-${number.toString(16).padStart(12, '0')}`;

const instant = (at: number, number: number) =>
	`${new Date(at * 1000).toISOString().slice(0, 19)}${FRACTIONS[number % FRACTIONS.length]}Z`;

/** `PT1H2M3S`; zero is `PT0S`. */
function duration(seconds: number): string {
	const [hours, minutes, rest] = [seconds / 3600, (seconds % 3600) / 60, seconds % 60];
	const parts = [`${Math.floor(hours)}H`, `${Math.floor(minutes)}M`, `${rest}S`];
	return `PT${parts.filter((part) => !part.startsWith('0')).join('') || '0S'}`;
}

interface Side {
	dn: string;
	callerId: string;
	name: string;
}

interface Leg {
	direction: string;
	type: string;
	status: string;
	answered: boolean;
	from: Side;
	to: Side;
	start: number;
	ring: number;
	talk: number;
	reason: string;
	recording?: number;
}

const named = (name: string, number: string) => (name === '' ? number : `${name} (${number})`);
const inside = (name: string, number: string): Side => ({
	dn: number,
	callerId: number,
	name: named(name, number),
});
/** A destination inside has no caller id, as a rule. */
const taker = (name: string, number: string): Side => ({ ...inside(name, number), callerId: '' });
const outside = (name: string, number: string): Side => ({
	dn: TRUNK,
	callerId: number,
	name: named(name, number),
});

function rowOf(leg: Leg, number: number, call: number): ThreeCxRow {
	const recording = leg.recording;
	return {
		CdrId: guid(0x5002, number),
		CallHistoryId: guid(0x5001, call),
		MainCallHistoryId: guid(0x5001, call),
		...{ CallId: 1, Indent: 1, SegmentId: 1, SubrowDescNumber: 1 },
		StartTime: instant(leg.start, number),
		...{ SourceType: 1, SourceDn: leg.from.dn, SourceCallerId: leg.from.callerId },
		SourceDisplayName: leg.from.name,
		...{ DestinationType: 1, DestinationDn: leg.to.dn, DestinationCallerId: leg.to.callerId },
		DestinationDisplayName: leg.to.name,
		...{ ActionType: 1, ActionDnType: 1 },
		RingingDuration: duration(leg.ring),
		TalkingDuration: duration(leg.talk),
		...{ CallCost: 0, Answered: leg.answered, Direction: leg.direction, CallType: leg.type },
		...{ Status: leg.status, Reason: leg.reason, QualityReport: false },
		...(recording === undefined
			? { Recordings: [] }
			: {
					RecordingUrl: `${leg.to.dn}/[${leg.to.name}]_${leg.start}(${recording}).wav`,
					...{ SrcRecId: recording, DstRecId: recording, Recordings: [{ Id: recording }] },
				}),
	};
}

const ended = ({ name, callerId, dn }: Side) => `Ended by ${name} (${callerId || dn})`;

/** The row of a call that has one leg. */
export function threeCxRow(call: HappenedCall): ThreeCxRow {
	const isInbound = call.direction === 'inbound';
	const person = isInbound ? taker : inside;
	const own = person(call.number % 7 === 0 ? '' : call.agent, call.extension);
	const other = outside(call.customerName, `+${call.customer}`);
	const [from, to] = {
		inbound: [other, own],
		outbound: [own, { ...other, callerId: call.customer, name: call.customer }],
		internal: [own, taker('', call.otherExtension)],
	}[call.direction];
	const talks = call.talkSeconds > 0;
	const isMailbox = call.end === 'voicemail';
	return rowOf(
		{
			direction: { inbound: 'Inbound', outbound: 'Outbound', internal: 'Internal' }[call.direction],
			type: isMailbox ? 'Voicemail' : call.direction === 'outbound' ? 'External' : 'Extension',
			status: talks || isMailbox ? 'Answered' : 'Unanswered',
			answered: talks || isMailbox,
			...{ from, to, start: call.start, ring: call.ringSeconds },
			talk: isMailbox ? 5 : call.talkSeconds,
			reason: ended(call.hungUpBy === 'caller' ? from : to),
			...(call.recorded ? { recording: 90_000 + call.number } : {}),
		},
		call.number,
		call.number,
	);
}

const MENU = taker('Welcome', '8522');
const GROUP = taker('Front', '8300');
const MAILBOX = taker('Office Voicemail', '8600');
/** Numbers of queues begin here, in the order in which they are first met. */
const FIRST_QUEUE = 8001;
/** Ids of rows of such calls are not those of others. */
const FIRST_NUMBER = 700_000;

/**
 * The rows of calls as they truly were: one for each menu, queue and person that a caller met, and that of a queue ends
 * where somebody takes the call out of it (docs/vendors/3cx.md 4.7).
 */
export function createThreeCxLegs(): (call: CallTruth) => Array<Stored<ThreeCxRow>> {
	const queues: string[] = [];
	let rows = FIRST_NUMBER;
	let calls = FIRST_NUMBER;
	const queueOf = (name: string) => {
		if (!queues.includes(name)) queues.push(name);
		return taker(name, String(FIRST_QUEUE + queues.indexOf(name)));
	};
	return (call) => {
		calls++;
		const legs = call.direction === 'inbound' ? inboundLegs(call, queueOf) : [dialledLeg(call)];
		return legs.map((leg) => {
			const number = ++rows;
			const row = rowOf(leg, number, calls);
			const end = leg.start + leg.ring + leg.talk;
			return { at: leg.start, instant: leg.start, ended: end, number, row };
		});
	};
}

function inboundLegs(call: CallTruth, queueOf: (name: string) => Side): Leg[] {
	const from = outside(call.customerName ?? '', call.customer ?? 'anonymous');
	const rung = call.startedAt + call.menuSeconds;
	const ring = call.waitSeconds - call.menuSeconds;
	const common = { from, direction: 'Inbound', status: 'Answered', answered: true };
	const menu: Leg = {
		...{ ...common, type: 'Digital Receptionist', to: MENU, reason: '' },
		...{ start: call.startedAt, ring: 0, talk: call.menuSeconds },
	};
	const before = call.menuSeconds > 0 ? [menu] : [];
	const isAnswered = call.talks.length > 0;
	const queued: Leg = {
		...{ ...common, direction: 'Inbound Queue', type: 'Queue', status: 'Waiting' },
		...{ to: queueOf(call.queue ?? ''), start: rung, ring: 0, talk: ring },
		reason: isAnswered ? `was replaced by ${call.talks[0].agent.name}` : ended(from),
	};
	const group: Leg = {
		...{ ...common, type: 'Ring Group', status: 'Unanswered', answered: false },
		...{ to: GROUP, start: rung, ring, talk: 0, reason: ended(from) },
	};
	const waited = call.queue === null ? group : queued;
	if (call.ending === 'voicemail') {
		const message = call.endedAt - call.startedAt - call.waitSeconds;
		const mailbox = { ...common, type: 'Voicemail', to: MAILBOX, reason: ended(from) };
		return message > 0
			? [...before, waited, { ...mailbox, start: call.endedAt - message, ring: 0, talk: message }]
			: [...before, { ...mailbox, start: rung, ring: 0, talk: ring }];
	}
	// Whoever takes a call out of a queue has been rung by it.
	const talks = call.talks.map(({ agent, from: start, to }, i): Leg => ({
		...{ ...common, type: 'Extension', to: taker(agent.name, agent.extension) },
		...(i === 0 && call.queue === null ? { start: rung, ring } : { start, ring: 0 }),
		...{
			talk: to - start,
			reason: ended(from),
			recording: 600_000 + (call.startedAt % 90_000) + i,
		},
	}));
	return [...before, ...(call.queue !== null || !isAnswered ? [waited] : []), ...talks];
}

function dialledLeg(call: CallTruth): Leg {
	const { name, extension } = call.agent ?? { name: '', extension: '' };
	const { colleague } = call;
	const number = call.customer ?? 'anonymous';
	const isAnswered = call.ending === 'answered';
	return {
		direction: colleague ? 'Internal' : 'Outbound',
		type: colleague ? 'Extension' : 'External',
		status: isAnswered ? 'Answered' : 'Unanswered',
		answered: isAnswered,
		from: inside(name, extension),
		to: colleague ? taker(colleague.name, colleague.extension) : outside('', number),
		start: call.startedAt,
		ring: call.waitSeconds,
		talk: isAnswered ? call.endedAt - call.startedAt - call.waitSeconds : 0,
		reason: '',
	};
}
