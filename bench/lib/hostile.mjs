// Text as it stands in names, numbers and notes of calls, at its worst.

export const HOSTILE = [
	'Zoë "Zed" Łukasz',
	'O’Brien, Pat',
	'two\nlines',
	'two\r\nlines',
	'"',
	'""',
	'",",',
	' leading and trailing ',
	'\ttab',
	'أحمد',
	'\u202Eright to left',
	'王伟 📞',
	'👩‍👩‍👧',
	'<b>Bob</b>',
	'a;b;c',
	"'quoted",
	'null',
	'x\r',
];

export const FORMULAS = [
	'=1+1',
	'=HYPERLINK("http://evil.example","click")',
	'+1+1',
	'-1+1',
	"-2+3+cmd|' /C calc'!A0",
	'@SUM(1,1)',
	'\t=1+1',
	'\r=1+1',
	'\n=1+1',
	' =1+1',
	'＝1+1',
	'＋1+1',
	'－1+1',
	'＠SUM(1)',
	"'=1+1",
	"''=1+1",
];

export const NUMBERS = [
	'0721000000',
	'+40721000000',
	'00123456789012345678901234567890',
	'1793600000.6',
	'12E5',
	'1e3',
	'2025-03-04',
	'10:30',
];

const PIECES = [
	...['"', "'", ',', ';', '\t', '\n', '\r\n', ' ', '=', '+', '-', '@', '＝', '|', '\\', '(', ')'],
	...[
		'a',
		'Z',
		'é',
		'ß',
		'王',
		'أ',
		'\u202E',
		'📞',
		'0',
		'7',
		'SUM',
		'{',
		'}',
		'<',
		'&',
		'#',
		'%',
		'$',
	],
];

/** The same ones each time. @param {number} count */
export function randomTexts(count) {
	let seed = 7;
	const next = (/** @type {number} */ below) => {
		seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
		return (seed >> 8) % below;
	};
	return Array.from({ length: count }, () =>
		Array.from({ length: 1 + next(12) }, () => PIECES[next(PIECES.length)]).join(''),
	);
}
