// The push triggers in a real n8n: calls that end are in the data table within seconds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { callTable, isPushed } from '../../tools/lib/examples.mjs';
import { setUpStage } from '../../tools/lib/stage.mjs';

/** So that what arrives was pushed: nothing is polled while the test runs. */
const ONCE_A_YEAR = { item: [{ mode: 'custom', cronExpression: '0 0 0 1 1 *' }] };
const PLATFORMS = ['commo', 'itnioTech', 'while1Voice', 'yeastarPSeries'];
const WANTED = 8;
/** From the end of a call until its row is written. A busy machine adds seconds; the figures are printed. */
const MEDIAN_SECONDS = 20;

/** @type {Awaited<ReturnType<typeof setUpStage>>} */
let stage;

before(async () => {
	stage = await setUpStage({ liveSeconds: 4 });
});
after(async () => await stage?.tearDown());

const median = (/** @type {number[]} */ values) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

test(
	'calls are in the table within seconds of their end',
	{ timeout: 300_000 },
	async (context) => {
		const { client, workflows } = stage;
		const workflow = workflows.find(isPushed);
		assert.ok(workflow);
		const { id, nodes, ...rest } = workflow;
		const quiet = nodes.map((node) =>
			node.parameters.pollTimes
				? { ...node, parameters: { ...node.parameters, pollTimes: ONCE_A_YEAR } }
				: node,
		);
		await client.workflows.update(String(id), { ...rest, nodes: quiet });
		const since = Date.now();
		await client.workflows.activate(String(id));
		/** @type {Record<string, Record<string, any>[]>} */
		let arrived = {};
		for (let tries = 0; tries < 200; tries++) {
			const rows = await client.dataTables.rows(callTable);
			arrived = Object.fromEntries(
				PLATFORMS.map((name) => [
					name,
					rows.filter(({ platform, endedAt }) => platform === name && Date.parse(endedAt) > since),
				]),
			);
			if (Object.values(arrived).every(({ length }) => length >= WANTED)) break;
			await sleep(1000);
		}
		for (const [platform, rows] of Object.entries(arrived)) {
			assert.ok(rows.length >= WANTED, `${platform}: ${rows.length} calls`);
			const ids = rows.map(({ recordId }) => recordId);
			assert.equal(new Set(ids).size, ids.length, `${platform}: a call twice`);
			const waits = rows.map(
				({ createdAt, endedAt }) => (Date.parse(createdAt) - Date.parse(endedAt)) / 1000,
			);
			context.diagnostic(`${platform}: ${rows.length} calls, median ${median(waits).toFixed(1)} s`);
			assert.ok(median(waits) <= MEDIAN_SECONDS, `${platform}: median ${median(waits)} s`);
		}
	},
);
