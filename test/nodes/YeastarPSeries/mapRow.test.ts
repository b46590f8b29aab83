import type { IDataObject } from 'n8n-workflow';

import { mapRow, instantOf, startOf } from '../../../nodes/YeastarPSeries/mapRow';
import { INBOUND, ROW } from './goldenRow';
import { settings } from './mapping';

const factsOf = (changes: IDataObject) => mapRow({ ...ROW, ...changes }, 'id', settings());

describe('the instant of a row', () => {
	it.each([
		[1, 1],
		['1793600000', 1793600000],
		[7_258_118_399, 7_258_118_399],
		[0, null],
		[-1, null],
		[7_258_118_400, null],
		[1793600000000, null],
		['soon', null],
		[undefined, null],
	])('of %p is %p', (timestamp, instant) => expect(instantOf({ timestamp })).toBe(instant));

	it('is taken from the clock of the PBX where it is missing and the format is known', () => {
		const row = { time: ROW.time };
		const shown = Date.UTC(2026, 10, 2, 8, 13, 20) / 1000;
		const known = { dateFormat: 'MM/DD/YYYY' };
		expect(startOf(row, settings('Etc/GMT-2', known))).toBe(shown - 7200);
		expect(startOf(row, settings())).toBeNull();
		const wall = { ...known, timeForm: 'displayFormat', hours: 24 };
		expect(startOf(row, settings('Etc/GMT-2', wall))).toBe(shown);
		expect(startOf({}, settings('Etc/GMT-2', wall))).toBeNull();
	});
});

describe('the agent of a call', () => {
	const inbound = (changes: IDataObject) => {
		const { agentName, agentExtension } = factsOf({
			...INBOUND,
			call_to: 'Lee<2003>',
			...changes,
		});
		return [agentName, agentExtension];
	};
	const NOBODY = [undefined, undefined];

	it.each(['2003', '1', '1234567'])('has the extension %s', (number) => {
		expect(inbound({ call_to: `Lee<${number}>` })).toEqual(['Lee', number]);
	});

	it('needs no name', () => expect(inbound({ call_to: '2003' })).toEqual([null, '2003']));

	it.each(['12345678', '+12345', '12345*', '*3'])('is not %s', (number) => {
		expect(inbound({ call_to: `Lee<${number}>` })).toEqual(NOBODY);
	});

	it('may be 6666, where a name without a type word says that it is a person', () => {
		expect(inbound({ call_to: 'Lee<6666>' })).toEqual(['Lee', '6666']);
		expect(inbound({ call_to: '6200' })).toEqual(NOBODY);
	});

	it.each(['16200', '62001', '620'])('may be %s, which only looks like a queue', (number) => {
		expect(inbound({ call_to: number })).toEqual([null, number]);
	});

	it.each([
		'IVR Main',
		'Queue Sales',
		'RingGroup All',
		'Ring Group All',
		'Conference 1',
		'Voicemail Lee',
		'Voice Mail Lee',
		'Play Prompt',
		'CallFlow',
		'Call Flow 1',
		'FAX',
	])('is not %s', (name) => expect(inbound({ call_to: `${name}<2003>` })).toEqual(NOBODY));

	it.each(['Sales Queue', 'Faxon', 'Ivrea'])('may be called %s', (name) => {
		expect(inbound({ call_to: `${name}<2003>` })).toEqual([name, '2003']);
	});

	it('is nobody where nothing says which way the call went, or it left by a trunk', () => {
		expect(inbound({ call_type: undefined })).toEqual(NOBODY);
		expect(inbound({ dst_trunk: 'sip-main' })).toEqual(NOBODY);
		expect(factsOf({ src_trunk: 'sip-main' }).agentExtension).toBeUndefined();
	});
});

describe('the line of a call', () => {
	const numbers = { did_number: '111', dod_number: '222' };

	it.each([
		['Inbound', numbers, '111'],
		['Outbound', numbers, '222'],
		['Internal', numbers, '111'],
		['Internal', { ...numbers, did_number: undefined }, '222'],
		['Inbound', { ...numbers, did_number: undefined }, null],
		['Outbound', { ...numbers, dod_number: undefined }, null],
	])('of an %s call with %j', (call_type, given, line) => {
		expect(factsOf({ ...ROW, call_type, ...given }).lineNumber).toBe(line);
	});
});

