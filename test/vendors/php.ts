/**
 * PHP's view of a request (docs/vendors/while1-voice.md 5.1 and 5.3), written from its rules and not from the node's
 * code: maps keep the order in which things came, also of names that are numbers.
 */
export type PhpValue = string | number | boolean | null | PhpMap;
export type PhpMap = Map<string, PhpValue>;

/** JSON as `json_decode` reads it: lists are maps from 0 on. */
export function phpFromJson(value: unknown): PhpValue {
	if (typeof value !== 'object' || value === null) return value as PhpValue;
	return new Map(Object.entries(value).map(([key, inner]) => [key, phpFromJson(inner)]));
}

/** A form or a query as `$_POST` and `$_GET` hold it: text in nested maps. */
export function phpFromForm(text: string): PhpMap {
	const root: PhpMap = new Map();
	for (const part of text.split('&').filter(Boolean)) {
		const [name, value = ''] = part.split('=').map(decode);
		const bracket = name.indexOf('[');
		const keys =
			bracket > 0 ? [name.slice(0, bracket), ...name.slice(bracket + 1, -1).split('][')] : [name];
		let map = root;
		for (const key of keys.slice(0, -1)) {
			const inner = map.get(key);
			const next: PhpMap = inner instanceof Map ? inner : new Map();
			map.set(key, next);
			map = next;
		}
		map.set(keys[keys.length - 1], value);
	}
	return root;
}

function decode(text: string): string {
	return decodeURIComponent(text.replace(/\+/g, ' '));
}

/** `http_build_query`. */
export function httpBuildQuery(map: PhpMap, prefix?: string): string {
	const parts: string[] = [];
	for (const [key, value] of map) {
		const name = prefix === undefined ? key : `${prefix}[${key}]`;
		if (value === null) continue;
		const part =
			value instanceof Map
				? httpBuildQuery(value, name)
				: `${urlencode(name)}=${urlencode(phpText(value))}`;
		if (part !== '') parts.push(part);
	}
	return parts.join('&');
}

function phpText(value: string | number | boolean): string {
	if (typeof value === 'boolean') return value ? '1' : '0';
	return String(value);
}

function urlencode(text: string): string {
	return [...Buffer.from(text, 'utf8')]
		.map((byte) => {
			const character = String.fromCharCode(byte);
			if (/[A-Za-z0-9._-]/.test(character)) return character;
			return byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');
}

/** A map as plain data: a map from 0 on without gaps is a list. */
export function plain(value: PhpValue | undefined): unknown {
	if (!(value instanceof Map)) return value;
	const isList = [...value.keys()].every((key, i) => key === String(i));
	const entries = [...value].map(([key, inner]): [string, unknown] => [key, plain(inner)]);
	return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
