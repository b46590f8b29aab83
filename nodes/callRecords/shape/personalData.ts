import { createHmac } from 'crypto';

import type { Call } from '../call';
import type { CallRecord, PartyKind } from '../callRecord';
import { InputError } from '../platform';

/** The values of the option Personal Data. */
export const PERSONAL_DATA = ['keep', 'lastDigits', 'pseudonymize', 'remove'] as const;

/** What becomes of people's numbers and names. Only pseudonyms need a key, and they cannot do without. */
export type Mask =
	| { mode: 'keep' }
	| { mode: 'lastDigits' }
	| { mode: 'pseudonymize'; key: string }
	| { mode: 'remove' };

type HidingMask = Exclude<Mask, { mode: 'keep' }>;
type Text = string | null;

/** How one kind of value is masked. */
interface Masks {
	number(value: Text, e164?: Text): Text;
	name(value: Text): Text;
	/** The user's own id: it may be joined by, so a pseudonym keeps it joinable. */
	reference(value: Text): Text;
}

/** Fewer digits are an extension or a service: they stay. */
const FEWEST_DIGITS = 6;
const KEPT_DIGITS = 3;
const PSEUDONYM_PREFIX = 'p_';
const PSEUDONYM_LENGTH = 16;

/** What is masked already stays as it is, so that masking twice is masking once. */
const LAST_DIGITS = /^…\d{3}$/;
const PSEUDONYM = /^p_[\w-]{16}$/;

/** Sides whose names are names of things. A voicemail or a conference often bears its owner's. */
const NAMES_A_THING = new Set<PartyKind>(['queue', 'menu', 'ringGroup', 'announcement']);

/**
 * The words and codes by which platforms say how a call ended (docs/vendors). A text that has any other word in it may
 * hold a name or a number.
 */
const TERMS = new Set(
	(
		'abandon abandoned agent and ans answer answerd answered attended blind blocked busy by call called ' +
		'callee caller cancel canceled cancelled chanunavail clearing client completed condition congestion ' +
		'customer decline declined destination disconnect disconnected dnd dst end ended error exceeded expired ' +
		'extension fail failed failure for forbidden forward found hangup hungup in inbound incompatible internal ' +
		'interval invalid left leg line local lose message missed network no noanswer normal not number of ok on ' +
		'order orig originator out outbound outgoing overflow park picked pickup queue race recovery rejected ' +
		'released remote request response ring ringing routing server service side sip src switch system ' +
		'temporarily temporary terminated the timeout timer to transfer transferred unallocated unavailable ' +
		'unknown unregistered unspecified up user voicemail was with wrong'
	).split(' '),
);
const LONGEST_CODE = 5;

/**
 * Reads the option Personal Data.
 * @param given `mode`: the option; `key`: `pseudonymKey` of the credential; `output`: the parameter, as the rows of the
 * vendor, which `original` and `both` hold, cannot be masked
 * @throws InputError that names `Pseudonym Key`, `Output` or `Personal Data`
 */
export function readMask(given: { mode: unknown; key?: unknown; output?: unknown }): Mask {
	const mode = PERSONAL_DATA.find((known) => known === (given.mode ?? 'keep'));
	if (mode === undefined) {
		throw new InputError(
			'Personal Data',
			'Personal Data has a value that does not exist',
			`Use one of ${PERSONAL_DATA.join(', ')}`,
		);
	}
	if (mode !== 'keep' && (given.output === 'original' || given.output === 'both')) {
		throw new InputError(
			'Output',
			"The platform's own rows hold numbers and names that cannot be masked",
			'Choose another Output, or set Personal Data to Keep',
		);
	}
	if (mode !== 'pseudonymize') return { mode };
	const key = typeof given.key === 'string' ? given.key : '';
	if (key.trim() !== '') return { mode, key };
	throw new InputError(
		'Pseudonym Key',
		'Pseudonyms need a key, and the credential has none',
		'Put a long random text into Pseudonym Key of the credential, the same in every credential whose pseudonyms have to match',
	);
}

/**
 * The record with people's numbers and names masked; see docs/privacy.md for the table, field by field.
 *
 * Contract: records are masked **before** they are grouped into calls. The call, its `path` and its `legs` then consist
 * of masked parts only. Grouping goes by ids, kinds, times and short extensions, which all stay. A number has the same
 * pseudonym wherever it occurs with the same key: in `from`, `fromE164` and `externalNumber`, and on every platform,
 * provided that its E.164 form is known there.
 */
