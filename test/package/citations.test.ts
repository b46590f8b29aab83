import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { citationsIn, linksIn, ownSectionsIn, pageOf, type Citation } from '../support/citations';
import { ROOT } from '../support/package';

const VENDORS = 'docs/vendors';
const MARKS = ["vendor's page", 'recorded reply', 'third-party code', 'inferred', 'unknown'];

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const filesIn = (folder: string, name: RegExp) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => name.test(file))
		.map((file) => join(folder, file))
		.sort();

const sources = ['nodes', 'credentials', 'test'].flatMap((folder) =>
	filesIn(folder, /\.(ts|json)$/),
);
const vendorPages = filesIn(VENDORS, /\.md$/).filter((file) => !file.endsWith('README.md'));
/** Pages that people read; those beside the code of others are none. */
const documents = [
	...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
	...filesIn('.github', /\.md$/),
	...filesIn('docs', /\.md$/),
];

/** Where a page is, by a path from the root or from the file that names it; null where it is not. */
function find(page: string, namedIn: string): string | null {
	const paths = [page, relative(ROOT, join(ROOT, dirname(namedIn), page))];
	return paths.find((path) => !path.startsWith('..') && existsSync(join(ROOT, path))) ?? null;
}

/** The platform that a page makes up as an example has no pages of its own. */
const MADE_UP = {
	namedIn: 'docs/adding-a-platform.md',
	pages: ['vendors', 'platforms'].map((folder) => `docs/${folder}/acme-voice${'.md'}`),
};

/** Null = it has its target. */
function problemOf({ page, section }: Citation, namedIn: string): string | null {
	if (namedIn === MADE_UP.namedIn && MADE_UP.pages.includes(page)) return null;
	const path = find(page, namedIn);
	if (path === null) return `${namedIn}: there is no ${page}`;
	if (section === null || pageOf(textOf(path)).sections.has(section)) return null;
	return `${namedIn}: ${path} has no section ${section}`;
}

const problemsIn = (file: string, text = textOf(file)) =>
	citationsIn(text).flatMap((citation) => problemOf(citation, file) ?? []);

describe('citations of pages', () => {
	it('have a target, wherever source code and documents make them', () => {
		expect([...sources, ...documents].flatMap((file) => problemsIn(file))).toEqual([]);
	});

	it('are many, and lead to every vendor page of a platform there is', () => {
		const cited = sources
			.filter((file) => !file.startsWith('test/package'))
			.flatMap((file) => citationsIn(textOf(file)));
		const folders = readdirSync(join(ROOT, 'docs/platforms')).map((file) => `${VENDORS}/${file}`);
		expect(cited.filter(({ section }) => section !== null).length).toBeGreaterThan(50);
		expect(folders.filter((page) => !cited.some((citation) => citation.page === page))).toEqual([]);
	});

	const commo = `${VENDORS}/commo${'.md'}`;
	const absent = `${VENDORS}/absent${'.md'}`;
	it.each([
		['a page that is not there', `/** See ${absent} 1. */`, [`there is no ${absent}`]],
		['a page outside', `// As reading${'.md'} 4.4 has it`, [`there is no reading${'.md'}`]],
		['a section that is not there', `/** (${commo} 3.99) */`, [`${commo} has no section 3.99`]],
		['the second of two', `// ${commo} 3.1, 98\nx();`, [`${commo} has no section 98`]],
		['one on the next line', `/**\n * (${commo}\n * 97)\n */`, [`${commo} has no section 97`]],
		['a bare one behind it', `/** ${commo} 1.2 (96) */`, [`${commo} has no section 96`]],
		['a bare one before it', `// (95)\nf(94);\n// ${commo} 1`, [`${commo} has no section 95`]],
		['one in a text', `const url = '${absent}#top';`, [`there is no ${absent}`]],
		['the made-up one elsewhere', `// ${MADE_UP.pages[0]}`, [`there is no ${MADE_UP.pages[0]}`]],
		['a right one', `/** (${commo} 3.1 and 6), then (1.3). */ f(77.7);`, []],
		['a status behind it', `// (${commo} 1.1, answered with 404), else (404)`, []],
		['a link elsewhere', `'https://example.com/a${'.md'}'`, []],
	])('are told right from wrong: %s', (_, text, problems) => {
		expect(problemsIn('nodes/Commo/example.ts', text)).toEqual(
			problems.map((problem) => `nodes/Commo/example.ts: ${problem}`),
		);
	});
});

describe('the pages themselves', () => {
	it.each(documents)('%s links to pages, sections and headings that exist', (file) => {
		const problems = linksIn(textOf(file)).flatMap(({ page, section, anchor }) => {
			const path = page === '' ? file : relative(ROOT, join(ROOT, dirname(file), page));
			if (!existsSync(join(ROOT, path))) return [`no ${page}`];
			if (!path.endsWith('.md')) return [];
			const { anchors, sections } = pageOf(textOf(path));
			return [
				...(anchor !== null && !anchors.has(anchor) ? [`${path} has no #${anchor}`] : []),
				...(section !== null && !sections.has(section) ? [`${path} has no ${section}`] : []),
			];
		});
		expect(problems).toEqual([]);
	});

	it.each(vendorPages)('%s numbers each section once and names only its own', (file) => {
		const { sections, repeated } = pageOf(textOf(file));
		expect(repeated).toEqual([]);
		expect(ownSectionsIn(textOf(file)).filter((section) => !sections.has(section))).toEqual([]);
	});

	it.each(vendorPages)('%s says how its facts are known, in the words of the legend', (file) => {
		const text = textOf(file).replace(/^```[\s\S]*?^```|`[^`]*`/gm, '');
		const marks = [...text.matchAll(/\[([^\]]+)\](?!\()/g)].map(([, mark]) =>
			mark.replace(/\s+/g, ' '),
		);
		expect(marks.length).toBeGreaterThan(20);
		expect(marks.filter((mark) => !MARKS.includes(mark))).toEqual([]);
	});
});
