import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

import type { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeTypeDescription, Themed } from 'n8n-workflow';

import { PLATFORM_FOLDERS } from '../support/kits/triggers';
import { loadPackage, manifest, ROOT } from '../support/package';

let loader: PackageDirectoryLoader;
let nodes: INodeTypeDescription[];
let credentials: ICredentialType[];
beforeAll(async () => {
	loader = await loadPackage();
	nodes = loader.types.nodes as INodeTypeDescription[];
	credentials = loader.types.credentials;
});

const PLATFORMS = PLATFORM_FOLDERS.map((folder) => folder[0].toLowerCase() + folder.slice(1));
const nameOf = (file: string) => {
	const [name] = file.split('/').pop()!.split('.');
	return name[0].toLowerCase() + name.slice(1);
};

/** The file an icon's address in n8n stands for. */
const fileOf = (address: string) => join(ROOT, address.replace(`icons/${manifest.name}/`, ''));
const iconsOf = (icon: unknown) => icon as Themed<string> & { light: string; dark: string };

function expectIcons(icon: unknown): void {
	const { light, dark } = iconsOf(icon);
	const [first, second] = [light, dark].map((address) => readFileSync(fileOf(address), 'utf8'));
	for (const svg of [first, second]) {
		expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 (\d+) \1"/);
		// Drawn, not loaded from elsewhere, and nothing that runs.
		expect(svg).not.toMatch(/<script|<image|<foreignObject|href=|on\w+=|url\(http/i);
		expect(svg.length).toBeLessThan(5000);
	}
	expect(first).not.toBe(second);
}

describe('the built package', () => {
	it('has an action node, a trigger and a credential for each platform, and n8n loads all of them', () => {
		expect(Object.keys(loader.nodeTypes).sort()).toEqual(
			PLATFORMS.flatMap((name) => [name, `${name}Trigger`]).sort(),
		);
		expect(Object.keys(loader.credentialTypes).sort()).toEqual(
			PLATFORMS.map((name) => `${name}Api`).sort(),
		);
		expect(manifest.n8n.nodes.map(nameOf).sort()).toEqual(Object.keys(loader.nodeTypes).sort());
		expect(manifest.n8n.credentials.map(nameOf).sort()).toEqual(
			Object.keys(loader.credentialTypes).sort(),
		);
	});

	it('needs nothing at run time but n8n', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.main).toBeUndefined();
		const imports = execFileSync(
			'grep',
			['-rhoE', 'require\\("[^".][^"]*"\\)', join(ROOT, 'dist')],
			{
				encoding: 'utf8',
			},
		);
		expect([...new Set(imports.trim().split('\n'))].sort()).toEqual([
			'require("crypto")',
			'require("luxon")',
			'require("n8n-workflow")',
		]);
	});

	it('ships what is built, and no tests, sources or secrets', () => {
		const [{ files }] = JSON.parse(
			execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
				cwd: ROOT,
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore'],
			}),
		) as Array<{ files: Array<{ path: string }> }>;
		const others = files
			.map(({ path }) => path)
			.filter((path) => !/^dist\/(nodes|credentials)\/.*\.(js|json|svg)$/.test(path));
		expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
	});
});

/** What people who look for these nodes type into n8n's search. */
const SEARCHED = [
	'call records',
	'calls',
	'missed calls',
	'call history',
	'call log',
	'voip',
	'cdr',
	'pbx',
	'phone',
	'telephony',
];

