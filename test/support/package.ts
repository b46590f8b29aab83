import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

export const ROOT = join(__dirname, '..', '..');

interface Manifest {
	name: string;
	homepage: string;
	files: string[];
	main?: string;
	dependencies?: object;
	n8n: { nodes: string[]; credentials: string[] };
}

export const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** The built package, loaded as n8n loads it. */
export async function loadPackage(): Promise<PackageDirectoryLoader> {
	const missing = [...manifest.n8n.nodes, ...manifest.n8n.credentials].filter(
		(file) => !existsSync(join(ROOT, file)),
	);
	if (missing.length > 0) throw new Error(`Run "npm run build" first; there is no ${missing[0]}`);
	const loader = new PackageDirectoryLoader(ROOT);
	await loader.loadAll();
	return loader;
}

/** A parameter and all that lies inside of it, collections and their options included. */
export function allProperties(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [
		property,
		...allProperties(
			(property.options ?? []).flatMap((option) =>
				'displayName' in option ? ('values' in option ? option.values : [option]) : [],
			),
		),
	]);
}

/** The entries of a list of fixed choices. */
export function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter(
		(option: INodePropertyOptions | INodeProperties | INodePropertyCollection) => 'value' in option,
	);
}
