import { InputError } from '../platform';
import { COUNTRY_LINES } from './countries';

/** How a country numbers its telephones: a line of countries.ts. */
interface NumberingPlan {
	callingCode: string;
	/** At the beginning of a number that goes abroad; null where there is none. */
	internationalPrefix: RegExp | null;
	/** In front of a national number inside the country, as `0`; null where there is none. */
	trunkPrefix: string | null;
	/** A number without trunk prefix and with fewer digits can be a local one, without the code of its area. */
	fewestWithoutTrunk: number;
	lengths: Set<number>;
	national: RegExp;
}

/** Fewer digits are an extension or a service, whatever the country. */
const FEWEST_DIGITS = 6;
const LONGEST_CALLING_CODE = 3;
const LONGEST_E164 = 15;
const E164 = /^\+[1-9]\d{6,14}$/;

const plans = new Map<string, NumberingPlan>();
const plansByCallingCode = new Map<string, NumberingPlan[]>();
for (const line of COUNTRY_LINES.trim().split('\n')) {
	const [code, plan] = readLine(line);
	plans.set(code, plan);
	plansByCallingCode.set(plan.callingCode, [
		...(plansByCallingCode.get(plan.callingCode) ?? []),
		plan,
	]);
}

/**
 * The number in E.164 where that is certain, else null.
 *
 * Without a country: a leading `+`, or the international prefix `00`; then 7 to 15 digits.
 * With a country: a leading `+`; the international prefix of that country; or a national number, with or without the
 * trunk prefix, as the numbering plan of the country has it. A number that can be read in two ways is null: Germany's
 * `4930123456` is +49 30 123456, or a local number of somewhere else. So are numbers that are masked (`138****1234`),
 * hold letters, may be local ones, or have fewer than 6 digits: those are extensions and services.
 *
 * Prefixes, lengths and patterns are those of Google's libphonenumber (countries.ts).
 * @param country ISO 3166 code, as `readCountry` gives it
 */
export function toE164(number: string | null | undefined, country?: string | null): string | null {
	// "+44 (0)20 …": which of the two digits count depends on where the caller is.
	if (!number || number.includes('(0)')) return null;
	const compact = number.replace(/[\s().-]/g, '');
	const plan = country ? plans.get(country) : undefined;
	if (!plan) return whole(compact.replace(/^00/, '+'));
	if (compact.startsWith('+')) return isTrunkInside(compact.slice(1)) ? null : whole(compact);
	if (!/^\d+$/.test(compact) || compact.length < FEWEST_DIGITS) return null;
	const found = readings(compact, plan);
	return found.size === 1 ? [...found][0] : null;
}

/**
 * The country of the credential: the one whose national numbers the platform shows.
 * @returns its ISO 3166 code, null when the field is empty
 * @throws InputError that names `Country`
 */
export function readCountry(value: unknown): string | null {
	const given = typeof value === 'string' ? value.trim().toUpperCase() : value;
	if (given === undefined || given === null || given === '') return null;
	if (typeof given === 'string' && /^[A-Z]{2}$/.test(given) && plans.has(given)) return given;
	throw new InputError(
		'Country',
		`There is no country "${String(value)}"`,
		'Give the two letters of ISO 3166, as RO for Romania or GB for the United Kingdom, or leave the field empty',
	);
}

/**
 * How people of the country write a number that is in E.164: the national digits behind the trunk prefix. Null where the
 * number is of another country.
 */
export function nationalForm(e164: string, country: string | null | undefined): string | null {
	const plan = country ? plans.get(country) : undefined;
	if (!plan || !e164.startsWith(`+${plan.callingCode}`)) return null;
	const national = e164.slice(plan.callingCode.length + 1);
	// North America's trunk prefix is the calling code; numbers are stored without it.
	return plan.trunkPrefix === plan.callingCode ? national : (plan.trunkPrefix ?? '') + national;
}

