import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** Fields of a credential that say where and when, not who. Everything else is never shown. */
const OPEN_FIELDS = new Set(['baseUrl', 'timezone', 'country', 'authentication', 'identifyBy']);
const HIDDEN = '•••';

/** Shorter ones are hidden only as a word of their own, and those below `FEWEST_LETTERS` cannot be distinguished from other text. */
const FEWEST_LETTERS_INSIDE_WORDS = 4;
const FEWEST_LETTERS = 3;
/** Servers cut what they repeat. So much of the beginning of a longer secret counts as the secret. */
const FEWEST_LETTERS_OF_BEGINNING = 6;

type Encoding = (text: string) => string;

const percent: Encoding = (text) => encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
const inForm: Encoding = (text) => new URLSearchParams([['', text]]).toString().slice(1);
const inLowerCase: Encoding = (text) => text.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
const inJson: Encoding = (text) => JSON.stringify(text).slice(1, -1);
const unicode = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
const inHtml =
	(quote: string): Encoding =>
	(text) =>
		text
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
			.replace(/"/g, '&quot;')
			.replace(/'/g, quote);

/** How servers write a text that stands in a larger one. */
const ENCODINGS: Encoding[] = [
	percent,
	(text) => inLowerCase(percent(text)),
	// RFC 3986 keeps fewer signs than JavaScript does.
	(text) => percent(text).replace(/[!'()*]/g, percentOf),
	(text) => inLowerCase(percent(text).replace(/[!'()*]/g, percentOf)),
	inForm,
	(text) => inLowerCase(inForm(text)),
	inJson,
	// PHP's json_encode with and without its flags, and Go's.
	(text) => inJson(text).replace(/\//g, '\\/'),
	(text) =>
		inJson(text)
			.replace(/\//g, '\\/')
			.replace(/[^\x20-\x7e]/g, unicode),
	(text) => inJson(text).replace(/[^\x20-\x7e]/g, unicode),
	(text) => inJson(text).replace(/[&<>]/g, unicode),
	(text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
	inHtml("'"),
	inHtml('&#39;'),
	inHtml('&#039;'),
	inHtml('&#x27;'),
	inHtml('&apos;'),
];

function percentOf(sign: string): string {
	return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * A text in base64, wherever in a longer text it stands: three bytes become four letters, so there are three ways, and
 * the letters at its ends depend on what stands next to it.
 */
function inBase64(secret: string): string[] {
	const bytes = Buffer.from(secret, 'utf8');
	const inside = [0, 1, 2].map((before) => {
		const padded = Buffer.concat([Buffer.alloc(before), bytes]);
		const letters = Math.floor((padded.length * 8) / 6);
		return padded.toString('base64').slice(Math.ceil((before * 8) / 6), letters);
	});
	return [...inside, ...inside.map((text) => text.replace(/\+/g, '-').replace(/\//g, '_'))];
}

/** Every way in which a secret may stand in a text; one encoding within another, too. */
function formsOf(secret: string): string[] {
	const once = ENCODINGS.map((encode) => encode(secret));
	const twice = [...new Set(once)].flatMap((text) => ENCODINGS.map((encode) => encode(text)));
	const bytes = Buffer.from(secret, 'utf8').toString('hex');
	const packed = [...inBase64(secret), bytes, bytes.toUpperCase()];
	const isLong = secret.length >= FEWEST_LETTERS_OF_BEGINNING;
	return [...new Set([secret, ...once, ...twice, ...(isLong ? packed : [])])];
}

/** Where a form of a secret stands in a text: from the first letter to behind the last. */
type Place = [from: number, to: number];

function placesOf(form: string, text: string): Place[] {
	const isCut = form.length > FEWEST_LETTERS_OF_BEGINNING;
	const beginning = isCut ? form.slice(0, FEWEST_LETTERS_OF_BEGINNING) : form;
	const places: Place[] = [];
	let from = text.indexOf(beginning);
	while (from !== -1) {
		let length = beginning.length;
		while (length < form.length && text[from + length] === form[length]) length++;
		if (form.length >= FEWEST_LETTERS_INSIDE_WORDS || isWord(text, from, from + length)) {
			places.push([from, from + length]);
		}
		from = text.indexOf(beginning, from + length);
	}
	return places;
}

function isWord(text: string, from: number, to: number): boolean {
	return !/[\p{L}\p{N}]/u.test(`${text[from - 1] ?? ''}${text[to] ?? ''}`);
}

function hide(text: string, places: Place[]): string {
	const pieces: string[] = [];
	let at = 0;
	for (const [from, to] of places.sort((a, b) => a[0] - b[0])) {
		if (from >= at) pieces.push(text.slice(at, from), HIDDEN);
		at = Math.max(at, to);
	}
	return [...pieces, text.slice(at)].join('');
}

/**
 * What nobody named as secret, but looks like it: hashes and tokens, also of others; what stands before the host or
 * behind the path of a link; what is called a secret. Nothing a user could act on looks like that.
 */
const LOOKS_SECRET: Array<[pattern: RegExp, shown: string]> = [
	[/\b[0-9a-f]{32,}\b/gi, HIDDEN],
	[/(:\\?\/\\?\/)[^\s/\\@"'<>]{1,500}@/g, `$1${HIDDEN}@`],
	[/(https?:\\?\/\\?\/[^\s"'<>?#]{1,2000}[?#])[^\s"'<>]+/gi, `$1${HIDDEN}`],
	[/\b(bearer|basic|digest) +[a-z0-9._~+/=-]{6,}/gi, `$1 ${HIDDEN}`],
	[
		/((?:token|secret|passw(?:or)?d|pwd|access_?key|api_?key|sign|signature|hash)["']?\s{0,3}[=:]\s{0,3}["']?)(?=[^\s"'&,;<>]{0,200}\d)[^\s"'&,;<>]{6,}/gi,
		`$1${HIDDEN}`,
	],
];

/** The secrets of a credential, among them what stands before the host of its base URL. */
function secretsOf(credentials: ICredentialDataDecryptedObject): string[] {
	const fields = Object.entries(credentials)
		.filter(([name]) => !OPEN_FIELDS.has(name))
		.map(([, value]) => value);
	const secrets = [...fields, ...userInfoOf(String(credentials.baseUrl ?? ''))];
	return secrets
		.filter((value): value is string => typeof value === 'string')
		.flatMap((value) => [value, value.trim()])
		.filter(({ length }) => length >= FEWEST_LETTERS);
}

function userInfoOf(baseUrl: string): string[] {
	const [, userInfo = ''] = /^\s*[a-z]{1,10}:\/\/([^/]*)@/i.exec(baseUrl) ?? [];
	const colon = userInfo.indexOf(':');
	const parts = colon === -1 ? [userInfo] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)];
	return parts.flatMap((text) => [text, unescaped(text)]);
}

function unescaped(text: string): string {
	return text.replace(/(?:%[0-9a-f]{2})+/gi, (hex) =>
		Buffer.from(hex.replace(/%/g, ''), 'hex').toString('utf8'),
	);
}

/**
 * A function that takes every secret of the credential out of a text, however it stands there. The credential is looked
 * at each time, since tokens are renewed; those that were seen in it once stay secret.
 */
export function redactor(credentials: ICredentialDataDecryptedObject): (text: string) => string {
	const forms = new Map<string, string[]>();
	return (text) => {
		for (const secret of secretsOf(credentials)) {
			if (!forms.has(secret)) forms.set(secret, formsOf(secret));
		}
		const places = [...forms.values()].flat().flatMap((form) => placesOf(form, text));
		return LOOKS_SECRET.reduce(
			(shown, [pattern, hidden]) => shown.replace(pattern, hidden),
			hide(text, places),
		);
	};
}
