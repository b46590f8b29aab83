import { formatWall, parseWall, wallOf } from '../../../nodes/callRecords/time';
import { makeCall, makeCalls, type HappenedCall } from '../../vendors/calls';
import { startItnioTech, type ItnioTechSandbox } from '../../vendors/itnioTech';
import { createRandom } from '../../vendors/random';
import { allIds, DAY, getMany, idsOf } from './scene';

const FROM = Date.UTC(2025, 0, 6) / 1000;

let sandbox: ItnioTechSandbox;
afterEach(async () => await sandbox.stop());

const start = async (calls: HappenedCall[], zone?: string) => {
	sandbox = await startItnioTech({ calls, zone });
};
const paramsSent = () =>
	sandbox.requests.map(({ fields }) => fields.params as { startTime: string; endTime: string });

/** Calls at these instants. */
function callsAt(...instants: number[]): HappenedCall[] {
	const random = createRandom(5);
	return instants.map((instant, i) => makeCall(i + 1, instant, random, '86'));
}

describe('the size of a page', () => {
	it.each([0, 1, 99, 100, 101, 200, 201, 1000])(
		'of 100 records lets all of %i through, each once',
		async (count) => {
			await start(makeCalls({ count, from: FROM, to: FROM + DAY - 1 }));
			const { json, error } = await getMany(sandbox, [FROM, FROM + DAY - 1]);
			expect(error).toBeUndefined();
			expect(idsOf(json)).toEqual(allIds(sandbox));
			expect(json).toHaveLength(count);
			for (const { fields } of sandbox.requests) expect(fields.size).toBe(100);
		},
	);

	it('is left behind only in a second that holds more: there, current is raised', async () => {
		await start(callsAt(...Array.from({ length: 250 }, () => FROM + 7), FROM + 8));
		const { json, error } = await getMany(sandbox, [FROM, FROM + DAY - 1]);
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(allIds(sandbox));
		const second = formatWall(wallOf(FROM + 7, 'Asia/Shanghai'));
		const further = sandbox.requests.filter(({ fields }) => Number(fields.current) > 1);
		expect(new Set(further.map(({ fields }) => fields.current))).toEqual(new Set([2, 3]));
		for (const { fields } of further) {
			// With one second more, in case that the end of a range does not count.
			const { startTime, endTime } = fields.params as { startTime: string; endTime: string };
			expect([startTime, endTime]).toContain(second);
			expect((parseWall(endTime) ?? 0) - (parseWall(startTime) ?? 0)).toBe(1);
		}
	});

	it('may be chosen, up to 100', async () => {
		await start(makeCalls({ count: 60, from: FROM, to: FROM + DAY - 1 }));
		const { json } = await getMany(sandbox, [FROM, FROM + DAY - 1], { options: { pageSize: 25 } });
		expect(idsOf(json)).toEqual(allIds(sandbox));
		sandbox.forget();
		const { error } = await getMany(sandbox, [FROM, FROM + DAY], { options: { pageSize: 101 } });
		expect(error?.message).toContain("'Page Size'");
		expect(sandbox.requests).toEqual([]);
	});
});

