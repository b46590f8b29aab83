/** A Markdown page that a text names, with the section it names, if any. */
export interface Citation {
	/** A path from the repository's root, or relative to the file that names it. */
	page: string;
	section: string | null;
}

/** What is known of a Markdown page. */
export interface Page {
	/** Of numbered headings, such as `3.1`. */
	sections: ReadonlySet<string>;
	/** What a link can point to behind `#`, as GitHub makes it of a heading. */
	anchors: ReadonlySet<string>;
	/** Section numbers that more than one heading has. */
	repeated: readonly string[];
}

const OWN_PAGES = /^\/\/github\.com\/n8n-nodes-call-records\/n8n-nodes-call-records\/blob\/main\//;
/** Of two digits at most, so that a status or a code in brackets is none. */
const SECTION = String.raw`[1-9]\d?(?:\.\d+)*`;
const SECTIONS = `${SECTION}(?:(?:, | and | or )${SECTION})*`;
const NAMED = new RegExp(
	String.raw`(?<![\w./-])(?<page>[\w./-]+\.md)\b(?:\x60?\)? (?<sections>${SECTIONS})(?![\w-]))?`,
	'g',
);
const NAMED_OR_BARE = new RegExp(`${NAMED.source}|\\((?<bare>${SECTIONS})\\)`, 'g');
const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*(?:\n[ \t]*\/\/[^\n]*)*/g;

const numbers = (sections: string) => sections.split(/, | and | or /);
/** A comment on one line, so that a section number may stand on the line after its page. */
const unfolded = (comment: string) => comment.replace(/\n[ \t]*(?:\*(?!\/)|\/\/)?[ \t]*/g, ' ');

/** Null for a link that leaves the repository. */
function ownPath(page: string): string | null {
	const path = page.replace(OWN_PAGES, '');
	return path.startsWith('//') ? null : path;
}

function citationsOf(page: string, sections: string | undefined): Citation[] {
	const path = ownPath(page);
	if (path === null) return [];
	if (sections === undefined) return [{ page: path, section: null }];
	return numbers(sections).map((section) => ({ page: path, section }));
}

/**
 * The pages and sections that source code names, in its comments and elsewhere. A bare `(3.1)` in a comment means the page
 * that was named before it in the same file; where none was, the first one that is.
 */
export function citationsIn(source: string): Citation[] {
	const inComments = [...source.matchAll(COMMENT)].map(([comment]) => unfolded(comment));
	const outside = source.replace(COMMENT, ' ');
	const found = [...outside.matchAll(NAMED)].flatMap(({ groups }) =>
		citationsOf(groups!.page, groups!.sections),
	);
	return [...found, ...citationsInComments(inComments)];
}

function citationsInComments(comments: string[]): Citation[] {
	const matches = comments.flatMap((comment) => [...comment.matchAll(NAMED_OR_BARE)]);
	const isVendors = (page: string | undefined) => page?.includes('vendors/') ?? false;
	let last = matches.find(({ groups }) => isVendors(groups!.page))?.groups?.page;
	return matches.flatMap(({ groups }) => {
		const { page, sections, bare } = groups!;
		if (isVendors(page)) last = page;
		if (page !== undefined) return citationsOf(page, sections);
		return last === undefined ? [] : citationsOf(last, bare);
	});
}

const withoutCode = (markdown: string) => markdown.replace(/^```[\s\S]*?^```/gm, '');

/** Links to pages of the repository, with the section that is named behind a link. */
export function linksIn(markdown: string): Array<Citation & { anchor: string | null }> {
	const text = withoutCode(markdown).replace(/\s+/g, ' ');
	const link = /\]\((?<page>[^)\s:#]*)(?:#(?<anchor>[^)\s]*))?\)(?: (?<section>\d+(?:\.\d+)*)\b)?/g;
	return [...text.matchAll(link)].map(({ groups }) => ({
		page: groups!.page,
		section: groups!.section ?? null,
		anchor: groups!.anchor ?? null,
	}));
}

/** The sections of its own that a page names: `section 3`, `(12.19)`. */
export function ownSectionsIn(markdown: string): string[] {
	const text = withoutCode(markdown).replace(/\s+/g, ' ');
	return [...text.matchAll(/\bsections? (\d+(?:\.\d+)*)\b|\((\d+\.\d+)\)/gi)].map(
		([, named, bare]) => named ?? bare,
	);
}

/** As GitHub does it: lower case, without punctuation, blanks as dashes. */
const anchorOf = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replace(/ /g, '-');

export function pageOf(markdown: string): Page {
	const headings = [...withoutCode(markdown).matchAll(/^#{1,6} +(.+?) *$/gm)].map(
		([, text]) => text,
	);
	const numbered = headings.flatMap((text) => /^(\d+(?:\.\d+)*)\.? /.exec(text)?.[1] ?? []);
	return {
		sections: new Set(numbered),
		anchors: new Set(headings.map(anchorOf)),
		repeated: numbered.filter((section, index) => numbered.indexOf(section) !== index),
	};
}
