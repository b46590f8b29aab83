import { createHmac } from 'crypto';

import fc from 'fast-check';

import { CALL_FIELDS, type Call } from '../../../nodes/callRecords/call';
import {
	CALL_RECORD_FIELDS,
	toCallRecord,
	type CallRecord,
	type PartyKind,
} from '../../../nodes/callRecords/callRecord';
import {
	maskCall,
	maskRecord,
	PERSONAL_DATA,
	readMask,
	type Mask,
} from '../../../nodes/callRecords/shape/personalData';
import { aCall, aRecord } from './calls';

const KEY = 'a long random text';
const pseudonymize: Mask = { mode: 'pseudonymize', key: KEY };
const masks: Mask[] = [{ mode: 'lastDigits' }, pseudonymize, { mode: 'remove' }];

/** Written down once more: `p_` and 16 characters of base64url of HMAC-SHA256. */
const token = (value: string) =>
	`p_${createHmac('sha256', KEY).update(value, 'utf8').digest('base64url').slice(0, 16)}`;

describe('what becomes of each field', () => {
	const personal = aRecord({
		to: '0733000111',
		toName: 'Bob',
		toE164: '+40733000111',
		agentExtension: 'ann.lee',
		recordingUrl: 'https://pbx.example.com/r/0721234567.wav',
		externalReference: 'ticket of Jane',
		tags: 'vip, Jane',
		note: 'Jane called',
		transcription: 'Hello, this is Jane',
		hangupCause: 'Ended by Jane Doe (0721234567)',
	});
	const freeText = {
		recordingFile: null,
		recordingUrl: null,
		tags: null,
		note: null,
		transcription: null,
		hangupCause: null,
	};

	it('keeps everything with keep', () => {
		expect(maskRecord(personal, { mode: 'keep' })).toBe(personal);
	});

	it('keeps the last three digits of numbers', () => {
		expect(maskRecord(personal, { mode: 'lastDigits' })).toEqual({
			...personal,
			...freeText,
			from: '…567',
			fromName: null,
			fromE164: '…567',
			to: '…111',
			toName: null,
			toE164: '…111',
			externalNumber: '…567',
			agentName: null,
			agentExtension: null,
			externalReference: null,
		});
	});

	it('gives each number and name one pseudonym', () => {
		expect(maskRecord(personal, pseudonymize)).toEqual({
			...personal,
			...freeText,
			from: token('+40721234567'),
			fromName: token('Jane Doe'),
			fromE164: token('+40721234567'),
			to: token('+40733000111'),
			toName: token('Bob'),
			toE164: token('+40733000111'),
			externalNumber: token('+40721234567'),
			agentName: token('Ann Lee'),
			agentExtension: token('ann.lee'),
			externalReference: token('ticket of Jane'),
		});
		expect(token('+40721234567')).toMatch(/^p_[\w-]{16}$/);
	});

	it('removes numbers, names and texts', () => {
		expect(maskRecord(personal, { mode: 'remove' })).toEqual({
			...personal,
			...freeText,
			from: null,
			fromName: null,
			fromE164: null,
			to: null,
			toName: null,
			toE164: null,
			externalNumber: null,
			agentName: null,
			agentExtension: null,
			externalReference: null,
		});
	});

	it.each(masks)('leaves unknown what is unknown: $mode', (mask) => {
		const unknown = Object.fromEntries(CALL_RECORD_FIELDS.map((field) => [field, null]));
		expect(maskRecord(unknown as unknown as CallRecord, mask)).toEqual(unknown);
	});
});

