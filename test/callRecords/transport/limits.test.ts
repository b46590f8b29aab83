import type { IDataObject } from 'n8n-workflow';

import { makeCalls } from '../../vendors/calls';
import { DAY_FROM, DAY_TO } from '../../support/reading';
import { runNode, type EngineResult } from '../../support/engine';
import type { KitSandbox, PlatformKit } from '../../support/kits';
import { commoKit } from '../../support/kits/commo';
import { infin8linxKit } from '../../support/kits/infin8linx';
import { yeastarPSeriesKit } from '../../support/kits/yeastarPSeries';
import {
	bomb,
	drip,
	dripHeaders,
	endless,
	passOn,
	silent,
	startRawServer,
	type RawServer,
} from '../../support/rawServer';

/** Without the limit these servers are waited for until the test is given up. */
const HANGS_MS = 60_000;

let server: RawServer;
let sandbox: KitSandbox;
let credentials: IDataObject;

async function begin(kit: PlatformKit): Promise<void> {
	const calls = makeCalls({ count: 5, from: DAY_FROM, to: DAY_TO, shape: 'even' });
	sandbox = await kit.start({ calls });
	server = await startRawServer(silent);
	credentials = kit.credentials({ ...sandbox, url: server.url });
}

afterEach(async () => {
	jest.restoreAllMocks();
	await server.stop();
	await sandbox.stop();
});

async function getMany(
	kit: PlatformKit,
	options: IDataObject = {},
	signal?: AbortSignal,
): Promise<EngineResult> {
	return await runNode({
		node: kit.node(),
		credential: kit.credential(),
		credentials: credentials as never,
		signal,
		parameters: {
			resource: 'callRecord',
			operation: 'getAll',
			period: 'custom',
			startTime: DAY_FROM,
			endTime: DAY_TO,
			returnAll: true,
			options: { timeout: 700, longestWait: 0, ...options },
		},
	});
}

/** Lets time limits pass sooner: half a minute in a quarter of a second. */
function hurryLimits(): void {
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(Math.ceil(ms / 120)));
}

describe('one request', () => {
	beforeEach(async () => await begin(infin8linxKit));

	it.each([
		['a reply that drips', drip],
		['headers that drip', dripHeaders],
		['no reply', silent],
	])(
		'%s: is given up when the timeout has passed in total',
		async (_name, answer) => {
			server.answer = answer;
			const { error } = await getMany(infin8linxKit);
			expect(error?.message).toMatch(
				/^Infin8linx at 127\.0\.0\.1:\d+ did not answer in time \(1 s\)/,
			);
			expect(error?.description).toContain("'Timeout'");
			expect(server.arrived).toHaveLength(1);
		},
		HANGS_MS,
	);

	it('is tried again after one that was given up', async () => {
		const well = passOn(sandbox.url);
		server.answer = async (request, response) =>
			await (server.arrived.length < 2 ? drip : well)(request, response);
		const { json, error } = await getMany(infin8linxKit, { longestWait: 60 });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(5);
	});

	it.each([
		['without end', endless],
		['packed to grow', bomb],
	])(
		'a reply %s is refused after 64 MB, and asked for once',
		async (_name, answer) => {
			server.answer = answer;
			const { error } = await getMany(infin8linxKit, { timeout: 600_000, longestWait: 60 });
			expect(error?.message).toMatch(/^Infin8linx at .* sent a reply of more than 64 MB$/);
			expect(error?.description).toContain("'Base URL'");
			expect(server.arrived).toHaveLength(1);
		},
		HANGS_MS,
	);

	it(
		'ends when the run is cancelled',
		async () => {
			const run = new AbortController();
			server.answer = async (request, response) => {
				setImmediate(() => run.abort());
				await drip(request, response);
			};
			await getMany(infin8linxKit, { timeout: 3_600_000 }, run.signal);
			expect(server.arrived).toHaveLength(1);
		},
		HANGS_MS,
	);
});

describe.each([
	['Commo', commoKit],
	['Yeastar P-Series', yeastarPSeriesKit],
])('a login to %s', (title, kit) => {
	beforeEach(async () => {
		await begin(kit);
		hurryLimits();
	});

	it.each([
		['that drips', drip],
		['whose headers drip', dripHeaders],
		['that never ends', endless],
	])(
		'%s ends, and later runs are not hurt by it',
		async (_name, answer) => {
			server.answer = answer;
			const { error } = await getMany(kit, { timeout: 60_000 });
			expect(error?.message).toContain(`${title} at 127.0.0.1:`);
			expect(error?.message).toMatch(/did not answer in time|more than 64 MB/);
			server.answer = passOn(sandbox.url);
			expect((await getMany(kit, { timeout: 600_000, longestWait: 60 })).json).toHaveLength(5);
		},
		HANGS_MS,
	);

	it(
		'that several runs wait for is given up by all, and a run that is cancelled waits for none',
		async () => {
			server.answer = drip;
			const run = new AbortController();
			const runs = [
				getMany(kit, { timeout: 60_000 }),
				getMany(kit, { timeout: 60_000 }),
				getMany(kit, { timeout: 60_000 }, run.signal),
			];
			run.abort();
			await runs[2];
			const [first, second] = await Promise.all(runs);
			for (const { error } of [first, second]) expect(error?.message).toContain('in time');
			server.answer = passOn(sandbox.url);
			expect((await getMany(kit, { timeout: 600_000, longestWait: 60 })).json).toHaveLength(5);
		},
		HANGS_MS,
	);
});
