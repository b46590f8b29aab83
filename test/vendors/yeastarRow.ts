import { EXTENSIONS, GROUPS, type HappenedCall } from './calls';

/**
 * A row of `cdr/search` (docs/vendors/yeastar-p-series.md 4.4). `time` is added when it is sent, as the PBX displays
 * times then.
 */
export interface YeastarRow {
	id?: number;
	new_id?: string;
	uid: string;
	call_id?: string;
	timestamp: number;
	call_from: string;
	call_to: string;
	call_from_number?: string;
	call_from_name?: string;
	call_to_number?: string;
	call_to_name?: string;
	src_addr?: string;
	src_trunk?: string;
	dst_trunk?: string;
	duration?: number;
	ring_duration?: number;
	talk_duration?: number;
	disposition: string;
	call_type: string;
	did_number?: string;
	did_name?: string;
	dod_number?: string;
	record_file?: string;
	reason?: string;
	pin_code?: string;
	call_note?: {
		id: string;
		disposition_code_list: Array<{ id: number; name: string; description: string }>;
		remark: string;
	};
}

export interface RowOptions {
	/** As before firmware x.21.0.117: `id`, a `uid` for every row, no call id, nothing in two fields. */
	isLegacy: boolean;
	/** Calls that went through a menu and a queue have a row for each. */
	hasLegs: boolean;
}

export const TRUNK = 'sip-main';

const DISPOSITIONS: Record<HappenedCall['end'], string> = {
	answered: 'ANSWERED',
	unanswered: 'NO ANSWER',
	busy: 'BUSY',
	failed: 'FAILED',
	canceled: 'NO ANSWER',
	rejected: 'BUSY',
	voicemail: 'VOICEMAIL',
};

const TYPES: Record<HappenedCall['direction'], string> = {
	inbound: 'Inbound',
	outbound: 'Outbound',
	internal: 'Internal',
};

export const CODES = [
	{ id: 3, name: 'Sale', description: '' },
	{ id: 8, name: 'Call back', description: 'within a day' },
];

/** The members of the groups of a PBX; group 1 has everybody in it. */
export function membersOf(group: number): string[] {
	const half = GROUPS.findIndex(({ id }) => id === group);
	if (group === 1) return EXTENSIONS;
	return half < 0 ? [] : EXTENSIONS.filter((_, i) => i % 2 === half);
}

/** The four ways in which a PBX writes a party (docs/vendors/yeastar-p-series.md 4.4). */
function party(number: string, name: string, shape: number): string {
	if (name !== '') return `${name}<${number}>`;
	return [number, `${number}<${number}>`, `<${number}>`][shape % 3];
}

function hex(value: number, digits: number): string {
	return value.toString(16).toUpperCase().padStart(digits, '0').slice(-digits);
}

/** Leaves out what is zero or empty, as the PBX does. */
function withoutEmpty(row: YeastarRow): YeastarRow {
	const filled = Object.entries(row).filter(([, value]) => value !== 0 && value !== '');
	return Object.fromEntries(filled) as unknown as YeastarRow;
}

/** The rows of a call: one, or, where it went through a menu and a queue, one for each of them and one for the person. */
export function yeastarRows(call: HappenedCall, options: RowOptions): YeastarRow[] {
	const person = personRow(call, options);
	const isQueued = options.hasLegs && call.direction === 'inbound' && call.number % 3 === 0;
	if (!isQueued) return [person];
	const menuSeconds = 5 + (call.number % 20);
	const menu: YeastarRow = {
		...person,
		...legOf(call, 1),
		...toParty('6200', 'IVR Main', options),
		duration: menuSeconds,
		talk_duration: menuSeconds,
		disposition: 'ANSWERED',
		reason: '',
	};
	const queue: YeastarRow = {
		...person,
		...legOf(call, 2),
		...toParty('6400', 'Queue Support', options),
	};
	for (const row of [menu, queue]) {
		delete row.record_file;
		delete row.call_note;
	}
	delete menu.ring_duration;
	return [menu, queue, person].map(withoutEmpty);
}

function legOf(call: HappenedCall, leg: number): Partial<YeastarRow> {
	return { new_id: `${hex(call.start, 8)}-${hex(call.number * 8 + leg, 8)}` };
}

function toParty(number: string, name: string, { isLegacy }: RowOptions): Partial<YeastarRow> {
	const call_to = party(number, name, 0);
	return isLegacy ? { call_to } : { call_to, call_to_number: number, call_to_name: name };
}

function personRow(call: HappenedCall, { isLegacy }: RowOptions): YeastarRow {
	const isOutbound = call.direction === 'outbound';
	const isInbound = call.direction === 'inbound';
	const talks = call.talkSeconds > 0;
	const ring = call.number % 13 === 0 && talks ? 0 : call.ringSeconds;
	const mailbox = call.end === 'voicemail' ? 3 + (call.number % 9) : 0;
	const isRefusedAtOnce = call.end === 'failed';
	const ext = { number: call.extension, name: call.number % 7 === 0 ? '' : call.agent };
	const other = { number: call.otherExtension, name: '' };
	const customer = { number: `+${call.customer}`, name: call.customerName };
	const [from, to] = isInbound
		? [customer, ext]
		: [ext, isOutbound ? { ...customer, number: call.customer, name: '' } : other];
	const at = new Date(call.start * 1000);
	const stamp = at.toISOString().replace(/\D/g, '').slice(0, 14);
	const type = TYPES[call.direction];
	const hasNote = !isLegacy && (call.note !== null || call.tag !== null);
	return withoutEmpty({
		...(isLegacy
			? { id: 2000 + call.number }
			: { ...legOf(call, 0), call_id: `${call.start}.${call.number % 1000}` }),
		uid: `${stamp}${hex(call.number, 5)}`,
		timestamp: call.start,
		call_from: party(from.number, from.name, call.number),
		call_to: party(to.number, to.name, call.number + 1),
		...(isLegacy
			? {}
			: {
					call_from_number: from.number,
					call_from_name: from.name,
					call_to_number: to.number,
					call_to_name: to.name,
				}),
		src_addr: isInbound ? '203.0.113.20' : '192.168.28.25',
		src_trunk: isInbound ? TRUNK : '',
		dst_trunk: isOutbound ? TRUNK : '',
		duration: isRefusedAtOnce ? 0 : ring + call.talkSeconds + mailbox,
		ring_duration: talks ? ring : 0,
		talk_duration: talks ? call.talkSeconds : mailbox,
		disposition: DISPOSITIONS[call.end],
		call_type: type,
		did_number: isInbound ? call.line : '',
		did_name: isInbound && !isLegacy ? `Line ${call.line.slice(-1)}` : '',
		dod_number: isOutbound ? call.line : '',
		record_file: call.recorded ? `${stamp}-${call.start}.${call.number}-${type}.wav` : '',
		reason: isRefusedAtOnce
			? 'dst extension_busy_no_forward '
			: call.hungUpBy === 'caller'
				? 'src hangup '
				: 'dst hangup ',
		pin_code: isOutbound && !isLegacy && call.number % 11 === 0 ? '4711' : '',
		...(hasNote
			? {
					call_note: {
						id: `${stamp}-${hex(call.number, 5)}`,
						disposition_code_list: call.tag === null ? [] : [CODES[call.number % 2]],
						remark: call.note ?? '',
					},
				}
			: {}),
	});
}

/** What the PBX calls the number of a party in its filters. */
export function numberIn(shown: string): string {
	return /<([^<>]*)>$/.exec(shown)?.[1] ?? shown;
}
