import fc from 'fast-check';

import {
	bucketOf,
	compare,
	contentHashOf,
	countOf,
	hashOf,
} from '../../../nodes/callRecords/poll/dedupe';
import { pollOnce } from '../../../nodes/callRecords/poll/poll';
import { parseState, startState, type PollState } from '../../../nodes/callRecords/poll/pollState';
import { leg, readerOf, RUN_OPTIONS } from '../../support/oneCall';

const HOUR = 3600;
const NOW = Math.floor(Date.UTC(2026, 4, 20) / 1000);

/** The state of a trigger that has followed for a while. */
async function lived(): Promise<PollState> {
	let state = startState('f', NOW - 40 * HOUR);
	const calls = Array.from({ length: 30 }, (_, i) => {
		const at = NOW - 39 * HOUR + i * HOUR;
		return { id: `c${i}`, start: i % 10 === 0 ? null : at, at, visible: at };
	});
	let now = NOW - 30 * HOUR;
	const { reader } = readerOf(calls, () => now, true);
	for (; now <= NOW; now += HOUR) {
		const options = { ...RUN_OPTIONS, includeUpdates: true, now };
		({ state } = await pollOnce(state, reader, options));
	}
	return state;
}

it('a state survives what n8n does with it', async () => {
	const state = await lived();
	expect(Object.keys(state.dedupe.older).length).toBeGreaterThan(0);
	expect(Object.keys(state.undated).length).toBeGreaterThan(0);
	expect(parseState(JSON.parse(JSON.stringify(state)))).toEqual(state);
	expect(parseState(undefined)).toBeNull();
	expect(parseState(null)).toBeNull();
});

/** Some places of a JSON value, as paths. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [path];
	return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function withValue(root: unknown, path: string[], value: unknown): unknown {
	if (path.length === 0) return value;
	const copy = structuredClone(root) as Record<string, unknown>;
	const last = path[path.length - 1];
	const holder = path
		.slice(0, -1)
		.reduce<Record<string, unknown>>((inner, key) => inner[key] as Record<string, unknown>, copy);
	if (value === undefined) delete holder[last];
	else holder[last] = value;
	return copy;
}

const VERSION_1 = {
	version: 1,
	fingerprint: 'f',
	since: NOW - 200 * HOUR,
	readTo: NOW,
	seen: {
		exact: { [bucketOf(NOW - HOUR)]: 'abcdefghABCDEFijklmnopGHIJKL' },
		summed: { [bucketOf(NOW - 50 * HOUR)]: '7.abcdefgh' },
	},
	lookedTo: [1, 2, 3, 4, 5, 6, 7, 8].map((day) => NOW - day * 23 * HOUR),
	polls: 9,
	handed: { by: 'gone', ids: { [bucketOf(NOW - HOUR)]: ['abcdefgh'] } },
};

describe('damaged data', () => {
	it.each([1, 2])('of version %d never stops a poll', async (version) => {
		const whole = version === 1 ? VERSION_1 : await lived();
		const paths = pathsOf(whole);
		const damaged = fc.oneof(
			fc.jsonValue(),
			fc
				.record({
					path: fc.constantFrom(...paths),
					value: fc.oneof(
						fc.jsonValue(),
						fc.constantFrom<unknown>(undefined, null, -1, 1e308, 1e12, 0.5, '', 'é', [], {}),
					),
				})
				.map(({ path, value }) => withValue(whole, path, value)),
		);
		await fc.assert(
			fc.asyncProperty(damaged, async (kept) => {
				const state = parseState(kept);
				if (state === null || state === 'damaged') return;
				const { reader } = readerOf([], () => NOW);
				const polled = await pollOnce(state, reader, { ...RUN_OPTIONS, now: NOW });
				expect(polled.calls).toEqual([]);
			}),
			{ seed: 3, numRuns: 400 },
		);
	});

	it.each<[string, unknown]>([
		['a text', 'text'],
		['a list', []],
		['another version', { ...startState('f', NOW), version: 3 }],
		[
			'no bucket',
			{ ...startState('f', NOW), dedupe: { recent: { x_: '' }, contents: {}, older: {} } },
		],
		[
			'half a hash',
			{ ...startState('f', NOW), dedupe: { recent: { x: 'abcde' }, contents: {}, older: {} } },
		],
		['a time of another age', { ...startState('f', NOW), readTo: 0 }],
		['too few re-checks', { ...startState('f', NOW), recheckedTo: [NOW] }],
		['half an entry', { ...VERSION_1, seen: { exact: { x: 'abc' }, summed: {} } }],
		['a wild count', { ...VERSION_1, seen: { exact: {}, summed: { x: '1e9.abcdefgh' } } }],
	])('is found: %s', (_what, kept) => {
		expect(parseState(kept)).toBe('damaged');
	});
});

describe('the state of version 1', () => {
	const RECENT = NOW - HOUR;
	const OLDER = NOW - 50 * HOUR;
	/** As the first edition kept it: 8 characters of the id's hash and 6 of the content's. */
	const entry = (id: string, content: string) =>
		hashOf8(id) + contentHashOf(content) + '..'.replace(/\./g, '_');
	const hashOf8 = (id: string) => `${hashOf(id)}zz`;
	const version1 = (counted: number) => ({
		...VERSION_1,
		seen: {
			exact: { [bucketOf(RECENT)]: entry('a', 'one') + entry('b', 'one') },
			summed: { [bucketOf(OLDER)]: `${counted}.abcdefgh` },
		},
		handed: { by: 'gone', ids: { [bucketOf(RECENT)]: [hashOf8('b')] } },
	});
	const migrated = (counted = 2) => parseState(version1(counted)) as PollState;

	it('is taken over: times, calls, contents, counts and the last batch', () => {
		const state = migrated();
		expect(state).toMatchObject({ version: 2, since: VERSION_1.since, readTo: NOW, polls: 9 });
		expect(state.recheckedTo).toEqual(VERSION_1.lookedTo);
		const content = (text: string) => ({ content: contentHashOf(text) });
		const present = [
			leg('a', RECENT, content('one')),
			leg('b', RECENT, content('two')),
			leg('c', RECENT),
		];
		expect(compare(state.dedupe, bucketOf(RECENT), present)).toEqual(['known', 'changed', 'new']);
		expect(countOf(state.dedupe, bucketOf(OLDER))).toBe(2);
		expect(state.emitted).toEqual({
			by: 'gone',
			legs: { [bucketOf(RECENT)]: hashOf('b') },
			undated: [],
		});
	});

	it.each([
		['as many', 2, []],
		['more', 1, ['x', 'y']],
	])('with %s calls of days ago than it had counted goes on', async (_what, counted, expected) => {
		const shown = [
			...['a', 'b'].map((id) => ({ id, start: RECENT, visible: RECENT })),
			...['x', 'y'].map((id) => ({ id, start: OLDER, visible: OLDER })),
		];
		let state = migrated(counted);
		let now = NOW;
		const { reader } = readerOf(shown, () => now);
		const emitted: string[] = [];
		for (; now < NOW + 30 * HOUR; now += HOUR) {
			const polled = await pollOnce(state, reader, { ...RUN_OPTIONS, now });
			state = polled.state;
			emitted.push(...polled.calls.flatMap(({ legs }) => legs));
		}
		// The last batch of a process that is gone comes again: b.
		expect(emitted.sort()).toEqual(['b', ...expected]);
	});
});
