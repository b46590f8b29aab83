import type { IDataObject } from 'n8n-workflow';
import { parse } from 'csv-parse/sync';

import { CALL_FIELDS } from '../../nodes/callRecords/call';
import { CALL_RECORD_FIELDS } from '../../nodes/callRecords/callRecord';
import { startBinaryStorage } from '../support/binaryStorage';
import {
	instantOf,
	isOfDay,
	named,
	officeDays,
	startCallScene,
	talkOf,
	WITH_LEGS,
	WITHOUT_LEGS,
	type CallScene,
} from '../support/callScene';
import type * as Clock from '../support/clock';
import { KITS } from '../support/kits';
import { DAY_FROM } from '../support/reading';
import type { CallTruth } from '../vendors/truth';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const byStart = (a: string[], b: string[]) => (a.join() < b.join() ? -1 : 1);
const idsOf = (items: IDataObject[]) => items.map(({ recordId }) => String(recordId));

/** What every platform says of a call, however many rows it has. */
const coreOf = (call: IDataObject) =>
	[
		instantOf(call.startedAt),
		// Some platforms write a call within the company as one that goes out.
		call.direction === 'inbound',
		call.durationSeconds,
		call.talkSeconds,
		call.outcome === 'answered',
	].map(String);
const coreOfTruth = (truth: CallTruth) =>
	[
		truth.startedAt,
		truth.direction === 'inbound',
		truth.endedAt - truth.startedAt,
		talkOf(truth),
		truth.talks.length > 0,
	].map(String);

const UNUSABLE_OF_LEGS: Array<[string, IDataObject]> = [
	['Settle Seconds', { settleSeconds: -1 }],
	['Longest Call Hours', { longestCallHours: 0 }],
];

