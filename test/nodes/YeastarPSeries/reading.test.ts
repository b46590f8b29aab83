import { makeCalls } from '../../vendors/calls';
import { startYeastarPSeries, type YeastarSandbox } from '../../vendors/yeastarPSeries';
import { FROM, getMany, idsOf, TO, trueIds } from './scene';

let sandbox: YeastarSandbox;
afterEach(async () => await sandbox.stop());

const calls = (count: number) => makeCalls({ count, from: FROM, to: TO, prefix: '40' });
const searches = () => sandbox.requests.filter(({ path }) => path.endsWith('/cdr/search'));

describe('old firmware that does not know pages', () => {
	it.each([0, 1, 19, 20, 21, 100, 250])('gives all of %i records, as they come', async (count) => {
		sandbox = await startYeastarPSeries({ generation: 'epoch', calls: calls(count) });
		const { json, error } = await getMany(sandbox, { options: { pageSize: 20 } });
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(trueIds(sandbox));
		// One that finds out the time form, one that reads; more only where the count looks like a cap.
		expect(searches().length).toBeLessThanOrEqual(count === 100 || count === 20 ? 4 : 2);
	});
});

describe('new firmware', () => {
	it.each([0, 1, 99, 100, 101, 950])('gives all of %i calls with their legs', async (count) => {
		sandbox = await startYeastarPSeries({ calls: calls(count) });
		const { json, error } = await getMany(sandbox, { options: { pageSize: 100 } });
		expect(error).toBeUndefined();
		expect(idsOf(json)).toEqual(trueIds(sandbox));
		const callIds = new Set(json.map(({ callId }) => callId));
		expect(callIds.size).toBe(count);
	});

	it('loses no call when the last second of a part or of the window does not belong to it', async () => {
		// So dense that there is a call in nearly every second that ends a part.
		const dense = makeCalls({ count: 900, from: FROM, to: FROM + 600, prefix: '40' });
		sandbox = await startYeastarPSeries({ calls: dense });
		sandbox.variants.end = 'exclusive';
		const endTime = dense[dense.length - 1].start;
		const { json } = await getMany(sandbox, { endTime, options: { pageSize: 25 } });
		expect(idsOf(json)).toEqual(trueIds(sandbox));
		expect(searches().length).toBeGreaterThan(40);
	});

	it('gives no call of the second after the window', async () => {
		sandbox = await startYeastarPSeries({ calls: calls(900) });
		const last = sandbox.store.all()[500].row.timestamp;
		const { json } = await getMany(sandbox, { endTime: last - 1 });
		expect(idsOf(json)).toEqual(trueIds(sandbox, ({ timestamp }) => timestamp < last));
	});

	it('is asked one thing at a time unless the user says more', async () => {
		sandbox = await startYeastarPSeries({ calls: calls(900) });
		sandbox.fault = () => ({ delayMs: 5 });
		await getMany(sandbox, { options: { pageSize: 100 } });
		expect(sandbox.mostAtOnce).toBe(1);
		sandbox.forget();
		await getMany(sandbox, { options: { pageSize: 100, requestsAtOnce: 4 } });
		expect(sandbox.mostAtOnce).toBeGreaterThan(1);
		expect(sandbox.mostAtOnce).toBeLessThanOrEqual(4);
	});

	it.each([
		[{ pageSize: 10_001 }, "'Page Size' has to be a whole number from 1 to 10000"],
		[{ requestsAtOnce: 5 }, "'Concurrent Requests' has to be a whole number from 1 to 4"],
	])('is not asked with %j', async (options, says) => {
		sandbox = await startYeastarPSeries({ calls: [] });
		const { error } = await getMany(sandbox, { options });
		expect(error?.message).toBe(says);
		expect(sandbox.requests).toEqual([]);
	});

	it('sends its name with every request, and nothing in a header that proves anything', async () => {
		sandbox = await startYeastarPSeries({ calls: calls(30) });
		await getMany(sandbox);
		expect(sandbox.requests.length).toBeGreaterThan(3);
		for (const { headers } of sandbox.requests) {
			expect(headers['user-agent']).toBe('OpenAPI');
			expect(headers.authorization).toBeUndefined();
		}
	});
});
