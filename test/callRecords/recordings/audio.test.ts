import * as fc from 'fast-check';

import {
	audioFileName,
	audioTypeOf,
	baseName,
	dispositionName,
	textAt,
	wavLength,
} from '../../../nodes/callRecords/recordings/audio';
import { mp3File, wavFile } from '../../vendors/recordings';

const headOf = (hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(500, 7)]);
const textHead = (text: string) =>
	Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(500, 7)]);

describe('what a file is', () => {
	it.each([
		['audio/wav', textHead('RIFF\x24\x08\x00\x00WAVEfmt ')],
		['audio/mpeg', textHead('ID3\x04\x00')],
		['audio/mpeg', headOf('fffb9064')],
		['audio/mpeg', headOf('fff35064')],
		['audio/ogg', textHead('OggS\x00\x02')],
		['audio/flac', textHead('fLaC\x00')],
		['audio/mp4', textHead('\x00\x00\x00\x18ftypM4A ')],
		['audio/amr', textHead('#!AMR\n')],
		['audio/basic', textHead('.snd\x00')],
	])('%s by its first bytes, whatever the server calls it', (mimeType, head) => {
		for (const contentType of ['', 'application/octet-stream', 'audio/x-gsm', 'text/html']) {
			expect(audioTypeOf(head, contentType)?.mimeType).toBe(mimeType);
		}
	});

	it.each([
		['audio/x-gsm', 'audio/x-gsm'],
		['audio/gsm; rate=8000', 'audio/x-gsm'],
		['audio/g729', 'audio/g729'],
	])('%s by its name, where there is no signature', (contentType, mimeType) => {
		expect(audioTypeOf(headOf('d2340102'), contentType)?.mimeType).toBe(mimeType);
	});

	it.each([
		['RIFF that is no WAVE', textHead('RIFF\x24\x08\x00\x00AVI LIST'), 'audio/wav'],
		['a page called sound', textHead('  <!DOCTYPE html>'), 'audio/x-gsm'],
		['JSON called sound', textHead('{"errcode":10004}'), 'audio/g729'],
		['what is called mp3 and has no frame', headOf('00112233'), 'audio/mpeg'],
		['anything under a name that says nothing', headOf('00112233'), 'application/octet-stream'],
		['text in UTF-16', headOf('fffe3c00'), 'application/octet-stream'],
		['nothing', Buffer.alloc(0), ''],
	])('%s is no sound', (_what, head, contentType) => {
		expect(audioTypeOf(head, contentType)).toBeNull();
	});

	it.each([
		['wav', 'audio/wav audio/x-wav audio/wave audio/vnd.wave'],
		['mp3', 'audio/mpeg audio/mp3 audio/mpeg3 audio/x-mpeg audio/mpg'],
		['ogg', 'audio/ogg audio/opus'],
		['flac', 'audio/flac audio/x-flac'],
		['m4a', 'audio/mp4 audio/x-m4a'],
		['amr', 'audio/amr'],
		['au', 'audio/basic audio/au'],
	])('%s under whatever name is none without its first bytes', (_what, names) => {
		for (const name of names.split(' ')) {
			expect([name, audioTypeOf(headOf('00112233'), name)]).toEqual([name, null]);
		}
	});

	it.each([
		['RIFX that is WAVE', textHead('RIFX\x24\x08\x00\x00WAVE')],
		['half a frame sync: the first byte', headOf('ff1b9064')],
		['half a frame sync: the second byte', headOf('00fb9064')],
		['layer I', headOf('ffff9064')],
		['a layer that there is not', headOf('fff99064')],
	])('%s is not by its first bytes', (_what, head) => {
		expect(audioTypeOf(head, '')).toBeNull();
	});

	it('its name may have blanks around it', () => {
		expect(audioTypeOf(headOf('d2340102'), ' Audio/GSM ; rate=8000')?.mimeType).toBe('audio/x-gsm');
	});

	it('never throws, and calls no text sound', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 600 }), fc.string(), (bytes, contentType) => {
				const head = Buffer.from(bytes);
				audioTypeOf(head, contentType);
				wavLength(head.length >= 12 ? head : Buffer.alloc(12));
			}),
		);
		expect(textAt(Buffer.from('\uFEFF <html>'))).toBe('page');
		expect(textAt(Buffer.from('\n[1]'))).toBe('data');
		expect(textAt(Buffer.from('no [1] and no {2}'))).toBeNull();
		expect(textAt(Buffer.from('no <html>'))).toBeNull();
		expect(
			textAt(wavFile('a.wav', 1000).chunks()[Symbol.iterator]().next().value as Buffer),
		).toBeNull();
	});
});

describe('the length of a WAV file', () => {
	const head = (length: number) => {
		const bytes = textHead('RIFF\0\0\0\0WAVEfmt ');
		bytes.writeUInt32LE(length, 4);
		return bytes;
	};

	it('is at least what its header says, without the byte that fills it up', () => {
		expect(wavLength(head(1000))).toBe(1007);
	});

	it('may be nearly as much as its header can say', () => {
		expect(wavLength(head(0xffff_ffef))).toBe(0xffff_ffef + 7);
	});

	it.each([0, 0xffff_fff0, 0xffff_ffff])(
		'is not known with %i, which means that it was written to a pipe',
		(length) => {
			expect(wavLength(head(length))).toBeNull();
		},
	);

	it('is not known of other files', () => {
		const [first] = mp3File('a.mp3', 2000).chunks();
		expect(wavLength(first)).toBeNull();
	});
});

