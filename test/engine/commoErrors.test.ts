import type { IDataObject } from 'n8n-workflow';

import { makeCalls } from '../vendors/calls';
import { startCommo, type CommoSandbox } from '../vendors/commo';
import { HTML } from '../vendors/server';
import { commoCredentials, getMany, ids, readsOf } from '../support/commo';

const FROM = Date.UTC(2025, 2, 3) / 1000;

let sandbox: CommoSandbox;
beforeAll(async () => {
	sandbox = await startCommo({
		calls: makeCalls({ count: 300, from: FROM, to: FROM + 86_399 }),
	});
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.forget();
	sandbox.fault = undefined;
	sandbox.refuseAll = undefined;
});

/** One sentence: it says one thing, and no library's words or stack are in it. */
function expectSentence(message: string | undefined): void {
	expect(message).toMatch(/^[A-Z'"][^\n]*[^.\s]$/);
	expect(message).not.toMatch(/\.\s+[A-Z]|axios|undefined|\[object|Error:/);
}

const STORED = ['baseUrl', 'timezone'];

describe('what cannot be right', () => {
	const CASES: Array<[string, IDataObject, string]> = [
		[
			'End Time before Start Time',
			{ startTime: '2025-03-04T00:00:00', endTime: '2025-03-03T23:59:59' },
			"'End Time' is before 'Start Time'",
		],
		['no Start Time', { startTime: '={{ undefined }}' }, "'Start Time' is empty"],
		['no End Time', { endTime: '={{ null }}' }, "'End Time' is empty"],
		['a Start Time that is none', { startTime: 'soon' }, "'Start Time' cannot be read as a time"],
		[
			'an End Time that is none',
			{ endTime: '2025-02-30T00:00:00' },
			"'End Time' cannot be read as a time",
		],
		['a Limit of 0', { returnAll: false, limit: 0 }, "'Limit' has to be a whole number"],
		['half a record', { returnAll: false, limit: 1.5 }, "'Limit' has to be a whole number"],
		['a Page Size of 0', { options: { pageSize: 0 } }, "'Page Size' has to be a whole number"],
		['a Page Size of 1001', { options: { pageSize: 1001 } }, 'from 1 to 1000'],
		['no requests at all', { options: { requestsAtOnce: 0 } }, "'Concurrent Requests'"],
		['a Timeout in words', { options: { timeout: '1 min' } }, "'Timeout'"],
		['an Output nobody knows', { output: 'xml' }, "'Output'"],
		['an Order nobody knows', { options: { order: 'random' } }, "'Order'"],
		['an extension with letters', { filters: { extnumber: '80a1' } }, "'Extension Names or IDs'"],
		['no Base URL', { baseUrl: '' }, "The credential has no 'Base URL'"],
		['a Base URL without protocol', { baseUrl: 'voice.example.com:4434' }, "'Base URL'"],
		['a Time Zone nobody knows', { timezone: 'Asia/Shangai' }, "'Time Zone'"],
	];

	it.each(CASES)('%s is said in one sentence, and nothing is asked', async (_name, given, says) => {
		const stored = Object.entries(given).filter(([name]) => STORED.includes(name));
		const parameters = Object.entries(given).filter(([name]) => !STORED.includes(name));
		const { json, error } = await getMany(sandbox, Object.fromEntries(parameters), {
			credentials: commoCredentials(sandbox, Object.fromEntries(stored)),
		});
		expect(json).toEqual([]);
		expect(error?.message).toContain(says);
		expectSentence(error?.message);
		expect(sandbox.requests).toEqual([]);
	});

	it('goes with the item it belongs to; the other items are read', async () => {
		const items = [
			{ from: '2025-03-03T00:00:00Z', to: '2025-03-03T11:59:59Z' },
			{ from: '2025-03-04T00:00:00Z', to: '2025-03-03T00:00:00Z' },
			{ from: '2025-03-03T12:00:00Z', to: 'never' },
			{ from: '2025-03-03T12:00:00Z', to: '2025-03-03T23:59:59Z' },
		];
		const parameters = { startTime: '={{ $json.from }}', endTime: '={{ $json.to }}' };
		const { items: produced, error } = await getMany(sandbox, parameters, {
			items,
			continueOnFail: true,
		});
		expect(error).toBeUndefined();
		const failed = produced.filter(({ json }) => 'error' in json);
		expect(failed).toEqual([
			{
				json: {
					error: "'End Time' is before 'Start Time'",
					description: 'Swap them, or choose a period by name.',
				},
				pairedItem: { item: 1 },
			},
			{
				json: {
					error: "'End Time' cannot be read as a time",
					description: 'Use ISO 8601, like 2026-11-01T00:00:00+02:00.',
				},
				pairedItem: { item: 2 },
			},
		]);
		const records = produced.filter(({ json }) => 'recordId' in json);
		expect(ids(records.map(({ json }) => json))).toEqual(ids(sandbox.truth(() => true)));
		expect(new Set(records.map(({ pairedItem }) => (pairedItem as { item: number }).item))).toEqual(
			new Set([0, 3]),
		);
	});

	it('stops the run, and names the item, where failures are not wanted as items', async () => {
		const { json, error } = await getMany(
			sandbox,
			{ startTime: '={{ $json.from }}' },
			{ items: [{ from: '2025-03-03T00:00:00Z' }, { from: '2026-01-01T00:00:00Z' }] },
		);
		expect(json).toEqual([]);
		expect(error).toMatchObject({
			message: "'End Time' is before 'Start Time'",
			context: { itemIndex: 1 },
		});
	});
});

describe('a server that is not Commo', () => {
	it.each<[string, object, string]>([
		['HTML', { body: HTML }, 'is not Commo (HTTP 200)'],
		['HTML that says not found', { status: 404, body: HTML }, 'is not Commo (HTTP 404)'],
		['another JSON', { body: '{"code":0,"data":[]}' }, 'is not Commo (HTTP 200)'],
		['a list', { body: '[]' }, 'is not Commo (HTTP 200)'],
		[
			'a redirect',
			{ status: 302, headers: { location: 'https://x.example' }, body: '' },
			'redirects elsewhere',
		],
		['a password prompt', { status: 401, body: '' }, 'denies access (HTTP 401)'],
	])('and answers with %s is named by its address', async (_name, answer, says) => {
		sandbox.fault = () => answer;
		const { json, error } = await getMany(sandbox);
		expect(json).toEqual([]);
		expect(error?.message).toContain(says);
		expect(error?.message).toContain(new URL(sandbox.url).host);
		expectSentence(error?.message);
		expect(sandbox.requests).toHaveLength(1);
	});

	it('and speaks another protocol is said to do so', async () => {
		const credentials = commoCredentials(sandbox, {
			baseUrl: sandbox.url.replace('http', 'https'),
		});
		const { error } = await getMany(sandbox, {}, { credentials });
		expect(error?.message).toBe(
			`${new URL(sandbox.url).host} does not speak the protocol of the 'Base URL'`,
		);
	});

	it('and is not there is said to refuse the connection', async () => {
		const credentials = commoCredentials(sandbox, { baseUrl: 'http://127.0.0.1:9' });
		const parameters = { options: { longestWait: 0 } };
		const { error } = await getMany(sandbox, parameters, { credentials });
		expect(error?.message).toContain('Commo at 127.0.0.1:9 refuses the connection');
	});

	it('and has a name nobody knows is said to be missing', async () => {
		const credentials = commoCredentials(sandbox, { baseUrl: 'http://no-such-host.invalid' });
		const parameters = { options: { longestWait: 0 } };
		const { error } = await getMany(sandbox, parameters, { credentials });
		expect(error?.message).toMatch(/^Commo at no-such-host.invalid cannot be found: /);
	});
});

describe('a base URL', () => {
	it.each(['/', '//', ' ', '/ '])('may end in %j', async (end) => {
		const credentials = commoCredentials(sandbox, { baseUrl: `${sandbox.url}${end}` });
		const { json } = await getMany(sandbox, {}, { credentials });
		expect(json).toHaveLength(300);
		expect(sandbox.requests.map(({ path }) => path)).toEqual(['/', '/']);
	});
});

describe('a apiError of Commo', () => {
	it.each<[number, string, string, number]>([
		[400, 'does not accept a parameter (code 400)', 'configuration-invalid', 1],
		[601, 'does not know this App ID, or its Access Key is wrong', 'credential-invalid', 1],
		[602, 'says that the licence of this App ID has ended', 'credential-invalid', 1],
		[603, 'has no licence for call records', 'credential-invalid', 1],
		[604, 'does not allow requests from the address of this n8n server', 'credential-invalid', 1],
	])('with code %i is explained, and not tried again', async (code, says, cause, requests) => {
		// After a login that went well.
		const credentials = commoCredentials(sandbox);
		await getMany(sandbox, {}, { credentials });
		sandbox.forget();
		sandbox.refuseAll = code;
		const { json, error } = await getMany(sandbox, {}, { credentials });
		expect(json).toEqual([]);
		expect(error?.message).toContain(`Commo ${says}`);
		expect(error?.description).toContain('Period: 2025-01-01T08:00:00+08:00 to');
		expect(error?.description).toContain('The platform says: "refused"');
		expect(error?.failure).toMatchObject({ cause });
		expect(sandbox.requests).toHaveLength(requests);
	});

	it('of one parameter on its second level is given in its words', async () => {
		sandbox.fault = ({ fields }) =>
			fields.service === 'App.Sip_Cdr.GetBill'
				? {
						rewrite: () => ({
							ret: 200,
							data: { status: 1, desc: 'failed', errors: { code: '1012', codemsg: 'no such sip' } },
							msg: '',
						}),
					}
				: undefined;
		const { error } = await getMany(sandbox);
		expect(error?.message).toBe('Commo does not know an extension (code 1012)');
		expect(error?.description).toContain('The platform says: "failed: no such sip"');
	});
});

describe('a stopped run', () => {
	it('asks for no more, and returns nothing as if it were all', async () => {
		const controller = new AbortController();
		let reads = 0;
		sandbox.fault = ({ fields }) => {
			if (fields.service === 'App.Sip_Cdr.GetBill' && ++reads === 3) controller.abort();
			return { delayMs: 5 };
		};
		const { json } = await getMany(
			sandbox,
			{ options: { pageSize: 10, requestsAtOnce: 1 } },
			{ signal: controller.signal },
		);
		const sent = readsOf(sandbox).length;
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(json).toEqual([]);
		expect(sent).toBeLessThanOrEqual(4);
		expect(readsOf(sandbox)).toHaveLength(sent);
	});
});
