import { limitHint, zoneHint } from '../../../nodes/callRecords/node/hints';
import { createProgress } from '../../../nodes/callRecords/node/progress';

describe('the hint of a limit', () => {
	const given = { shown: 50, total: 994, unit: 'calls', isNewest: true } as const;

	it('says how many there are and how to get them', () => {
		expect(limitHint(given)).toEqual([
			'Showing the newest 50 of 994 calls. Turn on Return All to get all of them.',
		]);
		expect(limitHint({ ...given, isNewest: false, unit: 'call legs' })).toEqual([
			'Showing 50 of 994 call legs. Turn on Return All to get all of them.',
		]);
	});

	it('is left to n8n where nothing was left out or nobody counts', () => {
		expect(limitHint({ ...given, total: 50 })).toEqual([]);
		expect(limitHint({ ...given, total: null })).toEqual([]);
	});
});

describe('the hint of two time zones', () => {
	const summer = Date.UTC(2026, 6, 1) / 1000;
	const winter = Date.UTC(2026, 0, 1) / 1000;

	it('names both where a day of one is no day of the other', () => {
		const [hint] = zoneHint('yesterday', summer, {
			workflow: 'America/New_York',
			platform: 'Asia/Shanghai',
		});
		expect(hint).toMatch(/^Yesterday .*America\/New_York.*Asia\/Shanghai/);
	});

	it('depends on the offset at that time, not on the name', () => {
		const zones = { workflow: 'Africa/Johannesburg', platform: 'Europe/Berlin' };
		expect(zoneHint('today', summer, zones)).toEqual([]);
		expect(zoneHint('today', winter, zones)).toHaveLength(1);
	});

	it.each(['last24Hours', 'lastHour', 'last7Days', 'custom'])('is not given for %s', (period) => {
		expect(zoneHint(period, summer, { workflow: 'UTC', platform: 'Asia/Shanghai' })).toEqual([]);
	});
});

it('a long export says every ten seconds how far it is', () => {
	let now = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	const logged: string[] = [];
	const shown: string[] = [];
	const show = createProgress({
		getNode: () => ({ name: 'Calls' }),
		logger: { info: (line: string) => void logged.push(line) },
		sendMessageToUI: (line: string) => void shown.push(line),
	} as never);
	const items = (day: string) => [{ startedAt: `${day}T10:00:00+02:00` }];
	show(items('2026-11-01'));
	now = 9_999;
	show(items('2026-11-02'));
	expect(logged).toEqual([]);
	now = 10_000;
	show(items('2026-11-03'));
	show(items('2026-11-04'));
	now = 20_000;
	show([{ id: 'a row of the platform' }]);
	jest.restoreAllMocks();
	expect(logged).toEqual([
		'Calls: 3 records written, 2026-11-03 reached',
		'Calls: 5 records written, 2026-11-04 reached',
	]);
	expect(shown).toEqual(logged);
});
