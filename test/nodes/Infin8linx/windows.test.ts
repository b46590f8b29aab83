import { infin8linx } from '../../../nodes/Infin8linx/platform';
import { makeCall, makeCalls, type HappenedCall } from '../../vendors/calls';
import type { Infin8linxSandbox } from '../../vendors/infin8linx';
import { createRandom } from '../../vendors/random';
import type { Variants } from '../../vendors/variants';
import { runNode } from '../../support/engine';
import type { KitSandbox } from '../../support/kits';
import { infin8linxKit } from '../../support/kits/infin8linx';

const FROM = Date.UTC(2025, 2, 3) / 1000;
const TO = FROM + 86_399;
const SIZE = infin8linx.pageSize.default;

type Undocumented = Pick<Infin8linxSandbox, 'mostPerPage'> & Pick<Variants, 'direction' | 'end'>;

/** What the vendor leaves open: the longest page, the order, and whether the end of a range belongs to it. */
const SERVERS: Undocumented[] = [1000, 30].flatMap((mostPerPage) =>
	(['inclusive', 'exclusive'] as const).map((end) => ({
		mostPerPage,
		end,
		direction: end === 'inclusive' ? ('down' as const) : ('up' as const),
	})),
);

let sandbox: KitSandbox & Infin8linxSandbox;
afterEach(async () => await sandbox.stop());

const read = async (calls: HappenedCall[], server: Undocumented, [from, to] = [FROM, TO]) => {
	sandbox = (await infin8linxKit.start({ calls })) as KitSandbox & Infin8linxSandbox;
	sandbox.mostPerPage = server.mostPerPage;
	Object.assign(sandbox.variants, { end: server.end, direction: server.direction });
	const { json, error } = await runNode({
		node: infin8linxKit.node(),
		credential: infin8linxKit.credential(),
		credentials: infin8linxKit.credentials(sandbox),
		parameters: { period: 'custom', startTime: from, endTime: to, returnAll: true },
	});
	expect(error).toBeUndefined();
	return json.map(({ platformRecordId }) => String(platformRecordId)).sort();
};
const idsOf = (calls: HappenedCall[]) => calls.map(({ number }) => String(700_000 + number)).sort();
const callsAt = (starts: number[]) => {
	const random = createRandom(5);
	return starts.map((start, i) => makeCall(i + 1, start, random, '86'));
};

describe.each(SERVERS)('an Infin8linx server with %j', (server) => {
	it.each([0, 1, SIZE - 1, SIZE, SIZE + 1, 7 * SIZE + 13])(
		'gives all of %i records, each once',
		async (count) => {
			const calls = makeCalls({ count, from: FROM, to: TO });
			expect(await read(calls, server)).toEqual(idsOf(calls));
		},
	);

	it('gives all records of a period with a call in every second', async () => {
		const calls = callsAt(Array.from({ length: 1200 }, (_, i) => FROM + i));
		const period: [number, number] = [FROM + 100, FROM + 1099];
		expect(await read(calls, server, period)).toEqual(idsOf(calls.slice(100, 1100)));
	});

	it('gives the first and the last second of a period, and nothing around them', async () => {
		const calls = callsAt([FROM - 1, FROM, FROM + 1, TO - 1, TO, TO + 1, TO + 2]);
		expect(await read(calls, server)).toEqual(idsOf(calls.slice(1, 5)));
		await sandbox.stop();
		expect(await read(calls, server, [TO, TO])).toEqual(idsOf(calls.slice(4, 5)));
	});

	it('gives all records of a second that holds more than one reply', async () => {
		const starts = Array.from({ length: 2 * SIZE + 50 }, (_, i) => FROM + (i < 10 ? 0 : 500));
		const calls = callsAt(starts);
		expect(await read(calls, server)).toEqual(idsOf(calls));
	});
});