describe('the time it rang', () => {
	const answered = (changes: IDataObject) => factsOf({ ring_duration: undefined, ...changes });

	it.each([
		['was nothing, where they spoke from start to end', { duration: 32, talk_duration: 32 }, 0],
		['is not known, where they did not', { duration: 41, talk_duration: 32 }, null],
		['is not known, where it is no number', { duration: 32, ring_duration: 'long' }, null],
		['is not known, where the talk is none', { duration: 0, talk_duration: 'long' }, null],
		['is not known, where neither is', { duration: 'long', talk_duration: 'long' }, null],
		['is not known, where the duration is none', { duration: 'long', talk_duration: 0 }, null],
	])('%s', (_what, changes, ring) => expect(answered(changes).ringSeconds).toBe(ring));
});

describe('a note', () => {
	it.each<[unknown, string | null, string | null]>([
		['called back', 'called back', null],
		[{ remark: 'later' }, 'later', null],
		[
			{ disposition_code_list: [{ name: 'Sale' }, {}, { name: ' ' }, { name: 'VIP' }] },
			null,
			'Sale, VIP',
		],
		[{ disposition_code_list: 'Sale' }, null, null],
		[undefined, null, null],
	])('of %j', (call_note, note, tags) => {
		expect(factsOf({ call_note } as IDataObject)).toMatchObject({ note, tags });
	});
});

it.each([
	['Queue Sales<6401>', 'Sales'],
	['QUEUE  Sales West<6401>', 'Sales West'],
	['queue<6401>', 'queue'],
	['Queues<6401>', null],
	['Sales Queue<6401>', null],
	['6401', null],
])('the queue of a call to %s', (call_to, queue) => {
	expect(factsOf({ call_to }).queue).toBe(queue);
});

describe('what a side is', () => {
	const inbound = { ...ROW, call_type: 'Inbound', dst_trunk: undefined, call_from: '0722000111' };
	const kindsOf = (changes: IDataObject) => {
		const { fromKind, toKind } = factsOf({ ...inbound, ...changes });
		return [fromKind, toKind];
	};

	it.each([
		['IVR Welcome<6200>', 'menu'],
		['Queue Sales<6400>', 'queue'],
		['RingGroup All<6300>', 'ringGroup'],
		['ring group All<6300>', 'ringGroup'],
		['Voicemail Lee<2003>', 'voicemail'],
		['VoiceMail<2003>', 'voicemail'],
		['Conference 1<6500>', 'conference'],
		['Paging All<6600>', 'announcement'],
		['Play Prompt welcome.wav', 'announcement'],
		['Satisfaction Survey', 'announcement'],
		['Ann Lee<4005>', 'person'],
		['Ann Lee<6666>', 'person'],
		['4005', 'person'],
		['6400', 'unknown'],
		['<0500000024>', 'person'],
		['Something else', 'unknown'],
		['Queues<6401>', 'person'],
	])('of an inbound call to %s', (call_to, kind) => {
		expect(kindsOf({ call_to })).toEqual(['external', kind]);
	});

	it('takes the type word from the unsplit text, though the name in its own field has none', () => {
		const split = { call_to_number: '6400', call_to_name: 'Sales' };
		const row = factsOf({ ...inbound, call_to: 'Queue Sales<6400>', ...split });
		expect(row).toMatchObject({
			toKind: 'queue',
			toName: 'Queue Sales',
			to: '6400',
			queue: 'Sales',
		});
	});

	it('knows the survey of a real PBX, whose number field repeats its name', () => {
		const survey = { call_to_number: 'Satisfaction Survey', call_to_name: '' };
		const row = factsOf({ ...inbound, call_to: 'Satisfaction Survey', ...survey });
		expect(row).toMatchObject({ to: null, toName: 'Satisfaction Survey', toKind: 'announcement' });
	});

	it('is a person and an outside party where an extension dialled out', () => {
		expect(kindsOf({ ...ROW })).toEqual(['person', 'external']);
	});

	it('is two persons where extensions call each other', () => {
		const internal = { call_type: 'Internal', call_from: 'Ann<4005>', call_to: 'Bob<4006>' };
		expect(kindsOf(internal)).toEqual(['person', 'person']);
	});

	it('is the line itself where the number called is the company number', () => {
		expect(kindsOf({ call_to: '+1555 0100', did_number: '15550100' })).toEqual([
			'external',
			'unknown',
		]);
	});
});

it('counts a caller who gave up as missed', () => {
	expect(factsOf({ ...ROW, call_type: 'Inbound', disposition: 'ABANDONED' }).outcome).toBe(
		'missed',
	);
});
