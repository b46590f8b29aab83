// node bench/kill.mjs [--kills 20] [--durable]: n8n is killed at random moments while calls arrive; what reaches the workflow?
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { stopAll } from '../tools/lib/processes.mjs';
import { setUpStage } from '../tools/lib/stage.mjs';

const { values } = parseArgs({
	options: {
		kills: { type: 'string', default: '20' },
		durable: { type: 'boolean', default: false },
	},
});
const kills = Number(values.kills);
const POLLS = Array.from({ length: 30 }, (_, i) => ({
	mode: 'custom',
	cronExpression: `${2 * i} * * * * *`,
}));
/** Calls end this long before they count as expected: the last ones may still be on their way. */
const SETTLE_SECONDS = 15;

const stage = await setUpStage({
	durableCursors: values.durable,
	liveSeconds: 0.5,
	extra: { EXECUTIONS_DATA_PRUNE: 'false' },
});
const { client, n8n, sandbox, workflows } = stage;
try {
	const example = workflows.find(({ nodes }) =>
		nodes.some(({ type }) => type === 'n8n-nodes-call-records.commoTrigger'),
	);
	if (!example) throw new Error('The example workflow of the Commo trigger is missing');
	const trigger = example.nodes.find(({ type }) => type.endsWith('Trigger'));
	await client.workflows.update(String(example.id), {
		...example,
		nodes: [{ ...trigger, parameters: { ...trigger.parameters, pollTimes: { item: POLLS } } }],
		connections: {},
	});
	await client.workflows.activate(String(example.id));
	const begun = Date.now() / 1000;
	const killed = [];
	for (let i = 0; i < kills; i++) {
		await sleep(1500 + Math.random() * 5000);
		killed.push(Date.now());
		await n8n.kill('SIGKILL');
		await n8n.restart();
		process.stdout.write(`${i + 1} `);
	}
	await client.login();
	await sleep(SETTLE_SECONDS * 2000);
	const handed = await handedOn(String(example.id));
	const truth = await endedBetween(begun + 5, Date.now() / 1000 - SETTLE_SECONDS);
	report(truth, handed, killed);
} finally {
	await stage.tearDown();
	await stopAll();
}

/** Record ids of each execution, oldest first, whatever became of it. */
async function handedOn(workflowId) {
	const { count } = await client.call(
		'GET',
		`/executions?limit=1&filter=${encodeURIComponent(JSON.stringify({ workflowId }))}`,
	);
	const list = [];
	let lastId;
	while (list.length < count) {
		const query = new URLSearchParams({
			limit: '100',
			filter: JSON.stringify({ workflowId }),
			...(lastId && { lastId }),
		});
		const { results } = await client.call('GET', `/executions?${query}`);
		if (results.length === 0) break;
		list.push(...results);
		lastId = results.at(-1).id;
	}
	const executions = [];
	for (const { id, startedAt, createdAt, status } of list) {
		const { data } = await client.call('GET', `/executions/${id}`);
		const ids = new Set(
			String(typeof data === 'string' ? data : JSON.stringify(data)).match(
				/commo:127\.0\.0\.1:\d+:\d+/g,
			) ?? [],
		);
		executions.push({
			id: Number(id),
			at: Date.parse(startedAt ?? createdAt),
			status,
			ids: [...ids],
		});
	}
	return executions.sort((a, b) => a.id - b.id);
}

/** What the platform itself says: the calls that became visible in that time. */
async function endedBetween(from, to) {
	const { url } = sandbox.servers.find(({ platform }) => platform === 'commo');
	const ask = async (fields) =>
		(await (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).json()).data
			.result;
	const { token } = await ask({
		service: 'App.Sip_Auth.Login',
		appid: 'canary-appid-5b1d',
		accesskey: 'canary-accesskey-93af',
	});
	const wall = (seconds) =>
		new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ');
	const found = [];
	for (let page = 1; ; page++) {
		const { bills } = await ask({
			service: 'App.Sip_Cdr.GetBill',
			token,
			starttime: wall(from - 3 * 3600),
			endtime: wall(to),
			syncflag: '3',
			direction: '3',
			callmethod: '0',
			currentpage: String(page),
			itemsperpage: '1000',
		});
		if (bills.length === 0) break;
		found.push(...bills);
	}
	const ended = (bill) => Date.parse(`${bill.endtime.replace(' ', 'T')}+08:00`) / 1000;
	return (
		found
			// Calls from before the sandbox started were there when the trigger was activated, also those that end later.
			.filter((bill) => bill.id > 1_000_000 && ended(bill) >= from && ended(bill) <= to)
			.map(({ id }) => `commo:${new URL(url).host}:${id}`)
	);
}

function report(truth, executions, killed) {
	const times = new Map();
	for (const execution of executions) {
		for (const id of execution.ids) times.set(id, [...(times.get(id) ?? []), execution]);
	}
	const missed = truth.filter((id) => !times.has(id));
	const twice = [...times].filter(([, found]) => found.length > 1);
	const isExcused = ([, found]) =>
		found.slice(1).every((second, i) => {
			const first = found[i];
			const death = killed.find((time) => time >= first.at && time <= second.at);
			const lastBefore = executions.filter(({ at, ids }) => at <= death && ids.length > 0).at(-1);
			return death !== undefined && lastBefore?.id === first.id;
		});
	const excused = twice.filter(isExcused);
	console.log(
		`\n${values.durable ? 'durable cursors' : 'classic'}: ${killed.length} kills, ${executions.length} executions (${executions.filter(({ status }) => status === 'crashed').length} crashed)`,
	);
	console.log(
		`${truth.length} calls, ${missed.length} missed, ${twice.length} twice, of them ${excused.length} in the last batch before a kill`,
	);
	if (missed.length > 0) console.log('missed:', missed.slice(0, 20).join(' '));
	if (missed.length > 0 || excused.length < twice.length) process.exitCode = 1;
}
