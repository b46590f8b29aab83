import { DateTime, Settings } from 'luxon';

import { readLimit, readOrder, readPeriod } from '../../../nodes/callRecords/node/parameters';
import { readRecordOutput } from '../../../nodes/callRecords/node/outputs';
import { InputError } from '../../../nodes/callRecords/platform';
import { executeContext, fakeConnection } from '../../support/fakePlatform';

const connection = fakeConnection({ respond: () => ({ body: {} }) });
const contextOf = (parameters: object, timezone?: string) =>
	executeContext(connection, { ...parameters }, { timezone }).context;

function thrownBy(work: () => unknown): InputError {
	try {
		work();
	} catch (error) {
		expect(error).toBeInstanceOf(InputError);
		return error as InputError;
	}
	throw new Error('nothing was thrown');
}

describe('a period', () => {
	const now = Date.UTC(2025, 2, 5, 12, 34, 56, 789);
	beforeAll(() => (Settings.now = () => now));
	afterAll(() => (Settings.now = () => Date.now()));

	it('is the last 24 hours when nothing is said', () => {
		const to = Math.floor(now / 1000);
		expect(readPeriod(contextOf({}), 0)).toEqual({ from: to - 86_400, to });
	});

	it('is one of the workflow’s days', () => {
		const { from, to } = readPeriod(contextOf({ period: 'yesterday' }, 'Asia/Shanghai'), 0);
		expect(DateTime.fromSeconds(from, { zone: 'Asia/Shanghai' }).toISO()).toBe(
			'2025-03-04T00:00:00.000+08:00',
		);
		expect(to - from).toBe(86_399);
	});

	it('goes from time to time, read in the workflow’s zone', () => {
		const given = {
			period: 'custom',
			startTime: '2025-03-04 00:00:00',
			endTime: '2025-03-04T01:00',
		};
		expect(readPeriod(contextOf(given, 'Asia/Shanghai'), 0)).toEqual({
			from: Date.UTC(2025, 2, 3, 16) / 1000,
			to: Date.UTC(2025, 2, 3, 17) / 1000,
		});
	});

	it('may be a single second, cut down to whole ones', () => {
		const given = { period: 'custom', startTime: 1_741_048_500.9, endTime: 1_741_048_500.2 };
		expect(readPeriod(contextOf(given), 0)).toEqual({ from: 1_741_048_500, to: 1_741_048_500 });
	});

	it.each([
		[{ endTime: 1_741_048_500 }, 'Start Time', "'Start Time' is empty", 'Choose a time'],
		[{ startTime: 1_741_048_500 }, 'End Time', "'End Time' is empty", 'Choose a time'],
		[{ startTime: null, endTime: 1 }, 'Start Time', "'Start Time' is empty", 'Choose a time'],
		[{ startTime: undefined, endTime: 1 }, 'Start Time', "'Start Time' is empty", 'Choose a time'],
		[
			{ startTime: 'yesterday', endTime: 1_741_048_500 },
			'Start Time',
			"'Start Time' cannot be read as a time",
			'Use ISO 8601',
		],
		[
			{ startTime: 1_741_048_500, endTime: {} },
			'End Time',
			"'End Time' cannot be read as a time",
			'Use ISO 8601',
		],
		[
			{ startTime: 1_741_048_500, endTime: 1_741_048_499 },
			'End Time',
			"'End Time' is before 'Start Time'",
			'Swap them',
		],
	])('%j is refused by name', (given, parameter, message, advice) => {
		const error = thrownBy(() => readPeriod(contextOf({ period: 'custom', ...given }), 0));
		expect(error).toMatchObject({ parameter, message });
		expect(error.advice).toContain(advice);
	});
});

describe('a limit', () => {
	it.each([
		[{}, 50],
		[{ limit: 1 }, 1],
		[{ limit: '7' }, 7],
		[{ returnAll: true, limit: 7 }, undefined],
		[{ returnAll: false, limit: 7 }, 7],
		[{ returnAll: 'true', limit: 7 }, 7],
	])('%j means %s', (given, limit) => {
		expect(readLimit(contextOf(given), 0)).toBe(limit);
	});

	it.each([0, -1, 1.5, 'many', NaN])('%p is refused by name', (limit) => {
		expect(thrownBy(() => readLimit(contextOf({ limit }), 0))).toMatchObject({
			parameter: 'Limit',
			message: "'Limit' has to be a whole number, 1 or more",
		});
	});
});

describe('choices', () => {
	it('are taken as they are named', () => {
		expect(['callRecord', 'original', 'both'].map(readRecordOutput)).toEqual([
			'callRecord',
			'original',
			'both',
		]);
		expect(readOrder({})).toBe('newestFirst');
		expect(readOrder({ order: 'newestFirst' })).toBe('newestFirst');
		expect(readOrder({ order: 'oldestFirst' })).toBe('oldestFirst');
	});

	it('are refused by name when they are none', () => {
		expect(thrownBy(() => readRecordOutput('csv'))).toMatchObject({
			parameter: 'Output',
			message: "'Output' has to be callRecord, original or both",
		});
		expect(thrownBy(() => readOrder({ order: '' }))).toMatchObject({
			parameter: 'Order',
			message: "'Order' has to be newestFirst or oldestFirst",
		});
	});
});
