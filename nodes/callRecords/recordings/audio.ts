/** A kind of sound file. */
export interface AudioType {
	mimeType: string;
	/** The usual one first. */
	extensions: string[];
	/** Other names of the type that servers send, among those of sound. */
	aliases: string[];
	/** By the first bytes. Undefined where they are not always the same. */
	isAt?(head: Buffer): boolean;
}

const says =
	(text: string, at = 0) =>
	(head: Buffer) =>
		head.toString('latin1', at, at + text.length) === text;

/** Frame sync of layer II or III. Layer I is left out: its sync is also that of UTF-16 text. */
const isMpegFrame = (head: Buffer) =>
	head[0] === 0xff && (head[1] & 0xe0) === 0xe0 && [1, 2].includes((head[1] >> 1) & 3);

const isWav = (head: Buffer) => says('RIFF')(head) && says('WAVE', 8)(head);

const TYPES: AudioType[] = [
	{
		mimeType: 'audio/wav',
		extensions: ['wav'],
		aliases: ['audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
		isAt: isWav,
	},
	{
		mimeType: 'audio/mpeg',
		extensions: ['mp3'],
		aliases: ['audio/mp3', 'audio/mpeg3', 'audio/x-mpeg', 'audio/mpg'],
		isAt: (head) => says('ID3')(head) || isMpegFrame(head),
	},
	{
		mimeType: 'audio/ogg',
		extensions: ['ogg', 'oga', 'opus'],
		aliases: ['audio/opus'],
		isAt: says('OggS'),
	},
	{
		mimeType: 'audio/flac',
		extensions: ['flac'],
		aliases: ['audio/x-flac'],
		isAt: says('fLaC'),
	},
	{
		mimeType: 'audio/mp4',
		extensions: ['m4a', 'mp4'],
		aliases: ['audio/x-m4a'],
		isAt: says('ftyp', 4),
	},
	{ mimeType: 'audio/amr', extensions: ['amr'], aliases: [], isAt: says('#!AMR') },
	{
		mimeType: 'audio/basic',
		extensions: ['au', 'snd'],
		aliases: ['audio/au'],
		isAt: says('.snd'),
	},
	{ mimeType: 'audio/x-gsm', extensions: ['gsm'], aliases: ['audio/gsm'] },
];

const ENDING = new RegExp(`\\.(${TYPES.flatMap(({ extensions }) => extensions).join('|')})$`, 'i');

/** How many bytes show what a file is. */
export const HEAD_BYTES = 512;

/** What a file is by its first bytes, or, for what has no signature, by what the server calls it; null = no sound. */
export function audioTypeOf(head: Buffer, contentType: string): AudioType | null {
	const signed = TYPES.find((type) => type.isAt?.(head));
	if (signed) return signed;
	const name = contentType.split(';')[0].trim().toLowerCase();
	if (!name.startsWith('audio/') || textAt(head) !== null) return null;
	const unsigned = TYPES.find(
		(type) => !type.isAt && (type.mimeType === name || type.aliases.includes(name)),
	);
	// A type with a signature that is not there is not this type, whatever the server says.
	const isWrong = TYPES.some((type) => type.mimeType === name || type.aliases.includes(name));
	if (unsigned || isWrong) return unsigned ?? null;
	return { mimeType: name, extensions: [], aliases: [] };
}

/** What kind of text a body begins with, where it is one that servers send in place of a file. */
export function textAt(head: Buffer): 'page' | 'data' | null {
	const start = head.toString('utf8').replace(/^\uFEFF?\s*/, '');
	if (start.startsWith('<')) return 'page';
	return /^[{[]/.test(start) ? 'data' : null;
}

/**
 * How long a WAV file is at least by its own header, in bytes; null where it does not say, as in one written to a
 * pipe. The byte that fills an odd chunk up is often left out.
 */
export function wavLength(head: Buffer): number | null {
	if (!isWav(head)) return null;
	const length = head.readUInt32LE(4);
	return length === 0 || length >= 0xffff_fff0 ? null : length + 7;
}

/**
 * A file name with the ending of its type, from the first of `candidates` that is one. An ending of another kind of
 * sound is replaced: what the file is, its bytes show.
 */
export function audioFileName(
	candidates: Array<string | null | undefined>,
	type: AudioType,
): string {
	const names = candidates.map(baseName).filter((name) => name !== '');
	const name = names.find((candidate) => ENDING.test(candidate)) ?? names[0] ?? 'recording';
	const ending = ENDING.exec(name)?.[1].toLowerCase();
	if (type.extensions.length === 0 || (ending && type.extensions.includes(ending))) return name;
	return `${name.replace(ENDING, '')}.${type.extensions[0]}`;
}

const LONGEST_NAME = 150;

/** The last part of a path or URL, without what no file system takes. */
export function baseName(path: string | null | undefined): string {
	const given = path ?? '';
	const last = given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
	return trimmed(last.replace(/[\p{Cc}<>:"|?*]/gu, '_')).slice(-LONGEST_NAME);
}

/** Without dots and blanks at its ends. By hand: a pattern for the end begins anew at each dot of a long row. */
function trimmed(name: string): string {
	const isKept = (letter: string) => !/[.\s]/.test(letter);
	let from = 0;
	let to = name.length;
	while (from < to && !isKept(name[from])) from++;
	while (to > from && !isKept(name[to - 1])) to--;
	return name.slice(from, to);
}

/** The file name of a `Content-Disposition` header (RFC 6266). */
export function dispositionName(header: unknown): string | null {
	const text = String(header);
	const encoded = /filename\*\s*=\s*(?:UTF-8|ISO-8859-1)'[^']*'([^;]+)/i.exec(text);
	if (encoded) return decoded(encoded[1].trim());
	const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(text);
	return plain ? (plain[1]?.replace(/\\(.)/g, '$1') ?? plain[2].trim()) : null;
}

/** Text of a URL; as it is where it is not encoded rightly. */
export function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
