import {
	BrokenDownload,
	readHead,
	readOn,
	watched,
	type Incoming,
} from '../../../nodes/callRecords/recordings/incoming';

beforeEach(() => jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) }));
afterEach(() => jest.useRealTimers());

const SECOND = 1000;

/** A body whose chunks come when the test says so. */
function begin(timeoutMs = 60 * SECOND) {
	let isStopped = false;
	let closed = 0;
	const ready: Array<IteratorResult<Buffer> | Error> = [];
	const waiting: Array<() => void> = [];
	const give = (result: IteratorResult<Buffer> | Error) => {
		ready.push(result);
		waiting.shift()?.();
	};
	const body = {
		destroy: () => undefined,
		[Symbol.asyncIterator]: () => ({
			async next(): Promise<IteratorResult<Buffer>> {
				if (ready.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
				const result = ready.shift()!;
				if (result instanceof Error) throw result;
				return result;
			},
		}),
	};
	// A closed connection breaks off whatever is being read.
	const close = () => {
		closed++;
		give(new Error('aborted'));
	};
	const incoming = watched(
		{ body, close },
		'Fake PBX at pbx.example.com',
		timeoutMs,
		() => isStopped,
	);
	return {
		incoming,
		send: (...texts: string[]) =>
			texts.forEach((text) => give({ value: Buffer.from(text), done: false })),
		end: () => give({ value: undefined, done: true }),
		fail: () => give(new Error('socket hang up')),
		stopRun: () => (isStopped = true),
		closed: () => closed,
	};
}

/** What a call of `next` comes to, as far as it has come to anything. */
function outcomeOf(incoming: Incoming) {
	const seen: { text?: string; isEnd?: boolean; error?: BrokenDownload } = {};
	void incoming.next().then(
		({ value, done }) => Object.assign(seen, done ? { isEnd: true } : { text: String(value) }),
		(error: BrokenDownload) => Object.assign(seen, { error }),
	);
	return seen;
}

const later = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

describe('what comes in', () => {
	it('is handed on as it comes, to its end', async () => {
		const { incoming, send, end } = begin();
		send('a', 'b');
		end();
		expect(String((await incoming.next()).value)).toBe('a');
		expect(String((await incoming.next()).value)).toBe('b');
		expect((await incoming.next()).done).toBe(true);
	});

	it('may take as long as the time limit for each chunk, if enough comes', async () => {
		const { incoming, send, closed } = begin();
		for (const text of ['a', 'b', 'c'].map((letter) => letter.repeat(60 * 1024))) {
			const seen = outcomeOf(incoming);
			await later(59 * SECOND);
			expect(seen).toEqual({});
			send(text);
			await later(0);
			expect(seen).toEqual({ text });
		}
		expect(closed()).toBe(0);
	});

	it('breaks off when too little comes, however steadily', async () => {
		const { incoming, send, closed } = begin(5 * SECOND);
		let seconds = 0;
		let seen = outcomeOf(incoming);
		while (!seen.error && seconds < 100) {
			await later(SECOND);
			seconds++;
			send('x'.repeat(512));
			await later(0);
			if (!seen.error) seen = outcomeOf(incoming);
		}
		// Half of the least: after twice the timeout it is behind by the timeout.
		expect(seconds).toBeGreaterThanOrEqual(10);
		expect(seconds).toBeLessThan(13);
		expect(seen.error?.problem.kind).toBe('temporary');
		expect(seen.error?.message).toMatch(
			/came too slowly \(\d+ bytes in 1\d s\) before it was whole/,
		);
		expect(closed()).toBe(1);
	});

	it('breaks off when nothing comes any more, and the connection is closed', async () => {
		const { incoming, send, closed } = begin(5400);
		send('a');
		await incoming.next();
		const seen = outcomeOf(incoming);
		await later(5400);
		expect([seen, closed()]).toEqual([{}, 0]);
		await later(600);
		expect(seen.error).toBeInstanceOf(BrokenDownload);
		expect(seen.error?.problem).toEqual({
			kind: 'temporary',
			message:
				'The recording from Fake PBX at pbx.example.com stopped coming for 5 s before it was whole',
			description: "Try again later. If the server is slow, raise 'Timeout' in the node's options.",
		});
		expect(seen.error?.message).toBe(seen.error?.problem.message);
		expect(closed()).toBe(1);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('does not break off while what came is being stored, however long that takes', async () => {
		const { incoming, send, fail, closed } = begin();
		send('a');
		await incoming.next();
		await later(3600 * SECOND);
		send('b');
		expect(String((await incoming.next()).value)).toBe('b');
		fail();
		await incoming.next().catch(() => undefined);
		await later(3600 * SECOND);
		expect(closed()).toBe(0);
	});

	it('is broken when the connection is', async () => {
		const { incoming, fail } = begin();
		fail();
		const seen = outcomeOf(incoming);
		await later(0);
		expect(seen.error?.message).toBe(
			'The recording from Fake PBX at pbx.example.com was cut off before it was whole',
		);
		expect(seen.error?.problem.kind).toBe('temporary');
	});

	it('is given up soon after the run is stopped', async () => {
		const { incoming, stopRun, closed } = begin();
		const seen = outcomeOf(incoming);
		await later(1000);
		expect(closed()).toBe(0);
		stopRun();
		await later(250);
		expect(closed()).toBe(1);
		expect(seen.error).toBeInstanceOf(BrokenDownload);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('is watched no longer when nobody wants more', async () => {
		const { incoming, closed } = begin();
		incoming.stop();
		expect(closed()).toBe(1);
		await later(250);
		expect(jest.getTimerCount()).toBe(0);
		expect(closed()).toBe(1);
	});
});

describe('the beginning', () => {
	const chunked = (...texts: string[]) => {
		const { incoming, send, end } = begin();
		send(...texts);
		end();
		return incoming;
	};
	const shown = ({ bytes, isAll }: { bytes: Buffer; isAll: boolean }) => [String(bytes), isAll];

	it.each([
		[['abc', 'def', 'ghi'], 5, 'abcdef', false],
		[['abc', 'def', 'ghi'], 6, 'abcdef', false],
		[['abc', 'def', 'ghi'], 7, 'abcdefghi', false],
		[['abc'], 3, 'abc', false],
		[['abc'], 4, 'abc', true],
		[[], 4, '', true],
	])('of %j with at least %i bytes is %s', async (texts, length, bytes, isAll) => {
		expect(shown(await readHead(chunked(...texts), length))).toEqual([bytes, isAll]);
	});

	it('leaves the rest where it is', async () => {
		const incoming = chunked('abc', 'def', 'ghi');
		await readHead(incoming, 2);
		expect(String((await incoming.next()).value)).toBe('def');
	});

	it.each([
		[3, 'abc', false],
		[4, 'abcde', false],
		[6, 'abcde', true],
	])('is read on up to at least %i bytes', async (length, bytes, isAll) => {
		expect(shown(await readOn(chunked('de'), Buffer.from('abc'), length))).toEqual([bytes, isAll]);
	});
});