describe('what stays', () => {
	it.each(masks)('short extensions, lines, queues, ids and codes: $mode', (mask) => {
		const record = aRecord({ from: '4005', fromE164: null, to: '*97', toE164: null });
		expect(maskRecord(record, mask)).toMatchObject({
			recordId: record.recordId,
			platformRecordId: '1001',
			callId: '1001',
			from: '4005',
			to: '*97',
			agentExtension: '4005',
			lineNumber: '+40312345678',
			queue: 'Sales',
			outcomeRaw: 'ANSWERED',
			hangupCause: 'NORMAL_CLEARING',
			startedAt: record.startedAt,
		});
	});

	it.each<[PartyKind, boolean]>([
		['queue', true],
		['menu', true],
		['ringGroup', true],
		['announcement', true],
		['person', false],
		['external', false],
		['voicemail', false],
		['conference', false],
		['unknown', false],
	])('the name of a %s: %s', (kind, stays) => {
		const record = aRecord({ toKind: kind, toName: 'Welcome', fromKind: kind, fromName: 'Menu' });
		const masked = maskRecord(record, { mode: 'remove' });
		expect([masked.toName, masked.fromName]).toEqual(stays ? ['Welcome', 'Menu'] : [null, null]);
	});

	it.each([
		['486', true],
		['10016', true],
		['src hangup', true],
		['dst extension_busy_no_forward', true],
		['NO ANSWER', true],
		['CHANUNAVAIL', true],
		['0721234567', false],
		['hung up by Jane', false],
		['Jane', false],
	])('the cause %j: %s', (cause, stays) => {
		const masked = maskRecord(aRecord({ hangupCause: cause, outcomeRaw: cause }), pseudonymize);
		expect(masked.hangupCause).toBe(stays ? cause : null);
		expect(masked.outcomeRaw).toBe(stays ? cause : null);
	});
});

describe('numbers', () => {
	it.each([
		['123456', '…456'],
		['+40 721 234 567', '…567'],
		['138****1234', '…234'],
		['12345', '12345'],
		['anonymous', null],
		['sip:jane@example.com', null],
		['1…23', null],
	])('%j has the last digits %j', (number, expected) => {
		const record = aRecord({ from: number, fromE164: null });
		expect(maskRecord(record, { mode: 'lastDigits' }).from).toBe(expected);
	});

	it('have the same pseudonym on two platforms, however they are written there', () => {
		const origin = { host: 'pbx.example.com', zone: 'Europe/Bucharest', country: 'RO' };
		const numbers = [
			['commo', '0721 234 567'],
			['while1Voice', '0040721234567'],
			['itnioTech', '+40721234567'],
		].map(([platform, from]) => {
			const row = { id: '1', direction: 'inbound' as const, outcome: 'missed' as const, from };
			const record = toCallRecord({ ...row, started: null }, { ...origin, platform });
			return maskRecord(record, pseudonymize);
		});
		expect(new Set(numbers.map(({ from }) => from))).toEqual(new Set([token('+40721234567')]));
		expect(new Set(numbers.map((record) => record.externalNumber)).size).toBe(1);
	});

	it('have other pseudonyms with another key', () => {
		const other: Mask = { mode: 'pseudonymize', key: 'another' };
		expect(maskRecord(aRecord(), other).from).not.toBe(maskRecord(aRecord(), pseudonymize).from);
	});
});

describe('a call', () => {
	const legs = [aRecord(), aRecord({ recordId: 'yeastarPSeries:pbx.example.com:1002' })];

	it.each(masks)('has masked legs, and the path it is given: $mode', (mask) => {
		const masked = maskCall(aCall({ legs }), mask, 'Queue Sales (6400)');
		expect(masked).toEqual({
			...aCall(),
			...maskRecord(aRecord(), mask),
			path: 'Queue Sales (6400)',
			legs: legs.map((leg) => maskRecord(leg, mask)),
		});
		expect(Object.keys(masked).sort()).toEqual([...CALL_FIELDS, 'legs'].sort());
	});

	it('loses its path where there is none of masked parts', () => {
		expect(maskCall(aCall(), { mode: 'remove' }).path).toBeNull();
		expect(maskCall(aCall(), { mode: 'remove' })).not.toHaveProperty('legs');
	});

	it('is what it was with keep', () => {
		const call = aCall({ legs });
		expect(maskCall(call, { mode: 'keep' })).toBe(call);
	});
});