describe('the name of a recording', () => {
	/** What a body begins with, and what the server calls it. */
	const wav = [textHead('RIFF\0\0\0\0WAVEfmt '), ''] as const;
	const mp3 = [headOf('fffb9064'), ''] as const;
	const other = [headOf('d2340102'), 'audio/g729'] as const;
	const gsm = [headOf('d2340102'), 'audio/gsm'] as const;
	const named = (text: string) => [textHead(text), ''] as const;

	it.each([
		[['call.wav'], wav, 'call.wav'],
		[['call.WAV'], wav, 'call.WAV'],
		[['call.mp3'], wav, 'call.wav'],
		[['call'], mp3, 'call.mp3'],
		[['1793600000.6'], mp3, '1793600000.6.mp3'],
		[['call'], other, 'call'],
		[[null, 'call'], mp3, 'call.mp3'],
		[['call.gsm'], gsm, 'call.gsm'],
		[['call'], gsm, 'call.gsm'],
		[['call.oga'], named('OggS'), 'call.oga'],
		[['call.opus'], named('OggS'), 'call.opus'],
		[['call.au'], named('OggS'), 'call.ogg'],
		[['call.ogg'], named('fLaC'), 'call.flac'],
		[['call.flac'], named('....ftyp'), 'call.m4a'],
		[['call.mp4'], named('....ftyp'), 'call.mp4'],
		[['call.m4a'], named('#!AMR'), 'call.amr'],
		[['call.amr'], named('.snd'), 'call.au'],
		[['call.snd'], named('.snd'), 'call.snd'],
		[['call.gsm'], named('.snd'), 'call.au'],
		[['call.wave'], wav, 'call.wave.wav'],
		[['. .call.wav. .'], wav, 'call.wav'],
		[[`${'x'.repeat(200)}.wav`], wav, `${'x'.repeat(146)}.wav`],
		[[null, undefined, '', 'https://pbx.example.com/a/b/call.mp3'], mp3, 'call.mp3'],
		[['play-record', 'from-header.mp3', '/x/y.mp3'], mp3, 'from-header.mp3'],
		[['agent-call-record-250304/25030409150000001.wav'], wav, '25030409150000001.wav'],
		[['..\\..\\windows\\evil.wav'], wav, 'evil.wav'],
		[['../../etc/passwd'], wav, 'passwd.wav'],
		[['a:b*c?.wav'], wav, 'a_b_c_.wav'],
		[['...'], wav, 'recording.wav'],
		[[], mp3, 'recording.mp3'],
		[['شكرا 📞.mp3'], mp3, 'شكرا 📞.mp3'],
	])('of %j is right for its type: %#', (candidates, [head, contentType], name) => {
		const type = audioTypeOf(head, contentType)!;
		expect(audioFileName(candidates, type)).toBe(name);
	});

	it('has no folder, no control character, and a bearable length, whatever is given', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
				const name = baseName(given);
				expect(name).not.toMatch(/[/\\\p{Cc}]/u);
				expect(name.length).toBeLessThanOrEqual(150);
				expect(['.', '..']).not.toContain(name);
			}),
		);
	});

	it.each([
		['attachment; filename="call 1.wav"', 'call 1.wav'],
		['attachment; filename=call.wav; size=3', 'call.wav'],
		['attachment; filename="say \\"hi\\".wav"', 'say "hi".wav'],
		["attachment; filename=x.wav; filename*=UTF-8''na%C3%AFve.wav", 'naïve.wav'],
		["attachment; filename*=UTF-8''%E0%A4%A.wav", '%E0%A4%A.wav'],
		["attachment; filename* = UTF-8'en'a%20b.wav ; size=3", 'a b.wav'],
		['attachment; filename = "call.wav"', 'call.wav'],
		['attachment; filename= call.wav ; size=3', 'call.wav'],
		['inline', null],
		[undefined, null],
	])('in the header %j is %j', (header, name) => {
		expect(dispositionName(header)).toBe(name);
	});
});

describe('a long name', () => {
	const MANY = 300_000;

	it.each([
		['dots in front', `${'.'.repeat(MANY)}a.wav`, 'a.wav'],
		['dots at the end', `a.wav${'.'.repeat(MANY)}`, 'a.wav'],
		['dots in the middle', `a${'.'.repeat(MANY)}b`, `${'.'.repeat(149)}b`],
		['blanks', `a${' '.repeat(MANY)}b`, `${' '.repeat(149)}b`],
		['slashes', `${'/'.repeat(MANY)}a.wav`, 'a.wav'],
		['nothing but dots', '.'.repeat(MANY), ''],
	])('of %s is cut at once', (_what, name, expected) => {
		expect(baseName(name)).toBe(expected);
	});

	it.each([
		['blanks', `filename${' '.repeat(MANY)}`],
		['quotes', 'filename="'.repeat(MANY / 10)],
		['backslashes', `filename="${'\\'.repeat(MANY)}`],
		['encoded names', "filename*=UTF-8'".repeat(MANY / 20)],
	])('of %s in a header is read at once', (_what, header) => {
		expect(() => dispositionName(header)).not.toThrow();
	});
});
