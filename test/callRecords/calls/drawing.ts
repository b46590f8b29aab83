import { DateTime } from 'luxon';

import type {
	CallRecord,
	Direction,
	Outcome,
	PartyKind,
} from '../../../nodes/callRecords/callRecord';

/**
 * Legs as drawings, one a line:
 *
 *     'Queue Sales (6400)   |  ..=====       | file=a.wav by=caller'
 *
 * Who was called; when, where one character is ten seconds: `.` it rang, `=` it was talked; how it ended, where nobody
 * answered: one letter of `ENDS`; and fields that differ from what the drawing says.
 */
export interface Scene {
	/** ISO 8601; default 09:00 on a summer's day in Bucharest. */
	start?: string;
	zone?: string;
	direction?: Direction;
	/** `Ann Lee (4005)` or a number; default an outside caller. */
	from?: string;
}

const SLOT = 10;
export const CUSTOMER = '0722000111';
export const LINE = '0210000000';

const ENDS: Record<string, Outcome> = {
	b: 'busy',
	f: 'failed',
	c: 'canceled',
	r: 'rejected',
	v: 'voicemail',
	u: 'unknown',
};

const KINDS: Array<[word: RegExp, kind: PartyKind]> = [
	[/^IVR /, 'menu'],
	[/^Queue /, 'queue'],
	[/^RingGroup /, 'ringGroup'],
	[/^Voicemail /, 'voicemail'],
	[/^Conference /, 'conference'],
	[/^(?=Satisfaction Survey|Play Prompt)/, 'announcement'],
	[/^\? /, 'unknown'],
	[/^(?=\d{7,}$)/, 'external'],
	[/^/, 'person'],
];

export interface Side {
	kind: PartyKind;
	name: string | null;
	number: string | null;
}

function sideOf(drawn: string): Side {
	const text = drawn.trim();
	const [word, kind] = KINDS.find(([start]) => start.test(text)) ?? [/^/, 'unknown' as const];
	const rest = text.replace(word, '');
	const [, named, number] = /^(.*?)\s*\(([^)]*)\)$/.exec(rest) ?? [];
	if (number !== undefined) return { kind, name: named || null, number };
	return /^\d+$/.test(rest)
		? { kind, name: null, number: rest }
		: { kind, name: rest, number: null };
}

function isoOf(instant: number, zone: string): string {
	const time = DateTime.fromSeconds(instant, { zone });
	return time.toISO({ suppressMilliseconds: true }) ?? '';
}

/** The call records of a drawing, all with the call id `call`. */
export function draw(lines: string[], scene: Scene = {}): CallRecord[] {
	return lines.map((line, i) => record(line, `leg${i + 1}`, scene));
}

function record(line: string, id: string, scene: Scene): CallRecord {
	const { start = '2026-06-30T09:00:00+03:00', zone = 'Europe/Bucharest' } = scene;
	const [who, bar = '', rest = ''] = line.split('|');
	const options = new Map(
		[...rest.matchAll(/(\w+)=("[^"]*"|\S+)/g)].map(([, key, value]) => [
			key,
			value.replaceAll('"', ''),
		]),
	);
	const direction = (options.get('dir') ?? scene.direction ?? 'inbound') as Direction;
	const to = sideOf(who);
	const from = sideOf(options.get('from') ?? scene.from ?? CUSTOMER);
	const begin = Math.floor(DateTime.fromISO(start).toSeconds()) + bar.search(/\S/) * SLOT;
	const ring = (bar.match(/\./g)?.length ?? 0) * SLOT;
	const talk = (bar.match(/=/g)?.length ?? 0) * SLOT;
	const isAnswered = bar.includes('=');
	const agent = direction === 'inbound' ? to : from;
	const isAgent = agent.kind === 'person';
	const file = options.get('file') ?? null;
	return {
		recordId: `pbx:host:1:${id}`,
		platform: 'pbx',
		platformRecordId: id,
		callId: 'call',
		direction,
		outcome: isAnswered ? 'answered' : endOf(bar, direction),
		outcomeRaw: isAnswered ? 'ANSWERED' : 'NO ANSWER',
		from: from.number,
		fromName: from.name,
		fromE164: null,
		to: to.number,
		toName: to.name,
		toE164: null,
		fromKind: from.kind,
		toKind: to.kind,
		externalNumber: { inbound: from.number, outbound: to.number, internal: null, unknown: null }[
			direction
		],
		lineNumber: direction === 'internal' ? null : LINE,
		startedAt: isoOf(begin, zone),
		answeredAt: isAnswered && !options.has('answerUnknown') ? isoOf(begin + ring, zone) : null,
		endedAt: options.has('endUnknown') ? null : isoOf(begin + ring + talk, zone),
		timeIsAmbiguous: options.has('ambiguous'),
		durationSeconds: options.has('endUnknown') ? null : ring + talk,
		talkSeconds: options.has('talkUnknown') ? null : talk,
		ringSeconds: ring,
		agentName: options.get('agent') ?? (isAgent ? agent.name : null),
		agentExtension: isAgent && (agent.number?.length ?? 9) < 6 ? agent.number : null,
		queue: options.get('queue') ?? (to.kind === 'queue' ? to.name : null),
		hangupBy: (options.get('by') as CallRecord['hangupBy']) ?? null,
		hangupCause: null,
		hasRecording: file !== null,
		recordingFile: file,
		recordingUrl: null,
		externalReference: options.get('reference') ?? null,
		tags: null,
		note: options.get('note') ?? null,
		transcription: null,
	};
}

function endOf(bar: string, direction: Direction): Outcome {
	const letter = /[a-z]/.exec(bar)?.[0];
	if (letter !== undefined) return ENDS[letter];
	return direction === 'inbound' ? 'missed' : 'noAnswer';
}