describe('a canary', () => {
	/** Of people, and of what they wrote. Lines, queues, ids and enums stay. */
	const PERSONAL = [
		'outcomeRaw',
		'from',
		'fromName',
		'fromE164',
		'to',
		'toName',
		'toE164',
		'externalNumber',
		'agentName',
		'agentExtension',
		'hangupCause',
		'recordingFile',
		'recordingUrl',
		'externalReference',
		'tags',
		'note',
		'transcription',
	] as const;
	const kinds = fc.constantFrom<PartyKind>('person', 'external', 'voicemail', 'unknown');
	const canary = fc.constantFrom('Zelda Quux', 'Zelda', '0799123987', '+40799123987');
	const around = fc.constantFrom<(text: string) => string>(
		(text) => text,
		(text) => `Call of ${text}, ended`,
		(text) => `${text}/busy`,
	);
	const traces = /zelda|quux|799123/i;

	it('in any field is nowhere after pseudonymize and remove', () => {
		const records = fc.record({ fromKind: kinds, toKind: kinds }).chain((kindsOfSides) =>
			fc.tuple(...PERSONAL.map(() => fc.tuple(canary, around))).map((texts) =>
				aRecord({
					...kindsOfSides,
					...Object.fromEntries(PERSONAL.map((field, i) => [field, texts[i][1](texts[i][0])])),
				}),
			),
		);
		fc.assert(
			fc.property(records, fc.constantFrom(...masks.slice(1)), (record, mask) => {
				const call: Call = { ...aCall(), ...record, path: record.fromName, legs: [record] };
				expect(JSON.stringify(maskRecord(record, mask))).not.toMatch(traces);
				expect(JSON.stringify(maskCall(call, mask))).not.toMatch(traces);
			}),
			{ numRuns: 2000 },
		);
	});

	it('does not hide in a field that this test forgot', () => {
		const staying = CALL_RECORD_FIELDS.filter((field) => !PERSONAL.includes(field as never));
		expect(staying).toEqual([
			'startedAt',
			'direction',
			'outcome',
			'talkSeconds',
			'queue',
			'lineNumber',
			'durationSeconds',
			'ringSeconds',
			'answeredAt',
			'endedAt',
			'timeIsAmbiguous',
			'fromKind',
			'toKind',
			'hangupBy',
			'hasRecording',
			'callId',
			'platform',
			'platformRecordId',
			'recordId',
		]);
	});

	it('masked twice is masked once', () => {
		fc.assert(
			fc.property(fc.string(), canary, fc.constantFrom(...masks), (text, number, mask) => {
				const record = aRecord({ from: number, fromName: text, externalReference: text, to: text });
				const once = maskRecord(record, mask);
				expect(maskRecord(once, mask)).toEqual(once);
			}),
		);
	});
});

describe('the option', () => {
	it('is read', () => {
		expect(readMask({ mode: undefined })).toEqual({ mode: 'keep' });
		expect(readMask({ mode: 'keep', output: 'both' })).toEqual({ mode: 'keep' });
		expect(readMask({ mode: 'remove', output: 'hubspot' })).toEqual({ mode: 'remove' });
		expect(readMask({ mode: 'pseudonymize', key: KEY })).toEqual(pseudonymize);
		expect(PERSONAL_DATA).toEqual(['keep', 'lastDigits', 'pseudonymize', 'remove']);
	});

	it.each([
		[{ mode: 'pseudonymize' }, 'Pseudonym Key'],
		[{ mode: 'pseudonymize', key: '  ' }, 'Pseudonym Key'],
		[{ mode: 'remove', output: 'original' }, 'Output'],
		[{ mode: 'lastDigits', output: 'both' }, 'Output'],
		[{ mode: 'pseudonymize', key: KEY, output: 'both' }, 'Output'],
		[{ mode: 'hide' }, 'Personal Data'],
	])('%j is refused and names %s', (given, parameter) => {
		expect(() => readMask(given)).toThrow(
			expect.objectContaining({ parameter, advice: expect.any(String) }),
		);
	});
});