describe.each(named(KITS))('$name', ({ kit }) => {
	const hasLegs = kit.platform.legs !== undefined;
	let scene: CallScene;
	let inside: CallTruth[];
	let all: IDataObject[];
	beforeAll(async () => {
		scene = await startCallScene(kit, officeDays(kit.zone));
		inside = scene.truths.filter(isOfDay);
		const { json, error } = await scene.readCalls();
		expect(error).toBeUndefined();
		all = json;
	});
	afterAll(async () => await scene.stop());
	beforeEach(() => scene.sandbox.forget());

	it('gives each call that began in the period once, whole, newest first', () => {
		expect(all.map(coreOf).sort(byStart)).toEqual(inside.map(coreOfTruth).sort(byStart));
		expect(new Set(idsOf(all)).size).toBe(all.length);
		const starts = all.map(({ startedAt }) => instantOf(startedAt));
		expect(starts).toEqual([...starts].sort((a, b) => b - a));
		expect(all.every(({ isComplete }) => isComplete === true)).toBe(true);
		for (const call of all) expect(Object.keys(call)).toEqual([...CALL_FIELDS]);
	});

	it('cuts no call where a period ends', async () => {
		const long = inside.filter(({ startedAt, endedAt }) => endedAt - startedAt > 100);
		for (const { startedAt } of [long[3], long[Math.floor(long.length / 2)]]) {
			const border = startedAt + 50;
			const before = await scene.readCalls({ endTime: border });
			const after = await scene.readCalls({ startTime: border + 1 });
			expect([...after.json, ...before.json]).toEqual(all);
		}
	});

	it('lets the newest calls through a limit, and says so in calls', async () => {
		const { json, hints } = await scene.readCalls({ returnAll: false, limit: 7 });
		expect(json).toEqual(all.slice(0, 7));
		const of = hasLegs ? 'calls, and there are more' : `of ${all.length} calls`;
		expect(hints).toEqual([`Showing the newest 7 ${of}. Turn on Return All to get all of them.`]);
		const exact = await scene.readCalls({ returnAll: false, limit: all.length });
		expect([exact.json, exact.hints]).toEqual([all, []]);
	});

	it('shows the legs of a call, the rows of a call, or the rows alone', async () => {
		const { json: legs } = await scene.readCalls({ options: { includeLegs: true } });
		const { json: both } = await scene.readCalls({ output: 'both' });
		const { json: rows } = await scene.readCalls({ output: 'original' });
		expect(legs.map(({ legs: of, ...call }) => [call, (of as IDataObject[]).length])).toEqual(
			all.map((call) => [call, call.legCount]),
		);
		for (const { legs: of } of legs) {
			for (const leg of of as IDataObject[]) {
				expect(Object.keys(leg)).toEqual([...CALL_RECORD_FIELDS]);
			}
		}
		expect(both.map(({ original, ...call }) => [call, (original as IDataObject[]).length])).toEqual(
			all.map((call) => [call, call.legCount]),
		);
		expect(rows).toEqual(both.flatMap(({ original }) => original as IDataObject[]));
		const ids = rows.map((row) => String(row[kit.answers.idField]));
		expect(new Set(ids).size).toBe(ids.length);
	});

	it.each(['hubspot', 'salesforce', 'zoho', 'pipedrive', 'bitrix24'])(
		'gives %s every call but those within the company',
		async (output) => {
			const options = output === 'bitrix24' ? { bitrix24UserId: '1' } : {};
			const { json, hints, error } = await scene.readCalls({ output, options });
			expect(error).toBeUndefined();
			const outside = all.filter(({ direction }) => direction !== 'internal');
			expect(json.map(({ match }) => (match as IDataObject).recordId)).toEqual(idsOf(outside));
			const internal = all.length - outside.length;
			expect(hints.join()).toContain(internal > 0 ? `${internal} internal call` : '');
		},
	);

	it('masks people before their calls leave', async () => {
		const options = { personalData: 'remove', includeLegs: true };
		const { json } = await scene.readCalls({ options });
		const text = JSON.stringify(json);
		for (const { customer, customerName } of inside) {
			if (customer !== null) expect(text).not.toContain(customer.slice(3));
			if (customerName !== null) expect(text).not.toContain(`"${customerName}"`);
		}
		expect(json.map(coreOf)).toEqual(all.map(coreOf));
		const { error } = await scene.readCalls({ output: 'both', options });
		expect(error?.message).toContain('cannot be masked');
	});

	it('gets a call by its id near a time, or says that there is none', async () => {
		for (const call of [all[0], all[Math.floor(all.length / 2)], all[all.length - 1]]) {
			const { callId, startedAt: near } = call;
			const { json } = await scene.readCalls({ operation: 'get', callId, near, withinHours: 1 });
			expect(json).toEqual([call]);
		}
		const callId = 'no-such-call';
		const missing = await scene.readCalls({ operation: 'get', callId, near: DAY_FROM });
		expect([missing.json, missing.error]).toEqual([[{ callFound: false, callId }], undefined]);
		const empty = await scene.readCalls({ operation: 'get', callId: ' ' });
		expect(empty.error?.message).toContain("'Call ID' is empty");
		const wrong = await scene.readCalls({ operation: 'get', callId, near: 'soon' });
		expect(wrong.error?.message).toContain("'Near' cannot be read");
		const wide = await scene.readCalls({ operation: 'get', callId, withinHours: 0 });
		expect(wide.error?.message).toContain('Within Hours');
	});

	it.each(['csv', 'jsonl'])('exports the same calls as %s, oldest first', async (format) => {
		const storage = await startBinaryStorage();
		const { items, error } = await scene.readCalls({ operation: 'export', format });
		expect(error).toBeUndefined();
		const text = (await storage.read(items[0].binary?.data)).toString('utf8');
		const oldestFirst = [...all].reverse();
		expect(items[0].json).toMatchObject({ records: all.length });
		if (format === 'jsonl') {
			const lines = text.trimEnd().split('\n');
			expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(oldestFirst);
			return;
		}
		const [head, ...rows] = parse(text);
		expect(head).toEqual([...CALL_FIELDS]);
		expect(rows.map((row) => row[head.indexOf('recordId')])).toEqual(idsOf(oldestFirst));
	});

	it('counts the calls of a day, and of each hour of it', async () => {
		const { json, error } = await scene.readCalls({ operation: 'getStatistics' });
		expect(error).toBeUndefined();
		const inbound = inside.filter(({ direction }) => direction === 'inbound');
		const answered = inbound.filter(({ talks }) => talks.length > 0).length;
		expect(json).toMatchObject([{ calls: inside.length, inbound: inbound.length, answered }]);
		const hours = await scene.readCalls(
			{ operation: 'getStatistics', groupBy: ['hour'] },
			{ timezone: 'America/New_York' },
		);
		const hourOf = ({ startedAt }: CallTruth) =>
			new Date((startedAt - 5 * 3600) * 1000).getUTCHours();
		const expected = new Map<number, number>();
		for (const call of inside) expected.set(hourOf(call), (expected.get(hourOf(call)) ?? 0) + 1);
		expect(hours.json.map(({ hour, calls }) => [hour, calls])).toEqual(
			[...expected].sort(([a], [b]) => a - b),
		);
	});

	it('makes a report of the same figures', async () => {
		await startBinaryStorage();
		const { json } = await scene.readCalls({ operation: 'getStatistics' });
		const report = await scene.readCalls({ operation: 'getReport' });
		expect(report.error).toBeUndefined();
		expect(report.items[0].json).toMatchObject(json[0]);
		expect(report.items[0].binary?.data.mimeType).toBe('text/html');
	});

	const unusable: Array<[string, IDataObject]> = [
		['Personal Data', { personalData: 'some' }],
		...(hasLegs ? UNUSABLE_OF_LEGS : []),
	];
	it.each(unusable)(
		'names the option %s when it cannot be used, and asks nothing',
		async (label, options) => {
			const { error, json } = await scene.readCalls({ options });
			expect(error?.message).toContain(label);
			expect(json).toEqual([]);
			expect(scene.reads()).toEqual([]);
		},
	);
});

