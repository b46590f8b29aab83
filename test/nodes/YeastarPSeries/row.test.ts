import type { IDataObject } from 'n8n-workflow';

import { mapRow, instantOf, startOf } from '../../../nodes/YeastarPSeries/row';
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

	it.each(['12345678', '+12345', '12345*', '6200', '*3'])('is not %s', (number) => {
		expect(inbound({ call_to: `Lee<${number}>` })).toEqual(NOBODY);
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
	['Queue Sales<6401>', 'Queue Sales'],
	['queue<6401>', 'queue'],
	['Queues<6401>', null],
	['Sales Queue<6401>', null],
	['6401', null],
])('the queue of a call to %s', (call_to, queue) => {
	expect(factsOf({ call_to }).queue).toBe(queue);
});