function readLine(line: string): [string, NumberingPlan] {
	const [code, callingCode, prefix, trunk, fewest, lengths, pattern] = line.split(' ');
	return [
		code,
		{
			callingCode,
			internationalPrefix: prefix === '-' ? null : new RegExp(`^(?:${prefix})`),
			trunkPrefix: trunk === '-' ? null : trunk,
			fewestWithoutTrunk: Number(fewest),
			lengths: readRanges(lengths),
			national: new RegExp(`^(?:${pattern})$`),
		},
	];
}

/** `6-8,10` → 6, 7, 8, 10. */
function readRanges(text: string): Set<number> {
	const ranges = text.split(',').map((range) => range.split('-').map(Number));
	return new Set(
		ranges.flatMap(([from, to = from]) =>
			Array.from({ length: to - from + 1 }, (_, index) => from + index),
		),
	);
}

function whole(number: string): string | null {
	return E164.test(number) ? number : null;
}

/** Every number that the digits can mean inside the country. */
function readings(digits: string, plan: NumberingPlan): Set<string> {
	const prefix = plan.internationalPrefix?.exec(digits)?.[0];
	if (prefix !== undefined) return abroad(digits, prefix);
	// Somebody else's international prefix, or a service as Japan's 00xx.
	if (digits.startsWith('00')) return new Set();
	const { callingCode, trunkPrefix, fewestWithoutTrunk, lengths } = plan;
	const found = new Set<string>();
	const add = (national: string) => {
		if (lengths.has(national.length) && isNational(national, callingCode))
			found.add(`+${callingCode}${national}`);
	};
	const hasTrunk = trunkPrefix !== null && digits.startsWith(trunkPrefix);
	if (hasTrunk) add(digits.slice(trunkPrefix.length));
	add(digits);
	if (digits.startsWith(callingCode)) add(digits.slice(callingCode.length));
	// What lacks the trunk prefix may lack the code of its area, too.
	const canBeLocal = trunkPrefix !== null && !hasTrunk;
	return canBeLocal && digits.length < fewestWithoutTrunk ? new Set() : found;
}

/**
 * Behind an international prefix. Where a country has several, as Hong Kong with 00, 001 and 008, `0085…` can be 00 and
 * 85… or 008 and 5…: then only one of them may be a number.
 */
function abroad(digits: string, prefix: string): Set<string> {
	const found = isInternational(digits.slice(prefix.length))
		? new Set([`+${digits.slice(prefix.length)}`])
		: new Set<string>();
	const other = digits.startsWith('00') && prefix !== '00' ? digits.slice(2) : '';
	if (found.size === 1 && isInternational(other)) found.add(`+${other}`);
	return found;
}

/** The national number, of any of the countries that share the calling code. The main one says which lengths count. */
function isNational(national: string, callingCode: string): boolean {
	const sharing = plansByCallingCode.get(callingCode) ?? [];
	return (
		national.length + callingCode.length <= LONGEST_E164 &&
		sharing.some(({ national: pattern }) => pattern.test(national)) &&
		(sharing[0]?.lengths.has(national.length) ?? false)
	);
}

/** `40721234567` → `40`; null when no country has such a code. */
function callingCodeOf(digits: string): string | null {
	for (let length = 1; length <= LONGEST_CALLING_CODE; length++) {
		const code = digits.slice(0, length);
		if (plansByCallingCode.has(code)) return code;
	}
	return null;
}

function isInternational(digits: string): boolean {
	const code = callingCodeOf(digits);
	return code !== null && isNational(digits.slice(code.length), code);
}

/** `+44 020 …`: somebody put the calling code in front of a number with its trunk prefix. */
function isTrunkInside(digits: string): boolean {
	const code = callingCodeOf(digits);
	if (code === null) return false;
	const national = digits.slice(code.length);
	const trunk = plansByCallingCode.get(code)?.[0].trunkPrefix;
	return trunk ? national.startsWith(trunk) && !isNational(national, code) : false;
}
