import type { Readable } from 'node:stream';

import type { INodeExecutionData } from 'n8n-workflow';

import type * as Clock from '../../support/clock';
import { sleptMs } from '../../support/clock';
import { beginDownload, failed, get, WAV } from '../../support/downloadScene';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

describe('a download that fails', () => {
	it.each([
		[1, 500],
		[2, 1500],
		[4, 7500],
	])('%i times for a while is tried again, later each time', async (failures, waited) => {
		const before = Date.now();
		const { item, requests, place } = await get({
			respond: (_url, number) => (number <= failures ? { status: 503 } : { body: WAV }),
		});
		expect(item.json.recordingFound).toBe(true);
		expect(requests).toHaveLength(failures + 1);
		expect(place.connection?.report.retries).toBe(failures);
		const took = Date.now() - before;
		expect(took).toBeGreaterThanOrEqual(waited);
		expect(took).toBeLessThan(2 * waited + 500);
	});

	it('five times fails', async () => {
		const { error, requests } = await failed({ respond: () => ({ status: 503 }) });
		expect(error.message).toContain('HTTP 503');
		expect(requests).toHaveLength(5);
	});

	it('waits as long as the server says', async () => {
		const before = Date.now();
		const { item } = await get({
			respond: (_url, number) =>
				number === 1 ? { status: 429, headers: { 'retry-after': '7' } } : { body: WAV },
		});
		expect(item.json.recordingFound).toBe(true);
		expect(Date.now() - before).toBeGreaterThanOrEqual(7000);
	});

	it('but not longer than the user wants', async () => {
		const before = sleptMs();
		const { error, requests } = await failed({
			parameters: { options: { longestWait: 7 } },
			respond: () => ({ status: 429, headers: { 'retry-after': '8' } }),
		});
		expect(requests).toHaveLength(1);
		expect(sleptMs()).toBe(before);
		expect(`${error.message} ${error.description}`).toContain("'Maximum Wait (Seconds)'");
		const just = await get({
			parameters: { options: { longestWait: 8 } },
			respond: (_url, number) =>
				number === 1 ? { status: 429, headers: { 'retry-after': '8' } } : { body: WAV },
		});
		expect(just.item.json.recordingFound).toBe(true);
	});

	it('is not tried again when the run is stopped', async () => {
		const { error, requests } = await failed({
			respond: () => ({ status: 503 }),
			stopped: (asked) => asked >= 2,
		});
		expect(requests).toHaveLength(2);
		expect(error.message).toContain('HTTP 503');
	});

	it('for good is not tried again', async () => {
		const { error, requests } = await failed({ respond: () => ({ status: 400 }) });
		expect(error.message).toContain('HTTP 400');
		expect(requests).toHaveLength(1);
	});
});

describe('where the platform bears one download at a time', () => {
	const ONE = { isOneAtATime: (recording: string) => recording.endsWith('.mp3') };

	/** Starts downloads on hosts, and ends them when the test says so. */
	async function together(recordings: string[], { fail = false, startEvery = 0 } = {}) {
		const ends: Array<() => void> = [];
		let underWay = 0;
		let most = 0;
		const store = async (file: Readable) => {
			most = Math.max(most, ++underWay);
			await new Promise<void>((resolve) => ends.push(resolve));
			underWay--;
			if (fail) throw new Error('full');
			for await (const chunk of file) void chunk;
			return { data: 'stored', mimeType: 'audio/wav' };
		};
		const scenes = await Promise.all(
			recordings.map(
				async (recording) =>
					await beginDownload({ parameters: { recording }, recordings: ONE, store }),
			),
		);
		const results: Array<Promise<INodeExecutionData[] | Error>> = [];
		for (let round = 0; round < 200; round++) {
			while (results.length < scenes.length && results.length * startEvery <= round) {
				results.push(scenes[results.length].start().catch((error: Error) => error));
			}
			await new Promise((resolve) => setImmediate(resolve));
			if (round % 20 === 19) ends.splice(0).forEach((end) => end());
		}
		return { most, results: await Promise.all(results) };
	}

	it('they wait for each other', async () => {
		const { most, results } = await together(['a.mp3', 'b.mp3', 'c.mp3']);
		expect(most).toBe(1);
		expect(results.map((found) => (found as INodeExecutionData[])[0].json.recordingFound)).toEqual([
			true,
			true,
			true,
		]);
	});

	it('one that comes later waits for all before it', async () => {
		const recordings = ['a.mp3', 'b.mp3', 'c.mp3', 'd.mp3'];
		const { most, results } = await together(recordings, { startEvery: 15 });
		expect(most).toBe(1);
		expect(results.filter((found) => found instanceof Error)).toEqual([]);
	});

	it('others do not', async () => {
		expect((await together(['a.wav', 'b.wav', 'c.wav'])).most).toBe(3);
	});

	it('one that fails does not stop the others', async () => {
		const { most, results } = await together(['a.mp3', 'b.mp3'], { fail: true });
		expect(most).toBe(1);
		expect(results.map((error) => (error as Error).message)).toEqual(
			Array(2).fill("n8n's binary data storage did not take the file"),
		);
	});
});
