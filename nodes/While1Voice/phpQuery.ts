/** A value that PHP writes differently from JavaScript, or that would not arrive as it is. */
class NotPhpSafe extends Error {
	constructor(name: string, why: string) {
		super(`'${name}' cannot go into api_hash: ${why}`);
	}
}

type Pair = [name: string, value: string];

/**
 * PHP's `http_build_query` (docs/vendors/while1-voice.md 5.1): depth first in the order of insertion, null left out,
 * empty text kept, booleans as 1 and 0, lists with their index.
 * @throws NotPhpSafe for a value whose text in PHP cannot be known here
 */
export function phpQuery(parameters: object): string {
	const pairs = pairsIn(parameters, (key) => key);
	// The asterisk is the one character that the web's form encoding leaves bare and PHP does not (5.2).
	return new URLSearchParams(pairs).toString().replace(/\*/g, '%2A');
}

/** The values of a list or an object, with flat names, as `filters[date_between][0]`. */
function pairsIn(container: object, nameOf: (key: string) => string): Pair[] {
	const entries = Object.entries(container);
	checkOrder(entries.map(([key]) => key));
	return entries.flatMap(([key, value]) => pairsOf(nameOf(key), value));
}

function pairsOf(name: string, value: unknown): Pair[] {
	if (value === null || value === undefined) return [];
	if (typeof value !== 'object') return [[wellFormed(name, name), textOf(name, value)]];
	if (typeof (value as { toJSON?: unknown }).toJSON === 'function') {
		throw new NotPhpSafe(name, 'it is an object that is sent as something else. Send text instead');
	}
	return pairsIn(value, (key) => `${name}[${key}]`);
}

function textOf(name: string, value: unknown): string {
	if (typeof value === 'string') return wellFormed(name, value);
	if (typeof value === 'boolean') return value ? '1' : '0';
	if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
	throw new NotPhpSafe(
		name,
		'PHP writes this number differently. Send it as text, or as a whole number below 2^53',
	);
}

function wellFormed(name: string, text: string): string {
	if (!isWellFormed(text)) {
		throw new NotPhpSafe(name, 'it holds half a character, which PHP does not accept');
	}
	return text;
}

/** Whether every character is whole: half of a pair of code units has no UTF-8. */
function isWellFormed(text: string): boolean {
	return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

/** JavaScript moves integer-like names before all others, so the order they came in is lost (5.3). */
function checkOrder(names: string[]): void {
	const isIndex = (name: string) => /^(0|[1-9]\d{0,9})$/.test(name);
	const index = names.find(isIndex);
	if (index !== undefined && !names.every(isIndex)) {
		throw new NotPhpSafe(index, 'a number as a name, beside other names, has no certain place');
	}
}

/**
 * Parameters with flat names as PHP reads them: `filters[date_between][0]` is an entry of a list in a map. What is
 * mentioned first comes first.
 */
export function phpParameters(
	fields: Array<[name: string, value: unknown]>,
): Record<string, unknown> {
	const root = emptyMap();
	for (const [name, value] of fields) {
		const [, first, rest] = /^([^\s.[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
		if (first === undefined) throw new NotPhpSafe(name, 'PHP would read this name as another one');
		const keys = [...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key]) => key);
		put(root, [first, ...keys], value);
	}
	return root;
}

type PhpMap = Record<string, unknown>;

/** Without a prototype, for names come from outside. */
function emptyMap(): PhpMap {
	return Object.create(null) as PhpMap;
}

function put(map: PhpMap, [key, ...rest]: string[], value: unknown): void {
	const name = key === '' ? nextIndex(map) : key;
	if (rest.length === 0) {
		map[name] = value;
		return;
	}
	const inner = map[name];
	const isMap = typeof inner === 'object' && inner !== null;
	const next = isMap ? (inner as PhpMap) : emptyMap();
	map[name] = next;
	put(next, rest, value);
}

/** The index that `[]` stands for. */
function nextIndex(map: PhpMap): string {
	const indexes = Object.keys(map).filter((key) => /^\d+$/.test(key));
	return String(Math.max(-1, ...indexes.map(Number)) + 1);
}
