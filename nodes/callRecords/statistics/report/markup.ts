/** Text that is HTML already. Everything else that goes into a page is escaped: there is no other way in. */
export interface Markup {
	readonly markup: string;
}

export type Content = string | number | null | Markup | readonly Content[];

/** A template whose values are escaped, unless they are markup; lists are joined, null is nothing. */
export function html(texts: TemplateStringsArray, ...values: Content[]): Markup {
	let markup = texts[0];
	values.forEach((value, i) => {
		markup += toMarkup(value) + texts[i + 1];
	});
	return { markup };
}

function toMarkup(content: Content): string {
	if (content === null) return '';
	if (typeof content === 'string') return escapeText(content);
	if (typeof content === 'number') return String(content);
	return 'markup' in content ? content.markup : content.map(toMarkup).join('');
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'`': '&#96;',
};

/** Safe between tags and within quotes. What HTML does not allow at all becomes the sign of replacement. */
export function escapeText(text: string): string {
	return text
		.replace(/[&<>"'`]/g, (sign) => ENTITIES[sign])
		.replace(/[\p{Cs}\p{Noncharacter_Code_Point}]|(?![\t\n])\p{Cc}/gu, '\ufffd');
}
