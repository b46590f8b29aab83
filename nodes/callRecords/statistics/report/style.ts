/** The look of the report. Colours are named once, for light and for dark; nothing is loaded from anywhere. */

const LIGHT = `
	--ground: #f5f4f0; --paper: #ffffff; --ink: #1a2129; --soft: #565f6b; --line: #e4e2dc; --accent: #1f5f8b;
	--answered: #2e74a8; --voicemail: #e2a93b; --missed: #c8472d; --outbound: #8496a9; --internal: #c9d1d9;
	--level: #8a5a9e; --good: #1d6b45; --bad: #b13a22;
	--heat0: #f1f0ec; --heat1: #d5e4ef; --heat2: #a9cbe2; --heat3: #6fa6cc; --heat4: #2e74a8; --heat5: #164a70;
	--in1: #1a2129; --in3: #10202c; --in4: #ffffff; --in5: #ffffff;`;

const DARK = `
	--ground: #12161b; --paper: #1a2027; --ink: #e9ecef; --soft: #a7b0bb; --line: #313a44; --accent: #8cc2ea;
	--answered: #5aa2d6; --voicemail: #e6b655; --missed: #ec775c; --outbound: #8294a8; --internal: #4e5b69;
	--level: #c79bdb; --good: #79cfa0; --bad: #f49a84;
	--heat0: #222931; --heat1: #1d3a52; --heat2: #23557c; --heat3: #2f75a9; --heat4: #6fb2e2; --heat5: #b9dcf5;
	--in1: #e9ecef; --in3: #ffffff; --in4: #0d1a24; --in5: #0d1a24;`;

const PAGE = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink);
	font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Inter, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
main, header, footer { max-width: 920px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 40px; padding-bottom: 20px; }
h1 { margin: 0; font-size: 30px; line-height: 1.2; letter-spacing: -0.015em; overflow-wrap: anywhere; }
.period { margin: 6px 0 0; color: var(--soft); }
.headline { margin: 18px 0 0; font-size: 19px; line-height: 1.4; max-width: 42em; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 20px 24px;
	margin: 0 0 16px; }
h2 { margin: 0 0 4px; font-size: 17px; line-height: 1.3; letter-spacing: -0.005em; }
footer { color: var(--soft); font-size: 13px; padding-top: 8px; padding-bottom: 40px; }
footer p { margin: 0 0 6px; }
.note, caption, figcaption { color: var(--soft); font-size: 14px; }
.empty { margin: 4px 0 0; color: var(--soft); }`;

const KEY = `
.key { display: grid; grid-template-columns: repeat(4, 1fr); margin: 12px 0 0; gap: 20px 24px; }
.key div { min-width: 0; }
.key dt { color: var(--soft); font-size: 13px; }
.key dd { margin: 0; font-size: 13px; }
.key .value { font-size: 28px; line-height: 1.25; font-weight: 650; letter-spacing: -0.02em; white-space: nowrap;
	font-variant-numeric: tabular-nums; }
