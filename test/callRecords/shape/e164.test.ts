import fc from 'fast-check';

import { InputError } from '../../../nodes/callRecords/platform';
import { nationalForm, readCountry, toE164 } from '../../../nodes/callRecords/shape/e164';

describe('E.164 without a country', () => {
	it.each([
		['+40 721 234 567', '+40721234567'],
		['+1 (212) 555-0100', '+12125550100'],
		['0040721234567', '+40721234567'],
		['00 86 138.0000.0001', '+8613800000001'],
	])('is proven by %j', (number, expected) => {
		expect(toE164(number)).toBe(expected);
	});

	it.each([
		'13800000001',
		'0721234567',
		'02180000001',
		'8001',
		'+0721234567',
		'+44 (0)20 7946 0000',
		'0044(0)2079460000',
		'+1234',
		'+1234567890123456',
		'000721234567',
		'+40721234567;ext=5',
		'+1800FLOWERS',
		'anonymous',
		'8001+40721234567',
		'+',
		'00',
		'',
		null,
		undefined,
	])('is not proven by %p', (number) => {
		expect(toE164(number)).toBeNull();
	});

	it('has the digits of the number, whenever there is one', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^(\+|00)?[\d ()./-]{0,18}$/), (number) => {
				const found = toE164(number);
				if (found === null) return;
				expect(found).toMatch(/^\+[1-9]\d{6,14}$/);
				expect(number.replace(/\D/g, '').replace(/^00/, '')).toBe(found.slice(1));
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('E.164 with a country', () => {
	it.each([
		// Romania: trunk prefix 0, which mobiles on some systems lack.
		['RO', '0721 234 567', '+40721234567'],
		['RO', '721234567', '+40721234567'],
		['RO', '40721234567', '+40721234567'],
		['RO', '0040 721 234 567', '+40721234567'],
		['RO', '0044 20 7946 0958', '+442079460958'],
		['RO', '+442079460958', '+442079460958'],
		// Italy: the leading 0 belongs to the number.
		['IT', '06 698 12345', '+390669812345'],
		['IT', '347 123 4567', '+393471234567'],
		// North America: the trunk prefix is the calling code, the international prefix 011.
		['US', '(212) 555-0123', '+12125550123'],
		['US', '1-212-555-0123', '+12125550123'],
		['US', '011 44 20 7946 0958', '+442079460958'],
		['CA', '416 555 0123', '+14165550123'],
		// China: mobiles with and without 0, landlines with 0.
		['CN', '13800138000', '+8613800138000'],
		['CN', '013800138000', '+8613800138000'],
		['CN', '010 6552 9988', '+861065529988'],
		// No trunk prefix.
		['ES', '912 345 678', '+34912345678'],
		['HK', '2345 6789', '+85223456789'],
		['SG', '6123 4567', '+6561234567'],
		// Russia: trunk prefix 8, international prefix 810.
		['RU', '8 (495) 123-45-67', '+74951234567'],
		['RU', '810 40 721 234 567', '+40721234567'],
		// Guernsey shares its calling code with the United Kingdom.
		['GG', '020 7946 0958', '+442079460958'],
		['AU', '0011 40 721 234 567', '+40721234567'],
	])('%s: %j is %j', (country, number, expected) => {
		expect(toE164(number, country)).toBe(expected);
	});

	it.each([
		['RO', '4005', 'an extension'],
		['RO', '112', 'a service'],
		['RO', '07212', 'fewer than 6 digits'],
		['CN', '138****8000', 'masked'],
		['CN', '138xxxx8000', 'masked'],
		['RO', '0721…567', 'masked'],
		['RO', '0721234567;ext=5', 'more than a number'],
		['RO', 'anonymous', 'no number'],
		['RO', '07212345678', 'too long'],
		['RO', '00 999 123456', 'a calling code that no country has'],
		['DE', '4930123456', 'a local number behind a calling code, or a number of 04930'],
		['DE', '7654321', 'a local number'],
		['CN', '62345678', 'a local number'],
		['GB', '+44 (0)20 7946 0958', 'two readings'],
		['GB', '+44 020 79460958', 'the trunk prefix behind the calling code'],
		['HK', '0085223456789', '00 852, or 008 52'],
		['SG', '0016561234567', '001 65, or 00 1 656'],
		['ID', '0062218272651', 'not an international prefix there'],
		['JP', '000540000', 'a service whose zeros are no prefix'],
		['US', '0044 20 7946 0958', 'the international prefix of another country'],
		['BR', '0040721234567', 'no carrier behind 00'],
		['JP', '０３１２３４５６７８', 'digits of another script'],
	])('%s: %j is not proven: %s', (country, number) => {
		expect(toE164(number, country)).toBeNull();
	});

	it('takes an unknown country for none', () => {
		expect(toE164('0721234567', 'XX')).toBeNull();
		expect(toE164('0040721234567', '')).toBe('+40721234567');
	});
});

describe('the country of a credential', () => {
	it.each([
		['RO', 'RO'],
		[' gb ', 'GB'],
		['', null],
		['  ', null],
		[undefined, null],
		[null, null],
	])('%j is %j', (given, expected) => {
		expect(readCountry(given)).toBe(expected);
	});

	it.each(['Romania', 'UK', 'XX', '40', '800', 'toString', 40])('is not %j', (given) => {
		expect(() => readCountry(given)).toThrow(InputError);
		expect(() => readCountry(given)).toThrow(expect.objectContaining({ parameter: 'Country' }));
	});
});

describe('the national form', () => {
	it.each([
		['+40721234567', 'RO', '0721234567'],
		['+390669812345', 'IT', '0669812345'],
		['+12125550123', 'US', '2125550123'],
		['+74951234567', 'RU', '84951234567'],
		['+442079460958', 'RO', null],
		['+40721234567', null, null],
	])('of %s in %s is %s', (number, country, expected) => {
		expect(nationalForm(number, country)).toBe(expected);
	});
});
