// The trigger examples in a real n8n: new calls of every platform arrive in the data table, each once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { callTable, follows, isPushed } from '../../tools/lib/examples.mjs';
import { setUpStage } from '../../tools/lib/stage.mjs';

/** n8n lets no expression poll more than once a minute, but takes many of them. */
const EVERY_THREE_SECONDS = Array.from({ length: 20 }, (_, i) => ({
	mode: 'custom',
	cronExpression: `${3 * i} * * * * *`,
}));
const WANTED = 4;

/** @type {Awaited<ReturnType<typeof setUpStage>>} */
let stage;

before(async () => {
	stage = await setUpStage({ liveSeconds: 2 });
});
after(async () => await stage?.tearDown());

test(
	'every platform: new calls arrive in the data table, each once',
	{ timeout: 300_000 },
	async () => {
		const { client, workflows } = stage;
		const following = workflows.filter((workflow) => follows(workflow) && !isPushed(workflow));
		const platforms = following.length;
		assert.equal(platforms, stage.sandbox.servers.length);
		for (const { id, nodes, ...rest } of following) {
			const quick = nodes.map((node) =>
				node.parameters.pollTimes
					? {
							...node,
							parameters: {
								...node.parameters,
								pollTimes: { item: EVERY_THREE_SECONDS },
							},
						}
					: node,
			);
			await client.workflows.update(String(id), { ...rest, nodes: quick });
			await client.workflows.activate(String(id));
		}
		const counted = async () => {
			const rows = await client.dataTables.rows(callTable);
			/** @type {Record<string, string[]>} */
			const ids = {};
			for (const { platform, recordId } of rows)
				(ids[String(platform)] ??= []).push(String(recordId));
			return ids;
		};
		let ids = await counted();
		for (let tries = 0; tries < 100; tries++) {
			if (
				Object.keys(ids).length === platforms &&
				Object.values(ids).every(({ length }) => length >= WANTED)
			)
				break;
			await sleep(1000);
			ids = await counted();
		}
		for (const [platform, found] of Object.entries(ids)) {
			assert.ok(found.length >= WANTED, `${platform}: ${found.length} calls`);
			assert.equal(new Set(found).size, found.length, `${platform}: a call twice`);
		}
		assert.equal(Object.keys(ids).length, platforms);
		for (const { id } of following) await client.workflows.deactivate(String(id));
		// Upserting would hide a call that was handed on twice; the executions do not.
		/** @type {string[]} */
		const handed = [];
		for (const { id } of following) {
			for (const execution of await client.executions.list({ workflowId: id, limit: 250 })) {
				const run = await client.executions.get(execution.id);
				const trigger = Object.entries(run.nodes).find(([name]) => name.endsWith('Trigger'));
				handed.push(...(trigger?.[1].items ?? []).map(({ json }) => String(json.recordId)));
				assert.equal(run.status, 'success', run.error?.message);
			}
		}
		assert.equal(new Set(handed).size, handed.length);
	},
);
