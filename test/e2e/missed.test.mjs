// The example that lists yesterday's missed calls nobody called back, in a real n8n, against calls whose truth is known.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { DateTime } from 'luxon';
import { require as requireTs } from 'tsx/cjs/api';

import { setUpStage } from '../../tools/lib/stage.mjs';

const { startYeastarPSeries } = requireTs('../vendors/yeastarPSeries.ts', import.meta.url);
const { createYeastarLegs } = requireTs('../vendors/yeastarPSeries/legs.ts', import.meta.url);

const zone = 'Europe/Bucharest';
const ann = { name: 'Ann Lee', extension: '4005' };
const yesterday = DateTime.now().setZone(zone).startOf('day').minus({ days: 1 });

/** A call as it truly was: it waits twenty seconds, five of them in the menu, and talks for a minute if answered. */
function call(/** @type {string} */ at, /** @type {string} */ ending, more = {}) {
	const [hour, minute] = at.split(':').map(Number);
	const startedAt = yesterday.set({ hour, minute }).toUnixInteger();
	const talks =
		ending === 'answered' ? [{ agent: ann, from: startedAt + 20, to: startedAt + 80 }] : [];
	return {
		...{ id: at, direction: 'inbound', ending, startedAt, talks },
		endedAt: startedAt + (talks.length > 0 || ending === 'voicemail' ? 80 : 20),
		...{ waitSeconds: 20, menuSeconds: 5, customerName: null, line: '+40312000000' },
		...{ customer: null, queue: 'Sales', agent: null, colleague: null },
		...more,
	};
}
const from = (/** @type {number} */ number) => ({ customer: `+4072100000${number}` });
const out = (/** @type {number} */ number) => ({
	...from(number),
	...{ direction: 'outbound', menuSeconds: 0, queue: null, agent: ann },
});

/** `listed`: nobody called back. */
const TRUTH = [
	{ listed: true, ...call('08:00', 'missed', from(1)) },
	{ listed: false, ...call('08:10', 'gaveUp', from(2)) },
	{ listed: false, ...call('08:40', 'answered', out(2)) },
	{ listed: true, ...call('09:00', 'missed', from(3)) },
	{ listed: false, ...call('09:30', 'noAnswer', out(3)) },
	{ listed: false, ...call('10:00', 'gaveUp', from(4)) },
	{ listed: false, ...call('10:20', 'answered', from(4)) },
	{ listed: true, ...call('11:00', 'voicemail', from(5)) },
	{ listed: false, ...call('11:30', 'answered', from(6)) },
	{ listed: true, ...call('12:00', 'missed', from(6)) },
	{ listed: true, ...call('13:00', 'missed', from(7)) },
	{ listed: true, ...call('13:05', 'gaveUp', from(7)) },
	{ listed: false, ...call('14:00', 'missed') },
	{ listed: false, ...call('15:00', 'busy', out(8)) },
	{ listed: true, ...call('23:59', 'missed', from(9)) },
];
const dayBefore = call('12:00', 'missed', from(8));
dayBefore.startedAt -= 86_400;
dayBefore.endedAt -= 86_400;

let stage;
let pbx;
before(async () => {
	const calls = [dayBefore, ...TRUTH].sort((a, b) => a.startedAt - b.startedAt);
	pbx = await startYeastarPSeries({
		calls: [],
		zone,
		hasLegs: false,
		rows: calls.flatMap(createYeastarLegs()),
	});
	stage = await setUpStage({ extra: { GENERIC_TIMEZONE: zone } });
	const { client } = stage;
	const known = (await client.credentials.list()).find(({ type }) => type === 'yeastarPSeriesApi');
	const { name, type, data } = await client.credentials.get(known.id);
	await client.credentials.update(known.id, { name, type, data: { ...data, baseUrl: pbx.url } });
});
after(async () => {
	await stage?.tearDown();
	await pbx?.stop();
});

it('yesterday’s missed calls that nobody called back: those of the truth, each once', async () => {
	const { client } = stage;
	const run = await client.workflows.run('exampleMissed001');
	assert.equal(run.status, 'success', `${run.error?.node}: ${run.error?.message}`);
	const found = run.nodes['Not called back'].items.map(
		({ json }) => `${DateTime.fromISO(json.startedAt).toUnixInteger()} ${json.externalNumber}`,
	);
	const wanted = TRUTH.filter(({ listed }) => listed);
	assert.deepEqual(
		found.sort(),
		wanted.map(({ startedAt, customer }) => `${startedAt} ${customer}`).sort(),
	);
	for (const { json } of run.nodes['Not called back'].items) {
		assert.ok(json.legCount > 1, 'a call and not a leg');
		assert.equal(json.queue, 'Sales');
	}
});
