import { changeOf } from '../../../nodes/callRecords/statistics/report/change';
import { duration, percent, periodText } from '../../../nodes/callRecords/statistics/report/format';
import { dayAxis, daysOf } from '../../../nodes/callRecords/statistics/report/timeline';
import { REPORT_SCENES, reportOf } from '../../support/reportScenes';
import { oneCall } from '../../support/statisticsCall';

const seconds = (iso: string) => Date.parse(iso) / 1000;
const BUCHAREST = 'Europe/Bucharest';

describe('words and numbers', () => {
	it.each([
		[null, '–'],
		[0, '0 s'],
		[59.4, '59 s'],
		[59.6, '1 min'],
		[3599.6, '1 h'],
		[7199, '2 h'],
		[3661, '1 h 1 min'],
		[359_999, '100 h'],
		[8_392_000, '2,331 h'],
	])('duration %s', (value, text) => expect(duration(value)).toBe(text));

	it.each([
		[null, '–'],
		[0, '0%'],
		[0.0001, '0.1%'],
		[0.8, '80.0%'],
		[0.99999, '99.9%'],
		[1, '100%'],
	])('share %s', (share, text) => expect(percent(share)).toBe(text));

	it.each([
		['2025-09-01T00:00:00+03:00', '2025-09-30T23:59:59+03:00', '1 – 30 September 2025'],
		['2025-10-26T00:00:00+03:00', '2025-10-26T23:59:59+02:00', 'Sunday, 26 October 2025'],
		['2025-08-30T00:00:00+03:00', '2025-09-02T23:59:59+03:00', '30 August – 2 September 2025'],
		['2024-12-30T00:00:00+02:00', '2025-01-05T23:59:59+02:00', '30 December 2024 – 5 January 2025'],
		[
			'2025-09-01T08:00:00+03:00',
			'2025-09-01T09:00:00+03:00',
			'1 September 2025, 08:00 – 1 September 2025, 09:00',
		],
	])('period from %s to %s', (from, to, text) => {
		expect(periodText({ from: seconds(from), to: seconds(to) }, BUCHAREST)).toBe(text);
	});

	it.each([
		[120, 100, 'count', 'up', { text: '▲ 20%', tone: 'good' }],
		[120, 100, 'count', 'down', { text: '▲ 20%', tone: 'bad' }],
		[80, 100, 'count', 'down', { text: '▼ 20%', tone: 'good' }],
		[80, 100, 'count', 'neither', { text: '▼ 20%', tone: 'even' }],
		[5, 0, 'count', 'down', { text: '▲ 5 (none before)', tone: 'bad' }],
		[100, 100, 'count', 'up', { text: 'as before', tone: 'even' }],
		[0.8, 0.75, 'share', 'up', { text: '▲ 5 points', tone: 'good' }],
		[0.8, 0.80001, 'share', 'up', { text: 'as before', tone: 'even' }],
		[20, 90, 'seconds', 'down', { text: '▼ 1 min 10 s', tone: 'good' }],
		[null, 90, 'seconds', 'down', null],
		[20, null, 'seconds', 'down', null],
	] as const)('from %s, after %s, in %s', (now, before, unit, better, change) => {
		expect(changeOf(now, before, unit, better)).toEqual(change);
	});
});

describe('days', () => {
	it('are all those of the period, also where clocks change', () => {
		const period = {
			from: seconds('2025-10-25T00:00:00+03:00'),
			to: seconds('2025-10-27T23:59:59+02:00'),
		};
		expect(daysOf(period, BUCHAREST)).toEqual(['2025-10-25', '2025-10-26', '2025-10-27']);
	});

	it.each([
		[7, ['1 Sept', '2 Sept', '3 Sept', '4 Sept', '5 Sept', '6 Sept', '7 Sept']],
		[30, ['1 Sept', '8 Sept', '15 Sept', '22 Sept', '29 Sept']],
		[120, ['1 Sept', '1 Oct', '1 Nov', '1 Dec']],
	])('%i of them have labels that fit', (count, texts) => {
		const from = seconds('2025-09-01T00:00:00Z');
		const days = daysOf({ from, to: from + count * 86_400 - 1 }, 'UTC');
		expect(dayAxis(days, 400).map(({ text }) => text)).toEqual(texts);
	});
});

describe('the page', () => {
	const headings = (page: string) =>
		[...page.matchAll(/<h2[^>]*>([^<]*)</g)].map(([, title]) => title);

	it('says so where there are no calls', () => {
		const page = REPORT_SCENES.empty();
		expect(headings(page)).toEqual(['Nothing to show']);
		expect(page).toContain('No calls in this period.');
	});

	it('has every part', () => {
		expect(headings(REPORT_SCENES.rightToLeft())).toEqual([
			'Key figures',
			'Calls by day',
			'When people call',
			'Answer rate and service level',
			'How long callers wait',
			'Callers not called back',
			'Queues',
			'Agents',
			'Longest waits',
		]);
	});

	it('shows a single day by the hour', () => {
		const page = REPORT_SCENES.one();
		expect(headings(page)).toContain('Calls by hour');
		expect(headings(page)).not.toContain('When people call');
		expect(page).toContain('A person answered the one call.');
	});

	it('leaves out what outbound calls do not have', () => {
		const calls = [oneCall({ direction: 'outbound', startedAt: '2025-09-02T09:00:00+03:00' })];
		const page = reportOf({ title: 'Out', calls });
		expect(headings(page)).toEqual(['Key figures', 'Calls by day', 'When people call', 'Agents']);
		expect(page).toContain('1 call went out, and 1 was answered.');
	});

	it('loads nothing and runs nothing', () => {
		for (const name of ['empty', 'one', 'hostile']) {
			const page = REPORT_SCENES[name]();
			expect(page).not.toMatch(/<(script|img|link|iframe|object|embed|form|base)\b/i);
			expect(page).not.toMatch(/url\(|@import|<[^>]*\s(src|href|on\w+)=/i);
			expect(page).toContain('default-src &#39;none&#39;');
		}
	});
});