describe('every node', () => {
	it('has icons for light and dark, that are there', () => {
		for (const { iconUrl } of nodes) expectIcons(iconUrl);
	});

	it('is found in the search by what it is for', () => {
		for (const { name, codex } of nodes) {
			expect([name, codex?.categories]).toEqual([name, ['Communication', 'Data & Storage']]);
			const words = codex?.alias?.map((alias) => alias.toLowerCase()) ?? [];
			for (const word of SEARCHED)
				expect([name, words]).toEqual([name, expect.arrayContaining([word])]);
			const file = loader.known.nodes[name].sourcePath.replace(/\.js$/, '.json');
			const { node } = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as { node: string };
			expect(node).toBe(`${manifest.name}.${name}`);
		}
	});

	it('leads to documentation that exists', () => {
		const links = nodes.flatMap(({ codex }) =>
			Object.values(codex?.resources ?? {}).flatMap((list) => list.map(({ url }) => url)),
		);
		links.push(...credentials.map(({ documentationUrl }) => documentationUrl!));
		expect(links.length).toBeGreaterThanOrEqual(3 * PLATFORMS.length);
		for (const link of new Set(links)) {
			const [, file, anchor] = /\/blob\/main\/([^#]+)(?:#(.*))?$/.exec(link) ?? [];
			const text = readFileSync(join(ROOT, file), 'utf8');
			const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
				heading
					.toLowerCase()
					.replace(/[^\w\s-]/g, '')
					.replace(/ /g, '-'),
			);
			if (anchor) expect([link, anchors]).toEqual([link, expect.arrayContaining([anchor])]);
		}
	});

	it('has one sentence that holds for the action and its trigger, which n8n shows as one app', () => {
		for (const { name, description } of nodes) {
			const other = nodes.find((one) => one.name === `${name}Trigger`);
			expect(description.length).toBeLessThanOrEqual(120);
			if (other) expect([name, other.description]).toEqual([name, description]);
		}
	});

	it('has a subtitle that says what it does', () => {
		for (const { name, subtitle, polling } of nodes) {
			const shown = (parameter: object) =>
				String(runInNewContext(subtitle!.slice(3, -2), { $parameter: parameter }));
			if (polling) {
				expect([name, shown({ emit: 'calls' })]).toEqual([name, 'New Calls']);
				expect([name, shown({ emit: 'callRecords' })]).toEqual([name, 'New Call Legs']);
			} else {
				expect([name, shown({ operation: 'getAll', resource: 'call' })]).toEqual([
					name,
					'Get Many: Call',
				]);
				expect(shown({ operation: 'download', resource: 'recording' })).toBe('Download: Recording');
			}
		}
	});

	it('may be used as a tool by an AI agent, unless it starts workflows', () => {
		for (const { name, usableAsTool, polling, group, inputs } of nodes) {
			const isTrigger = name.endsWith('Trigger');
			expect([name, usableAsTool]).toEqual([name, isTrigger ? undefined : true]);
			expect([name, polling, group]).toEqual(
				isTrigger ? [name, true, ['trigger']] : [name, undefined, ['input']],
			);
			expect(inputs).toEqual(isTrigger ? [] : ['main']);
		}
	});

	it('gets poll times from n8n when it polls', () => {
		for (const { polling, properties } of nodes) {
			expect(properties.some(({ name }) => name === 'pollTimes')).toBe(polling === true);
		}
	});

	it('asks for the credential of its platform', () => {
		for (const { name, credentials: needed } of nodes) {
			expect(needed).toEqual([{ name: `${name.replace('Trigger', '')}Api`, required: true }]);
		}
		for (const { name } of credentials) {
			const node = name.replace(/Api$/, '');
			expect(loader.known.credentials[name].supportedNodes).toEqual([node, `${node}Trigger`]);
		}
	});
});

describe('every credential', () => {
	it('has icons, a link to its documentation, and a test', () => {
		for (const { iconUrl, documentationUrl, test, displayName } of credentials) {
			expectIcons(iconUrl);
			expect(documentationUrl).toMatch(/^https:.*#credential$/);
			expect(test?.request.baseURL ?? test?.request.url).toContain('$credentials.baseUrl');
			expect(displayName).toMatch(/ API$/);
		}
	});

	it('masks what is secret, and keeps sessions out of sight', () => {
		const secret = /key|token|secret/i;
		for (const { name, properties } of credentials) {
			const open = properties.filter(
				(property) =>
					property.type === 'string' &&
					secret.test(property.name) &&
					property.typeOptions?.password !== true,
			);
			expect([name, open.map((property) => property.name)]).toEqual([name, []]);
			const expirable = properties.filter(({ typeOptions }) => typeOptions?.expirable);
			expect(expirable.every(({ type }) => type === 'hidden')).toBe(true);
		}
	});
});

it('has an example workflow for every node', () => {
	const folder = join(ROOT, 'examples', 'workflows');
	const used = readdirSync(folder).flatMap((file) => {
		const text = readFileSync(join(folder, file), 'utf8');
		return (JSON.parse(text) as { nodes: Array<{ type: string }> }).nodes.map(({ type }) => type);
	});
	const missing = nodes.filter(({ name }) => !used.includes(`${manifest.name}.${name}`));
	expect(missing.map(({ name }) => name)).toEqual([]);
});
