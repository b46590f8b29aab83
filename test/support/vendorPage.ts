import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import axios, { type AxiosInstance } from 'axios';

import { makeCalls } from '../vendors/calls';
import { ROOT } from './package';

/** A day with some calls of every kind, for tests of the fake servers themselves. */
export const DAY_FROM = Date.UTC(2025, 2, 4) / 1000;
export const CALLS = makeCalls({ count: 120, from: DAY_FROM, to: DAY_FROM + 43_200, seed: 5 });

/** A client that is not ours: no node, no credential, no n8n. It takes every HTTP status. */
export function clientOf({ url }: { url: string }): AxiosInstance {
	return axios.create({ baseURL: url, validateStatus: () => true, timeout: 10_000 });
}

/** The names in the first column of the tables of one section, as `5.3` or `6`, of a page in docs/vendors. */
export function documentedFields(page: string, section: string): string[] {
	const text = readFileSync(join(ROOT, 'docs', 'vendors', `${page}.md`), 'utf8');
	const [, found] = text.split(new RegExp(`^#+ ${section.replace(/\./g, '\\.')}\\.? .*$`, 'm'));
	const rows = (found ?? '').split(/^#/m)[0].matchAll(/^\| (`[^|]+) \|/gm);
	return [...rows].flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
}

/** Names that a server sends and its page does not have. */
export function undocumented(rows: object[], documented: string[]): string[] {
	const sent = new Set(rows.flatMap((row) => Object.keys(row)));
	return [...sent].filter((name) => !documented.includes(name));
}
