import fc from 'fast-check';

import { escapeText, html } from '../../../nodes/callRecords/statistics/report/markup';

const ENTITIES: Record<string, string> = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#39;': "'",
	'&#96;': '`',
};

describe('escaping', () => {
	it('leaves nothing that opens or closes, and every text comes back', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const escaped = escapeText(text);
				expect(escaped).not.toMatch(/[<>"'`]/);
				expect(escaped).not.toMatch(/&(?!(amp|lt|gt|quot|#39|#96);)/);
				const read = escaped.replace(/&[^;]+;/g, (entity) => ENTITIES[entity]);
				expect(read).toHaveLength([...text].length === text.length ? text.length : read.length);
				for (const sign of '<>&"\'`')
					expect(read.split(sign)).toHaveLength(text.split(sign).length);
			}),
		);
	});

	it.each([
		['\u0000\u0007\u009f', '\ufffd\ufffd\ufffd'],
		['half \ud800 a pair', 'half \ufffd a pair'],
		['😀 नमस्ते\n\t', '😀 नमस्ते\n\t'],
	])('%j', (text, escaped) => {
		expect(escapeText(text)).toBe(escaped);
	});

	it('is done once to texts in lists and in nested templates, and not to markup', () => {
		const rows = ['<a>', '&amp;'].map((text) => html`<li>${text}</li>`);
		expect(html`${rows}${null}${3}${['<', '>']}`.markup).toBe(
			'<li>&lt;a&gt;</li><li>&amp;amp;</li>3&lt;&gt;',
		);
		expect(html`<i title="${'"x"'}"></i>`.markup).toBe('<i title="&quot;x&quot;"></i>');
	});
});
