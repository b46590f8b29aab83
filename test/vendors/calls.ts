import { createRandom, type Random } from './random';

/** A call as it happened, before any platform wrote a row about it. */
export interface HappenedCall {
	/** Counts from 1 in the order in which calls began. */
	number: number;
	/** Unix seconds. */
	start: number;
	ringSeconds: number;
	/** 0 = nobody answered. */
	talkSeconds: number;
	direction: 'inbound' | 'outbound' | 'internal';
	end: 'answered' | 'unanswered' | 'busy' | 'failed' | 'canceled' | 'rejected' | 'voicemail';
	extension: string;
	agent: string;
	/** The other extension of an internal call. */
	otherExtension: string;
	customer: string;
	customerName: string;
	line: string;
	group: number;
	recorded: boolean;
	/** Who ended it. */
	hungUpBy: 'caller' | 'callee';
	/** How it was dialled: manual, api, predictive … Platforms that know such things have codes for it. */
	method: number;
	reference: string | null;
	tag: string | null;
	note: string | null;
}

export const EXTENSIONS = ['8001', '8002', '8003', '8004', '8005', '8006', '8007', '8008'];
export const AGENTS = [
	'Ana Pop',
	'Bo Chen',
	'Chidi Eze',
	'Dana Ortiz',
	'Elif Kaya',
	'Farid Haddad',
	'Grace Kim',
	'Hugo Silva',
];
export const GROUPS = [
	{ id: 7, name: 'Sales' },
	{ id: 12, name: 'Support' },
];
const CUSTOMER_NAMES = [
	'',
	'',
	'',
	'Zoë "Zed" Łukasz',
	'O’Brien, Pat',
	'=1+1',
	'أحمد',
	'王伟 📞',
	'<b>Bob</b>',
];

export interface CallsOptions {
	count: number;
	/** Unix seconds. */
	from: number;
	to: number;
	seed?: number;
	/** The country prefix of customers' numbers, as digits. */
	prefix?: string;
	/** `office`: as in a company, most calls on weekdays in the daytime (UTC); `even`: at any time alike. */
	shape?: 'office' | 'even';
}

/** Calls in the order in which they began. The same options give the same calls. */
export function makeCalls(options: CallsOptions): HappenedCall[] {
	const random = createRandom(options.seed ?? 1);
	const starts: number[] = [];
	while (starts.length < options.count) {
		const start = random.whole(options.from, options.to);
		if (options.shape !== 'office' || random.chance(officeRate(start))) starts.push(start);
	}
	return starts
		.sort((a, b) => a - b)
		.map((start, i) => makeCall(i + 1, start, random, options.prefix ?? '86'));
}

function officeRate(time: number): number {
	const weekday = (Math.floor(time / 86_400) + 4) % 7;
	const hour = Math.floor((time % 86_400) / 3600);
	const day = weekday === 0 ? 0.05 : weekday === 6 ? 0.2 : 1;
	return day * (hour < 7 || hour > 19 ? 0.05 : hour === 12 ? 0.6 : 1);
}

export function makeCall(
	number: number,
	start: number,
	random: Random,
	prefix: string,
): HappenedCall {
	const agent = random.whole(0, AGENTS.length - 1);
	const end = random.chance(0.6)
		? 'answered'
		: random.pick([
				'unanswered',
				'unanswered',
				'busy',
				'failed',
				'canceled',
				'rejected',
				'voicemail',
			] as const);
	const talks = end === 'answered';
	const extension = EXTENSIONS[agent];
	return {
		number,
		start,
		ringSeconds: random.whole(1, 30),
		talkSeconds: talks ? random.whole(1, random.chance(0.05) ? 7200 : 400) : 0,
		direction: random.chance(0.05) ? 'internal' : random.chance(0.5) ? 'inbound' : 'outbound',
		end,
		extension,
		agent: AGENTS[agent],
		otherExtension:
			EXTENSIONS[(agent + 1 + random.whole(0, EXTENSIONS.length - 2)) % EXTENSIONS.length],
		customer: `${prefix}1${random.whole(300_000_000, 399_999_999)}`,
		customerName: random.pick(CUSTOMER_NAMES),
		line: `0218000000${random.whole(1, 3)}`,
		group: random.pick(GROUPS).id,
		recorded: talks && random.chance(0.7),
		hungUpBy: random.pick(['caller', 'callee']),
		method: random.pick([2, 2, 3, 3, 4, 5, 6]),
		reference: random.chance(0.3) ? `crm-${number}` : null,
		tag: random.chance(0.2) ? random.pick(['hot', 'cold', 'callback']) : null,
		note: random.chance(0.1) ? 'asked for a quote,\n"soon"' : null,
	};
}