describe.each(named(WITHOUT_LEGS))('$name, where a call is one row', ({ kit }) => {
	let scene: CallScene;
	beforeAll(async () => {
		scene = await startCallScene(kit, officeDays(kit.zone, 150));
	});
	afterAll(async () => await scene.stop());
	beforeEach(() => scene.sandbox.forget());

	it.each([
		['all', { returnAll: true }],
		['the newest 50', { returnAll: false, limit: 50 }],
		['the newest 90', { returnAll: false, limit: 90 }],
	])('costs the requests of its records: %s', async (_, chosen) => {
		// One after the other, so that it does not depend on which answer comes first.
		const parameters = { ...chosen, options: { requestsAtOnce: 1 } };
		const records = await scene.getMany(parameters);
		const requests = scene.reads().length;
		scene.sandbox.forget();
		const calls = await scene.readCalls(parameters);
		expect(scene.reads()).toHaveLength(requests);
		// A call says who it is by its call id, and judges what a machine picked up.
		const own = ['recordId', 'platformRecordId', 'outcome', 'outcomeRaw'];
		const shared = CALL_RECORD_FIELDS.filter((field) => !own.includes(field));
		const rest = (fields: IDataObject) => shared.map((field) => fields[field]);
		expect(calls.json.map(rest)).toEqual(records.json.map(rest));
		expect(calls.json.every(({ legCount }) => legCount === 1)).toBe(true);
	});
});

describe.each(named(WITH_LEGS))('$name, which writes legs', ({ kit }) => {
	/** Calls of a quarter of an hour, told apart by their starts. */
	const talkFrom = (startedAt: number, more: Partial<CallTruth> = {}): CallTruth => {
		const ann = { name: 'Ann Lee', extension: '4005' };
		const ben = { name: 'Ben Novak', extension: '4006' };
		return {
			...{ id: String(startedAt), direction: 'inbound', ending: 'answered', startedAt },
			...{ endedAt: startedAt + 7200, waitSeconds: 30, menuSeconds: 10, queue: 'Sales' },
			talks: [
				{ agent: ann, from: startedAt + 30, to: startedAt + 3600 },
				{ agent: ben, from: startedAt + 3600, to: startedAt + 7200 },
			],
			...{ customer: '+40722000111', customerName: null, line: '+40212345100' },
			...{ agent: ann, colleague: null },
			...more,
		};
	};

	it.each([
		['over midnight', '2025-03-03T23:30:00+02:00'],
		['over the hour that is skipped in spring', '2025-03-30T02:30:00+02:00'],
		['from the first pass of the hour that comes twice in autumn', '2025-10-26T03:20:00+03:00'],
		['over the change of the clocks in autumn', '2025-10-26T02:40:00+03:00'],
	])('has a call %s once and whole, in the period in which it began', async (_, begin) => {
		const startedAt = instantOf(begin);
		const scene = await startCallScene(kit, [talkFrom(startedAt)], { zone: 'Europe/Bucharest' });
		const window = (from: number, to: number) => ({ startTime: from, endTime: to });
		const of = await scene.readCalls(window(startedAt - 600, startedAt + 1200));
		expect(of.json).toMatchObject([
			{ durationSeconds: 7200, talkSeconds: 7170, waitSeconds: 30, transferCount: 1 },
		]);
		expect(instantOf(of.json[0].startedAt)).toBe(startedAt);
		const later = await scene.readCalls(window(startedAt + 3601, startedAt + 9000));
		expect(later.json).toEqual([]);
		await scene.stop();
	});

	it('says that a call is not complete while legs may follow', async () => {
		const now = Math.floor(Date.now() / 1000);
		const recent = talkFrom(now - 7200 - 30);
		const scene = await startCallScene(kit, [recent, talkFrom(now - 4 * 3600)]);
		const window = { startTime: now - 86_400, endTime: now };
		const { json } = await scene.readCalls({ ...window });
		expect(json.map(({ isComplete }) => isComplete)).toEqual([false, true]);
		const hasty = await scene.readCalls({ ...window, options: { settleSeconds: 5 } });
		expect(hasty.json.map(({ isComplete }) => isComplete)).toEqual([true, true]);
		await scene.stop();
	});
});
