// npm run new-platform -- <Name> [--title "As people call it"]: the files of a new platform, each of which says what to fill in.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { repoDir } from './lib/paths.mjs';
import { Problem, explain } from './lib/problem.mjs';

const TEMPLATES = join('tools', 'templates', 'platform');
/** What is the same on every platform but for the names is taken from here. */
const MODEL = 'Infin8linx';
/** Search words that hold for every phone system. */
const ALIASES = [
	'CDR',
	'call record',
	'call log',
	'call detail record',
	'PBX',
	'telephony',
	'phone',
];

/** @typedef {{ Name: string, name: string, kebab: string, title: string, constant: string, port: number }} Names */

const read = (/** @type {string} */ file) => readFileSync(join(repoDir, file), 'utf8');

/** @param {string} file @param {string} text */
function write(file, text) {
	mkdirSync(dirname(join(repoDir, file)), { recursive: true });
	writeFileSync(join(repoDir, file), text);
}

/** @param {string} Name @param {string | undefined} title @returns {Names} */
function namesOf(Name, title) {
	if (!/^[A-Z][A-Za-z0-9]*$/.test(Name))
		throw new Problem('Give the name as n8n names node classes: npm run new-platform -- AcmeVoice');
	const words = Name.replace(/([a-z0-9])(?=[A-Z])/g, '$1 ');
	const kebab = words.toLowerCase().replace(/ /g, '-');
	const vendors = readdirSync(join(repoDir, 'test', 'vendors')).filter((file) =>
		file.endsWith('.ts'),
	);
	const ports = vendors.map((file) =>
		Number(/^\tport: (\d+),$/m.exec(read(join('test', 'vendors', file)))?.[1] ?? 0),
	);
	return {
		Name,
		name: Name[0].toLowerCase() + Name.slice(1),
		kebab,
		title: title ?? words,
		constant: kebab.toUpperCase().replace(/-/g, '_'),
		port: Math.max(...ports) + 1,
	};
}

/** @param {string} text @param {Names} names */
const filledIn = (text, { Name, name, kebab, title, constant, port }) =>
	text
		.replace(/__Name__/g, Name)
		.replace(/__name__/g, name)
		.replace(/__kebab__/g, kebab)
		.replace(/__Title__/g, title)
		.replace(/__CONST__/g, constant)
		.replace(/__port__/g, String(port));

/** @param {string} text of the model @param {Names} names */
const renamed = (text, { Name, name, kebab, title }) =>
	text
		.replace(/(description:\s*')[^']*(?= from Infin8linx)[^']*/, `$1Get call records from ${title}`)
		.replace(/infin8linx\.md/g, `${kebab}.md`)
		.replace(/(isplayName: '|name: '| of |"name": "|"node": "|^\t\t")Infin8linx/gm, `$1${title}`)
		.replace(/sandboxInfin8l01/g, credentialId(Name))
		.replace(
			/exampleInfin8l(\d\d)/g,
			(_id, digits) => `example${Name}`.slice(0, 14).padEnd(14, '0') + digits,
		)
		.replace(/Infin8linx/g, Name)
		.replace(/infin8linx/g, name);

const credentialId = (/** @type {string} */ Name) =>
	`sandbox${Name}`.slice(0, 14).padEnd(14, '0') + '01';

/** @param {Names} names @returns {Map<string, string>} text by file */
function filesOf(names) {
	const templates = readdirSync(join(repoDir, TEMPLATES), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.tpl'))
		.map((file) => [file.replace(/\.tpl$/, ''), filledIn(read(join(TEMPLATES, file)), names)]);
	const model = [
		...[
			`${MODEL}.node.ts`,
			`${MODEL}Trigger.node.ts`,
			`${MODEL}.node.json`,
			`${MODEL}Trigger.node.json`,
		],
		...['infin8linx.svg', 'infin8linx.dark.svg', '__schema__/v1.0.0.json'],
		...readdirSync(join(repoDir, 'nodes', MODEL, '__schema__', 'v1.0.0'), {
			recursive: true,
			encoding: 'utf8',
		})
			.filter((file) => file.endsWith('.json'))
			.map((file) => join('__schema__', 'v1.0.0', file)),
	].map((file) => join('nodes', MODEL, file));
	const examples = readdirSync(join(repoDir, 'examples', 'workflows'))
		.filter((file) => /^infin8linx(-trigger)?\.json$/.test(file))
		.map((file) => join('examples', 'workflows', file));
	const copies = [...model, ...examples].map((file) => {
		const to = file.replace(/infin8linx(?=[^/]*\.json$)/, names.kebab);
		return [renamed(to, names), withAliases(file, renamed(read(file), names))];
	});
	return new Map([...templates, ...copies].map(([file, text]) => [filledIn(file, names), text]));
}

/** @param {string} file @param {string} text */
function withAliases(file, text) {
	if (!file.endsWith('.node.json')) return text;
	return jsonOf({ ...JSON.parse(text), alias: ALIASES });
}

const jsonOf = (/** @type {unknown} */ value) => `${JSON.stringify(value, undefined, '\t')}\n`;

/** @param {Names} names entries in lists that n8n and the sandbox read */
function addEntries({ Name, name, title, port }) {
	const manifest = JSON.parse(read('package.json'));
	manifest.n8n.credentials.push(`dist/credentials/${Name}Api.credentials.js`);
	const nodes = ['', 'Trigger'].map((kind) => `dist/nodes/${Name}/${Name}${kind}.node.js`);
	manifest.n8n.nodes.push(...nodes);
	write('package.json', jsonOf(manifest));
	const file = join('examples', 'sandbox-credentials.json');
	const credentials = JSON.parse(read(file));
	credentials.push({
		id: credentialId(Name),
		name: `${title} (sandbox)`,
		type: `${name}Api`,
		data: { baseUrl: `http://127.0.0.1:${5700 + port}`, apiKey: 'fill in', timezone: 'UTC' },
	});
	write(file, jsonOf(credentials));
}

try {
	const { values, positionals } = parseArgs({
		options: { title: { type: 'string' } },
		allowPositionals: true,
	});
	const names = namesOf(positionals[0] ?? '', values.title);
	const files = filesOf(names);
	const taken = [...files.keys()].find((file) => existsSync(join(repoDir, file)));
	if (taken) throw new Problem(`${taken} is there already; nothing was written.`);
	for (const [file, text] of files) write(file, text);
	addEntries(names);
	console.log([...files.keys(), 'package.json', 'examples/sandbox-credentials.json'].join('\n'));
	console.log('\nNow run "npm run format", then docs/adding-a-platform.md, section 2.');
} catch (error) {
	console.error(explain(error));
	process.exitCode = 1;
}