export function maskRecord(record: CallRecord & { path?: never }, mask: Mask): CallRecord {
	if (mask.mode === 'keep') return record;
	// A copy that is changed afterwards is several times as quick as one literal that spreads both.
	const masked: CallRecord = { ...record };
	return Object.assign(masked, maskFields(record, mask));
}

/** The fields that change. All others stay: ids, kinds, times, lines, queues. */
function maskFields(record: CallRecord, mask: HidingMask): Partial<CallRecord> {
	const { number, name, reference } = masksOf(mask);
	const extension = (value: Text) => (/^\d+$/.test(value ?? '') ? number(value) : name(value));
	return {
		outcomeRaw: isTerm(record.outcomeRaw) ? record.outcomeRaw : null,
		from: number(record.from, record.fromE164),
		fromName: NAMES_A_THING.has(record.fromKind) ? record.fromName : name(record.fromName),
		fromE164: number(record.fromE164),
		to: number(record.to, record.toE164),
		toName: NAMES_A_THING.has(record.toKind) ? record.toName : name(record.toName),
		toE164: number(record.toE164),
		// A call takes the first one that is known: of a leg inside the company it would be an extension.
		externalNumber: mask.mode === 'remove' ? null : number(record.externalNumber),
		agentName: name(record.agentName),
		agentExtension: extension(record.agentExtension),
		hangupCause: isTerm(record.hangupCause) ? record.hangupCause : null,
		recordingFile: null,
		recordingUrl: null,
		externalReference: reference(record.externalReference),
		tags: null,
		note: null,
		transcription: null,
	};
}

/**
 * A call that was grouped of records that were not masked. The path is made of numbers and names, so it cannot be masked
 * afterwards: `path` is that of the same records, masked and grouped; without it the path is null.
 */
export function maskCall(call: Call, mask: Mask, path: string | null = null): Call {
	if (mask.mode === 'keep') return call;
	const masked = { ...call, ...maskFields(call, mask), path };
	return call.legs ? { ...masked, legs: call.legs.map((leg) => maskRecord(leg, mask)) } : masked;
}

function masksOf(mask: HidingMask): Masks {
	const none = () => null;
	switch (mask.mode) {
		case 'remove':
			return { number: unlessShort(none), name: none, reference: none };
		case 'lastDigits':
			return { number: unlessShort(lastDigits), name: none, reference: none };
		case 'pseudonymize': {
			const token = (value: Text) => (value === null ? null : pseudonym(value, mask.key));
			return {
				number: unlessShort((value, e164) => token(e164 ?? compact(value))),
				name: token,
				reference: token,
			};
		}
	}
}

/** Short extensions stay: up to five digits and nothing else. Words in place of a number ("anonymous") do not. */
function unlessShort(masked: (value: string, e164?: Text) => Text): Masks['number'] {
	return (value, e164) => {
		if (value === null) return null;
		const isShort = /^[*#]?\d+$/.test(value) && value.replace(/\D/g, '').length < FEWEST_DIGITS;
		return isShort ? value : masked(value, e164);
	};
}

function lastDigits(value: string): Text {
	if (LAST_DIGITS.test(value)) return value;
	const digits = value.replace(/\D/g, '');
	return digits.length < FEWEST_DIGITS ? null : `…${digits.slice(-KEPT_DIGITS)}`;
}

/** A number's pseudonym does not depend on how it is spaced. */
function compact(value: string): string {
	return /^[\d\s().+-]+$/.test(value) ? value.replace(/[\s().-]/g, '') : value;
}

/** HMAC-SHA256, since a mere hash of a telephone number can be undone by trying all numbers. */
function pseudonym(value: string, key: string): string {
	if (PSEUDONYM.test(value)) return value;
	const hash = createHmac('sha256', key).update(value).digest('base64url');
	return PSEUDONYM_PREFIX + hash.slice(0, PSEUDONYM_LENGTH);
}

/** A code or the words of a platform for how a call ended, not a text that somebody wrote. */
function isTerm(value: Text): boolean {
	if (value === null) return false;
	if (/^\d+$/.test(value)) return value.length <= LONGEST_CODE;
	return value
		.toLowerCase()
		.split(/[^\p{L}\d]+/u)
		.filter((word) => word !== '')
		.every((word) => TERMS.has(word));
}
