import { toCallRecord, type MappedRow, type PartyKind } from '../../nodes/callRecords/callRecord';

const origin = {
	platform: 'commo',
	host: 'pbx.example.com',
	zone: 'Europe/Bucharest',
	country: 'RO',
};
const row: MappedRow = { id: '7', direction: 'inbound', outcome: 'missed', started: null };
const numbersOf = (given: Partial<MappedRow>, where: Partial<typeof origin> = {}) => {
	const record = toCallRecord({ ...row, ...given }, { ...origin, ...where });
	return [record.fromE164, record.toE164, record.externalNumber];
};
const inbound = { from: '0721 234 567', to: '0312345678' };

describe('national numbers in call records', () => {
	it('become E.164 with a country, on both sides', () => {
		expect(numbersOf(inbound)).toEqual(['+40721234567', '+40312345678', '+40721234567']);
		expect(numbersOf({ ...inbound, direction: 'outbound' })).toEqual([
			'+40721234567',
			'+40312345678',
			'+40312345678',
		]);
	});

	it('stay what they are without one', () => {
		for (const country of [undefined, '']) {
			expect(numbersOf(inbound, { country })).toEqual([null, null, '0721 234 567']);
		}
		expect(numbersOf({ from: '0040721234567' }, { country: undefined })[0]).toBe('+40721234567');
	});

	it("yield to what the platform's row proves", () => {
		expect(numbersOf({ ...inbound, fromE164: '+39721234567' })[0]).toBe('+39721234567');
	});

	it('are none within the company', () => {
		expect(numbersOf({ ...inbound, direction: 'internal' })).toEqual([null, null, null]);
		expect(numbersOf({ ...inbound, agentExtension: '0312345678' })[1]).toBeNull();
	});

	it.each<[PartyKind, string | null]>([
		['queue', null],
		['menu', null],
		['ringGroup', null],
		['voicemail', null],
		['announcement', null],
		['conference', null],
		['person', '+40312345678'],
		['external', '+40312345678'],
		['unknown', '+40312345678'],
	])('of a %s: %s', (toKind, expected) => {
		expect(numbersOf({ ...inbound, toKind })[1]).toBe(expected);
	});

	it('are not seen in long extensions: Andorra has numbers of six digits', () => {
		const andorra = { country: 'AD' };
		expect(numbersOf({ from: '712345', to: '812345' }, andorra)).toEqual([
			'+376712345',
			null,
			'+376712345',
		]);
		expect(numbersOf({ from: '712345', fromKind: 'person' }, andorra)[0]).toBeNull();
		expect(numbersOf({ direction: 'unknown', from: '712345' }, andorra)[0]).toBeNull();
	});
});
