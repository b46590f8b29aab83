import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { executeCallRecords } from '../../nodes/callRecords/node/actions';
import type { Platform } from '../../nodes/callRecords/platform';
import { KITS, type PlatformKit } from '../support/kits';
import { DAY_FROM, startScene } from '../support/reading';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MONTH_TO = DAY_FROM + 30 * 86_400 - 1;

const kits = KITS.map((kit) => ({ kit, name: kit.platform.name }));

/** Reads so many records, and says what it cost this process (the server is in it, too) in milliseconds. */
async function read(kit: PlatformKit, count: number): Promise<{ cpuMs: number; records: number }> {
	const scene = await startScene(kit, { count, to: MONTH_TO, size: 1000 });
	try {
		collectGarbage();
		const before = process.cpuUsage();
		const { json, error } = await scene.getMany({ endTime: MONTH_TO });
		const { user, system } = process.cpuUsage(before);
		expect(error).toBeUndefined();
		const ids = new Set(json.map(({ recordId }) => recordId));
		expect(ids.size).toBe(json.length);
		return { cpuMs: (user + system) / 1000, records: json.length };
	} finally {
		await scene.stop();
	}
}

/** The node, counting at each reply how many replies' rows are still held. */
function countingNode(kit: PlatformKit) {
	const rows: Array<WeakRef<IDataObject>> = [];
	const counted = { most: 0, replies: 0 };
	const platform: Platform = {
		...kit.platform,
		reply(payload) {
			const reply = kit.platform.reply(payload);
			collectGarbage();
			const held = rows.filter((row) => row.deref() !== undefined).length;
			if (reply.rows.length > 0) rows.push(new WeakRef(reply.rows[0]));
			counted.most = Math.max(counted.most, held + 1);
			counted.replies++;
			return reply;
		},
	};
	const node: INodeType = {
		description: kit.node().description,
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return await executeCallRecords(this, platform);
		},
	};
	return { node, counted };
}

describe.each(kits)('$name', ({ kit }) => {
	it('reads 100,000 records, at a cost that grows as they do', async () => {
		await read(kit, 10_000);
		const small = [await read(kit, 10_000), await read(kit, 10_000)];
		const large = await read(kit, 100_000);
		expect(large.records).toBe(100_000);
		const usual = (small[0].cpuMs + small[1].cpuMs) / 2;
		expect(large.cpuMs / usual).toBeLessThan(12);
	});

	it('holds no more replies than it asks for at once', async () => {
		const scene = await startScene(kit, { count: 1500, size: 100 });
		scene.onRead(() => ({ delayMs: 2 }));
		const { requestsAtOnce } = kit.platform;
		const { node, counted } = countingNode(kit);
		const { json, error } = await scene.getMany({}, { node });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1500);
		expect(counted.replies).toBeGreaterThan(14);
		expect(counted.most).toBeLessThanOrEqual(requestsAtOnce.default);

		// Who wants the rows themselves gets them, so the count can tell.
		const whole = countingNode(kit);
		await scene.getMany({ output: 'original' }, { node: whole.node });
		expect(whole.counted.most).toBeGreaterThan(10);
		await scene.stop();
	});
});
