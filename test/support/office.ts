import { createRandom, type Random } from '../vendors/random';

/**
 * The calls of a made-up office, as they truly were: what every platform's rows, and every figure, can be compared with.
 * It is plain data and imports nothing of the package. Instants are Unix seconds, durations whole seconds.
 */
export interface OfficeCall {
	id: string;
	direction: 'inbound' | 'outbound' | 'internal';
	/** How it ended. `gaveUp`: in the queue; `missed`: at the phone that rang. */
	ending:
		| 'answered'
		| 'missed'
		| 'gaveUp'
		| 'voicemail'
		| 'noAnswer'
		| 'busy'
		| 'failed'
		| 'canceled'
		| 'rejected';
	startedAt: number;
	endedAt: number;
	/** From the start until a person answered, else until the end. */
	waitSeconds: number;
	/** How much of the wait the caller heard the menu. */
	menuSeconds: number;
	/** One after another, without a gap; empty unless `ending` is `answered`. */
	talks: OfficeTalk[];
	/** The customer's number in E.164; null in internal calls, and where the caller withheld it. */
	customer: string | null;
	customerName: string | null;
	line: string | null;
	queue: string | null;
	/** Inbound: the first who talked, else null. Else: who dialled. */
	agent: OfficeAgent | null;
	/** The other side of an internal call. */
	colleague: OfficeAgent | null;
}

export interface OfficeTalk {
	agent: OfficeAgent;
	from: number;
	to: number;
}

export interface OfficeAgent {
	name: string;
	extension: string;
}

export interface OfficeSettings {
	seed: number;
	/** IANA zone of the office's clocks: its people work by day. */
	zone: string;
	/** Of the first call at the earliest. */
	from: number;
	days: number;
	callsPerDay: number;
	agents?: number;
	/** Weekends too, and the whole night: so that the hours in which clocks change have calls. */
	allHours?: boolean;
}

export interface Office {
	settings: OfficeSettings;
	agents: OfficeAgent[];
	queues: string[];
	lines: string[];
	/** In the order in which they began. */
	calls: OfficeCall[];
}

const DAY = 86_400;
const FIRST =
	'Ann Ben Chloé Dan Eva Femi Greta Hugo Ines Jan Kofi Lea Mei Nils Olga Pia Quinn Rosa'.split(' ');
const LAST = 'Lee Novak Okafor Sørensen Popescu Rossi Silva Tanaka Weber Young'.split(' ');
const QUEUES = ['Sales', 'Support', 'Billing', 'Returns'];
/** How busy each hour of a working day is. */
const HOURS = [
	0, 0, 0, 0, 0, 0, 0.1, 0.4, 2, 4, 5, 4.4, 2.6, 3, 4, 3.8, 3, 1.6, 0.6, 0.3, 0.1, 0, 0, 0,
];

export function createOffice(settings: OfficeSettings): Office {
	const random = createRandom(settings.seed);
	const agents = Array.from({ length: settings.agents ?? random.whole(3, 12) }, (_, i) => ({
		name: nameOf(i),
		extension: String(4001 + i),
	}));
	const office: Office = {
		settings,
		agents,
		queues: QUEUES.slice(0, random.whole(1, QUEUES.length)),
		lines: Array.from({ length: random.whole(1, 3) }, (_, i) => `+40212345${100 + i}`),
		calls: [],
	};
	const customers = Array.from(
		{ length: Math.ceil((settings.days * settings.callsPerDay) / 4) + 3 },
		(_, i) => `+4072${String(1_000_000 + i * 37)}`,
	);
	const calls: OfficeCall[] = [];
	for (const startedAt of startsOf(settings, random)) {
		const call = createCall(startedAt, office, customers, random);
		calls.push(call, ...callBacksOf(call, office, random));
	}
	calls.sort((a, b) => a.startedAt - b.startedAt);
	office.calls = calls.map((call, i) => ({ ...call, id: `${settings.seed}-${i + 1}` }));
	return office;
}

function nameOf(i: number): string {
	const round = Math.floor(i / FIRST.length);
	const second = round < LAST.length ? '' : `-${LAST[round % LAST.length]}`;
	return `${FIRST[i % FIRST.length]} ${LAST[(i + round) % LAST.length]}${second}`;
}

function startsOf({ zone, from, days, callsPerDay, allHours }: OfficeSettings, random: Random) {
	const local = clockOf(zone);
	const wanted = days * callsPerDay;
	const starts: number[] = [];
	while (starts.length < wanted) {
		const start = random.whole(from, from + days * DAY - 1);
		if (allHours) {
			starts.push(start);
			continue;
		}
		const { weekday, hour } = local(start);
		const share = weekday === 'Sat' ? 0.25 : weekday === 'Sun' ? 0.06 : 1;
		if (random.chance((HOURS[hour] * share) / 5)) starts.push(start);
	}
	return starts;
}

