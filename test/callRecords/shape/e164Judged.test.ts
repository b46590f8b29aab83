import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { getCountries, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/metadata.max.json';
import { version } from 'libphonenumber-js/package.json';

import { readCountry, toE164 } from '../../../nodes/callRecords/shape/e164';
import { ROOT } from '../../support/package';

/** Google's libphonenumber, with its full metadata, judges: it shares no code with the product. */
const COUNTRIES: CountryCode[] = [
	...(['IT', 'US', 'CA', 'RO', 'CN', 'DE', 'GB', 'FR', 'ES', 'AU', 'NZ', 'BR', 'IN'] as const),
	...(['JP', 'SG', 'HK', 'NL', 'PL', 'MX', 'AR', 'ZA', 'AE', 'RU', 'SE', 'TR', 'CH'] as const),
];
const NUMBERS_OF_A_COUNTRY = 200;
const FIXED_LINE = 0;
const MOBILE = 1;

type Row = [string, string, string, number[], ...unknown[]];
const rows = metadata.countries as unknown as Record<string, Row>;

/** Valid numbers of landlines and mobiles, made of the patterns that libphonenumber has for each. */
function numbersOf(country: CountryCode, numRuns = NUMBERS_OF_A_COUNTRY): string[] {
	const types = rows[country][11] as Array<[string] | 0>;
	return [FIXED_LINE, MOBILE].flatMap((type) => {
		const pattern = (types[type] || [''])[0] || rows[country][2];
		return fc
			.sample(fc.stringMatching(new RegExp(`^(?:${pattern})$`)), {
				numRuns,
				seed: 13,
			})
			.map((national) => parsePhoneNumberFromString(`+${rows[country][0]}${national}`))
			.flatMap((number) => (number?.isValid() ? [number.number as string] : []));
	});
}

/** What is dialled in front of a number abroad, where it is not 00. */
const ABROAD: Partial<Record<CountryCode, string>> = {
	US: '011',
	CA: '011',
	AU: '0011',
	BR: '0021',
	JP: '010',
	SG: '018',
	HK: '001',
	RU: '810',
};

/** How people and telephone systems write a number inside its country. */
const WRITTEN: Record<string, (number: string, country: CountryCode) => string> = {
	'in E.164': (number) => number,
	'with spaces': (number) => parsePhoneNumberFromString(number)!.formatInternational(),
	'national, with spaces': (number) => parsePhoneNumberFromString(number)!.formatNational(),
	'national, digits only': (number) =>
		parsePhoneNumberFromString(number)!.formatNational().replace(/\D/g, ''),
	'with the international prefix': (number, country) => (ABROAD[country] ?? '00') + number.slice(1),
};

interface Score {
	given: number;
	found: number;
	wrong: string[];
}

function score(country: CountryCode, numbers: string[], write: (typeof WRITTEN)[string]): Score {
	const result: Score = { given: 0, found: 0, wrong: [] };
	for (const number of numbers) {
		const written = write(number, country);
		const read = toE164(written, country);
		result.given++;
		if (read === number) result.found++;
		else if (read !== null) result.wrong.push(`${country} ${written} -> ${read}, not ${number}`);
	}
	return result;
}

it('finds at least 90 of 100 numbers, and none wrongly', () => {
	const table: string[] = [];
	const wrong: string[] = [];
	const total = { given: 0, found: 0 };
	for (const country of COUNTRIES) {
		const numbers = numbersOf(country);
		const scores = Object.values(WRITTEN).map((write) => score(country, numbers, write));
		const given = scores.reduce((sum, one) => sum + one.given, 0);
		const found = scores.reduce((sum, one) => sum + one.found, 0);
		wrong.push(...scores.flatMap((one) => one.wrong));
		table.push(
			`${country} ${percent(found, given)} of ${given}: ${scores.map((one) => percent(one.found, one.given)).join(' ')}`,
		);
		total.given += given;
		total.found += found;
	}
	console.log(
		`E.164, recall by country (${Object.keys(WRITTEN).join(' · ')})\n${table.join('\n')}\n` +
			`all: precision ${percent(total.found, total.found + wrong.length)}, recall ${percent(total.found, total.given)} of ${total.given}`,
	);
	expect(wrong).toEqual([]);
	expect(total.given).toBeGreaterThan(10_000);
	expect(total.found / total.given).toBeGreaterThanOrEqual(0.9);
});

it('is right in every country there is, or silent', () => {
	const wrong: string[] = [];
	for (const country of getCountries()) {
		expect(readCountry(country)).toBe(country);
		for (const number of numbersOf(country, 15)) {
			for (const write of Object.values(WRITTEN)) {
				const written = write(number, country);
				const read = toE164(written, country);
				if (read !== null && read !== number) wrong.push(`${country} ${written} -> ${read}`);
			}
		}
	}
	expect(getCountries().length).toBeGreaterThan(240);
	expect(wrong).toEqual([]);
});

it('has the table of the installed libphonenumber-js', () => {
	const table = readFileSync(join(ROOT, 'nodes/callRecords/shape/countries.ts'), 'utf8');
	expect(table).toContain(`libphonenumber-js ${version} `);
});

it('reads digits of any kind as libphonenumber does, or not at all', () => {
	const digits = fc
		.tuple(
			fc.constantFrom('', '', '', '0', '00', '8', '1', '011', '0011', '000', '06'),
			fc.constantFrom('', '', '', '40', '49', '1', '86', '852', '54', '39'),
			fc.stringMatching(/^\d{1,13}$/),
		)
		.map((parts) => parts.join(''));
	let found = 0;
	fc.assert(
		fc.property(fc.constantFrom(...COUNTRIES), digits, (country, number) => {
			const read = toE164(number, country);
			if (read === null) return;
			found++;
			const judged = parsePhoneNumberFromString(number, country);
			expect([read, judged?.isPossible()]).toEqual([judged?.number, true]);
		}),
		{ numRuns: 40_000, seed: 13 },
	);
	expect(found).toBeGreaterThan(2000);
});

function percent(part: number, whole: number): string {
	return `${((100 * part) / whole).toFixed(1)} %`;
}
