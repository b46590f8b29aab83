import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject, INode } from 'n8n-workflow';

import { CALL_FIELDS } from '../../nodes/callRecords/call';
import { makeCalls } from '../vendors/calls';
import { runNode } from '../support/engine';
import { KITS, type PlatformKit } from '../support/kits';

const DAY = 86_400;
const examples = join(__dirname, '..', '..', 'examples');
const readJson = <T>(...path: string[]) =>
	JSON.parse(readFileSync(join(examples, ...path), 'utf8')) as T;

interface Stored {
	id: string;
	name: string;
	type: string;
}

const { nodes, connections } = readJson<{
	nodes: INode[];
	connections: Record<string, { main: Array<Array<{ node: string; index: number }>> }>;
}>('workflows', 'all-platforms.json');
const stored = readJson<Stored[]>('sandbox-credentials.json');
const merge = nodes.find(({ type }) => type === 'n8n-nodes-base.merge')!;
const exampleOf = ({ platform }: PlatformKit) =>
	nodes.find(({ type }) => type === `n8n-nodes-call-records.${platform.name}`);

/** What the node of a platform gives for the newest of some hundred calls, with the parameters of the example. */
async function itemsOf(kit: PlatformKit, parameters: IDataObject = {}): Promise<IDataObject[]> {
	const now = Math.floor(Date.now() / 1000);
	const calls = makeCalls({ count: 300, from: now - 6 * DAY, to: now - 60 });
	const sandbox = await kit.start({ calls });
	try {
		const { json, error } = await runNode({
			node: kit.node(),
			credential: kit.credential(),
			credentials: kit.credentials(sandbox),
			parameters: { ...(exampleOf(kit)?.parameters as IDataObject), ...parameters },
		});
		expect(error).toBeUndefined();
		return json;
	} finally {
		await sandbox.stop();
	}
}

const platforms = KITS.map((kit) => ({ kit, name: kit.platform.name }));

describe.each(platforms)('$name', ({ kit }) => {
	it('gives items with the fields of a call, all of them and in their order', async () => {
		const items = await itemsOf(kit);
		expect(items).toHaveLength(20);
		for (const item of items) expect(Object.keys(item)).toEqual([...CALL_FIELDS]);
	});

	it('gives every call of many kinds the same fields, the original last', async () => {
		const items = await itemsOf(kit, { returnAll: true, output: 'both' });
		expect(items.length).toBeGreaterThanOrEqual(300);
		for (const item of items) {
			expect(Object.keys(item)).toEqual([...CALL_FIELDS, 'original']);
			expect(item).toMatchObject({ platform: kit.platform.name, original: expect.any(Object) });
		}
	});

	it('has its node in the example of all platforms, with a credential of the sandbox', () => {
		const node = exampleOf(kit)!;
		const used = node.credentials![kit.platform.credentialType];
		expect(stored).toContainEqual(
			expect.objectContaining({ ...used, type: kit.platform.credentialType }),
		);
	});
});

describe('the example of all platforms', () => {
	it('makes one list of all platforms, each at an input of its own', () => {
		const inputs = KITS.map((kit) => connections[exampleOf(kit)!.name].main[0][0]);
		expect(new Set(inputs.map(({ node }) => node))).toEqual(new Set([merge.name]));
		expect(inputs.map(({ index }) => index).sort()).toEqual(KITS.map((_kit, i) => i));
		expect(merge.parameters).toEqual({ mode: 'append', numberInputs: KITS.length });
	});

	it('gives one set of columns, and no record id twice', async () => {
		const lists = await Promise.all(KITS.map(async (kit) => await itemsOf(kit)));
		const list = lists.flat();
		expect(list).toHaveLength(20 * KITS.length);
		expect(new Set(list.map((item) => Object.keys(item).join()))).toEqual(
			new Set([CALL_FIELDS.join()]),
		);
		expect(new Set(list.map(({ recordId }) => recordId)).size).toBe(list.length);
		expect(new Set(list.map(({ platform }) => platform)).size).toBe(KITS.length);
	});
});
