import { formatWall, wallOf } from './wall';
import { AGENTS, GROUPS, type HappenedCall } from './calls';

/** A row of `/api/cdr` (docs/vendors/while1-voice.md 6), with `user_id`, which some installations send. */
export interface While1Row {
	id: string | number;
	uniqueid: string;
	linkedid: string;
	time: string;
	time_end: string;
	caller_id: string;
	source: string;
	destination: string;
	direction: string;
	channel_formatted: string;
	dstchannel_formatted: string;
	customer_id: string | null;
	user_id: number | null;
	user_fullname: string | null;
	qname: string | null;
	code: string;
	call_status: string;
	call_status_info: string | null;
	call_codes: string;
	accounting_code: string | null;
	accounting_value: string | null;
	comments: string | null;
	monitor_files: string | null;
	monitor_urls: string | null;
	recording_file: string | null;
	recording_url: string | null;
	transfers: string | null;
	project: string;
	inbound_route: string | null;
	inbound_route_id: string | null;
	queue_log: string | null;
	ivr_log: string | null;
	external_id: string | null;
	external_info: string | null;
	agent_details: string | null;
	is_recovered: string | null;
	transcription_id: string | null;
	transcription_text: string | null;
	bill_duration: string;
	duration: string;
	bill_minutes: number;
	ivr_duration: string;
	hold_time: string;
	ring_time: string;
}

/** Users count from here in the order of the agents. */
export const FIRST_USER_ID = 17;
/** Ids of projects, which rows name by name only. */
export const PROJECT_IDS: Record<string, string> = { Sales: '3', Support: '4' };

const STATUSES: Record<HappenedCall['end'], string[]> = {
	answered: ['ANSWERED'],
	unanswered: ['NO ANSWER', 'NO ANSWER', 'NOANSWER'],
	busy: ['BUSY'],
	failed: ['FAILED', 'CONGESTION'],
	canceled: ['NO ANSWER'],
	rejected: ['BUSY'],
	voicemail: ['NO ANSWER'],
};
const CAUSES: Record<string, number> = { ANSWERED: 16, BUSY: 17, FAILED: 34, CONGESTION: 34 };

export const clock = (seconds: number): string =>
	[Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
		.map((part) => String(part).padStart(2, '0'))
		.join(':');

export function while1Row(call: HappenedCall, zone: string): While1Row {
	const { number, start, ringSeconds, talkSeconds } = call;
	const at = (instant: number) => formatWall(wallOf(instant, zone));
	const isInbound = call.direction === 'inbound';
	const agent = AGENTS.indexOf(call.agent);
	const hasUser = talkSeconds > 0 ? number % 11 !== 0 : !isInbound;
	const phone = `PJSIP/${call.agent.toLowerCase().replace(' ', '-')}`;
	const caller = isInbound ? call.customerName : call.agent;
	const source = isInbound ? call.customer : call.line;
	const callee = call.direction === 'internal' ? call.otherExtension : call.customer;
	const words = STATUSES[call.end];
	const status = words[number % words.length];
	const project = GROUPS.find(({ id }) => id === call.group)!.name;
	const file = `${at(start).replace(/\D/g, '')}-${call.extension}-${number}.mp3`;
	const files = number % 3 === 0 ? [file, `b-${file}`] : [file];
	const url = (name: string) => `https://old-host.example.com/monitor/${name}`;
	const isMonitored = call.recorded && number % 5 !== 0;
	const isTranscribed = call.recorded && number % 2 === 0;
	return {
		id: number % 7 === 0 ? 29_000 + number : String(29_000 + number),
		uniqueid: `${start}.${number}`,
		linkedid: number % 12 === 0 ? `${start - 5}.${number - 1}` : `${start}.${number}`,
		time: at(start),
		time_end: at(start + ringSeconds + talkSeconds),
		caller_id: caller === '' ? `<${source}>` : `"${caller}" <${source}>`,
		source,
		destination: isInbound ? call.line : callee,
		direction: isInbound ? 'IN' : 'OUT',
		channel_formatted: isInbound ? 'PJSIP/trunk' : phone,
		dstchannel_formatted: isInbound ? (talkSeconds > 0 ? phone : '') : 'PJSIP/trunk',
		customer_id: number % 6 === 0 ? `C${number}` : null,
		user_id: hasUser ? FIRST_USER_ID + agent : null,
		user_fullname: hasUser ? call.agent : null,
		qname: isInbound ? project.toLowerCase() : null,
		code: isInbound ? (number % 3 === 0 ? 'inbound_ivr' : 'incoming') : 'outbound',
		call_status: status,
		call_status_info:
			number % 2 === 0 ? `DS:${status}|HC:${CAUSES[status] ?? 19}|HI:SIP answer` : null,
		call_codes: `${isInbound ? 'in' : 'out'} ${status.toLowerCase()}`,
		accounting_code: null,
		accounting_value: null,
		comments: call.note,
		monitor_files: isMonitored ? files.join('\n') : null,
		monitor_urls: isMonitored ? files.map(url).join('\n') : null,
		recording_file: call.recorded && !isMonitored ? file : null,
		recording_url: call.recorded && !isMonitored ? url(file) : null,
		transfers: number % 12 === 0 ? '8002' : null,
		project,
		inbound_route: isInbound ? `Route ${call.line}` : null,
		inbound_route_id: isInbound ? call.line.slice(-1) : null,
		queue_log: null,
		ivr_log: null,
		external_id: call.reference,
		external_info: null,
		agent_details: null,
		is_recovered: null,
		transcription_id: isTranscribed ? String(number) : null,
		transcription_text: isTranscribed ? 'Bună ziua, cu ce vă ajut?' : null,
		bill_duration: clock(talkSeconds),
		duration: clock(ringSeconds + talkSeconds),
		bill_minutes: Math.ceil(talkSeconds / 60),
		ivr_duration: '00:00:00',
		hold_time: '00:00:00',
		ring_time: clock(ringSeconds),
	};
}
