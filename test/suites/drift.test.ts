import type * as Read from '../../nodes/callRecords/extract/windowReader';
import { makeCall } from '../vendors/calls';
import { createDrift, MIXES, type Drift, type DriftRates } from '../vendors/drift';
import { createRandom } from '../vendors/random';
import { KITS, type PlatformKit } from '../support/kits';
import { plainPages } from '../support/plainPages';
import { DAY_FROM, DAY_TO, idsOf, startScene, type Scene } from '../support/reading';

const mockReader = { isPlain: false, received: 0 };
jest.mock('../../nodes/callRecords/extract/windowReader', () => {
	const actual = jest.requireActual<typeof Read>('../../nodes/callRecords/extract/windowReader');
	const readWindow: typeof Read.readWindow = (window, source, options) =>
		mockReader.isPlain
			? plainPages(window, source, (rows) => (mockReader.received += rows))
			: actual.readWindow(window, source, options);
	return { ...actual, readWindow };
});

const RUNS = 40;
/** Calls begin before this; then comes what is new. */
const QUIET_FROM = DAY_TO - 3600;

interface Outcome {
	/** Rows that were there all the time and are not in the result. */
	missed: number;
	/** Records more than once in the result. */
	twice: number;
	/** Records in the result that were never there. */
	invented: number;
	/** Rows that came more than once from the platform. */
	receivedTwice: number;
	requests: number;
}

function outcomeOf(ids: string[], drift: Drift, scene: Scene): Outcome {
	const got = new Set(ids);
	const ever = drift.ever();
	return {
		missed: drift.stable().filter((id) => !got.has(id)).length,
		twice: ids.length - got.size,
		invented: ids.filter((id) => !ever.has(id)).length,
		receivedTwice: mockReader.received - got.size,
		requests: scene.reads().length,
	};
}

/** One read of seven to twelve replies while the list changes. Every second run from a server with the other order. */
async function run(kit: PlatformKit, rates: DriftRates, seed: number): Promise<Outcome> {
	const { fixed, default: size } = kit.platform.pageSize;
	const scene = await startScene(kit, { count: fixed ? 6 * size : 120, to: QUIET_FROM, seed });
	try {
		scene.sandbox.variants.direction = seed % 2 === 0 ? 'down' : 'up';
		const drift = createDrift(scene.sandbox, {
			rates,
			seed,
			from: DAY_FROM,
			to: QUIET_FROM,
			headFrom: QUIET_FROM,
			later: scene.answers.later,
		});
		scene.onRead(() => ({ before: drift.step }));
		mockReader.received = 0;
		const order = seed % 4 < 2 ? 'newestFirst' : 'oldestFirst';
		const { json, error } = await scene.getMany({ options: { order } });
		expect(error).toBeUndefined();
		return outcomeOf(idsOf(json), drift, scene);
	} finally {
		await scene.stop();
	}
}

async function runAll(kit: PlatformKit, rates: DriftRates, runs: number): Promise<Outcome> {
	const sum: Outcome = { missed: 0, twice: 0, invented: 0, receivedTwice: 0, requests: 0 };
	for (let seed = 1; seed <= runs; seed++) {
		const outcome = await run(kit, rates, seed);
		for (const key of Object.keys(sum) as Array<keyof Outcome>) sum[key] += outcome[key];
	}
	return sum;
}

const kits = KITS.map((kit) => ({ kit, name: kit.platform.name }));
const mixes = Object.entries(MIXES).map(([mix, rates]) => ({ mix, rates }));

describe.each(kits)('$name', ({ kit }) => {
	it.each(mixes)(
		`$mix, ${RUNS} times: nothing missed that was there all the time, nothing twice`,
		async ({ rates }) => {
			mockReader.isPlain = false;
			expect(await runAll(kit, rates, RUNS)).toMatchObject({ missed: 0, twice: 0, invented: 0 });
		},
	);

	it.each(mixes)('$mix: plain page numbers fail, so the test can', async ({ rates }) => {
		mockReader.isPlain = true;
		const { missed, receivedTwice } = await runAll(kit, rates, 16);
		expect(missed + receivedTwice).toBeGreaterThan(0);
		if (rates.deleted >= 0.2) expect(missed).toBeGreaterThan(0);
	});

	it('one row deleted and one added, so that the count stays: not even then', async () => {
		const read = async (isPlain: boolean) => {
			mockReader.isPlain = isPlain;
			const { fixed, default: size } = kit.platform.pageSize;
			const scene = await startScene(kit, { count: fixed ? 6 * size : 120, to: QUIET_FROM });
			scene.sandbox.variants.direction = 'down';
			const rows = [...scene.sandbox.store.all()];
			const before = scene.sandbox.ids();
			scene.onRead((number) => ({
				before: () => {
					if (number !== 4) return;
					// The newest row has been read by then, the oldest has not.
					scene.sandbox.store.remove(rows[rows.length - 1].number);
					scene.sandbox.add(makeCall(1_000_000, DAY_FROM + 1, createRandom(1), '86'));
				},
			}));
			const { json, error } = await scene.getMany({ options: { requestsAtOnce: 1 } });
			expect(error).toBeUndefined();
			const got = new Set(idsOf(json));
			const stable = before.filter((id) => scene.sandbox.ids().includes(id));
			await scene.stop();
			return stable.filter((id) => !got.has(id)).length;
		};
		expect(await read(false)).toBe(0);
		expect(await read(true)).toBeGreaterThan(0);
	});
});
