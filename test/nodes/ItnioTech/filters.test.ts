import type { IDataObject } from 'n8n-workflow';

import { itnioTech } from '../../../nodes/ItnioTech/platform';
import { AGENTS, makeCalls, type HappenedCall } from '../../vendors/calls';
import { agentId, tagsOf, type ItnioRow } from '../../vendors/itnioRow';
import { startItnioTech, type ItnioTechSandbox } from '../../vendors/itnioTech';
import { getMany, idsOf } from './scene';

const documented = itnioTech.filters;
const FROM = Date.UTC(2025, 2, 3) / 1000;
const TO = FROM + 86_399;

/** Two hundred calls with customers in China, fifty with customers in Romania. */
function calls(): HappenedCall[] {
	const chinese = makeCalls({ count: 200, from: FROM, to: TO, prefix: '86', seed: 3 });
	const romanian = makeCalls({ count: 50, from: FROM, to: TO, prefix: '40', seed: 4 });
	return [...chinese, ...romanian].map((call, i) => ({ ...call, number: i + 1 }));
}

let sandbox: ItnioTechSandbox;
beforeAll(async () => {
	sandbox = await startItnioTech({ calls: calls() });
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

const getWith = async (filters: IDataObject, items?: IDataObject[]) =>
	await getMany(sandbox, [FROM, TO], { filters }, {}, items);

const truth = (isWanted: (row: ItnioRow) => boolean) =>
	sandbox
		.truth(isWanted)
		.map(({ keyId }) => String(keyId))
		.sort();

/** What is given for a filter, and which rows it has to leave. */
type Case = [filter: string, given: unknown, wanted: (row: ItnioRow) => boolean];

const someCustomer = calls().find(({ direction }) => direction === 'outbound')!.customer;
const anotherCustomer = calls().find(({ direction }) => direction === 'inbound')!.customer;
const ofCustomer = (number: string) => (row: ItnioRow) =>
	[row.caller, row.called, row.encryptCalled].includes(number);

const CASES: Case[] = [
	['voiceGroupId', 7, (row) => row.sipGroupName === 'Sales'],
	['voiceGroupId', '12', (row) => row.sipGroupName === 'Support'],
	['sipGroupName', 'Support', (row) => row.sipGroupName === 'Support'],
	['sipGroupName', '  Sales ', (row) => row.sipGroupName === 'Sales'],
	['seatId', [agentId('Bo Chen')], (row) => row.seatName === 'Bo Chen'],
	[
		'seatId',
		`${agentId('Bo Chen')}, ${agentId('Ana Pop')}`,
		(row) => ['Bo Chen', 'Ana Pop'].includes(row.seatName ?? ''),
	],
	['seatId', agentId('Hugo Silva'), (row) => row.seatName === 'Hugo Silva'],
	['seatNameList', ['Elif Kaya'], (row) => row.seatName === 'Elif Kaya'],
	['seatNameList', 'Grace Kim', (row) => row.seatName === 'Grace Kim'],
	[
		'seatNameList',
		'["Elif Kaya", "Grace Kim"]',
		(row) => ['Elif Kaya', 'Grace Kim'].includes(row.seatName ?? ''),
	],
	['callType', [1], (row) => row.callType === 1],
	['callType', [2], (row) => row.callType === 2],
	['callType', '3,1', (row) => row.callType !== 2],
	...Array.from({ length: 10 }, (_, reason): Case => [
		'hangupReason',
		[reason],
		(row) => row.hangupReason === reason,
	]),
	['hangupReason', [0, 8], (row) => [0, 8].includes(row.hangupReason)],
	['calledOrCaller', someCustomer, ofCustomer(someCustomer)],
	['calledOrCaller', `+${anotherCustomer}`, ofCustomer(anotherCustomer)],
	['calledOrCaller', '02180000001', ofCustomer('02180000001')],
	['ccode', ['40'], (row) => row.ccode === '40(Romania)'],
	['ccode', '+86', (row) => row.ccode === '86(China)'],
	['ccode', ['86(China)'], (row) => row.ccode === '86(China)'],
	['hangingDirection', [0], (row) => row.hangingDirection === 0],
	['hangingDirection', [1], (row) => row.hangingDirection === 1],
	['hangingDirection', ['3'], (row) => row.hangingDirection === 3],
	['labelNames', ['hot'], (row) => tagsOf(row).includes('hot')],
	[
		'labelNames',
		['vip', 'callback'],
		(row) => tagsOf(row).some((tag) => ['vip', 'callback'].includes(tag)),
	],
];

describe('each filter of record/query', () => {
	it('has a case here', () => {
		const names = documented.map(({ name }) => name).sort();
		expect([...new Set(CASES.map(([name]) => name))].sort()).toEqual(names);
	});

	it.each(CASES)(
		'%s = %j gives the records that match, and no others',
		async (name, given, wanted) => {
			const { json, error } = await getWith({ [name]: given } as IDataObject);
			expect(error).toBeUndefined();
			const expected = truth(wanted);
			expect(idsOf(json)).toEqual(expected);
			expect(expected.length).toBeGreaterThan(0);
			expect(expected.length).toBeLessThan(sandbox.store.size);
		},
	);

	it('all of them together', async () => {
		const { json, error } = await getWith({
			sipGroupName: 'Support',
			voiceGroupId: 12,
			seatId: AGENTS.slice(0, 6).map((name) => agentId(name)!),
			seatNameList: AGENTS.slice(1),
			callType: [1, 3],
			hangupReason: [1, 3],
			ccode: ['86'],
			hangingDirection: [0, 1],
		});
		expect(error).toBeUndefined();
		const expected = truth(
			(row) =>
				row.sipGroupName === 'Support' &&
				AGENTS.slice(1, 6).includes(row.seatName ?? '') &&
				[1, 3].includes(row.callType) &&
				[1, 3].includes(row.hangupReason) &&
				row.ccode === '86(China)' &&
				row.hangingDirection !== 3,
		);
		expect(idsOf(json)).toEqual(expected);
		expect(expected.length).toBeGreaterThan(5);
	});

	it('is not sent when nothing is chosen', async () => {
		const nothing = Object.fromEntries(
			documented.map(({ name, type }) => [name, type === 'multiOptions' ? [] : '']),
		);
		const { json, error } = await getWith({ ...nothing, seatNameList: ['', ' '] });
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(truth(() => true));
	});

	it('is read for each item anew', async () => {
		const { json } = await getWith({ seatId: '={{ [$json.agent] }}' }, [
			{ agent: agentId('Bo Chen') },
			{ agent: agentId('Ana Pop') },
		]);
		expect(json.map(({ agentName }) => agentName)).toEqual([
			...truth((row) => row.seatName === 'Bo Chen').map(() => 'Bo Chen'),
			...truth((row) => row.seatName === 'Ana Pop').map(() => 'Ana Pop'),
		]);
	});

	it.each<[string, unknown, RegExp]>([
		['voiceGroupId', 'support', /'Agent Group Name or ID' \(voiceGroupId\).*not "support"/],
		['voiceGroupId', -1, /'Agent Group Name or ID' \(voiceGroupId\)/],
		['voiceGroupId', [7], /'Agent Group Name or ID' \(voiceGroupId\)/],
		['sipGroupName', { a: 1 }, /'Agent Group Name' \(sipGroupName\) takes one value/],
		['seatId', ['alice'], /'Agent Names or IDs' \(seatId\).*not "alice"/],
		['seatId', [[901]], /'Agent Names or IDs' \(seatId\)/],
		['seatNameList', [{ name: 'alice' }], /'Agent Names' \(seatNameList\)/],
		['callType', [4], /'Call Types' \(callType\) takes any of 1, 2, 3, not "4"/],
		['callType', 'incoming', /'Call Types' \(callType\)/],
		['hangupReason', [0, 10], /'Hangup Reasons' \(hangupReason\).*not "10"/],
		['hangupReason', true, /'Hangup Reasons' \(hangupReason\)/],
		['calledOrCaller', 'Ann', /'Called or Calling Number' \(calledOrCaller\).*not "Ann"/],
		['calledOrCaller', '+', /'Called or Calling Number' \(calledOrCaller\)/],
		['ccode', ['China'], /'Country Codes' \(ccode\).*not "China"/],
		['hangingDirection', [2], /'Hung Up By' \(hangingDirection\) takes any of 0, 1, 3/],
		['labelNames', [['hot']], /'Tag Names or IDs' \(labelNames\)/],
	])('%s = %j is refused by name, and nothing is asked', async (name, given, message) => {
		const { json, error } = await getWith({ [name]: given } as IDataObject);
		expect(error?.message).toMatch(message);
		expect(json).toEqual([]);
		expect(sandbox.requests).toEqual([]);
	});
});
