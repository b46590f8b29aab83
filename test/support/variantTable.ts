import { VARIANTS, VARIANT_NAMES, type VariantName, type Variants } from '../vendors/variants';

/**
 * What must come out: `all` = every record once and no error; `error` = one clear error, soon, and no record, since what
 * the vendor sends does not say what the records of the window are.
 */
export type Expected = 'all' | 'error';

/** By the variant's value. Holds for every platform that has no entry of its own below. */
const COMMON: { [Name in VariantName]: Record<Variants[Name], Expected> } = {
	end: { inclusive: 'all', exclusive: 'all' },
	sortedBy: { start: 'all', end: 'all', id: 'all', nothing: 'all' },
	direction: { down: 'all', up: 'all' },
	counts: { always: 'all', never: 'all', capped: 'all', wrongOnce: 'all' },
	pageSize: { asAsked: 'all', clamped: 'all', clampedSilently: 'all' },
	times: { applied: 'all', ignored: 'error', roundedToMinutes: 'all', roundedToDays: 'error' },
	ids: { number: 'all', text: 'all', restartingMonthly: 'error', missing: 'all' },
	empty: { list: 'all', null: 'all', missing: 'all', text: 'all', errorCode: 'error' },
	rows: { steady: 'all', late: 'all', changed: 'all', deleted: 'all' },
	reply: {
		prompt: 'all',
		slow: 'all',
		dripping: 'error',
		endless: 'error',
		huge: 'error',
		compressed: 'all',
		bomb: 'error',
	},
	status: { right: 'all', okWithError: 'all', okWithErrorPage: 'all' },
	clock: { right: 'all', ahead: 'all', behind: 'all' },
};

type Own = { [Name in VariantName]?: Partial<Record<Variants[Name], Expected>> };

/** Where a platform differs, and why. */
const OWN: Record<string, Own> = {
	// It has a code for "no records"; the others would send one that nobody knows.
	yeastarPSeries: { empty: { errorCode: 'all' } },
	// Requests are signed with the time, and refused when it is more than five minutes off.
	itnioTech: { clock: { ahead: 'error', behind: 'error' } },
};

/** Pairs that leave open what there is, though each of them alone does not: all records, or an error, and never less. */
const OPEN_PAIRS: Array<Partial<Variants>> = [
	// A short page may be the last one, or a clamped one.
	{ counts: 'never', pageSize: 'clampedSilently' },
	// Neither a count nor a list says that there are no records.
	{ counts: 'never', empty: 'null' },
	{ counts: 'never', empty: 'missing' },
	{ counts: 'never', empty: 'text' },
];
/** More of them where replies never mention the page size: there every clamp is a silent one. */
const OPEN_WITHOUT_SIZE: Array<Partial<Variants>> = [{ counts: 'never', pageSize: 'clamped' }];

function expectedOf<Name extends VariantName>(
	platform: string,
	name: Name,
	value: Variants[Name],
): Expected {
	const own = OWN[platform]?.[name] as Partial<Record<string, Expected>> | undefined;
	return own?.[value] ?? (COMMON[name] as Record<string, Expected>)[value];
}

export function isOpen(variants: Variants, paths: { pageSize?: string }): boolean {
	const pairs = [...OPEN_PAIRS, ...(paths.pageSize === undefined ? OPEN_WITHOUT_SIZE : [])];
	return pairs.some((pair) =>
		Object.entries(pair).every(([name, value]) => variants[name as VariantName] === value),
	);
}

export interface VariantCase {
	name: VariantName;
	value: string;
	expected: Expected;
}

/** Each value of each variant by itself, with what must come out on a platform. */
export function singleCases(platform: string): VariantCase[] {
	return VARIANT_NAMES.flatMap((name) =>
		VARIANTS[name].map((value) => ({
			name,
			value: String(value),
			expected: expectedOf(platform, name, value),
		})),
	);
}

/** The values of each variant with which every record must come out; what pairs are made of. */
export function harmlessValues(platform: string): Record<VariantName, string[]> {
	const of = (name: VariantName) =>
		singleCases(platform)
			.filter((entry) => entry.name === name && entry.expected === 'all')
			.map(({ value }) => value);
	return Object.fromEntries(VARIANT_NAMES.map((name) => [name, of(name)])) as Record<
		VariantName,
		string[]
	>;
}