describe('a window of more than 93 days', () => {
	const RULES: Array<ItnioTechSandbox['rangeRule']> = ['between', 'inclusive', 'dates'];
	const LENGTHS = [93 * DAY - 1, 93 * DAY, 93 * DAY + 1, 94 * DAY, 400 * DAY];
	const cases = RULES.flatMap((rule) =>
		LENGTHS.map((length): [typeof rule, number] => [rule, length]),
	);

	it.each(cases)('is read in parts that are short enough: %s, %i s', async (rule, length) => {
		const to = FROM + length;
		const edges = [0, 1, 2].flatMap((part) => [
			FROM + part * 93 * DAY - 1,
			FROM + part * 93 * DAY,
			to - part * 93 * DAY - 1,
			to - part * 93 * DAY,
			to - part * 93 * DAY + 1,
		]);
		const inside = [...new Set(edges)].filter((instant) => instant >= FROM && instant <= to);
		await start(callsAt(...inside));
		sandbox.rangeRule = rule;
		const rejected: unknown[] = [];
		sandbox.fault = () => ({
			rewrite: (answer) => {
				const { status } = answer as { status: unknown };
				if (status !== 0) rejected.push(status);
				return answer;
			},
		});
		const { json, error } = await getMany(sandbox, [FROM, to]);
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(allIds(sandbox));
		expect(json).toHaveLength(inside.length);
		// Not one part was too long, so the platform had nothing to refuse.
		expect(rejected).toEqual([]);
		expect(sandbox.requests.length).toBe(Math.ceil((length + 1) / (93 * DAY - 1)));
	});

	it('is read to the end also where the platform takes less than it says', async () => {
		await start(makeCalls({ count: 150, from: FROM, to: FROM + 90 * DAY }));
		const isTooLong = (params: { startTime: string; endTime: string }) =>
			parseWall(params.endTime)! - parseWall(params.startTime)! > 20 * DAY;
		sandbox.fault = ({ fields }) =>
			isTooLong(fields.params as { startTime: string; endTime: string })
				? { rewrite: () => ({ status: '-76', reason: 'The search time interval' }) }
				: undefined;
		const { json, error } = await getMany(sandbox, [FROM, FROM + 90 * DAY]);
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(allIds(sandbox));
	});
});

describe('more records than the platform gives out at a time (-23)', () => {
	it('are read in smaller parts', async () => {
		await start(makeCalls({ count: 700, from: FROM, to: FROM + 30 * DAY, shape: 'office' }));
		sandbox.dataCap = 90;
		const { json, error } = await getMany(sandbox, [FROM, FROM + 30 * DAY]);
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(allIds(sandbox));
	});

	it('are an error with the second it happened in, when not even a second is given', async () => {
		await start(callsAt(FROM, FROM + 1));
		sandbox.dataCap = 0;
		const { json, error } = await getMany(sandbox, [FROM, FROM + 1]);
		expect(error?.message).toMatch(
			/2025-01-06 08:00:0\d to 2025-01-06 08:00:0\d \(Asia\/Shanghai\)/,
		);
		expect(json).toEqual([]);
	});
});

describe('the time format', () => {
	const window: [number, number] = [FROM, FROM + DAY - 1];
	const calls = () => makeCalls({ count: 120, from: FROM - DAY, to: FROM + 2 * DAY });
	const inWindow = () =>
		sandbox.store
			.all()
			.filter(({ row }) => {
				const wall = parseWall(row.callStartTime)!;
				return (
					wall >= wallOf(window[0], 'Asia/Shanghai') && wall <= wallOf(window[1], 'Asia/Shanghai')
				);
			})
			.map(({ row }) => String(row.keyId))
			.sort();

	it.each([
		['plain', undefined, '2025-01-06 08:00:00'],
		['plain', 'plain', '2025-01-06 08:00:00'],
		['iso', 'iso', '2025-01-06T08:00:00+08:00'],
	] as const)('%s is sent for %s', async (understood, chosen, sent) => {
		await start(calls());
		sandbox.timeFormat = understood;
		const options = chosen === undefined ? {} : { timeFormat: chosen };
		const { json, error } = await getMany(sandbox, window, { options });
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(inWindow());
		expect(json.length).toBeGreaterThan(20);
		expect(paramsSent()[0].startTime).toBe(sent);
	});

	it.each([
		['plain', 'iso'],
		['iso', 'plain'],
	] as const)('%s is named where the platform takes only %s', async (chosen, understood) => {
		await start(calls());
		sandbox.timeFormat = understood;
		const { error } = await getMany(sandbox, window, { options: { timeFormat: chosen } });
		expect(error?.message).toContain('does not accept a parameter (code -22)');
		expect(error?.description).toContain("'Time Format'");
		expect(error?.description).toContain('startTime, endTime');
	});

	it('has to be one of the two', async () => {
		await start([]);
		const { error } = await getMany(sandbox, window, { options: { timeFormat: 'unix' } });
		expect(error?.message).toBe("'Time Format' has to be plain or iso");
		expect(sandbox.requests).toEqual([]);
	});
});
