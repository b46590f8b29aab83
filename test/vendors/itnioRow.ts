import { formatWall, wallOf } from './wall';
import { AGENTS, GROUPS, type HappenedCall } from './calls';

/** A row of `record/query` (docs/vendors/itnio-tech.md 3). */
export interface ItnioRow {
	keyId: number | string;
	callSessionId: string;
	callId: string;
	called: string | null;
	encryptCalled: string;
	caller: string;
	calledInfo: string;
	region: string | null;
	seatName: string | null;
	sipGroupName: string;
	voiceGroupId?: number;
	callDuration: number;
	ringDuration: number;
	callType: number;
	hangupReason: number;
	hangupCode: string;
	hangingDirection: number;
	errorReason: string;
	callStartTime: string;
	calledAnswerTime: string | null;
	calledHangupTime: string;
	createTime: string;
	updateTime: string;
	voiceUrl: string | null;
	voiceUrlList: string[];
	ccode: string;
	labelName: string | null;
	labelNameList: string[] | null;
	remark: string;
	brandId: number;
	brandName: string;
	mediaDetected: string | null;
}

export const GROUP_CALL = 1;
export const INCOMING = 2;
export const OUTGOING = 3;

/** `hangupReason` by how a call ended: of a group call, an incoming and an outgoing one. */
const REASONS: Record<HappenedCall['end'], [number, number, number]> = {
	answered: [3, 9, 1],
	unanswered: [2, 8, 0],
	busy: [7, 8, 7],
	failed: [4, 4, 5],
	canceled: [2, 8, 0],
	rejected: [7, 8, 6],
	voicemail: [0, 8, 0],
};

const COUNTRIES: Array<[string, string]> = [
	['86', '86(China)'],
	['40', '40(Romania)'],
	['65', '65(Singapore)'],
];

/** The console's ids of agents. Records have their names only. */
export function agentId(name: string | null): number | undefined {
	const index = AGENTS.indexOf(name ?? '');
	return index < 0 ? undefined : 900 + index;
}

export function groupId(name: string): number | undefined {
	return GROUPS.find((group) => group.name === name)?.id;
}

/** `861380****001`: how the platform shows a number to whom it hides customers from. */
function masked(number: string): string {
	return `${number.slice(0, 6)}****${number.slice(-3)}`;
}

function callTypeOf({ direction, number }: HappenedCall): number {
	if (direction === 'inbound') return INCOMING;
	return direction === 'internal' || number % 4 === 0 ? GROUP_CALL : OUTGOING;
}

export function itnioRow(call: HappenedCall, zone: string): ItnioRow {
	const at = (instant: number) => formatWall(wallOf(instant, zone));
	const callType = callTypeOf(call);
	const isIncoming = callType === INCOMING;
	const talks = call.talkSeconds > 0;
	const answered = call.start + call.ringSeconds;
	const ended = answered + call.talkSeconds;
	const called = isIncoming ? call.line : call.customer;
	const isHidden = !isIncoming && call.number % 10 === 3;
	const sipGroupName = GROUPS.find(({ id }) => id === call.group)?.name ?? '';
	const session = `${at(call.start).replace(/\D/g, '').slice(2)}${String(call.number).padStart(5, '0')}`;
	const file = `agent-call-record-${session.slice(0, 6)}/${session}.wav`;
	const tags = call.tag === null ? [] : call.number % 3 === 0 ? [call.tag, 'vip'] : [call.tag];
	const agentEnded = (call.hungUpBy === 'caller') === !isIncoming;
	return {
		keyId: 61_000_000 + call.number,
		callSessionId: session,
		callId: `${session}0101`,
		called: isHidden || call.number % 2 === 0 ? null : called,
		encryptCalled: isHidden ? masked(called) : called,
		caller: isIncoming ? call.customer : call.line,
		calledInfo: JSON.stringify({ calledInfo1: call.customerName || null, calledInfo2: null }),
		region: null,
		seatName: talks || call.number % 6 !== 0 ? call.agent : call.number % 4 === 0 ? null : '',
		sipGroupName,
		...(call.number % 2 === 0 ? {} : { voiceGroupId: call.group }),
		callDuration: call.talkSeconds,
		ringDuration: call.ringSeconds,
		callType,
		hangupReason: REASONS[call.end][callType - 1],
		hangupCode: talks ? '200' : '487',
		hangingDirection: call.number % 7 === 0 ? 3 : agentEnded ? 1 : 0,
		errorReason: talks ? 'sucess call(200)' : '',
		callStartTime: at(call.start),
		calledAnswerTime: talks ? at(answered) : null,
		calledHangupTime: at(ended),
		createTime: at(ended),
		updateTime: at(ended + 1),
		voiceUrl: call.recorded ? file : null,
		voiceUrlList: call.recorded ? [file] : [],
		ccode: COUNTRIES.find(([code]) => call.customer.startsWith(code))?.[1] ?? '',
		labelName: call.number % 5 === 0 ? null : JSON.stringify(tags),
		labelNameList: call.number % 5 === 0 || call.number % 5 > 2 ? tags : null,
		remark: call.note ?? '',
		brandId: 101,
		brandName: 'ITNIO',
		mediaDetected: null,
	};
}

/** The tags of a row, whichever of the two fields has them. */
export function tagsOf({ labelName, labelNameList }: ItnioRow): string[] {
	return labelNameList ?? (JSON.parse(labelName ?? '[]') as string[]);
}
