import {
	createPreparedCache,
	preparedKey,
} from '../../../nodes/callRecords/transport/preparedCache';
import type { Settings } from '../../../nodes/callRecords/platform';

beforeEach(() => jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) }));
afterEach(() => jest.useRealTimers());

const zone = (name: string) => ({ zone: name });

describe('what was asked before reading', () => {
	it('is kept for as long as it may be, and no longer', () => {
		const cache = createPreparedCache(10, 1000);
		cache.set('a', zone('UTC'));
		jest.advanceTimersByTime(999);
		expect(cache.get('a')).toEqual(zone('UTC'));
		jest.advanceTimersByTime(1);
		expect(cache.get('a')).toBeUndefined();
	});

	it('is kept for an hour when nothing else is said', () => {
		const cache = createPreparedCache();
		cache.set('a', zone('UTC'));
		jest.advanceTimersByTime(3_599_999);
		expect(cache.get('a')).toEqual(zone('UTC'));
		jest.advanceTimersByTime(1);
		expect(cache.get('a')).toBeUndefined();
	});

	it('leaves when there is too much of it, the oldest first', () => {
		const cache = createPreparedCache(2);
		cache.set('a', zone('A'));
		cache.set('b', zone('B'));
		cache.set('a', zone('A2'));
		cache.set('c', zone('C'));
		expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([
			zone('A2'),
			undefined,
			zone('C'),
		]);
	});

	it('can be forgotten', () => {
		const cache = createPreparedCache();
		cache.set('a', zone('UTC'));
		cache.delete('a');
		expect(cache.get('a')).toBeUndefined();
	});
});

describe('its key', () => {
	const settings: Settings = {
		platform: 'fake',
		host: 'pbx.example.com',
		baseUrl: 'https://user:secret@pbx.example.com',
		zone: '',
		options: { dateFormat: 'YYYY' },
		prepared: {},
	};

	it('shows nothing of what it is made of', () => {
		expect(preparedKey('fakeApi:7', settings)).toMatch(/^[\w-]{43}$/);
		expect(preparedKey('fakeApi:7', { ...settings })).toBe(preparedKey('fakeApi:7', settings));
	});

	it.each<[string, string, Partial<Settings>]>([
		['credential', 'fakeApi:8', {}],
		['address', 'fakeApi:7', { baseUrl: 'https://pbx.example.com' }],
		['time zone', 'fakeApi:7', { zone: 'UTC' }],
		['option', 'fakeApi:7', { options: { dateFormat: 'DD' } }],
		['platform', 'fakeApi:7', { platform: 'other' }],
	])('is another one with another %s', (_what, credential, other) => {
		expect(preparedKey(credential, { ...settings, ...other })).not.toBe(
			preparedKey('fakeApi:7', settings),
		);
	});
});