.key .note { font-size: 13px; }
.change { font-weight: 600; color: var(--soft); }
.change.good { color: var(--good); }
.change.bad { color: var(--bad); }`;

const CHARTS = `
figure { margin: 0; }
figcaption { margin-bottom: 10px; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
rect { stroke: var(--paper); stroke-width: 0.75; }
svg text { font-size: 11px; fill: var(--soft); font-variant-numeric: tabular-nums; }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
.grid { stroke: var(--line); }
.base { stroke: var(--soft); }
.line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
.line.rate { stroke: var(--answered); }
.line.level { stroke: var(--level); stroke-dasharray: 5 4; }
.narrow { display: none; max-width: 440px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0 0 8px; padding: 0; list-style: none;
	font-size: 13px; color: var(--soft); align-items: center; }
.legend b { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.legend.shades { gap: 4px; }
.shades span { margin: 0 4px; }
.swatch { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; }
.shades .swatch { width: 18px; margin: 0; }
details { margin-top: 12px; font-size: 14px; }
summary { cursor: pointer; color: var(--accent); width: fit-content; }
svg .in1, svg .in2 { fill: var(--in1); }
svg .in3 { fill: var(--in3); }
svg .in4 { fill: var(--in4); }
svg .in5 { fill: var(--in5); }`;

const TABLES = `
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { text-align: start; padding-bottom: 8px; }
th, td { text-align: start; padding: 7px 14px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:last-child, td:last-child { padding-inline-end: 0; }
thead th { color: var(--soft); font-weight: 500; font-size: 13px; vertical-align: bottom; }
tbody th { font-weight: 500; overflow-wrap: anywhere; }
tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: right; white-space: nowrap; }
.number + :not(.number) { padding-left: 10px; }
td bdi { overflow-wrap: anywhere; }
.when { white-space: nowrap; }
.bar { display: block; height: 4px; margin-top: 4px; border-radius: 2px; background: var(--heat0); overflow: hidden;
	min-width: 56px; }
.bar i { display: block; height: 100%; border-radius: 2px; background: var(--answered); }
.digits { white-space: nowrap; }
.second { color: var(--soft); font-weight: 400; }
.tag { font-size: 13px; white-space: nowrap; }
.tag.open { color: var(--good); }
.tag.late { color: var(--bad); font-weight: 600; }`;

/** A phone: a chart of its own width, and the columns that matter most. */
const PHONE = `
@media screen and (max-width: 680px) {
	main, header, footer { padding-left: 14px; padding-right: 14px; }
	header { padding-top: 24px; }
	h1 { font-size: 24px; }
	.headline { font-size: 17px; }
	section { padding: 16px 14px; border-radius: 10px; }
	.key { grid-template-columns: repeat(2, 1fr); gap: 18px 14px; }
	.key .value { font-size: 24px; }
	.wide { display: none; }
	.narrow { display: block; }
	.minor { display: none; }
	thead .number, .tag { white-space: normal; }
	th, td { padding-right: 10px; }
	details table, details thead th { font-size: 12px; }
	details th, details td { padding-right: 6px; }
	.second { display: block; }
	.bar { min-width: 40px; }
}`;

const PRINT = `
@page { size: A4; margin: 13mm 12mm; }
@media print {
	:root { color-scheme: light; ${LIGHT} --ground: #ffffff; }
	* { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	body { font-size: 12px; }
	main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
	header { padding-top: 0; }
	section { padding: 12px 16px; margin-bottom: 10px; }
	.key { gap: 12px 20px; }
	.key .value { font-size: 22px; }
	section, tr { break-inside: avoid; }
	h2, figcaption, caption { break-after: avoid; }
	th, td { padding-top: 4px; padding-bottom: 4px; }
	figure details { display: none; }
	main, header, footer { zoom: 0.86; }
}`;

const COLOURS = ['answered', 'voicemail', 'missed', 'outbound', 'internal', 'level'] as const;

function colours(): string {
	const named = COLOURS.map(
		(name) => `.${name} { fill: var(--${name}); } .swatch.${name} { background: var(--${name}); }`,
	);
	const heat = [0, 1, 2, 3, 4, 5].map(
		(tone) =>
			`.heat${tone} { fill: var(--heat${tone}); } .swatch.heat${tone} { background: var(--heat${tone}); }`,
	);
	const rate = '.rate { fill: var(--answered); } .swatch.rate { background: var(--answered); }';
	return [...named, rate, ...heat].join('\n');
}

export const STYLE = [
	`:root { color-scheme: light dark; ${LIGHT} }`,
	`@media (prefers-color-scheme: dark) { :root { ${DARK} } }`,
	PAGE,
	KEY,
	// Before the lines of charts, which are not filled.
	colours(),
	CHARTS,
	TABLES,
	PHONE,
	PRINT,
]
	.join('\n')
	.replace(/\n\t*/g, '\n');