function clockOf(zone: string): (instant: number) => { weekday: string; hour: number } {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		weekday: 'short',
		hour: '2-digit',
		hourCycle: 'h23',
	});
	const known = new Map<number, { weekday: string; hour: number }>();
	return (instant) => {
		const quarter = Math.floor(instant / 900);
		let read = known.get(quarter);
		if (!read) {
			const parts = new Map(format.formatToParts(instant * 1000).map((p) => [p.type, p.value]));
			read = { weekday: parts.get('weekday') as string, hour: Number(parts.get('hour')) };
			known.set(quarter, read);
		}
		return read;
	};
}

function createCall(startedAt: number, office: Office, customers: string[], random: Random) {
	const kind = random.next();
	const customer = random.pick(customers);
	if (kind < 0.68) return inbound(startedAt, random.chance(0.06) ? null : customer, office, random);
	if (kind < 0.92) return outbound(startedAt, customer, office, random);
	return internal(startedAt, office, random);
}

function inbound(startedAt: number, customer: string | null, office: Office, random: Random) {
	const queue = random.chance(0.7) ? random.pick(office.queues) : null;
	const menuSeconds = queue !== null && random.chance(0.8) ? random.whole(3, 20) : 0;
	const ending = random.chance(0.8)
		? 'answered'
		: random.chance(0.35)
			? 'voicemail'
			: queue === null
				? 'missed'
				: 'gaveUp';
	const patience = random.chance(0.3)
		? random.whole(0, 6)
		: Math.floor(60 * -Math.log(1 - random.next()));
	const waitSeconds = menuSeconds + (ending === 'answered' ? Math.floor(patience / 2) : patience);
	const call = emptyCall(startedAt, 'inbound', ending, waitSeconds);
	call.menuSeconds = menuSeconds;
	call.customer = customer;
	call.customerName = customer !== null && random.chance(0.3) ? random.pick(LAST) : null;
	call.queue = queue;
	call.line = random.chance(0.95) ? random.pick(office.lines) : null;
	if (ending === 'answered') talk(call, random.pick(office.agents), office, random);
	// The greeting and the message.
	if (ending === 'voicemail') call.waitSeconds += random.whole(5, 60);
	return ended(call);
}

function outbound(startedAt: number, customer: string, office: Office, random: Random) {
	const endings = [
		'answered',
		'answered',
		'answered',
		'noAnswer',
		'busy',
		'failed',
		'canceled',
		'rejected',
	] as const;
	const call = emptyCall(startedAt, 'outbound', random.pick(endings), random.whole(1, 30));
	call.customer = customer;
	call.line = random.pick(office.lines);
	const agent = random.pick(office.agents);
	if (call.ending === 'answered') talk(call, agent, office, random);
	call.agent = agent;
	return ended(call);
}

function internal(startedAt: number, office: Office, random: Random) {
	const call = emptyCall(
		startedAt,
		'internal',
		random.chance(0.7) ? 'answered' : 'noAnswer',
		random.whole(1, 20),
	);
	const agent = random.pick(office.agents);
	if (call.ending === 'answered') talk(call, agent, office, random);
	call.agent = agent;
	call.colleague = random.pick(office.agents.filter((other) => other !== agent));
	return ended(call);
}

function emptyCall(
	startedAt: number,
	direction: OfficeCall['direction'],
	ending: OfficeCall['ending'],
	waitSeconds: number,
): OfficeCall {
	return {
		id: '',
		direction,
		ending,
		startedAt,
		endedAt: startedAt,
		waitSeconds,
		menuSeconds: 0,
		talks: [],
		customer: null,
		customerName: null,
		line: null,
		queue: null,
		agent: null,
		colleague: null,
	};
}

/** Some talks end in a transfer, some last over a full hour. */
function talk(call: OfficeCall, agent: OfficeAgent, office: Office, random: Random): void {
	const seconds = () =>
		random.chance(0.02)
			? random.whole(1800, 9000)
			: 1 + Math.floor(170 * -Math.log(1 - random.next()));
	const from = call.startedAt + call.waitSeconds;
	call.agent = agent;
	call.talks.push({ agent, from, to: from + seconds() });
	if (call.direction !== 'inbound' || !random.chance(0.1)) return;
	const next = random.pick(office.agents.filter((other) => other !== agent));
	const at = call.talks[0].to;
	call.talks.push({ agent: next, from: at, to: at + seconds() });
}

function ended(call: OfficeCall): OfficeCall {
	return { ...call, endedAt: call.talks.at(-1)?.to ?? call.startedAt + call.waitSeconds };
}

/** Somebody calls back, or the caller tries again: soon, or so late that it does not count. */
function callBacksOf(call: OfficeCall, office: Office, random: Random): OfficeCall[] {
	if (call.direction !== 'inbound' || call.ending === 'answered' || call.customer === null)
		return [];
	if (random.chance(0.3)) return [];
	const hours = random.chance(0.15) ? random.whole(20, 30) : random.next() * 3;
	const startedAt = call.endedAt + Math.round(hours * 3600) + (random.chance(0.1) ? 0 : 1);
	return [
		random.chance(0.6)
			? outbound(startedAt, call.customer, office, random)
			: inbound(startedAt, call.customer, office, random),
	];
}
