import { YeastarPSeriesApi } from '../../../credentials/YeastarPSeriesApi.credentials';
import { YeastarPSeriesPushTrigger } from '../../../nodes/YeastarPSeries/YeastarPSeriesPushTrigger.node';
import { startReceiver, type Receiver } from '../../support/receiver';
import { makeCalls } from '../../vendors/calls';
import { PUSHERS, send, signedBy, WEBHOOK_SECRET, type PushMessage } from '../../vendors/push';
import {
	startYeastarPSeries,
	YEASTAR_SECRETS,
	type YeastarSandbox,
} from '../../vendors/yeastarPSeries';

let pbx: YeastarSandbox;
let receivers: Receiver[];
const now = Math.floor(Date.now() / 1000);
const calls = makeCalls({ count: 1000, from: now - 9000, to: now - 8000, seed: 9 });
const message = (i = 0) => PUSHERS.yeastarPSeries(calls[i]);

beforeEach(async () => {
	receivers = [];
	pbx = await startYeastarPSeries({ calls: [] });
});
afterEach(async () => {
	for (const { stop } of [...receivers, pbx]) await stop();
});

async function receiver(options = {}, more = {}, mode?: 'manual'): Promise<Receiver> {
	const started = await startReceiver({
		node: new YeastarPSeriesPushTrigger(),
		credential: new YeastarPSeriesApi(),
		credentials: {
			...{ baseUrl: pbx.url, clientId: YEASTAR_SECRETS.clientId, timezone: 'Europe/Bucharest' },
			...{ clientSecret: YEASTAR_SECRETS.clientSecret, webhookSecret: WEBHOOK_SECRET, ...more },
		},
		parameters: { options: { lookUp: false, ...options } },
		mode,
	});
	receivers.push(started);
	return started;
}

const unsigned = ({ headers, ...rest }: PushMessage): PushMessage => ({
	...rest,
	headers: { 'content-type': headers['content-type'] },
});

it('answers 401 to a request without a signature or with a wrong one, emits nothing and logs it', async () => {
	const trigger = await receiver();
	expect(await send(trigger.url, unsigned(message()))).toBe(401);
	expect(await send(trigger.url, signedBy('another secret', message()))).toBe(401);
	expect(trigger.started).toEqual([]);
	expect(trigger.warnings).toEqual([
		'Node: a request was refused: the signature is missing',
		'Node: a request was refused: the signature is wrong',
	]);
	expect(await send(trigger.url, message())).toBe(200);
	expect(await trigger.until(1)).toHaveLength(1);
	expect(pbx.requests).toEqual([]);
});

it('takes what is not signed where the check is switched off', async () => {
	const trigger = await receiver({ verifySignature: false }, { webhookSecret: '' });
	expect(await trigger.activate()).toBe(true);
	expect(await send(trigger.url, unsigned(message()))).toBe(200);
	expect(await trigger.until(1)).toHaveLength(1);
});

it.each(['', '   '])(
	'is not activated with %j for a secret, and then accepts nothing',
	async (secret) => {
		const trigger = await receiver({}, { webhookSecret: secret });
		await expect(trigger.activate()).rejects.toThrow("The credential has no 'Webhook Secret'");
		const forged = signedBy('', message());
		expect(await send(trigger.url, forged)).toBe(401);
		expect(trigger.started).toEqual([]);
	},
);

it.each([
	['the test button', { event: 'test' }],
	['another event', { type: 30011, sn: '1', msg: '{"call_id":"1.2"}' }],
])('answers 200 to %s and emits nothing', async (_, event) => {
	const trigger = await receiver();
	const headers = { 'content-type': 'application/json' };
	const sent = signedBy(WEBHOOK_SECRET, { method: 'POST', headers, body: JSON.stringify(event) });
	expect(await send(trigger.url, sent)).toBe(200);
	expect(trigger.started).toEqual([]);
	expect(trigger.warnings).toEqual([]);
});

it('emits a repeated event again while somebody listens for a test event', async () => {
	const trigger = await receiver({}, {}, 'manual');
	for (const status of [200, 200]) expect(await send(trigger.url, message())).toBe(status);
	expect(await trigger.until(2)).toHaveLength(2);
});

it('asks the PBX for its zone where the credential has none, once for many events', async () => {
	const trigger = await receiver({}, { timezone: '' });
	await send(trigger.url, message(0));
	await trigger.until(1);
	const asked = pbx.requests.length;
	expect(asked).toBeGreaterThan(0);
	await send(trigger.url, message(1));
	const [, [second]] = await trigger.until(2);
	expect(Date.parse(String(second.startedAt)) / 1000).toBe(calls[1].start);
	expect(pbx.requests).toHaveLength(asked);
});

it('stands a flood: huge, broken and unsigned bodies, and 1,000 events', async () => {
	const trigger = await receiver();
	const headers = { 'content-type': 'application/json' };
	const huge = signedBy(WEBHOOK_SECRET, {
		...{ method: 'POST' as const, headers, body: `"${'x'.repeat(5_000_000)}"` },
	});
	expect(await send(trigger.url, huge)).toBe(413);
	expect(await send(trigger.url, { method: 'POST', headers, body: '{"type":' })).toBe(422);
	expect(
		await send(trigger.url, {
			method: 'POST',
			headers: { 'content-type': 'text/xml' },
			body: '<a/>',
		}),
	).toBe(415);
	const statuses = await Promise.all(
		calls.map(async (_, i) => await send(trigger.url, i % 2 ? message(i) : unsigned(message(i)))),
	);
	expect(statuses.filter((status) => status === 401)).toHaveLength(500);
	expect(statuses.filter((status) => status === 200)).toHaveLength(500);
	const ids = (await trigger.until(500)).flat().map(({ callId }) => callId);
	expect(new Set(ids).size).toBe(500);
	expect(trigger.errors).toEqual([]);
}, 60_000);

it('asks the PBX no more than it bears when many calls end at once', async () => {
	const trigger = await receiver({ lookUp: true });
	const ended = calls.slice(0, 30);
	for (const call of ended) pbx.add(call);
	await Promise.all(ended.map(async (_, i) => await send(trigger.url, message(i))));
	await trigger.until(ended.length);
	expect(pbx.mostAtOnce).toBe(1);
	const found = trigger.started.flat();
	expect(found.map(({ isComplete }) => isComplete)).toEqual(found.map(() => true));
}, 60_000);
